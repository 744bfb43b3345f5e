//! What the proxy decides, as pure functions: may this client ask ([`gate()`], [`Access::admit`]), what is asked upstream ([`plan()`]), may
//! the key be sent there ([`may_attach`]), what may go back ([`reply()`]).
//!
//! Nothing here performs I/O, reads a clock or holds a secret: a credential is named, not known, and time is a
//! parameter. The routes and their parameters come from [`roster_core::ALL`], so a new provider needs no line here.
//! Lists name what is allowed, in both directions; whatever is not named does not pass.
//!
//! Foreign types in this crate's API: `http::{HeaderMap, HeaderName, HeaderValue, Method, Uri}`.
#![forbid(unsafe_code)]

mod access;
mod address;
mod batch;
mod cors;
mod gate;
mod limits;
mod network;
mod origin;
mod plan;
mod refusal;
mod reply;
mod security;

pub use access::{Access, Client};
pub use address::is_public;
pub use batch::{BATCH_HOSTS, Storage, Ticket, batch_target};
pub use cors::{Origins, preflight};
pub use gate::{Area, Hosts, gate};
pub use limits::Limits;
pub use network::Networks;
pub use origin::{Origin, may_attach};
pub use plan::{API_ROOT, Credential, Plan, Target, plan};
pub use refusal::{Cause, Refusal, cause};
pub use reply::{ERROR_BODY_BYTES, answer, file_reply, reply};
pub use security::{API_CSP, PAGE_CSP, api_headers, page_headers};
