//! From a filter to text. What is written here, the parser reads back as the same filter, as long as every match fits
//! the kind of its field.

use std::fmt;

use crate::catalog::{Field, Kind};
use crate::query::filter::{Filter, Match, Nothing, Range, Term, Test};
use crate::query::lexer::{is_quote, key_len};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, term) in self.terms.iter().enumerate() {
            write!(f, "{}{term}", if index > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.is_negated { "-" } else { "" }, self.test)
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anywhere(text) if is_bare_word(text) => f.write_str(text),
            Self::Anywhere(text) => f.write_str(&quoted(text)),
            Self::Field(field, matches) => {
                let values = matches.iter().map(|one| value(*field, one));
                write!(f, "{}:{}", field.key(), listed(values))
            }
            Self::Has(fields) => write!(f, "has:{}", listed(fields.iter().map(|field| field.key().to_owned()))),
            Self::No(fields) => write!(f, "no:{}", listed(fields.iter().map(|field| field.key().to_owned()))),
        }
    }
}

/// A lone comma says "none of these", which an unfinished `key:` does not.
fn listed(values: impl Iterator<Item = String>) -> String {
    let text = values.collect::<Vec<_>>().join(",");
    if text.is_empty() { ",".to_owned() } else { text }
}

/// A value as it is written behind a key.
pub(crate) fn value(field: Field, one: &Match) -> String {
    let kind = field.kind();
    match one {
        Match::Is(text) if kind != Kind::Text && is_bare_value(text) => text.clone(),
        Match::Is(text) => quoted(text),
        Match::Contains(text) if kind == Kind::Text && is_bare_value(text) => text.clone(),
        Match::Contains(text) if is_bare_value(text) => format!("~{text}"),
        Match::Contains(text) => format!("~{}", quoted(text)),
        Match::Flag(is_on) => if *is_on { "yes" } else { "no" }.to_owned(),
        Match::Number(range) if kind == Kind::Percent => bounds(&range.map(|number| format!("{number}%"))),
        Match::Number(range) => bounds(range),
        Match::Instant(range) => bounds(range),
        Match::Nothing(why) => why.word().to_owned(),
    }
}

fn bounds(range: &Range<impl fmt::Display>) -> String {
    match range {
        Range::Above(from) => format!(">{from}"),
        Range::AtLeast(from) => format!(">={from}"),
        Range::Below(to) => format!("<{to}"),
        Range::AtMost(to) => format!("<={to}"),
        Range::Between(from, to) => format!("{from}..{to}"),
        Range::Exactly(point) => format!("{point}"),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_bare_word(text: &str) -> bool {
    let is_led = text.starts_with(|c| is_quote(c) || c == '-');
    !text.is_empty() && !is_led && !text.contains(char::is_whitespace) && key_len(text).is_none()
}

/// A UUID is left to quotes, because a bare one is taken for an id where a name is asked for.
fn is_bare_value(text: &str) -> bool {
    let is_led = text.starts_with(|c| is_quote(c) || c == '~');
    let is_split = text.contains(|c: char| c.is_whitespace() || c == ',');
    !text.is_empty() && !is_led && !is_split && Nothing::named(text).is_none() && !is_uuid(text)
}

/// Whether a text has the form of a UUID.
pub(crate) fn is_uuid(text: &str) -> bool {
    let is_dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| {
            if is_dash(at) {
                byte == b'-'
            } else {
                byte.is_ascii_hexdigit()
            }
        })
}
