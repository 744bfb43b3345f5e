//! By what rows are ordered: up to three keys, each in either direction.

use std::fmt;

use crate::catalog::Field;

/// The order of a view: the first key decides, the next breaks its ties. Without any, rows stand in loading order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    keys: Vec<SortKey>,
}

/// One key of an order. Rows without a value come last in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// What is compared.
    pub by: By,
    /// Whether the largest comes first.
    pub is_descending: bool,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// A field's value.
    Field(Field),
    /// How badly somebody should look at it; descending is the worst first.
    Urgency,
}

impl Sort {
    /// Whether it changes as time goes by.
    pub fn depends_on_now(&self) -> bool {
        let is_timed = |key: &SortKey| matches!(key.by, By::Urgency | By::Field(Field::Health));
        self.keys().iter().any(is_timed)
    }

    /// Most keys that an order can have.
    pub const MAX_KEYS: usize = 3;

    /// An order by these keys; `None` for more than [`Sort::MAX_KEYS`].
    pub fn new(keys: Vec<SortKey>) -> Option<Self> {
        (keys.len() <= Self::MAX_KEYS).then_some(Self { keys })
    }

    /// Reads `["-followers", "title"]`; the error is the word that is not understood, or the fourth one.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, &'a str> {
        let mut keys = Vec::new();
        for word in words {
            match SortKey::parse(word) {
                Some(key) if keys.len() < Self::MAX_KEYS => keys.push(key),
                _ => return Err(word),
            }
        }
        Ok(Self { keys })
    }

    /// The keys, the deciding one first.
    pub fn keys(&self) -> &[SortKey] {
        &self.keys
    }
}

impl SortKey {
    /// Reads `title`, `-followers` or `-urgency`.
    pub fn parse(word: &str) -> Option<Self> {
        let (is_descending, name) = match word.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, word),
        };
        let by = match Field::named(name) {
            Some(field) => By::Field(field),
            None if name.eq_ignore_ascii_case("urgency") => By::Urgency,
            None => return None,
        };
        Some(Self { by, is_descending })
    }
}

impl fmt::Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.by {
            By::Field(field) => field.key(),
            By::Urgency => "urgency",
        };
        write!(f, "{}{name}", if self.is_descending { "-" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_back_in_both_directions() {
        let fields = Field::ALL.iter().map(|field| By::Field(*field));
        for by in fields.chain([By::Urgency]) {
            for is_descending in [false, true] {
                let key = SortKey { by, is_descending };
                assert_eq!(SortKey::parse(&key.to_string()), Some(key));
            }
        }
    }

    #[test]
    fn a_fourth_key_and_an_unknown_word_are_named() {
        assert_eq!(Sort::parse(["title", "-nosuch"]), Err("-nosuch"));
        assert_eq!(
            Sort::parse(["title", "-followers", "created", "updated"]),
            Err("updated")
        );
        let sort = Sort::parse(["-urgency", "name"]).unwrap();
        assert_eq!(
            sort.keys().iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["-urgency", "title"]
        );
    }
}
