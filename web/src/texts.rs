//! Every sentence that the viewer says. Tone: what happened, why if known, what to do. No blame, no code without words.

mod chart;
mod condition;
mod empty;
mod explain;
pub mod gather;
mod label;
pub mod plural;
pub mod profile;
mod progress;
mod query;
pub mod raw;
pub mod report;
mod trouble;

use roster_core::UnixMs;

use crate::format::{self, count, length, span};
use crate::source::Source;

pub use chart::{
    AS_TABLE, CHARTS, GROUP_BY, NO_ACCOUNTS_SHORT, NO_CHARTS, NO_GROUPS, SAVE_CSV, SAVE_SVG, TABS, before, chart,
    from_to, group, left_out, mark, more_groups, or_more, too_few, under,
};
pub use condition::{applied, condition, facet, facet_value, nothing_of};
pub use empty::{Empty, Offer, empty};
pub use explain::{Explained, allow_page, explain, explain_one, is_elsewhere, outage};
pub use gather::*;
pub use label::label;
pub use plural::counted;
pub use progress::{
    BUDGET_HELP, NO_LIMIT_TOLD, ONLINE, announcement, budget_of, cut, earlier, held, not_yet, nothing, offline,
    progress,
};
pub use query::{
    ACCOUNTS, ALL_OF, ANY, ANY_OF, AS_LOADED, ASCENDING, ASK_API_HELP, ATTENTION, CARDS, CLEAR, CLEAR_FILTERS, COLUMNS,
    COMPACT, CONDITIONS, DESCENDING, FEWER, FILTERS, FIND_HINT, LOAD_ALL, LOAD_REST, NONE_TO_COUNT,
    NOT_OF_EVERY_SOURCE, NOTHING_MORE, ORDER, OTHER_COLUMNS, OTHER_TEXT, QUERY, QUERY_EXAMPLE, SEVERAL, SHOWN_COLUMNS,
    SORT_HELP, SUGGESTIONS, TABLE, THEN_BY, URGENCY, USE_SUGGESTION, USUAL_COLUMNS, VIEWS, all_values, ask_api, blanks,
    columns, earlier_column, end_example, end_of, found, found_in, found_of, hint, later_column, load_rest, not,
    percent, presence, preset, remark, search_in, show_found, sort_place,
};
pub use trouble::{status_word, trouble_line};

/// The name of the program.
pub const NAME: &str = "Roster";
/// How the page looks and behaves.
pub const SETTINGS: &str = "Settings";
/// Said in the head while every profile is invented.
pub const DEMO: &str = "Demo data. Nothing here is real.";
/// A value that is absent, null or empty.
pub const NOT_SET: &str = "not set";
/// A value that this API does not have.
pub const NOT_IN_API: &str = "not in this API";
/// A value behind a request that was not made.
pub const NOT_LOADED: &str = "not checked yet";
/// A flag.
pub const fn yes_no(is_on: bool) -> &'static str {
    if is_on { "yes" } else { "no" }
}

/// In place of a platform list that is empty.
pub const NO_ACCOUNTS: &str = "No accounts connected";
/// A card whose health was not asked for.
pub const HEALTH_NOT_CHECKED: &str = "Health not checked";
/// In the health section before it is loaded.
pub const HEALTH_NOT_IN_LIST: &str = "Health is not part of the list.";
/// A card whose health was asked for in vain; why stands in its drawer.
pub const CHECK_FAILED: &str = "Health could not be checked";
/// The button that loads it.
pub const LOAD_PARTS: &str = "Load health, suspension, quota (1 request)";
/// The same button for a profile that is not in the list.
pub const LOOK_UP: &str = "Look it up (1 request)";
/// Why accounts have no names.
pub const ACCOUNTS_NEED_KEY: &str =
    "Names, pictures and links of the accounts need this profile's Profile Key on the proxy, or the batch file.";
/// An account with which nothing is wrong.
pub const FINE: &str = "fine";
/// A card whose audience is unknown.
pub const NO_AUDIENCE: &str = "Audience not reported";
/// A section that is empty for this profile.
pub const NOTHING_HERE: &str = "Nothing was sent for this profile.";
/// A section without unknown fields.
pub const NO_OTHER_FIELDS: &str = "Every field of this profile is known and shown in the other sections.";
/// Beside a country that may be anything.
pub const AS_SENT: &str = "As sent by the platform.";

fn profiles(n: usize) -> String {
    counted(n as u64, &plural::PROFILES)
}

/// The result bar.
pub fn loaded(n: usize, sources: &[&Source]) -> String {
    let is_all = sources.iter().all(|source| source.is_complete());
    let is_asking = sources.iter().any(|source| source.is_running());
    if is_all {
        return format!("{} loaded", profiles(n));
    }
    let is_begun = sources.iter().any(|source| source.progress.n_pages > 0);
    if n == 0 && !is_begun {
        return if is_asking { "Loading…" } else { "Nothing loaded yet" }.to_owned();
    }
    let rest = if is_asking { "loading…" } else { "more available" };
    format!("{} loaded · {rest}", length(n))
}

/// At the end of the list.
pub fn shown(n_shown: usize) -> String {
    match n_shown {
        0 => String::new(),
        1 => "This is the only one.".to_owned(),
        n_shown => ["All ", &length(n_shown), " shown."].concat(),
    }
}

/// How many records could not be read.
pub fn rejected(n: usize) -> String {
    let records = counted(n as u64, &plural::RECORDS_HAVE);
    format!("{records} a form we do not know.")
}

/// What the API says about its window of requests.
pub fn budget(budget: roster_core::Budget) -> String {
    let window = span(i64::try_from(budget.window_ms).unwrap_or(i64::MAX));
    format!("{} of {} requests in {window}", count(budget.used), count(budget.limit))
}

/// How old the data is.
pub fn freshness(freshness: roster_core::Freshness, now: UnixMs) -> Option<String> {
    let made = freshness.last_updated.map(|at| age(at, now));
    let next = freshness.next_update.filter(|at| at.since(now) > 0);
    let next = next.map(|at| format!("new data in {}", span(at.since(now))));
    let told: Vec<String> = made.into_iter().chain(next).collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

/// Up to a day in hours and minutes, which do not count seconds, and then as a date.
fn age(at: UnixMs, now: UnixMs) -> String {
    const MINUTE_MS: i64 = 60_000;
    match now.since(at) {
        ms if ms < MINUTE_MS => "Data of just now".to_owned(),
        ms if ms < 24 * 60 * MINUTE_MS => ["Data ", &span(ms - ms % MINUTE_MS), " old"].concat(),
        _ => ["Data of ", &format::date_time(at)].concat(),
    }
}

/// The head of what is printed: how much it is of what is loaded, under which conditions, and when that was.
pub fn printed(n_found: Option<usize>, n_loaded: usize, sources: &[&Source], query: &str, now: UnixMs) -> String {
    let found = found_of(n_found, n_loaded, sources);
    let told = [NAME, &found, query, &format::date_time(now)];
    let told = told.into_iter().filter(|text| !text.is_empty());
    told.collect::<Vec<_>>().join(" · ")
}

/// A browser that keeps nothing.
pub const NO_STORAGE: &str = "Settings cannot be kept on this device. Everything else works.";

/// A broken configuration file, for the host.
pub fn config_broken(line: usize, expected: &str) -> String {
    format!("config.json, line {line}: expected {expected}. Started without it.")
}

/// The last words of the program.
pub fn stopped_by_bug(what: &str) -> String {
    format!("The viewer has stopped because of a bug in it. Reload the page to go on. ({what})")
}

/// A link to a profile that did not come.
pub fn not_loaded_profile(key: &str) -> String {
    format!("This link points to {key}, which is not among the loaded profiles.")
}

/// What an action of a source row says.
pub fn action(action: &str, source: &Source) -> String {
    match action {
        "load-more" => "Load more".to_owned(),
        "load-all" => "Load all".to_owned(),
        "stop" => "Stop".to_owned(),
        "cancel" => "Cancel".to_owned(),
        "continue" => "Continue".to_owned(),
        "start-over" => "Start over".to_owned(),
        "refresh" => "Refresh".to_owned(),
        "go-on" => format!("Go on after {}", count(source.earlier.unwrap_or_default())),
        "unask" => unask(source),
        "retry" => format!("Retry page {}", source.page_number()),
        other => other.to_owned(),
    }
}

/// Takes back what the API was asked for, by the names that it has for it.
fn unask(source: &Source) -> String {
    let names: Vec<&str> = source.conditions().map(|(name, _)| name).collect();
    let word = if names.len() == 1 { "condition" } else { "conditions" };
    ["Remove ", word, " (", &names.join(", "), ")"].concat()
}

/// The theme, on the button that changes it.
pub fn theme(theme: crate::theme::Theme) -> &'static str {
    match theme {
        crate::theme::Theme::System => "Theme: system",
        crate::theme::Theme::Light => "Theme: light",
        crate::theme::Theme::Dark => "Theme: dark",
    }
}

/// How strong the contrast is, on the button that changes it.
pub fn contrast(contrast: crate::theme::Contrast) -> &'static str {
    match contrast {
        crate::theme::Contrast::System => "Contrast: system",
        crate::theme::Contrast::More => "Contrast: more",
        crate::theme::Contrast::Usual => "Contrast: usual",
    }
}

/// The zone of dates, on the button that changes it.
pub fn zone(zone: format::Zone) -> &'static str {
    match zone {
        format::Zone::Local => "Times: local",
        format::Zone::Utc => "Times: UTC",
    }
}

/// How close things stand, on the button that changes it.
pub fn density(density: crate::view::Density) -> &'static str {
    match density {
        crate::view::Density::Roomy => "Density: roomy",
        crate::view::Density::Dense => "Density: dense",
    }
}

/// What the program is for.
pub const PURPOSE: &str = "Look through user and social profiles from your own accounts.";
/// What happens when pictures are switched on.
pub const PICTURES_HELP: &str =
    "Pictures are loaded from where the platforms keep them, which tells them your address.";
/// The list of cards.
pub const PROFILES: &str = "Profiles";
/// The sources' region.
pub const SOURCES: &str = "Sources";
/// A profile without a name.
pub const PROFILE: &str = "Profile";
/// The sections' names.
pub const SECTIONS: &str = "Sections";
/// Opens a profile.
pub const DETAILS: &str = "Details";
/// Closes it.
pub const CLOSE: &str = "Close";
/// The profile before.
pub const PREVIOUS: &str = "Previous profile";
/// The profile after.
pub const NEXT: &str = "Next profile";
/// A request is in flight.
pub const ASKING: &str = "Asking…";
/// Copies a text.
pub const COPY: &str = "Copy";
/// Tries again.
pub const TRY_AGAIN: &str = "Try again";
/// Of a badge.
pub const NEEDS_ATTENTION: &str = "needs attention";
/// First in the order of focus.
pub const SKIP: &str = "Skip to the profiles";
/// Before the list.
pub const SKIP_LIST: &str = "Skip the list";
/// The keyboard's map.
pub const KEYBOARD: &str = "Keyboard";
/// The switch for single letters.
pub const LETTER_KEYS: &str = "Single letters and signs are commands";

/// Asks for the health of one profile, from its card.
pub const CHECK: &str = "Check";

/// Switches pictures on.
pub const PICTURES: &str = "Show pictures";
/// Copies the details of an error.
pub const COPY_REPORT: &str = "Copy report";

/// Copies the line of a proxy's configuration that lets this page read.
pub const COPY_SETTING: &str = "Copy setting";

/// Shows personal data.
pub const SHOW: &str = "Show";
/// Masks it again.
pub const HIDE: &str = "Hide";

/// All of it was masked again.
pub const MASKED: &str = "Personal data is hidden.";

/// Shows one piece of personal data.
pub fn show(what: &str) -> String {
    format!("Show {what}")
}

/// Masks it again.
pub fn hide(what: &str) -> String {
    format!("Hide {what}")
}

/// The filters' fold.
pub fn filters(n_conditions: usize) -> String {
    if n_conditions == 0 {
        "Filters".to_owned()
    } else {
        format!("Filters ({n_conditions})")
    }
}

/// Takes every condition back.
pub fn clear_all(n: usize) -> String {
    format!("Clear all ({n})")
}

/// Takes one condition back.
pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}

/// Copies the id that is named behind it.
pub const COPY_ID: &str = "Copy id";

/// An id was copied.
pub fn copied(id: &str) -> String {
    ["Copied ", id].concat()
}

/// Asks for one profile.
pub fn look_up(key: &str) -> String {
    let provider = key
        .split_once(':')
        .and_then(|(provider, _)| roster_core::provider(provider));
    let title = provider.map_or("the API", |provider| provider.info().title);
    ["Ask ", title, " for this id (1 request)"].concat()
}
