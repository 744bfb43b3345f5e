//! Pages of other origins that may ask: each by its exact name. Without names no CORS header is ever sent.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, Uri};

use crate::gate::{Area, Hosts, gate};
use crate::origin::Origin;

/// How long a browser may remember the answer to its question, in seconds.
const MAX_AGE_S: &str = "600";

/// What a page of another origin may read beside the safe ones. What else passes stays between browser and us.
const EXPOSED: &str = "retry-after, roster-upstream, request-id, x-ratelimit-max, x-ratelimit-count, \
     x-rate-limit-limit, x-rate-limit-remaining, x-rate-limit-reset";

/// Origins by their exact names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Vec<String>);

impl Origins {
    /// Reads origins as a browser writes them: `https://app.example`, `http://localhost:3000`.
    ///
    /// # Errors
    /// What was expected: a pattern, `null`, a path or a trailing slash would never equal what a browser sends, or equal
    /// too much.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        texts.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The `Origin` of a request, if it is one of these.
    pub fn of<'h>(&self, headers: &'h HeaderMap) -> Option<&'h HeaderValue> {
        let mut values = headers.get_all(ORIGIN).iter();
        let only = values.next().filter(|_| values.next().is_none())?;
        self.0.iter().any(|known| only == known.as_str()).then_some(only)
    }

    /// Headers that an answer of the API gets beside its own: what the page may read, and that another page may not.
    pub fn headers(&self, request: &HeaderMap) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if self.0.is_empty() {
            return headers;
        }
        headers.insert(VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = self.of(request) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
        }
        headers
    }
}

fn read(text: &str) -> Result<String, String> {
    let origin = Origin::parse(text).filter(|origin| origin.path.is_empty());
    let usual = |origin: &Origin| if origin.is_https { 443 } else { 80 };
    let written = |origin: &Origin| {
        let scheme = if origin.is_https { "https" } else { "http" };
        let port = if origin.port == usual(origin) {
            String::new()
        } else {
            format!(":{}", origin.port)
        };
        format!("{scheme}://{}{port}", origin.host)
    };
    match origin.as_ref().map(written) {
        Some(written) if written == text => Ok(written),
        Some(written) => Err(format!("expected an origin as a browser writes it, {written}")),
        None => Err("expected an exact origin such as https://app.example, without a path".to_owned()),
    }
}

/// The answer to a browser's question whether a page of a listed origin may ask; `None` if this is no such question.
pub fn preflight(hosts: &Hosts, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<HeaderMap> {
    let origins = hosts.origins();
    let wants = headers.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    let is_reading = wants == "GET" || wants == "HEAD";
    if *method != Method::OPTIONS || !is_reading || origins.of(headers).is_none() {
        return None;
    }
    gate(hosts, Area::Api, &Method::GET, uri, headers).ok()?;
    let mut answer = origins.headers(headers);
    answer.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization"));
    answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE_S));
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::HOST;

    const LISTED: &str = "https://app.example";

    fn hosts() -> Hosts {
        Hosts::new(8787, &[]).with_origins(Origins::parse([LISTED, "http://localhost:3000"]).unwrap())
    }

    fn asked(origin: &str, host: &str, wants: &str) -> HeaderMap {
        let value = |text: &str| HeaderValue::from_str(text).unwrap();
        HeaderMap::from_iter([
            (ORIGIN, value(origin)),
            (HOST, value(host)),
            (ACCESS_CONTROL_REQUEST_METHOD, value(wants)),
        ])
    }

    #[test]
    fn only_exact_origins_can_be_listed() {
        for text in [
            "https://app.example",
            "http://localhost:3000",
            "https://app.example:8443",
        ] {
            assert_eq!(read(text), Ok(text.to_owned()));
        }
        for text in [
            "*",
            "null",
            "https://*.example",
            "app.example",
            "https://app.example/",
            "https://app.example:443",
            "HTTPS://app.example",
            "https://App.example",
            "https://app.example/x",
            "https://a@app.example",
            "file://x",
            "",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_listed_page_is_named_and_no_other() {
        let origins = hosts().origins().clone();
        let listed = origins.headers(&asked(LISTED, "127.0.0.1:8787", "GET"));
        assert_eq!(listed.get(ACCESS_CONTROL_ALLOW_ORIGIN).unwrap(), LISTED);
        assert_eq!(listed.get(VARY).unwrap(), "origin");
        for origin in [
            "https://app.example.evil",
            "https://APP.example",
            "null",
            "https://app.example:443",
            "*",
        ] {
            let other = origins.headers(&asked(origin, "127.0.0.1:8787", "GET"));
            assert_eq!(other.len(), 1, "{origin}: Vary alone");
            assert_eq!(other.get(VARY).unwrap(), "origin");
        }
        let none = Origins::default().headers(&asked(LISTED, "127.0.0.1:8787", "GET"));
        assert!(none.is_empty(), "without a list there is no trace of CORS");
    }

    #[test]
    fn a_question_is_answered_for_listed_pages_that_read() {
        let ask = |origin: &str, host: &str, wants: &str| {
            let uri = Uri::from_static("/api/v1/sources");
            preflight(&hosts(), &Method::OPTIONS, &uri, &asked(origin, host, wants))
        };
        let answer = ask(LISTED, "127.0.0.1:8787", "GET").unwrap();
        assert_eq!(answer.get(ACCESS_CONTROL_ALLOW_METHODS).unwrap(), "GET, HEAD");
        assert!(answer.get("access-control-allow-credentials").is_none());
        assert!(ask("https://other.example", "127.0.0.1:8787", "GET").is_none());
        assert!(ask(LISTED, "evil.example", "GET").is_none(), "a rebound name");
        assert!(ask(LISTED, "127.0.0.1:8787", "POST").is_none());
        let uri = Uri::from_static("/");
        assert!(preflight(&hosts(), &Method::GET, &uri, &asked(LISTED, "127.0.0.1:8787", "GET")).is_none());
    }

    #[test]
    fn the_gate_lets_listed_pages_read_data_from_elsewhere() {
        let pass = |origin: &str| {
            let mut headers = asked(origin, "127.0.0.1:8787", "GET");
            headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
            let uri = Uri::from_static("/api/v1/sources");
            gate(&hosts(), Area::Api, &Method::GET, &uri, &headers).is_ok()
        };
        assert!(pass(LISTED));
        assert!(!pass("https://other.example"));
        assert!(!pass("null"));
    }
}
