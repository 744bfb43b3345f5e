//! What the proxy decides, as pure functions: may this client ask ([`gate()`], [`Access::admit`]), what is asked upstream ([`plan()`]), may
//! the key be sent there ([`may_attach`]), what may go back ([`reply()`]).
//!
//! How often and how long an API is asked is decided here too. One [`Standing`] per source is asked before
//! ([`Standing::admit`]) and told after ([`Standing::record`]) every request upstream; it holds the allowance ([`Rate`],
//! [`Bucket`]), the wait after a 429 ([`CoolDown`]), the [`Breaker`] and the allowance of tries ([`next_try`]). Answers
//! are kept under a [`CacheKey`] in an [`Envelope`]. All of them are values that serialise, so that a store may hold
//! them between two requests.
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
mod breaker;
mod cooldown;
mod cors;
mod freshness;
mod gate;
mod key;
mod limit;
mod limits;
mod link;
mod network;
mod oauth;
mod origin;
mod plan;
mod policy;
mod range;
mod refusal;
mod reply;
mod retry;
mod security;
mod setting;
mod standing;

pub use access::{Access, Client};
pub use address::{all_public, is_public};
pub use batch::{BATCH_HOSTS, Storage, Ticket, batch_target};
pub use breaker::{Breaker, Entry};
pub use cooldown::CoolDown;
pub use cors::{Origins, preflight};
pub use freshness::{Envelope, Worth, is_covered};
pub use gate::{Area, Hosts, gate};
pub use key::CacheKey;
pub use limit::{Bucket, Rate};
pub use limits::Limits;
pub use link::{Seal, has_links, open_links, seal_links};
pub use network::Networks;
pub use oauth::{TokenAnswer, TokenLife, may_exchange};
pub use origin::{Origin, may_attach};
pub use plan::{API_ROOT, Credential, Plan, Target, Template, plan, template};
pub use policy::{Place, Policy};
pub use range::FileRange;
pub use refusal::{Cause, Refusal, cause};
pub use reply::{ERROR_BODY_BYTES, OF_ONE_EXCHANGE, answer, file_reply, head_reply, headers_read, reply};
pub use retry::{Next, Outcome, RetryQuota, Tried, next_try};
pub use security::{API_CSP, PAGE_CSP, api_headers, page_headers};
pub use setting::{check_base_url, check_key};
pub use standing::{Hold, Pass, Standing};
