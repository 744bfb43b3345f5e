//! What leaves the viewer is written some rows at a time, so that no frame is lost. A newer order takes the place of one
//! that is still being written.

use std::rc::Rc;

use super::{Effects, Inner};
use crate::export::{Order, Target, Writing};
use crate::state::Action;

/// Rows that are written at once: a few milliseconds.
const SLICE_ROWS: usize = 256;

/// Slices between two signs of life.
const SLICES_PER_SIGN: usize = 8;

/// Where the text of a file goes, part by part.
pub trait Sink {
    /// Takes a part.
    fn push(&mut self, text: &str);

    /// Offers everything to be kept as a file.
    fn save(&self, name: &str, media_type: &str);
}

impl Effects {
    /// Writes what a person wants to take along.
    pub fn export(&self, order: Order) {
        let own = self.0.renew_export();
        let weak = Rc::downgrade(&self.0);
        self.0.spawn(async move {
            let Some(inner) = weak.upgrade() else { return };
            inner.write(own, &order).await;
        });
    }

    /// Stops writing; nothing is kept.
    pub fn stop_export(&self) {
        self.0.renew_export();
        self.0.send.emit(Action::ExportHeard(None));
    }
}

impl Inner {
    /// Names a new order; an older one ends.
    fn renew_export(&self) -> u64 {
        self.n_exports.set(self.n_exports.get() + 1);
        self.n_exports.get()
    }

    async fn write(&self, own: u64, order: &Order) {
        let index = self.intake.borrow().index();
        let (mut writing, mut sink) = (Writing::begin(&index, order), self.outside.sink());
        let mut copied = String::new();
        for n_slices in 0.. {
            if self.n_exports.get() != own {
                return;
            }
            let Some(text) = writing.step(SLICE_ROWS) else { break };
            match order.to {
                Target::File => sink.push(&text),
                Target::Clipboard => copied += &text,
            }
            if n_slices % SLICES_PER_SIGN == 0 {
                let mut written = writing.written();
                written.is_done = false;
                self.send.emit(Action::ExportHeard(Some(written)));
            }
            self.pass().await;
        }
        let is_there = match order.to {
            Target::File => {
                sink.save(&order.format.file_name(self.now()), order.format.media_type());
                true
            }
            Target::Clipboard => self.outside.copy(&copied).await,
        };
        let written = is_there.then(|| writing.written());
        self.send.emit(Action::ExportHeard(written));
    }
}
