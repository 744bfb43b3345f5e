//! One bit a row. Bits beyond the end are 0, so a bitmap is as long as its last set bit needs and no longer.

/// Rows of one word.
pub(crate) const WORD_BITS: usize = 64;

/// A set of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The first `n_rows` rows.
    pub(crate) fn first(n_rows: usize) -> Self {
        let mut words = vec![u64::MAX; n_rows / WORD_BITS];
        if !n_rows.is_multiple_of(WORD_BITS) {
            words.push((1 << (n_rows % WORD_BITS)) - 1);
        }
        Self(words)
    }

    /// No row, with room for `n_rows`.
    pub(crate) fn none(n_rows: usize) -> Self {
        Self(vec![0; n_rows.div_ceil(WORD_BITS)])
    }

    /// The rows of `n_rows` for which `holds`, asked once a row in order.
    pub(crate) fn of(n_rows: usize, mut holds: impl FnMut(usize) -> bool) -> Self {
        let word = |first: usize| {
            let rows = first..n_rows.min(first + WORD_BITS);
            rows.fold(0, |word, row| word | u64::from(holds(row)) << (row - first))
        };
        Self((0..n_rows).step_by(WORD_BITS).map(word).collect())
    }

    /// Sixty-four rows a word, the first row in the lowest bit.
    pub(crate) const fn from_words(words: Vec<u64>) -> Self {
        Self(words)
    }

    /// Adds a row.
    pub(crate) fn set(&mut self, row: usize) {
        if row / WORD_BITS >= self.0.len() {
            self.0.resize(row / WORD_BITS + 1, 0);
        }
        if let Some(word) = self.0.get_mut(row / WORD_BITS) {
            *word |= 1 << (row % WORD_BITS);
        }
    }

    /// Removes a row.
    pub(crate) fn unset(&mut self, row: usize) {
        if let Some(word) = self.0.get_mut(row / WORD_BITS) {
            *word &= !(1 << (row % WORD_BITS));
        }
    }

    /// Whether a row is in it.
    pub(crate) fn has(&self, row: usize) -> bool {
        self.word(row / WORD_BITS) >> (row % WORD_BITS) & 1 == 1
    }

    /// Removes all rows from `n_rows` on.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.0.truncate(n_rows.div_ceil(WORD_BITS));
        if let Some(last) = self.0.get_mut(n_rows / WORD_BITS) {
            *last &= (1 << (n_rows % WORD_BITS)) - 1;
        }
    }

    /// Sixty-four rows; 0 beyond the end.
    pub(crate) fn word(&self, index: usize) -> u64 {
        self.0.get(index).copied().unwrap_or(0)
    }

    /// The words, without those beyond the end.
    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// Keeps the rows that are in both.
    pub(crate) fn and(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Adds the rows of the other.
    pub(crate) fn or(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// The same without words at the end that hold no row.
    pub(crate) fn trimmed(mut self) -> Self {
        let n_words = self.0.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
        self.0.truncate(n_words);
        self.settle();
        self
    }

    /// Removes the rows of the other.
    pub(crate) fn and_not(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }

    /// Keeps the rows of `kept`, which move up to stand without gaps.
    pub(crate) fn keep(&mut self, kept: &Self) {
        let mut out = Self::default();
        let mut n_before = 0;
        for (index, kept) in kept.0.iter().enumerate() {
            for bit in Ones(self.word(index) & kept) {
                out.set(n_before + (kept & ((1 << bit) - 1)).count_ones() as usize);
            }
            n_before += kept.count_ones() as usize;
        }
        *self = out;
    }

    /// The words as they are.
    pub(crate) fn into_words(self) -> Vec<u64> {
        self.0
    }

    /// Whether the other holds the same rows in as many words.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        // Without an early end, so that several words are compared at once.
        let differences = self.0.iter().zip(&other.0).fold(0, |all, (a, b)| all | (a ^ b));
        self.0.len() == other.0.len() && differences == 0
    }

    /// How many rows.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many rows are in both.
    pub(crate) fn count_and(&self, other: &Self) -> usize {
        let both = |(a, b): (&u64, &u64)| (a & b).count_ones() as usize;
        self.0.iter().zip(&other.0).map(both).sum()
    }

    /// The rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows_from(0)
    }

    /// The rows in order, from the first row of a word on.
    pub(crate) fn rows_from(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        let of_word = |(index, word): (usize, &u64)| Ones(*word).map(move |bit| index * WORD_BITS + bit);
        let words = self.0.iter().enumerate().skip(row / WORD_BITS);
        words.filter(|(_, word)| **word != 0).flat_map(of_word)
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.0.capacity() * size_of::<u64>()
    }
}

/// The set bits of a word, lowest first.
struct Ones(u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0.checked_sub(1)?;
        Some(bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn rows() -> impl Strategy<Value = BTreeSet<usize>> {
        prop::collection::btree_set(0_usize..300, 0..60)
    }

    fn bits(rows: &BTreeSet<usize>) -> Bits {
        let mut bits = Bits::default();
        for row in rows {
            bits.set(*row);
        }
        bits
    }

    proptest! {
        #[test]
        fn bits_are_a_set_of_rows(a in rows(), b in rows(), n_rows in 0_usize..300) {
            let set = |bits: &Bits| bits.rows().collect::<BTreeSet<_>>();
            let combined = |combine: fn(&mut Bits, &Bits)| {
                let mut left = bits(&a);
                combine(&mut left, &bits(&b));
                set(&left)
            };
            prop_assert_eq!(set(&bits(&a)), a.clone());
            prop_assert_eq!(combined(Bits::and), &a & &b);
            prop_assert_eq!(combined(Bits::or), &a | &b);
            prop_assert_eq!(combined(Bits::and_not), &a - &b);
            prop_assert_eq!(bits(&a).count_and(&bits(&b)), (&a & &b).len());
            let places: BTreeSet<usize> = b.iter().enumerate().filter(|(_, row)| a.contains(row)).map(|(place, _)| place).collect();
            prop_assert_eq!(combined(Bits::keep), places);
            prop_assert_eq!(bits(&a).is_same(&bits(&b)), a == b);
            let mut cut = bits(&a);
            cut.truncate(n_rows);
            prop_assert_eq!(set(&cut), a.range(..n_rows).copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(cut.count(), a.range(..n_rows).count());
            prop_assert_eq!(Bits::of(n_rows, |row| a.contains(&row)).rows().collect::<BTreeSet<_>>(), set(&cut));
            prop_assert_eq!(Bits::first(n_rows).rows().collect::<Vec<_>>(), (0..n_rows).collect::<Vec<_>>());
        }
    }
}
