//! The options of `cargo xtask run`.

use std::path::PathBuf;

use crate::Outcome;

/// What `run` was asked to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// The port of 127.0.0.1; 0 takes a free one.
    pub(crate) port: u16,
    /// Whether to open the page in the browser.
    pub(crate) is_opened: bool,
    /// The proxy's configuration; without it the sandbox is the source.
    pub(crate) config: Option<PathBuf>,
    /// Whether the Worker runs in the proxy's place.
    pub(crate) is_edge: bool,
}

impl Options {
    /// Where the proxy listens unless told otherwise.
    pub(crate) const DEFAULT_PORT: u16 = 8787;

    /// Reads the words after `run`. Both `--port 80` and `--port=80` are understood.
    pub(crate) fn parse(words: &[String]) -> Outcome<Self> {
        let mut options = Self {
            port: Self::DEFAULT_PORT,
            is_opened: false,
            config: None,
            is_edge: false,
        };
        let mut words = words.iter().flat_map(|word| split(word)).peekable();
        while let Some(word) = words.next() {
            match word {
                "--open" => options.is_opened = true,
                "--edge" => options.is_edge = true,
                "--port" => options.port = port(words.next())?,
                "--config" => options.config = Some(words.next().ok_or("--config needs a file")?.into()),
                unknown => {
                    return Err(format!(
                        "expected --port N, --open, --edge or --config FILE, found `{unknown}`"
                    ));
                }
            }
        }
        if options.is_edge && options.config.is_some() {
            return Err(
                "expected --config or --edge, found both: the Worker reads bindings, see docs/deploy.md".into(),
            );
        }
        Ok(options)
    }
}

fn split(word: &str) -> impl Iterator<Item = &str> {
    let (name, value) = match word.split_once('=') {
        Some((name, value)) if name.starts_with("--") => (name, Some(value)),
        _ => (word, None),
    };
    std::iter::once(name).chain(value)
}

fn port(word: Option<&str>) -> Outcome<u16> {
    let word = word.ok_or("--port needs a number")?;
    word.parse()
        .map_err(|_| format!("--port: expected a number from 0 to 65535, found `{word}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Options> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words)
    }

    #[test]
    fn nothing_said_is_the_sandbox_on_the_usual_port() {
        assert_eq!(
            parse(""),
            Ok(Options {
                port: 8787,
                is_opened: false,
                config: None,
                is_edge: false
            })
        );
    }

    #[test]
    fn every_option_is_read_in_both_spellings() {
        let wanted = Options {
            port: 9000,
            is_opened: true,
            config: Some("a=b.toml".into()),
            is_edge: false,
        };
        assert_eq!(parse("--port 9000 --open --config a=b.toml"), Ok(wanted));
        assert_eq!(parse("--port=9000").unwrap().port, 9000);
        assert!(parse("--edge").unwrap().is_edge);
        assert_eq!(parse("--config=keys.toml").unwrap().config, Some("keys.toml".into()));
    }

    #[test]
    fn a_bad_option_says_what_was_expected() {
        for (line, wanted) in [
            ("--port", "--port needs a number"),
            (
                "--port 70000",
                "--port: expected a number from 0 to 65535, found `70000`",
            ),
            ("--config", "--config needs a file"),
            (
                "--prot 1",
                "expected --port N, --open, --edge or --config FILE, found `--prot`",
            ),
            (
                "--edge --config a.toml",
                "expected --config or --edge, found both: the Worker reads bindings, see docs/deploy.md",
            ),
        ] {
            assert_eq!(parse(line), Err(wanted.to_owned()), "{line}");
        }
    }
}
