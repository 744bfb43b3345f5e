//! Every sentence that the viewer says. Tone: what happened, why if known, what to do. No blame, no code without words.

mod label;
mod trouble;

use roster_core::{End, Error, ErrorKind, UnixMs};

use crate::format::{self, count, length, percent, seconds_left, span};
use crate::source::{Goal, Load, Source};

pub use label::label;
pub use trouble::{status_word, trouble_line};

/// The name of the program.
pub const NAME: &str = "Roster";
/// Said above the list while every profile is invented.
pub const DEMO: &str = "Demo data. Nothing here is real.";
/// A value that is absent, null or empty.
pub const NOT_SET: &str = "not set";
/// A value that this API does not have.
pub const NOT_IN_API: &str = "not in this API";
/// A value behind a request that was not made.
pub const NOT_LOADED: &str = "not checked yet";
/// Beside a filter.
pub const ASKED_OF_API: &str = "asked of the API";
/// Instead of the filters of an API that has none.
pub const NO_FILTERS: &str = "This API offers no filters.";
/// In place of a platform list that is empty.
pub const NO_ACCOUNTS: &str = "No accounts connected";
/// A card whose health was not asked for.
pub const HEALTH_NOT_CHECKED: &str = "Health not checked";
/// In the health section before it is loaded.
pub const HEALTH_NOT_IN_LIST: &str = "Health is not part of the list.";
/// The button that loads it.
pub const LOAD_PARTS: &str = "Load health, suspension, quota (1 request)";
/// The same button for a profile that is not in the list.
pub const LOOK_UP: &str = "Look it up (1 request)";
/// Why accounts have no names.
pub const ACCOUNTS_NEED_KEY: &str =
    "Names, pictures and links of the accounts need this profile's Profile Key on the proxy, or the batch file.";
/// A card whose audience is unknown.
pub const NO_AUDIENCE: &str = "Audience not reported";
/// A section that is empty for this profile.
pub const NOTHING_HERE: &str = "Nothing was sent for this profile.";
/// A section without unknown fields.
pub const NO_OTHER_FIELDS: &str = "Every field of this profile is known and shown in the other sections.";
/// Beside a country that may be anything.
pub const AS_SENT: &str = "As sent by the platform.";

/// One word or its plural, with the number in front.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

fn profiles(n: usize) -> String {
    counted(n as u64, "profile", "profiles")
}

/// The result bar.
pub fn loaded(n: usize, sources: &[&Source]) -> String {
    let is_all = sources.iter().all(|source| source.is_complete());
    let is_asking = sources.iter().any(|source| source.is_running());
    if is_all {
        return format!("{} loaded", profiles(n));
    }
    let rest = if is_asking { "loading…" } else { "more available" };
    format!("{} loaded · {rest}", length(n))
}

/// How many of the loaded profiles have a card.
pub fn shown(n_shown: usize, n_rows: usize) -> String {
    if n_shown >= n_rows {
        return format!("All {} shown.", length(n_rows));
    }
    format!("{} of {} shown.", length(n_shown), length(n_rows))
}

/// The button below the cards.
pub fn show_more(n: usize) -> String {
    format!("Show {} more", length(n))
}

/// What a source is doing, for its row.
pub fn progress(source: &Source, now: UnixMs) -> String {
    let n = source.roll.len();
    let title = source.info.title;
    match &source.load {
        Load::Idle => "Not asked yet.".to_owned(),
        Load::Loading if source.progress.n_pages == 0 => format!("Asking {title} for the first profiles…"),
        Load::Loading => format!("{} {}", so_far(source), effort(source, now)),
        Load::Waiting(wait) if wait.error.kind() == ErrorKind::RateLimited => {
            let seconds = seconds_left(wait.until, now);
            format!(
                "{title} asks us to wait {seconds} s. We continue by ourselves. {} safe.",
                are(n)
            )
        }
        Load::Waiting(wait) => {
            let (page, next) = (source.page_number(), wait.attempt + 1);
            format!("Page {page} did not arrive. Trying again ({next} of {}).", wait.of)
        }
        Load::Ready => format!("{} so far. More are available.", profiles(n)),
        Load::Stopped => format!(
            "Stopped at {}. Continue where you left off, or work with these.",
            profiles(n)
        ),
        Load::Failed(_) => format!("{} kept.", are(n)),
        Load::Ended(End::Truncated) => format!("Stopped at this page's limit of {}; the API has more.", profiles(n)),
        Load::Ended(End::Complete) => done(source, now),
    }
}

fn so_far(source: &Source) -> String {
    let n = source.roll.len() as u64;
    match source.progress.total {
        Some(total) if total > 0 => format!("{} of {} profiles ({}).", count(n), count(total), percent(n, total)),
        _ => format!("{} so far. More are coming.", counted(n, "profile", "profiles")),
    }
}

fn effort(source: &Source, now: UnixMs) -> String {
    let pages = counted(source.progress.n_pages, "page", "pages");
    format!("{pages}, {}.", span(source.elapsed_ms(now)))
}

fn done(source: &Source, now: UnixMs) -> String {
    let n = source.roll.len();
    let time = span(source.elapsed_ms(now));
    let told = match n {
        0 => return nothing(source),
        1 => format!("The only profile loaded in {time}."),
        _ => format!("All {} loaded in {time}.", profiles(n)),
    };
    match source.roll.n_merged {
        0 => told,
        n_merged => format!("{told} {} arrived twice and were merged.", count(n_merged)),
    }
}

/// Why a source has no profile at all.
pub fn nothing(source: &Source) -> String {
    let title = source.info.title;
    let asked: Vec<&str> = source
        .filters
        .valid()
        .filter_map(|(name, _)| Some(source.route.param(name)?.title))
        .collect();
    if asked.is_empty() {
        let primary = if crate::extension::is_offered(source.info.id) {
            " The primary profile itself is never listed."
        } else {
            ""
        };
        return format!("{title} answered: there are no profiles.{primary}");
    }
    let asked = asked.join(", ");
    format!("{title} returned none for: {asked}. This was asked of the API, so it covers all profiles.")
}

/// How many records could not be read.
pub fn rejected(n: usize) -> String {
    let records = counted(n as u64, "record has", "records have");
    format!("{records} a form we do not know.")
}

/// What the API says about its window of requests.
pub fn budget(budget: roster_core::Budget) -> String {
    let window = span(i64::try_from(budget.window_ms).unwrap_or(i64::MAX));
    format!("{} of {} requests in {window}", count(budget.used), count(budget.limit))
}

/// How old the data is.
pub fn freshness(freshness: roster_core::Freshness, now: UnixMs) -> Option<String> {
    let made = freshness
        .last_updated
        .map(|at| format!("Data of {}", format::date_time(at)));
    let next = freshness.next_update.filter(|at| at.since(now) > 0);
    let next = next.map(|at| format!("new data in {}", span(at.since(now))));
    let told: Vec<String> = made.into_iter().chain(next).collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

/// What a screen reader hears when a load rests or waits.
pub fn announcement(source: &Source, now: UnixMs) -> String {
    let title = source.info.title;
    match &source.load {
        Load::Failed(error) => format!(
            "{title}: {}",
            explain(error, title, source.roll.len(), source.page_number()).what
        ),
        _ => format!("{title}: {}", progress(source, now)),
    }
}

/// An error in words: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened.
    pub what: String,
    /// What to do about it.
    pub next: String,
}

/// Explains an error of a source that has `n_kept` profiles and was asked for page `page`.
pub fn explain(error: &Error, title: &str, n_kept: usize, page: u64) -> Explained {
    let kept = if n_kept == 0 {
        String::new()
    } else {
        format!(" {} kept.", are(n_kept))
    };
    let said = error.message();
    let (what, next) = match error.kind() {
        ErrorKind::Network => (
            format!("The proxy did not answer ({said}).{kept}"),
            "It may be off, this device may be offline, or the address may be wrong.".to_owned(),
        ),
        ErrorKind::Timeout => (
            format!("{title} gave no answer in time.{kept}"),
            format!("Ask for page {page} again, or try later."),
        ),
        ErrorKind::Unauthorized => (
            format!("{title} did not accept the key{}.", code(error)),
            format!("Check the key on the proxy: {said}."),
        ),
        ErrorKind::Forbidden => (
            format!("{title} refused: {said}.{kept}"),
            "The plan may not include this, or the profile may be suspended.".to_owned(),
        ),
        ErrorKind::RateLimited => (
            format!("{title} still limits us.{kept}"),
            "Many refused requests in a day can suspend a profile, so we stopped. Try again in a few minutes."
                .to_owned(),
        ),
        ErrorKind::NotFound => (
            format!("{title} does not have what was asked for: {said}."),
            "It may have been deleted. Change or clear the filters.".to_owned(),
        ),
        ErrorKind::Upstream => (
            format!("{title} has a problem on its side{}.{kept}", status(error)),
            format!("Ask for page {page} again. It said: {said}."),
        ),
        ErrorKind::Decode => (
            format!("The answer is not profile data: {said}.{kept}"),
            "Often this is a log-in or error page in between.".to_owned(),
        ),
        ErrorKind::Pagination => (
            format!("The pages of {title} contradict each other: {said}.{kept}"),
            "Nothing was asked elsewhere. Start over; loaded profiles are merged.".to_owned(),
        ),
        ErrorKind::InvalidQuery => (
            format!("{title} did not understand the request: {said}.{kept}"),
            "Change or remove the condition.".to_owned(),
        ),
        _ => (format!("{title}: {said}.{kept}"), "Try again.".to_owned()),
    };
    Explained { what, next }
}

fn are(n: usize) -> String {
    format!("{} {}", profiles(n), if n == 1 { "is" } else { "are" })
}

fn code(error: &Error) -> String {
    error
        .provider_code()
        .map(|code| format!(" (code {code})"))
        .unwrap_or_default()
}

fn status(error: &Error) -> String {
    error.status().map(|status| format!(" ({status})")).unwrap_or_default()
}

/// The proxy is there no more, or not as it was configured.
pub fn outage(error: &Error, page_address: &str) -> Explained {
    let is_mixed = page_address.starts_with("https:");
    let what = format!("The proxy cannot be used: {}.", error.message());
    let next = if is_mixed && error.kind() == ErrorKind::Network {
        "It may be off or not allow this page; a secure page can only reach a proxy with an https address."
    } else {
        "It may be off, or the address in config.json may be wrong."
    };
    Explained {
        what,
        next: next.to_owned(),
    }
}

/// A broken configuration file, for the host.
pub fn config_broken(line: usize, reason: &str) -> String {
    format!("config.json, line {line}: {reason}. Started without it.")
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
        "retry" => format!("Retry page {}", source.page_number()),
        other => other.to_owned(),
    }
}

/// What "any", "yes" and "no" are called for a three-way parameter.
pub fn choices(param: &str) -> [&'static str; 3] {
    match param {
        "hasActiveSocialAccounts" => ["Any", "Has", "None"],
        "isByokLinked" => ["Any", "Linked", "Not yet"],
        _ => ["Any", "Yes", "No"],
    }
}

/// A value of a filter, for its chip.
pub fn filter_value(param: &roster_core::Param, value: &str) -> String {
    let [_, yes, no] = choices(param.name);
    match (&param.kind, value) {
        (roster_core::Kind::Bool, "true") => yes.to_owned(),
        (roster_core::Kind::Bool, _) => no.to_owned(),
        (roster_core::Kind::Words(_), words) => {
            let titles = words
                .split(',')
                .map(|word| roster_core::Platform::named(word).title().to_owned());
            titles.collect::<Vec<_>>().join(", ")
        }
        (_, text) => text.to_owned(),
    }
}

/// By a control whose text the API would not take.
pub fn expected(what: &str) -> String {
    format!("Expected {what}. Nothing was asked.")
}

/// What a goal is called while it runs.
pub fn goal(goal: Goal) -> &'static str {
    match goal {
        Goal::Page => "one page",
        Goal::All => "all pages",
    }
}

/// How long a button's theme word is.
pub fn theme(theme: crate::theme::Theme) -> &'static str {
    match theme {
        crate::theme::Theme::System => "Theme: system",
        crate::theme::Theme::Light => "Theme: light",
        crate::theme::Theme::Dark => "Theme: dark",
    }
}

/// What the program is for.
pub const PURPOSE: &str = "Look through user and social profiles from your own accounts.";
/// What happens when pictures are switched on.
pub const PICTURES_HELP: &str =
    "Pictures are loaded from where the platforms keep them, which tells them your address.";
/// The group of buttons that choose a source.
pub const SHOWN_SOURCES: &str = "Shown sources";
/// The button for every source.
pub const ALL_SOURCES: &str = "All";
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
/// The JSON of a profile.
pub const RAW_JSON: &str = "JSON exactly as received";
/// Tries again.
pub const TRY_AGAIN: &str = "Try again";
/// Of a badge.
pub const NEEDS_ATTENTION: &str = "needs attention";
/// First in the order of focus.
pub const SKIP: &str = "Skip to the profiles";

/// Shows personal data.
pub const SHOW: &str = "Show";
/// Masks it again.
pub const HIDE: &str = "Hide";

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

/// The filters of one source.
pub fn filters_of(title: &str) -> String {
    format!("Filters of {title}")
}

/// Takes every condition back.
pub fn clear_all(n: usize) -> String {
    format!("Clear all ({n})")
}

/// Takes one condition back.
pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}

/// Copies an id.
pub fn copy_id(id: &str) -> String {
    format!("Copy id {id}")
}
