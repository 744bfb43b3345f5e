//! The words of cards and drawers.

use roster_core::UnixMs;

use super::{counted, plural};
use crate::format::{date, near_date, number, percent};

/// The sections of the drawer, by their ids in links.
const SECTIONS: &[(&str, &str)] = &[
    ("overview", "Overview"),
    ("accounts", "Accounts"),
    ("audience", "Audience"),
    ("company", "Company and billing"),
    ("trial", "Trial"),
    ("health", "Health"),
    ("quota", "Quota"),
    ("contact", "Contact"),
    ("background", "Background"),
    ("preferences", "Preferences"),
    ("log", "Log"),
    ("other", "Other fields"),
    ("raw", "Raw"),
];

/// The name of a section.
pub fn section(id: &'static str) -> &'static str {
    SECTIONS
        .iter()
        .find(|(known, _)| *known == id)
        .map_or(id, |(_, title)| title)
}

/// Above fields that no model knows.
pub const UNKNOWN_FIELDS: &str = "Fields that we do not know";
/// Above fields of an odd form.
pub const ODD_FIELDS: &str = "Fields of another form than documented";
/// Every account was checked.
pub const NOTHING_WRONG: &str = "Nothing is wrong";
/// Beside "Suspended" when the two fields disagree.
pub const SAYS_ACTIVE: &str = "says active";
/// A record that cannot be read.
pub const FORM_NOT_KNOWN: &str = "Form not known, see Raw";
/// The platform verified the profile.
pub const VERIFIED: &str = "Verified";
/// A business account.
pub const BUSINESS: &str = "Business";
/// Above what the platform says.
pub const ON_PLATFORM: &str = "On the platform";
/// Above the API's own ids and dates.
pub const RECORD: &str = "Record";
/// Above personal data.
pub const PERSONAL: &str = "Personal";
/// No trial was sent.
pub const NO_TRIAL: &str = "No trial";
/// An amount without a limit.
pub const UNLIMITED: &str = "unlimited";
/// Above a trial's project.
pub const PROJECT: &str = "Project";
/// Above what bills need.
pub const BILLING: &str = "Billing";
/// Above the dates of use.
pub const ACTIVITY: &str = "Activity";
/// Above what `/user` tells, and the batch file.
pub const FROM_USER: &str = "Told by /user or the batch file";
/// Above what was used of this month.
pub const THIS_MONTH: &str = "This month";
/// An account's access that does not end.
pub const TOKEN_NEVER_ENDS: &str = "never";
/// An entry of the log that has no title yet.
pub const TITLE_NOT_RECORDED: &str = "Title not recorded before March 2025.";
/// A stretch of time that goes on.
pub const UNTIL_NOW: &str = "now";
/// Above the reasons of a suspension.
pub const SUSPENSION: &str = "Suspension";
/// Above who disconnected an account.
pub const LAST_UNLINK: &str = "Last unlink";
/// X runs on the customer's own key.
pub const BYOK_LINKED: &str = "BYOK linked";
/// X does not run on the customer's own key yet.
pub const BYOK_NOT_LINKED: &str = "BYOK not linked yet";
/// No post is known.
pub const NEVER_POSTED: &str = "never posted";

/// When it was created.
pub fn created(at: UnixMs, now: UnixMs) -> String {
    format!("Created {}", near_date(at, now))
}

/// When it was changed.
pub fn updated(at: UnixMs, now: UnixMs) -> String {
    format!("Updated {}", near_date(at, now))
}

/// When a suspension ends.
pub fn lifts(at: UnixMs, now: UnixMs) -> String {
    format!("lifts {}", near_date(at, now))
}

/// How often it was suspended.
pub fn suspended_times(n_times: i64) -> String {
    format!("suspended {n_times} times")
}

/// When it last posted.
pub fn posted(at: UnixMs, now: UnixMs) -> String {
    format!("posted {}", near_date(at, now))
}

/// Since which year it is on a platform.
pub fn since(platform: Option<&str>, year: i16) -> String {
    format!("on {} since {year}", platform.unwrap_or("the platform"))
}

/// To whom it belongs, and how many profiles that person has.
pub fn person(name: &str, n_profiles: usize) -> String {
    if n_profiles > 1 {
        return format!("Person: {name} ({n_profiles} profiles)");
    }
    format!("Person: {name}")
}

/// How a trial stands.
pub fn trial_state(is_active: Option<bool>) -> &'static str {
    match is_active {
        Some(true) => "Trial active",
        Some(false) => "Trial ended",
        None => "Trial",
    }
}

/// How many days are left.
pub fn days_left(n_days: i64) -> String {
    format!("{} left", counted(n_days.max(0).unsigned_abs(), &plural::DAYS))
}

/// An amount that is spent, as the API writes it.
pub fn spent(amount: &str) -> String {
    format!("{amount} spent")
}

/// An amount that is left, as the API writes it.
pub fn left(amount: &str) -> String {
    format!("{amount} left")
}

/// What is used of a limit: "450 of 1,000 (45 %)".
pub fn used_of(used: i64, limit: i64) -> String {
    let told = [&number(used), " of ", &number(limit)].concat();
    let share = u64::try_from(used)
        .ok()
        .zip(u64::try_from(limit).ok())
        .filter(|(_, limit)| *limit > 0);
    share.map_or(told.clone(), |(used, limit)| {
        [&told, " (", &percent(used, limit), ")"].concat()
    })
}

/// A stretch of time, or of numbers, either end of which may not be known.
pub fn from_until(from: &str, until: &str) -> String {
    [from, " – ", until].concat().trim().to_owned()
}

/// The name of a list with how many entries it has.
pub fn fold(list: &str, n_entries: &str) -> String {
    [list, " (", n_entries, ")"].concat()
}

/// What a bar shows.
pub fn spent_share(percent: u64) -> String {
    format!("{percent} % of the trial is spent")
}

/// What the provider waits for.
pub fn waiting_for(what: &str) -> String {
    format!("Waiting for: {what}")
}

/// Above an account that could not be linked.
pub fn linking_error(platform: &str) -> String {
    format!("{platform}: linking error")
}

/// Two dates that cannot both be right.
pub fn dates_disagree(one: UnixMs, shown: UnixMs) -> String {
    let (one, shown) = (date(one), date(shown));
    format!("Two creation dates were sent: {one} and {shown}. We show {shown}.")
}
