//! Which rows hold a needle: bitmaps narrow the rows down, and what is left is looked at, row by row while that is few,
//! else in one pass over all text.

mod slices;

use memchr::memmem::Finder;

use crate::column::{Bits, WORD_BITS};
use crate::fold::Memo;
use crate::store::Store;
pub(crate) use slices::Slices;
use slices::Spelling;

/// Looking into one row costs about as much as passing over this many bytes of text: a jump to the row and the start of
/// a search.
const LOOK_BYTES: usize = 600;

/// A folded text to find, prepared.
#[derive(Debug)]
pub(crate) struct Needle {
    finder: Finder<'static>,
    in_words: Wanted,
    in_ids: Wanted,
}

/// The bitmaps that a needle asks for in texts of one spelling.
#[derive(Debug)]
struct Wanted {
    slices: Vec<usize>,
    /// Whether they say all there is to know of it.
    is_exact: bool,
}

impl Wanted {
    fn of(folded: &str, spelling: Spelling) -> Self {
        let (slices, is_exact) = slices::wanted(folded.as_bytes(), spelling);
        Self { slices, is_exact }
    }
}

impl Needle {
    /// Prepares a folded text.
    pub(crate) fn new(folded: &str) -> Self {
        Self {
            finder: Finder::new(folded).into_owned(),
            in_words: Wanted::of(folded, Spelling::Words),
            in_ids: Wanted::of(folded, Spelling::Ids),
        }
    }

    /// Whether a folded text has it.
    pub(crate) fn is_in(&self, folded: &[u8]) -> bool {
        self.finder.find(folded).is_some()
    }

    fn wanted(&self, spelling: Spelling) -> &Wanted {
        match spelling {
            Spelling::Words => &self.in_words,
            Spelling::Ids => &self.in_ids,
        }
    }

    fn is_empty(&self) -> bool {
        self.finder.needle().is_empty()
    }
}

/// The folded texts of a column's rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Haystack<'a> {
    /// One behind the other; a row's text ends where the next one's starts.
    Texts {
        /// All texts, with a byte after each that no needle has.
        arena: &'a [u8],
        /// Where each row's text starts.
        starts: &'a [u32],
    },
    /// The ids, which stand in the pages.
    Ids(&'a Store),
}

impl Haystack<'_> {
    /// How many rows it reaches.
    fn n_rows(&self) -> usize {
        match self {
            Self::Texts { starts, .. } => starts.len(),
            Self::Ids(store) => store.n_rows(),
        }
    }

    fn spelling(&self) -> Spelling {
        match self {
            Self::Texts { .. } => Spelling::Words,
            Self::Ids(_) => Spelling::Ids,
        }
    }

    /// Calls with the folded text of a row.
    pub(crate) fn read<T>(&self, row: usize, spare: &mut Spare, take: impl FnOnce(&[u8]) -> T) -> T {
        match self {
            Self::Texts { arena, starts } => take(
                arena
                    .get(start(arena, starts, row)..start(arena, starts, row + 1))
                    .unwrap_or_default(),
            ),
            Self::Ids(store) => {
                if let Some(folded) = store.folded_id(row) {
                    return take(folded);
                }
                spare.text.clear();
                store.fold_id(row, &mut spare.memo, &mut spare.text);
                take(&spare.text)
            }
        }
    }
}

/// Room for the text of one row.
#[derive(Debug, Default)]
pub(crate) struct Spare {
    memo: Memo,
    text: Vec<u8>,
}

fn start(arena: &[u8], starts: &[u32], row: usize) -> usize {
    starts.get(row).map_or(arena.len(), |start| *start as usize)
}

/// The row that a byte of the arena belongs to, from a row at or before it. Steps grow, as the next hit is near where
/// hits are many and far where they are few.
fn row_at(arena: &[u8], starts: &[u32], at: usize, from: usize) -> usize {
    let (mut low, mut step) = (from, 1);
    while start(arena, starts, low + step) <= at && low + step < starts.len() {
        low += step;
        step *= 2;
    }
    let ahead = starts.get(low..(low + step).min(starts.len())).unwrap_or_default();
    low + ahead.partition_point(|start| *start as usize <= at).saturating_sub(1)
}

/// Of the rows `among`, those whose text has the needle. Every text has the empty one.
pub(crate) fn search(haystack: Haystack<'_>, slices: &Slices, needle: &Needle, among: &Bits) -> Bits {
    if needle.is_empty() {
        return among.clone();
    }
    let wanted = needle.wanted(haystack.spelling());
    let mut words = slices.candidates(&wanted.slices, among.words());
    let n_sure = if wanted.is_exact {
        slices.n_blocks().min(words.len())
    } else {
        0
    };
    let (_, unsure) = words.split_at_mut(n_sure);
    let n_candidates: usize = unsure.iter().map(|word| word.count_ones() as usize).sum();
    let first_row = n_sure * WORD_BITS;
    match haystack {
        Haystack::Texts { arena, starts }
            if n_candidates.saturating_mul(LOOK_BYTES)
                >= arena.len() - start(arena, starts, first_row).min(arena.len()) =>
        {
            let found = pass((arena, starts), needle, first_row, unsure.len());
            unsure.iter_mut().zip(found).for_each(|(word, found)| *word &= found);
        }
        _ => look(haystack, needle, unsure, first_row),
    }
    Bits::from_words(words)
}

/// Keeps the rows that have the needle; the first bit is `first_row`.
fn look(haystack: Haystack<'_>, needle: &Needle, words: &mut [u64], first_row: usize) {
    let mut spare = Spare::default();
    for (index, word) in words.iter_mut().enumerate() {
        let mut rest = *word;
        while rest != 0 {
            let bit = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let row = first_row + index * WORD_BITS + bit;
            if !haystack.read(row, &mut spare, |text| needle.is_in(text)) {
                *word &= !(1 << bit);
            }
        }
    }
}

/// All rows from `first_row` on that have the needle, in one pass.
fn pass((arena, starts): (&[u8], &[u32]), needle: &Needle, first_row: usize, n_words: usize) -> Vec<u64> {
    let mut words = vec![0; n_words];
    let (mut row, mut at) = (first_row, start(arena, starts, first_row));
    while let Some(found) = arena.get(at..).and_then(|rest| needle.finder.find(rest)) {
        row = row_at(arena, starts, at + found, row);
        let place = row - first_row;
        if let Some(word) = words.get_mut(place / WORD_BITS) {
            *word |= 1 << (place % WORD_BITS);
        }
        row += 1;
        at = start(arena, starts, row);
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
        let haystack = Haystack::Texts {
            arena: &arena,
            starts: &starts,
        };
        let mut slices = Slices::default();
        slices.catch_up(haystack, rows.len(), n_caught_up);
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
        let haystack = Haystack::Texts {
            arena: &arena,
            starts: &starts,
        };
        let mut slices = Slices::default();
        assert!(!slices.catch_up(haystack, rows.len(), 1) && slices.n_blocks() == 1);
        assert!(slices.catch_up(haystack, rows.len(), 9) && slices.n_blocks() == 4);
        slices.settle();
        let n_bytes = slices.memory_bytes();
        assert!(
            n_bytes < 4 * 128 * 8 / 3,
            "letters and pairs that nobody has cost nothing: {n_bytes}"
        );
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
