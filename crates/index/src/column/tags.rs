//! Any number of words of few a row, such as platforms: one bitmap a word. A word that only few rows have costs only
//! those, so that a page with a hundred thousand made-up platforms cannot exhaust the memory.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use super::bits::Bits;
use super::dictionary::{Canonical, Dictionary};
use crate::compact::Kept;
use crate::scan::Run;

/// A list of rows takes half of a bitmap's memory at most.
const ROWS_PER_LISTED: usize = 64;

/// A column of word sets.
#[derive(Clone, Debug)]
pub(crate) struct Tags {
    dictionary: Dictionary,
    rows: Vec<Rows>,
}

/// Rows in ascending order.
#[derive(Clone, Debug)]
enum Rows {
    Few(Vec<u32>),
    Many(Bits),
}

impl Tags {
    /// An empty column.
    pub(crate) fn new(canonical: Canonical) -> Self {
        Self {
            dictionary: Dictionary::new(canonical),
            rows: Vec::new(),
        }
    }

    /// Adds a word to a row, which must be the last one.
    #[inline(always)]
    pub(crate) fn add(&mut self, row: usize, word: Run<'_>) {
        let number = self.dictionary.number(word) as usize;
        self.add_number(row, number);
    }

    #[inline(always)]
    fn add_number(&mut self, row: usize, number: usize) {
        if number >= self.rows.len() {
            self.rows.resize(number + 1, Rows::Few(Vec::new()));
        }
        if let Some(rows) = self.rows.get_mut(number) {
            rows.add(row);
        }
    }

    /// The words.
    pub(crate) const fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Adds the rows with a word to `out`.
    pub(crate) fn or_into(&self, number: u32, out: &mut Bits) {
        match self.rows.get(number as usize) {
            Some(Rows::Few(few)) => few.iter().for_each(|row| out.set(*row as usize)),
            Some(Rows::Many(bits)) => out.or(bits),
            None => {}
        }
    }

    /// How many rows of `among` have a word.
    pub(crate) fn count_among(&self, number: u32, among: &Bits) -> usize {
        match self.rows.get(number as usize) {
            Some(Rows::Few(few)) => few.iter().filter(|row| among.has(**row as usize)).count(),
            Some(Rows::Many(bits)) => bits.count_and(among),
            None => 0,
        }
    }

    /// Whether a row has any word.
    pub(crate) fn any(&self, row: usize) -> bool {
        self.rows.iter().any(|rows| rows.has(row))
    }

    /// How many words each of so many rows has.
    pub(crate) fn n_words(&self, n_rows: usize) -> Vec<u64> {
        let mut counts = vec![0; n_rows];
        let mut count = |row: usize| {
            let _ = counts.get_mut(row).map(|count| *count += 1);
        };
        for rows in &self.rows {
            match rows {
                Rows::Few(few) => few.iter().for_each(|row| count(*row as usize)),
                Rows::Many(bits) => bits.rows().for_each(&mut count),
            }
        }
        counts
    }

    /// The rows with any word.
    pub(crate) fn present(&self) -> Bits {
        let mut present = Bits::default();
        (0..self.dictionary.len())
            .for_each(|number| self.or_into(u32::try_from(number).unwrap_or(u32::MAX), &mut present));
        present
    }

    /// Forgets all rows from `n_rows` on; their words stay in the dictionary.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        for rows in &mut self.rows {
            match rows {
                Rows::Few(few) => few.truncate(few.partition_point(|row| (*row as usize) < n_rows)),
                Rows::Many(bits) => bits.truncate(n_rows),
            }
        }
    }

    /// Keeps some rows, which move up. Words are forgotten if no row has most of them any more.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        for rows in &mut self.rows {
            match rows {
                Rows::Few(few) => *few = few.iter().filter_map(|row| kept.number(*row as usize)).collect(),
                Rows::Many(bits) => bits.keep(&kept.rows),
            }
        }
        let n_used = self.rows.iter().filter(|rows| !rows.is_empty()).count();
        if n_used * 2 >= self.rows.len() {
            return;
        }
        let mut dictionary = Dictionary::new(self.dictionary.canonical());
        let used = self
            .rows
            .iter()
            .zip(self.dictionary.texts())
            .filter(|(rows, _)| !rows.is_empty());
        used.for_each(|(_, text)| {
            dictionary.number(Run::alone(text.as_bytes()));
        });
        self.rows.retain(|rows| !rows.is_empty());
        self.dictionary = dictionary;
    }

    /// Copies a row's words to the last row.
    pub(crate) fn copy(&mut self, from: usize, to: usize) {
        for number in 0..self.rows.len() {
            if self.rows.get(number).is_some_and(|rows| rows.has(from)) {
                self.add_number(to, number);
            }
        }
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        for rows in &mut self.rows {
            match rows {
                Rows::Few(few) => few.shrink_to_fit(),
                Rows::Many(bits) => bits.settle(),
            }
        }
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let of_rows = |rows: &Rows| match rows {
            Rows::Few(few) => few.capacity() * size_of::<u32>(),
            Rows::Many(bits) => bits.memory_bytes(),
        };
        let rows: usize = self.rows.iter().map(of_rows).sum();
        rows + self.rows.capacity() * size_of::<Rows>() + self.dictionary.memory_bytes()
    }
}

impl Rows {
    #[inline(always)]
    fn add(&mut self, row: usize) {
        match self {
            Self::Few(few) => {
                let is_new = few.last().is_none_or(|last| (*last as usize) < row);
                // More rows than `u32` counts do not fit into memory.
                few.extend(u32::try_from(row).ok().filter(|_| is_new));
                if few.len() * ROWS_PER_LISTED > row + ROWS_PER_LISTED {
                    let mut bits = Bits::default();
                    for row in few {
                        bits.set(*row as usize);
                    }
                    *self = Self::Many(bits);
                }
            }
            Self::Many(bits) => bits.set(row),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Few(few) => few.is_empty(),
            Self::Many(bits) => bits.words().iter().all(|word| *word == 0),
        }
    }

    fn has(&self, row: usize) -> bool {
        match self {
            Self::Few(few) => few.iter().any(|few| *few as usize == row),
            Self::Many(bits) => bits.has(row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_few_rows_costs_only_those() {
        let mut tags = Tags::new(str::to_owned);
        for row in 0..10_000 {
            tags.add(row, Run::alone(b"common"));
            tags.add(row, Run::alone(format!("rare {row}").as_bytes()));
            tags.add(row, Run::alone(b"common"));
        }
        assert!(tags.memory_bytes() < 10_000 * 400, "{}", tags.memory_bytes());
        let all = Bits::first(10_000);
        assert_eq!(
            [0, 1, 5_000].map(|number| tags.count_among(number, &all)),
            [10_000, 1, 1]
        );
        tags.copy(7, 10_000);
        let last = Bits::of(10_001, |row| row == 10_000);
        assert_eq!([0, 8, 9].map(|number| tags.count_among(number, &last)), [1, 1, 0]);
        assert_eq!(tags.n_words(10_002)[9_998..], [2, 2, 2, 0]);
        tags.truncate(1);
        assert_eq!(tags.present().rows().collect::<Vec<_>>(), [0]);
    }
}
