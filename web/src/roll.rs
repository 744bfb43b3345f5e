//! What has come of one source, and one profile of it as received.

use std::rc::Rc;

use roster_core::{Page, Rejected, provider};

use crate::intake::Taken;

/// One profile as received. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    provider: &'static str,
    id: Rc<str>,
    text: Rc<str>,
}

impl Row {
    /// A record under its key; `None` for a provider that nobody knows.
    pub fn new(key: &str, text: &str) -> Option<Self> {
        let (id, own) = key.split_once(':')?;
        Some(Self {
            provider: provider(id)?.info().id,
            id: own.into(),
            text: text.into(),
        })
    }

    /// The provider's id.
    pub fn provider(&self) -> &'static str {
        self.provider
    }

    /// The profile's id, as text.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key under which it is shown: `ayrshare:160c87…`.
    pub fn key(&self) -> String {
        [self.provider, ":", &self.id].concat()
    }

    /// Its JSON exactly as received.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// How much has come of one source. The profiles themselves are in the [`Index`](crate::index::Index).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roll {
    n_rows: usize,
    /// What stood among the records and is none.
    pub rejected: Vec<Rejected>,
    /// How many arrived again, the same or changed, and were merged.
    pub n_merged: u64,
    /// How many of these had changed.
    pub n_changed: u64,
    /// How many profiles there were when everything was asked for anew, if it was.
    pub n_before: Option<usize>,
}

impl Roll {
    /// Counts a page that the index has taken in.
    pub fn count(&mut self, taken: Taken) {
        self.n_rows += taken.n_added;
        self.n_merged += (taken.n_replaced + taken.n_unchanged) as u64;
        self.n_changed += taken.n_replaced as u64;
        self.rejected.extend(taken.rejected);
    }

    /// Everything is asked for anew: what comes is counted against what is there.
    pub fn renew(&mut self) {
        (self.n_merged, self.n_changed) = (0, 0);
        self.n_before = Some(self.n_rows);
        self.rejected.clear();
    }

    /// How many profiles there are.
    pub fn len(&self) -> usize {
        self.n_rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.n_rows == 0
    }
}

/// The only row of an answer about one profile, if the answer holds exactly one.
pub fn single(page: &Page) -> Option<Row> {
    match page.records.as_slice() {
        [record] => Row::new(&[page.provider, ":", &record.id].concat(), page.text(record)),
        _ => None,
    }
}
