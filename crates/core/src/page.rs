//! One page of an answer: the body as received, and where in it the records stand.

use std::ops::Range;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::json::{Listing, describe, elements, member, range_of, scalar};
use crate::time::UnixMs;

/// A page as a value. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The provider's id.
    pub provider: &'static str,
    /// The body exactly as received.
    pub body: Arc<str>,
    /// The records that can be told apart, in order.
    pub records: Vec<Record>,
    /// What stands among the records and is none.
    pub rejected: Vec<Rejected>,
    /// Where the next page is; `None` is the end, and the only sign of it.
    pub next: Option<Next>,
    /// How many records there are over all pages, only where the API states it.
    pub total: Option<u64>,
    /// How old the data is, where the API says.
    pub freshness: Option<Freshness>,
}

/// One record: its id, and its exact text as a byte range of the page's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The provider's id of the profile, as text.
    pub id: Box<str>,
    /// Where it stands in the body, in bytes.
    pub range: Range<usize>,
}

/// Something among the records that could not be read as one. It is shown and counted, never dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where: `profiles[3]`.
    pub path: String,
    /// Why: *expected an object, found number 7*.
    pub reason: String,
    /// Its exact text.
    pub raw: Box<str>,
}

/// A position in the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Next {
    /// An opaque text of the API.
    Cursor(String),
    /// Number of records to skip.
    Offset(u64),
    /// The paging parameters of a link; never the link itself.
    Link(Vec<(&'static str, String)>),
}

/// When the API made the data, and when it makes it anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// When the data was made.
    pub last_updated: Option<UnixMs>,
    /// Before this instant the API answers the same again.
    pub next_update: Option<UnixMs>,
}

impl Page {
    /// A page without records.
    pub(crate) fn empty(provider: &'static str, body: &str) -> Self {
        Self {
            provider,
            body: body.into(),
            records: Vec::new(),
            rejected: Vec::new(),
            next: None,
            total: None,
            freshness: None,
        }
    }

    /// The exact text of a record of this page.
    pub fn text(&self, record: &Record) -> &str {
        self.body.get(record.range.clone()).unwrap_or_default()
    }

    /// Records and rejected ones together: how far the API's list was walked.
    pub fn n_items(&self) -> u64 {
        (self.records.len() + self.rejected.len()) as u64
    }

    /// The page of a body, its elements taken as records whose id stands under `id_key`.
    ///
    /// # Errors
    /// `Decode` if the body has no such list.
    pub(crate) fn of(
        provider: &'static str,
        listing: &Listing<'_>,
        list_key: &str,
        id_key: &str,
    ) -> Result<Self, Error> {
        let Some(elements) = &listing.elements else {
            let found = describe(listing.envelope.get(list_key).unwrap_or_default());
            return Err(Error::unexpected(ErrorKind::Decode, list_key, "an array", found));
        };
        let mut page = Self::empty(provider, listing.text);
        page.records.reserve(elements.len());
        for (index, (element, id)) in elements.iter().enumerate() {
            page.add(record(listing.text, element, *id, id_key), element, (list_key, index));
        }
        Ok(page)
    }

    fn add(&mut self, record: Result<Record, String>, element: &str, (list_key, index): (&str, usize)) {
        match record {
            Ok(record) => self.records.push(record),
            Err(reason) => {
                let path = format!("{list_key}[{index}]");
                self.rejected.push(Rejected {
                    path,
                    reason,
                    raw: element.into(),
                });
            }
        }
    }

    /// Takes the elements of `list`, a slice of `body` and a part of a list that begins with its element of number
    /// `first`, as records whose id stands under `id_key`.
    pub(crate) fn collect_from(
        &mut self,
        first: usize,
        body: &str,
        list: &str,
        list_key: &str,
        id_key: &str,
    ) -> Option<()> {
        for (index, element) in (first..).zip(elements(list)?) {
            let id = member(element, id_key).map_err(|_| ());
            self.add(record(body, element, id, id_key), element, (list_key, index));
        }
        Some(())
    }
}

fn record(body: &str, element: &str, id: Result<Option<&str>, ()>, id_key: &str) -> Result<Record, String> {
    let found = id.map_err(|()| format!("expected an object, found {}", describe(element)))?;
    let raw_id = found.ok_or_else(|| format!("expected an id under {id_key}, found nothing"))?;
    let id = scalar(raw_id).filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| format!("expected an id under {id_key}, found {}", describe(raw_id)))?;
    let range = range_of(body, element).ok_or("bug: the record is no part of its page")?;
    Ok(Record { id: id.into(), range })
}
