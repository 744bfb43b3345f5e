//! `GET /profiles?actionLog=…`: created and deleted profiles, and the number of active users that was reported each day.
//!
//! The documented sample is one brace short; here `lastUpdated` and `nextUpdate` stand inside `profiles`, as in the types
//! that others have written for it.

use roster_core::UnixMs;

use super::list::FRESH_MS;
use super::member::Member;
use super::ok_json;
use crate::ask::Ask;
use crate::http::Response;
use crate::json::{Json, Object};
use crate::stamp::{DAY_MS, HOUR_MS, floor};

/// Days of `actionLog=true`.
pub(crate) const DEFAULT_DAYS: u64 = 60;

/// Title and tags are missing before March 2025. Source: <https://www.ayrshare.com/docs/apis/profiles/get-profiles>, seen
/// 2026-11.
const TITLES_SINCE: UnixMs = UnixMs(1_740_787_200_000);

/// Most entries of one answer; a million profiles are created too fast for a log that is sent whole.
const N_ENTRIES_MAX: usize = 5000;

pub(crate) fn answer(ask: &Ask<'_>, days: u64) -> Response {
    let updated = floor(ask.now, FRESH_MS);
    let log = Object::new()
        .with("actionLog", entries(ask, days))
        .with("userProfilesReport", report(ask, days))
        .with("lastUpdated", updated.to_string())
        .with("nextUpdate", updated.plus_ms(FRESH_MS).to_string());
    ok_json(&Object::new().with("profiles", log).into())
}

fn days_ms(days: u64) -> i64 {
    i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(DAY_MS)
}

/// Newest first.
fn entries(ask: &Ask<'_>, days: u64) -> Vec<Json> {
    let oldest = ask.epoch.plus_ms(-days_ms(days));
    let mut entries: Vec<(i64, Object)> = Vec::new();
    for index in 0..ask.settings.n_ayrshare() {
        let member = Member::new(ask, index);
        if member.created() < oldest || entries.len() >= N_ENTRIES_MAX {
            break;
        }
        let is_titled = member.created() >= TITLES_SINCE;
        let tag = if index % 2 == 0 { "retail" } else { "agency" };
        let entry = Object::new()
            .with("action", "create")
            .with("refId", member.ref_id())
            .with_some("title", is_titled.then(|| member.title()))
            .with("created", member.created().to_string())
            .with_some("tags", is_titled.then(|| Json::list([tag])));
        entries.push((member.created().0, entry));
    }
    entries.extend(deleted(ask, days));
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    entries.into_iter().map(|(_, entry)| entry.into()).collect()
}

/// One profile deleted every 17 days. They are in no list.
fn deleted(ask: &Ask<'_>, days: u64) -> impl Iterator<Item = (i64, Object)> {
    (0..days / 17).map(|number| {
        let at = ask.epoch.plus_ms(-days_ms(number * 17 + 3));
        let entry = Object::new()
            .with("action", "delete")
            .with("refId", ask.lot.long_id("deleted", number))
            .with("title", format!("Closed Shop {}", number + 1))
            .with("created", at.to_string());
        (at.0, entry)
    })
}

/// Oldest first, at eight in the morning.
fn report(ask: &Ask<'_>, days: u64) -> Vec<Json> {
    let today = floor(ask.epoch, DAY_MS).plus_ms(8 * HOUR_MS);
    let n_now = ask.settings.n_ayrshare();
    (1..=days)
        .rev()
        .map(|days_ago| {
            let reported = today.plus_ms(-days_ms(days_ago));
            // In the demo a profile is created every ten days.
            let count = n_now.saturating_sub(days_ago / 10);
            Object::new()
                .with("reported", reported.to_string())
                .with("userProfileCount", count)
                .into()
        })
        .collect()
}
