//! Which rows hold which id, where ids are many: those of persons, of whom each has a few profiles.

use std::cmp::Ordering;
use std::sync::Arc;

use hashbrown::HashTable;

use crate::catalog::{Field, Kind};
use crate::column::{Bits, Texts};
use crate::eval::Facts;
use crate::hash::hash;
use crate::roster::Roster;
use crate::view::Ask;

/// No row, and no id.
const NONE: u32 = u32::MAX;

/// A column of fewer rows is searched as fast as this is made.
const MIN_ROWS: usize = 1024;

/// The rows of each id of a column, dead ones among them.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Whether the column tells them: texts stand in it as they were sent, one a row. If not, nothing else is here.
    is_told: bool,
    /// By row, the number of its id.
    numbers: Vec<u32>,
    /// By row, the row before it that has the same id.
    before: Vec<u32>,
    /// By number, the last row that has the id.
    last: Vec<u32>,
    /// The numbers by id.
    table: HashTable<u32>,
}

impl Ids {
    fn of(texts: &Texts, n_rows: usize) -> Self {
        if !texts.is_as_sent() {
            return Self::default();
        }
        let (mut numbers, mut before, mut last) = (vec![NONE; n_rows], vec![NONE; n_rows], Vec::new());
        let mut table = HashTable::new();
        let slots = numbers.iter_mut().zip(&mut before).zip(0_u32..);
        for ((number, before), row) in slots {
            let Some(id) = texts.get(row as usize) else { continue };
            if Texts::may_be_several(id) {
                return Self::default();
            }
            *number = find(&table, &last, texts, id).unwrap_or_else(|| {
                let new = u32::try_from(last.len()).unwrap_or(NONE);
                table.insert_unique(hash(0, id), new, |number| hash(0, text(&last, texts, *number)));
                last.push(row);
                new
            });
            if let Some(last) = last.get_mut(*number as usize).filter(|last| **last != row) {
                *before = std::mem::replace(last, row);
            }
        }
        Self {
            is_told: true,
            numbers,
            before,
            last,
            table,
        }
    }

    /// The rows of the id with a number, the last one first.
    fn rows(&self, number: u32) -> impl Iterator<Item = usize> + '_ {
        let first = self.last.get(number as usize).copied();
        let rows = std::iter::successors(first, |row| self.before.get(*row as usize).copied());
        rows.take_while(|row| *row != NONE).map(|row| row as usize)
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let numbers = self.numbers.capacity() + self.before.capacity() + self.last.capacity();
        numbers * size_of::<u32>() + self.table.allocation_size()
    }
}

fn find(table: &HashTable<u32>, last: &[u32], texts: &Texts, id: &[u8]) -> Option<u32> {
    let found = table.find(hash(0, id), |number| text(last, texts, *number) == id);
    found.copied()
}

/// The id with a number.
fn text<'a>(last: &[u32], texts: &'a Texts, number: u32) -> &'a [u8] {
    let row = last.get(number as usize);
    row.and_then(|row| texts.get(*row as usize)).unwrap_or_default()
}

/// The profiles that share an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// The id.
    pub id: String,
    /// How many profiles.
    pub n_rows: usize,
    /// The first of them in the order.
    pub row: u32,
}

impl Facts<'_> {
    /// The rows of each id of a field; `None` if it takes the records to tell them apart, or if it is not worth it.
    fn ids(&self, field: Field) -> Option<(Arc<Ids>, &Texts)> {
        let texts = self.columns().texts(field).filter(|_| field.kind() == Kind::Id)?;
        if self.n_rows() < MIN_ROWS {
            return None;
        }
        let known = self.cache.borrow().ids(field);
        let ids = known.unwrap_or_else(|| {
            let ids = Arc::new(Ids::of(texts, self.n_rows()));
            self.cache.borrow_mut().keep_ids(field, &ids);
            ids
        });
        ids.is_told.then_some((ids, texts))
    }

    /// Whether the rows of an id are known without a search.
    pub(super) fn knows_ids(&self, field: Field) -> bool {
        self.ids(field).is_some()
    }

    /// The rows with exactly this id, where that is known without a search.
    pub(super) fn rows_of_id(&self, field: Field, id: &str) -> Option<Bits> {
        let (ids, texts) = self.ids(field)?;
        let mut rows = Bits::default();
        if let Some(number) = find(&ids.table, &ids.last, texts, id.as_bytes()) {
            ids.rows(number).for_each(|row| rows.set(row));
        }
        Some(rows)
    }

    fn sharing(&self, field: Field, ask: &Ask) -> Option<(Vec<Sharing>, usize)> {
        let (ids, texts) = self.ids(field)?;
        let passing = self.passing(&ask.filter, |_| false);
        let mut counts = vec![0_usize; ids.last.len()];
        for row in passing.rows() {
            let number = ids.numbers.get(row).map_or(usize::MAX, |number| *number as usize);
            let _ = counts.get_mut(number).map(|count| *count += 1);
        }
        let id = |number: u32| text(&ids.last, texts, number);
        let largest = largest(&counts, ask.limit, |a, b| id(a).cmp(id(b)));
        let order = self.order(&ask.sort);
        let rank = |row: &usize| order.as_ref().and_then(|order| order.ranks.get(*row).copied());
        let sharing = |(number, n_rows): (u32, usize)| {
            let rows = ids.rows(number).filter(|row| passing.has(*row));
            Some(Sharing {
                id: String::from_utf8_lossy(id(number)).into_owned(),
                n_rows,
                row: self.roster.number(rows.min_by_key(|row| (rank(row), *row))?),
            })
        };
        let n_all = counts.iter().filter(|count| **count > 0).count();
        Some((largest.into_iter().filter_map(sharing).collect(), n_all))
    }
}

/// The largest counts with their numbers, equal ones as they compare; most are passed over with one look.
fn largest(counts: &[usize], limit: usize, compare: impl Fn(u32, u32) -> Ordering) -> Vec<(u32, usize)> {
    let mut found: Vec<(u32, usize)> = Vec::new();
    for (number, count) in (0_u32..).zip(counts).filter(|(_, count)| **count > 0) {
        let stands_before =
            |(other, n): &(u32, usize)| n.cmp(count).reverse().then_with(|| compare(*other, number)).is_lt();
        if found.len() < limit || found.last().is_some_and(|last| !stands_before(last)) {
            found.insert(found.partition_point(stands_before), (number, *count));
            found.truncate(limit);
        }
    }
    found
}

impl Roster {
    /// The ids of a field that most profiles share among those that pass, the most frequent first, equal ones by their
    /// text; at most `limit` of them, and how many there are. A few milliseconds for a hundred thousand profiles after
    /// each change, less than one for each question then. `None` where only the records tell the ids: for few
    /// profiles, for ids that are not in lower case, and for fields that are no ids.
    pub fn sharing(&self, field: Field, ask: &Ask) -> Option<(Vec<Sharing>, usize)> {
        Facts::new(self, ask.now).sharing(field, ask)
    }
}
