//! The structured filter. Every filter whose matches fit the kind of their fields can be written as text and read back
//! without loss.

use crate::catalog::{Field, Kind};
use crate::query::quantity::Quantity;
use crate::query::when::When;

/// Conditions that must all hold. An empty filter lets everything pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The conditions, in the order in which they were given.
    pub terms: Vec<Term>,
}

/// One condition, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Whether the rows are wanted for which the test does *not* hold, those without a value included.
    pub is_negated: bool,
    /// What is tested.
    pub test: Test,
}

/// What is tested. Every test is true or false for every row; without a value it is false, unless it asks for that.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// A lone word or phrase: the folded text is part of any text field.
    Anywhere(String),
    /// `key:a,b`: at least one of these matches; none of them, `key:,`, matches nothing.
    Field(Field, Vec<Match>),
    /// `has:a,b`: at least one of these fields has a value.
    Has(Vec<Field>),
    /// `no:a,b`: at least one of these fields is not set, although the API has it and it was loaded.
    No(Vec<Field>),
}

/// One of the alternatives after `key:`. One that does not [fit](Match::fits) the field's kind matches nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// Exactly this. Of text and ids byte for byte; of categories without regard to case and accents, and platforms
    /// under any of their names.
    Is(String),
    /// The folded text is part of the folded value; also of a category's word.
    Contains(String),
    /// Yes or no.
    Flag(bool),
    /// A number, or percent, within a range.
    Number(Range<Quantity>),
    /// An instant within a range.
    Instant(Range<When>),
    /// There is no value, for this reason.
    Nothing(Nothing),
}

impl Match {
    /// Whether a field of this kind can be asked so. The parser makes no others.
    pub const fn fits(&self, kind: Kind) -> bool {
        match self {
            Self::Is(_) | Self::Contains(_) => {
                matches!(kind, Kind::Text | Kind::Id | Kind::Category | Kind::Categories)
            }
            Self::Flag(_) => matches!(kind, Kind::Flag),
            Self::Number(_) => matches!(kind, Kind::Number | Kind::Percent),
            Self::Instant(_) => kind.is_instant(),
            Self::Nothing(_) => true,
        }
    }
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nothing {
    /// The API has the field, and it is blank.
    NotSet,
    /// The API has no such field.
    NotInApi,
    /// The API has it, behind a request that has not been made.
    NotLoaded,
}

impl Nothing {
    /// All three.
    pub const ALL: [Self; 3] = [Self::NotSet, Self::NotInApi, Self::NotLoaded];

    /// The word for it in the query language.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotSet => "not-set",
            Self::NotInApi => "not-in-api",
            Self::NotLoaded => "unchecked",
        }
    }

    /// What a word stands for.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "not-set" | "blank" => Some(Self::NotSet),
            "not-in-api" => Some(Self::NotInApi),
            "unchecked" | "not-checked" | "not-loaded" => Some(Self::NotLoaded),
            _ => None,
        }
    }
}

/// A range. Numbers are points; a date such as `2025-01` is a stretch of time, which its form takes as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// `>a`.
    Above(T),
    /// `>=a` or `a..`.
    AtLeast(T),
    /// `<a`.
    Below(T),
    /// `<=a` or `..a`.
    AtMost(T),
    /// `a..b`, both ends included.
    Between(T, T),
    /// `a`.
    Exactly(T),
}

impl<T> Range<T> {
    /// The same form over other values.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Range<U> {
        match self {
            Self::Above(from) => Range::Above(change(from)),
            Self::AtLeast(from) => Range::AtLeast(change(from)),
            Self::Below(to) => Range::Below(change(to)),
            Self::AtMost(to) => Range::AtMost(change(to)),
            Self::Between(from, to) => Range::Between(change(from), change(to)),
            Self::Exactly(point) => Range::Exactly(change(point)),
        }
    }
}

impl Range<Quantity> {
    /// Whether a number is within. Asked for every row.
    #[inline]
    pub fn holds(&self, number: f64) -> bool {
        match self {
            Self::Above(from) => number > from.get(),
            Self::AtLeast(from) => number >= from.get(),
            Self::Below(to) => number < to.get(),
            Self::AtMost(to) => number <= to.get(),
            Self::Between(from, to) => number >= from.get() && number <= to.get(),
            Self::Exactly(point) => number.total_cmp(&point.get()).is_eq(),
        }
    }
}

impl Term {
    /// The condition itself.
    pub const fn wanted(test: Test) -> Self {
        Self {
            is_negated: false,
            test,
        }
    }

    /// Its opposite.
    pub const fn unwanted(test: Test) -> Self {
        Self { is_negated: true, test }
    }

    /// The field whose facet this condition is a selection in. Lone words and `has:` of several fields have none.
    pub fn field(&self) -> Option<Field> {
        match &self.test {
            Test::Field(field, _) => Some(*field),
            Test::Has(fields) | Test::No(fields) => match fields.as_slice() {
                [field] => Some(*field),
                _ => None,
            },
            Test::Anywhere(_) => None,
        }
    }
}
