//! Where strings can end, looked for once a page in steps of 64 bytes: no string is searched byte by byte.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use super::{Fault, simd, text};

/// Bytes of one [`Mark`].
pub(super) const BLOCK_BYTES: usize = 64;

/// Sixty-four bytes of a page, a bit each, the first one lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Quotes, backslashes and control characters.
    pub(super) stops: u64,
    /// Bytes that are not ASCII.
    pub(super) others: u64,
}

/// Marks of a page from its start on, which is UTF-8 so far. Where they end, strings are searched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    all: Vec<Mark>,
    /// Where the first character starts that is not checked.
    n_checked: usize,
}

impl Marks {
    /// No marks, with room for those of a page of so many bytes.
    pub(crate) fn with_room(len_bytes: usize) -> Self {
        Self {
            all: Vec::with_capacity(len_bytes.div_ceil(BLOCK_BYTES)),
            n_checked: 0,
        }
    }

    /// Marks the page up to `end` at least, or all of it, and checks that this is UTF-8.
    #[inline(never)]
    pub(crate) fn extend(&mut self, page: &[u8], end: usize) -> Result<(), Fault> {
        let start = self.all.len() * BLOCK_BYTES;
        let end = end.checked_next_multiple_of(BLOCK_BYTES).unwrap_or(end).min(page.len());
        let (blocks, rest) = page.get(start..end).unwrap_or_default().as_chunks();
        self.all.extend(blocks.iter().map(simd::mark));
        if !rest.is_empty() {
            let mut last = [0; BLOCK_BYTES];
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            self.all.push(simd::mark(&last));
        }
        self.n_checked = text::check(page, &self.all, self.n_checked)?;
        Ok(())
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Mark] {
        &self.all
    }
}

/// The sixty-four bytes from an offset on; `None` near the end of the marks.
#[inline(always)]
pub(super) fn window(marks: &[Mark], at: usize) -> Option<Mark> {
    let [one, next] = marks.get(at / BLOCK_BYTES..)?.first_chunk()?;
    let n_before = at % BLOCK_BYTES;
    let joined = |one: u64, next: u64| one >> n_before | next << 1 << (BLOCK_BYTES - 1 - n_before);
    Some(Mark {
        stops: joined(one.stops, next.stops),
        others: joined(one.others, next.others),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_window_says_what_each_byte_is(
            page in prop::collection::vec(prop_oneof![8 => any::<u8>(), 1 => Just(b'"'), 1 => Just(b'\\')], 0..400),
            (first, at) in (0_usize..400, 0_usize..400),
        ) {
            let mut marks = Marks::default();
            let _ = marks.extend(&page, first);
            let _ = marks.extend(&page, page.len());
            prop_assert_eq!(marks.all().len(), page.len().div_ceil(BLOCK_BYTES));
            let Some(found) = window(marks.all(), at) else { return Ok(()) };
            for (bit, byte) in page.iter().skip(at).take(BLOCK_BYTES).enumerate() {
                prop_assert_eq!(found.stops >> bit & 1 == 1, matches!(byte, 0..0x20 | b'"' | b'\\'));
                prop_assert_eq!(found.others >> bit & 1 == 1, !byte.is_ascii());
            }
        }
    }
}
