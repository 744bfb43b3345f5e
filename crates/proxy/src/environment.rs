//! The process's environment: variables, secret files and the log's sink. No other file reads them.

use std::io::IsTerminal;
use std::path::Path;

use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Place;

/// The variable that chooses what is logged, in the syntax of `tracing`: `info`, `roster_proxy=debug`.
const LOG_VARIABLE: &str = "ROSTER_LOG";

/// Largest secret file that is read, in bytes; a longer one is another file.
const SECRET_FILE_BYTES: u64 = 16 * 1024;

/// The text at a place of a secret, or why there is none, in words that do not repeat it.
///
/// # Errors
/// What was expected.
#[expect(clippy::disallowed_methods, reason = "the seam to the process's environment")]
pub fn process_environment(place: &Place) -> Result<String, String> {
    match place {
        Place::Variable(name) => std::env::var(name).map_err(|error| match error {
            std::env::VarError::NotPresent => format!("expected the environment variable {name}, which is not set"),
            std::env::VarError::NotUnicode(_) => format!("expected UTF-8 in the environment variable {name}"),
        }),
        Place::File(path) => read_secret(path),
    }
}

fn read_secret(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let odd = |error: std::io::Error| format!("expected a secret in the file {shown}: {error}");
    if std::fs::metadata(path).map_err(odd)?.len() > SECRET_FILE_BYTES {
        return Err(format!(
            "expected a secret in the file {shown}, found more than {SECRET_FILE_BYTES} bytes"
        ));
    }
    let text = std::fs::read_to_string(path).map_err(odd)?;
    // An editor ends the last line; the secret does not.
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogForm {
    /// Text on a terminal, else JSON.
    #[default]
    Auto,
    /// Lines for people.
    Text,
    /// One object a line, for programs.
    Json,
}

/// Starts the log on stderr. No text in either form can forge another line.
#[expect(clippy::disallowed_methods, reason = "the seam to the process's environment")]
pub fn start_log(form: LogForm) {
    let chosen = std::env::var(LOG_VARIABLE)
        .ok()
        .and_then(|text| text.parse::<Targets>().ok());
    let filter = chosen.unwrap_or_else(|| Targets::new().with_target("roster_proxy", LevelFilter::INFO));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false);
    let is_text = match form {
        LogForm::Auto => std::io::stderr().is_terminal(),
        LogForm::Text => true,
        LogForm::Json => false,
    };
    let lines = if is_text {
        lines.compact().with_ansi(std::io::stderr().is_terminal()).boxed()
    } else {
        lines.json().flatten_event(true).boxed()
    };
    // A second start in the same process keeps the first one's sink.
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
}
