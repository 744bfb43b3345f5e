//! The query language and the structured filter: one meaning, two forms.

mod filter;
mod hint;
mod lexer;
mod parser;
mod printer;
mod quantity;
mod sort;
mod vocabulary;
mod when;

pub use filter::{Filter, Match, Nothing, Range, Term, Test};
pub use hint::{Hint, HintKind};
pub(crate) use parser::canonical;
pub use parser::{Parsed, QueryTerm, parse};
pub use quantity::Quantity;
pub use sort::{By, Sort, SortKey};
pub use vocabulary::Vocabulary;
pub use when::{Unit, When};

#[cfg(test)]
mod tests;
