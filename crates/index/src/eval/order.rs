//! In which order all rows stand.

use std::sync::Arc;

use roster_core::UnixMs;

use crate::catalog::Field;
use crate::column::{Bits, Column, Texts, WORD_BITS};
use crate::eval::Facts;
use crate::eval::sorter::Sorter;
use crate::query::{By, Sort, SortKey};
use crate::search::Spare;
use roster_language::fold;

/// Length of most ids, in bytes.
const ID_BYTES: usize = 42;

/// The rank of a row that is not in the order.
const NOWHERE: u32 = u32::MAX;

/// All live rows in order.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// The rows in order.
    pub(crate) rows: Vec<u32>,
    /// Every row's place in the order.
    pub(crate) ranks: Vec<u32>,
    /// The rows with a value of the first key.
    pub(crate) valued: Bits,
}

impl Order {
    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        (self.rows.capacity() + self.ranks.capacity()) * size_of::<u32>() + self.valued.memory_bytes()
    }
}

/// How far something is that is done in pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps that were done.
    pub n_done: usize,
    /// Steps that there are, about; all of them are done when the work is.
    pub n_all: usize,
}

impl Progress {
    /// Nothing remains to be done.
    pub(crate) const DONE: Self = Self { n_done: 1, n_all: 1 };

    /// Whether nothing remains to be done.
    pub const fn is_done(self) -> bool {
        self.n_done == self.n_all
    }
}

/// An order that is being made, one key after the other, the last key first: each is a stable sort of what came of the
/// one before.
#[derive(Debug)]
pub(crate) struct Building {
    sort: Sort,
    now: Option<UnixMs>,
    /// The keys to come; the next one stands last. `None` is loading order.
    keys: Vec<Option<SortKey>>,
    key: Option<SortKey>,
    values: Values,
    /// Words of the live rows' bitmap that were taken in.
    n_words: usize,
    rows: Vec<u32>,
    /// How many of the rows were given to the sorter, or set apart.
    n_pushed: usize,
    sorter: Sorter,
    blanks: Vec<u32>,
    order: Order,
    progress: Progress,
}

/// Values by which rows are ordered, where the column alone does not say them.
#[derive(Debug, Default)]
enum Values {
    /// The column says them.
    #[default]
    Stored,
    /// By number of the word, its folded text.
    Words(Vec<String>),
    /// By row; 0 is none.
    Rows(Vec<u64>),
    /// Where the row stands in loading order.
    Loading,
}

impl Building {
    fn new(facts: &Facts<'_>, sort: &Sort, now: Option<UnixMs>) -> Self {
        let mut keys = Vec::new();
        for key in sort.keys() {
            keys.push(Some(*key));
            // Equally urgent ones stand by name.
            let by_name = SortKey {
                by: By::Field(Field::Title),
                is_descending: false,
            };
            keys.extend((key.by == By::Urgency).then_some(Some(by_name)));
        }
        keys.extend((!facts.roster.profiles.is_empty()).then_some(None));
        let n_rows = facts.seen.n_live;
        let n_turns = 1 + keys.len() * (2 + Sorter::n_merges(n_rows));
        let mut building = Self {
            sort: sort.clone(),
            now,
            keys,
            key: None,
            values: Values::Stored,
            n_words: 0,
            rows: Vec::with_capacity(n_rows),
            n_pushed: 0,
            sorter: Sorter::default(),
            blanks: Vec::new(),
            order: Order::default(),
            progress: Progress {
                n_done: 0,
                n_all: n_rows * n_turns + 1,
            },
        };
        building.order.ranks.reserve_exact(facts.n_rows());
        building.next_key(facts);
        building
    }

    fn next_key(&mut self, facts: &Facts<'_>) {
        let key = self.keys.pop().flatten();
        self.values = key.map_or(Values::Loading, |key| facts.values(key.by));
        let n_bytes = key.map_or(0, |key| facts.n_text_bytes(key.by));
        // The one before goes first: both need much room.
        self.sorter = Sorter::default();
        self.sorter = Sorter::new(key.is_some_and(|key| key.is_descending), facts.seen.n_live, n_bytes);
        (self.key, self.n_pushed) = (key, 0);
        self.blanks.clear();
        self.order.rows = Vec::with_capacity(facts.seen.n_live);
        self.order.valued = Bits::none(facts.n_rows());
    }

    /// Whether this is what will be the order.
    pub(crate) fn is_for(&self, sort: &Sort, now: Option<UnixMs>) -> bool {
        self.sort == *sort && self.now == now
    }

    /// Works on for about so many rows. Says whether the order is made.
    fn step(&mut self, facts: &Facts<'_>, mut budget: usize) -> bool {
        let before = budget;
        let mut is_made = false;
        while !is_made
            && self.collect(facts, &mut budget)
            && self.push(facts, &mut budget)
            && self.sorter.step(&mut budget)
            && self.take(&mut budget)
        {
            is_made = self.keys.is_empty();
            if !is_made {
                self.rows = std::mem::take(&mut self.order.rows);
                self.next_key(facts);
            }
        }
        let n_done = self.progress.n_done.saturating_add(before - budget);
        self.progress.n_done = n_done.min(self.progress.n_all.saturating_sub(1));
        is_made
    }

    /// Takes in the live rows.
    fn collect(&mut self, facts: &Facts<'_>, budget: &mut usize) -> bool {
        let live = facts.live();
        let until = live
            .words()
            .len()
            .min(self.n_words.saturating_add(*budget / WORD_BITS + 1));
        let rows = live
            .rows_from(self.n_words * WORD_BITS)
            .take_while(|row| *row < until * WORD_BITS);
        let before = self.rows.len();
        self.rows.extend(rows.filter_map(|row| u32::try_from(row).ok()));
        self.order.ranks.resize(facts.n_rows().min(until * WORD_BITS), NOWHERE);
        self.n_words = until;
        *budget = budget.saturating_sub(self.rows.len() - before);
        until == live.words().len()
    }

    /// Gives the sorter its rows; blanks are set apart.
    fn push(&mut self, facts: &Facts<'_>, budget: &mut usize) -> bool {
        let mut spare = Spare::default();
        let n_now = (self.rows.len() - self.n_pushed).min(*budget);
        let next = self.rows.iter().zip(0_u32..).skip(self.n_pushed).take(n_now);
        for (row, place) in next {
            let at = (*row as usize, place);
            let field = self.key.and_then(|key| match key.by {
                By::Field(field) => Some(field),
                By::Urgency => None,
            });
            let is_valued = match (&self.values, field) {
                (Values::Rows(values), _) => push_number(values.get(at.0).copied(), place, &mut self.sorter),
                (Values::Words(words), Some(field)) => facts.push_word(field, at, words, &mut self.sorter),
                (Values::Stored, Some(field)) => facts.push_value(field, at, &mut self.sorter, &mut spare),
                (Values::Words(_) | Values::Stored, None) => false,
                (Values::Loading, _) => push_number(Some(facts.place(at.0)), place, &mut self.sorter),
            };
            if is_valued {
                self.order.valued.set(at.0);
            } else {
                self.blanks.push(*row);
            }
        }
        self.n_pushed += n_now;
        *budget -= n_now;
        self.n_pushed == self.rows.len()
    }

    /// Takes over what was sorted, then the blanks.
    fn take(&mut self, budget: &mut usize) -> bool {
        let start = self.order.rows.len();
        let end = self.rows.len().min(start.saturating_add(*budget));
        for at in start..end {
            let row = match self.sorter.place(at) {
                Some(place) => self.rows.get(place as usize),
                None => self.blanks.get(at - self.sorter.len()),
            };
            let row = row.copied().unwrap_or(NOWHERE);
            self.order.rows.push(row);
            if let (Some(slot), Ok(rank)) = (self.order.ranks.get_mut(row as usize), u32::try_from(at)) {
                *slot = rank;
            }
        }
        *budget -= end - start;
        end == self.rows.len()
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let rows = (self.rows.capacity() + self.blanks.capacity()) * size_of::<u32>();
        rows + self.sorter.memory_bytes() + self.order.memory_bytes()
    }
}

/// Numbers are told from nothing by being above 0.
fn push_number(number: Option<u64>, place: u32, sorter: &mut Sorter) -> bool {
    let number = number.filter(|number| *number > 0);
    number.is_some_and(|number| {
        sorter.push_number(place, number);
        true
    })
}

/// A whole number in the order of the numbers, above 0; both zeros are one.
pub(super) fn ordered(number: f64) -> u64 {
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

impl Facts<'_> {
    /// The order by these keys; `None` for loading order without replaced rows, which is the order of the rows. What
    /// the pauses have not made of it yet is made now.
    pub(crate) fn order(&self, sort: &Sort) -> Option<Arc<Order>> {
        while !self.prepare_order(sort, usize::MAX).is_done() {}
        self.cache.borrow_mut().order(sort, self.now_of(sort))
    }

    /// Works on an order for about so many rows.
    pub(crate) fn prepare_order(&self, sort: &Sort, max_rows: usize) -> Progress {
        let now = self.now_of(sort);
        let is_as_loaded = sort.keys().is_empty() && self.roster.profiles.is_empty();
        if is_as_loaded || self.cache.borrow_mut().order(sort, now).is_some() {
            return Progress::DONE;
        }
        let begun = self.cache.borrow_mut().building.take();
        let begun = begun.filter(|building| building.is_for(sort, now));
        let mut building = begun.unwrap_or_else(|| Box::new(Building::new(self, sort, now)));
        if building.step(self, max_rows.max(1)) {
            let order = Arc::new(building.order);
            self.cache.borrow_mut().keep_order(sort, now, &order);
            return Progress::DONE;
        }
        let progress = building.progress;
        self.cache.borrow_mut().building = Some(building);
        progress
    }

    /// The instant, if the order depends on it.
    fn now_of(&self, sort: &Sort) -> Option<UnixMs> {
        sort.depends_on_now().then_some(self.now)
    }

    /// Where a row stands in loading order, from 1.
    fn place(&self, row: usize) -> u64 {
        u64::from(self.roster.number(row)) + 1
    }

    /// By what to order, if it is not what the column of a field says.
    fn values(&self, by: By) -> Values {
        let By::Field(field) = by else {
            return Values::Rows(self.urgency());
        };
        if let Some(words) = self.derived(field) {
            return Values::Rows(self.words_in_order(&words));
        }
        match self.columns().of(field) {
            Some(Column::Word(words)) => Values::Words(words.dictionary().texts().map(fold).collect()),
            // Sets have no order of their own; how many words there are is what people look for.
            Some(Column::Tags(tags)) => Values::Rows(tags.n_words(self.n_rows())),
            _ => Values::Stored,
        }
    }

    /// About how many bytes the texts of a field have.
    fn n_text_bytes(&self, by: By) -> usize {
        match by {
            By::Field(Field::Ref) => self.n_rows() * ID_BYTES,
            By::Field(field) => self.columns().texts(field).map_or(0, Texts::n_bytes),
            By::Urgency => 0,
        }
    }

    /// The number of each row's first word, from 1; words are worst first for health.
    fn words_in_order(&self, words: &[(&'static str, Bits)]) -> Vec<u64> {
        let mut numbers = vec![0; self.n_rows()];
        for (number, (_, rows)) in (1..).zip(words) {
            for row in rows.rows() {
                let _ = numbers
                    .get_mut(row)
                    .filter(|slot| **slot == 0)
                    .map(|slot| *slot = number);
            }
        }
        numbers
    }

    fn push_word(&self, field: Field, (row, place): (usize, u32), folded: &[String], sorter: &mut Sorter) -> bool {
        let number = match self.columns().of(field) {
            Some(Column::Word(words)) => words.get(row),
            _ => None,
        };
        let word = number.and_then(|number| folded.get(number as usize));
        word.is_some_and(|word| {
            sorter.push_text(place, word.as_bytes());
            true
        })
    }

    /// Gives the sorter the value that a row has in the column of a field. Says whether it has any.
    fn push_value(&self, field: Field, (row, place): (usize, u32), sorter: &mut Sorter, spare: &mut Spare) -> bool {
        match self.columns().of(field) {
            Some(Column::Text(_)) if field == Field::Ref => {
                let ids = self.haystack(field);
                ids.is_some_and(|ids| {
                    ids.read(row, spare, |id| sorter.push_text(place, id));
                    true
                })
            }
            Some(Column::Text(texts)) => texts.get(row).is_some_and(|text| {
                sorter.push_text(place, text);
                true
            }),
            Some(Column::Flag(flags)) => push_number(flags.get(row).map(|is_yes| 1 + u64::from(is_yes)), place, sorter),
            Some(Column::Number(numbers)) => push_number(numbers.get(row).map(ordered), place, sorter),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stand_as_the_numbers_do() {
        let numbers = [
            f64::NEG_INFINITY,
            -2.5,
            -1.0,
            0.0,
            1e-300,
            1.0,
            1.5,
            1e300,
            f64::INFINITY,
        ];
        assert!(numbers.is_sorted_by(|a, b| ordered(*a) < ordered(*b)));
        assert_eq!(ordered(-0.0), ordered(0.0));
        assert!(ordered(f64::NEG_INFINITY) > 0);
    }
}
