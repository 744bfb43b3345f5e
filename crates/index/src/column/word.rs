//! One word of few a row: a number into a dictionary, as narrow as the dictionary allows.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use super::bits::Bits;
use super::dictionary::{Canonical, Dictionary};
use crate::compact::Kept;
use crate::scan::Run;

/// Most words that have a bitmap each: they are counted by it, others one row at a time. A row costs one bit a word.
const MAX_BITMAPS: usize = 32;

/// A column of words. Rows beyond its end have none.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    dictionary: Dictionary,
    codes: Codes,
    /// One bitmap a word; none once there are more than [`MAX_BITMAPS`] words.
    rows: Vec<Bits>,
}

/// 0 is none, others are the word's number and one.
#[derive(Clone, Debug)]
enum Codes {
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

impl Words {
    /// An empty column.
    pub(crate) fn new(canonical: Canonical) -> Self {
        Self {
            dictionary: Dictionary::new(canonical),
            codes: Codes::Narrow(Vec::new()),
            rows: Vec::new(),
        }
    }

    /// Gives a row its word; the last one counts.
    #[inline(always)]
    pub(crate) fn set(&mut self, row: usize, word: Run<'_>) {
        let code = self.dictionary.number(word) + 1;
        self.codes.widen(code);
        let before = self.codes.get(row);
        self.codes.set(row, code);
        self.mark(row, before, code);
    }

    #[inline(always)]
    fn mark(&mut self, row: usize, before: u32, code: u32) {
        if self.dictionary.len() > MAX_BITMAPS {
            self.rows = Vec::new();
            return;
        }
        if self.rows.len() < self.dictionary.len() {
            self.rows.resize(self.dictionary.len(), Bits::default());
        }
        let place = |code: u32| code.checked_sub(1).map_or(usize::MAX, |number| number as usize);
        if before != code {
            let _ = self.rows.get_mut(place(before)).map(|rows| rows.unset(row));
        }
        let _ = self.rows.get_mut(place(code)).map(|rows| rows.set(row));
    }

    /// The rows with one of these words.
    pub(crate) fn rows_with(&self, is_wanted: &[bool]) -> Bits {
        if self.rows.is_empty() {
            let wanted = |number: u32| is_wanted.get(number as usize) == Some(&true);
            return Bits::of(self.len(), |row| self.get(row).is_some_and(wanted));
        }
        let mut out = Bits::default();
        let wanted = self.rows.iter().zip(is_wanted).filter(|(_, is_wanted)| **is_wanted);
        wanted.for_each(|(rows, _)| out.or(rows));
        out
    }

    /// How many rows of `among` have each word.
    pub(crate) fn count_among(&self, among: &Bits) -> Vec<usize> {
        if !self.rows.is_empty() {
            return self.rows.iter().map(|rows| rows.count_and(among)).collect();
        }
        let mut counts = vec![0; self.dictionary.len()];
        for number in among
            .rows()
            .take_while(|row| *row < self.len())
            .filter_map(|row| self.get(row))
        {
            if let Some(count) = counts.get_mut(number as usize) {
                *count += 1;
            }
        }
        counts
    }

    /// The words.
    pub(crate) const fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The number of a row's word.
    pub(crate) fn get(&self, row: usize) -> Option<u32> {
        self.codes.get(row).checked_sub(1)
    }

    /// How many rows the column reaches.
    pub(crate) fn len(&self) -> usize {
        match &self.codes {
            Codes::Narrow(codes) => codes.len(),
            Codes::Middle(codes) => codes.len(),
            Codes::Wide(codes) => codes.len(),
        }
    }

    /// Forgets all rows from `n_rows` on; their words stay in the dictionary.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.rows.iter_mut().for_each(|rows| rows.truncate(n_rows));
        match &mut self.codes {
            Codes::Narrow(codes) => codes.truncate(n_rows),
            Codes::Middle(codes) => codes.truncate(n_rows),
            Codes::Wide(codes) => codes.truncate(n_rows),
        }
    }

    /// Keeps some rows, which move up. Words that most of which no row has any more are forgotten.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        match &mut self.codes {
            Codes::Narrow(codes) => kept.retain(codes),
            Codes::Middle(codes) => kept.retain(codes),
            Codes::Wide(codes) => kept.retain(codes),
        }
        self.rows.iter_mut().for_each(|rows| rows.keep(&kept.rows));
        if self.dictionary.len() > MAX_BITMAPS {
            self.forget_unused();
        }
    }

    fn forget_unused(&mut self) {
        let mut is_used = vec![false; self.dictionary.len()];
        for number in (0..self.len()).filter_map(|row| self.get(row)) {
            let _ = is_used.get_mut(number as usize).map(|is_used| *is_used = true);
        }
        if is_used.iter().filter(|is_used| **is_used).count() * 2 > is_used.len() {
            return;
        }
        let mut fresh = Self::new(self.dictionary.canonical());
        let texts: Vec<&str> = self.dictionary.texts().collect();
        for row in 0..self.len() {
            if let Some(text) = self.get(row).and_then(|number| texts.get(number as usize)) {
                fresh.set(row, Run::alone(text.as_bytes()));
            }
        }
        *self = fresh;
    }

    /// Copies a row's word to the last row.
    pub(crate) fn copy(&mut self, from: usize, to: usize) {
        let code = self.codes.get(from);
        if code > 0 {
            self.codes.set(to, code);
            self.mark(to, 0, code);
        }
    }

    /// Makes room for so many more rows.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        match &mut self.codes {
            Codes::Narrow(codes) => codes.reserve(n_rows),
            Codes::Middle(codes) => codes.reserve(n_rows),
            Codes::Wide(codes) => codes.reserve(n_rows),
        }
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.rows.iter_mut().for_each(Bits::settle);
        match &mut self.codes {
            Codes::Narrow(codes) => codes.shrink_to_fit(),
            Codes::Middle(codes) => codes.shrink_to_fit(),
            Codes::Wide(codes) => codes.shrink_to_fit(),
        }
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let codes = match &self.codes {
            Codes::Narrow(codes) => codes.capacity(),
            Codes::Middle(codes) => codes.capacity() * size_of::<u16>(),
            Codes::Wide(codes) => codes.capacity() * size_of::<u32>(),
        };
        let rows: usize = self.rows.iter().map(Bits::memory_bytes).sum();
        codes + rows + self.rows.capacity() * size_of::<Bits>() + self.dictionary.memory_bytes()
    }
}

impl Codes {
    fn widen(&mut self, code: u32) {
        match self {
            Self::Narrow(codes) if code > u32::from(u8::MAX) => {
                *self = Self::Middle(codes.iter().map(|code| u16::from(*code)).collect());
                self.widen(code);
            }
            Self::Middle(codes) if code > u32::from(u16::MAX) => {
                *self = Self::Wide(codes.iter().map(|code| u32::from(*code)).collect());
            }
            _ => {}
        }
    }

    /// The code fits, as `widen` was asked before.
    #[inline(always)]
    fn set(&mut self, row: usize, code: u32) {
        match self {
            Self::Narrow(codes) => place(codes, row, u8::try_from(code).unwrap_or(0)),
            Self::Middle(codes) => place(codes, row, u16::try_from(code).unwrap_or(0)),
            Self::Wide(codes) => place(codes, row, code),
        }
    }

    fn get(&self, row: usize) -> u32 {
        match self {
            Self::Narrow(codes) => codes.get(row).copied().unwrap_or(0).into(),
            Self::Middle(codes) => codes.get(row).copied().unwrap_or(0).into(),
            Self::Wide(codes) => codes.get(row).copied().unwrap_or(0),
        }
    }
}

fn place<T: Copy + Default>(codes: &mut Vec<T>, row: usize, code: T) {
    if row >= codes.len() {
        codes.resize(row + 1, T::default());
    }
    if let Some(slot) = codes.get_mut(row) {
        *slot = code;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_every_widening() {
        let mut words = Words::new(str::to_owned);
        words.set(1, Run::alone(b"first"));
        for row in 2..70_000 {
            words.set(row, Run::alone(row.to_string().as_bytes()));
        }
        words.copy(1, 70_000);
        let text = |row: usize| {
            words
                .get(row)
                .and_then(|number| words.dictionary().texts().nth(number as usize))
        };
        assert_eq!(
            [0, 1, 300, 69_999, 70_000, 70_001].map(text),
            [None, Some("first"), Some("300"), Some("69999"), Some("first"), None]
        );
    }
}
