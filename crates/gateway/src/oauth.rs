//! Access tokens that an API gives for a longer-lived one: when to ask for the next, and what the answer must be.
//!
//! Upsun's lives 15 minutes. Source: <https://developer.upsun.com/api/rest>, "Authentication", seen 2026-11.

use std::borrow::Cow;

use roster_core::UnixMs;
use serde::{Deserialize, Serialize};

use crate::origin::Origin;
use crate::refusal::{Refusal, cause};

/// How long before its end a token is replaced, in milliseconds: longer than an exchange lasts.
const EARLY_MS: i64 = 60_000;

/// How long a token lives whose answer does not say it, in seconds.
const UNTOLD_S: u64 = 300;

/// The longest life that is believed, in seconds.
const LONGEST_S: u64 = 24 * 60 * 60;

/// Longest token that fits a header, in bytes.
const TOKEN_BYTES: usize = 8 * 1024;

/// When a token was given and when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLife {
    given: UnixMs,
    ends: UnixMs,
}

impl TokenLife {
    /// The life of a token that was given now for so many seconds.
    pub fn new(given: UnixMs, expires_in_s: Option<u64>) -> Self {
        let seconds = expires_in_s.unwrap_or(UNTOLD_S).clamp(1, LONGEST_S);
        let life_ms = i64::try_from(seconds * 1000).unwrap_or_default();
        Self {
            given,
            ends: given.plus_ms(life_ms),
        }
    }

    /// Whether to use it. It is replaced a minute before its end, or half-way if it lives less than two minutes.
    pub fn is_good(&self, now: UnixMs) -> bool {
        let early_ms = EARLY_MS.min(self.ends.since(self.given) / 2);
        self.given <= now && now < self.ends.plus_ms(-early_ms)
    }
}

/// What a token endpoint answered. It borrows the token from the body: the shell moves it into a secret at once.
#[derive(PartialEq, Eq)]
pub struct TokenAnswer<'a> {
    /// The access token.
    pub access_token: Cow<'a, str>,
    /// Its life.
    pub life: TokenLife,
}

impl<'a> TokenAnswer<'a> {
    /// Reads the answer of a token endpoint to an exchange at `now`.
    ///
    /// # Errors
    /// 502 as a credential that was not accepted, for a 400, 401 or 403; 502 for anything else that is no bearer token.
    /// No text of the answer is in it.
    pub fn parse(status: u16, body: &'a [u8], now: UnixMs) -> Result<Self, Refusal> {
        #[derive(Deserialize)]
        struct Raw<'a> {
            #[serde(borrow)]
            access_token: Cow<'a, str>,
            expires_in: Option<f64>,
            #[serde(borrow, default)]
            token_type: Option<Cow<'a, str>>,
        }
        let refused =
            || cause::TOKEN.refusal("expected an access token for the source's credential, found another answer");
        match status {
            200 => {}
            400 | 401 | 403 => {
                let message = "expected an access token for the source's credential, found it refused";
                return Err(cause::CREDENTIAL.refusal(message));
            }
            _ => return Err(refused()),
        }
        let raw: Raw<'a> = serde_json::from_slice(body).map_err(|_| refused())?;
        let is_bearer = raw.token_type.is_none_or(|name| name.eq_ignore_ascii_case("bearer"));
        let is_plain = raw.access_token.bytes().all(|byte| byte.is_ascii_graphic());
        let is_sized = (1..=TOKEN_BYTES).contains(&raw.access_token.len());
        if !(is_bearer && is_plain && is_sized) {
            return Err(refused());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast from floating point stops at the ends, and the life is bounded next"
        )]
        let life = TokenLife::new(now, raw.expires_in.map(|seconds| seconds as u64));
        Ok(Self {
            access_token: raw.access_token,
            life,
        })
    }
}

/// Whether the longer-lived token may be sent there: to the configured URL exactly, over https or on loopback.
pub fn may_exchange(token_url: &str, url: &str) -> bool {
    let is_fit = |origin: Origin| origin.is_loopback() || (origin.is_https && !origin.is_number());
    token_url == url && Origin::parse(url).is_some_and(is_fit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_750_000_000_000);

    fn parse(body: &str) -> Result<TokenAnswer<'_>, Refusal> {
        TokenAnswer::parse(200, body.as_bytes(), NOW)
    }

    #[test]
    fn a_token_is_replaced_a_minute_before_its_end() {
        let life = TokenLife::new(NOW, Some(900));
        assert!(life.is_good(NOW) && life.is_good(NOW.plus_ms(839_999)));
        assert!(!life.is_good(NOW.plus_ms(840_000)));
        assert!(!life.is_good(NOW.plus_ms(-1)), "a clock that was put back");
        let short = TokenLife::new(NOW, Some(10));
        assert!(short.is_good(NOW.plus_ms(4_999)) && !short.is_good(NOW.plus_ms(5_000)));
        assert!(TokenLife::new(NOW, None).is_good(NOW.plus_ms(239_999)));
        assert!(!TokenLife::new(NOW, Some(u64::MAX)).is_good(NOW.plus_ms(86_400_000)));
        assert!(!TokenLife::new(NOW, Some(0)).is_good(NOW.plus_ms(1_000)));
    }

    #[test]
    fn only_a_bearer_token_is_a_token() {
        let good = parse(r#"{"access_token":"abc.def-1","expires_in":900,"token_type":"bearer"}"#)
            .unwrap_or_else(|_| panic!());
        assert!(good.access_token == "abc.def-1" && good.life == TokenLife::new(NOW, Some(900)));
        assert!(parse(r#"{"access_token":"abc"}"#).is_ok());
        for body in [
            "",
            "{}",
            "[]",
            r#"{"access_token":""}"#,
            r#"{"access_token":7}"#,
            r#"{"access_token":"a b"}"#,
            r#"{"access_token":"a\r\nx: y"}"#,
            r#"{"access_token":"é"}"#,
            r#"{"access_token":"abc","token_type":"mac"}"#,
            r#"{"access_token":"abc""#,
        ] {
            let refusal = parse(body).err().unwrap();
            assert_eq!(
                (refusal.status, refusal.problem.problem_type.as_str()),
                (502, "urn:problem:upstream-token"),
                "{body}"
            );
        }
        let long = format!(r#"{{"access_token":"{}"}}"#, "a".repeat(TOKEN_BYTES + 1));
        assert!(parse(&long).is_err());
    }

    #[test]
    fn a_refused_credential_is_told_as_one_without_its_text() {
        for status in [400, 401, 403] {
            let refusal = TokenAnswer::parse(status, b"{\"error\":\"SECRET\"}", NOW)
                .err()
                .unwrap();
            assert_eq!(refusal.problem.problem_type, "urn:problem:upstream-credential");
            assert!(!refusal.problem.to_json().contains("SECRET"));
        }
        for status in [201, 302, 404, 429, 500] {
            assert_eq!(
                TokenAnswer::parse(status, b"{}", NOW).err().unwrap().status,
                502,
                "{status}"
            );
        }
    }

    #[test]
    fn the_longer_lived_token_goes_to_its_own_url_only() {
        let url = "https://auth.upsun.com/oauth2/token";
        assert!(may_exchange(url, url));
        assert!(may_exchange(
            "http://127.0.0.1:8788/upsun/oauth2/token",
            "http://127.0.0.1:8788/upsun/oauth2/token"
        ));
        for (configured, asked) in [
            (url, "https://auth.upsun.com/oauth2/token?x"),
            (url, "https://evil.example/oauth2/token"),
            (
                "http://auth.upsun.com/oauth2/token",
                "http://auth.upsun.com/oauth2/token",
            ),
            ("https://10.0.0.1/token", "https://10.0.0.1/token"),
        ] {
            assert!(!may_exchange(configured, asked), "{asked}");
        }
    }
}
