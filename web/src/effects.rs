//! Everything that takes time: finding the source, loading pages, asking for more of one profile, the clock's tick.
//!
//! Futures are spawned here and nowhere else. Each reports what happened as an [`Action`]; each ends when [`Effects`] is
//! dropped, and a dropped request is aborted.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::{Rc, Weak};

use futures_util::future::{AbortHandle, AbortRegistration, Abortable, LocalBoxFuture};
use roster_client::{Clock, Loader, Retry, Transport, Waiting, get};
use roster_core::{Budget, End, Error, Limits, Pager, Query, Response};
use yew::Callback;

use crate::extension;
use crate::origin::{Config, Origin, RELATIVE_PROXY, decide};
use crate::roll::single;
use crate::source::{Goal, LoadEvent, Wait};
use crate::state::{Action, Parts};

/// How far a load goes before it asks a person again. The screen says so when it is reached.
pub const LIMITS: Limits = Limits {
    max_pages: 2_000,
    max_items: 100_000,
};

/// Milliseconds between two ticks.
const TICK_MS: u64 = 1_000;

/// What the program needs from the place where it runs.
pub trait Outside {
    /// Asks a path below a base URL.
    fn fetch(&self, base_url: &str, target: &str) -> LocalBoxFuture<'static, Result<Response, Error>>;

    /// Sends requests below a base URL.
    fn transport(&self, base_url: &str) -> Rc<dyn Transport>;

    /// Brings the demo, which plays the APIs where there is no proxy.
    fn demo(&self) -> LocalBoxFuture<'static, Result<Rc<dyn Transport>, Error>>;

    /// Time and chance.
    fn clock(&self) -> Rc<dyn Clock>;
}

/// Runs what takes time. Dropping it ends everything that runs.
pub struct Effects(Rc<Inner>);

struct Inner {
    send: Callback<Action>,
    outside: Rc<dyn Outside>,
    transport: RefCell<Option<Rc<dyn Transport>>>,
    slots: RefCell<BTreeMap<&'static str, Slot>>,
    last_generation: Cell<u64>,
    tasks: RefCell<Vec<AbortHandle>>,
}

/// The load of one source. While it runs the loader is with the task.
struct Slot {
    generation: u64,
    query: Query,
    loader: Option<Loader>,
    stop: AbortHandle,
}

impl Effects {
    /// Nothing runs yet.
    pub fn new(outside: Rc<dyn Outside>, send: Callback<Action>) -> Self {
        Self(Rc::new(Inner {
            send,
            outside,
            transport: RefCell::default(),
            slots: RefCell::default(),
            last_generation: Cell::new(0),
            tasks: RefCell::default(),
        }))
    }

    /// Tells the time once a second.
    pub fn tick(&self) {
        let (clock, send) = (self.0.outside.clock(), self.0.send.clone());
        self.0.spawn(async move {
            loop {
                clock.sleep(TICK_MS).await;
                send.emit(Action::Ticked(clock.now()));
            }
        });
    }

    /// Finds out where profiles come from, and says so.
    pub fn find_origin(&self) {
        let weak = Rc::downgrade(&self.0);
        let outside = self.0.outside.clone();
        self.0.spawn(async move {
            let (config, note) = Config::read(&outside.fetch(".", "config.json").await);
            let proxy = config.proxy.as_deref().unwrap_or(RELATIVE_PROXY);
            let listed = outside.fetch(proxy, "sources").await;
            let decided = decide(listed, proxy, config.proxy.is_some(), note);
            let found = reach(&*outside, decided).await;
            if let Some(inner) = weak.upgrade() {
                inner.settle(found, &config);
            }
        });
    }

    /// Makes every source's load the one of its question: a source whose question changed starts anew, late answers to
    /// the old one are dropped, and the others go on.
    pub fn ask(&self, queries: &[Query]) {
        for query in queries {
            let is_asked =
                |slots: &BTreeMap<_, Slot>| slots.get(query.provider_id()).is_some_and(|slot| slot.query == *query);
            if !is_asked(&self.0.slots.borrow()) {
                Inner::begin(&self.0, query, LoadEvent::Began, Goal::Page);
            }
        }
    }

    /// Asks the same question from the beginning; what has come is kept and merged, and it goes as far as it was to go.
    pub fn start_over(&self, provider: &str, goal: Goal) {
        let query = self.0.slots.borrow().get(provider).map(|slot| slot.query.clone());
        if let Some(query) = query {
            Inner::begin(&self.0, &query, LoadEvent::Restarted, goal);
        }
    }

    /// Goes on from where the load stands.
    pub fn resume(&self, provider: &'static str, goal: Goal) {
        Inner::resume(&self.0, provider, goal);
    }

    /// Stops the load: the request in flight is aborted, the place is kept.
    pub fn stop(&self, provider: &str) {
        if let Some(slot) = self.0.slots.borrow().get(provider) {
            slot.stop.abort();
        }
    }

    /// Asks for everything about one profile that the list does not hold: one request.
    pub fn load_parts(&self, key: String) {
        let asked = key
            .split_once(':')
            .and_then(|(provider, id)| extension::query(provider, id));
        let (Some(query), Some(transport)) = (asked, self.0.transport.borrow().clone()) else {
            return;
        };
        let send = self.0.send.clone();
        send.emit(Action::PartsHeard(key.clone(), Parts::Loading));
        self.0.spawn(async move {
            let parts = ask_one(&*transport, &query).await;
            send.emit(Action::PartsHeard(key, parts));
        });
    }
}

impl Inner {
    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let (handle, registration) = AbortHandle::new_pair();
        self.tasks.borrow_mut().push(handle);
        run_abortable(task, registration);
    }

    fn settle(&self, found: Result<(Origin, Rc<dyn Transport>), Error>, config: &Config) {
        if let Some(theme) = config.theme() {
            self.send.emit(Action::ThemeConfigured(theme));
        }
        match found {
            Ok((origin, transport)) => {
                *self.transport.borrow_mut() = Some(transport);
                self.send.emit(Action::OriginFound(Rc::new(origin)));
            }
            Err(error) => self.send.emit(Action::OriginFailed(error)),
        }
    }

    fn begin(this: &Rc<Self>, query: &Query, event: LoadEvent, goal: Goal) {
        let Some(transport) = this.transport.borrow().clone() else {
            return;
        };
        let Ok(pager) = Pager::new(query.clone(), LIMITS) else {
            return;
        };
        let loader = Loader::new(pager, transport, this.outside.clock(), Retry::default());
        let generation = this.last_generation.get() + 1;
        this.last_generation.set(generation);
        let slot = Slot {
            generation,
            query: query.clone(),
            loader: Some(loader),
            stop: AbortHandle::new_pair().0,
        };
        let old = this.slots.borrow_mut().insert(query.provider_id(), slot);
        if let Some(old) = old {
            old.stop.abort();
        }
        this.report(query.provider_id(), generation, event);
        Self::resume(this, query.provider_id(), goal);
    }

    fn resume(this: &Rc<Self>, provider: &'static str, goal: Goal) {
        let (handle, registration) = AbortHandle::new_pair();
        let taken = this.slots.borrow_mut().get_mut(provider).and_then(|slot| {
            let loader = slot.loader.take()?;
            slot.stop = handle;
            Some((slot.generation, loader))
        });
        let Some((generation, mut loader)) = taken else { return };
        if loader.pager().end() == Some(End::Truncated) {
            let limits = beyond(loader.pager());
            loader.pager_mut().set_limits(limits);
        }
        this.report(provider, generation, LoadEvent::Resumed(goal));
        let weak = Rc::downgrade(this);
        yew::platform::spawn_local(async move {
            let report = |event| upgrade(&weak, |inner| inner.report(provider, generation, event));
            let now = |weak: &Weak<Self>| {
                weak.upgrade()
                    .map(|inner| inner.outside.clock().now())
                    .unwrap_or_default()
            };
            let wait = |waiting: &Waiting| {
                let wait_ms = i64::try_from(waiting.wait_ms).unwrap_or(i64::MAX);
                report(LoadEvent::Waited(Wait {
                    until: now(&weak).plus_ms(wait_ms),
                    attempt: waiting.attempt,
                    of: waiting.of,
                    error: waiting.error.clone(),
                }));
            };
            let outcome = Abortable::new(drive(&mut loader, goal, &report, wait), registration).await;
            upgrade(&weak, |inner| inner.put_back(provider, generation, loader));
            report(outcome.unwrap_or(LoadEvent::Stopped));
        });
    }

    fn put_back(&self, provider: &str, generation: u64, loader: Loader) {
        let mut slots = self.slots.borrow_mut();
        if let Some(slot) = slots.get_mut(provider).filter(|slot| slot.generation == generation) {
            slot.loader = Some(loader);
        }
    }

    fn report(&self, provider: &'static str, generation: u64, event: LoadEvent) {
        let now = self.outside.clock().now();
        self.send.emit(Action::Loaded {
            provider,
            generation,
            event,
            now,
        });
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.tasks.borrow().iter().for_each(AbortHandle::abort);
        self.slots.borrow().values().for_each(|slot| slot.stop.abort());
    }
}

/// An origin with the transport that leads to it.
async fn reach(outside: &dyn Outside, decided: Result<Origin, Error>) -> Result<(Origin, Rc<dyn Transport>), Error> {
    let origin = decided?;
    let transport = match &origin.proxy {
        Some(base_url) => outside.transport(base_url),
        None => outside.demo().await?,
    };
    Ok((origin, transport))
}

fn upgrade(weak: &Weak<Inner>, act: impl FnOnce(&Inner)) {
    if let Some(inner) = weak.upgrade() {
        act(&inner);
    }
}

fn run_abortable(task: impl Future<Output = ()> + 'static, registration: AbortRegistration) {
    yew::platform::spawn_local(async move {
        // An aborted task has nothing left to say.
        let _aborted = Abortable::new(task, registration).await;
    });
}

/// Loads pages until the goal is reached. A page without records is not what a person asked for, so it goes on.
async fn drive(loader: &mut Loader, goal: Goal, report: &impl Fn(LoadEvent), wait: impl Fn(&Waiting)) -> LoadEvent {
    loop {
        match loader.next(&wait).await {
            Err(error) => return LoadEvent::LoadFailed(error),
            Ok(None) => return LoadEvent::Rested(loader.pager().end()),
            Ok(Some((page, response))) => {
                let is_enough = goal == Goal::Page && page.n_items() > 0;
                let progress = loader.pager().progress();
                let budget = Budget::read(&response.headers);
                report(LoadEvent::PageLoaded { page, progress, budget });
                let end = loader.pager().end();
                if is_enough || end.is_some() {
                    return LoadEvent::Rested(end);
                }
            }
        }
    }
}

/// As far again as a load has come.
fn beyond(pager: &Pager) -> Limits {
    let progress = pager.progress();
    Limits {
        max_pages: progress.n_pages.saturating_add(LIMITS.max_pages),
        max_items: progress.n_items.saturating_add(LIMITS.max_items),
    }
}

async fn ask_one(transport: &dyn Transport, query: &Query) -> Parts {
    let answered = async {
        let response = get(transport, query).await?;
        let (provider, request) = (query.provider(), query.request()?);
        let page = provider
            .map(|provider| provider.parse(&request, &response))
            .transpose()?;
        let row = page.and_then(|page| single(&page));
        row.ok_or_else(|| extension::not_one(query))
    };
    answered.await.map_or_else(Parts::Failed, Parts::Loaded)
}

#[cfg(test)]
mod tests;
