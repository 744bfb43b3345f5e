//! The hash of keys and values. Fixed, so that equal input gives equal work; a page made to collide costs time, never
//! correctness, as every hit is compared.

use crate::scan::{head, word};

/// An odd number with its bits well spread (the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hash of a text under a seed. Eight bytes a step, as WebAssembly multiplies no wider than that.
#[inline]
pub(crate) fn hash(seed: u64, text: &[u8]) -> u64 {
    let mut state = seed ^ (text.len() as u64).wrapping_mul(SPREAD);
    let mut at = 0;
    while let Some(eight) = word(text, at) {
        state = mix(state ^ eight);
        at += 8;
    }
    let rest = text.get(at..).unwrap_or_default();
    mix(state ^ head(rest))
}

const fn mix(word: u64) -> u64 {
    let word = word.wrapping_mul(SPREAD);
    (word ^ word >> 32).wrapping_mul(SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn counted_ids_of_every_length_do_not_collide() {
        let ids = (0..20_000).flat_map(|n| [format!("{n}"), format!("{n:040}"), format!("{n:040}x")]);
        let hashes: BTreeSet<u64> = ids.map(|id| hash(1, id.as_bytes())).collect();
        assert_eq!(hashes.len(), 60_000);
        let buckets: BTreeSet<u64> = hashes.iter().map(|hash| hash >> 57).collect();
        assert_eq!(
            buckets.len(),
            128,
            "the high bits, which the table looks at first, are spread too"
        );
    }
}
