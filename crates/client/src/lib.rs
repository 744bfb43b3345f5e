//! Loads profiles: a pager, a transport that moves bytes, and a retry rule, tied together by [`Loader`].
//!
//! What is asked next, and when, is decided by [`Walk`] and [`Pace`], which do no I/O. Network, clock and chance come in
//! through [`Transport`] and [`Clock`]; the browser's are in one file behind the feature `browser`. Futures are local to one thread; dropping one stops the request in flight.
//!
//! Foreign types in this crate's API: `futures_util::future::LocalBoxFuture`.

mod allowance;
mod batch;
#[cfg(all(target_arch = "wasm32", feature = "browser"))]
mod browser;
mod loader;
mod pace;
mod quota;
mod retry;
mod transport;
mod walk;

pub use allowance::Allowance;
pub use batch::Batch;
#[cfg(all(target_arch = "wasm32", feature = "browser"))]
pub use browser::{BrowserClock, BrowserTransport};
pub use loader::{Loader, get};
pub use pace::{Pace, Waiting};
pub use quota::Quota;
pub use retry::{Retry, wait_ms};
pub use transport::{Clock, Transport};
pub use walk::{Once, Step, Walk};
