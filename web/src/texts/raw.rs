//! What is said of a record's JSON.

use super::{counted, plural};

/// Before the tree.
pub const AS_TREE: &str = "Fields";
/// Before the exact text.
pub const AS_RECEIVED: &str = "Exactly as received";
/// The box that narrows the tree down.
pub const FIND: &str = "Find in this record";
/// The button that keeps the text as a file.
pub const DOWNLOAD: &str = "Download";
/// When nothing in the record has the text.
pub const NOTHING_FOUND: &str = "Nothing in this record has this text.";
/// After something was put on the clipboard.
pub const COPIED: &str = "Copied";

/// The browser does not let the page copy.
pub const REFUSED: &str = "Copying was refused";
/// What can be done about it.
pub const BY_HAND: &str =
    "The browser did not let this page use the clipboard. This is the text; it is selected, to be copied by hand.";
/// The name of the text.
pub const UNCOPIED: &str = "The text to copy";

/// Which request told it.
pub fn from(request: &str) -> &'static str {
    match request {
        "parts" => "From the request for this profile",
        _ => "From the list",
    }
}

/// How much there is in an object or list.
pub fn size(n_children: usize, is_list: bool) -> String {
    let forms = if is_list { plural::ITEMS } else { plural::FIELDS };
    counted(n_children as u64, &forms)
}

/// The button that copies where a value stands.
pub fn copy_path(path: &str) -> String {
    format!("Copy path {path}")
}

/// The button that copies a value.
pub fn copy_value(path: &str) -> String {
    format!("Copy value of {path}")
}
