//! What a provider says went wrong, read from its error envelope.

use crate::error::ErrorKind;
use crate::json::{Members, describe, scalar, string};

/// Longest message that is passed on, in characters: a page of HTML in a message helps nobody.
const MESSAGE_MAX_CHARS: usize = 500;

/// Longest code or request id that is passed on, in characters.
const CODE_MAX_CHARS: usize = 120;

/// What a provider says went wrong, read from its error envelope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// A kind that says more than the HTTP status.
    pub kind: Option<ErrorKind>,
    /// The provider's code.
    pub code: Option<String>,
    /// The provider's sentence.
    pub message: Option<String>,
    /// The provider's id of the request.
    pub request_id: Option<String>,
    /// Whether the body alone says that it is an error, so that it is one with a status of 200 too.
    pub is_certain: bool,
}

impl Fault {
    /// Whether the envelope said anything.
    pub(crate) fn says_something(&self) -> bool {
        self.code.is_some() || self.message.is_some() || self.is_certain
    }
}

/// A member as a bounded code: text or number.
pub(crate) fn code(members: &Members<'_>, keys: &[&str]) -> Option<String> {
    let mut texts = keys.iter().filter_map(|key| members.set(key).and_then(scalar));
    texts.find_map(|text| bounded(&text, CODE_MAX_CHARS))
}

/// The first member that holds a sentence, bounded.
pub(crate) fn message(members: &Members<'_>, keys: &[&str]) -> Option<String> {
    let mut texts = keys.iter().filter_map(|key| members.set(key).and_then(string));
    texts.find_map(|text| bounded(&text, MESSAGE_MAX_CHARS))
}

/// An object in place of a sentence, as its own text: Upsun's `detail` comes so.
pub(crate) fn object_text(members: &Members<'_>, key: &str) -> Option<String> {
    let raw = members.set(key).filter(|raw| describe(raw) == "an object")?;
    bounded(raw, MESSAGE_MAX_CHARS)
}

/// One line without control characters and without what turns writing around, cut at `max_chars`. `None` if nothing
/// is left.
pub(crate) fn bounded(text: &str, max_chars: usize) -> Option<String> {
    let is_hidden = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().filter(|c| !is_hidden(*c));
    let plain: String = shown.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max_chars {
        return Some(line).filter(|line| !line.is_empty());
    }
    let cut: String = line.chars().take(max_chars.saturating_sub(1)).collect();
    Some(format!("{}…", cut.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::members;

    #[test]
    fn a_message_is_one_bounded_line_of_visible_text() {
        assert_eq!(bounded("  a\r\n\tb\u{0}c\u{202e}d ", 10).as_deref(), Some("a b cd"));
        assert_eq!(bounded(" \n ", 10), None);
        assert_eq!(bounded("éééé", 4).as_deref(), Some("éééé"));
        assert_eq!(bounded("ééééé", 4).as_deref(), Some("ééé…"));
    }

    #[test]
    fn the_first_key_that_says_something_counts() {
        let members = members(r#"{"a":"","b":null,"c":"said","d":"also","n":102,"o":{"why": 1}}"#).unwrap();
        assert_eq!(message(&members, &["a", "b", "n", "c", "d"]).as_deref(), Some("said"));
        assert_eq!(code(&members, &["a", "n"]).as_deref(), Some("102"));
        assert_eq!(object_text(&members, "o").as_deref(), Some(r#"{"why": 1}"#));
        assert_eq!(object_text(&members, "c"), None);
    }
}
