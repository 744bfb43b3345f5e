//! The drawer of an Ayrshare profile: what the list tells, and what `include` adds.

use roster_core::providers::ayrshare::{ActionLogEntry, LinkingError, SocialHealth, User, UserProfile};
use roster_core::{Field, Known, List, Other, Platform, Profile, Trouble, UnixMs};

use super::{accounts, concerns, parts_of};
use crate::look::fact::{
    Block, Fact, Section, date, fact, field, flag, known, number, others, scalar, share, text, unknown,
};
use crate::look::{Subject, Value};
use crate::texts;

pub(super) fn sheet(subject: &Subject) -> Vec<Section> {
    let wire = UserProfile::parse(subject.text).unwrap_or_default();
    let user = User::parse(subject.text).unwrap_or_default();
    let parts = parts_of(subject, roster_core::members(subject.text).as_ref());
    let profile = subject.profile();
    let told = parts
        .is_some()
        .then(|| subject.extended().or_else(|| subject.profile()));
    let mut sections = vec![
        overview(&wire, &user, profile.as_ref(), parts.as_ref()),
        account_section(profile.as_ref(), &user, told.flatten().as_ref(), subject.now),
    ];
    let health = parts.as_ref().map(health_section);
    let log = parts.as_ref().map(log_section);
    sections.push(health.map_or_else(|| Section::not_loaded("health"), Section::of_parts));
    sections.push(quota_section(parts.as_ref(), &user));
    sections.push(log.map_or_else(|| Section::not_loaded("log"), Section::of_parts));
    sections.push(others(unknown_fields(&wire, &user, parts.as_ref()), subject));
    sections
}

/// What neither the list nor `/user` is known to tell, each once.
fn unknown_fields(wire: &UserProfile, user: &User, parts: Option<&UserProfile>) -> Vec<Fact> {
    let is_in = |other: &Other, key: &str| other.iter().any(|(known, _)| known == key);
    let is_odd = |key: &str| key == "displayNames" && user.display_names.get().is_none();
    let all = unknown("", &wire.other).into_iter();
    let mut facts: Vec<Fact> = all
        .filter(|fact| is_in(&user.other, &fact.key) || is_odd(&fact.key))
        .collect();
    let more = parts.into_iter().flat_map(|parts| unknown("", &parts.other));
    for fact in more.filter(|fact| !is_in(&wire.other, &fact.key)) {
        facts.push(fact);
    }
    facts
}

fn overview(wire: &UserProfile, user: &User, profile: Option<&Profile>, parts: Option<&UserProfile>) -> Section {
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
    let activity_facts = match activity {
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
        vec![
            Block::new(facts),
            Block::titled(texts::profile::ACTIVITY, activity_facts),
            Block::titled(texts::profile::FROM_USER, accounts::own(user)),
        ],
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

fn account_section(profile: Option<&Profile>, user: &User, parts: Option<&Profile>, now: UnixMs) -> Section {
    let platforms = profile.and_then(|profile| profile.platforms.value());
    let list = platforms.map(Vec::as_slice).unwrap_or_default();
    let row = |platform: &Platform| fact(platform.title(), account_state(platform, parts, now));
    let states = Block::new(list.iter().map(row).collect());
    let named: Vec<Block> = accounts::named(user).collect();
    let note = match (platforms, named.is_empty()) {
        (_, false) => None,
        (None, true) => Some(texts::NOT_SET),
        (Some(list), true) if list.is_empty() => Some(texts::NO_ACCOUNTS),
        (Some(_), true) => Some(texts::ACCOUNTS_NEED_KEY),
    };
    let section = Section::new("accounts", std::iter::once(states).chain(named).collect());
    match note {
        Some(note) => section.with_note(note),
        None => section,
    }
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
            Field::Null => fact(
                "tokenExpiresAt",
                Value::Text(texts::profile::TOKEN_NEVER_ENDS.to_owned()),
            ),
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

/// Without the parts the quota is not known, though `/user` may tell of another one.
fn quota_section(parts: Option<&UserProfile>, user: &User) -> Section {
    let monthly = accounts::used(user);
    let Some(parts) = parts else {
        let section = Section::not_loaded("quota");
        return Section {
            blocks: monthly,
            ..section
        };
    };
    let facts = parts.quota.get().map(|quota| {
        vec![
            share("quota", &quota.used, quota.limit.as_i64()),
            number("used", &quota.used),
            number("limit", &quota.limit),
        ]
    });
    let is_of_parts = monthly.is_empty();
    let own = Block::new(facts.unwrap_or_default());
    let section = Section::new("quota", std::iter::once(own).chain(monthly).collect());
    if is_of_parts { section.of_parts() } else { section }
}

fn log_section(parts: &UserProfile) -> Section {
    Section::new("log", parts.action_log.entries().map(log_entry).collect())
}

fn log_entry(entry: &ActionLogEntry) -> Block {
    let words = |list: &List<String>| Value::Text(list.iter().cloned().collect::<Vec<_>>().join(", "));
    let mut facts = vec![
        field("action", &entry.action, |action| {
            Value::Text(action.as_str().to_owned())
        }),
        titled(entry),
        date("actionLog.created", &entry.created),
    ];
    if entry.tags.is_set() {
        facts.push(field("tags", &entry.tags, words));
    }
    facts.extend(unknown("actionLog", &entry.other));
    Block::new(facts)
}

/// Titles are in the log since March 2025 only.
/// Source: <https://www.ayrshare.com/docs/apis/profiles/get-profiles>, seen 2026-11
fn titled(entry: &ActionLogEntry) -> Fact {
    let recorded = UnixMs::parse("2025-03-01T00:00:00Z").unwrap_or_default();
    let is_older = entry.created.instant().is_some_and(|at| at.since(recorded) < 0);
    if entry.title.text().is_none() && is_older {
        return fact("title", Value::Text(texts::profile::TITLE_NOT_RECORDED.to_owned()));
    }
    text("title", &entry.title)
}
