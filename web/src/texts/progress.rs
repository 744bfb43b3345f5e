//! What a source is doing, honestly: a total is named only where the API states it.

use roster_core::{Budget, End, ErrorKind, SourceState, UnixMs};

use super::explain::{are, explain};
use super::{counted, plural, profiles};
use crate::format::{count, percent, seconds_left, span};
use crate::roll::Roll;
use crate::source::{Load, Source, Standing};

/// What a source is doing, for its row.
pub fn progress(source: &Source, now: UnixMs) -> String {
    let n = source.roll.len();
    let title = source.info.title;
    match &source.load {
        Load::Idle => "Not asked yet.".to_owned(),
        Load::Loading if source.progress.n_pages == 0 => format!("Asking {title} for the first profiles…"),
        Load::Loading => format!("{} {}", so_far(source), effort(source, now)),
        Load::Waiting(wait) if wait.attempt == 0 => {
            let seconds = seconds_left(wait.until, now);
            let limit = source.budget.map_or_else(|| "limit".to_owned(), limit_of);
            format!(
                "Pausing for {seconds} s so that {title}'s {limit} is not reached. {} safe.",
                are(n)
            )
        }
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
        Load::Failed(_) if n == 0 => "The first page did not arrive.".to_owned(),
        Load::Failed(_) => format!("{} kept.", are(n)),
        Load::Ended(End::Truncated) => format!("Stopped at this page's limit of {}; the API has more.", profiles(n)),
        Load::Ended(End::Complete) => done(source, now),
    }
}

/// What a source does that is asked while there is no network.
pub fn cut(source: &Source) -> String {
    format!(
        "Waiting for a network. We continue by ourselves. {} safe.",
        are(source.roll.len())
    )
}

/// That there is no network, and how old what is shown is.
pub fn offline(loaded_at: Option<UnixMs>, now: UnixMs) -> String {
    let shown = loaded_at.map_or_else(
        || "Nothing was loaded yet.".to_owned(),
        |at| format!("Showing what was loaded {} ago.", span(now.since(at))),
    );
    format!("You are offline. {shown} Loading goes on by itself.")
}

/// There is one again.
pub const ONLINE: &str = "You are online again. Loading goes on.";

fn limit_of(budget: Budget) -> String {
    let window = span(i64::try_from(budget.window_ms).unwrap_or(i64::MAX));
    format!("limit of {} requests in {window}", count(budget.limit))
}

/// That the proxy asks a source nothing for a while, and why.
pub fn held(standing: &Standing, now: UnixMs) -> Option<String> {
    let seconds = standing
        .until
        .map(|until| seconds_left(until, now))
        .filter(|seconds| *seconds > 0)?;
    match standing.state {
        SourceState::Cooling => Some(format!("the API asked everybody to wait {seconds} s")),
        SourceState::Resting => Some(format!("left alone for {seconds} s after several failures")),
        SourceState::Working | SourceState::Other => None,
    }
}

/// Why asking anew is of no use yet.
pub fn not_yet(source: &Source, now: UnixMs) -> String {
    let next = source.freshness.and_then(|freshness| freshness.next_update);
    let wait = next.map_or_else(String::new, |at| span(at.since(now)));
    format!(
        "{} renews this data in {wait}. Asking earlier returns the same.",
        source.info.title
    )
}

/// Where no answer said anything of a limit.
pub const NO_LIMIT_TOLD: &str = "limit not reported";
/// What the meter shows.
pub const BUDGET_HELP: &str = "Requests of the API's window that are used. Loading pauses by itself at 90 %.";

/// The meter's name.
pub fn budget_of(title: &str) -> String {
    ["Requests used of ", title].concat()
}

fn so_far(source: &Source) -> String {
    let n = source.roll.len() as u64;
    match source.progress.total {
        Some(total) if total > 0 => format!("{} of {} profiles ({}).", count(n), count(total), percent(n, total)),
        _ => format!("{} so far. More are coming.", counted(n, &plural::PROFILES)),
    }
}

fn effort(source: &Source, now: UnixMs) -> String {
    let pages = counted(source.progress.n_pages, &plural::PAGES);
    format!("{pages}, {}.", span(source.elapsed_ms(now)))
}

fn done(source: &Source, now: UnixMs) -> String {
    let n = source.roll.len();
    let time = span(source.elapsed_ms(now));
    if let Some(n_before) = source.roll.n_before {
        return up_to_date(&source.roll, n_before);
    }
    let told = match n {
        0 => return nothing(source),
        1 => format!("The only profile loaded in {time}."),
        _ => format!("All {} loaded in {time}.", profiles(n)),
    };
    let merged = match source.roll.n_merged {
        0 => told,
        n_merged => format!("{told} {} arrived twice and were merged.", count(n_merged)),
    };
    match source.roll.n_changed {
        0 => merged,
        n_changed => format!(
            "{merged} {} changed while loading.",
            counted(n_changed, &plural::PROFILES)
        ),
    }
}

/// After everything was asked for anew. What did not come again stays: it may have moved to a page that was read before.
fn up_to_date(roll: &Roll, n_before: usize) -> String {
    let n_new = roll.len().saturating_sub(n_before) as u64;
    let n_absent = (n_before as u64).saturating_sub(roll.n_merged);
    let told = format!("Up to date. {} changed, {} new.", count(roll.n_changed), count(n_new));
    match n_absent {
        0 => told,
        n_absent => format!("{told} {}.", counted(n_absent, &plural::PROFILES_STAY)),
    }
}

/// Why a source has no profile at all.
pub fn nothing(source: &Source) -> String {
    let title = source.info.title;
    let asked: Vec<&str> = source
        .conditions()
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

/// How far an earlier load had come before the page was reloaded.
pub fn earlier(n_items: u64) -> String {
    let n_items = counted(n_items, &plural::PROFILES);
    format!("Before this page was reloaded, {n_items} had come.")
}
