//! The place of a load that is kept on the device, so that after a reload of the page it can go on from there.

use std::rc::Rc;

use roster_core::Pager;

use super::{Inner, LIMITS};
use crate::source::{Goal, LoadEvent};

impl Inner {
    /// Whether an earlier load of the same question had come further before the page was reloaded.
    pub(super) fn find_place(&self, provider: &'static str, generation: u64) {
        let Some(token) = self.outside.kept(&place_name(provider)) else {
            return;
        };
        let Ok(mut pager) = Pager::resume(&token, LIMITS) else {
            return;
        };
        // The same question may have been asked for larger pages.
        pager.set_page_size(Goal::Page.page_size());
        let n_items = pager.progress().n_items;
        let is_same = self.slots.borrow_mut().get_mut(provider).is_some_and(|slot| {
            let is_same = slot.query == *pager.query() && n_items > 0;
            slot.earlier = is_same.then_some((token, n_items));
            is_same
        });
        if is_same {
            self.report(provider, generation, LoadEvent::PlaceFound(n_items));
        }
    }

    pub(in crate::effects) fn go_on(this: &Rc<Self>, provider: &'static str) {
        let earlier = this
            .slots
            .borrow_mut()
            .get_mut(provider)
            .and_then(|slot| slot.earlier.take());
        let Some((token, n_items)) = earlier else { return };
        let pager = Pager::resume(&token, LIMITS).ok();
        let Some(loader) = pager.and_then(|pager| this.loader(pager)) else {
            return;
        };
        let is_at_rest = this.slots.borrow_mut().get_mut(provider).is_some_and(|slot| {
            let is_at_rest = slot.loader.is_some();
            if is_at_rest {
                slot.gap = slot.loader.replace(loader).map(|behind| (behind, n_items));
            }
            is_at_rest
        });
        if is_at_rest {
            Self::resume(this, provider, Goal::All);
        }
    }

    /// Keeps the place for the time after a reload, unless an earlier load was further.
    pub(super) fn keep_place(&self, provider: &'static str, pager: &Pager) {
        let slots = self.slots.borrow();
        let earlier = slots.get(provider).and_then(|slot| slot.earlier.as_ref());
        let progress = pager.progress();
        if earlier.is_some_and(|(_, n_items)| *n_items > progress.n_items) {
            return;
        }
        // After one page there is nothing to go on with: it comes by itself. Behind a gap everything has come.
        let is_gap = slots.get(provider).is_some_and(|slot| slot.gap_end.is_some());
        let token = pager.resume_token().filter(|_| progress.n_pages > 1 && !is_gap);
        self.outside.keep(&place_name(provider), token.as_deref());
    }
}

fn place_name(provider: &str) -> String {
    ["roster.place.", provider].concat()
}
