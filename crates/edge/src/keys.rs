//! The secrets of one source. They are in no `Debug`, no answer and no log.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use memchr::memmem;
use roster_gateway::{Credential, Refusal, cause};
use secrecy::{ExposeSecret, SecretString};

/// What one source needs to prove who asks. It has no `Debug`.
pub struct Keys {
    /// Value of `Authorization`.
    authorization: SecretString,
    /// Profile keys by alias.
    profiles: BTreeMap<String, SecretString>,
    /// Texts that must not leave.
    canaries: Vec<SecretString>,
}

impl Keys {
    /// `Authorization: Bearer <key>`.
    pub(crate) fn bearer(key: &str) -> Self {
        Self {
            authorization: format!("Bearer {key}").into(),
            profiles: BTreeMap::new(),
            canaries: vec![key.into()],
        }
    }

    /// `Authorization: Basic base64(<user>:<password>)`.
    pub(crate) fn basic(user: &str, password: &str) -> Self {
        let token = BASE64_STANDARD.encode(format!("{user}:{password}"));
        Self {
            authorization: format!("Basic {token}").into(),
            profiles: BTreeMap::new(),
            canaries: vec![password.into(), token.into()],
        }
    }

    /// The same with a profile key under an alias.
    pub(crate) fn with_profile(mut self, alias: &str, key: &str) -> Self {
        self.canaries.push(key.into());
        self.profiles.insert(alias.to_owned(), key.into());
        self
    }

    /// The same, without holding answers against the keys: they are public.
    pub(crate) fn public(mut self) -> Self {
        self.canaries.clear();
        self
    }

    /// Aliases of the profile keys.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// The headers that a credential is: name and value.
    pub(crate) fn headers(&self, credential: &Credential) -> Result<Vec<(&'static str, &str)>, Refusal> {
        let mut headers = vec![("authorization", self.authorization.expose_secret())];
        if let Some(alias) = &credential.profile {
            let key = self.profiles.get(alias).ok_or_else(unknown_alias)?;
            headers.push(("profile-key", key.expose_secret()));
        }
        Ok(headers)
    }

    /// Whether bytes hold one of the secrets.
    pub(crate) fn are_in(&self, bytes: &[u8]) -> bool {
        let is_in = |secret: &SecretString| memmem::find(bytes, secret.expose_secret().as_bytes()).is_some();
        self.canaries.iter().any(is_in)
    }

    /// The same refusal with the secrets taken out.
    pub(crate) fn scrub(&self, refusal: Refusal) -> Refusal {
        refusal.without(self.canaries.iter().map(ExposeSecret::expose_secret))
    }
}

fn unknown_alias() -> Refusal {
    let message = "expected an alias of the proxy's configuration at profile, found another";
    cause::QUERY.refusal(message)
}
