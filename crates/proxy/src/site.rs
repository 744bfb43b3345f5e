//! Everything that a configuration decides and a reload replaces.

use std::sync::Arc;

use roster_gateway::{Hosts, Limits};
use roster_sandbox::Settings;
use rustls::ServerConfig;

use crate::access::Door;
use crate::config::Config;
use crate::source::Book;

/// Sources, who may ask for them under which names, and the certificate. It holds secrets and has no `Debug`.
pub struct Site {
    pub(crate) book: Book,
    pub(crate) door: Door,
    pub(crate) tls: Option<Arc<ServerConfig>>,
    allowed_hosts: Vec<String>,
}

impl Site {
    /// The sandbox in this process for every provider that it plays; nobody is asked who he is.
    pub fn sandbox(settings: Settings) -> Self {
        Self {
            book: Book::sandbox(settings),
            door: Door::default(),
            tls: None,
            allowed_hosts: Vec::new(),
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
        })
    }

    /// Whether strangers are asked who they are, so that an address beyond this machine may be listened on.
    pub fn is_guarded(&self) -> bool {
        self.door.rules.is_guarded()
    }

    /// Whether clients speak TLS with us.
    pub fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// The names under which a listener at this port answers.
    pub(crate) fn hosts(&self, port: u16) -> Hosts {
        Hosts::new(port, &self.allowed_hosts).with_origins(self.door.origins.clone())
    }
}
