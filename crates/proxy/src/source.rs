//! The sources by provider: the sandbox, an API with its keys, or nothing.

use std::sync::Arc;

use http::HeaderValue;
use http::header::{HeaderName, IF_RANGE, RANGE};
use roster_core::{ALL, Source as Described, Sources, UnixMs, provider};
use roster_gateway::{CacheKey, Cause, Limits, Origin, Policy, Refusal, Seal, Storage, cause};
use roster_sandbox::Settings;
use roster_shell::{Circle, DEMO_ORIGIN, Demo, Keys, demo_base_url, demo_keys};

use crate::clock::Clock;
use crate::config::SourceConfig;
use crate::demo::play;
use crate::metrics::Count;
use crate::upstream::{self, Arrived, Asked, Care, Clients, Exchange, Upstream};

/// Headers of a request upstream.
type Headers = Vec<(&'static str, HeaderValue)>;

/// The name of the sandbox where an environment is named.
const SANDBOX: &str = "sandbox";

/// Bytes of answers that are kept, over all sources.
const STORE_BYTES: u64 = 48 * 1024 * 1024;

/// One source.
pub(crate) struct Source {
    pub(crate) provider: &'static str,
    pub(crate) environment: String,
    /// Base URL without a trailing slash.
    pub(crate) base_url: String,
    pub(crate) storage: Storage,
    pub(crate) care: Care,
    /// What its cursors are sealed with.
    pub(crate) seal: Seal,
    keys: Arc<Keys>,
    /// Tells this credential from the one before.
    fingerprint: String,
    exchange: Option<Exchange>,
    way: Way,
}

enum Way {
    Demo(Arc<Demo>),
    Live(Clients),
}

/// All sources of a proxy. It holds secrets and has no `Debug`.
pub(crate) struct Book {
    sources: Vec<Arc<Source>>,
    pub(crate) circle: Circle,
    pub(crate) upstream: Upstream,
}

impl Book {
    /// The sandbox in this process for every provider that it plays.
    pub(crate) fn sandbox(settings: Settings) -> Self {
        let demo = Arc::new(Demo::new(settings));
        let ids = ALL.iter().map(|provider| provider.info().id);
        Self::of(ids.filter_map(|id| Source::demo(id, &demo)))
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
                fingerprint: live.keys.fingerprint(),
                seal: live.keys.seal(),
                keys: Arc::new(live.keys),
                exchange: live.exchange,
                storage: live.storage,
                care: Care::new(live.policy),
                way: Way::Live(clients.clone()),
            }),
        };
        Ok(Self::of(sources.into_iter().filter_map(of)))
    }

    fn of(sources: impl Iterator<Item = Source>) -> Self {
        let sources: Vec<Arc<Source>> = sources.map(Arc::new).collect();
        let circle = sources.iter().map(|source| source.keys.clone()).collect();
        Self {
            sources,
            circle,
            upstream: Upstream::new(Clock::default(), STORE_BYTES),
        }
    }

    /// The same, going by another clock.
    pub(crate) fn with_clock(self, clock: Clock) -> Self {
        let upstream = Upstream::new(clock, STORE_BYTES);
        Self { upstream, ..self }
    }

    /// The same after another one that served before it: what is known about a source and what was kept stays, so that a
    /// new configuration is no way around a wait.
    pub(crate) fn after(self, before: &Self) -> Self {
        let known = |source: &Source| {
            let is_same = |old: &&Arc<Source>| old.provider == source.provider && old.base_url == source.base_url;
            before.sources.iter().find(is_same)
        };
        let sources = self.sources.into_iter().map(|source| {
            let Some(old) = known(&source) else { return source };
            match Arc::try_unwrap(source) {
                Ok(source) => Arc::new(Source {
                    care: old.care.with_policy(*source.care.policy()),
                    ..source
                }),
                Err(source) => source,
            }
        });
        Self {
            sources: sources.collect(),
            upstream: before.upstream.clone(),
            ..self
        }
    }

    /// The source of a provider.
    pub(crate) fn get(&self, provider: &'static str) -> Result<&Arc<Source>, Refusal> {
        let source = self.sources.iter().find(|source| source.provider == provider);
        source.ok_or_else(|| {
            let message = format!("expected a section [{provider}] in the proxy's configuration, found none");
            cause::NOT_CONFIGURED.refusal(message).with_provider(provider)
        })
    }

    /// What happened on the way to each source so far, by provider and name.
    pub(crate) fn counts(&self) -> Vec<Count> {
        let of = |source: &Arc<Source>| {
            let provider = source.provider;
            source.care.counts.all().map(|(name, value)| (provider, name, value))
        };
        self.sources.iter().flat_map(of).collect()
    }

    /// How long each source is left alone, in milliseconds.
    pub(crate) fn waits_ms(&self) -> Vec<(&'static str, u64)> {
        let now = self.upstream.clock.now();
        let of = |source: &Arc<Source>| (source.provider, source.care.standing().wait_ms(now).unwrap_or_default());
        self.sources.iter().map(of).collect()
    }

    /// Whether there is no source at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The answer of `/api/v1/sources`, in the order of the providers' table.
    pub(crate) fn describe(&self) -> Sources {
        let now = self.upstream.clock.now();
        let of = |info: &'static roster_core::Info| {
            let source = self.sources.iter().find(|source| source.provider == info.id);
            source.map_or_else(|| absent(info), |source| source.describe(info, now))
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
        let keys = demo_keys(provider_id)?;
        Some(Self {
            provider: provider(provider_id)?.info().id,
            environment: SANDBOX.to_owned(),
            base_url: demo_base_url(provider_id)?,
            seal: keys.seal(),
            keys: Arc::new(keys),
            fingerprint: SANDBOX.to_owned(),
            exchange: None,
            storage,
            care: Care::new(Policy::played()),
            way: Way::Demo(demo.clone()),
        })
    }

    fn describe(&self, info: &roster_core::Info, now: UnixMs) -> Described {
        let standing = self.care.standing();
        Described {
            provider: info.id.to_owned(),
            title: info.title.to_owned(),
            environment: self.environment.clone(),
            is_demo: matches!(self.way, Way::Demo(_)),
            is_ready: true,
            profiles: self.keys.aliases().map(str::to_owned).collect(),
            state: standing.state(now),
            wait_ms: standing.wait_ms(now),
            budget: standing.budget(now),
        }
    }

    /// The name under which an answer is kept.
    pub(crate) fn key(&self, question: &Asked) -> CacheKey {
        let source = [self.provider, self.base_url.as_str(), self.fingerprint.as_str()];
        CacheKey::new(&source, &question.target, question.credential.profile.as_deref())
    }

    /// The headers that prove who asks, and the number of the access token in them, if it is one.
    pub(crate) async fn proof(&self, clock: &Clock, question: &Asked) -> Result<(Headers, Option<u64>), Refusal> {
        let (Some(exchange), Way::Live(clients)) = (&self.exchange, &self.way) else {
            return Ok((self.keys.headers(&question.credential, None)?, None));
        };
        let (given, number) = exchange.bearer(clients, &self.keys, &question.limits, clock).await?;
        Ok((self.keys.headers(&question.credential, Some(given))?, Some(number)))
    }

    /// Whether a refused access token is replaced by the next proof.
    pub(crate) fn renew(&self, number: Option<u64>) -> bool {
        let (Some(exchange), Some(number)) = (&self.exchange, number) else {
            return false;
        };
        exchange.refuse(number);
        true
    }

    /// Asks for a path with query below the base URL.
    pub(crate) async fn ask(
        &self,
        target: &str,
        headers: &[(&'static str, HeaderValue)],
        limits: &Limits,
    ) -> Result<Arrived, Cause> {
        match &self.way {
            Way::Live(clients) => upstream::ask(clients, &self.base_url, target, headers, limits).await,
            Way::Demo(demo) => {
                let prefix = self.base_url.strip_prefix(DEMO_ORIGIN).unwrap_or_default();
                play(demo, format!("{prefix}{target}"), headers.to_vec()).await
            }
        }
    }

    /// Fetches a batch file, whose place was checked, without a credential.
    pub(crate) async fn fetch(
        &self,
        url: &str,
        place: &Origin,
        headers: &[(HeaderName, HeaderValue)],
        limits: &Limits,
    ) -> Result<Arrived, Refusal> {
        match &self.way {
            Way::Live(clients) => upstream::fetch(clients, url, headers, limits).await,
            Way::Demo(demo) => {
                let named = |name: &HeaderName| match name {
                    name if name == RANGE => Some("range"),
                    name if name == IF_RANGE => Some("if-range"),
                    _ => None,
                };
                let headers = headers
                    .iter()
                    .filter_map(|(name, value)| Some((named(name)?, value.clone())));
                let played = play(demo, place.path.clone(), headers.collect()).await;
                played.map_err(|cause| cause.refusal("bug: the sandbox did not answer"))
            }
        }
    }
}
