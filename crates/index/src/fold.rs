//! Folding of everything that is taken in: the same as [`fold`](roster_language::fold()), faster.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use roster_language::fold_char;

use crate::scan::{Run, push_lower};

/// Appends the folded form of UTF-8 text. Runs of ASCII, which is most of most names, are copied block by block.
pub(crate) fn fold_into(text: Run<'_>, memo: &mut Memo, out: &mut Vec<u8>) {
    let mut at = 0;
    loop {
        let bytes = text.bytes().get(at..).unwrap_or_default();
        at += push_lower(Run::of(bytes, text.len() - at), out);
        // What is left begins with a character that is not ASCII.
        while at < text.len() {
            let Some(first) = text.bytes().get(at).filter(|first| !first.is_ascii()) else {
                break;
            };
            let n_bytes = (first.leading_ones() as usize).clamp(1, text.len() - at);
            let rest = text.bytes().get(at..).unwrap_or_default();
            match rest.first_chunk::<3>() {
                // U+4000 to U+9FFF are ideographs, of which there are too many to remember, and fold to themselves.
                Some(three @ [0xE4..=0xE9, ..]) => out.extend_from_slice(three),
                _ => memo.fold(rest, n_bytes, out),
            }
            at += n_bytes;
        }
        if at >= text.len() {
            return;
        }
    }
}

/// Foldings of characters that came lately: a text mostly stays with one alphabet. Empty until there is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo(Vec<Remembered>);

/// A power of two, larger than most alphabets.
const N_REMEMBERED: usize = 1024;

/// Longer foldings are not remembered.
const MAX_FOLDED_BYTES: usize = 11;

#[derive(Clone, Copy, Debug, Default)]
struct Remembered {
    /// The character's UTF-8 as a number; 0 is none.
    sequence: u32,
    n_bytes: u8,
    folded: [u8; MAX_FOLDED_BYTES],
}

impl Memo {
    /// Appends the folded form of the character that stands in front, which is not ASCII.
    #[inline(always)]
    fn fold(&mut self, bytes: &[u8], n_bytes: usize, out: &mut Vec<u8>) {
        let sequence = match bytes.first_chunk() {
            Some(four) => u32::from_be_bytes(*four) >> (8 * (4 - n_bytes.min(4))),
            None => bytes
                .iter()
                .take(n_bytes)
                .fold(0, |sequence, byte| sequence << 8 | u32::from(*byte)),
        };
        let place = place(sequence);
        if let Some(known) = self.0.get(place).filter(|known| known.sequence == sequence) {
            // All of it and cut again: a copy of fixed length is no call.
            let end = out.len() + usize::from(known.n_bytes);
            out.extend_from_slice(&known.folded);
            out.truncate(end);
            return;
        }
        self.other(bytes.get(..n_bytes).unwrap_or_default(), (sequence, place), out);
    }

    #[cold]
    fn other(&mut self, utf8: &[u8], (sequence, place): (u32, usize), out: &mut Vec<u8>) {
        let start = out.len();
        let read = std::str::from_utf8(utf8).ok().and_then(|text| text.chars().next());
        fold_char(read.unwrap_or(char::REPLACEMENT_CHARACTER), |piece| {
            out.extend_from_slice(piece.as_bytes());
        });
        let added = out.get(start..).unwrap_or_default();
        let mut entry = Remembered {
            sequence,
            n_bytes: 0,
            folded: [0; MAX_FOLDED_BYTES],
        };
        if let (Some(folded), Ok(n_bytes)) = (entry.folded.get_mut(..added.len()), u8::try_from(added.len())) {
            folded.copy_from_slice(added);
            entry.n_bytes = n_bytes;
            if self.0.is_empty() {
                self.0 = vec![Remembered::default(); N_REMEMBERED];
            }
            let _ = self.0.get_mut(place).map(|slot| *slot = entry);
        }
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.0.capacity() * size_of::<Remembered>()
    }
}

/// Where a character is remembered. Letters of several alphabets come side by side and must not drive each other out.
#[inline]
const fn place(sequence: u32) -> usize {
    (sequence.wrapping_mul(0x27D4_EB2F) >> (u32::BITS - N_REMEMBERED.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roster_language::fold;

    use super::*;

    #[test]
    fn every_character_is_folded_as_it_is_looked_for() {
        let (mut bytes, mut memo) = (Vec::new(), Memo::default());
        for c in '\u{80}'..=char::MAX {
            bytes.clear();
            let text = c.to_string();
            fold_into(Run::alone(text.as_bytes()), &mut memo, &mut bytes);
            assert_eq!(bytes, fold(&text).into_bytes(), "{c} {:x}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_in_is_folded_as_what_is_looked_for(text in any::<String>()) {
            let mut bytes = Vec::new();
            fold_into(Run::alone(text.as_bytes()), &mut Memo::default(), &mut bytes);
            prop_assert_eq!(bytes, fold(&text).into_bytes());
        }
    }
}
