//! Takes a page in, whole or in slices, in whatever [`form`] it comes.
//!
//! The rule: rows that are being read are invisible, and appear together once the page has turned out to be valid to
//! its last byte. A page that is not leaves no trace, unless somebody wanted to see a part of it before its end: that
//! part stays.

use std::borrow::Cow;

use roster_core::{Error, ErrorKind, Rejected};

use crate::bytes::PageBytes;
use crate::form::{self, Form};
use crate::record::{Found, Outcome, feed, read};
use crate::roster::Roster;
use crate::scan::{Fault, Marks, Scanner, Value};
use crate::schema::{self, Notes, Schema};
use crate::span::Span;
use crate::store::hash_key;

/// Bytes that are marked and then read, while they are near the processor.
const CHUNK_BYTES: usize = 16 * 1024;

/// How far beyond a slice's end marks are made: more than most records are long.
const AHEAD_BYTES: usize = 4096;

/// What became of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngestReport {
    /// Profiles that were not there before.
    pub n_added: usize,
    /// Profiles that were there with another record.
    pub n_replaced: usize,
    /// Profiles that were there with the same bytes.
    pub n_unchanged: usize,
    /// Elements of the list that are no records: where, why and their exact text.
    pub rejected: Vec<Rejected>,
}

/// A page that is being read. Made by [`Roster::begin`], driven by [`Ingest::step`].
#[derive(Debug)]
pub struct Ingest {
    source: (u8, &'static Schema),
    form: Form,
    list_key: Cow<'static, str>,
    id_key: &'static str,
    bytes: PageBytes,
    marks: Marks,
    at: usize,
    phase: Phase,
    n_elements: usize,
    report: IngestReport,
    notes: Notes,
    found: Vec<Found>,
    ticket: u64,
}

/// What comes next in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The envelope's brace, the list's bracket, or the first of records without either.
    Start,
    /// A key of the envelope; whether the list was read.
    Key(bool),
    /// An element of the list.
    Element,
    /// What follows a value of the envelope; whether the list was read.
    Next(bool),
    /// The end of the page.
    End,
    /// Nothing; the page was read.
    Done,
}

impl Phase {
    /// How many containers are open.
    const fn depth(self, form: Form) -> u32 {
        match (self, form) {
            (Self::Start | Self::End | Self::Done, _) | (Self::Element, Form::Records) => 0,
            (Self::Key(_) | Self::Next(_), _) | (Self::Element, Form::List) => 1,
            (Self::Element, Form::Page) => 2,
        }
    }
}

impl Ingest {
    pub(crate) fn new(provider: &str, bytes: PageBytes, ticket: u64) -> Result<Self, Error> {
        let unknown = || Error::new(ErrorKind::InvalidQuery, format!("unknown provider {provider:?}"));
        let source = schema::of(provider).ok_or_else(unknown)?;
        let info = roster_core::provider(provider).ok_or_else(unknown)?.info();
        if u32::try_from(bytes.len()).is_err() {
            let error = Error::unexpected(ErrorKind::Decode, "$", "a page below 4 GiB", "a larger one");
            return Err(error.with_provider(info.id));
        }
        let (report, notes) = (IngestReport::default(), Notes::default());
        // What is of no form that anybody knows is refused for not being a page.
        let found = form::look(&bytes, source.1).unwrap_or_default();
        let list_key = match found.form {
            Form::Page => found.list_key.map_or(info.list_key.into(), Cow::Owned),
            Form::List | Form::Records => "$".into(),
        };
        Ok(Self {
            source,
            form: found.form,
            list_key,
            id_key: info.id_key,
            marks: Marks::with_room(bytes.len()),
            bytes,
            at: found.start,
            phase: Phase::Start,
            n_elements: 0,
            report,
            notes,
            found: Vec::new(),
            ticket,
        })
    }

    /// How much of the page was read, in bytes, and how long it is.
    pub fn progress_bytes(&self) -> (usize, usize) {
        (self.at, self.bytes.len())
    }

    /// Reads on for about `budget_bytes`, at least one record. `None`: there is more to read.
    ///
    /// # Errors
    /// `Decode` if the page is no valid JSON of the provider's form; nothing of it was loaded then but what was shown
    /// before. Also if another
    /// page was begun in between, which ends this one.
    pub fn step(&mut self, roster: &mut Roster, budget_bytes: usize) -> Result<Option<IngestReport>, Error> {
        if !roster.is_current(self.ticket) {
            let found = "another page was begun, or this one has ended";
            return Err(Error::unexpected(ErrorKind::Decode, "$", "this page alone", found));
        }
        let bytes = self.bytes.clone();
        let until = self.at.saturating_add(budget_bytes.max(1));
        let mut marks = std::mem::take(&mut self.marks);
        let read = self.read(&bytes, &mut marks, roster, until);
        self.marks = marks;
        if let Err(fault) = read {
            roster.abandon();
            return Err(self.error(fault));
        }
        if self.phase != Phase::Done {
            return Ok(None);
        }
        roster.publish();
        Ok(Some(std::mem::take(&mut self.report)))
    }

    /// Lets what was read of the page so far be seen, and says what that is. It stays, whatever the rest turns out to be.
    /// Nothing if the page is at its end, or is no longer the one that is being read.
    pub fn show(&mut self, roster: &mut Roster) -> Option<IngestReport> {
        let is_open = roster.is_current(self.ticket) && self.phase != Phase::Done;
        is_open.then(|| {
            roster.publish_part();
            self.report.clone()
        })
    }

    fn read(&mut self, bytes: &[u8], marks: &mut Marks, roster: &mut Roster, until: usize) -> Result<(), Fault> {
        while self.phase != Phase::Done && self.at < until {
            let end = until.min(self.at.saturating_add(CHUNK_BYTES));
            marks.extend(bytes, end.saturating_add(AHEAD_BYTES))?;
            self.at = self.read_to(
                end,
                Scanner::new(bytes, self.at, self.phase.depth(self.form)).with(marks.all()),
                roster,
            )?;
        }
        Ok(())
    }

    fn read_to(&mut self, until: usize, mut scanner: Scanner<'_>, roster: &mut Roster) -> Result<usize, Fault> {
        while self.phase != Phase::Done && (scanner.at() < until || self.phase != Phase::Element) {
            scanner.space();
            self.phase = match self.phase {
                Phase::Start => start(&mut scanner, self.form)?,
                Phase::Key(has_list) => self.key(&mut scanner, has_list)?,
                Phase::Element => self.element(&mut scanner, roster)?,
                Phase::Next(has_list) => next(&mut scanner, has_list)?,
                Phase::End | Phase::Done => scanner.end().map(|()| Phase::Done)?,
            };
        }
        Ok(scanner.at())
    }

    fn key(&self, scanner: &mut Scanner<'_>, has_list: bool) -> Result<Phase, Fault> {
        let at = scanner.at();
        if !scanner.key()?.is(&self.list_key) {
            // The list of a page is known by its key; one under any other key is known by being the only one.
            if matches!(self.list_key, Cow::Owned(_)) && form::is_list_of_objects(*scanner) {
                return Err(scanner.fault("one list of profiles"));
            }
            return scanner.skip().map(|()| Phase::Next(has_list));
        }
        if has_list {
            return Err(Fault {
                at,
                expected: "the list only once",
            });
        }
        if scanner.peek() != b'[' {
            return Err(scanner.fault("an array"));
        }
        scanner.open()?;
        Ok(if scanner.first(b']') {
            Phase::Element
        } else {
            Phase::Next(true)
        })
    }

    fn element(&mut self, scanner: &mut Scanner<'_>, roster: &mut Roster) -> Result<Phase, Fault> {
        let start = scanner.at();
        match read(self.source.1.record, scanner, &mut self.found)? {
            Outcome::Record(id) => self.record(scanner, start, id, roster),
            Outcome::NoId { found_at } => {
                let found = found_at.map(|at| value_at(scanner.bytes(), at));
                let reason = format!(
                    "expected an id under {}, found {}",
                    self.id_key,
                    found.map_or("nothing".to_owned(), describe)
                );
                self.reject(scanner.since(start), reason);
            }
            Outcome::NoObject => {
                let raw = scanner.since(start);
                self.reject(raw, format!("expected an object, found {}", describe(raw)));
            }
        }
        self.n_elements += 1;
        let is_more = match self.form {
            Form::Page | Form::List => scanner.another(b']')?,
            Form::Records => {
                scanner.space();
                scanner.peek() == b'{'
            }
        };
        Ok(match self.form {
            _ if is_more => Phase::Element,
            Form::Page => Phase::Next(true),
            Form::List | Form::Records => Phase::End,
        })
    }

    #[inline(never)]
    fn record(&mut self, scanner: &Scanner<'_>, start: usize, id: Value, roster: &mut Roster) {
        let (record, text) = (scanner.since(start), id.text(scanner.bytes()));
        let hash = hash_key(self.source.0, &text);
        let before = roster.store.find_hashed(hash, (self.source.0, &text));
        if before.is_some_and(|before| roster.store.record(before) == Some(record)) {
            self.report.n_unchanged += 1;
            return;
        }
        feed(
            &self.found,
            scanner.bytes(),
            self.source,
            &mut self.notes,
            &mut roster.columns,
        );
        if let Some(before) = before
            && roster.columns.carry(before, self.source)
        {
            roster.keep_older(before, self.notes.has_parts);
        }
        self.report.n_replaced += usize::from(before.is_some());
        self.report.n_added += usize::from(before.is_none());
        roster.columns.end_row(self.source.0);
        // The page is below 4 GiB.
        let in_page = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span {
            start: in_page(start),
            len: in_page(record.len()),
            id_at: in_page(id.at()),
        };
        roster.stage(span, hash, before, (self.source.0, &self.bytes));
    }

    fn reject(&mut self, raw: &[u8], reason: String) {
        let path = format!("{}[{}]", self.list_key, self.n_elements);
        let raw = String::from_utf8_lossy(raw).into();
        self.report.rejected.push(Rejected { path, reason, raw });
    }

    fn error(&self, fault: Fault) -> Error {
        let found = match self.bytes.get(fault.at) {
            None => "the end of the page".to_owned(),
            Some(byte) if byte.is_ascii_graphic() => format!("{:?}", char::from(*byte)),
            Some(byte) => format!("byte 0x{byte:02x}"),
        };
        let place = format!("byte {}", fault.at);
        Error::unexpected(ErrorKind::Decode, place, fault.expected, found).with_provider(self.source.1.provider)
    }
}

fn start(scanner: &mut Scanner<'_>, form: Form) -> Result<Phase, Fault> {
    match form {
        Form::Page => {}
        Form::Records => return Ok(Phase::Element),
        Form::List => {
            scanner.open()?;
            return Ok(if scanner.first(b']') {
                Phase::Element
            } else {
                Phase::End
            });
        }
    }
    if scanner.peek() != b'{' {
        return Err(scanner.fault("an object"));
    }
    scanner.open()?;
    if scanner.first(b'}') {
        return Ok(Phase::Key(false));
    }
    Err(scanner.fault("the list of profiles"))
}

fn next(scanner: &mut Scanner<'_>, has_list: bool) -> Result<Phase, Fault> {
    if scanner.another(b'}')? {
        return Ok(Phase::Key(has_list));
    }
    if has_list {
        return Ok(Phase::End);
    }
    Err(scanner.fault("the list of profiles"))
}

fn value_at(bytes: &[u8], at: usize) -> &[u8] {
    let mut scanner = Scanner::new(bytes, at, 0);
    if scanner.skip().is_err() {
        return &[];
    }
    scanner.since(at)
}

/// What stands there, in words, without personal data, as core says it.
fn describe(raw: &[u8]) -> String {
    match raw.first() {
        Some(b'"') => "a string".to_owned(),
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "an array".to_owned(),
        Some(b'-' | b'0'..=b'9') => format!("number {}", String::from_utf8_lossy(raw)),
        Some(_) => String::from_utf8_lossy(raw).into_owned(),
        None => "nothing".to_owned(),
    }
}
