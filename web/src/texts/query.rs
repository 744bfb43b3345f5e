//! The words around the query over what is loaded.

use roster_index::{HintKind, Kind};

use super::{loaded, profiles};
use crate::format::length;
use crate::index::{Answer, Remark};
use crate::source::Source;

/// The query bar.
pub const QUERY: &str = "Search or filter what is loaded";
/// What can be written there.
pub const QUERY_EXAMPLE: &str = "Search or filter: acme platform:instagram -status:suspended";
/// The list under it.
pub const SUGGESTIONS: &str = "Suggestions";
/// Takes a suggestion.
pub const USE_SUGGESTION: &str = "Use suggestion";
/// Beside a list of which only a part is in the document.
pub const FIND_HINT: &str =
    "The browser’s own search sees only a part of a long list. The bar above (/) searches all of it.";
/// Empties it.
pub const CLEAR: &str = "Clear the query";
/// The conditions as chips.
pub const CONDITIONS: &str = "Conditions";
/// Takes every condition back.
pub const CLEAR_FILTERS: &str = "Clear all";
/// Everything beside the list.
pub const FILTERS: &str = "Filters";
/// Any value.
pub const ANY: &str = "Any";
/// One of the chosen values is enough.
pub const ANY_OF: &str = "any of";
/// All chosen values are wanted.
pub const ALL_OF: &str = "all of";
/// Whether one or all of several chosen values are wanted.
pub const SEVERAL: &str = "Several platforms";
/// Whether accounts are connected.
pub const ACCOUNTS: &str = "Connected accounts";
/// Only the most frequent values.
pub const FEWER: &str = "Show fewer";
/// Under a field that not every source has.
pub const NOT_OF_EVERY_SOURCE: &str = "Not every source has this.";
/// Under a field of which no profile is left.
pub const NONE_TO_COUNT: &str = "None under the other conditions.";
/// The problems.
pub const ATTENTION: &str = "Needs attention";
/// The order of the list.
pub const ORDER: &str = "Sort";
/// The next key of the order.
pub const THEN_BY: &str = "Then by";
/// No order.
pub const AS_LOADED: &str = "As loaded";
/// No further key.
pub const NOTHING_MORE: &str = "then by…";
/// What somebody should look at first.
pub const URGENCY: &str = "Urgency";
/// The largest first.
pub const DESCENDING: &str = "Largest or newest first; turn around";
/// The smallest first.
pub const ASCENDING: &str = "Smallest or first; turn around";
/// The drawings of the list.
pub const VIEWS: &str = "View";
/// A card for each profile.
pub const CARDS: &str = "Cards";
/// A table.
pub const TABLE: &str = "Table";
/// The chooser of the table's columns.
pub const COLUMNS: &str = "Columns";
/// Takes a person's choice of columns back.
pub const USUAL_COLUMNS: &str = "Usual columns";
/// What the table shows, in its order.
pub const SHOWN_COLUMNS: &str = "In the table, in this order";
/// What it could show.
pub const OTHER_COLUMNS: &str = "Not in the table";
/// On a head of the table.
pub const SORT_HELP: &str = "Sort by this; with Shift as a further key";
/// One line for each profile.
pub const COMPACT: &str = "Compact lines";
/// Loads everything.
pub const LOAD_ALL: &str = "Load all";
/// Loads what is left.
pub const LOAD_REST: &str = "Load the rest";
/// What asking the API means.
pub const ASK_API_HELP: &str =
    "The API is asked for these conditions only, so that the answer covers all its profiles.";
/// Text that is searched and has no name.
pub const OTHER_TEXT: &str = "another field";

/// The result bar; `n_found` profiles pass the query, if there is one.
pub fn found_of(n_found: Option<usize>, n_loaded: usize, sources: &[&Source]) -> String {
    let loaded = loaded(n_loaded, sources);
    match n_found {
        Some(n_found) => [&length(n_found), " of ", &loaded].concat(),
        None => loaded,
    }
}

/// What a screen reader hears after a change of the query.
pub fn found(n_found: usize, n_loaded: usize) -> String {
    [&length(n_found), " of ", &profiles(n_loaded), "."].concat()
}

/// What was searched, and that there is more.
pub fn load_rest(n_loaded: usize) -> String {
    ["Searched ", &length(n_loaded), " loaded. Load the rest?"].concat()
}

/// The chooser of the table's columns, on its button.
pub fn columns(n_columns: usize) -> String {
    [COLUMNS, " (", &length(n_columns), ")"].concat()
}

/// Moves a column towards the beginning of the row.
pub fn earlier_column(title: &str) -> String {
    ["Move ", title, " earlier"].concat()
}

/// Moves it towards the end.
pub fn later_column(title: &str) -> String {
    ["Move ", title, " later"].concat()
}

/// The place of a further key of the order, counted from 0, for people who do not see its number.
pub fn sort_place(place: usize, is_descending: bool) -> String {
    let direction = if is_descending { "descending" } else { "ascending" };
    ["sort key ", &length(place + 1), ", ", direction].concat()
}

/// A share of a limit.
pub fn percent(percent: f64) -> String {
    [&crate::format::decimal(percent), " %"].concat()
}

/// Asks an API for what it takes of the query, or for everything again.
pub fn ask_api(title: &str, is_asked: bool) -> String {
    let what = if is_asked { "Asked of " } else { "Ask " };
    [what, title].concat()
}

/// On the button below the filters of a narrow screen.
pub fn show_found(n_found: usize) -> String {
    ["Show ", &length(n_found)].concat()
}

/// Profiles without a value of the first key of the order.
pub fn blanks(answer: &Answer) -> String {
    if answer.n_unsorted == 0 || answer.sort.keys().is_empty() {
        return String::new();
    }
    [&length(answer.n_unsorted), " without a value stand last."].concat()
}

/// Where a word was found.
pub fn found_in(field: &str) -> String {
    ["Found in ", field, ": "].concat()
}

/// A remark on a part of the query.
pub fn remark(remark: &Remark) -> String {
    let what = remark.kind.map_or("Nothing has this text.", hint);
    match &remark.replacement {
        Some(replacement) => [what, " Did you mean ", replacement, "?"].concat(),
        None => what.to_owned(),
    }
}

/// What is the matter with a part of the query, or with an end of a range.
pub fn hint(kind: HintKind) -> &'static str {
    match kind {
        HintKind::UnknownKey => "No filter has this name; it is read as plain text.",
        HintKind::NotANumber => "Expected a number such as 10k, 2.5m or 80%.",
        HintKind::NotADate => "Expected a date such as 2025-01, 2025-01-31 or 7d.",
        HintKind::NotYesOrNo => "Expected yes or no.",
        HintKind::NoValue => "A value is missing.",
        HintKind::EmptyRange => "This range is empty because its first end is larger than its second.",
        HintKind::UnknownValue => "No loaded profile has this value.",
        _ => "This is read as plain text.",
    }
}

/// Whether profiles with connected accounts are wanted.
pub fn presence(is_wanted: Option<bool>) -> &'static str {
    match is_wanted {
        None => ANY,
        Some(true) => "Has",
        Some(false) => "None",
    }
}

/// Excludes a value.
pub fn not(title: &str) -> String {
    ["not ", title].concat()
}

/// Every value of a field.
pub fn all_values(n_values: usize) -> String {
    ["Show all ", &length(n_values)].concat()
}

/// The box that searches among values.
pub fn search_in(title: &str) -> String {
    ["Search in ", title].concat()
}

/// An end of a range.
pub fn end_of(title: &str, is_first: bool) -> String {
    [title, if is_first { ", from" } else { ", to" }].concat()
}

/// What can be written at an end of a range.
pub fn end_example(kind: Kind, is_first: bool) -> &'static str {
    match (kind, is_first) {
        (Kind::Percent, true) => "80%",
        (Kind::Percent, false) => "100%",
        (Kind::Past, true) => "2025-01",
        (Kind::Past, false) => "2025-06",
        (Kind::Future, true) => "0d",
        (Kind::Future, false) => "14d",
        (_, true) => "10k",
        (_, false) => "1m",
    }
}

/// The name of a problem.
pub fn preset(id: &str) -> &'static str {
    match id {
        "urgent" => "Everything urgent",
        "suspended" => "Suspended",
        "expired" => "Token ended",
        "error" => "Linking error",
        "relink" => "Relink advised",
        "expiring" => "Expiring in 14 days",
        "no-accounts" => "No accounts",
        "quota" => "Over 80 % of quota",
        "never-posted" => "Never posted",
        "trial-ending" => "Trial ending",
        "verify" => "Waiting for verification",
        "unchecked" => "Health not checked yet",
        _ => "",
    }
}
