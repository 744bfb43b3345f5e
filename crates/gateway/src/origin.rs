//! Origins, compared whole just before a secret is sent.
//!
//! The reader takes fewer URLs than the standard does. What it takes, every URL parser reads the same way, so none can
//! be talked into another host.

/// Scheme, host and port of an absolute URL, and its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Whether the scheme is https; else it is http.
    pub is_https: bool,
    /// Host in lower case: letters, digits, `-` and `.` only; no brackets, no trailing dot.
    pub host: String,
    /// Port, the scheme's own one filled in.
    pub port: u16,
    /// Path with query, empty or from the first `/` on.
    pub path: String,
}

impl Origin {
    /// Reads an absolute http or https URL. `None` if it has user information, a fragment, a bracket or percent sign in
    /// the host, a backslash, a space, a control or a character beyond ASCII.
    pub fn parse(url: &str) -> Option<Self> {
        let parts = Parts::of(url)?;
        Some(Self {
            is_https: parts.is_https,
            host: parts.host.to_ascii_lowercase(),
            port: parts.port,
            path: parts.path.to_owned(),
        })
    }

    /// Whether scheme, host and port are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.is_https == other.is_https && self.host == other.host && self.port == other.port
    }

    /// Whether the host is this machine by number or by name.
    pub fn is_loopback(&self) -> bool {
        let by_number = self.host.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback());
        by_number || self.host == "localhost"
    }

    /// Whether the host is a number in any spelling that a resolver takes: `127.0.0.1`, `127.1`, `2130706433`,
    /// `0x7f000001`. A name ends in a label that begins with a letter.
    pub fn is_number(&self) -> bool {
        let last = self.host.rsplit('.').next().unwrap_or_default();
        !last.starts_with(|c: char| c.is_ascii_alphabetic())
    }
}

/// What an [`Origin`] is made of, as it stands in the URL. Every request is held against its source, so nothing is copied
/// for that.
struct Parts<'a> {
    is_https: bool,
    host: &'a str,
    port: u16,
    path: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#' | b'"' | b'<' | b'>' | b'`');
        if !url.bytes().all(is_plain) {
            return None;
        }
        let (scheme, rest) = url.split_once(':')?;
        let rest = rest.strip_prefix("//")?;
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?'));
        let (authority, path) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, read_port(port)?),
            None => (authority, if is_https { 443 } else { 80 }),
        };
        is_host(host).then_some(Self {
            is_https,
            host,
            port,
            path,
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.is_https == other.is_https && self.host.eq_ignore_ascii_case(other.host) && self.port == other.port
    }
}

fn read_port(text: &str) -> Option<u16> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_digits && *port > 0)
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        !label.is_empty() && label.len() <= 63 && is_plain
    };
    host.len() <= 253 && host.split('.').all(is_label)
}

/// Whether the credential of the source with this base URL may be sent to `url`: same scheme, host and port, and a path
/// below the base's. The shell asks this immediately before it adds the secret.
pub fn may_attach(base_url: &str, url: &str) -> bool {
    let (Some(base), Some(target)) = (Parts::of(base_url), Parts::of(url)) else {
        return false;
    };
    let below = target.path.strip_prefix(base.path.trim_end_matches('/'));
    let has_dots = target.path.split(['/', '?']).any(|part| matches!(part, "." | ".."));
    target.is_same(&base) && !has_dots && below.is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_to_its_own_origin_and_path_only() {
        let base = "https://api.ayrshare.com/api";
        for url in [
            "https://api.ayrshare.com/api/profiles",
            "https://API.ayrshare.com:443/api/user?x=y",
        ] {
            assert!(may_attach(base, url), "{url}");
        }
        for url in [
            "http://api.ayrshare.com/api/profiles",
            "https://api.ayrshare.com:8443/api/profiles",
            "https://api.ayrshare.com/apiary",
            "https://api.ayrshare.com/api",
            "https://api.ayrshare.com/other",
            "https://api.ayrshare.com/api/../other",
            "https://api.ayrshare.com.evil.example/api/profiles",
            "https://api.ayrshare.com@evil.example/api/profiles",
            "https://evil.example/api/profiles",
            "https://evil.example\\@api.ayrshare.com/api/profiles",
            "//api.ayrshare.com/api/profiles",
            "/api/profiles",
            "",
        ] {
            assert!(!may_attach(base, url), "{url}");
        }
    }

    #[test]
    fn a_base_without_path_covers_its_whole_origin() {
        assert!(may_attach("https://api.upsun.com", "https://api.upsun.com/profiles"));
        assert!(may_attach(
            "http://127.0.0.1:8788/upsun",
            "http://127.0.0.1:8788/upsun/profiles"
        ));
        assert!(!may_attach("https://api.upsun.com", "https://api.upsun.com"));
    }

    #[test]
    fn numbers_are_told_from_names_in_every_spelling() {
        for host in ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1"] {
            let origin = Origin::parse(&format!("https://{host}/")).unwrap();
            assert!(origin.is_number(), "{host}");
        }
        assert!(!Origin::parse("https://1and1.com").unwrap().is_number());
        assert_eq!(Origin::parse("https://[::1]/"), None);
        assert_eq!(Origin::parse("https://example.com./"), None);
        assert_eq!(Origin::parse("https://example.com:0/"), None);
        assert_eq!(Origin::parse("https://example.com:+1/"), None);
    }
}
