//! Gives back what replaced records have left: a roster that is refreshed for weeks stays as large as what it holds.
//!
//! The rule: rows inside move up, profiles keep their numbers. What callers know of a profile is its number, which it
//! gets when it first comes and never loses.

use crate::column::{Bits, WORD_BITS};
use crate::roster::Roster;

/// Replaced records that are always put up with.
const MIN_DEAD_ROWS: usize = 1024;
const MIN_DEAD_BYTES: usize = 4 << 20;

/// What replaced records take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dead {
    pub(crate) n_rows: usize,
    pub(crate) n_bytes: usize,
}

/// The rows that stay.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) rows: Bits,
    /// By row, how many rows before it stay: its new number, if it stays itself.
    numbers: Vec<u32>,
}

impl Kept {
    fn new(rows: Bits, n_rows: usize) -> Self {
        let mut n_before = 0;
        let number = |row: usize| {
            let number = n_before;
            n_before += u32::from(rows.has(row));
            number
        };
        Self {
            numbers: (0..n_rows).map(number).collect(),
            rows,
        }
    }

    /// How many rows before this one stay.
    pub(crate) fn n_before(&self, row: usize) -> usize {
        self.numbers
            .get(row)
            .map_or(self.rows.count(), |number| *number as usize)
    }

    /// The new number of a row that stays.
    pub(crate) fn number(&self, row: usize) -> Option<u32> {
        self.numbers.get(row).copied().filter(|_| self.rows.has(row))
    }

    /// Keeps the entries of the rows that stay.
    pub(crate) fn retain<T>(&self, entries: &mut Vec<T>) {
        let mut row = 0;
        entries.retain(|_| {
            row += 1;
            self.rows.has(row - 1)
        });
    }

    /// Keeps the bits of the rows that stay, up to where the rows are whole blocks of 64.
    pub(crate) fn retain_blocks(&self, n_blocks: usize, bitmaps: &mut [Vec<u64>]) -> usize {
        let n_rows = self.n_before(n_blocks * WORD_BITS);
        for bitmap in bitmaps {
            let mut bits = Bits::from_words(std::mem::take(bitmap));
            bits.keep(&self.rows);
            bits.truncate(n_rows / WORD_BITS * WORD_BITS);
            *bitmap = bits.into_words();
        }
        n_rows / WORD_BITS
    }
}

impl Roster {
    /// Gives memory back if replaced records take more than what is kept: some ten milliseconds for a hundred thousand
    /// profiles, and as many replaced records were taken in since the last time.
    pub(crate) fn compact_if_needed(&mut self) {
        if self.held.is_some() {
            return;
        }
        let live_bytes = self.store.page_bytes().saturating_sub(self.dead.n_bytes);
        if self.dead.n_rows > self.n_all() + MIN_DEAD_ROWS || self.dead.n_bytes > live_bytes + MIN_DEAD_BYTES {
            self.compact();
        }
    }

    /// Forgets all replaced records but those that still say something of their own.
    pub(crate) fn compact(&mut self) {
        let mut rows = self.live.clone();
        self.older.retain(|link| self.live.has(link.row));
        self.older.iter().for_each(|link| rows.set(link.before));
        let kept = Kept::new(rows, self.n_rows());
        let number = |row: usize| kept.number(row).map_or(row, |number| number as usize);
        for link in &mut self.older {
            (link.row, link.before) = (number(link.row), number(link.before));
        }
        self.columns.keep(&kept);
        self.store.keep(&kept);
        self.live.keep(&kept.rows);
        self.cache.get_mut().keep(&kept);
        kept.retain(&mut self.profiles);
        self.newest
            .iter_mut()
            .for_each(|row| *row = kept.number(*row as usize).unwrap_or(*row));
        self.dead = Dead::default();
        self.end_compaction();
    }
}
