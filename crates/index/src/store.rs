//! The pages as received, and where in them each row's record stands.

use std::borrow::Cow;

use memchr::memchr2;

use crate::bytes::PageBytes;
use crate::compact::Kept;
use crate::fold::{Memo, fold_into};
use crate::hash::hash;
use crate::keys::Keys;
use crate::scan::{Run, Scanner, plain};
use crate::schema;
use crate::span::{Span, Spans};

/// Pages and records. Rows are only added at the end and cut off there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    pages: Vec<StoredPage>,
    spans: Spans,
    /// The newest row of each key.
    keys: Keys,
}

#[derive(Clone, Debug)]
struct StoredPage {
    bytes: PageBytes,
    provider: u8,
    first_row: usize,
}

impl Store {
    /// How many rows, old versions of records among them.
    pub(crate) fn n_rows(&self) -> usize {
        self.spans.len()
    }

    /// Starts a page; rows that are added from here on stand in it.
    pub(crate) fn add_page(&mut self, provider: u8, bytes: PageBytes) {
        let first_row = self.spans.len();
        self.pages.push(StoredPage {
            bytes,
            provider,
            first_row,
        });
    }

    /// Adds a row of the last page.
    pub(crate) fn add(&mut self, span: Span) {
        self.spans.push(span);
    }

    /// Forgets all rows from `n_rows` on, and the pages without rows. Keys are the caller's part.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.spans.truncate(n_rows);
        while self.pages.last().is_some_and(|page| page.first_row >= n_rows) {
            self.pages.pop();
        }
    }

    fn page(&self, row: usize) -> Option<&StoredPage> {
        let after = self.pages.partition_point(|page| page.first_row <= row);
        self.pages.get(after.checked_sub(1)?)
    }

    /// The place of a row's provider among all.
    pub(crate) fn provider(&self, row: usize) -> Option<u8> {
        self.page(row).map(|page| page.provider)
    }

    /// The exact bytes of a row's record.
    pub(crate) fn record(&self, row: usize) -> Option<&[u8]> {
        let span = self.spans.get(row)?;
        let start = span.start as usize;
        self.page(row)?.bytes.get(start..start + span.len as usize)
    }

    /// The exact text of a row's record; pages are checked to be UTF-8.
    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        std::str::from_utf8(self.record(row)?).ok()
    }

    /// A row's id.
    pub(crate) fn id(&self, row: usize) -> Option<Cow<'_, str>> {
        let span = self.spans.get(row)?;
        Some(id_at(&self.page(row)?.bytes, span.id_at as usize))
    }

    /// A row's id as it is searched, if it stands so in the page: in small letters and digits, as most do.
    pub(crate) fn folded_id(&self, row: usize) -> Option<&[u8]> {
        let span = self.spans.get(row)?;
        let text = self.page(row)?.bytes.get(span.id_at as usize..)?.strip_prefix(b"\"")?;
        let id = text.get(..memchr::memchr(b'"', text)?)?;
        // All of them, as blocks are faster than stopping at the first other one.
        let is_folded = id.iter().fold(true, |all, byte| {
            all & matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
        });
        is_folded.then_some(id)
    }

    /// Appends a row's id as it is searched. Ids are not copied into a column: they stand in the pages, which are kept
    /// in any case, and are mostly plain.
    pub(crate) fn fold_id(&self, row: usize, memo: &mut Memo, out: &mut Vec<u8>) {
        let Some((span, page)) = self.spans.get(row).zip(self.page(row)) else {
            return;
        };
        let text = page.bytes.get(span.id_at as usize..).unwrap_or_default();
        if let [b'"', text @ ..] = text
            && let Some(end) = memchr2(b'"', b'\\', text)
            && text.get(end) == Some(&b'"')
        {
            return fold_into(Run::of(text, end), memo, out);
        }
        fold_into(
            Run::alone(id_at(&page.bytes, span.id_at as usize).as_bytes()),
            memo,
            out,
        );
    }

    /// A row's key, `ayrshare:160c87…`.
    pub(crate) fn key(&self, row: usize) -> Option<String> {
        let provider = schema::ALL.get(usize::from(self.provider(row)?))?.provider;
        Some(format!("{provider}:{}", self.id(row)?))
    }

    fn hash(&self, row: u32) -> u64 {
        let id = self.id(row as usize).unwrap_or_default();
        hash_key(self.provider(row as usize).unwrap_or(0), id.as_bytes())
    }

    /// Whether a row's id is this one. Mostly it stands in the page as it is, in quotes.
    fn has_id(&self, row: usize, id: &[u8]) -> bool {
        let Some((span, page)) = self.spans.get(row).zip(self.page(row)) else {
            return false;
        };
        let start = span.id_at as usize + 1;
        let is_plain = page.bytes.get(start..start + id.len()) == Some(id)
            && page.bytes.get(start - 1) == Some(&b'"')
            && page.bytes.get(start + id.len()) == Some(&b'"');
        let has_escapes = id.iter().any(|byte| matches!(byte, b'\\' | b'"'));
        (is_plain && !has_escapes) || id_at(&page.bytes, start - 1).as_bytes() == id
    }

    /// The newest row of a key.
    pub(crate) fn find(&self, provider: u8, id: &str) -> Option<usize> {
        self.find_hashed(hash_key(provider, id.as_bytes()), (provider, id.as_bytes()))
    }

    /// The same, with the hash of the key.
    pub(crate) fn find_hashed(&self, hash: u64, (provider, id): (u8, &[u8])) -> Option<usize> {
        let is_it = |row: u32| self.provider(row as usize) == Some(provider) && self.has_id(row as usize, id);
        self.keys.find(hash, is_it).map(|row| row as usize)
    }

    /// Makes the last row the newest of its key, which has this hash; `before` is the one that was it.
    pub(crate) fn claim(&mut self, hash: u64, before: Option<usize>) {
        let row = u32::try_from(self.spans.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.point(hash, before, row);
    }

    /// Undoes [`Store::claim`] for a row, which still exists.
    pub(crate) fn unclaim(&mut self, row: usize, before: Option<usize>) {
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        let hash = self.hash(number);
        match before.and_then(|before| u32::try_from(before).ok()) {
            Some(before) => self.point(hash, Some(row), before),
            None => self.keys.remove(hash, number),
        }
    }

    fn point(&mut self, hash: u64, from: Option<usize>, to: u32) {
        if let Some(from) = from {
            return self.keys.replace(hash, u32::try_from(from).unwrap_or(u32::MAX), to);
        }
        self.keys.insert(hash, to);
    }

    /// Makes room for so many more rows.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        self.keys.reserve(n_rows);
        self.spans.reserve(n_rows);
    }

    /// Keeps some rows, which move up, and the pages that they stand in.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        self.spans.keep(kept);
        for row in self.keys.rows_mut() {
            *row = kept.number(*row as usize).unwrap_or(*row);
        }
        for page in &mut self.pages {
            page.first_row = kept.n_before(page.first_row);
        }
        let mut end = self.spans.len();
        let mut pages = std::mem::take(&mut self.pages);
        // From the last one on: a page ends where the next one starts.
        pages.reverse();
        pages.retain(|page| std::mem::replace(&mut end, page.first_row) > page.first_row);
        pages.reverse();
        self.pages = pages;
        (0..self.pages.len()).for_each(|page| self.trim(page));
    }

    /// Keeps only the records of the last page, if they are less than half of it.
    pub(crate) fn trim_last_page(&mut self) {
        if let Some(last) = self.pages.len().checked_sub(1) {
            self.trim(last);
        }
    }

    fn trim(&mut self, page: usize) {
        let end = self.pages.get(page + 1).map_or(self.spans.len(), |next| next.first_row);
        let Some(StoredPage { bytes, first_row, .. }) = self.pages.get_mut(page) else {
            return;
        };
        let spans = (*first_row..end).filter_map(|row| Some((row, self.spans.get(row)?)));
        let n_used: usize = spans.clone().map(|(_, span)| span.len as usize).sum();
        if n_used * 2 >= bytes.len() {
            return;
        }
        let mut records = Vec::with_capacity(n_used);
        let mut starts = Vec::new();
        for (row, span) in spans {
            let start = span.start as usize;
            starts.push((row, u32::try_from(records.len()).unwrap_or(u32::MAX)));
            records.extend_from_slice(bytes.get(start..start + span.len as usize).unwrap_or_default());
        }
        *bytes = records.into();
        for (row, start) in starts {
            self.spans.shift(row, start);
        }
    }

    /// Memory of the pages, in bytes.
    pub(crate) fn page_bytes(&self) -> usize {
        self.pages.iter().map(|page| page.bytes.len()).sum()
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.keys.settle();
        self.spans.settle();
        self.pages.shrink_to_fit();
    }

    /// Memory in use for the pages, and for all else, in bytes.
    pub(crate) fn memory_bytes(&self) -> (usize, usize) {
        let pages = self.page_bytes();
        let spans = self.spans.memory_bytes();
        let list = self.pages.capacity() * size_of::<StoredPage>();
        (pages, spans + list + self.keys.memory_bytes())
    }
}

/// The hash of a key.
pub(crate) fn hash_key(provider: u8, id: &[u8]) -> u64 {
    hash(u64::from(provider), id)
}

/// The id whose text starts at an offset that [`crate::record`] gave.
pub(crate) fn id_at(bytes: &[u8], at: usize) -> Cow<'_, str> {
    let mut scanner = Scanner::new(bytes, at, 0);
    if scanner.peek() == b'"' {
        return scanner.string().map(|id| id.text()).unwrap_or_default();
    }
    scanner.number().map(plain).unwrap_or_default()
}
