//! Places in a text: Rust counts bytes, JavaScript counts UTF-16 units.

/// A text whose places are asked for in both counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Units<'a>(&'a str);

impl<'a> Units<'a> {
    /// The places of a text.
    pub(crate) const fn of(text: &'a str) -> Self {
        Self(text)
    }

    /// The unit at a byte.
    pub(crate) fn unit(self, byte: usize) -> usize {
        let before = self.0.char_indices().take_while(|(at, _)| *at < byte);
        before.map(|(_, letter)| letter.len_utf16()).sum()
    }

    /// The byte at a unit; the end for one beyond it, the beginning of the letter for one within.
    pub(crate) fn byte(self, unit: u32) -> usize {
        let mut n_units = 0;
        for (at, letter) in self.0.char_indices() {
            n_units += letter.len_utf16();
            if n_units > unit as usize {
                return at;
            }
        }
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_in_both_counts_whatever_the_letters() {
        let units = Units::of("aé😀b");
        assert_eq!([0, 1, 3, 7, 8].map(|byte| units.unit(byte)), [0, 1, 2, 4, 5]);
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 99].map(|unit| units.byte(unit)),
            [0, 1, 3, 3, 7, 8, 8]
        );
    }
}
