//! A window of the rows that pass, anywhere in the order at the same cost.

use crate::column::{Bits, WORD_BITS};
use crate::eval::order::Order;

/// Up to so many rows are sorted by rank, which is cheaper than to walk the order.
const MAX_SORTED: usize = 2048;

/// Up to so many rows of the order are walked before the passing rows are laid out by rank.
const MAX_STEPS: usize = 16_384;

/// The passing rows from `offset` on, at most `limit`. Without an order, rows stand as they are numbered.
pub(crate) fn window(
    passing: &Bits,
    n_passing: usize,
    order: Option<&Order>,
    n_rows: usize,
    offset: usize,
    limit: usize,
) -> Vec<u32> {
    let limit = limit.min(n_passing.saturating_sub(offset));
    if limit == 0 {
        return Vec::new();
    }
    let Some(order) = order else {
        return places(passing, offset, limit).map(number).collect();
    };
    if n_passing == order.rows().len() {
        return order.rows().iter().skip(offset).take(limit).copied().collect();
    }
    if n_passing <= MAX_SORTED {
        let rank = |row: usize| order.ranks(n_rows).get(row).copied();
        let mut ranks: Vec<u32> = passing.rows().filter_map(rank).collect();
        ranks.sort_unstable();
        return rows_at(order, ranks.into_iter().skip(offset).take(limit));
    }
    if (offset + limit).saturating_mul(order.rows().len()) / n_passing <= MAX_STEPS {
        let passes = |row: &&u32| passing.has(**row as usize);
        return order
            .rows()
            .iter()
            .filter(passes)
            .skip(offset)
            .take(limit)
            .copied()
            .collect();
    }
    let ranks = order.ranks(n_rows);
    let mut by_rank = Bits::none(order.rows().len());
    passing
        .rows()
        .filter_map(|row| ranks.get(row))
        .for_each(|rank| by_rank.set(*rank as usize));
    rows_at(order, places(&by_rank, offset, limit).map(number))
}

fn rows_at(order: &Order, ranks: impl Iterator<Item = u32>) -> Vec<u32> {
    ranks
        .filter_map(|rank| order.rows().get(rank as usize).copied())
        .collect()
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The set bits from the `offset`-th on. Whole words are passed over by counting.
fn places(bits: &Bits, offset: usize, limit: usize) -> impl Iterator<Item = usize> {
    let mut before = 0;
    let mut first_word = 0;
    for word in bits.words() {
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
            rows in prop::collection::vec(any::<bool>(), 0..400),
            offset in 0_usize..420,
            limit in 0_usize..60,
        ) {
            let passing = Bits::of(rows.len(), |row| rows[row]);
            let all: Vec<u32> = (0_u32..).zip(&rows).filter(|(_, passes)| **passes).map(|(row, _)| row).collect();
            let found = window(&passing, all.len(), None, rows.len(), offset, limit);
            let expected: Vec<u32> = all.into_iter().skip(offset).take(limit).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
