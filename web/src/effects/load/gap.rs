//! What lies between the first page and the place from which a load went on after a reload: it had come before, and is not
//! here any more. It is loaded when the end is reached, so that a list that says it is whole is whole.

use roster_client::Loader;
use roster_core::{End, Limits, Pager};

use super::{LIMITS, Run};
use crate::source::LoadEvent;

impl Run {
    /// Reaches the goal, and then what lies before the place from which the load went on.
    pub(super) async fn drive_all(&self, loader: &mut Loader) -> LoadEvent {
        let event = self.drive(loader).await;
        let is_end = event == LoadEvent::Rested(Some(End::Complete));
        let Some(behind) = is_end.then(|| self.take_gap()).flatten() else {
            return event;
        };
        *loader = behind;
        self.drive(loader).await
    }

    fn take_gap(&self) -> Option<Loader> {
        let inner = self.weak.upgrade()?;
        let mut slots = inner.slots.borrow_mut();
        let slot = slots.get_mut(self.provider)?;
        if slot.generation != self.generation {
            return None;
        }
        let (mut loader, n_items) = slot.gap.take()?;
        let limits = Limits {
            max_items: n_items,
            ..LIMITS
        };
        loader.pager_mut().set_limits(limits);
        // Not more than is missing: each record behind it is here.
        let n_missing = n_items.saturating_sub(loader.pager().progress().n_items);
        loader
            .pager_mut()
            .set_page_size(n_missing.clamp(1, self.goal.page_size()));
        slot.gap_end = Some(n_items);
        Some(loader)
    }

    /// Whether nothing more is to come: the last page, a limit, or the end of the gap.
    pub(super) fn end(&self, pager: &Pager) -> Option<End> {
        let end = pager.end()?;
        let inner = self.weak.upgrade();
        let gap_end = inner.and_then(|inner| inner.slots.borrow().get(self.provider)?.gap_end);
        let is_filled = gap_end.is_some_and(|n_items| pager.progress().n_items >= n_items);
        Some(if is_filled { End::Complete } else { end })
    }
}
