//! Who is let in: the rules of the gateway with the tokens of this shell.

mod tokens;

use std::net::IpAddr;

use http::HeaderMap;
use roster_gateway::{Access, Client, Origins, Refusal};

pub(crate) use tokens::{Tokens, check};

/// What a request must pass after the gate. It holds secrets and has no `Debug`.
#[derive(Default)]
pub(crate) struct Door {
    pub(crate) rules: Access,
    pub(crate) tokens: Tokens,
    /// Other origins whose pages may ask.
    pub(crate) origins: Origins,
}

impl Door {
    /// Who asks from `peer`.
    pub(crate) fn admit(&self, peer: IpAddr, headers: &HeaderMap) -> Result<Client, Refusal> {
        self.rules.admit(peer, headers, |presented| self.tokens.name(presented))
    }
}
