//! The configuration file: which API is asked in which environment, and where its keys are. A mistake stops the start
//! and names file, line and what was expected; a secret is never repeated.

mod access;
mod care;
mod reader;
mod section;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use roster_core::ALL;
use rustls::ServerConfig;

use crate::access::Door;
use crate::upstream::Exchange;
use reader::Document;
use roster_gateway::{Policy, Storage};
use roster_shell::Keys;

/// Where a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this environment variable.
    Variable(String),
    /// In this file, which holds nothing else.
    File(PathBuf),
}

/// A configuration whose secrets are read. It has no `Debug`.
pub struct Config {
    /// Authorities (`host:port`) under which the proxy answers beside those of loopback.
    pub(crate) allowed_hosts: Vec<String>,
    pub(crate) door: Door,
    pub(crate) tls: Option<Arc<ServerConfig>>,
    pub(crate) sources: Vec<SourceConfig>,
    /// Where each section begins.
    pub(crate) lines: Vec<(&'static str, usize)>,
}

pub(crate) enum SourceConfig {
    /// The sandbox plays this provider.
    Sandbox(&'static str),
    /// The API itself.
    Live(Box<LiveConfig>),
}

pub(crate) struct LiveConfig {
    pub(crate) provider: &'static str,
    pub(crate) environment: String,
    pub(crate) base_url: String,
    pub(crate) keys: Keys,
    pub(crate) storage: Storage,
    pub(crate) policy: Policy,
    pub(crate) exchange: Option<Exchange>,
}

/// What is wrong with a configuration, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What was expected.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for ConfigError {}

/// Gives the text at a place of a secret, or says in words why there is none.
pub(crate) type Lookup<'a> = &'a dyn Fn(&Place) -> Result<String, String>;

impl Config {
    /// Reads a configuration. `file` is its path: for messages, and relative secret files stand beside it. `lookup`
    /// reads the secrets, [`crate::process_environment`] outside tests.
    ///
    /// # Errors
    /// The first mistake, with its line.
    pub fn parse(text: &str, file: &Path, lookup: Lookup<'_>) -> Result<Self, ConfigError> {
        let document = Document::new(text, file);
        let mut top = document.parse()?;
        let allowed_hosts = top.strings("allowed_hosts")?.unwrap_or_default();
        let door = top
            .table("access")?
            .map(|table| access::door(table, lookup))
            .transpose()?;
        let tls = top.table("tls")?.map(|table| access::tls(&table)).transpose()?;
        let (mut sources, mut lines) = (Vec::new(), Vec::new());
        for info in ALL.iter().map(|provider| provider.info()) {
            if let Some(table) = top.table(info.id)? {
                lines.push((info.id, document.line(table.offset)));
                sources.push(section::read(info, table, lookup)?);
            }
        }
        top.end()?;
        Ok(Self {
            allowed_hosts,
            door: door.unwrap_or_default(),
            tls,
            sources,
            lines,
        })
    }
}

#[cfg(test)]
mod access_tests;
#[cfg(test)]
mod tests;
