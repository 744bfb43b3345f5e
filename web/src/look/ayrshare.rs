//! A user profile of Ayrshare.

mod accounts;
mod sheet;

use roster_core::providers::ayrshare::{User, UserProfile};
use roster_core::{Known, Members, Platform, PlatformInfo, Profile, Status, Trouble, UnixMs, string};

use super::generic::{status_mark, unreadable};
use super::{Badge, Face, Line, Look, Mark, Subject, Tone};
use crate::icon::Icon;
use crate::texts;

pub(super) const LOOK: Look = Look {
    face,
    sheet: sheet::sheet,
    person: None,
};

/// Platforms whose badges fit on a card.
const MAX_BADGES: usize = 8;

/// A token that ends within this time is trouble.
const TOKEN_SOON_MS: i64 = 14 * 24 * 60 * 60 * 1000;

fn face(subject: &Subject) -> Face {
    // Taken apart once: cards are drawn by the dozen for every letter that somebody types.
    let Some(record) = roster_core::members(subject.text) else {
        return unreadable(subject);
    };
    let Some(profile) = subject.view(&record) else {
        return unreadable(subject);
    };
    let extended = subject.extended();
    let parts = parts_of(subject, Some(&record));
    let trouble = extended.as_ref().unwrap_or(&profile).trouble.clone();
    let mut face = Face {
        picture: record.get("displayNames").and_then(|_| picture(subject.text)),
        name: profile.title.clone(),
        second: profile.subtitle.value().cloned(),
        marks: marks(&profile, &record),
        badges: profile
            .platforms
            .value()
            .map(|list| badges(list, trouble.value(), subject.now)),
        at: profile.created.value().copied(),
        date: profile
            .created
            .value()
            .map(|at| texts::profile::created(*at, subject.now)),
        ..Face::default()
    };
    face.line("state-note", state_note(&trouble, subject.now));
    face.lines.push(accounts(&profile));
    face.lines.push(health(&trouble, parts.is_some(), subject.now));
    face.line("byok", Some(byok(&record, parts.as_ref(), subject.now)));
    face
}

/// Parts that have to be asked for.
const PARTS: [&str; 5] = ["socialHealth", "linkingErrors", "suspension", "quota", "activity"];

/// What has to be asked for: of one more request, or of the record itself, which may be the answer to one.
fn parts_of(subject: &Subject, record: Option<&Members>) -> Option<UserProfile> {
    let has_parts = |record: &&Members| PARTS.iter().any(|key| record.get(key).is_some());
    let own = record.filter(has_parts).map(|_| subject.text);
    let text = subject.parts.or(own)?;
    UserProfile::parse(text).ok()
}

/// The first picture of an account, which only `/user` and the batch file tell.
// Of its own, so that the first part of the program can do without it.
#[inline(never)]
fn picture(record: &str) -> Option<String> {
    let user = User::parse(record).ok()?;
    user.display_names
        .entries()
        .find_map(|account| account.user_image.text().map(str::to_owned))
}

/// Both flags if they disagree, since neither is more right.
fn marks(profile: &Profile, record: &Members) -> Vec<Mark> {
    let mut marks: Vec<Mark> = status_mark(profile).into_iter().collect();
    let is_active_by_word = record
        .get("status")
        .and_then(string)
        .is_some_and(|status| status == "active");
    if is_active_by_word && profile.status == Known::Set(Status::Suspended) {
        marks.push(Mark {
            tone: Tone::Warn,
            icon: Some(Icon::Warn),
            text: texts::profile::SAYS_ACTIVE.to_owned(),
        });
    }
    marks
}

fn state_note(trouble: &Known<Vec<Trouble>>, now: UnixMs) -> Option<String> {
    let suspended = trouble.value()?.iter().find_map(|one| match one {
        Trouble::Suspended { until, count, reason } => Some((*until, *count, reason.clone())),
        _ => None,
    })?;
    let (until, n_times, reason) = suspended;
    let lifts = until.map(|at| texts::profile::lifts(at, now));
    let again = n_times
        .filter(|n_times| *n_times > 1)
        .map(texts::profile::suspended_times);
    Some(
        [lifts, again, reason]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
    )
}

fn accounts(profile: &Profile) -> Line {
    let n_accounts = profile.platforms.value().map_or(0, Vec::len);
    let told = match (profile.platforms.value(), n_accounts) {
        (None, _) => texts::NOT_SET.to_owned(),
        (Some(_), 0) => texts::NO_ACCOUNTS.to_owned(),
        (Some(_), n) => texts::counted(n as u64, &texts::plural::ACCOUNTS),
    };
    Line {
        slot: "accounts",
        text: told,
        ..Line::default()
    }
}

fn badges(platforms: &[Platform], trouble: Option<&Vec<Trouble>>, now: UnixMs) -> Vec<Badge> {
    let is_troubled = |platform: &Platform| {
        trouble.is_some_and(|list| list.iter().any(|one| concerns(one, platform) && is_urgent(one, now)))
    };
    let mut badges: Vec<Badge> = platforms
        .iter()
        .map(|platform| badge(platform, is_troubled(platform)))
        .collect();
    badges.sort_by_key(|badge| !badge.is_troubled);
    let n_more = badges.len().saturating_sub(MAX_BADGES);
    if n_more > 0 {
        let rest: Vec<String> = badges.drain(MAX_BADGES..).map(|badge| badge.title).collect();
        badges.push(Badge {
            short: format!("+{n_more}"),
            title: rest.join(", "),
            is_troubled: false,
        });
    }
    badges
}

/// The badge of a platform; one that nobody knows shows the beginning of its name.
pub(super) fn badge(platform: &Platform, is_troubled: bool) -> Badge {
    let short = platform.info().map(|info: &PlatformInfo| info.badge.to_owned());
    Badge {
        short: short.unwrap_or_else(|| platform.title().chars().take(3).collect()),
        title: platform.title().to_owned(),
        is_troubled,
    }
}

fn concerns(trouble: &Trouble, platform: &Platform) -> bool {
    match trouble {
        Trouble::LinkingError { platform: of, .. }
        | Trouble::Relink { platform: of }
        | Trouble::TokenEnds { platform: of, .. } => of == platform,
        _ => false,
    }
}

/// A token that ends in a year, or a quota with room, is a fact and no trouble.
fn is_urgent(trouble: &Trouble, now: UnixMs) -> bool {
    match trouble {
        Trouble::TokenEnds { at, .. } => at.since(now) < TOKEN_SOON_MS,
        Trouble::Quota { used, limit } => used.saturating_mul(5) >= limit.saturating_mul(4),
        Trouble::NoAccounts | Trouble::Suspended { .. } => false,
        _ => true,
    }
}

/// The worst of what is wrong with the accounts, and the quota.
fn health(trouble: &Known<Vec<Trouble>>, is_checked: bool, now: UnixMs) -> Line {
    let list = trouble.value().map(Vec::as_slice).unwrap_or_default();
    let is_told = |one: &Trouble| !matches!(one, Trouble::Suspended { .. } | Trouble::NoAccounts);
    let (tone, icon, text) = if list.iter().any(is_told) {
        told(list, now)
    } else if is_checked {
        (Tone::Good, Icon::Check, texts::profile::NOTHING_WRONG.to_owned())
    } else {
        (Tone::Plain, Icon::Info, texts::HEALTH_NOT_CHECKED.to_owned())
    };
    Line {
        slot: "trouble",
        tone,
        icon: Some(icon),
        text,
        is_checkable: !is_checked,
    }
}

// Of its own, so that the first part of the program can do without it.
#[inline(never)]
fn told(list: &[Trouble], now: UnixMs) -> (Tone, Icon, String) {
    let urgent = list
        .iter()
        .filter(|one| is_urgent(one, now) && !matches!(one, Trouble::Quota { .. }));
    let worst = urgent.min_by_key(|one| rank(one, now));
    let quota = list.iter().find(|one| matches!(one, Trouble::Quota { .. }));
    let lines: Vec<String> = worst
        .into_iter()
        .chain(quota)
        .map(|one| texts::trouble_line(one, now))
        .collect();
    let is_bad = list.iter().any(|one| is_urgent(one, now));
    match (is_bad, lines.is_empty()) {
        (true, _) => (Tone::Warn, Icon::Warn, lines.join(" · ")),
        (false, true) => (Tone::Good, Icon::Check, texts::profile::NOTHING_WRONG.to_owned()),
        (false, false) => (Tone::Good, Icon::Check, lines.join(" · ")),
    }
}

/// The worst has the lowest: what has ended, what went wrong, what is advised, and what ends soonest.
fn rank(trouble: &Trouble, now: UnixMs) -> (u8, i64) {
    match trouble {
        Trouble::TokenEnds { at, .. } if at.since(now) <= 0 => (0, at.0),
        Trouble::LinkingError { .. } => (1, 0),
        Trouble::Relink { .. } => (2, 0),
        Trouble::TokenEnds { at, .. } => (3, at.0),
        _ => (4, 0),
    }
}

fn byok(record: &Members, parts: Option<&UserProfile>, now: UnixMs) -> String {
    let linked = match record.get("isByokLinked") {
        Some("true") => Some(texts::profile::BYOK_LINKED),
        Some("false") => Some(texts::profile::BYOK_NOT_LINKED),
        _ => None,
    };
    let posted = parts.and_then(|parts| {
        let last = parts.activity.get()?.last_post.instant();
        Some(last.map_or_else(
            || texts::profile::NEVER_POSTED.to_owned(),
            |at| texts::profile::posted(at, now),
        ))
    });
    let told: Vec<String> = linked.map(str::to_owned).into_iter().chain(posted).collect();
    told.join(" · ")
}
