//! The query language and the structured filter: one meaning, two forms.

mod filter;
mod quantity;
mod sort;
mod when;

pub use filter::{Filter, Match, Nothing, Range, Term, Test};
pub use quantity::Quantity;
pub use sort::{By, Sort, SortKey};
pub use when::{Unit, When};
