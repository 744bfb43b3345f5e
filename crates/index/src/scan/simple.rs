//! The values that nearly all values are, taken without a detour: a string without escapes, a whole number, a word.
//!
//! Everything is inlined and nothing fails, so that a caller's copy of the scanner stays in registers.

#![expect(
    clippy::inline_always,
    reason = "a call would put the caller's scanner into memory, which costs a third"
)]

use super::{Scanner, simd};

/// A value in its simplest form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Simple<'a> {
    /// What a string says.
    Text(&'a [u8]),
    /// A whole number that an `f64` holds exactly, with its digits.
    Whole(&'a [u8], f64),
    /// `true` or `false`.
    Flag(bool),
    /// `null`.
    Null,
}

/// Digits of which every number is exact in an `f64`.
const EXACT_DIGITS: usize = 15;

impl<'a> Scanner<'a> {
    /// Takes a value of a simple form. `None`: it may be another one, or near the end; nothing was taken.
    #[inline(always)]
    pub(crate) fn simple(&mut self) -> Option<Simple<'a>> {
        match self.peek() {
            b'"' => self.plain_string(),
            b'0'..=b'9' => self.whole(),
            b'n' => self.word(b"null", Simple::Null),
            b't' => self.word(b"true", Simple::Flag(true)),
            b'f' => self.word(b"false", Simple::Flag(false)),
            _ => None,
        }
    }

    #[inline(always)]
    fn plain_string(&mut self) -> Option<Simple<'a>> {
        let (bytes, start) = (self.bytes(), self.at() + 1);
        let end = simd::find_quote(bytes, start)?;
        self.seek(end + 1);
        bytes.get(start..end).map(Simple::Text)
    }

    #[inline(always)]
    fn word<const N: usize>(&mut self, word: &[u8; N], value: Simple<'a>) -> Option<Simple<'a>> {
        (self.ahead() == Some(word)).then(|| {
            self.advance(N);
            value
        })
    }

    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact")]
    fn whole(&mut self) -> Option<Simple<'a>> {
        let rest = self.bytes().get(self.at()..)?;
        let (mut whole, mut n_digits) = (0_u64, 0);
        let after = loop {
            let byte = *rest.get(n_digits)?;
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break byte;
            }
            whole = whole.wrapping_mul(10).wrapping_add(u64::from(digit));
            n_digits += 1;
        };
        let has_zero_in_front = n_digits > 1 && rest.first() == Some(&b'0');
        if n_digits > EXACT_DIGITS || has_zero_in_front || matches!(after, b'.' | b'e' | b'E') {
            return None;
        }
        self.advance(n_digits);
        rest.get(..n_digits).map(|digits| Simple::Whole(digits, whole as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// Text follows, as a page goes on after a value.
    fn read(json: &str) -> Option<(Simple<'_>, usize)> {
        let mut scanner = Scanner::new(json.as_bytes(), 0, 0);
        let simple = scanner.simple();
        assert!(simple.is_some() || scanner.at() == 0);
        simple.map(|simple| (simple, scanner.at()))
    }

    proptest! {
        #[test]
        fn a_simple_value_is_the_one_that_serde_json_reads(
            json in "\"[ -~é]{0,40}\"|[0-9]{1,18}(\\.[0-9])?(e2)?|nul[l ]|true|fals[e,]|-1",
        ) {
            let page = format!("{json},\"and so on, up to the end\"");
            let Some((simple, end)) = read(&page) else { return Ok(()) };
            let expected: Value = serde_json::from_str(&page[..end]).unwrap();
            match simple {
                Simple::Text(text) => prop_assert_eq!(expected.as_str().map(str::as_bytes), Some(text)),
                Simple::Whole(digits, whole) => {
                    prop_assert_eq!(expected.as_f64(), Some(whole));
                    prop_assert_eq!(digits, &page.as_bytes()[..end]);
                    prop_assert!(!matches!(page.as_bytes()[end], b'.' | b'e'));
                }
                Simple::Flag(flag) => prop_assert_eq!(expected.as_bool(), Some(flag)),
                Simple::Null => prop_assert!(expected.is_null()),
            }
        }
    }

    #[test]
    fn what_is_not_simple_is_left() {
        for json in [
            "01,",
            "1.5,",
            "1e5,",
            "-1,",
            "1234567890123456,",
            "{}",
            "nulL",
            "\"a\\n\" and what follows",
        ] {
            assert_eq!(read(json), None, "{json}");
        }
        assert_eq!(read("0,"), Some((Simple::Whole(b"0", 0.0), 1)));
    }
}
