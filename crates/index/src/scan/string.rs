//! Strings: where they end, whether their escapes are right, and what they say.

use std::borrow::Cow;

use super::{Fault, Scanner, simd};

/// A string as it stands in the page, without its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Str<'a> {
    /// The bytes between the quotes.
    pub(crate) raw: &'a [u8],
    /// Whether there is a backslash in it.
    pub(crate) has_escapes: bool,
}

impl<'a> Str<'a> {
    /// What it says. Borrowed unless there are escapes.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        if self.has_escapes {
            return Cow::Owned(unescape(self.raw));
        }
        plain(self.raw)
    }

    /// The same as bytes, which is quicker.
    #[inline]
    pub(crate) fn bytes(&self) -> Cow<'a, [u8]> {
        if self.has_escapes {
            return Cow::Owned(unescape(self.raw).into_bytes());
        }
        Cow::Borrowed(self.raw)
    }

    /// Whether it says `text`.
    pub(crate) fn is(&self, text: &str) -> bool {
        if self.has_escapes {
            return self.text() == text;
        }
        self.raw == text.as_bytes()
    }
}

impl<'a> Scanner<'a> {
    /// Takes a string; the opening quote is next.
    pub(crate) fn string(&mut self) -> Result<Str<'a>, Fault> {
        self.advance(1);
        let start = self.at();
        let mut has_escapes = false;
        loop {
            self.seek(simd::find_special(self.bytes(), self.at()));
            match self.peek() {
                b'"' => {
                    let raw = self.since(start);
                    self.advance(1);
                    return Ok(Str { raw, has_escapes });
                }
                b'\\' => {
                    has_escapes = true;
                    self.escape()?;
                }
                _ if self.at() >= self.bytes().len() => return Err(self.fault("the end of a string")),
                _ => return Err(self.fault("no control character")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let start = *self;
        self.advance(1);
        let byte = self.peek();
        self.advance(1);
        match byte {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => match self.hex4(&start)? {
                0xDC00..=0xDFFF => Err(start.fault("a pair of surrogates")),
                0xD800..=0xDBFF if !self.low_surrogate(&start)? => Err(start.fault("a pair of surrogates")),
                _ => Ok(()),
            },
            _ => Err(start.fault("an escape")),
        }
    }

    fn low_surrogate(&mut self, start: &Self) -> Result<bool, Fault> {
        if !self.take(b'\\') || !self.take(b'u') {
            return Ok(false);
        }
        Ok(matches!(self.hex4(start)?, 0xDC00..=0xDFFF))
    }

    fn hex4(&mut self, start: &Self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek())
                .to_digit(16)
                .ok_or_else(|| start.fault("four hex digits"))?;
            code = code << 4 | digit;
            self.advance(1);
        }
        Ok(code)
    }
}

/// Bytes as text. Pages are checked to be UTF-8 before they are read.
pub(crate) fn plain(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// What a validated string says. Escapes that the scanner would refuse become U+FFFD, they cannot come here.
fn unescape(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(next) = chars.next() {
        if next != '\\' {
            out.push(next);
            continue;
        }
        match chars.next() {
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('u') => out.push(unicode(&mut chars)),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn unicode(chars: &mut std::str::Chars<'_>) -> char {
    let high = hex(chars);
    let code = if (0xD800..0xDC00).contains(&high) {
        chars.nth(1);
        0x1_0000 + ((high - 0xD800) << 10) + (hex(chars).wrapping_sub(0xDC00) & 0x3FF)
    } else {
        high
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn hex(chars: &mut std::str::Chars<'_>) -> u32 {
    chars
        .by_ref()
        .take(4)
        .filter_map(|digit| digit.to_digit(16))
        .fold(0, |code, digit| code << 4 | digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(json: &str) -> String {
        Scanner::new(json.as_bytes(), 0, 0)
            .string()
            .unwrap()
            .text()
            .into_owned()
    }

    proptest! {
        #[test]
        fn a_string_says_what_serde_json_reads(text in any::<String>(), escapes_all in any::<bool>()) {
            let json = if escapes_all {
                let units: Vec<String> = text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
                format!("\"{}\"", units.concat())
            } else {
                serde_json::to_string(&text).unwrap()
            };
            prop_assert_eq!(read(&json), text);
        }
    }

    #[test]
    fn a_key_in_escapes_is_still_that_key() {
        let key = Scanner::new(br#""ref\u0049d""#, 0, 0).string().unwrap();
        assert!(key.is("refId"));
        assert!(!key.is("refid"));
    }
}
