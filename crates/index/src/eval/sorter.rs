//! A stable merge sort that can be interrupted, so that the order of a million names never costs a frame.

use std::cmp::Ordering;

use crate::collate::{Letters, key_into};

/// So many entries are sorted in one go; longer runs are merged from them.
const RUN: usize = 2048;

/// Ends a key in the memory of keys. No key has this byte, so a shorter key comes before one that it begins.
const END: u8 = 0;

/// Sorts places by the keys of what stands there. Places come in ascending order; equals keep it.
#[derive(Debug, Default)]
pub(crate) struct Sorter {
    is_descending: bool,
    letters: Letters,
    /// Keys of texts, each with its [`END`].
    keys: Vec<u8>,
    entries: Vec<Entry>,
    /// What the entries are merged into.
    merged: Vec<Entry>,
    merge: Merge,
}

/// The first eight bytes of a key as a number decide most comparisons.
#[derive(Clone, Copy, Debug)]
struct Entry {
    first: u64,
    place: u32,
    /// Where the whole key stands.
    key_at: u32,
}

/// How far the runs are merged.
#[derive(Clone, Copy, Debug, Default)]
struct Merge {
    /// Length of the sorted runs; 0 as long as there are entries to come.
    width: usize,
    /// Where the pair of runs starts that is being merged.
    start: usize,
    /// What was taken of its left and of its right run.
    taken: (usize, usize),
}

impl Sorter {
    /// An empty one with room for so many entries and bytes of text: to grow later would cost a pause of its own.
    pub(crate) fn new(is_descending: bool, n_entries: usize, n_bytes: usize) -> Self {
        Self {
            is_descending,
            keys: Vec::with_capacity(n_bytes + n_bytes / 8),
            entries: Vec::with_capacity(n_entries),
            merged: Vec::with_capacity(n_entries),
            ..Self::default()
        }
    }

    /// Adds a folded text.
    pub(crate) fn push_text(&mut self, place: u32, folded: &[u8]) {
        let start = self.keys.len();
        key_into(folded, &mut self.letters, &mut self.keys);
        self.keys.push(END);
        let mut first = [0; 8];
        let key = self.keys.get(start..).unwrap_or_default();
        first.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        self.push(place, u64::from_be_bytes(first), start);
    }

    /// Adds a number.
    pub(crate) fn push_number(&mut self, place: u32, number: u64) {
        self.push(place, number, usize::MAX);
    }

    fn push(&mut self, place: u32, first: u64, key_at: usize) {
        // Keys beyond 4 GiB do not fit into the memory that WebAssembly has.
        let key_at = u32::try_from(key_at).unwrap_or(u32::MAX);
        self.entries.push(Entry { first, place, key_at });
        if self.entries.len().is_multiple_of(RUN) {
            self.sort_run();
        }
    }

    fn sort_run(&mut self) {
        let Self {
            is_descending,
            keys,
            entries,
            ..
        } = self;
        let start = entries.len().saturating_sub(1) / RUN * RUN;
        let compare = |a: &Entry, b: &Entry| compare(keys, *is_descending, a, b).then(a.place.cmp(&b.place));
        entries.get_mut(start..).unwrap_or_default().sort_unstable_by(compare);
    }

    /// How often every entry is moved before all are in order.
    pub(crate) fn n_merges(n_entries: usize) -> usize {
        let n_runs = n_entries.div_ceil(RUN).max(1);
        n_runs.next_power_of_two().trailing_zeros() as usize
    }

    /// Sorts on, for about `budget` entries, which it counts down. Says whether all are in order; there must be no more
    /// to come.
    pub(crate) fn step(&mut self, budget: &mut usize) -> bool {
        if self.merge.width == 0 {
            self.sort_run();
            self.merge.width = RUN;
        }
        while self.merge.width < self.entries.len() {
            if *budget == 0 {
                return false;
            }
            self.merge_some(budget);
            if self.merge.start >= self.entries.len() {
                std::mem::swap(&mut self.entries, &mut self.merged);
                self.merged.clear();
                self.merge = Merge {
                    width: self.merge.width * 2,
                    ..Merge::default()
                };
            }
        }
        true
    }

    /// Merges a pair of runs, or as much of it as the budget allows.
    fn merge_some(&mut self, budget: &mut usize) {
        let Self {
            is_descending,
            keys,
            entries,
            merged,
            merge,
            ..
        } = self;
        let pair = entries.get(merge.start..).unwrap_or_default();
        let pair = pair.get(..merge.width * 2).unwrap_or(pair);
        let (left, right) = pair.split_at(merge.width.min(pair.len()));
        let (mut lefts, mut rights) = (left.iter().skip(merge.taken.0), right.iter().skip(merge.taken.1));
        let (mut next_left, mut next_right) = (lefts.next(), rights.next());
        while *budget > 0 {
            let is_left = match (next_left, next_right) {
                (Some(left), Some(right)) => compare(keys, *is_descending, left, right).is_le(),
                (left, _) => left.is_some(),
            };
            let (next, rest, n_taken) = if is_left {
                (&mut next_left, &mut lefts, &mut merge.taken.0)
            } else {
                (&mut next_right, &mut rights, &mut merge.taken.1)
            };
            let Some(entry) = std::mem::replace(next, rest.next()) else {
                (merge.start, merge.taken) = (merge.start + pair.len(), (0, 0));
                return;
            };
            merged.push(*entry);
            *n_taken += 1;
            *budget -= 1;
        }
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.entries.len()
    }

    /// The place that comes at a point of the order, once all are in order.
    pub(crate) fn place(&self, at: usize) -> Option<u32> {
        self.entries.get(at).map(|entry| entry.place)
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.keys.capacity() + (self.entries.capacity() + self.merged.capacity()) * size_of::<Entry>()
    }
}

fn compare(keys: &[u8], is_descending: bool, a: &Entry, b: &Entry) -> Ordering {
    let order = a.first.cmp(&b.first).then_with(|| {
        let rest = |entry: &Entry| keys.get(entry.key_at as usize..).unwrap_or_default().iter();
        let mut both = rest(a).zip(rest(b));
        let decides = both.find(|(a, b)| a != b || **a == END);
        decides.map_or(Ordering::Equal, |(a, b)| a.cmp(b))
    });
    if is_descending { order.reverse() } else { order }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use roster_language::fold;

    fn sorted(mut sorter: Sorter, budget: usize) -> Vec<u32> {
        while !sorter.step(&mut budget.clone()) {}
        (0..sorter.len()).filter_map(|at| sorter.place(at)).collect()
    }

    fn key(text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        key_into(fold(text).as_bytes(), &mut Letters::default(), &mut key);
        key
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn texts_stand_by_their_keys_and_equals_as_they_came(
            texts in prop::collection::vec("[ab0-2é ]{0,12}", 0..40), n_times in 1_usize..200, is_descending: bool, budget in 1_usize..9000,
        ) {
            // Many runs of few texts: a run is long.
            let all: Vec<&String> = texts.iter().cycle().take(texts.len() * n_times).collect();
            let mut sorter = Sorter::new(is_descending, all.len(), 0);
            (0..).zip(&all).for_each(|(place, text)| sorter.push_text(place, fold(text).as_bytes()));
            let keys: Vec<Vec<u8>> = all.iter().map(|text| key(text)).collect();
            let mut expected: Vec<u32> = (0..).take(all.len()).collect();
            expected.sort_by(|a, b| {
                let order = keys[*a as usize].cmp(&keys[*b as usize]);
                if is_descending { order.reverse() } else { order }
            });
            prop_assert_eq!(sorted(sorter, budget), expected);
        }

        #[test]
        fn numbers_stand_by_size(numbers in prop::collection::vec(0_u64..50, 0..40), n_times in 1_usize..200, is_descending: bool) {
            let all: Vec<u64> = numbers.iter().cycle().take(numbers.len() * n_times).copied().collect();
            let mut sorter = Sorter::new(is_descending, all.len(), 0);
            (0..).zip(&all).for_each(|(place, number)| sorter.push_number(place, *number));
            let mut expected: Vec<u32> = (0..).take(all.len()).collect();
            expected.sort_by_key(|place| if is_descending { u64::MAX - all[*place as usize] } else { all[*place as usize] });
            prop_assert_eq!(sorted(sorter, 1000), expected);
        }
    }
}
