//! What is said of files that are opened, of chosen profiles, and of what is taken along.

use roster_core::{Error, UnixMs, provider};
use roster_index::Field;

use super::{Explained, counted, profiles};
use crate::export::{Format, Target, Written};
use crate::file_source::{FileLoad, FileSource};
use crate::format::{self, length, percent};

/// Opens files from this device.
pub const OPEN_FILE: &str = "Open files…";
/// What that means.
pub const OPEN_FILE_HELP: &str = "JSON or NDJSON of any of these APIs, a batch file, or an answer that was saved with curl. It is read on this device and not uploaded.";
/// Over the page while a file is held above it.
pub const DROP_HERE: &str = "Drop the files to look at them. They stay on this device.";
/// Reads a large file all the same.
pub const OPEN_ANYWAY: &str = "Open anyway";
/// Ends the reading.
pub const CANCEL: &str = "Cancel";
/// Takes a file off the list.
pub const REMOVE_FILE: &str = "Remove";
/// The row's buttons and counts that concern chosen profiles.
pub const CHOSEN: &str = "Chosen profiles";
/// Chooses one profile.
pub const CHOOSE: &str = "Choose";
/// Takes the choice back.
pub const CHOOSE_NONE: &str = "Choose none";
/// Puts profiles side by side.
pub const COMPARE: &str = "Compare";
/// When there are too few, or too many.
pub const COMPARE_HELP: &str = "Two to four chosen profiles can stand side by side.";
/// Copies the link.
pub const SHARE: &str = "Copy link";
/// The export's heading.
pub const EXPORT: &str = "Export";
/// Which profiles.
pub const WHICH: &str = "Which profiles";
/// In which form.
pub const FORM: &str = "Form";
/// Which columns.
pub const COLUMNS: &str = "Columns";
/// The mark at the start of the file.
pub const FOR_EXCEL: &str = "For Excel (starts with the mark that Excel knows UTF-8 by)";
/// The file.
pub const SAVE_FILE: &str = "Save file";
/// The clipboard.
pub const COPY_TEXT: &str = "Copy as text";
/// Loads the missing pages first.
pub const LOAD_ALL_FIRST: &str = "Load all first";

/// Bytes as megabytes, from a tenth on.
fn megabytes(n_bytes: u64) -> String {
    let tenths = n_bytes.div_ceil(100_000);
    let whole = format::count(tenths / 10);
    if tenths < 1_000 {
        format!("{whole}.{} MB", tenths % 10)
    } else {
        format!("{whole} MB")
    }
}

/// What a file is doing.
pub fn file_progress(file: &FileSource) -> String {
    let (name, n) = (&file.name, file.n_profiles());
    match &file.load {
        FileLoad::Asked => {
            let gigabytes = (2 * file.len_bytes).div_ceil(1_000_000_000);
            format!(
                "{name} has {}. This may need about {gigabytes} GB of memory.",
                megabytes(file.len_bytes)
            )
        }
        FileLoad::Reading { n_bytes, n_taken_bytes } => {
            let part = percent(n_bytes + n_taken_bytes, 2 * file.len_bytes);
            format!("Reading {name} on this device. It is not uploaded. {part}.")
        }
        FileLoad::Done if file.roll.n_merged > 0 => format!(
            "{} read, {} matched to the list, {} only in the file.",
            profiles(n),
            length(n - file.roll.len()),
            length(file.roll.len())
        ),
        FileLoad::Done => format!("{} read on this device.", profiles(n)),
        FileLoad::Stopped => format!("Stopped. Nothing of {name} was loaded; everything else stays."),
        FileLoad::Failed(_) => "Nothing of it was loaded; everything else stays.".to_owned(),
    }
}

/// Whose it is, how large, and how old.
pub fn file_facts(file: &FileSource) -> String {
    let title = file
        .provider
        .and_then(provider)
        .map(|provider| provider.info().title.to_owned());
    let saved = ["saved ", &format::date_time(file.modified)].concat();
    let told = title.into_iter().chain([megabytes(file.len_bytes), saved]);
    told.collect::<Vec<_>>().join(" · ")
}

/// Why a file cannot be read.
pub fn file_wrong(name: &str, error: &Error) -> Explained {
    Explained {
        what: format!("{name} is not a profile answer we know."),
        next: format!("What is wrong: {}. Choose another file.", error.message()),
    }
}

/// Below a section: which list told it, and how old that is.
pub fn from_list(route: &str, at: Option<UnixMs>, now: UnixMs) -> String {
    let age = at.map(|at| [" · ", &format::near_date(at, now)].concat());
    ["from /", route, &age.unwrap_or_default()].concat()
}

/// The same for a file.
pub fn from_file(name: &str, modified: UnixMs, now: UnixMs) -> String {
    ["from the file ", name, " · saved ", &format::near_date(modified, now)].concat()
}

/// The same for one more request.
pub fn from_parts(at: UnixMs, now: UnixMs) -> String {
    ["from include · ", &format::near_date(at, now)].concat()
}

/// How many profiles are chosen.
pub fn n_picked(n: usize) -> String {
    match n {
        0 => "No profile is chosen.".to_owned(),
        n => [&profiles(n), " chosen"].concat(),
    }
}

/// Chooses everything in the list.
pub fn pick_all(n: usize) -> String {
    ["Choose all ", &length(n)].concat()
}

/// Opens the export.
pub fn export(n: usize, n_picked: usize) -> String {
    match n_picked {
        0 => ["Export ", &length(n), "…"].concat(),
        n_picked => ["Export ", &length(n_picked), " chosen…"].concat(),
    }
}

/// Which profiles are exported: all that match, or the chosen ones.
pub fn scope(n: usize, is_picked: bool, is_filtered: bool) -> String {
    match (is_picked, is_filtered) {
        (true, _) => format!("The {} chosen", length(n)),
        (false, true) => format!("All {} matching, not only what is on the screen", length(n)),
        (false, false) => format!("All {} loaded, not only what is on the screen", length(n)),
    }
}

/// The name of a form.
pub const fn form(format: Format) -> &'static str {
    match format {
        Format::Csv => "CSV, for spreadsheets",
        Format::Json => "JSON, as received",
        Format::Ndjson => "NDJSON, one record a line, as received",
        Format::IdLines => "Ids, one a line",
        Format::IdCommas => "Ids with commas",
        Format::IdJson => "Ids as JSON",
    }
}

/// What is missing.
pub fn pages_missing(n: usize) -> String {
    format!(
        "Only {} loaded profiles are in this file; more are available.",
        length(n)
    )
}

/// Whether personal data leaves with it, and which.
pub fn with_personal(fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.info().title).collect();
    ["Include personal data: ", &names.join(", ")].concat()
}

/// How far what is taken along was written.
pub fn written(written: &Written) -> String {
    let order = &written.order;
    if !written.is_done {
        return format!(
            "Writing {} rows… {}",
            length(written.n_all),
            percent(written.n_rows as u64, written.n_all as u64)
        );
    }
    let rows = counted(written.n_all as u64, &super::plural::ROWS);
    let columns = match order.format {
        Format::Csv => [", ", &counted(order.columns.len() as u64, &super::plural::COLUMNS)].concat(),
        _ => String::new(),
    };
    let personal = match (order.format.has_records(), order.has_personal_data) {
        (true, false) => ", personal data left out",
        (true, true) => ", with personal data",
        (false, _) => "",
    };
    match order.to {
        Target::File => {
            let name = order.format.file_name(order.now);
            format!("Saved {name}: {rows}{columns}{personal}.")
        }
        Target::Clipboard => format!("Copied: {rows}{columns}{personal}."),
    }
}

/// What a copied link holds.
pub fn shared(query: &str, has_profiles: bool) -> String {
    let mut text = "Link copied. It holds your filters and view, no key and no profile data".to_owned();
    text += if has_profiles {
        " but the ids of what is open."
    } else {
        "."
    };
    if query.contains('@') {
        text += &[" It contains the text “", query, "”."].concat();
    }
    text
}

/// The comparison's heading.
pub fn compare(n: usize) -> String {
    ["Compare ", &profiles(n)].concat()
}

/// Above what all profiles have in common.
pub fn same(n: usize) -> String {
    match n {
        1 => "1 row is the same in all".to_owned(),
        n => [&length(n), " rows are the same in all"].concat(),
    }
}

/// A profile that was there when the link was made.
pub const GONE: &str = "not loaded";
/// When the compared profiles are alike.
pub const NO_DIFFERENCE: &str = "They do not differ in any field.";
/// The column of the fields' names.
pub const FIELD: &str = "Field";
/// The audience over all accounts.
pub const SUMMED: &str = "Audience per platform";
/// Under the sums.
pub const SUMMED_HELP: &str = "Followers and subscribers are never added up with each other.";
/// A column of the sums.
pub const PLATFORM: &str = "Platform";
/// A column of the sums.
pub const FOLLOWERS: &str = "Followers";
/// A column of the sums.
pub const SUBSCRIBERS: &str = "Subscribers";
/// Opens the sheet of a person.
pub const SHOW_PERSON: &str = "Show this person's profiles";

/// The person's heading.
pub fn person_of(name: &str, n: usize) -> String {
    [name, " · ", &profiles(n)].concat()
}

/// A sum over accounts that may not all say a number.
pub fn summed(sum: Option<i64>, n_unknown: usize) -> String {
    let told = sum.map_or_else(|| super::NOT_SET.to_owned(), format::number);
    match n_unknown {
        0 => told,
        n => [&told, " (", &length(n), " not reported)"].concat(),
    }
}
