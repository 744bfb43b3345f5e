//! Where profiles come from: the proxy that `config.json` names, else the proxy beside the page, else the demo,
//! which is a file beside the page. Pure: the answers of the two probes go in, the decision comes out.

use roster_core::{Error, ErrorKind, Misfit, Problem, Response, Source, Sources, parsed, string};

use crate::texts;
use crate::theme::Theme;

/// The proxy beside the page.
pub const RELATIVE_PROXY: &str = "api/v1";

/// What a host writes into `config.json` beside the page. Every key may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The proxy's API root, absolute or relative to the page: `https://proxy.example/api/v1`.
    pub proxy: Option<String>,
    /// The theme until a person chooses one: `light`, `dark` or `system`.
    pub theme: Option<String>,
}

impl Config {
    /// Reads the answer for `config.json`. A missing file is fine; a broken one is told to the host, and the page
    /// starts without it.
    pub fn read(answer: &Result<Response, Error>) -> (Self, Option<String>) {
        let Ok(response) = answer else {
            return Default::default();
        };
        let text = String::from_utf8_lossy(&response.body);
        let is_page = text.trim_start().starts_with('<');
        if response.status != 200 || is_page {
            return Default::default();
        }
        match Self::parse(&text) {
            Ok(config) => (config, None),
            Err(Misfit { line, expected, .. }) => (Self::default(), Some(texts::config_broken(line, expected))),
        }
    }

    fn parse(text: &str) -> Result<Self, Misfit> {
        let all = parsed(text)?;
        let word = |key: &str| {
            let word = all
                .set(key)
                .map(|raw| string(raw).ok_or_else(|| Misfit::of(text, raw, "a string")));
            word.transpose()
        };
        Ok(Self {
            proxy: word("proxy")?,
            theme: word("theme")?,
        })
    }

    /// The theme, if it names one.
    pub fn theme(&self) -> Option<Theme> {
        self.theme.as_deref().map(Theme::from_word)
    }
}

/// Where profiles come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The proxy's API root; `None` is the demo.
    pub proxy: Option<String>,
    /// What the proxy says about its sources.
    pub sources: Vec<Source>,
    /// What the host should know.
    pub note: Option<String>,
}

impl Origin {
    /// The demo.
    pub const fn demo(note: Option<String>) -> Self {
        Self {
            proxy: None,
            sources: Vec::new(),
            note,
        }
    }

    /// Whether every profile is invented.
    pub fn is_demo(&self) -> bool {
        self.sources.iter().all(|source| source.is_demo)
    }

    /// What the proxy says about one source.
    pub fn source(&self, provider: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.provider == provider)
    }
}

/// A proxy that cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Outage {
    /// Why.
    pub error: Error,
    /// Its address as `config.json` has it; the one beside the page if `None`.
    pub proxy: Option<String>,
}

/// Decides after asking a proxy for its sources. A host that has no proxy answers 404 or a web page; then, unless a
/// proxy was configured, the sandbox plays. A proxy that is there and fails is never hidden behind invented data.
///
/// # Errors
/// Why the proxy cannot be used.
pub fn decide(
    answer: Result<Response, Error>,
    proxy: &str,
    is_configured: bool,
    note: Option<String>,
) -> Result<Origin, Error> {
    let response = answer?;
    let text = String::from_utf8_lossy(&response.body);
    if let Some(problem) = Problem::parse(&text) {
        return Err(problem.to_error());
    }
    let listed = Sources::parse(&text).filter(|listed| response.status == 200 && !listed.sources.is_empty());
    if let Some(listed) = listed {
        return Ok(Origin {
            proxy: Some(proxy.to_owned()),
            sources: listed.sources,
            note,
        });
    }
    let is_absent = matches!(response.status, 200 | 403 | 404 | 405);
    if is_absent && !is_configured {
        return Ok(Origin::demo(note));
    }
    let found = format!("an answer with status {} that is none of ours", response.status);
    let error = Error::unexpected(ErrorKind::Decode, "sources", "the sources of a proxy", found);
    Err(error.with_status(response.status))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> (Config, Option<String>) {
        Config::read(&Ok(Response::new(status, body)))
    }

    fn decided(status: u16, body: &str, is_configured: bool) -> Result<Origin, Error> {
        decide(Ok(Response::new(status, body)), RELATIVE_PROXY, is_configured, None)
    }

    #[test]
    fn a_missing_config_is_fine_and_a_broken_one_is_told_with_its_line() {
        assert_eq!(read(404, "not found"), (Config::default(), None));
        assert_eq!(read(200, "<!doctype html>"), (Config::default(), None));
        let offline = Err(Error::new(ErrorKind::Network, "x"));
        assert_eq!(Config::read(&offline), (Config::default(), None));
        let (config, note) = read(200, "{\n  \"proxy\": 7\n}");
        assert_eq!(config, Config::default());
        assert_eq!(
            note.unwrap(),
            "config.json, line 2: expected a string. Started without it."
        );
        let (config, note) = read(200, r#"{"proxy":"/p","theme":"dark","later":1}"#);
        assert_eq!(
            (config.proxy.as_deref(), config.theme(), note),
            (Some("/p"), Some(Theme::Dark), None)
        );
    }

    #[test]
    fn without_a_proxy_the_sandbox_plays_but_a_failing_proxy_is_not_hidden() {
        for (status, body) in [(404, "nothing"), (200, "<!doctype html>"), (200, "{}")] {
            let origin = decided(status, body, false).unwrap();
            assert_eq!((origin.proxy.as_deref(), origin.is_demo()), (None, true));
            assert!(decided(status, body, true).is_err(), "a proxy was configured");
        }
        let problem = Problem::new(ErrorKind::Upstream, 503, "Not ready", "no key").to_json();
        let failed = decided(503, &problem, false).unwrap_err();
        assert_eq!(
            (failed.kind(), failed.message()),
            (ErrorKind::Upstream, "no key".to_owned())
        );
        let reset = Err(Error::new(ErrorKind::Network, "reset"));
        assert!(decide(reset, RELATIVE_PROXY, false, None).is_err());
        assert!(decided(500, "oops", false).is_err());
    }

    #[test]
    fn a_proxy_over_sandboxes_is_demo_and_one_live_source_makes_it_real() {
        let source = |is_demo| Source {
            provider: "upsun".to_owned(),
            is_demo,
            ..Source::default()
        };
        let origin = |flags: &[bool]| {
            let sources = flags.iter().map(|flag| source(*flag)).collect();
            decided(200, &Sources { sources }.to_json(), false).unwrap()
        };
        assert!(origin(&[true, true]).is_demo());
        assert!(!origin(&[true, false]).is_demo());
        assert_eq!(origin(&[true]).proxy.as_deref(), Some(RELATIVE_PROXY));
    }
}
