//! Secrets in memory. They have no `Debug`, and leave only as a header of a request that `may_attach` allowed.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use memchr::memmem;
use roster_gateway::{Credential, Refusal, cause};
use secrecy::{ExposeSecret, SecretString};

/// What one source needs to prove who asks.
pub(crate) struct Keys {
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

    /// The headers that a credential is. Their `Debug` says `Sensitive`.
    pub(crate) fn headers(&self, credential: &Credential) -> Result<Vec<(&'static str, HeaderValue)>, Refusal> {
        let mut headers = vec![("authorization", sensitive(&self.authorization)?)];
        if let Some(alias) = &credential.profile {
            let key = self.profiles.get(alias).ok_or_else(unknown_alias)?;
            headers.push(("profile-key", sensitive(key)?));
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

fn sensitive(secret: &SecretString) -> Result<HeaderValue, Refusal> {
    let value = HeaderValue::from_str(secret.expose_secret());
    let mut value = value.map_err(|_| cause::BUG.refusal("bug: a key that was checked at the start is no header"))?;
    value.set_sensitive(true);
    Ok(value)
}

fn unknown_alias() -> Refusal {
    let message = "expected an alias of the proxy's configuration at profile, found another";
    cause::QUERY.refusal(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_becomes_headers_that_do_not_print() {
        let keys = Keys::basic("user", "open sesame").with_profile("brand-a", "PROFILE-SECRET");
        let credential = Credential {
            provider: "ayrshare",
            profile: Some("brand-a".to_owned()),
        };
        let headers = keys.headers(&credential).unwrap();
        assert_eq!(headers[0].1, "Basic dXNlcjpvcGVuIHNlc2FtZQ==");
        assert_eq!(headers[1], ("profile-key", HeaderValue::from_static("PROFILE-SECRET")));
        assert_eq!(format!("{:?}", headers[0].1), "Sensitive");
        let other = Credential {
            provider: "ayrshare",
            profile: Some("brand-b".to_owned()),
        };
        assert_eq!(keys.headers(&other).unwrap_err().status, 400);
    }

    #[test]
    fn every_form_of_a_secret_is_found_in_an_answer() {
        let keys = Keys::basic("user", "open sesame").with_profile("brand-a", "PROFILE-SECRET");
        for body in ["x open sesame", "dXNlcjpvcGVuIHNlc2FtZQ==", r#"{"k":"PROFILE-SECRET"}"#] {
            assert!(keys.are_in(body.as_bytes()), "{body}");
        }
        assert!(!keys.are_in(b"{\"user\":\"brand-a\"}"));
        assert!(!keys.public().are_in(b"open sesame"));
    }
}
