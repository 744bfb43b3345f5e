//! Who is let in: the rules of the gateway with the tokens of this shell.

mod limiter;

use std::net::IpAddr;

use http::HeaderMap;
use roster_gateway::{Access, Client, Origins, Rate, Refusal};
use roster_shell::Tokens;

pub(crate) use limiter::Limiter;

/// What a request must pass after the gate. It holds secrets and has no `Debug`.
pub(crate) struct Door {
    pub(crate) rules: Access,
    pub(crate) tokens: Tokens,
    /// Other origins whose pages may ask.
    pub(crate) origins: Origins,
    /// How often one client may ask for data.
    pub(crate) rate: Option<Rate>,
}

/// What a client may ask at once, unless the configuration says otherwise: all pages of a large list.
pub(crate) const CLIENT_BURST: u32 = 1_000;

/// And in a minute after that. The care for an API's own limit is another matter.
pub(crate) const CLIENT_PER_MINUTE: u32 = 6_000;

/// `per_minute` requests in the long run, `burst` of them at once; none at all is no limit.
pub(crate) fn rate(per_minute: u32, burst: u32) -> Option<Rate> {
    let interval_us = 60_000_000_u64.checked_div(per_minute.into())?;
    Some(Rate::new(burst, interval_us))
}

impl Default for Door {
    fn default() -> Self {
        Self {
            rules: Access::default(),
            tokens: Tokens::default(),
            origins: Origins::default(),
            rate: rate(CLIENT_PER_MINUTE, CLIENT_BURST),
        }
    }
}

impl Door {
    /// Who asks from `peer`.
    pub(crate) fn admit(&self, peer: IpAddr, headers: &HeaderMap) -> Result<Client, Refusal> {
        self.rules.admit(peer, headers, |presented| self.tokens.name(presented))
    }
}
