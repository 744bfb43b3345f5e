//! Reads JSON text piece by piece: what stands where, checked against the grammar, as slices of the text.
//!
//! It accepts what `serde_json` accepts as a raw value, at any depth and without recursion. Every byte of every page goes
//! by here, so this crate is built for speed wherever the others are built for size.
#![forbid(unsafe_code)]

use std::borrow::Cow;

/// Why a text is no JSON: where it breaks, and what could have stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In bytes.
    pub at: usize,
    /// What could have stood there.
    pub expected: &'static str,
}

/// A text and how far it was read.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// At the beginning of a text.
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Takes an object: calls with each member's key, as it stands between its quotes, and the text of its value.
    ///
    /// # Errors
    /// Where it is none, or what the call says.
    pub fn object(&mut self, mut take: impl FnMut(&'a str, &'a str) -> Result<(), Fault>) -> Result<(), Fault> {
        self.object_by(|reader, key| take(key, reader.value()?))
    }

    /// The same for whoever reads the values too: calls with each member's key, before its value.
    ///
    /// # Errors
    /// Where it is none, or what the call says.
    pub fn object_by(&mut self, mut take: impl FnMut(&mut Self, &'a str) -> Result<(), Fault>) -> Result<(), Fault> {
        self.open(b'{', "an object")?;
        let mut is_more = !self.takes(b'}');
        while is_more {
            let key = self.key()?;
            take(self, key)?;
            is_more = self.is_followed(b'}')?;
        }
        Ok(())
    }

    /// Takes an array: calls with the text of each element.
    ///
    /// # Errors
    /// Where it is none.
    pub fn array(&mut self, mut take: impl FnMut(&'a str)) -> Result<(), Fault> {
        self.array_by(|reader| {
            take(reader.value()?);
            Ok(())
        })
    }

    /// The same for whoever reads the elements too: calls before each.
    ///
    /// # Errors
    /// Where it is none, or what the call says.
    pub fn array_by(&mut self, mut take: impl FnMut(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.open(b'[', "an array")?;
        let mut is_more = !self.takes(b']');
        while is_more {
            take(self)?;
            is_more = self.is_followed(b']')?;
        }
        Ok(())
    }

    /// What the next value begins with; 0 at the end of the text.
    pub fn next_byte(&mut self) -> u8 {
        self.space();
        self.peek()
    }

    /// Where the next value begins, in bytes.
    pub fn start(&mut self) -> usize {
        self.space();
        self.at
    }

    /// The text from a place to where it has come.
    pub fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Takes a string and gives what stands between its quotes, escapes and all.
    ///
    /// # Errors
    /// Where it is none.
    pub fn string(&mut self) -> Result<&'a str, Fault> {
        if !self.takes(b'"') {
            return Err(self.fault("a string"));
        }
        let start = self.at;
        loop {
            self.at += n_plain(self.rest());
            match self.peek() {
                b'"' => break,
                b'\\' => self.escape()?,
                _ => return Err(self.fault("the end of a string")),
            }
        }
        self.at += 1;
        Ok(self.text.get(start..self.at - 1).unwrap_or_default())
    }

    /// Checks that nothing follows.
    ///
    /// # Errors
    /// Where something does.
    pub fn end(&mut self) -> Result<(), Fault> {
        self.space();
        if self.at < self.text.len() {
            return Err(self.fault("nothing more"));
        }
        Ok(())
    }

    /// Takes one value of any kind and gives its text.
    ///
    /// # Errors
    /// Where it is none.
    pub fn value(&mut self) -> Result<&'a str, Fault> {
        self.space();
        let start = self.at;
        // What closes each object and array that is open.
        let mut open: Vec<u8> = Vec::new();
        loop {
            if let Some(close) = self.scalar_or_open()? {
                open.push(close);
                if close == b'}' {
                    self.key()?;
                }
                continue;
            }
            loop {
                let Some(close) = open.last().copied() else {
                    return Ok(self.since(start));
                };
                if self.is_followed(close)? {
                    if close == b'}' {
                        self.key()?;
                    }
                    break;
                }
                open.pop();
            }
        }
    }

    /// Takes a scalar, an empty object or an empty array; of a larger one only its beginning, and says how it ends.
    fn scalar_or_open(&mut self) -> Result<Option<u8>, Fault> {
        self.space();
        let close = match self.peek() {
            b'"' => return self.string().map(|_| None),
            b'-' | b'0'..=b'9' => return self.number().map(|()| None),
            b't' => return self.word("true"),
            b'f' => return self.word("false"),
            b'n' => return self.word("null"),
            b'{' => b'}',
            b'[' => b']',
            _ => return Err(self.fault("a value")),
        };
        self.at += 1;
        Ok((!self.takes(close)).then_some(close))
    }

    /// Takes a key and its colon.
    fn key(&mut self) -> Result<&'a str, Fault> {
        self.space();
        let key = self.string()?;
        self.open(b':', "a colon")?;
        Ok(key)
    }

    /// Takes the comma before another one, or what closes.
    fn is_followed(&mut self, close: u8) -> Result<bool, Fault> {
        self.space();
        if self.takes(b',') {
            return Ok(true);
        }
        if self.takes(close) {
            return Ok(false);
        }
        Err(self.fault(if close == b'}' { "a comma or }" } else { "a comma or ]" }))
    }

    fn word(&mut self, word: &str) -> Result<Option<u8>, Fault> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.fault("a value"));
        }
        self.at += word.len();
        Ok(None)
    }

    fn number(&mut self) -> Result<(), Fault> {
        self.skip(b'-');
        if !self.skip(b'0') {
            self.digits()?;
        }
        if self.skip(b'.') {
            self.digits()?;
        }
        if self.skip(b'e') || self.skip(b'E') {
            let _ = self.skip(b'+') || self.skip(b'-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.fault("a digit"));
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let is_hex = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_hexdigit);
        match self.rest() {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.at += 1,
            [b'u', digits @ ..] if digits.get(..4).is_some_and(is_hex) => self.at += 5,
            _ => return Err(self.fault("an escape")),
        }
        Ok(())
    }

    fn open(&mut self, byte: u8, expected: &'static str) -> Result<(), Fault> {
        self.space();
        if !self.skip(byte) {
            return Err(self.fault(expected));
        }
        self.space();
        Ok(())
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        self.skip(byte)
    }

    #[inline]
    fn skip(&mut self, byte: u8) -> bool {
        let is_there = self.text.as_bytes().get(self.at) == Some(&byte);
        self.at += usize::from(is_there);
        is_there
    }

    #[inline]
    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    #[inline]
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    const fn fault(&self, expected: &'static str) -> Fault {
        Fault { at: self.at, expected }
    }
}

/// How many bytes in front are neither a quote, a backslash nor a control character.
fn n_plain(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let mut n_plain = 0;
    while let Some(eight) = bytes.get(n_plain..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        // The top bit of the first byte that is zero is set; above it there may be more.
        let zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
        let control = eight.wrapping_sub(ONES * 0x20) & !eight;
        let found = (zero(eight ^ (ONES * u64::from(b'"'))) | zero(eight ^ (ONES * u64::from(b'\\'))) | control) & TOPS;
        if found != 0 {
            return n_plain + found.trailing_zeros() as usize / 8;
        }
        n_plain += 8;
    }
    let is_plain = |byte: &&u8| **byte >= 0x20 && !matches!(byte, b'"' | b'\\');
    let rest = bytes.get(n_plain..).unwrap_or_default();
    n_plain + rest.iter().take_while(is_plain).count()
}

/// What a string says, from what stands between its quotes; `None` if half of a surrogate pair stands alone.
pub fn unescaped(raw: &str) -> Option<Cow<'_, str>> {
    let Some((plain, mut rest)) = raw.split_once('\\') else {
        return Some(raw.into());
    };
    let mut text = plain.to_owned();
    loop {
        let (kind, after) = rest.split_at_checked(1)?;
        rest = after;
        text.push(match kind {
            "b" => '\u{8}',
            "f" => '\u{c}',
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            "u" => utf16(&mut rest)?,
            other => other.chars().next()?,
        });
        let Some((plain, after)) = rest.split_once('\\') else {
            text.push_str(rest);
            return Some(text.into());
        };
        text.push_str(plain);
        rest = after;
    }
}

/// Takes the digits after `\u`, and of a surrogate pair also its second half.
fn utf16(rest: &mut &str) -> Option<char> {
    let first = unit(rest)?;
    if !(0xD800..0xDC00).contains(&first) {
        return char::from_u32(first);
    }
    *rest = rest.strip_prefix("\\u")?;
    let second = unit(rest).filter(|unit| (0xDC00..0xE000).contains(unit))?;
    char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
}

fn unit(rest: &mut &str) -> Option<u32> {
    let (digits, after) = rest.split_at_checked(4)?;
    *rest = after;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests;
