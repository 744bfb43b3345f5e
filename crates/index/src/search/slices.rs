//! Which rows can hold a needle at all: one bitmap a letter, one a common pair of letters, and a few for all other pairs.
//!
//! A needle's candidates are the and of its bitmaps, 64 rows a machine word. This costs at most 16 bytes a row and column of
//! text, and turns the search of a million names from a walk over all their text into one over a few bitmaps. One letter
//! or one common pair, what people type first and what most rows have, is answered by its bitmap alone.
//!
//! Ids are spelled otherwise: of sixteen letters, where every pair is in a seventh of all ids. There each such pair has a
//! bitmap, 40 bytes a row in all: to look into the ids themselves, which lie all over the pages, takes longer than
//! everything else that a letter asks for.

use super::{Haystack, Spare};
use crate::compact::Kept;

const BLOCK_ROWS: usize = 64;

/// Letters with a bitmap of their own: what names are made of. All other bytes share one.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789 -._@";
const OTHER_LETTER: usize = 41;
const N_LETTERS: usize = LETTERS.len() + 1;
const _: () = assert!(OTHER_LETTER == LETTERS.len());

/// Pairs with a bitmap of their own: the most frequent ones of English, and of names.
const PAIRS: &[u8; 2 * N_PAIRS] = b"thheineranreonatenndtiesorteofedisitalarsttontngsehaasouiolevecomedehi\
    riroicneearacelichllbemasiomurlanaiaelsatanodamikasohobacapalodiniamus";
const N_PAIRS: usize = 70;

/// Bitmaps that all other pairs share.
const N_SHARED: usize = N_SLICES - N_LETTERS - N_PAIRS;

/// Two machine words a row.
const N_SLICES: usize = 128;

/// How the texts of a column are spelled, which decides what their bitmaps stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As words are.
    Words,
    /// As ids are.
    Ids,
}

/// The digits of most ids.
const N_DIGITS: usize = 16;

/// Machine words a row of ids.
const ID_WORDS: usize = 5;

/// Bitmaps that all pairs of an id share in which something else than a digit stands.
const N_SHARED_OF_IDS: usize = 64 * ID_WORDS - N_LETTERS - N_DIGITS * N_DIGITS;

impl Spelling {
    /// The bitmap that says whether a row has a pair, or one of those that share it.
    fn pair(self, a: usize, b: usize) -> usize {
        match self {
            Self::Words => pair(a, b),
            Self::Ids => pair_of_id(a, b),
        }
    }

    /// Whether a bitmap stands for one pair, or one letter, alone.
    const fn is_own(self, slice: usize) -> bool {
        match self {
            Self::Words => slice < N_LETTERS + N_PAIRS,
            Self::Ids => slice < N_LETTERS + N_DIGITS * N_DIGITS,
        }
    }
}

static LETTER_OF: [u8; 256] = letter_of();
static PAIR_OF: [u8; N_LETTERS * N_LETTERS] = pair_of();

/// Most bitmaps that are and-ed for one needle; more narrow no further.
const MAX_SLICES: usize = 12;

/// The bitmaps of one column of text, over rows that stay as they are. Only whole blocks of 64 rows have them; the
/// caller looks at the rest itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slices {
    n_blocks: usize,
    /// Each as long as its last row needs: what no row has costs nothing.
    slices: Vec<Vec<u64>>,
}

impl Slices {
    /// Blocks of 64 rows that have bitmaps.
    pub(crate) const fn n_blocks(&self) -> usize {
        self.n_blocks
    }

    /// Takes in the rows that were added below `n_rows`; at most `max_blocks` blocks of them, so that a frame is never
    /// lost. Says whether all is done.
    pub(crate) fn catch_up(&mut self, haystack: Haystack<'_>, n_rows: usize, max_blocks: usize) -> bool {
        let n_whole = haystack.n_rows().min(n_rows) / BLOCK_ROWS;
        let until = n_whole.min(self.n_blocks.saturating_add(max_blocks));
        let mut spare = Spare::default();
        for block in self.n_blocks..until {
            self.push_block(haystack, block * BLOCK_ROWS, &mut spare);
        }
        until == n_whole
    }

    fn push_block(&mut self, haystack: Haystack<'_>, first_row: usize, spare: &mut Spare) {
        match haystack.spelling() {
            Spelling::Words => self.push(haystack, first_row, spare, slices_of),
            Spelling::Ids => self.push(haystack, first_row, spare, slices_of_id),
        }
    }

    fn push<const N: usize>(
        &mut self,
        haystack: Haystack<'_>,
        first_row: usize,
        spare: &mut Spare,
        of: fn(&[u8]) -> [u64; N],
    ) {
        let mut rows = [[0; N]; BLOCK_ROWS];
        for (row, words) in (first_row..).zip(&mut rows) {
            haystack.read(row, spare, |text| *words = of(text));
        }
        self.slices.resize(N * BLOCK_ROWS, Vec::new());
        for (place, slices) in self.slices.chunks_exact_mut(BLOCK_ROWS).enumerate() {
            let mut words = rows.map(|row| row.get(place).copied().unwrap_or_default());
            transpose(&mut words);
            for (slice, word) in slices.iter_mut().zip(words).filter(|(_, word)| *word != 0) {
                slice.resize(self.n_blocks, 0);
                slice.push(word);
            }
        }
        self.n_blocks += 1;
    }

    /// Of the rows `among`, those that can hold a needle with these bitmaps. Rows without bitmaps can.
    pub(crate) fn candidates(&self, wanted: &[usize], among: &[u64]) -> Vec<u64> {
        let slices: Vec<&[u64]> = wanted
            .iter()
            .filter_map(|index| self.slices.get(*index))
            .map(Vec::as_slice)
            .collect();
        let mut words = among.to_vec();
        let (whole, _) = words.split_at_mut(self.n_blocks().min(among.len()));
        for slice in slices {
            let (reached, beyond) = whole.split_at_mut(slice.len().min(whole.len()));
            for (word, slice) in reached.iter_mut().zip(slice) {
                *word &= slice;
            }
            beyond.fill(0);
        }
        words
    }

    /// Keeps some rows, which move up.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        self.n_blocks = kept.retain_blocks(self.n_blocks, &mut self.slices);
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.slices.iter_mut().for_each(Vec::shrink_to_fit);
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.slices
            .iter()
            .map(|slice| slice.capacity() * size_of::<u64>())
            .sum()
    }
}

/// The bitmaps that a text is in, one bit each: the first 64 and the others.
fn slices_of(text: &[u8]) -> [u64; 2] {
    let (mut low, mut high) = (0, 0);
    let mut before = None;
    for letter in text.iter().map(|byte| letter(*byte)) {
        low |= 1 << letter;
        if let Some(before) = before.replace(letter) {
            let slice = pair(before, letter);
            let bit = 1 << (slice % BLOCK_ROWS);
            low |= if slice < BLOCK_ROWS { bit } else { 0 };
            high |= if slice < BLOCK_ROWS { 0 } else { bit };
        }
    }
    [low, high]
}

/// The bitmaps that an id is in, one bit each.
fn slices_of_id(id: &[u8]) -> [u64; ID_WORDS] {
    let mut words = [0; ID_WORDS];
    let mut set = |slice: usize| {
        if let Some(word) = words.get_mut(slice / BLOCK_ROWS) {
            *word |= 1 << (slice % BLOCK_ROWS);
        }
    };
    let mut before = None;
    for letter in id.iter().map(|byte| letter(*byte)) {
        set(letter);
        if let Some(before) = before.replace(letter) {
            set(pair_of_id(before, letter));
        }
    }
    words
}

/// The bitmaps that a needle asks for, and whether they say all there is to know of it.
pub(crate) fn wanted(needle: &[u8], spelling: Spelling) -> (Vec<usize>, bool) {
    let letters: Vec<usize> = needle.iter().map(|byte| letter(*byte)).collect();
    let is_exact = match letters.as_slice() {
        [one] => *one != OTHER_LETTER,
        [a, b] => spelling.is_own(spelling.pair(*a, *b)),
        _ => false,
    };
    let pairs = letters
        .iter()
        .zip(letters.iter().skip(1))
        .map(|(a, b)| spelling.pair(*a, *b));
    let mut wanted = Vec::new();
    for slice in pairs.chain(letters.iter().copied()) {
        if wanted.len() < MAX_SLICES && !wanted.contains(&slice) {
            wanted.push(slice);
        }
    }
    (wanted, is_exact)
}

fn letter(byte: u8) -> usize {
    LETTER_OF
        .get(usize::from(byte))
        .map_or(OTHER_LETTER, |letter| usize::from(*letter))
}

/// The bitmap that says whether a row has a pair, or one of those that share it.
fn pair(a: usize, b: usize) -> usize {
    PAIR_OF
        .get(a * N_LETTERS + b)
        .map_or(N_SLICES, |pair| usize::from(*pair))
}

/// The same among ids.
fn pair_of_id(a: usize, b: usize) -> usize {
    match digit(a).zip(digit(b)) {
        Some((a, b)) => N_LETTERS + N_DIGITS * a + b,
        None => N_LETTERS + N_DIGITS * N_DIGITS + (a * N_LETTERS + b) % N_SHARED_OF_IDS,
    }
}

/// The digit that a letter stands for, as they follow each other in [`LETTERS`]: a to f, then 0 to 9.
const fn digit(letter: usize) -> Option<usize> {
    match letter {
        0..=5 => Some(letter),
        26..=35 => Some(letter - 20),
        _ => None,
    }
}

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "it runs in the compiler"
)]
const fn letter_of() -> [u8; 256] {
    let mut table = [OTHER_LETTER as u8; 256];
    let mut letter = 0;
    while letter < LETTERS.len() {
        table[LETTERS[letter] as usize] = letter as u8;
        letter += 1;
    }
    table
}

/// Pairs without a bitmap of their own are dealt out to the shared ones in turn, so that neighbours do not share.
#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "it runs in the compiler"
)]
const fn pair_of() -> [u8; N_LETTERS * N_LETTERS] {
    let mut table = [0; N_LETTERS * N_LETTERS];
    let mut place = 0;
    while place < table.len() {
        table[place] = (N_LETTERS + N_PAIRS + place % N_SHARED) as u8;
        place += 1;
    }
    let mut pair = 0;
    while pair < N_PAIRS {
        let (a, b) = (
            letter_of()[PAIRS[2 * pair] as usize],
            letter_of()[PAIRS[2 * pair + 1] as usize],
        );
        table[a as usize * N_LETTERS + b as usize] = (N_LETTERS + pair) as u8;
        pair += 1;
    }
    table
}

/// Rows become columns: bit j of word i changes places with bit i of word j, half by half.
fn transpose(words: &mut [u64; 64]) {
    let mut width = 32;
    let mut mask = u64::MAX >> 32;
    while width > 0 {
        for pair in words.chunks_exact_mut(2 * width) {
            let (low, high) = pair.split_at_mut(width);
            for (low, high) in low.iter_mut().zip(high) {
                let swap = (*low >> width ^ *high) & mask;
                *high ^= swap;
                *low ^= swap << width;
            }
        }
        width /= 2;
        mask ^= mask << width;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn rows_become_columns() {
        let mut words = [0_u64; 64];
        let mut state = 1_u64;
        for word in &mut words {
            state = state.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ state >> 7;
            *word = state;
        }
        let before = words;
        transpose(&mut words);
        for (i, word) in words.iter().enumerate() {
            for (j, other) in before.iter().enumerate() {
                assert_eq!(word >> j & 1, other >> i & 1);
            }
        }
    }

    #[test]
    fn what_people_type_first_is_exact_and_a_long_needle_asks_for_few_bitmaps() {
        assert!(
            [b"b".as_slice(), b" ", b"ba", b"er"]
                .iter()
                .all(|needle| wanted(needle, Spelling::Words).1)
        );
        assert!(
            ![b"".as_slice(), b"#", b"zx", b"#a", b"bak"]
                .iter()
                .any(|needle| wanted(needle, Spelling::Words).1)
        );
        let alphabet = wanted("abcdefghijklmnopqrstuvwxyz".as_bytes(), Spelling::Words).0;
        assert_eq!(alphabet.len(), MAX_SLICES);
        assert_eq!(wanted(b"aaaa", Spelling::Words).0.len(), 2);
        let all: BTreeSet<usize> = (0..N_LETTERS * N_LETTERS)
            .map(|both| pair(both / N_LETTERS, both % N_LETTERS))
            .collect();
        assert_eq!((all.len(), all.last()), (N_PAIRS + N_SHARED, Some(&(N_SLICES - 1))));
    }

    #[test]
    fn any_two_digits_of_an_id_are_exact_and_what_is_no_digit_shares() {
        let digits = b"0123456789abcdef";
        let pairs = digits.iter().flat_map(|a| digits.iter().map(|b| [*a, *b]));
        let own: BTreeSet<usize> = pairs
            .map(|needle| wanted(&needle, Spelling::Ids))
            .map(|(slices, is_exact)| if is_exact { slices[0] } else { 0 })
            .collect();
        assert_eq!(
            (own.len(), own.first(), own.last()),
            (256, Some(&N_LETTERS), Some(&(N_LETTERS + 255)))
        );
        let (shared, is_exact) = wanted(b"g-", Spelling::Ids);
        assert!(!is_exact && shared[0] < 64 * ID_WORDS);
        assert!(
            !["fab", "gh"]
                .iter()
                .any(|needle| wanted(needle.as_bytes(), Spelling::Ids).1)
        );
    }
}
