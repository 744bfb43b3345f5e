//! The viewer: profiles of several APIs as cards, in the browser.
//!
//! One [`state::State`] in one reducer; [`effects`] alone spawns futures; [`components`] draw and call back. What a
//! profile looks like is decided by the pure functions of [`look`]. The seams to the browser are `page`, `browser` and
//! [`mod@format`]; everything else runs, and is tested, natively.

pub mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
pub mod charts;
pub mod choice;
pub mod compare;
pub mod components;
pub mod demo;
pub mod effects;
pub mod export;
mod extension;
pub mod file_source;
pub mod first_screen;
pub mod format;
pub mod groups;
mod icon;
pub mod index;
pub mod intake;
pub mod json_tree;
pub mod keys;
pub mod look;
pub mod marks;
pub mod origin;
mod page;
pub mod paper;
pub mod person;
pub mod picking;
pub mod rail;
pub mod roll;
pub mod safe_url;
pub mod screen;
pub mod shared;
pub mod sheet;
pub mod source;
pub mod state;
pub mod suggestions;
pub mod table;
pub mod texts;
pub mod theme;
#[cfg(target_arch = "wasm32")]
mod turns;
pub mod url;
pub mod view;
pub mod whole;

/// Starts the program in the page's `#app`.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    browser::start();
}

/// Outside a browser there is nothing to start.
#[cfg(not(target_arch = "wasm32"))]
pub fn start() {}
