//! Answers over the columns: which rows pass a test, how many have a value, in which order they stand.
//!
//! The rule: a test is a bitmap over all rows, dead ones included; only the last step keeps the live ones. So the
//! bitmap of a test is worth keeping: the next keystroke mostly changes one test of several.

mod cache;
mod facet;
mod facts;
mod ids;
mod order;
mod sorter;
mod test;
mod urgency;
mod window;

pub(crate) use cache::Cache;
pub use facet::{Facet, FacetValue};
pub(crate) use facts::{EXPIRING_MS, Facts};
pub(crate) use ids::Ids;
pub use ids::Sharing;
pub use order::Progress;
