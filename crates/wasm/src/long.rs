//! Numbers that a JavaScript number cannot hold become strings, so that their digits survive `JSON.parse`.

use std::borrow::Cow;

/// Whole numbers above this lose digits.
const LARGEST_SAFE: u64 = (1 << 53) - 1;

/// From this many digits on a number may lose some.
const LONG_DIGITS: usize = 16;

/// The JSON text with every whole number beyond ±(2^53 − 1) in quotes; all else as it stands.
pub(crate) fn quoted(json: &str) -> Cow<'_, str> {
    if !may_hold_long(json.as_bytes()) {
        return Cow::Borrowed(json);
    }
    let mut out = String::new();
    let mut written = 0;
    let bytes = json.as_bytes();
    for (start, end) in (Numbers { bytes, at: 0 }) {
        let Some(number) = json.get(start..end).filter(|number| is_long(number)) else {
            continue;
        };
        out.push_str(json.get(written..start).unwrap_or_default());
        out.push('"');
        out.push_str(number);
        out.push('"');
        written = end;
    }
    out.push_str(json.get(written..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether so many digits stand side by side anywhere: such a run covers every sixteenth byte.
fn may_hold_long(bytes: &[u8]) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    (LONG_DIGITS - 1..bytes.len()).step_by(LONG_DIGITS).any(|at| {
        let before = (0..at)
            .rev()
            .take(LONG_DIGITS)
            .take_while(|at| is_digit(bytes.get(*at)))
            .count();
        let from_here = (at..bytes.len())
            .take(LONG_DIGITS)
            .take_while(|at| is_digit(bytes.get(*at)))
            .count();
        from_here > 0 && before + from_here >= LONG_DIGITS
    })
}

fn is_long(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_whole && digits.len() >= LONG_DIGITS && digits.parse::<u64>().map_or(true, |number| number > LARGEST_SAFE)
}

/// Where the numbers of a JSON text stand.
struct Numbers<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Numbers<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => self.skip_string(),
                b'-' | b'0'..=b'9' => return Some(self.number()),
                _ => self.at += 1,
            }
        }
    }
}

impl Numbers<'_> {
    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
    }

    fn number(&mut self) -> (usize, usize) {
        let start = self.at;
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        while self.bytes.get(self.at).is_some_and(is_part) {
            self.at += 1;
        }
        (start, self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_beyond_53_bits_are_quoted_and_nothing_else() {
        for (json, wanted) in [
            (r#"{"id":9007199254740993}"#, r#"{"id":"9007199254740993"}"#),
            (r#"{"id":9007199254740991}"#, r#"{"id":9007199254740991}"#),
            (r"[-9007199254740992,1]", r#"["-9007199254740992",1]"#),
            (
                r#"["718465015493014420\"9007199254740993"]"#,
                r#"["718465015493014420\"9007199254740993"]"#,
            ),
            (
                r"[9007199254740993.5,1e400, 18446744073709551616]",
                r#"[9007199254740993.5,1e400, "18446744073709551616"]"#,
            ),
            (
                r#"{"9007199254740993":-12345678901234567890}"#,
                r#"{"9007199254740993":"-12345678901234567890"}"#,
            ),
        ] {
            assert_eq!(quoted(json), wanted);
        }
    }

    #[test]
    fn a_long_number_is_found_wherever_it_begins() {
        for n_before in 0..40 {
            let json = format!("[{}9007199254740993]", " ".repeat(n_before));
            assert!(quoted(&json).ends_with("\"9007199254740993\"]"), "{n_before}");
        }
    }

    #[test]
    fn a_text_that_breaks_off_is_no_trouble() {
        for json in ["\"9007199254740993\\", "9007199254740993", "\"", "-"] {
            assert!(quoted(json).len() >= json.len());
        }
    }
}
