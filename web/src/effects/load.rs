//! The load of each source: begun, driven page by page, stopped, gone on with, also after the page was reloaded.

mod gap;
mod place;

use std::rc::{Rc, Weak};

use futures_util::future::{AbortHandle, Abortable};
use roster_client::{Loader, Retry, Waiting};
use roster_core::{Budget, End, Limits, Page, Pager, Query, Response};

use super::{Inner, LIMITS};
use crate::index::Index;
use crate::intake::Whose;
use crate::source::{Goal, LoadEvent, Wait};
use crate::state::Action;

/// The load of one source. While it runs the loader is with the task.
pub(super) struct Slot {
    generation: u64,
    query: Query,
    loader: Option<Loader>,
    /// Where an earlier load of the same question had come before the page was reloaded, and how far that is.
    earlier: Option<(String, u64)>,
    /// The load that stands before the place from which another one went on, and how far it has to go: what had come
    /// before a reload is not here any more.
    gap: Option<(Loader, u64)>,
    /// Where the load of the gap ends, once it runs, in profiles.
    gap_end: Option<u64>,
    is_stopped: bool,
    request: AbortHandle,
}

impl Slot {
    /// Gives the request in flight up. A page that has come is still taken in.
    pub(super) fn stop(&mut self) {
        self.is_stopped = true;
        self.request.abort();
    }
}

/// A load that runs.
struct Run {
    weak: Weak<Inner>,
    provider: &'static str,
    generation: u64,
    goal: Goal,
}

impl Inner {
    /// Whether a load of this very question was begun.
    pub(super) fn is_asked(&self, query: &Query) -> bool {
        let slots = self.slots.borrow();
        slots.get(query.provider_id()).is_some_and(|slot| slot.query == *query)
    }

    /// Whether its API was not asked anything yet.
    pub(super) fn is_new(&self, query: &Query) -> bool {
        !self.slots.borrow().contains_key(query.provider_id())
    }

    /// Asks a new question: what had come for the old one leaves.
    pub(super) fn begin(this: &Rc<Self>, query: &Query) {
        let Some(generation) = this.open(query) else { return };
        let (weak, query) = (Rc::downgrade(this), query.clone());
        this.spawn(async move {
            let Some(inner) = weak.upgrade() else { return };
            inner.leave(Whose::Api(query.provider_id())).await;
            if inner.is_current(query.provider_id(), generation) {
                inner.report(query.provider_id(), generation, LoadEvent::Began(query.clone()));
                inner.find_place(query.provider_id(), generation);
                Self::resume(&inner, query.provider_id(), Goal::Page);
            }
        });
    }

    /// Gives up the sources that are not asked any more.
    pub(super) fn close_others(this: &Rc<Self>, queries: &[Query]) {
        let is_asked = |provider: &&'static str| queries.iter().any(|query| query.provider_id() == *provider);
        let all: Vec<&'static str> = this.slots.borrow().keys().copied().collect();
        for provider in all.into_iter().filter(|provider| !is_asked(provider)) {
            if let Some(mut slot) = this.slots.borrow_mut().remove(provider) {
                slot.stop();
            }
            let weak = Rc::downgrade(this);
            this.spawn(async move {
                let Some(inner) = weak.upgrade() else { return };
                inner.leave(Whose::Api(provider)).await;
                inner.send.emit(Action::RowsLeft(inner.seen()));
            });
        }
    }

    /// Whether any source is being asked.
    pub(super) fn is_loading(&self) -> bool {
        self.slots.borrow().values().any(|slot| slot.loader.is_none())
    }

    /// Hears how the sources are after something that may have changed it.
    fn look_at_sources(this: &Rc<Self>) {
        let weak = Rc::downgrade(this);
        this.spawn(async move {
            if let Some(inner) = weak.upgrade() {
                inner.hear_sources().await;
            }
        });
    }

    pub(super) fn start_over(this: &Rc<Self>, provider: &'static str, goal: Goal) {
        let query = this.slots.borrow().get(provider).map(|slot| slot.query.clone());
        if let Some(generation) = query.and_then(|query| this.open(&query)) {
            this.report(provider, generation, LoadEvent::Restarted);
            Self::resume(this, provider, goal);
        }
    }

    /// A slot for a new load in the place of the old one.
    fn open(&self, query: &Query) -> Option<u64> {
        let loader = self.loader(Pager::new(query.clone(), LIMITS).ok()?)?;
        let generation = self.last_generation.get() + 1;
        self.last_generation.set(generation);
        let slot = Slot {
            generation,
            query: query.clone(),
            loader: Some(loader),
            earlier: None,
            gap: None,
            gap_end: None,
            is_stopped: false,
            request: AbortHandle::new_pair().0,
        };
        let old = self.slots.borrow_mut().insert(query.provider_id(), slot);
        if let Some(mut old) = old {
            old.stop();
        }
        Some(generation)
    }

    fn loader(&self, pager: Pager) -> Option<Loader> {
        let transport = self.transport.borrow().clone()?;
        Some(Loader::new(pager, transport, self.outside.clock(), Retry::default()))
    }

    fn is_current(&self, provider: &str, generation: u64) -> bool {
        let slots = self.slots.borrow();
        slots.get(provider).is_some_and(|slot| slot.generation == generation)
    }

    pub(super) fn resume(this: &Rc<Self>, provider: &'static str, goal: Goal) {
        let taken = this.slots.borrow_mut().get_mut(provider).and_then(|slot| {
            let loader = slot.loader.take()?;
            slot.is_stopped = false;
            Some((slot.generation, loader))
        });
        let Some((generation, mut loader)) = taken else { return };
        if loader.pager().end() == Some(End::Truncated) {
            let limits = beyond(loader.pager());
            loader.pager_mut().set_limits(limits);
        }
        loader.pager_mut().set_page_size(goal.page_size());
        this.report(provider, generation, LoadEvent::Resumed(goal));
        let weak = Rc::downgrade(this);
        let run = Run {
            weak,
            provider,
            generation,
            goal,
        };
        yew::platform::spawn_local(async move {
            let event = run.drive_all(&mut loader).await;
            if let Some(inner) = run.weak.upgrade() {
                let is_end = matches!(event, LoadEvent::Rested(_));
                inner.put_in_order().await;
                inner.put_back(provider, generation, loader);
                inner.report(provider, generation, event);
                Self::look_at_sources(&inner);
                if is_end {
                    Self::prepare(&inner);
                }
            }
        });
    }

    fn put_back(&self, provider: &str, generation: u64, loader: Loader) {
        let mut slots = self.slots.borrow_mut();
        if let Some(slot) = slots.get_mut(provider).filter(|slot| slot.generation == generation) {
            slot.loader = Some(loader);
        }
    }

    /// A handle for the next request; `None` if the load was stopped, or replaced.
    fn allow(&self, provider: &str, generation: u64) -> Option<futures_util::future::AbortRegistration> {
        let mut slots = self.slots.borrow_mut();
        let slot = slots.get_mut(provider)?;
        if slot.is_stopped || slot.generation != generation {
            return None;
        }
        let (handle, registration) = AbortHandle::new_pair();
        slot.request = handle;
        Some(registration)
    }
}

impl Run {
    /// Loads pages until the goal is reached. A page without records is not what a person asked for, so it goes on.
    async fn drive(&self, loader: &mut Loader) -> LoadEvent {
        loop {
            let allowed = self
                .weak
                .upgrade()
                .and_then(|inner| inner.allow(self.provider, self.generation));
            let Some(registration) = allowed else {
                return LoadEvent::Stopped;
            };
            let next = Abortable::new(loader.next(|waiting| self.wait(waiting)), registration).await;
            match next {
                Err(_aborted) => return LoadEvent::Stopped,
                Ok(Err(error)) => return LoadEvent::LoadFailed(error),
                Ok(Ok(None)) => return LoadEvent::Rested(self.end(loader.pager())),
                Ok(Ok(Some((page, response)))) => {
                    let is_enough = self.goal == Goal::Page && page.n_items() > 0;
                    self.arrive(page, &response, loader.pager()).await;
                    let end = self.end(loader.pager());
                    if is_enough || end.is_some() {
                        return LoadEvent::Rested(end);
                    }
                }
            }
        }
    }

    async fn arrive(&self, page: Page, response: &Response, pager: &Pager) {
        let Some(inner) = self.weak.upgrade() else { return };
        let freshness = page.freshness;
        Inner::show_first(&inner, &page);
        let on_begun = |index: Index| inner.report_with(index, self.provider, self.generation, LoadEvent::PageBegun);
        let taken = inner.read(page, on_begun).await;
        inner.keep_place(self.provider, pager);
        let event = LoadEvent::PageLoaded {
            taken,
            freshness,
            progress: pager.progress(),
            budget: Budget::read(&response.headers),
        };
        let index = inner.grown().await;
        inner.report_with(index, self.provider, self.generation, event);
    }

    fn wait(&self, waiting: &Waiting) {
        let Some(inner) = self.weak.upgrade() else { return };
        let wait_ms = i64::try_from(waiting.wait_ms).unwrap_or(i64::MAX);
        let event = LoadEvent::Waited(Wait {
            until: inner.now().plus_ms(wait_ms),
            attempt: waiting.attempt,
            of: waiting.of,
            error: waiting.error.clone(),
        });
        inner.report(self.provider, self.generation, event);
        Inner::look_at_sources(&inner);
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
