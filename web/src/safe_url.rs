//! The one check between an address that an API sent and a link or picture on the page.

/// An address that is safe to click or to load: http or https, absolute, with a host, and without credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeUrl(String);

impl SafeUrl {
    /// Checks an address as sent. Browsers skip tabs and line breaks inside a scheme, so any control character, any
    /// space and any backslash makes it unsafe rather than being repaired.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '<' | '>' | '"' | '`');
        if text.chars().any(is_odd) {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = !host.is_empty() && !host.contains('@') && !host.starts_with(':');
        (is_web && is_host).then(|| Self(text.to_owned()))
    }

    /// The address, exactly as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address without its scheme and a trailing slash, for reading.
    pub fn short(&self) -> &str {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        rest.trim_start_matches("www.").trim_end_matches('/')
    }

    /// Whether it is https, the only scheme from which the page's policy loads pictures.
    pub fn is_https(&self) -> bool {
        self.0
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("https://"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_pass() {
        for good in [
            "https://example.com",
            "http://example.com/a?b=c#d",
            "HTTPS://Example.com/%3Cx%3E",
            " https://example.com/ ",
            "https://bücher.example/ä",
        ] {
            assert_eq!(
                SafeUrl::parse(good).as_ref().map(SafeUrl::as_str),
                Some(good.trim()),
                "{good}"
            );
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript://example.com/%0aalert(1)",
            "javascript://example.com/%0aalert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "data://text/html",
            "file:///etc/passwd",
            "blob:https://example.com/x",
            "//example.com",
            "/profiles",
            "example.com",
            "https:example.com",
            "https://",
            "https:///path",
            "https://user:secret@example.com/",
            "https://example.com\\@evil.example",
            "https://exa mple.com",
            "\u{1}javascript://example.com",
            "https://example.com/\u{0}",
        ] {
            assert_eq!(SafeUrl::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn the_short_form_is_for_reading_only() {
        let url = SafeUrl::parse("https://www.example.com/a/").unwrap();
        assert_eq!((url.short(), url.is_https()), ("example.com/a", true));
        assert!(!SafeUrl::parse("http://example.com").unwrap().is_https());
    }
}
