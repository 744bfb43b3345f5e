//! UTF-8, checked over whole slices of a page.

use super::{Fault, n_ascii};

/// Checks that `bytes` are UTF-8 from `start` to `end`. Both ends stand at ASCII, so no character is cut.
pub(crate) fn check_text(bytes: &[u8], start: usize, end: usize) -> Result<(), Fault> {
    let read = bytes.get(..end).unwrap_or_default();
    let mut at = start;
    loop {
        at += n_ascii(read, at);
        let mut others = read.get(at..).unwrap_or_default();
        if others.is_empty() {
            return Ok(());
        }
        while let Some(128..) = others.first() {
            let n_bytes = sequence(others).ok_or(Fault {
                at,
                expected: "UTF-8 text",
            })?;
            at += n_bytes;
            others = others.get(n_bytes..).unwrap_or_default();
        }
    }
}

/// The length of the sequence of two to four bytes that stands in front.
/// Source: The Unicode Standard, table 3-7.
#[inline]
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
    use super::*;
    use proptest::prelude::*;

    fn is_text(bytes: &[u8]) -> bool {
        check_text(bytes, 0, bytes.len()).is_ok()
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
