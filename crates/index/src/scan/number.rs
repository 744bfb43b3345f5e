//! Numbers: the grammar, and their value.

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
    let number: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}

#[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact")]
fn small_whole(text: &[u8]) -> Option<f64> {
    if text.is_empty() || text.len() > EXACT_DIGITS {
        return None;
    }
    let mut whole = 0_u64;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        whole = whole * 10 + u64::from(digit);
    }
    Some(whole as f64)
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
