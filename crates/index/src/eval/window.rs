//! A window of the rows that pass, anywhere in the order at the same cost.

use std::sync::Arc;

use crate::column::{Bits, WORD_BITS};
use crate::eval::Facts;
use crate::eval::order::Order;

/// Up to so many rows are sorted by rank, which is cheaper than to walk the order.
const MAX_SORTED: usize = 2048;

/// Up to so many rows of the order are walked, from its nearer end, before the passing rows are laid out by rank.
const MAX_STEPS: usize = 16_384;

/// Words of a bitmap that are counted together.
const GROUP_WORDS: usize = 32;

/// Where the rows that pass stand in an order. Kept, because who looks at one window mostly wants the next.
#[derive(Debug)]
pub(crate) struct Layout {
    passing: Bits,
    order: Arc<Order>,
    by_rank: Bits,
    /// How many stand before each group of words.
    before: Vec<u32>,
}

impl Layout {
    fn new(passing: &Bits, order: &Arc<Order>) -> Self {
        let mut by_rank = Bits::none(order.rows.len());
        let ranks = passing.rows().filter_map(|row| order.ranks.get(row));
        ranks.for_each(|rank| by_rank.set(*rank as usize));
        let mut n_before = 0;
        let count = |group: &[u64]| {
            let before = n_before;
            n_before += group.iter().map(|word| word.count_ones()).sum::<u32>();
            before
        };
        Self {
            before: by_rank.words().chunks(GROUP_WORDS).map(count).collect(),
            passing: passing.clone(),
            order: Arc::clone(order),
            by_rank,
        }
    }

    /// Whether it is about these rows.
    pub(crate) fn is_of(&self, passing: &Bits, order: &Arc<Order>) -> bool {
        Arc::ptr_eq(&self.order, order) && self.passing.is_same(passing)
    }

    fn window(&self, offset: usize, limit: usize) -> Vec<u32> {
        let group = self
            .before
            .partition_point(|before| *before as usize <= offset)
            .saturating_sub(1);
        let before = self.before.get(group).map_or(0, |before| *before as usize);
        let places = places_from(&self.by_rank, group * GROUP_WORDS, offset.saturating_sub(before), limit);
        rows_at(&self.order, places.map(number))
    }

    /// Memory in use, in bytes; the order is not its own.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.passing.memory_bytes() + self.by_rank.memory_bytes() + self.before.capacity() * size_of::<u32>()
    }
}

impl Facts<'_> {
    /// The passing rows from `offset` on, at most `limit`. Without an order, rows stand as they are numbered.
    pub(crate) fn window(
        &self,
        (passing, n_passing): (&Bits, usize),
        order: Option<&Arc<Order>>,
        offset: usize,
        limit: usize,
    ) -> Vec<u32> {
        let limit = limit.min(n_passing.saturating_sub(offset));
        if limit == 0 {
            return Vec::new();
        }
        let Some(order) = order else {
            return places_from(passing, 0, offset, limit).map(number).collect();
        };
        if n_passing == order.rows.len() {
            return order.rows.iter().skip(offset).take(limit).copied().collect();
        }
        if n_passing <= MAX_SORTED {
            let mut ranks: Vec<u32> = passing.rows().filter_map(|row| order.ranks.get(row).copied()).collect();
            ranks.sort_unstable();
            return rows_at(order, ranks.into_iter().skip(offset).take(limit));
        }
        let n_steps = |n_passed: usize| n_passed.saturating_mul(order.rows.len()) / n_passing;
        let passes = |row: &&u32| passing.has(**row as usize);
        if n_steps(offset + limit) <= MAX_STEPS {
            let rows = order.rows.iter().filter(passes).skip(offset);
            return rows.take(limit).copied().collect();
        }
        if n_steps(n_passing - offset) <= MAX_STEPS {
            let rows = order.rows.iter().rev().filter(passes).skip(n_passing - offset - limit);
            let mut rows: Vec<u32> = rows.take(limit).copied().collect();
            rows.reverse();
            return rows;
        }
        self.layout(passing, order).window(offset, limit)
    }

    fn layout(&self, passing: &Bits, order: &Arc<Order>) -> Arc<Layout> {
        if let Some(known) = self.cache.borrow().layout(passing, order) {
            return known;
        }
        let layout = Arc::new(Layout::new(passing, order));
        self.cache.borrow_mut().keep_layout(&layout);
        layout
    }
}

fn rows_at(order: &Order, ranks: impl Iterator<Item = u32>) -> Vec<u32> {
    ranks
        .filter_map(|rank| order.rows.get(rank as usize).copied())
        .collect()
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The set bits from the `offset`-th on, from a word on. Whole words are passed over by counting.
fn places_from(bits: &Bits, first_word: usize, offset: usize, limit: usize) -> impl Iterator<Item = usize> {
    let (mut before, mut first_word) = (0, first_word);
    for word in bits.words().iter().skip(first_word) {
        let after = before + word.count_ones() as usize;
        if after > offset {
            break;
        }
        (before, first_word) = (after, first_word + 1);
    }
    bits.rows_from(first_word * WORD_BITS).skip(offset - before).take(limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_window_is_a_slice_of_all(
            rows in prop::collection::vec(any::<bool>(), 0..9000),
            offset in 0_usize..9000,
            limit in 0_usize..60,
        ) {
            let passing = Bits::of(rows.len(), |row| rows[row]);
            let all: Vec<u32> = (0_u32..).zip(&rows).filter(|(_, passes)| **passes).map(|(row, _)| row).collect();
            let from = |list: &[u32]| list.iter().skip(offset).take(limit).copied().collect::<Vec<_>>();
            prop_assert_eq!(places_from(&passing, 0, offset.min(all.len()), limit).map(number).collect::<Vec<_>>(), from(&all));
            // In an order that is not that of the rows.
            let turned: Vec<u32> = (0..number(rows.len())).rev().collect();
            let order = Arc::new(Order { ranks: turned.clone(), rows: turned, ..Order::default() });
            let reversed: Vec<u32> = all.into_iter().rev().collect();
            let layout = Layout::new(&passing, &order);
            prop_assert_eq!(layout.window(offset.min(reversed.len()), limit), from(&reversed));
            prop_assert!(layout.is_of(&passing, &order));
        }
    }
}
