//! What an API can filter by itself, with exactly the meaning that a condition has here.

use crate::catalog::Field;

/// One parameter of the list's route, and the conditions that it can stand for.
#[derive(Debug)]
pub(crate) struct Push {
    /// The parameter.
    pub(crate) param: &'static str,
    /// The condition.
    pub(crate) rule: Rule,
}

/// A form of condition that a parameter can stand for. Only wanted conditions with one alternative, unless said
/// otherwise.
#[derive(Debug)]
pub(crate) enum Rule {
    /// The field is exactly this.
    Exactly(Field),
    /// `true`: the field has a value; `false`: it has none. Also for unwanted conditions.
    HasAny(Field),
    /// The field has this word; conditions on several words are joined by commas. The parameter's table says which
    /// words it takes.
    AllOf(Field),
    /// The field is one of these words, sent as what stands beside it.
    Word(Field, &'static [(&'static str, &'static str)]),
}
