//! Who is let in: the rules of the gateway with the tokens that are bound to this Worker.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use http::{HeaderMap, HeaderName};
use roster_gateway::{Access, Client, Origins, Refusal, check_key};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::section::Lookup;

/// Where Cloudflare says who asks. It sets the header itself and takes a client's own away.
/// Source: <https://developers.cloudflare.com/fundamentals/reference/http-headers/>, seen 2026-11.
const CONNECTING_IP: HeaderName = HeaderName::from_static("cf-connecting-ip");

/// Shortest token that is taken, in bytes: 128 bits in hex.
const MIN_BYTES: usize = 32;

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
    tokens: Vec<(String, SecretString)>,
    /// Other origins whose pages may ask.
    pub(crate) origins: Origins,
}

impl Door {
    pub(crate) fn new(section: &Section, lookup: Lookup<'_>) -> Result<Self, String> {
        let mut tokens = Vec::new();
        for (name, place) in &section.tokens {
            let bound = &place.env;
            let text = lookup(bound).ok_or_else(|| format!("expected the secret {bound}, which is not bound"))?;
            check_key(&text).map_err(|expected| format!("{expected} in the secret {bound}"))?;
            if text.len() < MIN_BYTES {
                return Err(format!(
                    "expected a token of at least 32 characters in the secret {bound}"
                ));
            }
            tokens.push((name.clone(), text.into()));
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
            .admit(peer(headers), headers, |presented| self.name(presented))
    }

    /// The name of a token that is ours. Every one is compared, each to its end.
    fn name(&self, presented: &[u8]) -> Option<&str> {
        self.tokens.iter().fold(None, |found, (name, token)| {
            let is_it = bool::from(token.expose_secret().as_bytes().ct_eq(presented));
            if is_it { Some(name.as_str()) } else { found }
        })
    }
}

/// Beyond Cloudflare nothing says who asks; then all clients count as one.
fn peer(headers: &HeaderMap) -> IpAddr {
    let said = headers
        .get(CONNECTING_IP)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    said.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}
