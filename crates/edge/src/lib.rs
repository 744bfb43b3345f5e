//! The proxy on Cloudflare Workers: it moves bytes and holds secrets, as the native shell does; what may be asked and
//! answered is decided by `roster-gateway`, so that both shells answer alike.
//!
//! The configuration and the secrets are bindings of the Worker ([`Book::read`]); they are read once per isolate. The
//! sandbox is inside, so that it runs without an account of any API. Everything that needs the runtime is in `shell`,
//! which is only built for it.
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "the shell that uses it is only built for the runtime")
)]

mod access;
mod bearer;
mod book;
mod keeper;
mod pace;
mod section;
#[cfg(target_arch = "wasm32")]
mod shell;
#[cfg(test)]
mod tests;

pub use book::{Book, Source};
