//! The profiles of one source that have come so far: byte ranges of the pages they came in, each id once.

use std::collections::HashMap;
use std::rc::Rc;

use roster_core::{Page, Rejected, Response, UnixMs};

use crate::look;
use crate::shared::Shared;

/// One profile as received. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Row {
    page: Rc<Page>,
    index: usize,
    /// When its page came.
    pub received: UnixMs,
}

/// Two rows are the same if they are the same bytes of the same page.
impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.page, &other.page) && self.index == other.index
    }
}

impl Row {
    /// The rows of a page.
    pub fn all(page: Page, received: UnixMs) -> impl Iterator<Item = Self> {
        let n_records = page.records.len();
        let page = Rc::new(page);
        (0..n_records).map(move |index| Self {
            page: page.clone(),
            index,
            received,
        })
    }

    /// The provider's id.
    pub fn provider(&self) -> &'static str {
        self.page.provider
    }

    /// The profile's id, as text.
    pub fn id(&self) -> &str {
        self.page.records.get(self.index).map_or("", |record| &record.id)
    }

    /// The key under which it is shown: `ayrshare:160c87…`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.provider(), self.id())
    }

    /// Whether it has this key.
    pub fn is(&self, key: &str) -> bool {
        key.split_once(':') == Some((self.provider(), self.id()))
    }

    /// The person to whom it belongs, where the API knows persons.
    fn person(&self) -> Option<String> {
        look::person(self.provider(), self.text())
    }

    /// Its JSON exactly as received.
    pub fn text(&self) -> &str {
        self.page
            .records
            .get(self.index)
            .map_or("", |record| self.page.text(record))
    }
}

/// Every profile of one source, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roll {
    rows: Vec<Row>,
    by_id: HashMap<Rc<str>, usize>,
    /// How many profiles each person has, where the API knows persons.
    n_by_person: HashMap<Rc<str>, usize>,
    /// What stood among the records and is none.
    pub rejected: Vec<Rejected>,
    /// How many arrived again and replaced the earlier one.
    pub n_merged: u64,
}

impl Roll {
    /// Adds a page. A profile that came before keeps its place and takes the newer text.
    pub fn take(&mut self, mut page: Page, received: UnixMs) {
        self.rejected.append(&mut page.rejected);
        for row in Row::all(page, received) {
            self.count_person(&row, 1);
            if let Some(place) = self.by_id.get(row.id()).and_then(|place| self.rows.get_mut(*place)) {
                let old = std::mem::replace(place, row);
                self.count_person(&old, -1);
                self.n_merged += 1;
            } else {
                self.by_id.insert(row.id().into(), self.rows.len());
                self.rows.push(row);
            }
        }
    }

    fn count_person(&mut self, row: &Row, change: isize) {
        if let Some(person) = row.person() {
            let n_profiles = self.n_by_person.entry(person.into()).or_default();
            *n_profiles = n_profiles.saturating_add_signed(change);
        }
    }

    /// How many of the profiles belong to the same person as this one.
    pub fn n_of_person(&self, row: &Row) -> usize {
        let counted = row.person().and_then(|person| self.n_by_person.get(person.as_str()));
        counted.copied().unwrap_or(0)
    }

    /// The profiles.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The profile with this id.
    pub fn get(&self, id: &str) -> Option<&Row> {
        self.rows.get(*self.by_id.get(id)?)
    }

    /// How many profiles there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The rows of several sources as one list: the first of each, then the second of each, and so on, so that no source
/// hides behind another and nothing that is on screen moves when a later page arrives at the end.
pub fn interleaved(rolls: &[Shared<Roll>]) -> Vec<Row> {
    let longest = rolls.iter().map(|roll| roll.len()).max().unwrap_or(0);
    (0..longest)
        .flat_map(|place| rolls.iter().filter_map(move |roll| roll.rows().get(place).cloned()))
        .collect()
}

/// The only row of an answer about one profile, if the answer holds exactly one.
pub fn single(page: Page, response: &Response) -> Option<Row> {
    let mut rows = Row::all(page, response.received);
    rows.next().filter(|_| rows.next().is_none())
}
