//! Folded text for searching: all rows in one arena, so that one pass over it searches them all.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use super::bits::Bits;
use crate::compact::Kept;
use crate::fold::{Memo, fold_into};
use crate::scan::Run;
use crate::search::Haystack;

/// Ends every row's text. No UTF-8 has this byte, so no needle is ever found across two rows.
pub(crate) const END: u8 = 0xFF;

/// Stands between several texts of one row.
const BETWEEN: u8 = b'\n';

/// A column of folded text. Rows beyond its end have none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    arena: Vec<u8>,
    /// Where each row's text starts; it ends where the next one starts.
    starts: Vec<u32>,
    /// Rank of the name that the last row holds.
    rank: u8,
    /// Whether some text was sent otherwise than it is folded.
    is_other: bool,
}

impl Texts {
    /// Adds a text to a row, beside those that it has.
    #[inline(never)]
    pub(crate) fn add(&mut self, row: usize, text: Run<'_>, memo: &mut Memo) {
        self.begin(row);
        self.append(row, text, BETWEEN, memo);
    }

    /// Gives a row its name, unless it has one of a lower rank. One of the same rank is the next part of the name.
    #[inline(never)]
    pub(crate) fn name(&mut self, row: usize, rank: u8, text: Run<'_>, memo: &mut Memo) {
        let is_first = self.begin(row);
        if !is_first && rank > self.rank {
            return;
        }
        if is_first || rank < self.rank {
            self.rank = rank;
            self.arena.truncate(self.start(row));
        }
        self.append(row, text, b' ', memo);
    }

    /// Whether the row has no text yet.
    fn begin(&mut self, row: usize) -> bool {
        let end = self.end();
        while self.starts.len() <= row {
            self.starts.push(end);
        }
        self.start(row) == self.arena.len()
    }

    #[inline(always)]
    fn append(&mut self, row: usize, text: Run<'_>, between: u8, memo: &mut Memo) {
        if self.arena.len() > self.start(row) {
            self.arena.pop();
            self.arena.push(between);
        }
        let start = self.arena.len();
        fold_into(text, memo, &mut self.arena);
        self.is_other = self.is_other || self.arena.get(start..) != Some(text.text());
        self.arena.push(END);
    }

    /// An arena that is larger than `u32` counts does not fit into the memory that WebAssembly has.
    fn end(&self) -> u32 {
        u32::try_from(self.arena.len()).unwrap_or(u32::MAX)
    }

    fn start(&self, row: usize) -> usize {
        self.starts.get(row).map_or(self.arena.len(), |start| *start as usize)
    }

    /// The folded text of a row.
    pub(crate) fn get(&self, row: usize) -> Option<&[u8]> {
        let with_end = self.arena.get(self.start(row)..self.start(row + 1))?;
        with_end.split_last().map(|(_, text)| text)
    }

    /// Whether every text was sent as it stands here.
    pub(crate) const fn is_as_sent(&self) -> bool {
        !self.is_other
    }

    /// Whether what a row has may be several texts.
    pub(crate) fn may_be_several(text: &[u8]) -> bool {
        text.contains(&BETWEEN)
    }

    /// How many bytes all of them have.
    pub(crate) const fn n_bytes(&self) -> usize {
        self.arena.len()
    }

    /// Whether no row has any.
    pub(crate) const fn is_empty(&self) -> bool {
        self.arena.is_empty()
    }

    /// The rows with a text.
    pub(crate) fn present(&self) -> Bits {
        Bits::of(self.starts.len(), |row| self.start(row) < self.start(row + 1))
    }

    /// All rows' texts for searching, each with [`END`] after it.
    pub(crate) fn haystack(&self) -> Haystack<'_> {
        Haystack::Texts {
            arena: &self.arena,
            starts: &self.starts,
        }
    }

    /// Forgets all rows from `n_rows` on.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.arena.truncate(self.start(n_rows));
        self.starts.truncate(n_rows);
    }

    /// Keeps some rows, which move up.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        let (mut end, mut n_rows) = (0, 0);
        for row in kept
            .rows
            .rows()
            .take_while(|row| *row < self.starts.len())
            .collect::<Vec<_>>()
        {
            let range = self.start(row)..self.start(row + 1);
            let len = range.len();
            self.arena.copy_within(range, end);
            if let (Some(start), Ok(end)) = (self.starts.get_mut(n_rows), u32::try_from(end)) {
                *start = end;
            }
            (end, n_rows) = (end + len, n_rows + 1);
        }
        self.arena.truncate(end);
        self.starts.truncate(n_rows);
    }

    /// Copies a row's text to the last row.
    pub(crate) fn copy(&mut self, from: usize, to: usize) {
        let range = self.start(from)..self.start(from + 1);
        if range.is_empty() || !self.begin(to) {
            return;
        }
        self.arena.extend_from_within(range);
    }

    /// Makes room for so many more rows with about as much text as a row has.
    pub(crate) fn reserve(&mut self, row: usize, n_rows: usize) {
        let n_bytes = self.arena.len() / (row + 1) + 1;
        self.arena.reserve(n_rows.saturating_mul(n_bytes));
        self.starts.reserve(n_rows);
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.arena.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.arena.capacity() + self.starts.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(texts: &Texts, row: usize) -> Option<&str> {
        texts.get(row).map(|text| std::str::from_utf8(text).unwrap())
    }

    #[test]
    fn rows_keep_their_folded_texts_apart() {
        let mut texts = Texts::default();
        texts.add(1, Run::alone("Café".as_bytes()), &mut Memo::default());
        texts.add(1, Run::alone(b"Bar"), &mut Memo::default());
        texts.add(3, Run::alone(b"X"), &mut Memo::default());
        assert_eq!(
            [0, 1, 2, 3, 4].map(|row| text(&texts, row)),
            [None, Some("cafe\nbar"), None, Some("x"), None]
        );
        texts.truncate(2);
        texts.add(2, Run::alone(b"Y"), &mut Memo::default());
        assert_eq!(
            [1, 2, 3].map(|row| text(&texts, row)),
            [Some("cafe\nbar"), Some("y"), None]
        );
        texts.copy(1, 3);
        assert_eq!(text(&texts, 3), Some("cafe\nbar"));
    }

    #[test]
    fn the_name_of_the_lowest_rank_wins_whatever_comes_first() {
        for order in [
            [(0, "full"), (1, "first"), (1, "last"), (2, "handle")],
            [(2, "handle"), (1, "first"), (1, "last"), (0, "full")],
        ] {
            let mut texts = Texts::default();
            for (rank, name) in order {
                texts.name(0, rank, Run::alone(name.as_bytes()), &mut Memo::default());
            }
            assert_eq!(text(&texts, 0), Some("full"));
        }
        let mut texts = Texts::default();
        for (rank, name) in [(2, "handle"), (1, "first"), (1, "last")] {
            texts.name(5, rank, Run::alone(name.as_bytes()), &mut Memo::default());
        }
        assert_eq!(text(&texts, 5), Some("first last"));
    }
}
