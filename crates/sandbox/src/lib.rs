//! The three profile APIs, playable: [`Sandbox::handle`] answers a request as Ayrshare, InsightIQ or Upsun would.
//!
//! Pure: no I/O, no clock, no dice, no global state. The data is generated: record `i` is a function of the seed, `i`
//! and the session's epoch, so a million profiles need no memory. What changes over time (request counters,
//! rate-limit windows, batch tickets) is a value, the [`Session`].
//!
//! The facts come from the providers' documentation. Where it is silent the sandbox does what its settings say, and the
//! module that does it says so.
//!
//! Foreign types in this crate's API: `roster_core::UnixMs`.
#![forbid(unsafe_code)]

mod apis;
mod ask;
mod ayrshare;
mod chance;
mod fault;
mod http;
mod insightiq;
mod json;
pub mod keys;
mod params;
mod sandbox;
mod session;
mod settings;
mod stamp;
mod upsun;
mod words;

pub use apis::{API_BASES, path_of};
pub use fault::{Fault, FaultError};
pub use http::{Delivery, Request, Response};
pub use sandbox::Sandbox;
pub use session::Session;
pub use settings::Settings;
