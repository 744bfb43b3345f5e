//! Everything that a configuration decides and a reload replaces.

use std::sync::Arc;

use roster_gateway::{Hosts, Limits};
use roster_sandbox::Settings;
use rustls::ServerConfig;

use crate::access::Door;
use crate::clock::Clock;
use crate::config::Config;
use crate::source::Book;

/// Sources, who may ask for them under which names, and the certificate. It holds secrets and has no `Debug`.
pub struct Site {
    pub(crate) book: Book,
    pub(crate) door: Door,
    pub(crate) tls: Option<Arc<ServerConfig>>,
    allowed_hosts: Vec<String>,
    /// Where in the configuration each section begins.
    lines: Vec<(&'static str, usize)>,
}

impl Site {
    /// The sandbox in this process for every provider that it plays; nobody is asked who he is.
    pub fn sandbox(settings: Settings) -> Self {
        Self {
            book: Book::sandbox(settings),
            door: Door::default(),
            tls: None,
            allowed_hosts: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// What a configuration says. The sandbox in it plays with these settings.
    ///
    /// # Errors
    /// Why no connection to an API can be made at all.
    pub fn configured(config: Config, settings: Settings, limits: &Limits) -> Result<Self, String> {
        Ok(Self {
            book: Book::configured(config.sources, settings, limits)?,
            door: config.door,
            tls: config.tls,
            allowed_hosts: config.allowed_hosts,
            lines: config.lines,
        })
    }

    /// The same, with sources that go by another clock.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        let book = self.book.with_clock(clock);
        Self { book, ..self }
    }

    /// The same after another one that served before it: waits, allowances and kept answers of its sources stay.
    pub(crate) fn after(self, before: &Self) -> Self {
        let book = self.book.after(&before.book);
        Self { book, ..self }
    }

    /// Whether strangers are asked who they are, so that an address beyond this machine may be listened on.
    pub fn is_guarded(&self) -> bool {
        self.door.rules.is_guarded()
    }

    /// Whether clients speak TLS with us.
    pub fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// The line at which a provider's section begins, from 1.
    pub(crate) fn line(&self, provider: &str) -> usize {
        let line = self.lines.iter().find(|(known, _)| *known == provider);
        line.map_or(1, |(_, line)| *line)
    }

    /// The names under which a listener at this port answers.
    pub(crate) fn hosts(&self, port: u16) -> Hosts {
        Hosts::new(port, &self.allowed_hosts).with_origins(self.door.origins.clone())
    }
}
