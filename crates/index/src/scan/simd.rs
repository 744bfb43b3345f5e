//! The one seam for SIMD: where the next byte stands that is special inside a string, and ASCII in lower case.
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

/// How many bytes from `at` on are ASCII.
#[inline]
pub(crate) fn n_ascii(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while block::is_ascii(bytes, end) {
        end += block::N_BYTES;
    }
    let rest = bytes.get(end..).unwrap_or_default();
    end - at + rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len())
}

/// Appends the ASCII that `bytes` starts with, in lower case, and says how many bytes that were.
#[inline]
pub(crate) fn push_lower(bytes: &[u8], out: &mut Vec<u8>) -> usize {
    let mut at = 0;
    while let Some(lower) = block::lower(bytes, at) {
        out.extend_from_slice(&lower);
        at += block::N_BYTES;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let n_ascii = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
    let ascii = rest.get(..n_ascii).unwrap_or_default();
    out.extend(ascii.iter().map(u8::to_ascii_lowercase));
    at + n_ascii
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

    /// Whether there are eight bytes and all are ASCII.
    #[inline]
    pub(super) fn is_ascii(bytes: &[u8], at: usize) -> bool {
        word(bytes, at).is_some_and(|word| word & HIGHS == 0)
    }

    /// Eight bytes in lower case, if all are ASCII.
    #[inline]
    pub(super) fn lower(bytes: &[u8], at: usize) -> Option<[u8; N_BYTES]> {
        let word = word(bytes, at).filter(|word| word & HIGHS == 0)?;
        // The high bit of each sum says whether the byte is at least so large; sums of ASCII do not run over.
        let from_a = word + ONES * u64::from(0x80 - b'A');
        let beyond_z = word + ONES * u64::from(0x80 - b'Z' - 1);
        let capitals = (from_a & !beyond_z) & HIGHS;
        Some((word | capitals >> 2).to_le_bytes())
    }

    #[inline]
    pub(super) fn first(mask: u64) -> Option<usize> {
        (mask != 0).then(|| mask.trailing_zeros() as usize / 8)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod block {
    use core::arch::wasm32::{
        u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u8x16_sub, v128, v128_and, v128_load, v128_or, v128_store,
    };

    pub(super) const N_BYTES: usize = 16;

    /// One bit a byte, set for special ones.
    #[inline]
    pub(super) fn mask(bytes: &[u8], at: usize) -> Option<u16> {
        let block = load(bytes, at)?;
        let controls = u8x16_lt(block, u8x16_splat(0x20));
        let quotes = u8x16_eq(block, u8x16_splat(b'"'));
        let backslashes = u8x16_eq(block, u8x16_splat(b'\\'));
        Some(u8x16_bitmask(v128_or(controls, v128_or(quotes, backslashes))))
    }

    #[inline]
    #[expect(unsafe_code, reason = "there is no safe way to load sixteen bytes at once")]
    fn load(bytes: &[u8], at: usize) -> Option<v128> {
        let sixteen = bytes.get(at..)?.first_chunk::<N_BYTES>()?;
        // SAFETY: the reference covers sixteen readable bytes, and v128_load takes any alignment.
        Some(unsafe { v128_load(sixteen.as_ptr().cast()) })
    }

    /// Whether there are sixteen bytes and all are ASCII.
    #[inline]
    pub(super) fn is_ascii(bytes: &[u8], at: usize) -> bool {
        load(bytes, at).is_some_and(|block| u8x16_bitmask(block) == 0)
    }

    /// Sixteen bytes in lower case, if all are ASCII.
    #[inline]
    #[expect(unsafe_code, reason = "there is no safe way to store sixteen bytes at once")]
    pub(super) fn lower(bytes: &[u8], at: usize) -> Option<[u8; N_BYTES]> {
        let block = load(bytes, at).filter(|block| u8x16_bitmask(*block) == 0)?;
        let from_a = u8x16_sub(block, u8x16_splat(b'A'));
        let capitals = u8x16_lt(from_a, u8x16_splat(26));
        let lower = v128_or(block, v128_and(capitals, u8x16_splat(0x20)));
        let mut out = [0; N_BYTES];
        // SAFETY: the array has sixteen writable bytes, and v128_store takes any alignment.
        unsafe { v128_store(out.as_mut_ptr().cast(), lower) };
        Some(out)
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
        fn the_ascii_in_front_comes_in_lower_case(ascii in prop::collection::vec(0_u8..0x80, 0..80), rest in prop::collection::vec(0x80_u8.., 0..3)) {
            let mut out = b"before".to_vec();
            let bytes = [ascii.clone(), rest].concat();
            prop_assert_eq!(n_ascii(&bytes, 0), ascii.len());
            prop_assert_eq!(push_lower(&bytes, &mut out), ascii.len());
            prop_assert_eq!(out, [b"before".to_vec(), ascii.to_ascii_lowercase()].concat());
        }

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
