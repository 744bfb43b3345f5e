//! The one seam for SIMD: where the next byte stands that is special inside a string.
//!
//! With `simd128` (WebAssembly, 16 bytes a step) or without (8 bytes a step in a plain `u64`); both give the same
//! answer.

/// Offset of the next quote, backslash or control character from `at` on; the length if there is none.
#[inline]
pub(super) fn find_special(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    while let Some(mask) = block::mask(bytes, at) {
        if let Some(offset) = block::first(mask) {
            return at + offset;
        }
        at += block::N_BYTES;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len())
}

const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod block {
    use crate::scan::word;

    pub(super) const N_BYTES: usize = 8;
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES << 7;

    /// The high bit of the first special byte is set; bits of later bytes may be wrong, as borrows run upwards.
    #[inline]
    pub(super) fn mask(bytes: &[u8], at: usize) -> Option<u64> {
        let word = word(bytes, at)?;
        let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
        let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        Some((below(word, 0x20) | equal(b'"') | equal(b'\\')) & HIGHS)
    }

    #[inline]
    pub(super) fn first(mask: u64) -> Option<usize> {
        (mask != 0).then(|| mask.trailing_zeros() as usize / 8)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod block {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, v128_load, v128_or};

    pub(super) const N_BYTES: usize = 16;

    /// One bit a byte, set for special ones.
    #[inline]
    #[expect(unsafe_code, reason = "there is no safe way to load sixteen bytes at once")]
    pub(super) fn mask(bytes: &[u8], at: usize) -> Option<u16> {
        let sixteen = bytes.get(at..)?.first_chunk::<N_BYTES>()?;
        // SAFETY: the reference covers sixteen readable bytes, and v128_load takes any alignment.
        let block = unsafe { v128_load(sixteen.as_ptr().cast()) };
        let controls = u8x16_lt(block, u8x16_splat(0x20));
        let quotes = u8x16_eq(block, u8x16_splat(b'"'));
        let backslashes = u8x16_eq(block, u8x16_splat(b'\\'));
        Some(u8x16_bitmask(v128_or(controls, v128_or(quotes, backslashes))))
    }

    #[inline]
    pub(super) fn first(mask: u16) -> Option<usize> {
        (mask != 0).then(|| mask.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_special_byte_is_found_whatever_stands_around(
            bytes in prop::collection::vec(prop_oneof![4 => 0x20_u8..=0xFF, 1 => any::<u8>()], 0..80),
            at in 0_usize..80,
        ) {
            let at = at.min(bytes.len());
            let expected = bytes[at..].iter().position(|byte| is_special(*byte)).map_or(bytes.len(), |offset| at + offset);
            prop_assert_eq!(find_special(&bytes, at), expected);
        }
    }
}
