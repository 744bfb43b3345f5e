//! One profile for showing: the common view, in plain values.

use std::ops::Range;

use roster_core::{AudienceKind, Known, Members, Platform, Profile, Status, Trouble, UnixMs, provider};

use crate::eval::EXPIRING_MS;
use crate::query::Test;
use crate::roster::Roster;
use crate::scan::Scanner;
use crate::schema;
use crate::{Field, Kind, Match, fold, locate};

/// From this share of its quota on, in percent, a profile is worth a look.
pub(crate) const OVER_QUOTA_PERCENT: i64 = 80;

/// Room for the members of a record: most have fewer.
const N_MEMBERS: usize = 16;

/// A profile as lists and cards show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// `provider:id`.
    pub key: String,
    /// The provider's id.
    pub provider: &'static str,
    /// The profile's id in its API.
    pub id: String,
    /// The name to show.
    pub title: String,
    /// A second name, where it differs.
    pub subtitle: Option<String>,
    /// `active`, `suspended`, or the API's own word.
    pub status: Option<String>,
    /// Codes of the connected platforms.
    pub platforms: Vec<String>,
    /// Address of a picture, as sent; unsafe until checked.
    pub image_url: Option<String>,
    /// Address of the profile or its web site, as sent; unsafe until checked.
    pub url: Option<String>,
    /// When it was created in the API.
    pub created: Option<UnixMs>,
    /// When it was last changed in the API.
    pub updated: Option<UnixMs>,
    /// People who follow; `None` also where only subscribers are counted.
    pub followers: Option<i64>,
    /// What is wrong, worst first: `suspended`, `error:twitter`, `relink:instagram`, `expired:…`, `expiring:…`,
    /// `no-accounts`, `quota`, `verify:…`, `trial-ends`.
    pub problems: Vec<String>,
    /// Whether it is the same at another instant.
    pub is_timeless: bool,
}

/// Where a word that was looked for stands in a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The field; `None` for text that is searched but is no field.
    pub field: Option<Field>,
    /// The text as sent.
    pub text: String,
    /// The bytes of the text to mark.
    pub ranges: Vec<Range<usize>>,
}

impl Roster {
    /// A profile for showing, at an instant, as some problems depend on it. `None` for a row that is not there, and
    /// for a record that core cannot read.
    pub fn row(&self, row: u32, now: UnixMs) -> Option<Row> {
        let mut records = self.raws(row).into_iter();
        let source = self.store.provider(self.newest(row))?;
        let api = provider(schema::ALL.get(usize::from(source))?.provider)?;
        let mut view = || api.view(&taken_apart(records.next()?)?).ok();
        let (profile, older) = (view()?, view());
        let health = older.as_ref().filter(|_| !self.has_parts(self.newest(row)));
        let problems = problems(&profile, health, now);
        Some(shown(profile, older.as_ref(), problems))
    }

    /// The exact JSON texts of a row, the newest first: one, or two where a list and an answer about this one profile
    /// say different things.
    pub fn raws(&self, row: u32) -> Vec<&str> {
        let row = self.newest(row);
        let rows = [Some(row), self.older(row)];
        rows.into_iter()
            .flatten()
            .filter_map(|row| self.store.text(row))
            .collect()
    }

    /// Where the lone words and text conditions of a filter stand in a row.
    pub fn hits(&self, row: u32, test: &Test) -> Vec<Hit> {
        let (field, needles) = match test {
            Test::Anywhere(needle) => (None, vec![fold(needle)]),
            Test::Field(field, matches) => (Some(*field), matches.iter().filter_map(needle).collect()),
            Test::Has(_) | Test::No(_) => return Vec::new(),
        };
        let cells = self.cells(self.newest(row)).unwrap_or_default();
        let is_wanted = |own: Field| field.map_or(matches!(own.kind(), Kind::Text | Kind::Id), |field| field == own);
        let fields = cells
            .texts()
            .filter(|(own, _)| is_wanted(*own))
            .map(|(field, text)| (Some(field), text));
        let extra = cells
            .extra
            .iter()
            .filter(|_| field.is_none())
            .map(|text| (None, text.as_str()));
        let hit = |(field, text): (Option<Field>, &str)| {
            let ranges = located(text, &needles);
            (!ranges.is_empty()).then(|| Hit {
                field,
                text: text.to_owned(),
                ranges,
            })
        };
        fields.chain(extra).filter_map(hit).collect()
    }
}

/// A record's members. It was read before, so that a scanner that keeps nothing finds them quickly.
fn taken_apart(record: &str) -> Option<Members<'_>> {
    let mut scanner = Scanner::new(record.as_bytes(), 0, 0);
    scanner.open().ok()?;
    let mut is_more = scanner.first(b'}');
    let mut members = Vec::with_capacity(N_MEMBERS);
    while is_more {
        let key = scanner.key().ok()?.text();
        let start = scanner.at();
        scanner.skip().ok()?;
        members.push((key, record.get(start..scanner.at())?));
        is_more = scanner.another(b'}').ok()?;
    }
    Some(members.into_iter().collect())
}

/// The folded text that a condition looks for, if it is one about text.
fn needle(wanted: &Match) -> Option<String> {
    match wanted {
        Match::Contains(needle) | Match::Is(needle) => Some(fold(needle)),
        _ => None,
    }
}

/// Where any of some folded needles stands in a text, from the left; what overlaps is marked as one.
fn located(text: &str, needles: &[String]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = needles.iter().flat_map(|needle| locate(text, needle)).collect();
    all.sort_unstable_by_key(|range| (range.start, range.end));
    all.dedup_by(|next, before| {
        let is_overlapping = next.start < before.end;
        before.end = if is_overlapping {
            before.end.max(next.end)
        } else {
            before.end
        };
        is_overlapping
    });
    all
}

fn shown(profile: Profile, older: Option<&Profile>, problems: Vec<String>) -> Row {
    let created = [&profile]
        .into_iter()
        .chain(older)
        .find_map(|profile| profile.created.value().copied());
    let status = profile.status.value().map(|status| match status {
        Status::Active => "active".to_owned(),
        Status::Suspended => "suspended".to_owned(),
        Status::Other(word) => word.clone(),
    });
    let followers = |audience: &Known<Vec<roster_core::Audience>>| {
        let counts = audience.value()?;
        counts
            .iter()
            .find(|count| count.kind == AudienceKind::Followers)
            .map(|count| count.count)
    };
    Row {
        key: profile.key(),
        provider: profile.provider,
        status,
        platforms: profile
            .platforms
            .value()
            .into_iter()
            .flatten()
            .map(|platform| platform.code().to_owned())
            .collect(),
        image_url: profile.picture.value().cloned(),
        url: profile.links.first().map(|link| link.href.clone()),
        created,
        updated: profile.updated.value().copied(),
        is_timeless: !has_ends(&profile) && !older.is_some_and(has_ends),
        followers: followers(&profile.audience),
        problems,
        subtitle: profile.subtitle.value().cloned(),
        id: profile.id,
        title: profile.title,
    }
}

/// The newest record says who is suspended; health may come from an older one.
fn problems(profile: &Profile, health: Option<&Profile>, now: UnixMs) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let own = profile.trouble.value().into_iter().flatten();
    let is_health = |trouble: &&Trouble| !matches!(trouble, Trouble::Suspended { .. } | Trouble::NoAccounts);
    let earlier = health
        .into_iter()
        .flat_map(|profile| profile.trouble.value().into_iter().flatten())
        .filter(is_health);
    for word in own.chain(earlier).filter_map(|trouble| problem(trouble, now)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn problem(trouble: &Trouble, now: UnixMs) -> Option<String> {
    let of = |what: &str, platform: &Platform| Some(format!("{what}:{}", platform.code()));
    match trouble {
        Trouble::Suspended { .. } => Some("suspended".to_owned()),
        Trouble::LinkingError { platform, .. } => of("error", platform),
        Trouble::Relink { platform } => of("relink", platform),
        Trouble::TokenEnds { platform, at } if *at < now => of("expired", platform),
        Trouble::TokenEnds { platform, at } if at.since(now) <= EXPIRING_MS => of("expiring", platform),
        Trouble::NoAccounts => Some("no-accounts".to_owned()),
        Trouble::Quota { used, limit } if is_over(*used, *limit) => Some("quota".to_owned()),
        Trouble::PendingVerification { what } => Some(format!("verify:{what}")),
        Trouble::TrialEnds { at } if (0..=EXPIRING_MS).contains(&at.since(now)) => Some("trial-ends".to_owned()),
        Trouble::TokenEnds { .. } | Trouble::Quota { .. } | Trouble::TrialEnds { .. } => None,
    }
}

/// Whether something ends, so that it is a problem at one instant and none at another.
fn has_ends(profile: &Profile) -> bool {
    let is_end = |trouble: &Trouble| matches!(trouble, Trouble::TokenEnds { .. } | Trouble::TrialEnds { .. });
    profile
        .trouble
        .value()
        .is_some_and(|troubles| troubles.iter().any(is_end))
}

const fn is_over(used: i64, limit: i64) -> bool {
    limit > 0 && used.saturating_mul(100) >= limit.saturating_mul(OVER_QUOTA_PERCENT)
}
