//! The file behind a batch ticket. Its URL is the only one that an API tells us, so it is held against a list; it is
//! fetched without a credential.

use roster_core::UnixMs;
use serde::Deserialize;

use crate::origin::Origin;
use crate::refusal::{Refusal, cause};

/// Hosts that batch files may be fetched from. Ayrshare puts its files on Google's storage.
/// Source: <https://www.ayrshare.com/docs/apis/user/batch-get>, seen 2026-11.
pub const BATCH_HOSTS: &[&str] = &["storage.googleapis.com"];

/// Where batch files may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Host names; the default port over https is implied.
    pub hosts: Vec<String>,
    /// One origin that is allowed as it is, over http and by number too: that of a sandbox on loopback.
    pub own_origin: Option<Origin>,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            hosts: BATCH_HOSTS.iter().map(|host| (*host).to_owned()).collect(),
            own_origin: None,
        }
    }
}

/// What `GET /user/batch` answers: where the file will be, and when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// URL of the file.
    pub url: String,
    /// From when on the file is there, ISO 8601.
    #[serde(default)]
    pub url_available: Option<String>,
    /// Until when, ISO 8601.
    #[serde(default)]
    pub url_expires: Option<String>,
}

impl Ticket {
    /// Reads the answer.
    ///
    /// # Errors
    /// 502 if it names no URL.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body)
            .map_err(|_| cause::BATCH_TARGET.refusal("expected a batch ticket with a url, found another answer"))
    }

    /// Whether the file is there at `now`.
    ///
    /// # Errors
    /// 409 with the time to wait before it is there, 410 when it is gone.
    pub fn check(&self, now: UnixMs) -> Result<(), Refusal> {
        let instant = |text: &Option<String>| text.as_deref().and_then(UnixMs::parse);
        if let Some(from) = instant(&self.url_available)
            && let Ok(wait_ms @ 1..) = u64::try_from(from.since(now))
        {
            let message = format!("the file will be there at {from}");
            return Err(cause::BATCH_NOT_READY
                .refusal(message)
                .with_retry_after_ms(Some(wait_ms)));
        }
        match instant(&self.url_expires) {
            Some(until) if until <= now => {
                Err(cause::BATCH_EXPIRED.refusal(format!("the file was there until {until}")))
            }
            _ => Ok(()),
        }
    }
}

/// The URL of a batch file, if something may be fetched there: https at the default port of a listed host, or the
/// allowed origin. The text itself may be given to a client: it has no form that two parsers read differently.
///
/// # Errors
/// 502 for any other place.
pub fn batch_target(storage: &Storage, url: &str) -> Result<Origin, Refusal> {
    let refused =
        || cause::BATCH_TARGET.refusal("expected a file on a listed https host, found a URL to another place");
    let target = Origin::parse(url).ok_or_else(refused)?;
    let is_own = storage.own_origin.as_ref().is_some_and(|own| own.is_same(&target));
    let is_listed = storage.hosts.iter().any(|host| host.eq_ignore_ascii_case(&target.host));
    let is_plain_https = target.is_https && target.port == 443 && !target.is_number();
    let has_path = target.path.starts_with('/');
    (has_path && (is_own || (is_listed && is_plain_https)))
        .then_some(target)
        .ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_fetched_from_listed_places_only() {
        let storage = Storage::default();
        for url in [
            "https://storage.googleapis.com/batch.ayrshare.com/users/x/users-batch-2024-01-11-22-42.json",
            "https://STORAGE.googleapis.com:443/x?X-Goog-Signature=abc%2F",
        ] {
            assert!(batch_target(&storage, url).is_ok(), "{url}");
        }
        for url in [
            "http://storage.googleapis.com/x",
            "https://storage.googleapis.com:8443/x",
            "https://storage.googleapis.com.evil.example/x",
            "https://evil.example/storage.googleapis.com/x",
            "https://storage.googleapis.com@169.254.169.254/x",
            "https://user:pass@storage.googleapis.com/x",
            "https://[::1]/x",
            "https://[storage.googleapis.com]/x",
            "https://0x7f000001/x",
            "https://2130706433/x",
            "https://127.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://storage.googleapis.com./x",
            "https://storage。googleapis。com/x",
            "https://storage%2egoogleapis.com/x",
            "https:\\\\storage.googleapis.com\\x",
            "https://storage.googleapis.com\\@evil.example/x",
            "https:///storage.googleapis.com/x",
            "https://storage.googleapis.com",
            "https://storage.googleapis.com?x",
            "https://storage.googleapis.com/x#y",
            "https://storage.googleapis.com/\tx",
            " https://storage.googleapis.com/x",
            "ftp://storage.googleapis.com/x",
            "file:///etc/passwd",
            "gopher://storage.googleapis.com/x",
            "//storage.googleapis.com/x",
            "/x",
            "",
        ] {
            assert_eq!(batch_target(&storage, url).unwrap_err().status, 502, "{url}");
        }
    }

    #[test]
    fn a_listed_number_is_still_no_host() {
        let storage = Storage {
            hosts: vec!["169.254.169.254".to_owned()],
            own_origin: None,
        };
        assert!(batch_target(&storage, "https://169.254.169.254/x").is_err());
    }

    #[test]
    fn a_sandbox_may_name_its_own_origin_and_no_other_port() {
        let storage = Storage {
            hosts: Vec::new(),
            own_origin: Origin::parse("http://127.0.0.1:8788/ayrshare/api"),
        };
        assert!(batch_target(&storage, "http://127.0.0.1:8788/storage/x.json").is_ok());
        assert!(batch_target(&storage, "http://127.0.0.1:8789/storage/x.json").is_err());
        assert!(batch_target(&storage, "https://127.0.0.1:8788/storage/x.json").is_err());
    }

    #[test]
    fn a_ticket_says_how_long_to_wait() {
        let body = br#"{"success":true,"url":"https://x.example/y","urlAvailable":"2024-01-11T22:47:16Z",
            "urlExpires":"2024-01-18T22:42:16Z","lastUpdated":"2024-01-11T22:42:16.268Z"}"#;
        let ticket = Ticket::parse(body).unwrap();
        let available = UnixMs::parse("2024-01-11T22:47:16Z").unwrap();
        let early = ticket.check(available.plus_ms(-1500)).unwrap_err();
        assert_eq!((early.status, early.problem.retry_after_ms), (409, Some(1500)));
        assert_eq!(ticket.check(available), Ok(()));
        let expires = UnixMs::parse("2024-01-18T22:42:16Z").unwrap();
        assert_eq!(ticket.check(expires).unwrap_err().status, 410);
        assert_eq!(Ticket::parse(br#"{"success":true}"#).unwrap_err().status, 502);
    }
}
