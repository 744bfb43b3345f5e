//! Pages are taken in by slices, one page at a time, so that no frame is lost; what the first searches need is prepared
//! in the pauses.

use std::cell::Cell;
use std::rc::Rc;

use roster_core::Page;

use super::Inner;
use crate::intake::{Taken, Whose};
use crate::state::minute;

/// Bytes of a page that are read at once: one or two milliseconds, and below eight on a machine of a quarter the speed.
pub(super) const SLICE_BYTES: usize = 256 * 1024;

/// Profiles whose texts are prepared for searching at once.
const SLICE_ROWS: usize = 4_096;

/// The right to change the intake; others wait until it is dropped.
pub(super) struct Turn<'a>(&'a Cell<bool>);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Inner {
    /// Waits for the right to change the intake.
    pub(super) async fn turn(&self) -> Turn<'_> {
        while self.is_reading.replace(true) {
            self.pass().await;
        }
        Turn(&self.is_reading)
    }

    /// Lets the browser draw and hear.
    pub(super) async fn pass(&self) {
        self.outside.pass().await;
    }

    /// Takes a page in, whatever happens to the load meanwhile: the pager has passed it.
    pub(super) async fn read(&self, page: Page) -> Taken {
        let _turn = self.turn().await;
        let mut taking = self.intake.borrow().begin(page);
        loop {
            let taken = self.intake.borrow_mut().step(&mut taking, SLICE_BYTES);
            if let Some(taken) = taken {
                self.learn();
                return taken;
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
        let _turn = self.turn().await;
        let Some(mut rest) = self.intake.borrow().without(whose) else {
            return;
        };
        loop {
            if let Some(fresh) = rest.step(SLICE_BYTES) {
                *self.intake.borrow_mut() = fresh;
                return;
            }
            self.pass().await;
        }
    }

    /// Prepares searching and gives memory back, in the pauses after a load.
    pub(super) fn prepare(this: &Rc<Self>) {
        let weak = Rc::downgrade(this);
        this.spawn(async move {
            while let Some(inner) = weak.upgrade() {
                inner.pass().await;
                let turn = inner.turn().await;
                let (index, sort) = (inner.intake.borrow().index(), inner.sort.borrow().clone());
                if index.prepare(SLICE_ROWS) && index.prepare_order(&sort, minute(inner.now()), SLICE_ROWS) {
                    index.settle();
                    break;
                }
                drop(turn);
            }
        });
    }
}
