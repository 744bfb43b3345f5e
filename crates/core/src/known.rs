//! Unknown is a value: "not set", "not in this API" and "not loaded yet" are three different facts.

/// A fact about a profile, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Known<T> {
    /// The API gave this value.
    Set(T),
    /// The API has such a field, and for this profile it is absent, null or empty.
    NotSet,
    /// This API has no such field.
    NotInApi,
    /// This API has it, behind a request that has not been made.
    NotLoaded,
}

impl<T> Known<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            _ => None,
        }
    }

    /// The same kind of nothing, or the value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Set(value) => Known::Set(change(value)),
            Self::NotSet => Known::NotSet,
            Self::NotInApi => Known::NotInApi,
            Self::NotLoaded => Known::NotLoaded,
        }
    }

    /// A borrow of the inside.
    pub fn as_ref(&self) -> Known<&T> {
        match self {
            Self::Set(value) => Known::Set(value),
            Self::NotSet => Known::NotSet,
            Self::NotInApi => Known::NotInApi,
            Self::NotLoaded => Known::NotLoaded,
        }
    }
}

/// A field that the API offers: absent means not set.
impl<T> From<Option<T>> for Known<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::NotSet, Self::Set)
    }
}
