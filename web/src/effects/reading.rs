//! Pages are taken in by slices, one page at a time, so that no frame is lost; what the first searches need is prepared
//! in the pauses.

use std::cell::Cell;
use std::rc::Rc;

use roster_core::Page;

use super::Inner;
use crate::index::Index;
use crate::intake::{Taken, Whose};
use crate::state::{Action, minute};

/// Bytes of a page that are read at once: about a millisecond, and below eight on a machine of a quarter the speed or
/// while the browser has not compiled the program well yet.
pub(super) const SLICE_BYTES: usize = 128 * 1024;

/// Bytes of the first page that are read before the first cards are drawn: more profiles than a window shows.
const FIRST_BYTES: usize = 32 * 1024;

/// Profiles whose texts are prepared for searching at once.
const SLICE_ROWS: usize = 4_096;

/// From so many profiles on what is shown grows by shares and not by pages.
const MANY_ROWS: usize = 20_000;

/// That share is one part of so many.
const GROWTH_SHARE: usize = 8;

/// The right to change the intake; others wait until it is dropped.
pub(super) struct Turn<'a>(&'a Cell<bool>);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Inner {
    /// Waits for the right to change the intake, which the whole program takes.
    pub(super) async fn turn(&self) -> Turn<'_> {
        self.has_come.set(true);
        self.whole().await;
        while self.is_reading.replace(true) {
            self.pass().await;
        }
        Turn(&self.is_reading)
    }

    /// Lets the browser draw and hear.
    pub(super) async fn pass(&self) {
        self.outside.pass().await;
    }

    /// Takes a page in, whatever happens to the load meanwhile: the pager has passed it. Where nothing is on the screen
    /// its first profiles are shown before the rest is read.
    pub(super) async fn read(&self, page: Page, on_begun: impl Fn(Index)) -> Taken {
        let _turn = self.turn().await;
        let is_first = self.intake.borrow().index().is_empty();
        if !is_first {
            // Taking the page apart has cost as much as a slice does.
            self.pass().await;
            self.hold();
        }
        let mut taking = self.intake.borrow().begin(page);
        let mut budget_bytes = if is_first { FIRST_BYTES } else { SLICE_BYTES };
        loop {
            let taken = self.intake.borrow_mut().step(&mut taking, budget_bytes);
            if let Some(taken) = taken {
                self.learn();
                return taken;
            }
            if std::mem::replace(&mut budget_bytes, SLICE_BYTES) == FIRST_BYTES {
                self.intake.borrow_mut().show(&mut taking);
                on_begun(self.seen());
                self.hold();
            }
            self.pass().await;
        }
    }

    /// What comes from now on is not seen before it stands in the order of the list: a question about it would have to
    /// sort it all at once.
    pub(super) fn hold(&self) {
        self.intake.borrow().index().hold();
    }

    /// Everything that may be seen.
    pub(super) fn seen(&self) -> Index {
        let index = self.intake.borrow().index();
        if index.is_behind() {
            return self.shown.borrow().clone();
        }
        self.shown.replace(index.clone());
        index
    }

    /// Everything that has come, once it stands in the order of the list. While that is little more than what is shown
    /// it is what is shown: to put a million profiles in order after each page of a thousand would cost hours.
    pub(super) async fn grown(&self) -> Index {
        let (n_shown, n_all) = {
            let index = self.intake.borrow().index();
            (index.len(), index.n_all())
        };
        if !can_wait(n_shown, n_all) {
            self.put_in_order().await;
        }
        self.seen()
    }

    /// Makes the order of the list by slices, and shows everything in it.
    pub(super) async fn put_in_order(&self) {
        if self.has_come.get() {
            let _turn = self.turn().await;
            self.order().await;
        }
    }

    /// The same for who has the right to change the intake.
    async fn order(&self) {
        loop {
            let (index, sort, now) = (
                self.intake.borrow().index(),
                self.sort.borrow().clone(),
                minute(self.now()),
            );
            if index.prepare_order(&sort, now, SLICE_ROWS) {
                index.release();
                self.send.emit(Action::Ordered(sort, now, self.seen()));
                return;
            }
            self.pass().await;
        }
    }

    /// Lets what was asked for single profiles into the index, as soon as the list has them.
    pub(super) fn learn(&self) {
        let mut intake = self.intake.borrow_mut();
        self.answers.borrow().iter().for_each(|row| intake.learn(row));
    }

    /// Makes the index anew without the rows of one API or file.
    pub(super) async fn leave(&self, whose: Whose) {
        if !self.has_come.get() {
            return;
        }
        let _turn = self.turn().await;
        let Some(mut rest) = self.intake.borrow().without(whose) else {
            return;
        };
        loop {
            if let Some(fresh) = rest.step(SLICE_BYTES) {
                *self.intake.borrow_mut() = fresh;
                return self.order().await;
            }
            self.pass().await;
        }
    }

    /// Prepares searching and gives memory back, in the pauses after a load.
    pub(super) fn prepare(this: &Rc<Self>) {
        if !this.has_come.get() {
            return;
        }
        let weak = Rc::downgrade(this);
        this.spawn(async move {
            // A person waits for the list, and nobody yet for a search.
            if let Some(inner) = weak.upgrade() {
                inner.put_in_order().await;
            }
            while let Some(inner) = weak.upgrade() {
                inner.pass().await;
                let _turn = inner.turn().await;
                let index = inner.intake.borrow().index();
                if index.prepare(SLICE_ROWS) {
                    index.settle();
                    break;
                }
            }
        });
    }
}

/// Whether so few have come since that the screen need not show them yet.
const fn can_wait(n_shown: usize, n_loaded: usize) -> bool {
    n_shown >= MANY_ROWS && n_loaded < n_shown + n_shown / GROWTH_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_grows_with_every_page_and_a_long_one_by_shares() {
        let mut shown = Vec::new();
        for n_loaded in (5_000..=1_000_000).step_by(5_000) {
            let n_shown = shown.last().copied().unwrap_or_default();
            if !can_wait(n_shown, n_loaded) {
                shown.push(n_loaded);
            }
        }
        assert_eq!(shown.get(..4), Some(&[5_000, 10_000, 15_000, 20_000][..]));
        assert!(
            (20..50).contains(&shown.len()),
            "{} orders are made on the way",
            shown.len()
        );
    }
}
