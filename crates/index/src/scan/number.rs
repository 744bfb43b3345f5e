//! Numbers: the grammar, and their value.

use roster_core::decimal;

use super::{Fault, Scanner};

/// Digits of which every number is exact in an `f64`.
const EXACT_DIGITS: usize = 15;

impl<'a> Scanner<'a> {
    /// Takes a number and gives its exact text.
    pub(crate) fn number(&mut self) -> Result<&'a [u8], Fault> {
        let start = self.at();
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.advance(1);
            if matches!(self.peek(), b'+' | b'-') {
                self.advance(1);
            }
            self.digits()?;
        }
        Ok(self.since(start))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at();
        while self.peek().is_ascii_digit() {
            self.advance(1);
        }
        if self.at() == start {
            return Err(self.fault("a digit"));
        }
        Ok(())
    }
}

/// The value of a number's text, the nearest `f64`; `None` if it is beyond all of them.
pub(crate) fn float(text: &[u8]) -> Option<f64> {
    if let Some(whole) = small_whole(text) {
        return Some(whole);
    }
    decimal::parse(text)
}

#[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact")]
fn small_whole(text: &[u8]) -> Option<f64> {
    if text.is_empty() || text.len() > EXACT_DIGITS {
        return None;
    }
    let (mut whole, mut rest) = (0, text);
    if let Some((eight, others)) = text.split_first_chunk() {
        (whole, rest) = (eight_digits(u64::from_le_bytes(*eight))?, others);
    }
    for byte in rest {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        whole = whole * 10 + u64::from(digit);
    }
    Some(whole as f64)
}

/// Eight digits at once: neighbours are joined to pairs, these to fours, and these to one number.
#[inline]
fn eight_digits(text: u64) -> Option<u64> {
    const FOURS: u64 = 0x0000_00FF_0000_00FF;
    let digits = digits(text);
    if n_digits(digits) < 8 {
        return None;
    }
    let pairs = digits * 10 + (digits >> 8);
    let (hundreds, ones) = (100 + (1_000_000 << 32), 1 + (10_000 << 32));
    Some(((pairs & FOURS).wrapping_mul(hundreds) + (pairs >> 16 & FOURS).wrapping_mul(ones)) >> 32)
}

/// Eight bytes of text, the first one lowest, with 0 to 9 in place of each digit and more than 9 for all else.
#[inline]
pub(super) const fn digits(text: u64) -> u64 {
    text ^ 0x3030_3030_3030_3030
}

/// With how many digits eight bytes begin.
#[inline]
pub(super) const fn n_digits(digits: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // What is above 9 has its high bit set, or gets it by the addition.
    let above = digits | ((digits & (ONES * 0x7F)) + ONES * 0x76);
    (above & (ONES * 0x80)).trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_has_the_value_that_serde_json_gives_it(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
            let text = serde_json::to_string(&number).unwrap();
            prop_assert_eq!(float(text.as_bytes()), Some(number));
        }

        #[test]
        fn a_whole_number_too(number in any::<i64>()) {
            #[expect(clippy::cast_precision_loss, reason = "the nearest number is what is meant")]
            let nearest = number as f64;
            prop_assert_eq!(float(number.to_string().as_bytes()), Some(nearest));
        }
    }

    #[test]
    fn a_number_beyond_all_is_none() {
        assert_eq!(float(b"1e999"), None);
        assert_eq!(float(b"-0"), Some(0.0));
    }
}
