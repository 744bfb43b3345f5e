//! The native shell of the proxy: it moves bytes and holds secrets; what may be asked and answered is decided by
//! `roster-gateway`. The sandbox is inside, so that it runs without an account.
//!
//! Everything that touches the world comes in: the listener, the sources, the limits, the signal to stop. Tests start
//! the same server on a free port.
//!
//! Foreign types in this crate's API: `tokio::net::TcpListener`.
#![forbid(unsafe_code)]

mod accept;
mod access;
mod api;
mod app;
mod check;
mod clock;
mod config;
mod demo;
mod environment;
mod files;
mod log;
mod memory;
mod metrics;
mod mishap;
mod monitor;
mod sandbox_server;
mod server;
mod site;
mod source;
mod tls;
mod upstream;

pub use accept::Bounds;
pub use check::Report;
pub use clock::Clock;
pub use config::{Config, ConfigError, Place};
pub use environment::{LogForm, process_environment, start_log};
pub use memory::keep_memory_to_ourselves;
pub use mishap::log_panics_by_place;
pub use sandbox_server::serve_sandbox;
pub use server::{Reloader, Server, Setup, serve};
pub use site::Site;
