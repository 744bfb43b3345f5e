//! Strict JSON over bytes: the one reader of pages on the hot path.
//!
//! The rule: every byte is validated exactly once, also in values that nobody asked for: number grammar, literals,
//! escapes, surrogate pairs, control characters, nesting. What is accepted here is accepted by `serde_json`, and the
//! other way round (property tests below), except that numbers of any size pass and nesting ends at [`MAX_DEPTH`].
//!
//! The scanner borrows and never allocates. [`Marks`] are made of a page before it is scanned, a part at a time: they
//! check its UTF-8, and say where strings can end.

mod marks;
mod number;
mod run;
mod simd;
mod skip;
mod string;
mod text;
mod value;

pub(crate) use marks::{Mark, Marks};
pub(crate) use number::float;
pub(crate) use run::Run;
pub(crate) use simd::{head, push_lower};
pub(crate) use string::{Str, plain};
pub(crate) use value::{Form, Value};

/// Deepest nesting, counted from the page's own braces. Deeper pages are refused, so that hostile ones cost nothing.
pub(crate) const MAX_DEPTH: u32 = 128;

/// Why scanning stopped: what was expected, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Offset into the page, in bytes.
    pub(crate) at: usize,
    /// What would have been right there.
    pub(crate) expected: &'static str,
}

/// A position in a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    marks: &'a [Mark],
    at: usize,
    depth: u32,
}

impl<'a> Scanner<'a> {
    /// Starts at `at`, `depth` containers deep.
    pub(crate) const fn new(bytes: &'a [u8], at: usize, depth: u32) -> Self {
        let marks = &[];
        Self {
            bytes,
            marks,
            at,
            depth,
        }
    }

    /// The same with the marks of the text, which make it faster.
    pub(crate) const fn with(self, marks: &'a [Mark]) -> Self {
        Self { marks, ..self }
    }

    /// Offset of the next byte.
    #[inline]
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// Goes back, or on, to an offset that this scanner gave out.
    pub(crate) const fn seek(&mut self, at: usize) {
        self.at = at;
    }

    /// The next byte; 0, which no JSON has outside a string, at the end.
    #[inline]
    pub(crate) fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// The bytes from `start` to here.
    pub(crate) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// The whole text.
    pub(crate) const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    const fn marks(&self) -> &'a [Mark] {
        self.marks
    }

    /// Moves on by `n_bytes` that the caller has looked at.
    #[inline]
    pub(crate) const fn advance(&mut self, n_bytes: usize) {
        self.at += n_bytes;
    }

    /// Skips white space.
    #[inline]
    pub(crate) fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Takes `byte` if it is next.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte && self.at < self.bytes.len();
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes `byte`, or fails with what was expected.
    pub(crate) fn need(&mut self, byte: u8, expected: &'static str) -> Result<(), Fault> {
        if self.take(byte) {
            return Ok(());
        }
        Err(self.fault(expected))
    }

    /// A fault here.
    pub(crate) const fn fault(&self, expected: &'static str) -> Fault {
        Fault { at: self.at, expected }
    }

    /// Takes an opening brace or bracket.
    pub(crate) fn open(&mut self) -> Result<(), Fault> {
        if self.depth == MAX_DEPTH {
            return Err(self.fault("at most 128 levels"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Takes a closing brace or bracket.
    pub(crate) const fn close(&mut self) {
        self.depth -= 1;
        self.at += 1;
    }

    /// After an element: whether another follows. Takes the comma and white space, or the closing byte.
    pub(crate) fn another(&mut self, closing: u8) -> Result<bool, Fault> {
        self.space();
        if self.peek() == b',' {
            self.at += 1;
            self.space();
            return Ok(true);
        }
        if self.peek() == closing {
            self.close();
            return Ok(false);
        }
        Err(self.fault(if closing == b'}' {
            "a comma or }"
        } else {
            "a comma or ]"
        }))
    }

    /// After an opening byte: whether there is a first element. Takes the closing byte if not.
    pub(crate) fn first(&mut self, closing: u8) -> bool {
        self.space();
        if self.peek() == closing {
            self.close();
            return false;
        }
        true
    }

    /// Takes a key and its colon, up to the value.
    pub(crate) fn key(&mut self) -> Result<Str<'a>, Fault> {
        if self.peek() != b'"' {
            return Err(self.fault("a key"));
        }
        let key = self.string()?;
        self.space();
        self.need(b':', "a colon")?;
        self.space();
        Ok(key)
    }

    /// Takes a comma that stands alone, if that is what is next: most pages have no white space.
    #[inline]
    pub(crate) fn comma(&mut self) -> bool {
        let is_next = matches!(self.bytes.get(self.at..), Some([b',', b'!'..=b'~', ..]));
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes a comma before a quote, if that is what is next: in an object, a key follows.
    #[inline]
    pub(crate) fn comma_before_key(&mut self) -> bool {
        let is_next = self.ahead() == Some(b",\"");
        self.at += usize::from(is_next);
        is_next
    }

    /// The next bytes, for as many as a key has; `None` near the end of the text.
    #[inline]
    pub(crate) fn ahead<const N: usize>(&self) -> Option<&'a [u8; N]> {
        self.bytes.get(self.at..)?.first_chunk()
    }

    /// Takes a value that is no container; of a container all, as [`Form::Null`].
    pub(crate) fn scalar(&mut self) -> Result<Value, Fault> {
        let (byte, start) = (self.peek(), self.at());
        match byte {
            b'"' => {
                let Str { raw, has_escapes } = self.string()?;
                let form = if has_escapes { Form::Escaped } else { Form::Text };
                Ok(Value::new(form, start + 1, raw.len()))
            }
            b'-' | b'0'..=b'9' => {
                let digits = self.number()?;
                Ok(Value::new(Form::Number, start, digits.len()))
            }
            _ => {
                self.skip()?;
                let form = match byte {
                    b't' => Form::Yes,
                    b'f' => Form::No,
                    _ => Form::Null,
                };
                Ok(Value::new(form, start, 0))
            }
        }
    }

    /// Takes `null`, `true` or `false`.
    pub(crate) fn literal(&mut self) -> Result<(), Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let found = ["null", "true", "false"]
            .into_iter()
            .find(|word| rest.starts_with(word.as_bytes()));
        let word = found.ok_or_else(|| self.fault("a value"))?;
        self.at += word.len();
        Ok(())
    }

    /// Only white space up to the end.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        self.space();
        if self.at == self.bytes.len() {
            return Ok(());
        }
        Err(self.fault("the end of the page"))
    }
}

/// Eight bytes from `at`, the first one lowest.
pub(crate) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*eight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;
    use serde_json::value::RawValue;

    fn accepts(text: &[u8]) -> bool {
        let mut scanner = Scanner::new(text, 0, 0);
        std::str::from_utf8(text).is_ok() && scanner.skip().and_then(|()| scanner.end()).is_ok()
    }

    /// Numbers beyond `f64` are JSON, though `serde_json::Value` cannot hold them; `RawValue` can, but does not check
    /// surrogates, so there is no oracle for a text with both.
    fn oracle(text: &[u8]) -> Option<bool> {
        match serde_json::from_slice::<Value>(text) {
            Ok(_) => Some(true),
            Err(error) if !error.to_string().starts_with("number out of range") => Some(false),
            Err(_) if text.windows(2).any(|pair| pair == b"\\u") => None,
            Err(_) => Some(serde_json::from_slice::<&RawValue>(text).is_ok()),
        }
    }

    fn is_judged_alike(text: &[u8]) -> bool {
        oracle(text).is_none_or(|expected| accepts(text) == expected)
    }

    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        let tree = leaf.prop_recursive(6, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(|map| map.into_iter().collect()),
            ]
        });
        (tree, any::<bool>()).prop_map(|(value, is_pretty)| {
            if is_pretty {
                format!("{value:#}")
            } else {
                value.to_string()
            }
        })
    }

    const PIECES: &[&str] = &[
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\n", "\\x", "0", "00", "-",
        "-0", "1.", ".5", "1e", "1e5", "1E+05", "1e999", "null", "nul", "true", "false", "é", "\u{1}", "\n", " ", "\t",
        "\u{a0}", "NaN", "\u{7f}", "/",
    ];

    proptest! {
        #[test]
        fn what_serde_json_writes_is_accepted(text in json()) {
            prop_assert!(accepts(text.as_bytes()));
        }

        #[test]
        fn a_broken_page_is_refused_where_serde_json_refuses_it(text in json(), place in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = text.into_bytes();
            let at = place.index(bytes.len());
            bytes[at] = byte;
            prop_assert!(is_judged_alike(&bytes), "{:?}", String::from_utf8_lossy(&bytes));
            bytes.truncate(at);
            prop_assert!(is_judged_alike(&bytes), "{:?}", String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn any_row_of_json_pieces_is_judged_as_serde_json_does(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
            let text = pieces.concat();
            prop_assert!(is_judged_alike(text.as_bytes()), "{:?}", text);
        }
    }

    #[test]
    fn nesting_ends_at_the_limit_without_recursion() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(accepts(nested(128).as_bytes()));
        assert!(!accepts(nested(129).as_bytes()));
        assert!(!accepts("[".repeat(1_000_000).as_bytes()));
    }

    #[test]
    fn a_fault_says_what_was_expected_and_where() {
        let fault = |text: &str| {
            let mut scanner = Scanner::new(text.as_bytes(), 0, 0);
            scanner.skip().and_then(|()| scanner.end()).unwrap_err()
        };
        assert_eq!(
            fault("[1 2]"),
            Fault {
                at: 3,
                expected: "a comma or ]"
            }
        );
        assert_eq!(
            fault("{\"a\" 1}"),
            Fault {
                at: 5,
                expected: "a colon"
            }
        );
        assert_eq!(
            fault("1 x"),
            Fault {
                at: 2,
                expected: "the end of the page"
            }
        );
        assert_eq!(
            fault("\"\\ud83d\""),
            Fault {
                at: 1,
                expected: "a pair of surrogates"
            }
        );
    }
}
