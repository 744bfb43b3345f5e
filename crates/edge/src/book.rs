//! The sources by provider, made from the Worker's bindings.

use std::cell::OnceCell;
use std::sync::Arc;

use roster_core::{ALL, Info, Source as Described, Sources, provider};
use roster_gateway::{Hosts, Limits, Origin, Policy, Refusal, Seal, Storage, cause};
use roster_sandbox::Settings;
use roster_shell::{Circle, DEMO_ORIGIN, Demo, Keys, demo_base_url, demo_keys};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::access::{self, Door};
use crate::pace::Pace;
use crate::section::{Exchange, Live, Lookup, Missing, Section, Way};

/// Profiles of the sandbox unless the configuration says another number: enough for several pages of every API.
const N_PROFILES: u64 = 800;

/// The name of the sandbox where an environment is named.
const SANDBOX: &str = "sandbox";

/// Whoever knows the address would read every profile.
const OPEN: &str = "expected [access] in the configuration ROSTER: live sources under a public name need tokens";

/// One source.
pub struct Source {
    /// The provider's id.
    pub(crate) provider: &'static str,
    pub(crate) environment: String,
    /// Base URL without a trailing slash.
    pub(crate) base_url: String,
    pub(crate) storage: Storage,
    pub(crate) pace: Pace,
    /// How carefully it is asked.
    pub(crate) policy: Policy,
    /// The name of its keeper.
    pub(crate) name: String,
    pub(crate) exchange: Option<Exchange>,
    pub(crate) is_demo: bool,
    /// What its cursors are sealed with, once it was asked for.
    seal: OnceCell<Seal>,
    keys: Result<Arc<Keys>, Missing>,
}

/// All sources, and what else the configuration says. It holds secrets and has no `Debug`.
pub struct Book {
    pub(crate) hosts: Hosts,
    pub(crate) limits: Limits,
    pub(crate) demo: Demo,
    pub(crate) door: Door,
    /// The secrets of all sources.
    pub(crate) circle: Circle,
    sources: Vec<Source>,
    /// What keeps all sources from being asked.
    mistake: Option<String>,
}

/// What stands beside the sections of the providers.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Top {
    allowed_hosts: Vec<String>,
    access: access::Section,
    sandbox: Playing,
    limits: Bounds,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Playing {
    profiles: u64,
}

impl Default for Playing {
    fn default() -> Self {
        Self { profiles: N_PROFILES }
    }
}

/// Bounds of an exchange, where they differ from the usual ones.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Bounds {
    first_byte_ms: Option<u64>,
    chunk_ms: Option<u64>,
    whole_ms: Option<u64>,
    body_bytes: Option<u64>,
    batch_bytes: Option<u64>,
}

impl Bounds {
    fn over(&self, usual: Limits) -> Limits {
        Limits {
            first_byte_ms: self.first_byte_ms.unwrap_or(usual.first_byte_ms),
            chunk_ms: self.chunk_ms.unwrap_or(usual.chunk_ms),
            whole_ms: self.whole_ms.unwrap_or(usual.whole_ms),
            body_bytes: self.body_bytes.unwrap_or(usual.body_bytes),
            batch_bytes: self.batch_bytes.unwrap_or(usual.batch_bytes),
            ..usual
        }
    }
}

impl Book {
    /// Reads the configuration, a JSON object with the keys of `roster.example.toml`. `lookup` gives the secrets by the
    /// names of their bindings. Without a section the sandbox plays every provider.
    ///
    /// It never fails: what is wrong is named by [`Book::missing`], and asking then answers a problem.
    pub fn read(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Self {
        Self::parse(text, lookup).unwrap_or_else(|mistake| Self {
            hosts: Hosts::only(&[]),
            limits: Limits::default(),
            demo: demo(0),
            door: Door::default(),
            circle: Circle::from_iter([]),
            sources: Vec::new(),
            mistake: Some(format!("in the configuration ROSTER: {mistake}")),
        })
    }

    fn parse(text: &str, lookup: Lookup<'_>) -> Result<Self, String> {
        let odd = |error: serde_json::Error| error.to_string();
        let mut top: Map<String, Value> = serde_json::from_str(text).map_err(odd)?;
        let mut sources = Vec::new();
        for info in ALL.iter().map(|provider| provider.info()) {
            if let Some(value) = top.remove(info.id) {
                let section: Section =
                    serde_json::from_value(value).map_err(|error| format!("at {}: {error}", info.id))?;
                sources.push(Source::configured(info, &section, lookup)?);
            }
        }
        let top: Top = serde_json::from_value(Value::Object(top)).map_err(odd)?;
        if sources.is_empty() {
            sources = ALL
                .iter()
                .filter_map(|provider| Source::demo(provider.info().id))
                .collect();
        }
        let door = Door::new(&top.access, lookup)?;
        let hosts = Hosts::only(&top.allowed_hosts).with_origins(door.origins.clone());
        let is_open = !door.is_guarded() && !hosts.are_local();
        let is_live = sources.iter().any(|source| !source.is_demo);
        Ok(Self {
            hosts,
            limits: top.limits.over(Limits::default()),
            demo: demo(top.sandbox.profiles),
            door,
            circle: sources.iter().filter_map(|source| source.keys.clone().ok()).collect(),
            sources,
            mistake: (is_open && is_live).then(|| OPEN.to_owned()),
        })
    }

    /// What stands in the way of answering, in sentences that repeat no secret. Empty is ready.
    pub fn missing(&self) -> Vec<&str> {
        let of_sources = self.sources.iter().filter_map(|source| source.keys.as_ref().err());
        let of_sources = of_sources.flatten().map(String::as_str);
        self.mistake.as_deref().into_iter().chain(of_sources).collect()
    }

    /// The source of a provider.
    pub(crate) fn get(&self, provider: &'static str) -> Result<&Source, Refusal> {
        if let Some(mistake) = &self.mistake {
            return Err(cause::NOT_READY.refusal(mistake.as_str()));
        }
        let source = self.sources.iter().find(|source| source.provider == provider);
        source.ok_or_else(|| {
            let message = format!("expected a section [{provider}] in the proxy's configuration, found none");
            cause::NOT_CONFIGURED.refusal(message).with_provider(provider)
        })
    }

    /// The sources that are asked over the network and have what they need.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Source> {
        self.sources
            .iter()
            .filter(|source| !source.is_demo && source.keys.is_ok())
    }

    /// The answer of `/api/v1/sources`, in the order of the providers' table.
    pub(crate) fn describe(&self) -> Sources {
        let of = |info: &'static Info| {
            let source = self.sources.iter().find(|source| source.provider == info.id);
            Described {
                provider: info.id.to_owned(),
                title: info.title.to_owned(),
                ..source.map(Source::describe).unwrap_or_default()
            }
        };
        Sources {
            sources: ALL.iter().map(|provider| of(provider.info())).collect(),
        }
    }
}

fn demo(n_profiles: u64) -> Demo {
    Demo::new(Settings {
        n_profiles,
        ..Settings::default()
    })
}

impl Source {
    fn demo(id: &'static str) -> Option<Self> {
        let storage = Storage {
            hosts: Vec::new(),
            own_origin: Origin::parse(DEMO_ORIGIN),
        };
        let base_url = demo_base_url(id)?;
        Some(Self {
            provider: provider(id)?.info().id,
            environment: SANDBOX.to_owned(),
            name: format!("{id} {SANDBOX} {base_url}"),
            base_url,
            storage,
            pace: Pace::default(),
            policy: Policy::played(),
            exchange: None,
            is_demo: true,
            seal: OnceCell::new(),
            keys: Ok(Arc::new(demo_keys(id)?)),
        })
    }

    fn configured(info: &'static Info, section: &Section, lookup: Lookup<'_>) -> Result<Self, String> {
        if let Way::Sandbox = section.source {
            return Self::demo(info.id).ok_or_else(|| format!("the sandbox does not play {}", info.id));
        }
        let Live {
            environment,
            base_url,
            storage,
            pace,
            keys,
            exchange,
        } = section.live(info, lookup)?;
        Ok(Self {
            provider: info.id,
            name: format!("{} {environment} {base_url}", info.id),
            environment,
            base_url,
            storage,
            policy: pace.over(Policy::of(info)),
            pace,
            exchange,
            is_demo: false,
            seal: OnceCell::new(),
            keys: keys.map(Arc::new),
        })
    }

    /// What is said of it in `/api/v1/sources`, beside how it stands.
    fn describe(&self) -> Described {
        let keys = self.keys.as_ref().ok();
        Described {
            environment: self.environment.clone(),
            is_demo: self.is_demo,
            is_ready: keys.is_some(),
            profiles: keys.iter().flat_map(|keys| keys.aliases()).map(str::to_owned).collect(),
            ..Described::default()
        }
    }

    /// What tells this source from others that may answer differently.
    pub(crate) fn identity(&self) -> [&str; 3] {
        [self.provider, &self.environment, &self.base_url]
    }

    /// Its keys, with the access token that was given.
    pub(crate) fn keys(&self) -> Result<&Keys, Refusal> {
        match &self.keys {
            Ok(keys) => Ok(keys),
            Err(missing) => Err(cause::NOT_READY.refusal(missing.join("; "))),
        }
    }

    /// What its cursors are sealed with.
    pub(crate) fn seal(&self) -> Result<&Seal, Refusal> {
        self.keys().map(|keys| self.seal.get_or_init(|| keys.seal()))
    }
}
