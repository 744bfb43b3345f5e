//! Loads profiles: a pager, a transport that moves bytes, and a retry rule, tied together by [`Loader`].
//!
//! Network, clock and chance come in through [`Transport`] and [`Clock`]; the browser's are in one file behind
//! `cfg(target_arch = "wasm32")`. Futures are local to one thread; dropping one stops the request in flight.
//!
//! Foreign types in this crate's API: `futures_util::future::LocalBoxFuture`.

#[cfg(target_arch = "wasm32")]
mod browser;
mod loader;
mod retry;
mod transport;

#[cfg(target_arch = "wasm32")]
pub use browser::{BrowserClock, BrowserTransport};
pub use loader::{Loader, Waiting, get};
pub use retry::{Retry, wait_ms};
pub use transport::{Clock, Transport};
