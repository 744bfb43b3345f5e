//! The sources by provider: the sandbox, an API with its keys, or nothing.

use std::sync::Arc;

use roster_core::{ALL, Source as Described, Sources, provider};
use roster_gateway::{Credential, Limits, Origin, Refusal, Storage, cause};
use roster_sandbox::Settings;

use crate::answer::Arrived;
use crate::config::SourceConfig;
use crate::demo::{self, DEMO_ORIGIN, Demo};
use crate::live::{self, Clients};
use crate::secret::Keys;

/// The name of the sandbox where an environment is named.
const SANDBOX: &str = "sandbox";

/// One source.
pub(crate) struct Source {
    pub(crate) provider: &'static str,
    pub(crate) environment: String,
    /// Base URL without a trailing slash.
    pub(crate) base_url: String,
    pub(crate) keys: Keys,
    pub(crate) storage: Storage,
    way: Way,
}

enum Way {
    Demo(Arc<Demo>),
    Live(Clients),
}

/// All sources of a proxy. It holds secrets and has no `Debug`.
pub(crate) struct Book {
    sources: Vec<Source>,
}

impl Book {
    /// The sandbox in this process for every provider that it plays.
    pub(crate) fn sandbox(settings: Settings) -> Self {
        let demo = Arc::new(Demo::new(settings));
        let ids = ALL.iter().map(|provider| provider.info().id);
        let sources = ids.filter_map(|id| Source::demo(id, &demo)).collect();
        Self { sources }
    }

    /// The sources of a configuration. The sandbox in it plays with these settings.
    ///
    /// # Errors
    /// Why no connection to an API can be made at all.
    pub(crate) fn configured(sources: Vec<SourceConfig>, settings: Settings, limits: &Limits) -> Result<Self, String> {
        let demo = Arc::new(Demo::new(settings));
        let clients = Clients::new(limits)?;
        let of = |source| match source {
            SourceConfig::Sandbox(provider) => Source::demo(provider, &demo),
            SourceConfig::Live(live) => Some(Source {
                provider: live.provider,
                environment: live.environment,
                base_url: live.base_url,
                keys: live.keys,
                storage: live.storage,
                way: Way::Live(clients.clone()),
            }),
        };
        let sources = sources.into_iter().filter_map(of).collect();
        Ok(Self { sources })
    }

    /// The source of a provider.
    pub(crate) fn get(&self, provider: &'static str) -> Result<&Source, Refusal> {
        let source = self.sources.iter().find(|source| source.provider == provider);
        source.ok_or_else(|| {
            let message = format!("expected a section [{provider}] in the proxy's configuration, found none");
            cause::NOT_CONFIGURED.refusal(message).with_provider(provider)
        })
    }

    /// Whether bytes hold a secret of any source.
    pub(crate) fn has_secret_in(&self, bytes: &[u8]) -> bool {
        self.sources.iter().any(|source| source.keys.are_in(bytes))
    }

    /// The same refusal with the secrets of all sources taken out.
    pub(crate) fn scrub(&self, refusal: Refusal) -> Refusal {
        self.sources
            .iter()
            .fold(refusal, |refusal, source| source.keys.scrub(refusal))
    }

    /// Whether there is no source at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The answer of `/api/v1/sources`, in the order of the providers' table.
    pub(crate) fn describe(&self) -> Sources {
        let of = |info: &'static roster_core::Info| {
            let source = self.sources.iter().find(|source| source.provider == info.id);
            source.map_or_else(|| absent(info), |source| source.describe(info))
        };
        Sources {
            sources: ALL.iter().map(|provider| of(provider.info())).collect(),
        }
    }
}

fn absent(info: &roster_core::Info) -> Described {
    Described {
        provider: info.id.to_owned(),
        title: info.title.to_owned(),
        ..Described::default()
    }
}

impl Source {
    fn demo(provider_id: &'static str, demo: &Arc<Demo>) -> Option<Self> {
        let storage = Storage {
            hosts: Vec::new(),
            own_origin: Origin::parse(DEMO_ORIGIN),
        };
        Some(Self {
            provider: provider(provider_id)?.info().id,
            environment: SANDBOX.to_owned(),
            base_url: demo::base_url(provider_id)?,
            keys: demo::demo_keys(provider_id)?,
            storage,
            way: Way::Demo(demo.clone()),
        })
    }

    fn describe(&self, info: &roster_core::Info) -> Described {
        Described {
            provider: info.id.to_owned(),
            title: info.title.to_owned(),
            environment: self.environment.clone(),
            is_demo: matches!(self.way, Way::Demo(_)),
            is_ready: true,
            profiles: self.keys.aliases().map(str::to_owned).collect(),
            ..Described::default()
        }
    }

    /// Asks for a path with query below the base URL, with the credential.
    pub(crate) async fn ask(&self, target: &str, credential: &Credential, limits: &Limits) -> Result<Arrived, Refusal> {
        let headers = self.keys.headers(credential)?;
        match &self.way {
            Way::Live(clients) => live::ask(clients, &self.base_url, target, &headers, limits).await,
            Way::Demo(demo) => {
                let prefix = self.base_url.strip_prefix(DEMO_ORIGIN).unwrap_or_default();
                play(demo, format!("{prefix}{target}"), headers).await
            }
        }
    }

    /// Fetches a batch file, whose place was checked, without a credential.
    pub(crate) async fn fetch(&self, url: &str, place: &Origin, limits: &Limits) -> Result<Arrived, Refusal> {
        match &self.way {
            Way::Live(clients) => live::fetch(clients, url, limits).await,
            Way::Demo(demo) => play(demo, place.path.clone(), Vec::new()).await,
        }
    }
}

/// A list over a million profiles takes a while, so it is made beside the threads that serve.
async fn play(
    demo: &Arc<Demo>,
    target: String,
    headers: Vec<(&'static str, http::HeaderValue)>,
) -> Result<Arrived, Refusal> {
    let demo = demo.clone();
    let arrived = tokio::task::spawn_blocking(move || demo.ask(&target, &headers)).await;
    arrived.map_err(|_| cause::BUG.refusal("bug: the sandbox did not answer"))
}
