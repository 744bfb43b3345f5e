//! Requests and responses as values. A transport turns the one into the other; nothing else does.

use crate::route::Route;
use crate::time::UnixMs;

/// One GET below the proxy's API root. It names a route of a provider; it holds no host, no key and no header.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The provider's id, `"ayrshare"`.
    pub provider: &'static str,
    /// Which of the provider's routes.
    pub route: &'static Route,
    /// Query parameters as they go over the wire, in the order of the route's table.
    pub params: Vec<(&'static str, String)>,
    /// The alias of an Ayrshare Profile Key that the proxy holds. The key itself never reaches a browser.
    pub profile: Option<String>,
}

impl Request {
    /// Path and query below the API root: `ayrshare/profiles?limit=100`.
    pub fn target(&self) -> String {
        let query = self.query_string();
        let separator = if query.is_empty() { "" } else { "?" };
        format!("{}/{}{separator}{query}", self.provider, self.route.name)
    }

    /// The query string, percent-encoded, with the profile alias last.
    pub fn query_string(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(self.params.iter().map(|(name, value)| (*name, value.as_str())));
        if let Some(alias) = &self.profile {
            out.append_pair("profile", alias);
        }
        out.finish()
    }

    /// The value of one parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Response headers; names are lower case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// No headers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a header; the name is lower-cased.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_ascii_lowercase(), value.into()));
    }

    /// The first value of a header; `name` in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All headers in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: AsRef<str>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut headers = Self::new();
        for (name, value) in pairs {
            headers.push(name.as_ref(), value);
        }
        headers
    }
}

/// What came back: status, headers and the body exactly as received.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Response headers.
    pub headers: Headers,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// When the answer was complete, by the caller's clock.
    pub received: UnixMs,
}

impl Response {
    /// The header that our proxy sets to the base URL of the API that it asked, so that a link in the body can be
    /// held against it.
    pub const UPSTREAM_HEADER: &'static str = "roster-upstream";

    /// The header that our proxy sets to `miss`, `hit` or `stale`: asked just now, kept and fresh, or kept from before
    /// because the API fails. `Age` beside it is the answer's age in seconds.
    pub const CACHE_HEADER: &'static str = "roster-cache";

    /// The header that our proxy sets beside `stale`: the code of the error that the kept answer stands in for.
    pub const STALE_HEADER: &'static str = "roster-stale";

    /// A response with no headers, received at the epoch.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body: body.into(),
            received: UnixMs(0),
        }
    }

    /// The same response with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push(name, value);
        self
    }

    /// The provider's id of this request, if it sent one.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("request-id")
    }

    /// How long the answer asks to wait: `Retry-After` in seconds or as an HTTP date, in milliseconds from `received`.
    pub fn retry_after_ms(&self) -> Option<u64> {
        let text = self.headers.get("retry-after")?.trim();
        if let Ok(seconds) = text.parse::<u64>() {
            return seconds.checked_mul(1000);
        }
        let at = UnixMs::from_http_date(text)?;
        u64::try_from(at.0.saturating_sub(self.received.0)).ok().or(Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let seconds = Response::new(429, "").with_header("Retry-After", "7");
        assert_eq!(seconds.retry_after_ms(), Some(7000));
        let mut date = Response::new(429, "").with_header("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT");
        date.received = UnixMs(784_111_772_000);
        assert_eq!(date.retry_after_ms(), Some(5000));
        date.received = UnixMs(784_111_779_000);
        assert_eq!(date.retry_after_ms(), Some(0), "a date that has passed means now");
        assert_eq!(
            Response::new(429, "")
                .with_header("Retry-After", "soon")
                .retry_after_ms(),
            None
        );
    }
}
