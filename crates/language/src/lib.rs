//! The query language of Roster: what can be asked about, how it is written, and what it means.
//!
//! A query is a text, and a [`Filter`] is its meaning; each is made of the other. What there is to ask about stands in
//! one table, the [`Field`]s. What the data holds is told through [`Vocabulary`] by whoever holds it.
//!
//! Nothing here is done for every row: it is built for size, where the index is built for speed.

pub mod catalog;
mod fold;
pub mod fuzzy;
pub mod query;

pub use catalog::{Field, Info, Kind};
pub use fold::{fold, fold_char, locate};
pub use query::{
    By, Filter, Hint, HintKind, Match, Nothing, Parsed, Quantity, QueryTerm, Range, Sort, SortKey, Suggestion, Term,
    Test, Unit, Vocabulary, When, did_you_mean, parse, suggest,
};
