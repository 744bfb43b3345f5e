//! The index of Roster: every filter, facet count, search, sort and export over everything that is loaded.
//!
//! Pages are kept as received. One pass over a page validates it as JSON and writes what is indexed into columns; a
//! record is a byte range of its page. A query runs over the columns, never over records.
//!
//! Nothing here performs I/O, reads a clock or rolls dice.

mod bytes;
mod collate;
mod column;
mod compact;
mod eval;
mod export;
mod fold;
mod form;
mod fuzzy;
mod gather;
mod hash;
mod held;
mod ingest;
mod instant;
mod keys;
mod plan;
mod record;
mod roster;
mod row;
mod scan;
mod schema;
mod search;
mod span;
mod spread;
mod store;
mod value;
mod view;
mod vocabulary;

use roster_language::{catalog, query};

pub use bytes::PageBytes;
pub use eval::{Facet, FacetValue, Progress, Sharing};
pub use export::{Csv, CsvOptions, Ndjson};
pub use form::{Form, sniff};
pub use ingest::{Ingest, IngestReport};
pub use plan::{Plan, plan};
pub use roster::{Memory, Roster};
pub use roster_language::{
    By, Field, Filter, Hint, HintKind, Info, Kind, Match, Nothing, Parsed, Quantity, QueryTerm, Range, Sort, SortKey,
    Suggestion, Term, Test, Unit, Vocabulary, When, did_you_mean, fold, locate, parse, suggest,
};
pub use row::{Hit, Row};
pub use spread::Spread;
pub use value::Value;
pub use view::{Ask, View};
pub use vocabulary::Spoken;
