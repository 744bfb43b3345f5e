//! What could stand at the cursor of the query bar, and what the query would be then.

use roster_index::Suggestion;

/// The suggestions for a text with the cursor at a place. Later texts have others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// The text for which they were looked up.
    pub text: String,
    /// The suggestions, the best first.
    pub list: Vec<Suggestion>,
}

impl Suggestions {
    /// The query with a suggestion in its place, ready to be written on: a value is followed by a space, a key is not.
    pub fn taken(&self, place: usize) -> Option<String> {
        let suggestion = self.list.get(place)?;
        let before = self.text.get(..suggestion.replace.start)?;
        let after = self.text.get(suggestion.replace.end..)?.trim_start();
        let space = if suggestion.text.ends_with(':') { "" } else { " " };
        Some([before, &suggestion.text, space, after].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestions(text: &str, suggestion: &str, replace: std::ops::Range<usize>) -> Suggestions {
        let list = vec![Suggestion {
            text: suggestion.to_owned(),
            count: None,
            replace,
        }];
        let text = text.to_owned();
        Suggestions { text, list }
    }

    #[test]
    fn a_key_is_written_on_and_a_value_is_followed_by_a_space() {
        assert_eq!(suggestions("plat", "platform:", 0..4).taken(0).unwrap(), "platform:");
        let value = suggestions("acme platform:in rest", "instagram", 14..16);
        assert_eq!(value.taken(0).unwrap(), "acme platform:instagram rest");
        assert_eq!(value.taken(1), None);
    }
}
