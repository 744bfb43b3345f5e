//! The words of the pictures and of groups.

use roster_index::{Field, Nothing};

use super::{counted, facet, nothing_of, plural, profiles};
use crate::format::length;

/// The tabs above the list.
pub const TABS: &str = "Shown as";
/// The pictures.
pub const CHARTS: &str = "Charts";
/// In the place of the pictures of nothing.
pub const NO_CHARTS: &str = "Nothing is loaded that could be drawn.";
/// The same numbers as a table.
pub const AS_TABLE: &str = "Show as table";
/// Keeps the numbers as a file.
pub const SAVE_CSV: &str = "Save as CSV";
/// Keeps the picture as a file.
pub const SAVE_SVG: &str = "Save as SVG";
/// Profiles without accounts, where there is little room.
pub const NO_ACCOUNTS_SHORT: &str = "No accounts";
/// What groups are made by.
pub const GROUP_BY: &str = "Group";
/// No groups.
pub const NO_GROUPS: &str = "No groups";

/// What a picture counts, and of how many.
pub fn chart(field: Field, n_counted: usize, n_loaded: usize) -> String {
    let what = match field {
        Field::Created => "Created per month",
        field => facet(field),
    };
    [what, ": ", &length(n_counted), " of ", &profiles(n_loaded), " loaded"].concat()
}

/// A mark of a picture.
pub fn mark(title: &str, n_rows: usize) -> String {
    [title, ": ", &profiles(n_rows)].concat()
}

/// Who is not in a picture, by reason.
pub fn left_out(field: Field, left_out: &[(Nothing, usize)]) -> String {
    let one = |(why, n_rows): &(Nothing, usize)| [&length(*n_rows), " ", nothing_of(field, *why)].concat();
    let all: Vec<String> = left_out.iter().map(one).collect();
    if all.is_empty() {
        return String::new();
    }
    ["Not drawn: ", &all.join(", "), "."].concat()
}

/// In the place of a picture in which no mark would stand.
pub fn too_few(n_counted: usize, n_loaded: usize) -> String {
    let (n_counted, n_loaded) = (length(n_counted), profiles(n_loaded));
    [&n_counted, " of ", &n_loaded, " have this value, too few to draw."].concat()
}

/// Everything older than what is drawn.
pub fn before(month: &str) -> String {
    ["before ", month].concat()
}

/// The first range of a scale.
pub fn under(number: &str) -> String {
    ["under ", number].concat()
}

/// A range of a scale.
pub fn from_to(from: &str, to: &str) -> String {
    [from, " to ", to].concat()
}

/// The last range of a scale.
pub fn or_more(number: &str) -> String {
    [number, " or more"].concat()
}

/// Below the groups: there are more.
pub fn more_groups(n_groups: usize) -> String {
    let groups = counted(n_groups as u64, &plural::SMALLER_GROUPS_ARE);
    [&groups, " not drawn; a filter shows them."].concat()
}

/// The head of a group.
pub fn group(title: &str, n_rows: usize) -> String {
    [title, ", ", &profiles(n_rows)].concat()
}
