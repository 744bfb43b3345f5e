//! What the parser says of a part that it did not understand, or understood in a way that may surprise.

use std::fmt;

/// A remark on one term, with what to write instead where that can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What is the matter.
    pub kind: HintKind,
    /// Text to put in the place of the whole term.
    pub replacement: Option<String>,
}

/// What is the matter with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HintKind {
    /// No filter has this name; the term is read as plain text.
    UnknownKey,
    /// A number is wanted; the term is read as plain text.
    NotANumber,
    /// A date is wanted; the term is read as plain text.
    NotADate,
    /// Yes or no is wanted; the term is read as plain text.
    NotYesOrNo,
    /// The value is still to come; the term is passed over.
    NoValue,
    /// The first end of the range is above the second; nothing is within.
    EmptyRange,
    /// No profile is known to have this value.
    UnknownValue,
}

impl HintKind {
    /// Whether the term was read as plain text.
    pub const fn is_plain_text(self) -> bool {
        matches!(
            self,
            Self::UnknownKey | Self::NotANumber | Self::NotADate | Self::NotYesOrNo
        )
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::UnknownKey => "No filter has this name; it is read as plain text.",
            Self::NotANumber => "Expected a number such as >10k or 100..500; it is read as plain text.",
            Self::NotADate => "Expected a date such as 2025-01..2025-06 or <7d; it is read as plain text.",
            Self::NotYesOrNo => "Expected yes or no; it is read as plain text.",
            Self::NoValue => "A value is missing.",
            Self::EmptyRange => "This range is empty because its first end is larger than its second.",
            Self::UnknownValue => "No loaded profile has this value.",
        }
    }
}

/// For people; a viewer in another language goes by the kind.
impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.sentence())?;
        match &self.replacement {
            Some(replacement) => write!(f, " Did you mean {replacement}?"),
            None => Ok(()),
        }
    }
}
