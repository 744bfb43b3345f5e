//! Values that are no containers, by where they stand; those that nearly all are, are taken without a detour: a string
//! without escapes, a whole number, a word.
//!
//! Nothing fails, so that a caller's copy of the scanner stays in registers.

#![expect(
    clippy::inline_always,
    reason = "a call would put the caller's scanner into memory, which costs a third"
)]

use std::borrow::Cow;

use super::marks::window;
use super::number::{digits, n_digits};
use super::{Run, Scanner, Str, word};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `null`
    Null,
    /// `false`
    No,
    /// `true`
    Yes,
    /// A number.
    Number,
    /// A string without escapes.
    Text,
    /// A string with escapes.
    Escaped,
    /// Anything, of which only matters that it is there.
    Present,
}

/// A value: what it is, and where its digits or what is between its quotes stand in the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) form: Form,
    start: u32,
    len: u32,
}

impl Value {
    /// The text is below 4 GiB.
    #[inline]
    pub(crate) fn new(form: Form, start: usize, len: usize) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            form,
            start: short(start),
            len: short(len),
        }
    }

    /// What stands there.
    #[inline]
    pub(crate) fn raw<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        let start = self.start as usize;
        bytes.get(start..start + self.len as usize).unwrap_or_default()
    }

    /// The same with what follows it.
    #[inline]
    pub(crate) fn run<'a>(&self, bytes: &'a [u8]) -> Run<'a> {
        Run::of(bytes.get(self.start as usize..).unwrap_or_default(), self.len as usize)
    }

    /// What a string says.
    pub(crate) fn text<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let (raw, has_escapes) = (self.raw(bytes), self.form == Form::Escaped);
        Str { raw, has_escapes }.bytes()
    }

    /// Whether nothing is between the quotes.
    pub(crate) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where it begins: the quote of a string.
    pub(crate) const fn at(&self) -> usize {
        let n_quotes = matches!(self.form, Form::Text | Form::Escaped) as usize;
        (self.start as usize).saturating_sub(n_quotes)
    }
}

impl Scanner<'_> {
    /// Takes a value of a simple form. `None`: it may be another one, or near the end; nothing was taken.
    #[inline(always)]
    pub(crate) fn simple(&mut self) -> Option<Value> {
        match self.peek() {
            b'"' => self.plain_string(),
            b'0'..=b'9' => self.whole(),
            b'n' => self.word(b"null", Form::Null),
            b't' => self.word(b"true", Form::Yes),
            b'f' => self.word(b"false", Form::No),
            _ => None,
        }
    }

    #[inline(always)]
    fn plain_string(&mut self) -> Option<Value> {
        let start = self.at() + 1;
        let len = window(self.marks(), start)?.stops.trailing_zeros() as usize;
        (self.bytes().get(start + len) == Some(&b'"')).then(|| {
            self.advance(len + 2);
            Value::new(Form::Text, start, len)
        })
    }

    #[inline(always)]
    fn word<const N: usize>(&mut self, word: &[u8; N], form: Form) -> Option<Value> {
        let start = self.at();
        (self.ahead() == Some(word)).then(|| {
            self.advance(N);
            Value::new(form, start, 0)
        })
    }

    /// Up to fifteen digits, which something follows that is no part of the number.
    #[inline(always)]
    fn whole(&mut self) -> Option<Value> {
        let (bytes, start) = (self.bytes(), self.at());
        let mut len = n_digits(digits(word(bytes, start)?));
        if len == 8 {
            len += n_digits(digits(word(bytes, start + 8)?));
        }
        let has_zero_in_front = len > 1 && self.peek() == b'0';
        if len == 16 || has_zero_in_front || matches!(bytes.get(start + len), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.advance(len);
        Some(Value::new(Form::Number, start, len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::Marks;
    use proptest::prelude::*;

    /// Text follows, as a page goes on after a value.
    fn read(json: &str) -> Option<(Value, usize)> {
        let mut marks = Marks::default();
        marks.extend(&[json.as_bytes(), &[0; 64]].concat(), usize::MAX).unwrap();
        let mut scanner = Scanner::new(json.as_bytes(), 0, 0).with(marks.all());
        let value = scanner.simple();
        assert!(value.is_some() || scanner.at() == 0);
        value.map(|value| (value, scanner.at()))
    }

    proptest! {
        #[test]
        fn a_simple_value_is_the_one_that_serde_json_reads(
            json in "\"[ -~é]{0,40}\"|[0-9]{1,18}(\\.[0-9])?(e2)?|nul[l ]|true|fals[e,]|-1",
        ) {
            let page = format!("{json},\"and so on, up to the end\"");
            let Some((value, end)) = read(&page) else { return Ok(()) };
            let (text, rest) = page.split_at(end);
            let expected: serde_json::Value = serde_json::from_str(text).unwrap();
            let raw = value.raw(page.as_bytes());
            match value.form {
                Form::Text => prop_assert_eq!(expected.as_str().map(str::as_bytes), Some(raw)),
                Form::Number => {
                    prop_assert_eq!(text.as_bytes(), raw);
                    prop_assert!(expected.is_u64() && !rest.starts_with(['.', 'e']));
                }
                Form::Yes | Form::No => prop_assert_eq!(expected.as_bool(), Some(value.form == Form::Yes)),
                form => prop_assert!(form == Form::Null && expected.is_null()),
            }
        }
    }

    #[test]
    fn what_is_not_simple_is_left() {
        for json in ["01,", "1.5,", "1e5,", "-1,", "1234567890123456,", "{}", "nulL"] {
            assert_eq!(read(&format!("{json} and what follows")), None, "{json}");
        }
        assert_eq!(read("\"a\\n\" and what follows"), None);
        assert_eq!(read("0, and what follows"), Some((Value::new(Form::Number, 0, 1), 1)));
    }
}
