//! Which rows pass a test.

use std::sync::Arc;

use roster_core::UnixMs;

use super::Facts;
use crate::catalog::{Field, Kind};
use crate::column::{Bits, Column, Numbers};
use crate::query::{Filter, Match, Nothing, Range, Term, Test, canonical};
use crate::schema;
use crate::search::{Haystack, Needle, search};
use roster_language::fold;

/// Blocks of 64 rows that one query adds to a column's bitmaps: a millisecond or two of work. Rows beyond are searched
/// without bitmaps until a later query, or [`Roster::prepare`](crate::Roster::prepare), adds theirs.
const MAX_NEW_BLOCKS: usize = 128;

impl Facts<'_> {
    /// The live rows that pass all terms except those that `is_left_out` names.
    pub(crate) fn passing(&self, filter: &Filter, is_left_out: impl Fn(&Term) -> bool) -> Bits {
        let mut rows = self.live().clone();
        for term in filter.terms.iter().filter(|term| !is_left_out(term)) {
            let passing = self.test(&term.test);
            if term.is_negated {
                rows.and_not(&passing);
            } else {
                rows.and(&passing);
            }
        }
        rows
    }

    /// The rows that pass a test, dead ones among them.
    pub(super) fn test(&self, test: &Test) -> Arc<Bits> {
        let now = depends_on_now(test).then_some(self.now);
        if let Some(known) = self.cache.borrow().test(test, now) {
            return known;
        }
        let mut rows = match test {
            Test::Anywhere(needle) => self.anywhere(&fold(needle)),
            Test::Field(field, matches) => self.any_match(*field, matches),
            Test::Has(fields) => any(fields, |field| self.present(field).as_ref().clone()),
            Test::No(fields) => any(fields, |field| self.nothing(field, Nothing::NotSet).as_ref().clone()),
        };
        rows.truncate(self.n_rows());
        let rows = Arc::new(rows);
        // What costs nothing pushes out nothing: a list in groups asks for many ids in turn.
        if !self.is_lookup(test) {
            self.cache.borrow_mut().keep_test(test, now, &rows);
        }
        rows
    }

    /// Whether a test only looks up ids.
    fn is_lookup(&self, test: &Test) -> bool {
        let is_id = |one: &Match| matches!(one, Match::Is(_));
        matches!(test, Test::Field(field, matches) if matches.iter().all(is_id) && self.knows_ids(*field))
    }

    fn anywhere(&self, needle: &str) -> Bits {
        if needle.is_empty() {
            return Bits::first(self.n_rows());
        }
        let wider = self.cache.borrow().wider(needle);
        let mut open = wider.map_or_else(|| Bits::first(self.n_rows()), |wider| wider.as_ref().clone());
        let needle = Needle::new(needle);
        let mut found = Bits::none(self.n_rows());
        for (place, texts) in self.haystacks() {
            let here = self.search((place, texts), &needle, &open);
            open.and_not(&here);
            found.or(&here);
        }
        found
    }

    /// Adds bitmaps for at most so many blocks of 64 rows, also of what is held back. Says whether every column has all of its own.
    pub(crate) fn prepare(&self, max_blocks: usize) -> bool {
        let mut cache = self.cache.borrow_mut();
        self.haystacks().all(|(place, texts)| {
            let slices = cache.slices(place);
            slices.is_none_or(|slices| slices.catch_up(texts, self.roster.n_rows(), max_blocks))
        })
    }

    /// Of the rows `among`, those whose text has the needle.
    fn search(&self, (place, texts): (usize, Haystack<'_>), needle: &Needle, among: &Bits) -> Bits {
        let mut cache = self.cache.borrow_mut();
        let Some(slices) = cache.slices(place) else {
            return Bits::default();
        };
        // Rows of a page that is still being read may be given up again.
        slices.catch_up(texts, self.n_rows(), MAX_NEW_BLOCKS);
        search(texts, slices, needle, among)
    }

    /// Every column that a lone word is looked for in, with its place among all.
    fn haystacks(&self) -> impl Iterator<Item = (usize, Haystack<'_>)> {
        let fields = Field::ALL.iter().enumerate();
        let texts = fields.filter_map(|(place, field)| Some((place, self.haystack(*field)?)));
        let extra = Some(&self.columns().extra).filter(|extra| !extra.is_empty());
        texts.chain(extra.map(|extra| (Field::ALL.len(), extra.haystack())))
    }

    /// The texts of a field; `None` if it has none.
    pub(super) fn haystack(&self, field: Field) -> Option<Haystack<'_>> {
        if field == Field::Ref {
            return Some(Haystack::Ids(&self.roster.store));
        }
        let texts = self.columns().texts(field)?;
        (!texts.is_empty()).then(|| texts.haystack())
    }

    fn any_match(&self, field: Field, matches: &[Match]) -> Bits {
        any(matches, |one| self.one_match(field, &one))
    }

    fn one_match(&self, field: Field, one: &Match) -> Bits {
        if let Match::Nothing(why) = one {
            return self.nothing(field, *why).as_ref().clone();
        }
        if let Some(words) = self.derived(field) {
            let is_wanted = |(word, _): &&(&str, Bits)| is_word(field, word, one);
            return any(&words.iter().filter(is_wanted).collect::<Vec<_>>(), |(_, rows)| {
                rows.clone()
            });
        }
        match (self.columns().of(field), one) {
            (Some(Column::Text(_)), Match::Contains(part)) => self.contains(field, &fold(part)),
            (Some(Column::Text(_)), Match::Is(exact)) => self.is_exactly(field, exact),
            (Some(Column::Word(words)), Match::Is(_) | Match::Contains(_)) => {
                let wanted: Vec<bool> = words
                    .dictionary()
                    .texts()
                    .map(|word| is_word(field, word, one))
                    .collect();
                words.rows_with(&wanted)
            }
            (Some(Column::Tags(tags)), Match::Is(_) | Match::Contains(_)) => {
                let mut rows = Bits::default();
                let numbered = (0_u32..).zip(tags.dictionary().texts());
                let wanted = numbered.filter(|(_, word)| is_word(field, word, one));
                wanted.for_each(|(number, _)| tags.or_into(number, &mut rows));
                rows
            }
            (Some(Column::Flag(flags)), Match::Flag(is_yes)) => flags.rows(*is_yes).clone(),
            (Some(Column::Number(numbers)), Match::Number(range)) if !field.kind().is_instant() => {
                numbers.matching(|number| range.holds(number))
            }
            (Some(Column::Number(numbers)), Match::Instant(range)) if field.kind().is_instant() => {
                let is_future = field.kind() == Kind::Future;
                instants(numbers, range.resolve(self.now, is_future))
            }
            _ => Bits::default(),
        }
    }

    fn contains(&self, field: Field, folded: &str) -> Bits {
        let present = self.present(field);
        match self.haystack(field) {
            Some(texts) if !folded.is_empty() => self.search((field as usize, texts), &Needle::new(folded), &present),
            _ => present.as_ref().clone(),
        }
    }

    /// Byte for byte: the folded text says which rows may have it, the record says which have it.
    fn is_exactly(&self, field: Field, exact: &str) -> Bits {
        // While something is held back, the newest row of an id may not be seen.
        if field == Field::Ref && !self.roster.is_behind() {
            let of_provider = |provider: u8| self.roster.store.find(provider, exact);
            let mut rows = Bits::default();
            (0_u8..)
                .take(schema::ALL.len())
                .filter_map(of_provider)
                .for_each(|row| rows.set(row));
            return rows;
        }
        if let Some(rows) = self.rows_of_id(field, exact) {
            return rows;
        }
        let mut rows = self.contains(field, &fold(exact));
        let has_it = |row: usize| match field {
            Field::Ref => self.roster.store.id(row).as_deref() == Some(exact),
            _ => self.roster.texts_of(row, field).iter().any(|text| text == exact),
        };
        let others: Vec<usize> = rows.rows().filter(|row| !has_it(*row)).collect();
        for row in others {
            rows.unset(row);
        }
        rows
    }
}

/// The rows of any of several.
fn any<T: Clone>(several: &[T], rows: impl Fn(T) -> Bits) -> Bits {
    let mut out = Bits::default();
    for one in several {
        out.or(&rows(one.clone()));
    }
    out
}

fn is_word(field: Field, word: &str, one: &Match) -> bool {
    match one {
        Match::Is(wanted) => canonical(field, word) == canonical(field, wanted),
        Match::Contains(part) => fold(word).contains(&fold(part)),
        _ => false,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact for 285,000 years; the open ends are beyond that"
)]
fn instants(numbers: &Numbers, range: std::ops::Range<i64>) -> Bits {
    let (start, end) = (range.start as f64, range.end as f64);
    let is_open = range.end == i64::MAX;
    numbers.matching(|instant| instant >= start && (is_open || instant < end))
}

fn depends_on_now(test: &Test) -> bool {
    let is_relative = |one: &Match| matches!(one, Match::Instant(range) if has_relative(*range));
    match test {
        Test::Field(field, matches) => *field == Field::Health || matches.iter().any(is_relative),
        Test::Anywhere(_) | Test::Has(_) | Test::No(_) => false,
    }
}

fn has_relative(range: Range<crate::query::When>) -> bool {
    let (early, late) = (UnixMs(0), UnixMs(1));
    [true, false]
        .into_iter()
        .any(|is_future| range.resolve(early, is_future) != range.resolve(late, is_future))
}
