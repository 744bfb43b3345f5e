//! HAL links as positions. A link is never fetched: it must point at the same list, and only its known paging
//! parameters are taken from it. A hostile `next` can so neither steal a key nor reach another path.

use crate::error::{Error, ErrorKind};
use crate::route::Param;

/// The paging parameters of `href` in the order of the table, so that one position has one form. If a parameter stands
/// twice, the last one counts.
///
/// `bases` are the base URLs that the API answers under, `path` is the list's path below them. A relative `href` is
/// taken against them.
pub(crate) fn paging(
    href: &str,
    bases: &[&str],
    path: &str,
    params: &'static [Param],
) -> Result<Vec<(&'static str, String)>, Error> {
    let target = Target::split(href)?;
    if !bases.iter().any(|base| target.is_at(base, path)) {
        let found = target
            .host
            .map_or_else(|| "another path".to_owned(), |host| format!("one at {host}"));
        return Err(broken("a link to the same list", &found));
    }
    let pairs: Vec<_> = form_urlencoded::parse(target.query.as_bytes()).collect();
    let mut taken = Vec::new();
    for param in params {
        let Some((_, value)) = pairs.iter().rev().find(|(name, _)| name == param.name) else {
            continue;
        };
        let value = param
            .kind
            .check(value)
            .map_err(|expected| broken(&expected, "another value"))?;
        taken.push((param.name, value));
    }
    if taken.is_empty() {
        return Err(broken("a link with a paging parameter", "none"));
    }
    Ok(taken)
}

fn broken(expected: &str, found: &str) -> Error {
    Error::unexpected(ErrorKind::Pagination, "_links.next.href", expected, found)
}

/// A link taken apart, without decoding anything.
struct Target<'a> {
    /// Scheme and authority, `https://api.upsun.com`; `None` in a relative link.
    origin: Option<&'a str>,
    host: Option<&'a str>,
    path: &'a str,
    query: &'a str,
}

impl<'a> Target<'a> {
    fn split(href: &'a str) -> Result<Self, Error> {
        let is_odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
        if href.contains(is_odd) {
            return Err(broken("a link", "text with spaces, controls or backslashes"));
        }
        let href = href.split('#').next().unwrap_or_default();
        let (before_query, query) = href.split_once('?').unwrap_or((href, ""));
        let Some((scheme, rest)) = before_query.split_once("//") else {
            return Ok(Self {
                origin: None,
                host: None,
                path: before_query,
                query,
            });
        };
        let host_len = rest.find('/').unwrap_or(rest.len());
        let (host, path) = rest.split_at(host_len);
        let origin = before_query.get(..scheme.len() + 2 + host_len);
        Ok(Self {
            origin,
            host: Some(host),
            path,
            query,
        })
    }

    fn is_at(&self, base: &str, path: &str) -> bool {
        let origin_len = base.find("//").map_or(0, |at| at + 2);
        let host_len = base.get(origin_len..).and_then(|rest| rest.find('/'));
        let (base_origin, base_path) = base.split_at(host_len.map_or(base.len(), |len| origin_len + len));
        let base_path = base_path.trim_end_matches('/');
        let full_path = format!("{base_path}{path}");
        if let Some(origin) = self.origin {
            return origin.eq_ignore_ascii_case(base_origin) && self.path == full_path;
        }
        // `profiles?page=2`, `/profiles?page=2` and `?page=2` are all written by real servers.
        let own = self.path.trim_start_matches('/');
        own.is_empty() || own == path.trim_start_matches('/') || own == full_path.trim_start_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Kind, Role};

    const PARAMS: &[Param] = &[Param {
        name: "page",
        title: "Page",
        kind: Kind::Int { min: 1, max: u64::MAX },
        role: Role::Paging,
        help: "",
    }];
    const BASES: &[&str] = &["https://api.upsun.com", "http://127.0.0.1:8788/upsun"];

    fn take(href: &str) -> Result<Vec<(&'static str, String)>, Error> {
        paging(href, BASES, "/profiles", PARAMS)
    }

    #[test]
    fn links_to_the_same_list_give_their_paging_parameters() {
        for href in [
            "https://api.upsun.com/profiles?page=2",
            "HTTPS://API.upsun.com/profiles?filter%5Bx%5D=y&page=2#top",
            "http://127.0.0.1:8788/upsun/profiles?page=2",
            "/profiles?page=2",
            "/upsun/profiles?page=2",
            "profiles?page=2",
            "?page=2",
            "?page=7&page=2",
        ] {
            assert_eq!(take(href), Ok(vec![("page", "2".to_owned())]), "{href}");
        }
    }

    #[test]
    fn links_elsewhere_are_refused() {
        for href in [
            "https://evil.example/profiles?page=2",
            "http://api.upsun.com/profiles?page=2",
            "https://api.upsun.com:8443/profiles?page=2",
            "https://api.upsun.com@evil.example/profiles?page=2",
            "https://evil.example/https://api.upsun.com/profiles?page=2",
            "https://api.upsun.com.evil.example/profiles?page=2",
            "//evil.example/profiles?page=2",
            "https://api.upsun.com/users?page=2",
            "https://api.upsun.com/profiles/../users?page=2",
            "/profiles/%2e%2e/users?page=2",
            "javascript:alert(1)?page=2",
            "https:\\\\evil.example/profiles?page=2",
            "https://api.upsun.com/profiles?page=0",
            "https://api.upsun.com/profiles?token=x",
            "https://api.upsun.com/profiles",
            "",
        ] {
            let error = take(href).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Pagination, "{href}");
            assert!(!error.message().contains("page="), "no query in a message: {error}");
        }
    }
}
