//! The program comes in two parts: the first ones of a page's records are shown by the first part, and whatever reads or
//! asks the index waits for the second.

use std::rc::Rc;

use roster_core::Page;

use super::{Effects, Inner};
use crate::roll::Row;
use crate::state::{Action, MAX_FIRST};

/// The second part is asked for after so long, in milliseconds, though no page has come.
const LATE_MS: u64 = 1_000;

impl Effects {
    /// Has the second part come, and says so when it is there.
    pub fn complete(&self) {
        Inner::complete(&self.0);
    }

    /// The same a little later: a page that comes soon is shown before.
    pub fn complete_later(&self) {
        let (clock, weak) = (self.0.outside.clock(), Rc::downgrade(&self.0));
        self.0.spawn(async move {
            clock.sleep(LATE_MS).await;
            if let Some(inner) = weak.upgrade() {
                Inner::complete(&inner);
            }
        });
    }
}

impl Inner {
    pub(super) fn complete(this: &Rc<Self>) {
        if this.is_completing.replace(true) {
            return;
        }
        let weak = Rc::downgrade(this);
        this.spawn(async move {
            if let Some(inner) = weak.upgrade() {
                inner.whole().await;
                inner.send.emit(Action::Completed);
            }
        });
    }

    /// Waits for the second part.
    pub(super) async fn whole(&self) {
        if !self.is_whole.get() {
            self.outside.whole().await;
            self.is_whole.set(true);
        }
    }

    /// Shows the first records of the first pages at once.
    pub(super) fn show_first(this: &Rc<Self>, page: &Page) {
        if !this.intake.borrow().index().is_empty() {
            return;
        }
        let key = |record: &roster_core::Record| [page.provider, ":", &record.id].concat();
        let records = page.records.iter().take(MAX_FIRST);
        let rows: Vec<Row> = records
            .filter_map(|record| Row::new(&key(record), page.text(record)))
            .collect();
        this.send.emit(Action::FirstCame(rows));
        Self::complete(this);
    }
}
