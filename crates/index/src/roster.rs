//! The roster: everything that is loaded, and the doors to it.

use std::cell::RefCell;

use roster_core::Error;

use crate::bytes::PageBytes;
use crate::column::{Bits, Columns};
use crate::compact::Dead;
use crate::eval::Cache;
use crate::held::Held;
use crate::ingest::{Ingest, IngestReport};
use crate::schema;
use crate::span::Span;
use crate::store::Store;

/// A settled roster has at most one replaced record to so many profiles.
const SETTLED_SHARE: usize = 8;

/// So many records of a page say how long the others are.
const SAMPLED_RECORDS: usize = 32;

/// Everything that is loaded, of all providers. Keys are `provider:id`; a profile that arrives again is replaced.
#[derive(Debug, Default)]
pub struct Roster {
    pub(crate) store: Store,
    pub(crate) columns: Columns,
    /// The newest row of every key; rows that are being read are not among them.
    pub(crate) live: Bits,
    /// By row, the number of its profile: where it stands in loading order. Empty as long as nothing was replaced, as
    /// then both are the same.
    pub(crate) profiles: Vec<u32>,
    /// By number of a profile, its newest row. Empty as long as nothing was replaced.
    pub(crate) newest: Vec<u32>,
    /// Rows that took something over from an older record of the same profile.
    pub(crate) older: Vec<Older>,
    pub(crate) dead: Dead,
    n_live: usize,
    n_published: usize,
    staged: Vec<(usize, Option<usize>)>,
    /// Whether rows of the page that is being read were staged: the last page is that one.
    is_page_open: bool,
    /// Counts pages begun, so that a page that was given up can be told from the current one.
    ticket: u64,
    /// Counts changes of what is visible.
    pub(crate) version: u64,
    pub(crate) cache: RefCell<Cache>,
    /// What is seen, where that is not everything.
    pub(crate) held: Option<Held>,
}

/// That a row took something over from an older one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Older {
    pub(crate) row: usize,
    pub(crate) before: usize,
    has_parts: bool,
}

/// Memory in use, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Pages as received.
    pub pages: usize,
    /// Columns, keys and record places.
    pub index: usize,
    /// Answers that are kept because they may be asked for again.
    pub cache: usize,
}

impl Roster {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a whole page in; also a bare list, a file of one record a line, or a single record, each with what `curl -i`
    /// prints in front of it or without.
    ///
    /// ```
    /// let mut roster = roster_index::Roster::new();
    /// let page = r#"{"count":1,"profiles":[{"id":"3c90c3cc","display_name":"Jane"}]}"#;
    /// let report = roster.ingest("upsun", page.as_bytes())?;
    /// assert_eq!((report.n_added, roster.len()), (1, 1));
    /// # Ok::<(), roster_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidQuery` for a provider that nobody knows, `Decode` if the page is no valid JSON of the provider's form;
    /// nothing of it was loaded then.
    pub fn ingest(&mut self, provider: &str, page: impl Into<PageBytes>) -> Result<IngestReport, Error> {
        let mut ingest = self.begin(provider, page)?;
        let report = ingest.step(self, usize::MAX)?;
        Ok(report.unwrap_or_default())
    }

    /// Starts to take a page in by slices. Gives up a page that is not at its end.
    ///
    /// # Errors
    /// `InvalidQuery` for a provider that nobody knows; `Decode` for a page of 4 GiB or more.
    pub fn begin(&mut self, provider: &str, page: impl Into<PageBytes>) -> Result<Ingest, Error> {
        self.abandon();
        Ingest::new(provider, page.into(), self.ticket)
    }

    /// How many profiles are seen.
    pub fn len(&self) -> usize {
        self.seen().n_live
    }

    /// How many profiles have come; more than [`Roster::len`] while some are held back.
    pub const fn n_all(&self) -> usize {
        self.n_live
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows, old versions among them; not those of a page that is being read.
    pub(crate) const fn n_rows(&self) -> usize {
        self.n_published
    }

    /// The row of a key, `ayrshare:160c87…`. A row is the number of a profile: it stays the same as long as the roster
    /// lives, whatever comes later, and whatever comes later of this profile is found under it.
    pub fn find(&self, key: &str) -> Option<u32> {
        let (provider, id) = key.split_once(':')?;
        let row = self.store.find(schema::of(provider)?.0, id)?;
        self.live.has(row).then(|| self.number(row))
    }

    /// The number of the profile that a row inside belongs to.
    pub(crate) fn number(&self, row: usize) -> u32 {
        let number = self.profiles.get(row).copied();
        number.unwrap_or_else(|| u32::try_from(row).unwrap_or(u32::MAX))
    }

    /// The newest row inside of a profile, by its number.
    pub(crate) fn newest(&self, number: u32) -> usize {
        if self.newest.is_empty() {
            return number as usize;
        }
        self.newest.get(number as usize).map_or(usize::MAX, |row| *row as usize)
    }

    /// The exact JSON text of a row's newest record.
    pub fn raw(&self, row: u32) -> Option<&str> {
        self.store.text(self.newest(row))
    }

    /// The key of a row.
    pub fn key(&self, row: u32) -> Option<String> {
        self.store.key(self.newest(row))
    }

    /// Memory in use.
    pub fn memory_bytes(&self) -> Memory {
        let (pages, store) = self.store.memory_bytes();
        let numbers = (self.profiles.capacity() + self.newest.capacity()) * size_of::<u32>();
        let older = self.older.capacity() * size_of::<Older>();
        let index = store + numbers + older + self.columns.memory_bytes() + self.live.memory_bytes();
        let cache = self.cache.borrow().memory_bytes();
        Memory { pages, index, cache }
    }

    /// Gives back memory that was kept for growing, up to half of the columns, and what replaced records have left.
    /// Worth its few milliseconds when a load has ended; a roster that is never settled gives the latter back once it
    /// is more than what is kept. Does nothing while a page is being read.
    pub fn settle(&mut self) {
        if !self.is_page_open {
            if self.held.is_none() && self.dead.n_rows * SETTLED_SHARE > self.n_all() {
                self.compact();
            }
            self.older.shrink_to_fit();
            self.columns.settle();
            self.store.settle();
            self.live.settle();
            self.profiles.shrink_to_fit();
            self.newest.shrink_to_fit();
            self.cache.get_mut().settle();
        }
    }

    /// Throws away the answers that are kept; they are worked out again when they are asked for.
    pub fn forget(&self) {
        self.cache.take();
    }

    pub(crate) const fn is_current(&self, ticket: u64) -> bool {
        self.ticket == ticket
    }

    /// Adds the row that the columns have just ended.
    pub(crate) fn stage(&mut self, span: Span, hash: u64, before: Option<usize>, (provider, bytes): (u8, &PageBytes)) {
        let (row, start) = (self.store.n_rows(), span.start as usize);
        if !std::mem::replace(&mut self.is_page_open, true) {
            self.store.add_page(provider, bytes.clone());
        }
        // The first record says roughly how many there are, the first few how many.
        match self.staged.len() {
            0 => self.reserve((bytes.len() - start) / (span.len as usize).max(1)),
            SAMPLED_RECORDS => self.reserve((bytes.len() - start) / (start / SAMPLED_RECORDS).max(1)),
            _ => {}
        }
        self.store.add(span);
        self.store.claim(hash, before);
        self.staged.push((row, before));
    }

    /// Makes room for so many more rows.
    fn reserve(&mut self, n_rows: usize) {
        self.store.reserve(n_rows);
        self.columns.reserve(n_rows);
        self.staged.reserve(n_rows);
    }

    /// Remembers that the next row takes something over from an older one; `has_parts`: whether its record has parts.
    /// Of records with parts, and of those without, only the newest one counts.
    pub(crate) fn keep_older(&mut self, before: usize, has_parts: bool) {
        let is_alike = self.has_parts(before) == has_parts;
        let older = if is_alike { self.older(before) } else { Some(before) };
        let row = self.store.n_rows();
        self.older.extend(older.map(|before| Older { row, before, has_parts }));
    }

    fn link(&self, row: usize) -> Option<&Older> {
        let found = self.older.binary_search_by_key(&row, |link| link.row).ok()?;
        self.older.get(found)
    }

    /// The row with an older record that says something about a row's profile that its own record does not.
    pub(crate) fn older(&self, row: usize) -> Option<usize> {
        self.link(row).map(|link| link.before)
    }

    /// Whether a row's own record has parts.
    pub(crate) fn has_parts(&self, row: usize) -> bool {
        self.link(row)
            .map_or_else(|| self.columns.has_parts(row), |link| link.has_parts)
    }

    /// Makes the rows of the page that was read visible.
    pub(crate) fn publish(&mut self) {
        self.publish_part();
        self.store.trim_last_page();
        self.is_page_open = false;
        self.ticket += 1;
        self.compact_if_needed();
    }

    /// Makes the rows that were read so far visible; more of the same page may come.
    pub(crate) fn publish_part(&mut self) {
        let staged = std::mem::take(&mut self.staged);
        let is_replacing = staged.iter().any(|(_, before)| before.is_some());
        let is_numbered = is_replacing || !self.profiles.is_empty();
        if is_replacing && self.profiles.is_empty() {
            self.profiles = (0..u32::try_from(self.n_published).unwrap_or(u32::MAX)).collect();
            self.newest = self.profiles.clone();
        }
        for (row, before) in &staged {
            self.live.set(*row);
            if let Some(before) = before {
                self.live.unset(*before);
                self.bury(*row, *before);
            }
            if is_numbered {
                self.enlist(*row, *before);
            }
            self.n_live += usize::from(before.is_none());
        }
        self.n_published = self.store.n_rows();
        self.version += u64::from(!staged.is_empty());
    }

    /// Counts what a row leaves behind that takes the place of another.
    fn bury(&mut self, row: usize, before: usize) {
        let freed = match self.older(row) {
            Some(kept) if kept == before => self.older(before),
            _ => Some(before),
        };
        self.dead.n_rows += usize::from(freed.is_some());
        self.dead.n_bytes += freed.and_then(|row| self.store.record(row)).map_or(0, <[u8]>::len);
    }

    /// Gives a row the number of its profile, once rows are no longer numbers themselves.
    fn enlist(&mut self, row: usize, before: Option<usize>) {
        let [own, new] = [row, self.n_live].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let number = before
            .and_then(|before| self.profiles.get(before).copied())
            .unwrap_or(new);
        self.profiles.push(number);
        match self.newest.get_mut(number as usize) {
            Some(newest) => *newest = own,
            None => self.newest.push(own),
        }
    }

    /// Takes over what was compacted.
    pub(crate) fn end_compaction(&mut self) {
        self.n_published = self.store.n_rows();
        if self.profiles.len() == self.n_live && self.profiles.is_sorted() {
            (self.profiles, self.newest) = (Vec::new(), Vec::new());
        }
        self.version += 1;
    }

    /// Forgets the staged rows.
    pub(crate) fn abandon(&mut self) {
        self.is_page_open = false;
        for (row, before) in std::mem::take(&mut self.staged).into_iter().rev() {
            self.store.unclaim(row, before);
        }
        self.store.truncate(self.n_published);
        self.columns.truncate(self.n_published);
        while self.older.last().is_some_and(|link| link.row >= self.n_published) {
            self.older.pop();
        }
        self.ticket += 1;
    }
}
