//! UTF-8, checked before anything reads it: sixty-four bytes at once, by a bit a byte for what each of them may be.

use super::marks::{BLOCK_BYTES, Mark};
use super::{Fault, simd};

/// Checks that all characters that start in `bytes` from `at` to the end of the marks are UTF-8. Says where the first
/// one starts that is beyond; what stands before `at` is checked.
pub(super) fn check(bytes: &[u8], marks: &[Mark], mut at: usize) -> Result<usize, Fault> {
    while let Some(mark) = marks.get(at / BLOCK_BYTES) {
        let others = mark.others >> (at % BLOCK_BYTES);
        if others == 0 {
            at += BLOCK_BYTES - at % BLOCK_BYTES;
            continue;
        }
        at += others.trailing_zeros() as usize;
        let rest = bytes.get(at..).unwrap_or_default();
        let many = rest.first_chunk().and_then(valid);
        at += many.or_else(|| sequence(rest)).ok_or(Fault {
            at,
            expected: "UTF-8 text",
        })?;
    }
    Ok(at)
}

/// How many bytes are whole characters, if there is nothing but those and the beginning of one.
/// Source: The Unicode Standard, table 3-7.
fn valid(bytes: &[u8; BLOCK_BYTES]) -> Option<usize> {
    let from = |limit| simd::at_least(bytes, limit);
    let (others, leads, twos, threes) = (from(0x80), from(0xC0), from(0xC2), from(0xE0));
    let fours = if threes == 0 { 0 } else { from(0xF0) };
    let cut = twos & 1 << 63 | threes & 3 << 62 | fours & 7 << 61;
    let n_bytes = cut.trailing_zeros();
    // Where the cut one begins, none before it may go on.
    let whole = u64::MAX >> (63 - n_bytes.min(63));
    let following = twos << 1 | threes << 2 | fours << 3;
    let mut wrong = following ^ others & !leads | leads & !twos;
    if threes != 0 {
        // The second byte's limits: a longer form than needed, half a pair, or beyond the last character.
        let (after, second) = (|lead| (from(lead) & !from(lead + 1)) << 1, from(0xA0));
        wrong |= after(0xE0) & !second | after(0xED) & second;
    }
    if fours != 0 {
        let (after, second) = (|lead| (from(lead) & !from(lead + 1)) << 1, from(0x90));
        wrong |= after(0xF0) & !second | after(0xF4) & second | from(0xF5);
    }
    (wrong & whole == 0).then_some(n_bytes as usize)
}

/// The length of the sequence of two to four bytes that stands in front.
/// Source: The Unicode Standard, table 3-7.
const fn sequence(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0xC2..=0xDF, 0x80..=0xBF, ..] => Some(2),
        [0xE0, 0xA0..=0xBF, 0x80..=0xBF, ..]
        | [0xE1..=0xEC | 0xEE | 0xEF, 0x80..=0xBF, 0x80..=0xBF, ..]
        | [0xED, 0x80..=0x9F, 0x80..=0xBF, ..] => Some(3),
        [0xF0, 0x90..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..]
        | [0xF1..=0xF3, 0x80..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..]
        | [0xF4, 0x80..=0x8F, 0x80..=0xBF, 0x80..=0xBF, ..] => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::scan::Marks;
    use proptest::prelude::*;

    fn is_text(bytes: &[u8]) -> bool {
        Marks::default().extend(bytes, bytes.len()).is_ok()
    }

    proptest! {
        #[test]
        fn text_is_what_the_standard_library_takes(
            text in any::<String>(), place in any::<prop::sample::Index>(), byte in any::<u8>(), ascii in 0_usize..40,
        ) {
            let mut bytes = [" ".repeat(ascii), text, " ".to_owned()].concat().into_bytes();
            prop_assert!(is_text(&bytes));
            let at = place.index(bytes.len());
            bytes[at] = byte;
            prop_assert_eq!(is_text(&bytes), std::str::from_utf8(&bytes).is_ok());
            bytes.truncate(at);
            prop_assert_eq!(is_text(&bytes), std::str::from_utf8(&bytes).is_ok());
        }
    }

    #[test]
    fn a_character_that_another_one_cuts_off_is_found_at_every_place_of_a_block() {
        for n_before in 0..70 {
            let before = " ".repeat(n_before);
            for cut in [&b"\xC3"[..], b"\xE2\x82", b"\xF0\x90\x8D", b"\xF0\x90"] {
                for next in ["é", "€", "𐍈"] {
                    let bytes = ["é".as_bytes(), before.as_bytes(), cut, next.as_bytes(), &[b' '; 70]];
                    assert!(!is_text(&bytes.concat()), "{cut:x?} after {n_before}, then {next}");
                }
            }
        }
    }

    #[test]
    fn every_beginning_of_a_sequence_is_judged_as_the_standard_library_does() {
        let ends = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF];
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                for (third, fourth) in ends.iter().flat_map(|third| ends.map(|fourth| (*third, fourth))) {
                    for bytes in [
                        &[first, second][..],
                        &[first, second, third],
                        &[first, second, third, fourth],
                    ] {
                        assert_eq!(is_text(bytes), std::str::from_utf8(bytes).is_ok(), "{bytes:x?}");
                    }
                }
            }
        }
    }
}
