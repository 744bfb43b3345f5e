//! Everything that takes time: finding the source, loading pages and taking them in, asking for more of one profile, the
//! clock's tick, and what waits until a person pauses.
//!
//! Futures are spawned here and nowhere else. Each reports what happened as an [`Action`]; each ends when [`Effects`] is
//! dropped, and a dropped request is aborted.

mod files;
mod load;
mod pause;
mod reading;
mod whole;
mod writing;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{AbortHandle, AbortRegistration, Abortable, LocalBoxFuture};
use roster_client::{Clock, Transport, get};
use roster_core::{Error, Limits, Query, Response, Sources, UnixMs};
use roster_index::Sort;
use yew::Callback;

use crate::extension;
use crate::index::Index;
use crate::intake::Intake;
use crate::origin::{Config, Origin, Outage, RELATIVE_PROXY, decide};
use crate::roll::{Row, single};
use crate::source::{Goal, LoadEvent};
use crate::state::{Action, Parts};

use files::Opened;
use load::Slot;
pub use writing::Sink;

/// How far a load goes before it asks a person again. The screen says so when it is reached.
pub const LIMITS: Limits = Limits {
    max_pages: 2_000,
    max_items: 100_000,
};

/// Milliseconds between two questions to the proxy how its sources are.
const WATCH_MS: u64 = 5_000;

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

    /// Lets whatever waits for its turn have it, and comes back as soon as it can.
    fn pass(&self) -> LocalBoxFuture<'static, ()> {
        self.clock().sleep(0)
    }

    /// Waits until the whole program is there.
    fn whole(&self) -> LocalBoxFuture<'static, ()> {
        std::future::ready(()).boxed_local()
    }

    /// What was kept on this device under a name.
    fn kept(&self, name: &str) -> Option<String>;

    /// A place for the text of a file.
    fn sink(&self) -> Box<dyn Sink>;

    /// Puts a text on the clipboard, and says whether it is there.
    fn copy(&self, text: &str) -> LocalBoxFuture<'static, bool>;

    /// Keeps a text on this device, or forgets it.
    fn keep(&self, name: &str, text: Option<&str>);
}

/// Runs what takes time. Dropping it ends everything that runs.
pub struct Effects(Rc<Inner>);

struct Inner {
    send: Callback<Action>,
    outside: Rc<dyn Outside>,
    transport: RefCell<Option<Rc<dyn Transport>>>,
    /// The proxy's API root.
    proxy: RefCell<Option<String>>,
    intake: RefCell<Intake>,
    /// What the screen has of it.
    shown: RefCell<Index>,
    /// Whether the whole program is there, and whether it was asked for.
    is_whole: Cell<bool>,
    is_completing: Cell<bool>,
    /// Whether anything has come that the intake takes.
    has_come: Cell<bool>,
    /// Whether a page is being taken in; the next one waits.
    is_reading: Cell<bool>,
    /// The order of the list, which is prepared in the pauses.
    sort: RefCell<Sort>,
    /// Answers about single profiles, kept until the list brings them.
    answers: RefCell<Vec<Row>>,
    slots: RefCell<BTreeMap<&'static str, Slot>>,
    files: RefCell<Vec<Opened>>,
    n_exports: Cell<u64>,
    last_generation: Cell<u64>,
    pauses: [Cell<u64>; pause::N_KINDS],
    tasks: RefCell<Vec<AbortHandle>>,
}

impl Effects {
    /// Nothing runs yet.
    pub fn new(outside: Rc<dyn Outside>, send: Callback<Action>) -> Self {
        Self(Rc::new(Inner {
            send,
            outside,
            transport: RefCell::default(),
            proxy: RefCell::default(),
            intake: RefCell::default(),
            shown: RefCell::default(),
            is_whole: Cell::default(),
            is_completing: Cell::default(),
            has_come: Cell::default(),
            is_reading: Cell::default(),
            sort: RefCell::default(),
            answers: RefCell::default(),
            slots: RefCell::default(),
            files: RefCell::default(),
            n_exports: Cell::default(),
            last_generation: Cell::new(0),
            pauses: Default::default(),
            tasks: RefCell::default(),
        }))
    }

    /// Tells the time once a second.
    pub fn tick(&self) {
        let (clock, send) = (self.0.outside.clock(), self.0.send.clone());
        self.0.spawn(async move {
            loop {
                send.emit(Action::Ticked(clock.now()));
                clock.sleep(TICK_MS).await;
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
            let found = reach(&*outside, decided).await.map_err(|error| Outage {
                error,
                proxy: config.proxy.clone(),
            });
            if let Some(inner) = weak.upgrade() {
                inner.settle(found, &config);
            }
        });
    }

    /// Asks the proxy now and then how its sources are, as long as anything is asked of them.
    pub fn watch_sources(&self) {
        let (clock, weak) = (self.0.outside.clock(), Rc::downgrade(&self.0));
        self.0.spawn(async move {
            loop {
                clock.sleep(WATCH_MS).await;
                let Some(inner) = weak.upgrade() else { return };
                if inner.is_loading() {
                    inner.hear_sources().await;
                }
            }
        });
    }

    /// Makes every source's load the one of its question: a source whose question changed starts anew, late answers to
    /// the old one are dropped, and the others go on. A changed question is asked once it has stood for a moment, so
    /// that not every letter is a request.
    pub fn ask(&self, queries: Vec<Query>) {
        Inner::close_others(&self.0, &queries);
        let changed: Vec<Query> = queries.into_iter().filter(|query| !self.0.is_asked(query)).collect();
        let (new, others): (Vec<Query>, Vec<Query>) = changed.into_iter().partition(|query| self.0.is_new(query));
        for query in &new {
            Inner::begin(&self.0, query);
        }
        self.ask_later(others);
    }

    /// Asks the same question from the beginning; what has come is kept and merged, and it goes as far as it was to go.
    pub fn start_over(&self, provider: &'static str, goal: Goal) {
        Inner::start_over(&self.0, provider, goal);
    }

    /// Goes on from where the load stands.
    pub fn resume(&self, provider: &'static str, goal: Goal) {
        Inner::resume(&self.0, provider, goal);
    }

    /// Goes on from where an earlier load had come before the page was reloaded.
    pub fn go_on(&self, provider: &'static str) {
        Inner::go_on(&self.0, provider);
    }

    /// Stops the load: the request in flight is aborted, the place is kept.
    pub fn stop(&self, provider: &str) {
        if let Some(slot) = self.0.slots.borrow_mut().get_mut(provider) {
            slot.stop();
        }
    }

    /// The order in which the list will stand.
    pub fn sort_by(&self, sort: Sort) {
        self.0.sort.replace(sort);
    }

    /// Asks an API for none of the conditions any more; they are applied here as before.
    pub fn unask(&self, provider: &'static str) {
        self.0.send.emit(Action::AskingChosen(provider, false));
    }

    /// Makes an order of the list in the pauses, and says when it is made.
    pub fn prepare(&self, sort: Sort) {
        self.sort_by(sort);
        Inner::prepare(&self.0);
    }

    /// Asks for everything about one profile that the list does not hold: one request.
    pub fn load_parts(&self, key: String) {
        let asked = key
            .split_once(':')
            .and_then(|(provider, id)| extension::query(provider, id));
        let (Some(query), Some(transport)) = (asked, self.0.transport.borrow().clone()) else {
            return;
        };
        let weak = Rc::downgrade(&self.0);
        self.0.tell_parts(key.clone(), Parts::Loading);
        self.0.spawn(async move {
            let parts = ask_one(&*transport, &query).await;
            let Some(inner) = weak.upgrade() else { return };
            if let Parts::Loaded(row) = &parts {
                inner.answers.borrow_mut().push(row.clone());
                let turn = inner.turn().await;
                inner.learn();
                drop(turn);
                inner.put_in_order().await;
            }
            inner.tell_parts(key, parts);
        });
    }
}

impl Inner {
    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let (handle, registration) = AbortHandle::new_pair();
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| !task.is_aborted());
        tasks.push(handle.clone());
        run_abortable(task, handle, registration);
    }

    fn now(&self) -> UnixMs {
        self.outside.clock().now()
    }

    fn settle(&self, found: Result<(Origin, Rc<dyn Transport>), Outage>, config: &Config) {
        if let Some(theme) = config.theme() {
            self.send.emit(Action::ThemeConfigured(theme));
        }
        match found {
            Ok((origin, transport)) => {
                *self.transport.borrow_mut() = Some(transport);
                self.proxy.borrow_mut().clone_from(&origin.proxy);
                self.send.emit(Action::OriginFound(Rc::new(origin)));
            }
            Err(outage) => self.send.emit(Action::OriginFailed(outage)),
        }
    }

    /// Asks the proxy how its sources are. Whether it answers concerns nobody else.
    async fn hear_sources(&self) {
        let proxy = self.proxy.borrow().clone();
        let Some(proxy) = proxy else { return };
        let answer = self.outside.fetch(&proxy, "sources").await;
        let answer = answer.ok().filter(|response| response.status == 200);
        let listed = answer.and_then(|response| Sources::parse(&String::from_utf8_lossy(&response.body)));
        if let Some(listed) = listed.filter(|listed| !listed.sources.is_empty()) {
            self.send.emit(Action::SourcesHeard(listed.sources, self.now()));
        }
    }

    fn tell_parts(&self, key: String, parts: Parts) {
        self.send.emit(Action::PartsHeard(key, parts, self.seen()));
    }

    fn report(&self, provider: &'static str, generation: u64, event: LoadEvent) {
        self.report_with(self.seen(), provider, generation, event);
    }

    fn report_with(&self, index: Index, provider: &'static str, generation: u64, event: LoadEvent) {
        self.send.emit(Action::Loaded {
            provider,
            generation,
            event,
            index,
            now: self.now(),
        });
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.tasks.borrow().iter().for_each(AbortHandle::abort);
        self.slots.borrow_mut().values_mut().for_each(Slot::stop);
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

fn run_abortable(task: impl Future<Output = ()> + 'static, own: AbortHandle, registration: AbortRegistration) {
    yew::platform::spawn_local(async move {
        // An aborted task has nothing left to say.
        let _aborted = Abortable::new(task, registration).await;
        // Marks the handle as one that is needed no more.
        own.abort();
    });
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
