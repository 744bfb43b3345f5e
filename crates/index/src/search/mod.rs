//! Which rows hold a needle: bitmaps narrow the rows down, and what is left is looked at, row by row while that is few,
//! else in one pass over all text.

mod slices;

use memchr::memmem::Finder;

use crate::column::{Bits, WORD_BITS};
pub(crate) use slices::Slices;

/// Looking into one row costs about as much as passing over this many bytes of text: a jump to the row and the start of
/// a search.
const LOOK_BYTES: usize = 600;

/// A folded text to find, prepared.
#[derive(Debug)]
pub(crate) struct Needle {
    finder: Finder<'static>,
    slices: Vec<usize>,
    is_exact: bool,
}

impl Needle {
    /// Prepares a folded text.
    pub(crate) fn new(folded: &str) -> Self {
        let (slices, is_exact) = slices::wanted(folded.as_bytes());
        let finder = Finder::new(folded).into_owned();
        Self {
            finder,
            slices,
            is_exact,
        }
    }

    /// Whether a folded text has it.
    pub(crate) fn is_in(&self, folded: &[u8]) -> bool {
        self.finder.find(folded).is_some()
    }

    fn is_empty(&self) -> bool {
        self.finder.needle().is_empty()
    }
}

/// The folded texts of all rows, one behind the other; a row's text ends where the next one's starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Haystack<'a> {
    /// All texts, with a byte after each that no needle has.
    pub(crate) arena: &'a [u8],
    /// Where each row's text starts.
    pub(crate) starts: &'a [u32],
}

impl<'a> Haystack<'a> {
    fn start(&self, row: usize) -> usize {
        self.starts.get(row).map_or(self.arena.len(), |start| *start as usize)
    }

    fn row(&self, row: usize) -> &'a [u8] {
        self.arena.get(self.start(row)..self.start(row + 1)).unwrap_or_default()
    }

    /// The row that a byte of the arena belongs to, from a row at or before it. Steps grow, as the next hit is near
    /// where hits are many and far where they are few.
    fn row_at(&self, at: usize, from: usize) -> usize {
        let (mut low, mut step) = (from, 1);
        while self.start(low + step) <= at && low + step < self.starts.len() {
            low += step;
            step *= 2;
        }
        let ahead = self
            .starts
            .get(low..(low + step).min(self.starts.len()))
            .unwrap_or_default();
        low + ahead.partition_point(|start| *start as usize <= at).saturating_sub(1)
    }
}

/// Of the rows `among`, those whose text has the needle. Every text has the empty one.
pub(crate) fn search(haystack: Haystack<'_>, slices: &Slices, needle: &Needle, among: &Bits) -> Bits {
    if needle.is_empty() {
        return among.clone();
    }
    let mut words = slices.candidates(&needle.slices, among.words());
    let n_sure = if needle.is_exact {
        slices.n_blocks().min(words.len())
    } else {
        0
    };
    let (_, unsure) = words.split_at_mut(n_sure);
    let n_candidates: usize = unsure.iter().map(|word| word.count_ones() as usize).sum();
    let first_row = n_sure * WORD_BITS;
    let n_bytes = haystack.arena.len() - haystack.start(first_row).min(haystack.arena.len());
    if n_candidates.saturating_mul(LOOK_BYTES) < n_bytes {
        look(haystack, needle, unsure, first_row);
    } else if n_candidates > 0 {
        let found = pass(haystack, needle, first_row, unsure.len());
        unsure.iter_mut().zip(found).for_each(|(word, found)| *word &= found);
    }
    Bits::from_words(words)
}

/// Keeps the rows that have the needle; the first bit is `first_row`.
fn look(haystack: Haystack<'_>, needle: &Needle, words: &mut [u64], first_row: usize) {
    for (index, word) in words.iter_mut().enumerate() {
        let mut rest = *word;
        while rest != 0 {
            let bit = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if !needle.is_in(haystack.row(first_row + index * WORD_BITS + bit)) {
                *word &= !(1 << bit);
            }
        }
    }
}

/// All rows from `first_row` on that have the needle, in one pass.
fn pass(haystack: Haystack<'_>, needle: &Needle, first_row: usize, n_words: usize) -> Vec<u64> {
    let mut words = vec![0; n_words];
    let (mut row, mut at) = (first_row, haystack.start(first_row));
    while let Some(found) = haystack.arena.get(at..).and_then(|rest| needle.finder.find(rest)) {
        row = haystack.row_at(at + found, row);
        let place = row - first_row;
        if let Some(word) = words.get_mut(place / WORD_BITS) {
            *word |= 1 << (place % WORD_BITS);
        }
        row += 1;
        at = haystack.start(row);
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts as the column keeps them: an end after each that is not empty.
    fn stored(rows: &[String]) -> (Vec<u8>, Vec<u32>) {
        let (mut arena, mut starts) = (Vec::new(), Vec::new());
        for row in rows {
            starts.push(u32::try_from(arena.len()).unwrap());
            if !row.is_empty() {
                arena.extend_from_slice(row.as_bytes());
                arena.push(0xFF);
            }
        }
        (arena, starts)
    }

    fn found(rows: &[String], needle: &str, n_caught_up: usize, among: &Bits) -> Vec<usize> {
        let (arena, starts) = stored(rows);
        let mut slices = Slices::default();
        slices.catch_up(&arena, &starts, n_caught_up);
        let haystack = Haystack {
            arena: &arena,
            starts: &starts,
        };
        search(haystack, &slices, &Needle::new(needle), among).rows().collect()
    }

    #[test]
    fn no_hit_reaches_over_two_rows_and_rows_without_text_have_none() {
        let rows = ["ab", "", "", "cd", "abcd"].map(str::to_owned);
        let all = Bits::first(7);
        assert_eq!(found(&rows, "bc", 9, &all), [4]);
        assert_eq!(found(&rows, "a", 9, &all), [0, 4]);
        assert_eq!(found(&rows, "", 9, &all), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(found(&rows, "zz", 9, &all), [0; 0]);
        assert_eq!(found(&[], "a", 9, &all), [0; 0]);
    }

    #[test]
    fn bitmaps_are_added_in_portions() {
        let rows: Vec<String> = (0..300).map(|n| format!("row {n}")).collect();
        let (arena, starts) = stored(&rows);
        let mut slices = Slices::default();
        assert!(!slices.catch_up(&arena, &starts, 1) && slices.n_blocks() == 1);
        assert!(slices.catch_up(&arena, &starts, 9) && slices.n_blocks() == 4);
        assert!(slices.memory_bytes() >= 4 * 128 * 8);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn what_is_found_is_what_contains_says(
            rows in prop::collection::vec("[ab#é\n]{0,6}|[a-z ]{0,40}|", 0..400), needle in "[ab#é]{0,4}|[a-z]{1,2}",
            n_caught_up in 0usize..8, cut in 0usize..3, among in prop::collection::vec(any::<u64>(), 0..8),
        ) {
            let dense = [u64::MAX; 8];
            let words = among.iter().zip(dense).map(|(word, all)| if cut == 0 { all } else { *word }).collect();
            let among = Bits::from_words(words);
            let expected: Vec<usize> =
                among.rows().filter(|row| needle.is_empty() || rows.get(*row).is_some_and(|text| text.contains(&needle))).collect();
            prop_assert_eq!(found(&rows, &needle, n_caught_up, &among), expected);
        }
    }
}
