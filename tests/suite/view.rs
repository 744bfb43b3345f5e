//! A common view as JSON, so that it can be held against `expected.json` field by field.

use std::collections::BTreeMap;

use roster_core::{Audience, AudienceKind, Known, OddField, Platform, Profile, Status, Trouble, UnixMs};
use serde_json::{Value, json};

/// The fields of a profile but for its provider and id.
pub(crate) fn fields(profile: &Profile, odd: &[OddField]) -> BTreeMap<String, Value> {
    let links = profile.links.iter().map(|link| format!("{} {}", link.title, link.href));
    let odd = odd.iter().map(|odd| format!("{}: {}", odd.path, odd.found));
    let named = [
        ("title", json!(profile.title)),
        ("subtitle", known(&profile.subtitle, |name| json!(name))),
        ("status", known(&profile.status, |one| json!(status(one)))),
        (
            "platforms",
            known(&profile.platforms, |list| list.iter().map(Platform::code).collect()),
        ),
        ("picture", known(&profile.picture, |href| json!(href))),
        ("links", links.collect()),
        ("created", known(&profile.created, |at| json!(at.to_string()))),
        ("updated", known(&profile.updated, |at| json!(at.to_string()))),
        (
            "audience",
            known(&profile.audience, |list| list.iter().map(audience).collect()),
        ),
        (
            "trouble",
            known(&profile.trouble, |list| list.iter().map(trouble).collect()),
        ),
        ("odd", odd.collect()),
    ];
    named
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn known<T>(fact: &Known<T>, write: impl FnOnce(&T) -> Value) -> Value {
    match fact {
        Known::Set(value) => write(value),
        Known::NotSet => json!("not set"),
        Known::NotInApi => json!("not in this API"),
        Known::NotLoaded => json!("not loaded"),
    }
}

fn status(status: &Status) -> &str {
    match status {
        Status::Active => "active",
        Status::Suspended => "suspended",
        Status::Other(word) => word,
    }
}

fn audience(audience: &Audience) -> String {
    let kind = match audience.kind {
        AudienceKind::Followers => "followers",
        AudienceKind::Following => "following",
        AudienceKind::Subscribers => "subscribers",
    };
    format!("{} {kind}", audience.count)
}

fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Suspended { reason, until, count } => suspended(reason.as_deref(), *until, *count),
        Trouble::LinkingError { platform, message } => format!("linking error of {}: {message}", platform.code()),
        Trouble::Relink { platform } => format!("relink {}", platform.code()),
        Trouble::TokenEnds { platform, at } => format!("token of {} ends at {at}", platform.code()),
        Trouble::NoAccounts => "no accounts".to_owned(),
        Trouble::Quota { used, limit } => format!("quota {used} of {limit}"),
        Trouble::PendingVerification { what } => format!("waits for {what}"),
        Trouble::TrialEnds { at } => format!("trial ends at {at}"),
    }
}

fn suspended(reason: Option<&str>, until: Option<UnixMs>, count: Option<i64>) -> String {
    let reason = reason.unwrap_or("no reason given");
    let until = until.map_or("no end set".to_owned(), |at| format!("until {at}"));
    let count = count.map_or("count not told".to_owned(), |count| format!("count {count}"));
    format!("suspended: {reason}, {until}, {count}")
}
