//! Secrets in memory. They have no `Debug`, and leave only as a header of a request that `may_attach` allowed.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use memchr::memmem;
use roster_gateway::{CacheKey, Credential, Refusal, Seal, cause};
use secrecy::{ExposeSecret, SecretString};

/// What one source needs to prove who asks. It has no `Debug`.
pub struct Keys {
    /// Value of `Authorization`; none where an access token takes its place.
    authorization: Option<SecretString>,
    /// Profile keys by alias.
    profiles: BTreeMap<String, SecretString>,
    /// Texts that must not leave.
    canaries: Vec<SecretString>,
    /// Access tokens that were given while we ran, the newest last. They must not leave either.
    given: RwLock<Vec<SecretString>>,
}

/// How many access tokens are remembered: the one in use, and those that requests under way still carry.
const N_GIVEN: usize = 3;

impl Keys {
    /// `Authorization: Bearer <key>`.
    pub fn bearer(key: &str) -> Self {
        Self::of(Some(format!("Bearer {key}").into()), vec![key.into()])
    }

    /// A token that is exchanged for access tokens.
    pub fn exchanged(api_token: &str) -> Self {
        Self::of(None, vec![api_token.into()])
    }

    fn of(authorization: Option<SecretString>, canaries: Vec<SecretString>) -> Self {
        Self {
            authorization,
            profiles: BTreeMap::new(),
            canaries,
            given: RwLock::default(),
        }
    }

    /// `Authorization: Basic base64(<user>:<password>)`.
    pub fn basic(user: &str, password: &str) -> Self {
        let token = BASE64_STANDARD.encode(format!("{user}:{password}"));
        Self::of(
            Some(format!("Basic {token}").into()),
            vec![password.into(), token.into()],
        )
    }

    /// The same with a profile key under an alias.
    #[must_use]
    pub fn with_profile(mut self, alias: &str, key: &str) -> Self {
        self.canaries.push(key.into());
        self.profiles.insert(alias.to_owned(), key.into());
        self
    }

    /// The same, without holding answers against the keys: they are public.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.canaries.clear();
        self
    }

    /// Aliases of the profile keys.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// The headers that a credential is; `given` is the access token's, where there is one. Their `Debug` says
    /// `Sensitive`.
    ///
    /// # Errors
    /// 400 for an alias that is none of ours.
    pub fn headers(
        &self,
        credential: &Credential,
        given: Option<HeaderValue>,
    ) -> Result<Vec<(&'static str, HeaderValue)>, Refusal> {
        let mut headers = Vec::with_capacity(2);
        match (&self.authorization, given) {
            (_, Some(given)) => headers.push(("authorization", given)),
            (Some(own), None) => headers.push(("authorization", sensitive(own)?)),
            (None, None) => return Err(cause::BUG.refusal("bug: a source has nothing to prove itself with")),
        }
        if let Some(alias) = &credential.profile {
            let key = self.profiles.get(alias).ok_or_else(unknown_alias)?;
            headers.push(("profile-key", sensitive(key)?));
        }
        Ok(headers)
    }

    /// Remembers an access token that must not leave.
    pub fn learn(&self, token: &str) {
        let mut given = self.given.write().unwrap_or_else(PoisonError::into_inner);
        if given.len() >= N_GIVEN {
            given.remove(0);
        }
        given.push(token.into());
    }

    /// Whether bytes hold one of the secrets.
    pub fn are_in(&self, bytes: &[u8]) -> bool {
        let is_in = |secret: &SecretString| memmem::find(bytes, secret.expose_secret().as_bytes()).is_some();
        let given = self.given.read().unwrap_or_else(PoisonError::into_inner);
        self.canaries.iter().chain(given.iter()).any(is_in)
    }

    /// The same refusal with the secrets taken out.
    pub fn scrub(&self, refusal: Refusal) -> Refusal {
        let given = self.given.read().unwrap_or_else(PoisonError::into_inner);
        let all = self.canaries.iter().chain(given.iter());
        refusal.without(all.map(ExposeSecret::expose_secret))
    }

    /// How many bytes at the end may be the beginning of one of the secrets.
    pub fn begun_bytes(&self, bytes: &[u8]) -> usize {
        let begun = |secret: &SecretString| {
            let secret = secret.expose_secret().as_bytes();
            let lengths = (1..secret.len().min(bytes.len() + 1)).rev();
            let is_begun = |n: &usize| secret.get(..*n).is_some_and(|start| bytes.ends_with(start));
            lengths.into_iter().find(is_begun).unwrap_or_default()
        };
        let given = self.given.read().unwrap_or_else(PoisonError::into_inner);
        self.canaries
            .iter()
            .chain(given.iter())
            .map(begun)
            .max()
            .unwrap_or_default()
    }

    /// Tells credentials apart without telling what they are: what one account was answered is not given to another
    /// after a change of keys.
    pub fn fingerprint(&self) -> String {
        let own = self.authorization.iter().chain(&self.canaries);
        let own: Vec<&str> = own.map(ExposeSecret::expose_secret).collect();
        let profiles = self.profiles.iter();
        let profiles = profiles.flat_map(|(alias, key)| [alias.as_str(), key.expose_secret()]);
        let parts: Vec<&str> = own.into_iter().chain(profiles).collect();
        CacheKey::new(&parts, "", None).to_hex()
    }

    /// What cursors are sealed with: the same in every replica that holds these keys.
    pub fn seal(&self) -> Seal {
        // Where access tokens take the place of a key, the token that is exchanged for them.
        let lasting = self.authorization.as_ref().or(self.canaries.first());
        Seal::of(lasting.map(ExposeSecret::expose_secret))
    }
}

/// A secret as a header's value, whose `Debug` says `Sensitive`.
///
/// # Errors
/// If it is no header, which is checked when it is read.
pub fn sensitive(secret: &SecretString) -> Result<HeaderValue, Refusal> {
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
        let headers = keys.headers(&credential, None).unwrap();
        assert_eq!(headers[0].1, "Basic dXNlcjpvcGVuIHNlc2FtZQ==");
        assert_eq!(headers[1], ("profile-key", HeaderValue::from_static("PROFILE-SECRET")));
        assert_eq!(format!("{:?}", headers[0].1), "Sensitive");
        let other = Credential {
            provider: "ayrshare",
            profile: Some("brand-b".to_owned()),
        };
        assert_eq!(keys.headers(&other, None).unwrap_err().status, 400);
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
