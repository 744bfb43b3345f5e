//! The demo: the sandbox, asked as the viewer asks a proxy. No proxy, no network, invented data.
//!
//! Natively it is a library; built for the browser it is a WebAssembly module of its own, which the viewer loads only
//! where there is no proxy. [`mod@message`] is what crosses between the two modules. The feature `module` exports the
//! names that the viewer calls; the viewer itself, which only reads messages, must not have them in its own module.

mod demo;
#[cfg(feature = "module")]
mod exports;
pub mod message;

pub use demo::Demo;
