//! The words around the query over what is loaded.

use roster_core::{Platform, provider};
use roster_index::Field;

use super::{loaded, profiles};
use crate::format::length;
use crate::index::Answer;
use crate::source::Source;

/// The query bar.
pub const QUERY: &str = "Search or filter what is loaded";
/// What can be written there.
pub const QUERY_EXAMPLE: &str = "Search or filter: acme platform:instagram -status:suspended";
/// Takes a suggestion.
pub const USE_SUGGESTION: &str = "Use suggestion";
/// The counts beside the list.
pub const APPLIED_HERE: &str = "Applied here";
/// Under it.
pub const APPLIED_HERE_NOTE: &str = "Counts of what is loaded. Nothing more is asked of an API.";
/// Instead of the counts.
pub const NOTHING_TO_COUNT: &str = "No loaded profile passes the query, so there is nothing to count.";
/// Beside the count of what passes.
pub const APPLIED_HERE_MARK: &str = "applied here";
/// The order of the list.
pub const ORDER: &str = "Sort";

/// The result bar; `n_found` profiles pass the query, if there is one.
pub fn found_of(n_found: Option<usize>, n_loaded: usize, sources: &[&Source]) -> String {
    let loaded = loaded(n_loaded, sources);
    match n_found {
        Some(n_found) => format!("{} of {loaded}", length(n_found)),
        None => loaded,
    }
}

/// What a screen reader hears after a change of the query.
pub fn found(n_found: usize, n_loaded: usize) -> String {
    format!("{} of {} shown.", length(n_found), profiles(n_loaded))
}

/// Why no card is shown although profiles are loaded.
pub fn no_match(answer: &Answer, n_loaded: usize, is_all: bool) -> String {
    if !is_all {
        return format!(
            "None of the {} loaded profiles match. More are available.",
            length(n_loaded)
        );
    }
    let what = match answer.conditions.len() {
        1 => "No profile matches this condition.".to_owned(),
        n_conditions => format!("No profile matches these {} conditions.", length(n_conditions)),
    };
    match &answer.hardest {
        Some((condition, n_rows)) => format!("{what} Without “{condition}” there would be {}.", length(*n_rows)),
        None => what,
    }
}

/// The name of a group of counts.
pub fn facet(field: Field) -> &'static str {
    field.info().title
}

/// A value that is counted, in words; a value nobody here knows stays as it is.
pub fn facet_value(field: Field, value: &str) -> String {
    let known = match (field, value) {
        (Field::Source, id) => provider(id).map(|provider| provider.info().title),
        (Field::Platform, code) => return Platform::named(code).title().to_owned(),
        (Field::Status, "active") => Some("Active"),
        (Field::Status, "suspended") => Some("Suspended"),
        (Field::Health, "expired") => Some("Token ended"),
        (Field::Health, "error") => Some("Linking error"),
        (Field::Health, "relink") => Some("Relink advised"),
        (Field::Health, "expiring") => Some("Token ends soon"),
        (Field::Health, "ok") => Some("Fine"),
        _ => None,
    };
    known.unwrap_or(value).to_owned()
}
