//! The seams to the outside: who moves the bytes, who knows the time.

use futures_util::future::LocalBoxFuture;
use roster_core::{Error, Request, Response, UnixMs};

/// Turns a request into a response. Any HTTP status is a response; an error is that none arrived.
pub trait Transport {
    /// Sends one request. Dropping the future gives the request up.
    ///
    /// # Errors
    /// `Network` or `Timeout`; never for an HTTP status.
    fn send<'a>(&'a self, request: &'a Request) -> LocalBoxFuture<'a, Result<Response, Error>>;
}

/// Time and chance.
pub trait Clock {
    /// The time now.
    fn now(&self) -> UnixMs;

    /// Waits. Dropping the future ends the wait.
    fn sleep(&self, ms: u64) -> LocalBoxFuture<'static, ()>;

    /// A number from 0 to 1, for jitter.
    fn chance(&self) -> f64;
}
