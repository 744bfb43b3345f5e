//! Sorting of short lists: one sort for all of them, where the standard library makes one for every type.
//!
//! Each of those takes several kilobytes of a download. What is sorted by the thousand keeps the standard library's.

use std::cmp::Ordering;

/// Sorts by a comparison; what is equal keeps its order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places = places(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    for index in 0..places.len() {
        while let Some(place) = places.get(index).copied().filter(|place| *place != index) {
            items.swap(index, place);
            places.swap(index, place);
        }
    }
}

/// Where each of so many items belongs.
fn places(n_items: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n_items).collect();
    let mut n_sorted = 1;
    while n_sorted < n_items {
        let mut merged = Vec::with_capacity(n_items);
        for both in order.chunks(n_sorted.saturating_mul(2)) {
            let (mut left, mut right) = both.split_at_checked(n_sorted).unwrap_or((both, &[]));
            while let ([a, more_left @ ..], [b, more_right @ ..]) = (left, right) {
                if compare(*a, *b).is_gt() {
                    merged.push(*b);
                    right = more_right;
                } else {
                    merged.push(*a);
                    left = more_left;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        n_sorted = n_sorted.saturating_mul(2);
    }
    let mut places = vec![0; n_items];
    for (place, item) in order.into_iter().enumerate() {
        let _ = places.get_mut(item).map(|found| *found = place);
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_a_stable_sort(items in prop::collection::vec((0_u8..9, any::<u8>()), 0..70)) {
            let (mut found, mut expected) = (items.clone(), items);
            sort_by(&mut found, |a, b| a.0.cmp(&b.0));
            expected.sort_by_key(|item| item.0);
            prop_assert_eq!(found, expected);
        }
    }
}
