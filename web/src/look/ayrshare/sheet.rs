//! The drawer of an Ayrshare profile: what the list tells, and what `include` adds.

use roster_core::providers::ayrshare::{LinkingError, SocialHealth, UserProfile};
use roster_core::{Field, Known, Platform, Profile, Trouble, UnixMs};

use super::concerns;
use crate::look::fact::{Block, Fact, Section, date, fact, field, flag, known, number, others, scalar, text, unknown};
use crate::look::{Subject, Value};
use crate::texts;

pub(super) fn sheet(subject: &Subject) -> Vec<Section> {
    let wire = UserProfile::parse(subject.text).unwrap_or_default();
    let parts = subject.parts.and_then(|parts| UserProfile::parse(parts).ok());
    let profile = subject.profile();
    let mut unknown_fields = unknown("", &wire.other);
    unknown_fields.extend(parts.iter().flat_map(|parts| unknown("", &parts.other)));
    let mut sections = vec![
        overview(&wire, profile.as_ref(), parts.as_ref()),
        account_section(profile.as_ref(), subject.extended().as_ref(), subject.now),
    ];
    sections.extend(match &parts {
        Some(parts) => {
            let all = [health_section(parts), quota_section(parts), log_section(parts)];
            all.map(Section::of_parts).into()
        }
        None => vec![
            Section::not_loaded("health"),
            Section::not_loaded("quota"),
            Section::not_loaded("log"),
        ],
    });
    sections.push(others(unknown_fields, subject));
    sections
}

fn overview(wire: &UserProfile, profile: Option<&Profile>, parts: Option<&UserProfile>) -> Section {
    let stamp = field("created", &wire.created, |stamp| {
        stamp.instant().map_or(Value::NotSet, Value::Date)
    });
    let facts = vec![
        text("title", &wire.title),
        text("displayTitle", &wire.display_title),
        field("status", &wire.status, |status| Value::Text(status.as_str().to_owned())),
        flag("suspended", &wire.suspended),
        flag("isByokLinked", &wire.is_byok_linked),
        date("createdUTC", &wire.created_utc),
        stamp,
        known_date("updated_at", profile),
        scalar("refId", &wire.ref_id),
    ];
    let activity = parts.and_then(|parts| parts.activity.get());
    let used = match activity {
        Some(activity) => vec![
            date("lastApiCall", &activity.last_api_call),
            date("lastPost", &activity.last_post),
        ],
        None => vec![
            fact("lastApiCall", Value::NotLoaded),
            fact("lastPost", Value::NotLoaded),
        ],
    };
    let section = Section::new(
        "overview",
        vec![Block::new(facts), Block::titled(texts::profile::ACTIVITY, used)],
    );
    match disagreement(wire) {
        Some(note) => section.with_note(note),
        None => section,
    }
}

/// What the common view says of it: Ayrshare tells no date of change.
fn known_date(key: &str, profile: Option<&Profile>) -> Fact {
    let updated = profile.map_or(Known::NotSet, |profile| profile.updated);
    known(key, updated, Value::Date)
}

/// Told when the two creation dates are more than a day apart.
fn disagreement(wire: &UserProfile) -> Option<String> {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let (shown, stamp) = (wire.created_utc.instant()?, wire.created.get()?.instant()?);
    let is_apart = shown.since(stamp).abs() > DAY_MS;
    is_apart.then(|| texts::profile::dates_disagree(stamp, shown))
}

fn account_section(profile: Option<&Profile>, parts: Option<&Profile>, now: UnixMs) -> Section {
    let platforms = profile.and_then(|profile| profile.platforms.value());
    let list = platforms.map(Vec::as_slice).unwrap_or_default();
    let row = |platform: &Platform| fact(platform.title(), account_state(platform, parts, now));
    let section = Section::new("accounts", vec![Block::new(list.iter().map(row).collect())]);
    let note = if list.is_empty() {
        texts::NO_ACCOUNTS
    } else {
        texts::ACCOUNTS_NEED_KEY
    };
    section.with_note(note)
}

/// What is wrong with an account, if its health was asked for.
fn account_state(platform: &Platform, parts: Option<&Profile>, now: UnixMs) -> Value {
    let Some(parts) = parts else { return Value::NotLoaded };
    let trouble = parts.trouble.value().map(Vec::as_slice).unwrap_or_default();
    let told = trouble.iter().filter(|one| concerns(one, platform));
    let words = |one: &Trouble| texts::trouble_line(one, now).replacen(&format!("{}: ", platform.title()), "", 1);
    let told: Vec<String> = told.map(words).collect();
    Value::Text(if told.is_empty() {
        texts::FINE.to_owned()
    } else {
        told.join("; ")
    })
}

fn health_section(parts: &UserProfile) -> Section {
    let suspension = parts.suspension.get().map(|part| {
        Block::titled(
            texts::profile::SUSPENSION,
            vec![
                flag("isSuspended", &part.is_suspended),
                text("reason", &part.reason),
                date("suspendedAt", &part.suspended_at),
                date("unsuspendAt", &part.unsuspend_at),
                number("suspensionCount", &part.suspension_count),
            ],
        )
    });
    let health = parts
        .social_health
        .entries()
        .map(|(platform, health)| Block::titled(platform.title(), account_health(health)));
    let errors = parts.linking_errors.entries().flat_map(|(platform, list)| {
        let title = texts::profile::linking_error(platform.title());
        list.iter()
            .map(move |error| Block::titled(title.clone(), linking_error(error)))
            .collect::<Vec<_>>()
    });
    let unlinked = parts.unlink_history.entries().map(|unlink| {
        Block::titled(
            texts::profile::LAST_UNLINK,
            vec![
                text("platform", &unlink.platform),
                field("source", &unlink.source, |source| {
                    Value::Text(source.as_str().to_owned())
                }),
                text("details", &unlink.details),
                date("createdAt", &unlink.created_at),
            ],
        )
    });
    let blocks = suspension
        .into_iter()
        .chain(health)
        .chain(errors)
        .chain(unlinked)
        .collect();
    Section::new("health", blocks)
}

fn account_health(health: &SocialHealth) -> Vec<Fact> {
    vec![
        flag("linked", &health.linked),
        date("linkedAt", &health.linked_at),
        flag("relinkRecommended", &health.relink_recommended),
        match health.token_expires_at {
            Field::Null => fact("tokenExpiresAt", Value::Text("never".to_owned())),
            _ => date("tokenExpiresAt", &health.token_expires_at),
        },
        flag("messagingEnabled", &health.messaging_enabled),
    ]
}

fn linking_error(error: &LinkingError) -> Vec<Fact> {
    vec![
        scalar("code", &error.code),
        text("message", &error.message),
        text("details", &error.details),
        date("createdAt", &error.created_at),
    ]
}

fn quota_section(parts: &UserProfile) -> Section {
    let facts = parts
        .quota
        .get()
        .map(|quota| vec![number("used", &quota.used), number("limit", &quota.limit)]);
    Section::new("quota", vec![Block::new(facts.unwrap_or_default())])
}

fn log_section(parts: &UserProfile) -> Section {
    let entries = parts.action_log.entries().map(|entry| {
        Block::new(vec![
            field("action", &entry.action, |action| {
                Value::Text(action.as_str().to_owned())
            }),
            text("title", &entry.title),
            date("created", &entry.created),
        ])
    });
    Section::new("log", entries.collect())
}
