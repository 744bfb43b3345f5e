//! Reads one record along its table: validates every byte, and writes what the table names.

mod leaf;

use std::borrow::Cow;

use crate::catalog::Field;
use crate::scan::{Fault, Scanner};
use crate::schema::{Act, Member, Notes, Schema, Sink};

/// How many of the members that may come next are compared before the key is read and looked up: some are optional.
const N_GUESSES: usize = 3;

/// What became of one element of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome<'a> {
    /// A record; its id's text starts at this offset.
    Record {
        /// In bytes, in the page.
        id_at: usize,
        /// What it says.
        id: Cow<'a, [u8]>,
    },
    /// An object whose id is missing or of another form; the form found starts at this offset.
    NoId {
        /// In bytes, in the page.
        found_at: Option<usize>,
    },
    /// A key came twice, so that what was written may be wrong. Forget it, and read again with [`Reader::careful`].
    Repeats,
    /// Something else than an object.
    NoObject,
}

/// A member with its place in the table.
type Known = (usize, &'static Member);

/// Takes the next key, if it is one of those that may come next.
#[inline]
fn guess(scanner: &mut Scanner<'_>, members: &'static [Member], next: usize) -> Option<Known> {
    let mut likely = members.iter().enumerate().skip(next).take(N_GUESSES);
    let found = likely.find(|(_, member)| member.needle.take(scanner));
    if found.is_some() {
        scanner.space();
    }
    found
}

/// Reads records of one provider from one page.
pub(crate) struct Reader<'a, 'n, S> {
    scanner: Scanner<'a>,
    schema: &'static Schema,
    provider: u8,
    sink: &'n mut S,
    notes: &'n mut Notes,
    id: Option<(usize, Cow<'a, [u8]>)>,
    odd_id_at: Option<usize>,
    is_careful: bool,
    has_repeats: bool,
}

impl<'a, 'n, S: Sink> Reader<'a, 'n, S> {
    /// Starts where the scanner stands.
    pub(crate) fn new(
        (provider, schema): (u8, &'static Schema),
        scanner: Scanner<'a>,
        notes: &'n mut Notes,
        sink: &'n mut S,
    ) -> Self {
        notes.clear();
        let (id, odd_id_at, is_careful, has_repeats) = (None, None, false, false);
        Self {
            scanner,
            schema,
            provider,
            sink,
            notes,
            id,
            odd_id_at,
            is_careful,
            has_repeats,
        }
    }

    /// The same, but of a key that comes twice only the last value counts, as in `JSON.parse`. Slower.
    pub(crate) fn careful(self) -> Self {
        Self {
            is_careful: true,
            ..self
        }
    }

    /// Reads one element of the list. On a fault, what was written is to be forgotten.
    pub(crate) fn read(mut self) -> Result<(Outcome<'a>, Scanner<'a>), Fault> {
        if self.scanner.peek() != b'{' {
            self.scanner.skip()?;
            return Ok((Outcome::NoObject, self.scanner));
        }
        self.object(self.schema.record)?;
        if self.has_repeats {
            return Ok((Outcome::Repeats, self.scanner));
        }
        let Some((id_at, id)) = self.id else {
            return Ok((
                Outcome::NoId {
                    found_at: self.odd_id_at,
                },
                self.scanner,
            ));
        };
        (self.schema.finish)(self.notes, self.sink);
        Ok((Outcome::Record { id_at, id }, self.scanner))
    }

    fn object(&mut self, members: &'static [Member]) -> Result<(), Fault> {
        if self.is_careful {
            return self.last_of_each(members);
        }
        self.scanner.open()?;
        if !self.scanner.first(b'}') {
            return Ok(());
        }
        // A copy that stays in registers; the reader's own is brought up to it before whatever is not inlined.
        let mut scanner = self.scanner;
        let (mut next, mut seen) = (0, 0_u64);
        loop {
            let mut known = guess(&mut scanner, members, next);
            if known.is_none() {
                self.scanner = scanner;
                known = self.other_key(members)?;
                scanner = self.scanner;
            }
            let start = scanner;
            let simple = scanner.simple();
            if let Some((index, member)) = known {
                self.has_repeats |= seen >> index & 1 == 1;
                seen |= 1 << index;
                next = index + 1;
                if !simple.is_some_and(|simple| self.simple(&member.act, start.at(), simple)) {
                    self.scanner = start;
                    self.value(&member.act)?;
                    scanner = self.scanner;
                }
            } else if simple.is_none() {
                self.scanner = start;
                self.scanner.skip()?;
                scanner = self.scanner;
            }
            if !scanner.comma() {
                self.scanner = scanner;
                if !self.scanner.another(b'}')? {
                    return Ok(());
                }
                scanner = self.scanner;
            }
        }
    }

    /// Takes a key in full, and says which member it is.
    #[cold]
    fn other_key(&mut self, members: &'static [Member]) -> Result<Option<Known>, Fault> {
        let key = self.scanner.key()?;
        Ok(members.iter().enumerate().find(|(_, member)| key.is(member.key)))
    }

    fn last_of_each(&mut self, members: &'static [Member]) -> Result<(), Fault> {
        self.scanner.open()?;
        let inside = self.scanner;
        let mut last: Vec<(usize, &'static Act)> = Vec::new();
        let mut places = vec![None; members.len()];
        let mut is_more = self.scanner.first(b'}');
        while is_more {
            if let Some((index, member)) = self.other_key(members)?
                && let Some(place) = places.get_mut(index)
            {
                *place = Some((self.scanner.at(), &member.act));
            }
            self.scanner.skip()?;
            is_more = self.scanner.another(b'}')?;
        }
        last.extend(places.into_iter().flatten());
        let end = self.scanner;
        for (at, act) in last {
            self.scanner = inside;
            self.scanner.seek(at);
            self.value(act)?;
        }
        self.scanner = end;
        Ok(())
    }

    fn value(&mut self, act: &'static Act) -> Result<(), Fault> {
        match (act, self.scanner.peek()) {
            (Act::Object(members), b'{') => self.object(members),
            (Act::List(inner), b'[') => self.list(inner),
            (Act::List(inner), _) => self.value(inner),
            (Act::Map(inner), b'{') => self.map(inner),
            (Act::Part(part, inner), _) => {
                self.notes.has_parts = true;
                self.sink.part(self.provider, *part);
                self.value(inner)
            }
            (Act::Both(one, other), _) => {
                let start = self.scanner;
                self.value(one)?;
                self.scanner = start;
                self.value(other)
            }
            (Act::Id, _) => self.id(),
            (Act::Filled(..) | Act::Mark(_), _) => self.filled(act),
            (_, b'"') => {
                let text = self.scanner.string()?;
                self.string(act, text);
                Ok(())
            }
            (_, b'-' | b'0'..=b'9') => {
                let number = self.scanner.number()?;
                self.number(act, number);
                Ok(())
            }
            (Act::Flag(_) | Act::Note(_), b't' | b'f') => {
                let is_yes = self.scanner.peek() == b't';
                self.scanner.literal()?;
                self.flag(act, is_yes);
                Ok(())
            }
            _ => self.scanner.skip(),
        }
    }

    fn list(&mut self, inner: &'static Act) -> Result<(), Fault> {
        self.scanner.open()?;
        if !self.scanner.first(b']') {
            return Ok(());
        }
        let mut scanner = self.scanner;
        loop {
            let start = scanner;
            if !scanner
                .simple()
                .is_some_and(|simple| self.simple(inner, start.at(), simple))
            {
                self.scanner = start;
                self.value(inner)?;
                scanner = self.scanner;
            }
            if !scanner.comma() {
                self.scanner = scanner;
                if !self.scanner.another(b']')? {
                    return Ok(());
                }
                scanner = self.scanner;
            }
        }
    }

    fn map(&mut self, inner: &'static Act) -> Result<(), Fault> {
        self.scanner.open()?;
        let mut is_more = self.scanner.first(b'}');
        while is_more {
            self.scanner.key()?;
            self.value(inner)?;
            is_more = self.scanner.another(b'}')?;
        }
        Ok(())
    }

    /// A string or a number, and not empty.
    fn id(&mut self) -> Result<(), Fault> {
        let start = self.scanner;
        let text = match start.peek() {
            b'"' => self.scanner.string()?.bytes(),
            b'-' | b'0'..=b'9' => Cow::Borrowed(self.scanner.number()?),
            _ => {
                self.odd_id_at = Some(start.at());
                return self.scanner.skip();
            }
        };
        if text.is_empty() {
            self.odd_id_at = Some(start.at());
            return Ok(());
        }
        self.sink.text(Field::Ref, &text);
        self.id = Some((start.at(), text));
        Ok(())
    }

    /// Neither null nor an empty text, list or object.
    fn filled(&mut self, act: &Act) -> Result<(), Fault> {
        let start = self.scanner.at();
        self.scanner.skip()?;
        let text = self.scanner.since(start);
        let is_empty = match text {
            b"null" => true,
            [b'[' | b'{' | b'"', inside @ .., _] => inside.iter().all(u8::is_ascii_whitespace),
            _ => false,
        };
        match act {
            Act::Filled(field, word) if !is_empty => self.sink.word(*field, word.as_bytes()),
            Act::Mark(note) if !is_empty => self.notes.push(*note, 1.0),
            _ => {}
        }
        Ok(())
    }
}
