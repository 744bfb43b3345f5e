//! Reads one record along its table: validates every byte, and notes where the values stand that the table names.
//!
//! The rule: nothing is written while a record is read. Only when it has turned out to be one, `feed` writes it.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

mod feed;

pub(crate) use feed::feed;

use crate::scan::{Fault, Form, Scanner, Value};
use crate::schema::{Act, Member};

/// How many of the members that may come next are compared before the key is read and looked up: some are optional.
const N_GUESSES: usize = 3;

/// What became of one element of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A record, and its id.
    Record(Value),
    /// An object whose id is missing or of another form; the form found starts at this offset.
    NoId {
        /// In bytes, in the page.
        found_at: Option<usize>,
    },
    /// Something else than an object.
    NoObject,
}

/// A value of a record, and what it feeds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    act: &'static Act,
    value: Value,
}

/// A member with its place in the table.
type Known = (usize, &'static Member);

/// Reads one element of the list. `found` is what was found in the one before, or empty.
pub(crate) fn read(
    members: &'static [Member],
    scanner: &mut Scanner<'_>,
    found: &mut Vec<Found>,
) -> Result<Outcome, Fault> {
    found.clear();
    if scanner.peek() != b'{' {
        scanner.skip()?;
        return Ok(Outcome::NoObject);
    }
    let start = *scanner;
    let mut reader = Reader::new(start, found);
    reader.object(members)?;
    if reader.has_repeats {
        reader.found.clear();
        reader = Reader::new(start, reader.found);
        reader.is_careful = true;
        reader.object(members)?;
    }
    *scanner = reader.scanner;
    let found_at = reader.odd_id_at;
    Ok(reader.id.map_or(Outcome::NoId { found_at }, Outcome::Record))
}

struct Reader<'a, 'f> {
    scanner: Scanner<'a>,
    found: &'f mut Vec<Found>,
    id: Option<Value>,
    odd_id_at: Option<usize>,
    /// Of a key that comes twice only the last value counts, as in `JSON.parse`. Slower.
    is_careful: bool,
    /// A key came twice, so that what was found may be wrong.
    has_repeats: bool,
}

impl<'a, 'f> Reader<'a, 'f> {
    fn new(scanner: Scanner<'a>, found: &'f mut Vec<Found>) -> Self {
        Self {
            scanner,
            found,
            id: None,
            odd_id_at: None,
            is_careful: false,
            has_repeats: false,
        }
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
            let act = match known {
                Some((index, member)) => {
                    self.has_repeats |= seen >> index & 1 == 1;
                    seen |= 1 << index;
                    next = index + 1;
                    &member.act
                }
                None => &Act::Nothing,
            };
            if !(act.is_leaf() && self.leaf(&mut scanner, act)) {
                self.scanner = scanner;
                self.value(act)?;
                scanner = self.scanner;
            }
            if !scanner.comma_before_key() {
                self.scanner = scanner;
                if !self.scanner.another(b'}')? {
                    return Ok(());
                }
                scanner = self.scanner;
            }
        }
    }

    /// Takes a simple value of a member that feeds something by itself. `false`: it is not that, nothing was taken.
    #[inline(always)]
    fn leaf(&mut self, scanner: &mut Scanner<'_>, act: &'static Act) -> bool {
        let Some(value) = scanner.simple() else { return false };
        match act {
            Act::Id => self.identify(value),
            _ if value.form == Form::Null => {}
            Act::Both(one, other) => self.found.extend([one, other].map(|act| Found { act, value })),
            _ => self.found.push(Found { act, value }),
        }
        true
    }

    /// Takes a key in full, and says which member it is.
    #[cold]
    fn other_key(&mut self, members: &'static [Member]) -> Result<Option<Known>, Fault> {
        let key = self.scanner.key()?;
        Ok(members.iter().enumerate().find(|(_, member)| key.is(member.key)))
    }

    #[cold]
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
        self.scanner.space();
        match (act, self.scanner.peek()) {
            (Act::Object(members), b'{') => self.object(members),
            (Act::List(inner), b'[') => self.list(inner),
            (Act::List(inner), _) => self.value(inner),
            (Act::Map(inner), b'{') => self.map(inner),
            (Act::Part(_, inner), _) => {
                self.push(act, Value::new(Form::Present, 0, 0));
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
            (Act::Nothing, _) => self.scanner.skip(),
            _ => {
                let value = self.scanner.scalar()?;
                self.push(act, value);
                Ok(())
            }
        }
    }

    fn push(&mut self, act: &'static Act, value: Value) {
        self.found.push(Found { act, value });
    }

    #[inline(never)]
    fn list(&mut self, inner: &'static Act) -> Result<(), Fault> {
        self.scanner.open()?;
        if !self.scanner.first(b']') {
            return Ok(());
        }
        let mut scanner = self.scanner;
        let is_leaf = inner.is_leaf();
        loop {
            if !(is_leaf && self.leaf(&mut scanner, inner)) {
                self.scanner = scanner;
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

    #[inline(never)]
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
        let value = self.scanner.scalar()?;
        self.identify(value);
        Ok(())
    }

    #[inline]
    fn identify(&mut self, value: Value) {
        let is_id = matches!(value.form, Form::Text | Form::Escaped | Form::Number) && !value.is_empty();
        if is_id {
            self.push(&Act::Id, value);
            self.id = Some(value);
        } else {
            self.odd_id_at = Some(value.at());
        }
    }

    /// Neither null nor an empty text, list or object.
    #[inline(never)]
    fn filled(&mut self, act: &'static Act) -> Result<(), Fault> {
        let start = self.scanner.at();
        self.scanner.skip()?;
        let is_empty = match self.scanner.since(start) {
            b"null" => true,
            [b'[' | b'{' | b'"', inside @ .., _] => inside.iter().all(u8::is_ascii_whitespace),
            _ => false,
        };
        if !is_empty {
            self.push(act, Value::new(Form::Present, 0, 0));
        }
        Ok(())
    }
}

/// Takes the next key, if it is one of those that may come next.
#[inline(always)]
fn guess(scanner: &mut Scanner<'_>, members: &'static [Member], next: usize) -> Option<Known> {
    let ahead = scanner.ahead()?;
    let likely = members.get(next..)?.iter().take(N_GUESSES);
    let (index, member) = (next..).zip(likely).find(|(_, member)| member.needle.is_in(ahead))?;
    scanner.advance(member.needle.n_bytes());
    Some((index, member))
}
