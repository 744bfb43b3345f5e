//! What both shells of the proxy hold, and the gateway must not: secrets ([`Keys`], [`Circle`], [`Tokens`]), and the
//! sandbox in an API's place ([`Demo`]). No I/O and no clock is here, so that it runs wherever a shell does.
//!
//! Foreign types in this crate's API: `http::{HeaderMap, HeaderValue}`, `secrecy::SecretString`.
#![forbid(unsafe_code)]

mod circle;
mod demo;
mod keys;
mod tokens;

pub use circle::Circle;
pub use demo::{DEMO_ORIGIN, Demo, demo_base_url, demo_keys, header_map};
pub use keys::{Keys, sensitive};
pub use tokens::{Tokens, check_token};
