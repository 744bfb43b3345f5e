//! The proxy over raw sockets, against an upstream that means harm and writes down what it received.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has found something; the exemption of clippy.toml does not reach its own functions"
)]

mod access;
mod again;
mod batch;
mod bounds;
mod care;
mod check;
mod client;
mod deploy;
mod door;
mod exchange;
#[cfg(target_os = "linux")]
mod faults;
mod front;
mod hostile;
mod kept;
mod links;
mod matrix;
mod monitor;
mod past;
mod program;
#[cfg(unix)]
mod reload;
mod requests;
mod script;
mod secrets;
mod shutdown;
mod sources;
mod third_party;
mod tls;
mod upstream;
mod viewer;
mod world;
