//! What waits until a person pauses: a changed question to an API, an announcement, the lookup of suggestions. A newer
//! one takes the place of one that still waits.

use std::rc::Rc;

use roster_core::Query;

use super::{Effects, Inner};
use crate::state::Action;
use crate::suggestions::Suggestions;

/// What waits.
#[derive(Clone, Copy)]
enum Kind {
    Ask,
    Announce,
    Suggest,
}

/// How many kinds there are.
pub(super) const N_KINDS: usize = 3;

/// How long a question to an API must have stood, in milliseconds.
const ASK_MS: u64 = 400;

/// How long the lookup of suggestions waits, in milliseconds: what was typed is painted first.
const SUGGEST_MS: u64 = 24;

/// How long it must have been quiet before something is said, in milliseconds.
const ANNOUNCE_MS: u64 = 500;

impl Effects {
    /// Asks changed questions once they have stood for a moment.
    pub(super) fn ask_later(&self, queries: Vec<Query>) {
        self.after(Kind::Ask, ASK_MS, move |inner| {
            let changed = queries.iter().filter(|query| !inner.is_asked(query));
            changed.for_each(|query| Inner::begin(inner, query));
        });
    }

    /// Says something to people who do not see the screen, once it is quiet. The same text is said again.
    pub fn announce(&self, text: String) {
        self.after(Kind::Announce, ANNOUNCE_MS, move |inner| {
            inner.send.emit(Action::Announced(String::new()));
            // The same words are news only to a region that was empty in between.
            let (send, emptied) = (inner.send.clone(), inner.outside.pass());
            inner.spawn(async move {
                emptied.await;
                send.emit(Action::Announced(text));
            });
        });
    }

    /// Looks up what could stand at the cursor of the query bar, after what was typed is on the screen.
    pub fn suggest(&self, text: String, cursor_bytes: usize) {
        self.after(Kind::Suggest, SUGGEST_MS, move |inner| {
            let index = inner.intake.borrow().index();
            let list = index.suggest(&text, cursor_bytes, inner.now());
            inner.send.emit(Action::Suggested(Suggestions { text, list }));
        });
    }

    fn after(&self, kind: Kind, wait_ms: u64, act: impl FnOnce(&Rc<Inner>) + 'static) {
        let counter = move |inner: &Inner| inner.pauses.get(kind as usize).map(std::cell::Cell::get);
        if let Some(cell) = self.0.pauses.get(kind as usize) {
            cell.set(cell.get() + 1);
        }
        let own = counter(&self.0);
        let (weak, clock) = (Rc::downgrade(&self.0), self.0.outside.clock());
        self.0.spawn(async move {
            clock.sleep(wait_ms).await;
            if let Some(inner) = weak.upgrade().filter(|inner| counter(inner) == own) {
                act(&inner);
            }
        });
    }
}
