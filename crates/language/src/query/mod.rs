//! The query language and the structured filter: one meaning, two forms.

mod choose;
mod correct;
mod filter;
mod hint;
mod lexer;
mod parser;
mod printer;
mod quantity;
mod sort;
mod suggest;
mod value;
mod vocabulary;
mod when;

pub use correct::did_you_mean;
pub use filter::{Filter, Match, Nothing, Range, Term, Test};
pub use hint::{Hint, HintKind};
pub use parser::{Parsed, QueryTerm, canonical, parse};
pub use quantity::Quantity;
pub use sort::{By, Sort, SortKey};
pub use suggest::{Suggestion, suggest};
pub use vocabulary::Vocabulary;
pub use when::{Unit, When};

#[cfg(test)]
mod tests;
