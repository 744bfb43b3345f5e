//! Holding back what comes, until its order is made: questions are answered as before meanwhile.
//!
//! The rule: what is seen changes only with [`Roster::release`]. Rows are never renumbered while something is held back.

use std::cell::RefCell;

use crate::column::Bits;
use crate::eval::Cache;
use crate::roster::Roster;

/// What is seen while more comes.
#[derive(Debug)]
pub(crate) struct Held {
    live: Bits,
    n_live: usize,
    n_rows: usize,
    version: u64,
    /// What is worked out of everything that has come, for the time when it is seen.
    pub(crate) coming: RefCell<Cache>,
}

/// The rows that somebody looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    /// The newest row of every profile.
    pub(crate) live: &'a Bits,
    /// How many profiles.
    pub(crate) n_live: usize,
    /// How many rows, old versions among them.
    pub(crate) n_rows: usize,
    /// Changes with them.
    pub(crate) version: u64,
}

impl Roster {
    /// From now on questions are answered from what there is now, whatever comes, until [`Roster::release`]. So the
    /// pauses can put everything in order that has come before anybody asks for a list of it. Single profiles are found
    /// as soon as they have come, and newer records of known ones too.
    pub fn hold(&mut self) {
        if self.held.is_none() {
            self.held = Some(Held {
                live: self.live.clone(),
                n_live: self.len(),
                n_rows: self.n_rows(),
                version: self.version,
                coming: RefCell::default(),
            });
        }
    }

    /// Lets everything that has come be seen.
    pub fn release(&mut self) {
        let Some(held) = self.held.take() else { return };
        if held.version != self.version {
            let coming = held.coming.into_inner();
            self.cache.get_mut().follow(coming);
            self.compact_if_needed();
        }
    }

    /// Whether something has come that is not seen.
    pub fn is_behind(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.version != self.version)
    }

    /// The rows that questions look at.
    pub(crate) fn seen(&self) -> Seen<'_> {
        let all = self.all();
        self.held.as_ref().map_or(all, |held| Seen {
            live: &held.live,
            n_live: held.n_live,
            n_rows: held.n_rows,
            version: held.version,
        })
    }

    /// Everything that has come.
    pub(crate) const fn all(&self) -> Seen<'_> {
        Seen {
            live: &self.live,
            n_live: self.n_all(),
            n_rows: self.n_rows(),
            version: self.version,
        }
    }

    /// Where is kept what is worked out of everything that has come.
    pub(crate) fn cache_of_all(&self) -> &RefCell<Cache> {
        let held = self.held.as_ref().filter(|held| held.version != self.version);
        held.map_or(&self.cache, |held| &held.coming)
    }
}
