//! Text of a page with what follows it there, so that it is read in whole blocks.

use super::{head, word};

/// A text, and perhaps what follows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    bytes: &'a [u8],
    len: usize,
}

impl<'a> Run<'a> {
    /// The first `len` of these bytes.
    #[inline]
    pub(crate) const fn of(bytes: &'a [u8], len: usize) -> Self {
        let len = if len < bytes.len() { len } else { bytes.len() };
        Self { bytes, len }
    }

    /// A text alone.
    #[inline]
    pub(crate) const fn alone(text: &'a [u8]) -> Self {
        Self::of(text, text.len())
    }

    /// The text.
    #[inline]
    pub(crate) fn text(&self) -> &'a [u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// The text and what follows it.
    #[inline]
    pub(crate) const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Its length, in bytes.
    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// A text of up to sixteen bytes as two words, filled up with 0.
    #[inline]
    pub(crate) fn print(&self) -> Option<(u64, u64)> {
        if self.len > 16 {
            return None;
        }
        let Some((first, second)) = word(self.bytes, 0).zip(word(self.bytes, 8)) else {
            let text = self.text();
            return Some((head(text), head(text.get(8..).unwrap_or_default())));
        };
        let (n_first, n_second) = (self.len.min(8), self.len.saturating_sub(8));
        Some((cut(first, n_first), cut(second, n_second)))
    }
}

/// The first `n_bytes` of a word, up to eight.
#[inline]
const fn cut(word: u64, n_bytes: usize) -> u64 {
    // Half of the bits at once, as all of them are more than a shift can do.
    let n_half = 4 * (8 - n_bytes);
    word << n_half << n_half >> n_half >> n_half
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_print_is_the_same_whatever_follows(text in prop::collection::vec(any::<u8>(), 0..20), rest in prop::collection::vec(any::<u8>(), 0..20)) {
            let alone = Run::alone(&text).print();
            let followed = [text.clone(), rest].concat();
            prop_assert_eq!(Run::of(&followed, text.len()).print(), alone);
            prop_assert_eq!(alone.is_some(), text.len() <= 16);
            if let Some((first, second)) = alone {
                let padded = [text.clone(), vec![0; 16]].concat();
                prop_assert_eq!(Some([first, second]), Some([word(&padded, 0).unwrap(), word(&padded, 8).unwrap()]));
            }
        }
    }
}
