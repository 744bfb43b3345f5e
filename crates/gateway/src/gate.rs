//! Who may ask. Our data stands behind GET, and a server on loopback is reachable by every page that the user opens:
//! so reading from another site is refused like writing is elsewhere, and a rebound host name is refused first.

use http::header::{CONTENT_LENGTH, HOST, HeaderName, ORIGIN, TRANSFER_ENCODING};
use http::{HeaderMap, Method, Uri};

use crate::cors::Origins;
use crate::refusal::{Refusal, cause};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// The ports that a browser leaves out of `Host`.
const USUAL_PORTS: [u16; 2] = [80, 443];

/// The authorities (`host:port`) under which we answer, and the origins whose pages may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    authorities: Vec<String>,
    origins: Origins,
}

impl Hosts {
    /// The three names of a server on loopback at this port, and the configured authorities.
    pub fn new(port: u16, configured: &[String]) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if USUAL_PORTS.contains(&port) {
            hosts.extend(names.map(str::to_owned));
        }
        hosts.extend(configured.iter().map(|authority| authority.to_ascii_lowercase()));
        Self {
            authorities: hosts,
            origins: Origins::default(),
        }
    }

    /// The same, with pages of these other origins that may ask for data.
    #[must_use]
    pub fn with_origins(self, origins: Origins) -> Self {
        Self { origins, ..self }
    }

    /// The other origins whose pages may ask for data.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }

    /// The configured authorities alone: of a server that is not on this machine.
    pub fn only(configured: &[String]) -> Self {
        Self {
            authorities: configured
                .iter()
                .map(|authority| authority.to_ascii_lowercase())
                .collect(),
            origins: Origins::default(),
        }
    }

    /// Whether all of them are names of this machine.
    pub fn are_local(&self) -> bool {
        let is_local = |authority: &String| {
            let host = authority.rsplit_once(':').map_or(authority.as_str(), |(host, _)| host);
            matches!(host, "127.0.0.1" | "localhost" | "[::1]")
        };
        self.authorities.iter().all(is_local)
    }

    /// Whether we answer under this authority.
    pub fn has(&self, authority: &str) -> bool {
        self.authorities.iter().any(|host| host.eq_ignore_ascii_case(authority))
    }
}

/// What is asked for: how much the request may have come from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Data: our own pages and programs only.
    Api,
    /// The viewer's files: a link on another site may open the page, nothing else there may load them.
    Page,
}

/// Whether a request may go on. `uri` is the request target: in absolute form its authority counts as a second `Host`.
///
/// # Errors
/// 405 for a method other than GET and HEAD, 413 for a body, 400 for no or two `Host`, 421 for one that is not ours, 403
/// for a request that another site's page made.
pub fn gate(hosts: &Hosts, area: Area, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err(cause::METHOD.refusal("expected GET or HEAD"));
    }
    if has_body(headers) {
        return Err(cause::BODY.refusal("expected a request without a body"));
    }
    let host = host(headers)?;
    let is_ours = hosts.has(host) && uri.authority().is_none_or(|authority| hosts.has(authority.as_str()));
    if !is_ours {
        let message = "expected a Host that this proxy answers under; add others as allowed_hosts to its configuration";
        return Err(cause::MISDIRECTED.refusal(message));
    }
    let is_listed = area == Area::Api && hosts.origins.of(headers).is_some();
    if !is_listed && is_from_elsewhere(area, headers, host) {
        return Err(cause::CROSS_SITE.refusal("expected a request of a page of this proxy or of a program"));
    }
    Ok(())
}

/// Any framing of a body, even an empty chunked one: nothing that we serve needs it, and smuggling does.
fn has_body(headers: &HeaderMap) -> bool {
    let is_empty = |value: &http::HeaderValue| value == "0";
    headers.contains_key(TRANSFER_ENCODING) || !headers.get_all(CONTENT_LENGTH).iter().all(is_empty)
}

fn host(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next().map(http::HeaderValue::to_str), hosts.next()) {
        (Some(Ok(host)), None) => Ok(host),
        (None, _) => Err(cause::HOST.refusal("expected a Host, found none")),
        (_, Some(_)) => Err(cause::HOST.refusal("expected one Host, found several")),
        (Some(Err(_)), None) => Err(cause::HOST.refusal("expected a Host of plain characters")),
    }
}

/// `Sec-Fetch-Site` decides where a browser sends it; else `Origin` must be ours. A program sends neither.
///
/// Source: <https://www.w3.org/TR/fetch-metadata/>, seen 2026-11.
fn is_from_elsewhere(area: Area, headers: &HeaderMap, host: &str) -> bool {
    let is = |name: &HeaderName, expected: &str| headers.get(name).is_some_and(|value| value == expected);
    if headers.contains_key(SEC_FETCH_SITE) {
        let is_own = is(&SEC_FETCH_SITE, "same-origin") || is(&SEC_FETCH_SITE, "none");
        let is_opened = is(&SEC_FETCH_MODE, "navigate") && is(&SEC_FETCH_DEST, "document");
        let may_open = area == Area::Page && is_opened;
        return !(is_own || may_open);
    }
    let own = |value: &http::HeaderValue| {
        let text = value.to_str().unwrap_or_default();
        let authority = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
        authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
    };
    !headers.get_all(ORIGIN).iter().all(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: (&str, &str) = ("host", "127.0.0.1:8787");

    fn status(area: Area, method: &str, uri: &str, headers: &[(&str, &str)]) -> u16 {
        let hosts = Hosts::new(8787, &["Roster.internal".to_owned()]);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        gate(&hosts, area, &method, &uri.parse().unwrap(), &map).map_or_else(|refusal| refusal.status, |()| 200)
    }

    fn api(headers: &[(&str, &str)]) -> u16 {
        status(Area::Api, "GET", "/api/v1/sources", headers)
    }

    #[test]
    fn only_reading_without_a_body_passes() {
        for method in ["GET", "HEAD"] {
            assert_eq!(status(Area::Api, method, "/", &[OURS]), 200);
        }
        for method in [
            "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "get", "PROPFIND",
        ] {
            assert_eq!(status(Area::Page, method, "/", &[OURS]), 405, "{method}");
        }
        assert_eq!(api(&[OURS, ("content-length", "0")]), 200);
        assert_eq!(api(&[OURS, ("content-length", "1")]), 413);
        assert_eq!(api(&[OURS, ("content-length", "0"), ("content-length", "5")]), 413);
        assert_eq!(api(&[OURS, ("transfer-encoding", "chunked")]), 413);
    }

    #[test]
    fn only_our_own_hosts_pass() {
        for host in ["127.0.0.1:8787", "LOCALHOST:8787", "[::1]:8787", "roster.internal"] {
            assert_eq!(api(&[("host", host)]), 200, "{host}");
        }
        for host in [
            "evil.example:8787",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:8787.evil.example",
            "",
            "a@127.0.0.1:8787",
        ] {
            assert_eq!(api(&[("host", host)]), 421, "{host}");
        }
        assert_eq!(api(&[]), 400);
        assert_eq!(api(&[OURS, OURS]), 400);
        assert_eq!(
            status(Area::Api, "GET", "http://127.0.0.1:8787/api/v1/sources", &[OURS]),
            200
        );
        assert_eq!(
            status(Area::Api, "GET", "http://169.254.169.254/api/v1/sources", &[OURS]),
            421
        );
    }

    #[test]
    fn a_bare_loopback_name_passes_at_the_usual_ports_only() {
        assert!(Hosts::new(80, &[]).has("localhost") && Hosts::new(443, &[]).has("localhost"));
        assert!(!Hosts::new(8787, &[]).has("localhost"));
    }

    #[test]
    fn another_sites_page_reads_nothing() {
        for site in ["cross-site", "same-site", "", "Same-Origin"] {
            assert_eq!(api(&[OURS, ("sec-fetch-site", site)]), 403, "{site}");
        }
        for site in ["same-origin", "none"] {
            assert_eq!(api(&[OURS, ("sec-fetch-site", site)]), 200, "{site}");
        }
        for origin in ["http://127.0.0.1:9999", "http://evil.example", "null", "127.0.0.1:8787"] {
            assert_eq!(api(&[OURS, ("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(api(&[OURS, ("origin", "http://127.0.0.1:8787")]), 200);
    }

    #[test]
    fn a_link_elsewhere_opens_the_page_but_not_the_data() {
        let opened = [
            OURS,
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        let framed = [
            OURS,
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "iframe"),
        ];
        assert_eq!(status(Area::Page, "GET", "/", &opened), 200);
        assert_eq!(status(Area::Page, "GET", "/", &framed), 403);
        assert_eq!(status(Area::Api, "GET", "/api/v1/sources", &opened), 403);
    }
}
