//! `GET /profiles?refId=…&include=…`: more about one profile.
//!
//! The documentation shows `suspension`, `socialHealth`, `activity` and `quota`; of the other three parts it only names
//! the fields, and their arrangement here is the sandbox's own.

use roster_core::UnixMs;

use super::case::Token;
use super::list::Page;
use super::member::Member;
use super::ok_json;
use crate::http::Response;
use crate::json::{Json, Object};

pub(crate) fn answer(page: &Page, limit: u64, parts: &[&'static str]) -> Response {
    let profiles: Vec<Json> = page.members.iter().map(|member| record(member, parts)).collect();
    let n_profiles = profiles.len() as u64;
    let pagination = Object::new()
        .with("hasMore", false)
        .with("nextCursor", Json::Null)
        .with("limit", limit);
    let body = Object::new()
        .with("profiles", profiles)
        .with("count", n_profiles)
        .with("pagination", pagination);
    ok_json(&body.into())
}

/// The record of this form: creation stamps are absent in the documented example.
fn record(member: &Member, parts: &[&'static str]) -> Json {
    let (status, suspended) = member.status();
    let base = Object::new()
        .with("title", member.title())
        .with("refId", member.ref_id())
        .with("status", status)
        .with_some("suspended", suspended.filter(|_| status == "active"))
        .with_some("activeSocialAccounts", member.accounts_json());
    parts
        .iter()
        .fold(base, |record, name| record.with(*name, part(member, name)))
        .into()
}

fn part(member: &Member, name: &str) -> Json {
    match name {
        "suspension" => suspension(member),
        "socialHealth" => social_health(member),
        "linkingErrors" => linking_errors(member),
        "activity" => activity(member),
        "quota" => quota(member),
        "unlinkHistory" => unlink_history(member),
        "actionLog" => action_log(member),
        _ => Json::Null,
    }
}

fn suspension(member: &Member) -> Json {
    let Some(suspension) = member.suspension() else {
        return Object::new()
            .with("isSuspended", false)
            .with("suspensionCount", 0_u64)
            .into();
    };
    let ends = suspension.ends_in_hours.map(|hours| member.instant(hours).to_string());
    Object::new()
        .with("isSuspended", true)
        .with("reason", suspension.reason)
        .with("suspendedAt", member.instant(-suspension.began_hours_ago).to_string())
        .with("unsuspendAt", ends)
        .with("suspensionCount", suspension.count)
        .into()
}

fn social_health(member: &Member) -> Json {
    let mut health = Object::new();
    for (place, (_, word)) in member.platforms().each().enumerate() {
        let is_first = place == 0;
        let at = member.index.wrapping_mul(16).wrapping_add(place as u64);
        let one = Object::new()
            .with("linked", true)
            .with("linkedAt", linked_at(member, at).to_string())
            .with("relinkRecommended", is_first && member.case.is_relink_advised)
            .with("messagingEnabled", member.lot().is_in_percent("messaging", at, 40))
            .with(
                "tokenExpiresAt",
                token_end(member, is_first, at).map(|at| at.to_string()),
            );
        health = health.with(word, one);
    }
    health.into()
}

fn linked_at(member: &Member, at: u64) -> UnixMs {
    let hours = i64::try_from(member.lot().below("linkedAt", at, 90 * 24)).unwrap_or(0);
    member.instant(-24 - hours)
}

/// Only the first account can have what a case says; the others are in good order.
fn token_end(member: &Member, is_first: bool, at: u64) -> Option<UnixMs> {
    let days_by_lot = i64::try_from(31 + member.lot().below("tokenDays", at, 330)).unwrap_or(31);
    let fine = || (!member.lot().is_in_percent("tokenNever", at, 50)).then_some(days_by_lot);
    let days = match member.case.token {
        Token::Never => None,
        Token::InDays(days) if is_first => Some(days),
        Token::Fine | Token::InDays(_) => fine(),
    };
    // Twelve hours later, so that "in 0 days" still lies ahead for a while.
    days.map(|days| member.instant(days.saturating_mul(24).saturating_add(12)))
}

fn linking_errors(member: &Member) -> Json {
    let first = member
        .platforms()
        .each()
        .next()
        .filter(|_| member.case.has_linking_error);
    let Some((_, word)) = first else {
        return Object::new().into();
    };
    let error = Object::new()
        .with("code", 190_u64)
        .with("message", "The account could not be linked: access was denied.")
        .with(
            "details",
            "The session has been invalidated because the password was changed.",
        )
        .with("createdAt", member.instant(-20).to_string());
    Object::new().with(word, error).into()
}

fn activity(member: &Member) -> Json {
    let hours = i64::try_from(member.lot().below("lastPost", member.index, 24 * 40)).unwrap_or(0);
    let posted = (!member.case.has_never_posted).then(|| member.instant(-1 - hours).to_string());
    Object::new()
        .with("lastApiCall", member.instant(-1).to_string())
        .with("lastPost", posted)
        .into()
}

/// Requests used of a thousand.
fn quota(member: &Member) -> Json {
    const LIMIT: u64 = 1000;
    let by_lot = || 1 + member.lot().below("quota", member.index, 75);
    let percent = member.case.quota_percent.unwrap_or_else(by_lot);
    Object::new()
        .with("used", LIMIT / 100 * percent)
        .with("limit", LIMIT)
        .into()
}

fn unlink_history(member: &Member) -> Json {
    let Some(source) = member.case.unlinked_by else {
        return Json::Null;
    };
    let details = if source == "user" {
        "Unlinked on the linking page."
    } else {
        "The access token was revoked."
    };
    Object::new()
        .with("platform", "instagram")
        .with("source", source)
        .with("details", details)
        .with("createdAt", member.instant(-70).to_string())
        .into()
}

fn action_log(member: &Member) -> Json {
    let entry = |action: &'static str, at: UnixMs| Object::new().with("action", action).with("created", at.to_string());
    let created = entry("create", member.created());
    let updated = member
        .display_title()
        .map(|_| entry("update", member.created().plus_ms(3_600_000)));
    Json::list(updated.into_iter().chain([created]))
}
