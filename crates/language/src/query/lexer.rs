//! From text to words. Total: every text is some words, and every byte that is not blank belongs to exactly one of them.
//!
//! A word is `-key:value,value`, where all but one value may be missing. Quotes keep blanks and commas together; one
//! that is never closed ends with the text.

use std::ops::Range;

/// One word as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands, a leading minus included.
    pub(crate) span: Range<usize>,
    /// Whether a minus leads.
    pub(crate) is_negated: bool,
    /// Where the key stands, without its colon; `None` for a lone word or phrase.
    pub(crate) key: Option<Range<usize>>,
    /// What follows the colon, split at commas, or the lone word itself. Never empty.
    pub(crate) values: Vec<Piece>,
}

/// A value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it stands, with its quotes and its `~`.
    pub(crate) span: Range<usize>,
    /// What it says, without quotes, escapes and `~`.
    pub(crate) text: String,
    /// Whether it was quoted.
    pub(crate) is_quoted: bool,
    /// Whether a `~` leads: a part is asked for.
    pub(crate) is_part: bool,
}

/// The words of a text, from the left.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut lexer = Lexer { text, at: 0 };
    std::iter::from_fn(|| lexer.word()).collect()
}

/// Whether a character opens a quote; the curly ones are what telephones type.
pub(crate) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// Length of the key that a word begins with: letters, digits, `-` and `_` before a colon, a letter first.
pub(crate) fn key_len(word: &str) -> Option<usize> {
    let len = word.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
    (word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.get(len..)?.starts_with(':')).then_some(len)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, stop: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(stop).unwrap_or(rest.len());
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_next = self.rest().starts_with(wanted);
        if is_next {
            self.at += wanted.len_utf8();
        }
        is_next
    }

    fn word(&mut self) -> Option<Word> {
        let (start, is_negated) = self.begin()?;
        let key = key_len(self.rest()).map(|len| self.at..self.at + len);
        let values = match &key {
            Some(key) => {
                self.at = key.end + 1;
                self.values()
            }
            None => vec![self.lone()],
        };
        Some(Word {
            span: start..self.at,
            is_negated,
            key,
            values,
        })
    }

    /// Where the next word begins, and whether by a minus. A dash between blanks is punctuation: "Acme - Berlin".
    fn begin(&mut self) -> Option<(usize, bool)> {
        loop {
            self.skip(|c| !c.is_whitespace());
            let start = self.at;
            let is_dash = self.take('-');
            match self.peek() {
                Some(next) if !next.is_whitespace() => return Some((start, is_dash)),
                Some(_) => {}
                None => return None,
            }
        }
    }

    fn values(&mut self) -> Vec<Piece> {
        let mut values = vec![self.value()];
        while self.take(',') {
            values.push(self.value());
        }
        values
    }

    fn value(&mut self) -> Piece {
        let start = self.at;
        let is_part = self.take('~');
        let mut piece = if self.peek().is_some_and(is_quote) {
            self.quoted()
        } else {
            self.bare(|c| c == ',')
        };
        piece.span.start = start;
        piece.is_part = is_part;
        piece
    }

    fn lone(&mut self) -> Piece {
        if self.peek().is_some_and(is_quote) {
            self.quoted()
        } else {
            self.bare(|_| false)
        }
    }

    fn bare(&mut self, is_end: impl Fn(char) -> bool) -> Piece {
        let start = self.at;
        self.skip(|c| c.is_whitespace() || is_end(c));
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        Piece {
            span: start..self.at,
            text,
            is_quoted: false,
            is_part: false,
        }
    }

    fn quoted(&mut self) -> Piece {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.rest().chars();
        let is_straight = chars.next() == Some('"');
        let is_end = |c: char| if is_straight { c == '"' } else { is_quote(c) && c != '"' };
        while let Some(c) = chars.next() {
            if is_end(c) {
                break;
            }
            let next = chars.clone().next();
            if c == '\\' && next.is_some_and(|next| next == '\\' || is_end(next)) {
                text.extend(chars.next());
            } else {
                text.push(c);
            }
        }
        self.at = self.text.len() - chars.as_str().len();
        Piece {
            span: start..self.at,
            text,
            is_quoted: true,
            is_part: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(text: &str) -> Vec<(bool, Option<&str>, Vec<String>)> {
        let values = |word: &Word| word.values.iter().map(|piece| piece.text.clone()).collect();
        let key = |word: &Word| word.key.clone().map(|key| &text[key]);
        words(text)
            .iter()
            .map(|word| (word.is_negated, key(word), values(word)))
            .collect()
    }

    fn lone(text: &str) -> (bool, Option<&'static str>, Vec<String>) {
        (false, None, vec![text.to_owned()])
    }

    #[test]
    fn words_keys_values_and_quotes_are_told_apart() {
        assert_eq!(seen("  acme   bakery "), [lone("acme"), lone("bakery")]);
        assert_eq!(
            seen("-status:suspended"),
            [(true, Some("status"), vec!["suspended".to_owned()])]
        );
        assert_eq!(
            seen("platform:x,\"a, b\",,~c"),
            [(
                false,
                Some("platform"),
                vec!["x".to_owned(), "a, b".to_owned(), String::new(), "c".to_owned()]
            )]
        );
        assert_eq!(seen("\"two words\"next"), [lone("two words"), lone("next")]);
        assert_eq!(seen("“curly, too”"), [lone("curly, too")]);
        assert_eq!(seen(r#""say \"hi\" \\ \n""#), [lone(r#"say "hi" \ \n"#)]);
        assert_eq!(seen("\"never closed "), [lone("never closed ")]);
    }

    #[test]
    fn a_dash_between_blanks_is_nothing_and_one_inside_a_word_is_a_letter() {
        assert_eq!(seen("Acme - Berlin -"), [lone("Acme"), lone("Berlin")]);
        assert_eq!(seen("x-ray"), [lone("x-ray")]);
        assert_eq!(seen("--x"), [(true, None, vec!["-x".to_owned()])]);
    }

    #[test]
    fn a_colon_without_a_key_before_it_is_a_letter() {
        assert_eq!(
            seen(":x 12:30 a,b ü:x"),
            [lone(":x"), lone("12:30"), lone("a,b"), lone("ü:x")]
        );
    }

    proptest! {
        #[test]
        fn every_byte_that_is_not_blank_is_in_exactly_one_word(text in "[-a:,~\"“” \\\\é\n]{0,24}|.{0,24}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && word.span.end > word.span.start);
                let between = &text[end..word.span.start];
                prop_assert!(between.chars().all(|c| c.is_whitespace() || c == '-'), "{:?}", between);
                end = word.span.end;
                for piece in &word.values {
                    prop_assert!(word.span.start <= piece.span.start && piece.span.end <= word.span.end);
                    prop_assert!(text.get(piece.span.clone()).is_some());
                }
            }
            prop_assert!(text[end..].chars().all(|c| c.is_whitespace() || c == '-'));
        }
    }
}
