//! What has come of one source, and one profile of it as received.

use std::rc::Rc;
use std::sync::Arc;

use roster_core::{Page, Rejected, provider};

use crate::index::Index;

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
        format!("{}:{}", self.provider, self.id)
    }

    /// Its JSON exactly as received.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// What has come of one source. The profiles themselves are in the [`Index`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roll {
    pages: Vec<Arc<str>>,
    n_rows: usize,
    /// What stood among the records and is none.
    pub rejected: Vec<Rejected>,
    /// How many arrived again and replaced the earlier one.
    pub n_merged: u64,
}

impl Roll {
    /// Adds a page. A profile that came before keeps its place and takes the newer text. A page that the index cannot
    /// read is kept as rejected, so that nobody takes it for empty.
    pub fn take(&mut self, page: Page, index: &mut Index) {
        self.rejected.extend(page.rejected);
        match index.ingest(page.provider, &page.body) {
            Ok(report) => {
                self.n_rows += report.n_added;
                self.n_merged += (report.n_replaced + report.n_unchanged) as u64;
                self.pages.push(page.body);
            }
            Err(error) => self.rejected.push(Rejected {
                path: "$".to_owned(),
                reason: error.to_string(),
                raw: (*page.body).into(),
            }),
        }
    }

    /// The pages that the index was made of.
    pub fn pages(&self) -> &[Arc<str>] {
        &self.pages
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
        [record] => Row::new(&format!("{}:{}", page.provider, record.id), page.text(record)),
        _ => None,
    }
}
