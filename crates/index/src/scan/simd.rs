//! The one seam for SIMD: where the next byte stands that is special inside a string, and ASCII in lower case.
//!
//! With `simd128` (WebAssembly, 16 bytes a step) or without (8 bytes a step in a plain `u64`); both give the same
//! answer.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use super::Run;
use super::marks::{BLOCK_BYTES, Mark};

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

/// What stands in sixty-four bytes.
#[inline]
pub(super) fn mark(bytes: &[u8; BLOCK_BYTES]) -> Mark {
    let (others, stops) = (block::at_least(bytes, 0x80), block::stops(bytes));
    Mark {
        stops: stops & !others,
        others,
    }
}

/// Which of sixty-four bytes are at least `limit`, which is not ASCII.
#[inline]
pub(super) fn at_least(bytes: &[u8; BLOCK_BYTES], limit: u8) -> u64 {
    block::at_least(bytes, limit)
}

/// Appends the ASCII that a text starts with, in lower case, and says how many bytes that were.
#[inline(always)]
pub(crate) fn push_lower(text: Run<'_>, out: &mut Vec<u8>) -> usize {
    let mut at = 0;
    loop {
        let block = block::head(text.bytes().get(at..).unwrap_or_default());
        let n_bytes = block::n_ascii(block).min(text.len() - at);
        block::push_lower(block, n_bytes, out);
        at += n_bytes;
        if n_bytes < block::N_BYTES {
            return at;
        }
    }
}

/// Up to eight bytes as a word, the first one lowest; what is missing is 0.
#[inline]
pub(crate) fn head(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << (8 * (bytes.len() - 4));
    }
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod block {
    use crate::scan::marks::BLOCK_BYTES;
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

    /// A bit a byte of a block, as `bits` finds them in the high bits of eight bytes.
    fn gathered(bytes: &[u8; BLOCK_BYTES], bits: impl Fn(u64) -> u64) -> u64 {
        let (words, _) = bytes.as_chunks();
        // The product's highest byte collects the high bits of all bytes.
        let eight = |word: &[u8; 8]| (bits(u64::from_le_bytes(*word)) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        words.iter().rev().fold(0, |all, word| all << 8 | eight(word))
    }

    /// Bytes of at least `limit`, which is not ASCII.
    pub(super) fn at_least(bytes: &[u8; BLOCK_BYTES], limit: u8) -> u64 {
        // Sums of seven bits do not run over into the next byte, and a limit of 0x80 adds 0x80, which is lost.
        let missing = ONES.wrapping_mul(u64::from(0x80 - (limit & 0x7F)));
        gathered(bytes, |word| (word & !HIGHS).wrapping_add(missing) & word & HIGHS)
    }

    /// Quotes, backslashes and control characters; wrong where there is no ASCII.
    pub(super) fn stops(bytes: &[u8; BLOCK_BYTES]) -> u64 {
        gathered(bytes, |word| {
            // Sums of seven bits do not run over into the next byte.
            let below = |word: u64, limit: u8| !((word & !HIGHS) + ONES * u64::from(0x80 - limit));
            let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
            (below(word, 0x20) | equal(b'"') | equal(b'\\')) & HIGHS
        })
    }

    /// The first eight bytes; what is missing is 0.
    #[inline]
    pub(super) fn head(bytes: &[u8]) -> u64 {
        super::head(bytes)
    }

    /// How many bytes there are before the first one that is not ASCII.
    #[inline]
    pub(super) const fn n_ascii(word: u64) -> usize {
        (word & HIGHS).trailing_zeros() as usize / 8
    }

    /// Appends the first `n_bytes`, which are ASCII, in lower case. All of it is appended and cut again: to copy a
    /// number of bytes that the compiler does not know is a call.
    #[inline]
    pub(super) fn push_lower(word: u64, n_bytes: usize, out: &mut Vec<u8>) {
        // The high bit of each sum says whether the byte is at least so large; sums of seven bits do not run over.
        let ascii = word & !HIGHS;
        let from_a = ascii + ONES * u64::from(0x80 - b'A');
        let beyond_z = ascii + ONES * u64::from(0x80 - b'Z' - 1);
        let capitals = (from_a & !beyond_z) & HIGHS;
        let end = out.len() + n_bytes;
        out.extend_from_slice(&(word | capitals >> 2).to_le_bytes());
        out.truncate(end);
    }

    #[inline]
    pub(super) fn first(mask: u64) -> Option<usize> {
        (mask != 0).then(|| mask.trailing_zeros() as usize / 8)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod block {
    use crate::scan::marks::BLOCK_BYTES;
    use core::arch::wasm32::{
        i8x16_gt, i8x16_lt, i8x16_splat, u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, v128,
        v128_and, v128_load, v128_or, v128_store,
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

    /// The first sixteen bytes; what is missing is 0.
    #[inline]
    pub(super) fn head(bytes: &[u8]) -> v128 {
        load(bytes, 0).unwrap_or_else(|| u64x2(super::head(bytes), super::head(bytes.get(8..).unwrap_or_default())))
    }

    /// A bit a byte of a block, as `bits` finds them in sixteen bytes.
    #[inline]
    fn gathered(bytes: &[u8; BLOCK_BYTES], bits: impl Fn(v128) -> v128) -> u64 {
        let sixteen = |at| u64::from(u8x16_bitmask(bits(load(bytes, at).unwrap_or(u8x16_splat(0)))));
        sixteen(0) | sixteen(16) << 16 | sixteen(32) << 32 | sixteen(48) << 48
    }

    /// Bytes of at least `limit`, which is not ASCII: as signed numbers, these are the lowest.
    #[inline]
    pub(super) fn at_least(bytes: &[u8; BLOCK_BYTES], limit: u8) -> u64 {
        let below = i8x16_splat((limit - 1).cast_signed());
        gathered(bytes, |block| {
            if limit == 0x80 {
                block
            } else {
                v128_and(block, i8x16_gt(block, below))
            }
        })
    }

    /// Quotes, backslashes and control characters; wrong where there is no ASCII. Processors compare signed bytes
    /// faster.
    #[inline]
    pub(super) fn stops(bytes: &[u8; BLOCK_BYTES]) -> u64 {
        gathered(bytes, |block| {
            let quotes = u8x16_eq(block, u8x16_splat(b'"'));
            let backslashes = u8x16_eq(block, u8x16_splat(b'\\'));
            v128_or(i8x16_lt(block, i8x16_splat(0x20)), v128_or(quotes, backslashes))
        })
    }

    /// How many bytes there are before the first one that is not ASCII.
    #[inline]
    pub(super) fn n_ascii(block: v128) -> usize {
        (u32::from(u8x16_bitmask(block)) | 1 << N_BYTES).trailing_zeros() as usize
    }

    /// Appends the first `n_bytes`, which are ASCII, in lower case.
    #[inline]
    #[expect(
        unsafe_code,
        reason = "a copy of a number of bytes that the compiler does not know is a call"
    )]
    pub(super) fn push_lower(block: v128, n_bytes: usize, out: &mut Vec<u8>) {
        let from_a = u8x16_sub(block, u8x16_splat(b'A'));
        let capitals = u8x16_lt(from_a, u8x16_splat(26));
        let lower = v128_or(block, v128_and(capitals, u8x16_splat(0x20)));
        out.reserve(N_BYTES);
        let end = out.len() + n_bytes.min(N_BYTES);
        // SAFETY: there is room for sixteen bytes behind the end, v128_store takes any alignment and writes all of
        // them, and the new end is at most sixteen bytes on.
        unsafe {
            v128_store(out.spare_capacity_mut().as_mut_ptr().cast(), lower);
            out.set_len(end);
        }
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
            prop_assert_eq!(push_lower(Run::alone(&bytes), &mut out), ascii.len());
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
