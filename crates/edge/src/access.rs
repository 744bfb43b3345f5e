//! Who is let in: the rules of the gateway with the tokens that are bound to this Worker.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use http::{HeaderMap, HeaderName};
use roster_gateway::{Access, Client, Origins, Refusal};
use roster_shell::{Tokens, check_token};
use serde::Deserialize;

use crate::section::Lookup;

/// Where Cloudflare says who asks. It sets the header itself and takes a client's own away.
/// Source: <https://developers.cloudflare.com/fundamentals/reference/http-headers/>, seen 2026-11.
const CONNECTING_IP: HeaderName = HeaderName::from_static("cf-connecting-ip");

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Section {
    allowed_origins: Vec<String>,
    tokens: BTreeMap<String, Token>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    env: String,
}

/// What a request must pass after the gate. It holds secrets and has no `Debug`.
#[derive(Default)]
pub(crate) struct Door {
    rules: Access,
    tokens: Tokens,
    /// Other origins whose pages may ask.
    pub(crate) origins: Origins,
}

impl Door {
    pub(crate) fn new(section: &Section, lookup: Lookup<'_>) -> Result<Self, String> {
        let mut tokens = Tokens::default();
        for (name, place) in &section.tokens {
            let bound = &place.env;
            let text = lookup(bound).ok_or_else(|| format!("expected the secret {bound}, which is not bound"))?;
            check_token(&text).map_err(|expected| format!("{expected}, in the secret {bound}"))?;
            tokens.add(name.clone(), text.into());
        }
        Ok(Self {
            rules: Access {
                has_tokens: !tokens.is_empty(),
                ..Access::default()
            },
            tokens,
            origins: Origins::parse(section.allowed_origins.iter().map(String::as_str))?,
        })
    }

    /// Whether strangers are asked who they are.
    pub(crate) fn is_guarded(&self) -> bool {
        self.rules.is_guarded()
    }

    /// Who asks.
    pub(crate) fn admit(&self, headers: &HeaderMap) -> Result<Client, Refusal> {
        self.rules
            .admit(peer(headers), headers, |presented| self.tokens.name(presented))
    }
}

/// Beyond Cloudflare nothing says who asks; then all clients count as one.
fn peer(headers: &HeaderMap) -> IpAddr {
    let said = headers
        .get(CONNECTING_IP)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    said.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}
