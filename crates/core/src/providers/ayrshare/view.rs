//! The common view of a user profile, from the few members that it needs: a record is looked at by every list, so the
//! whole model would be read for nothing.

use super::{DisplayName, INFO, LinkingError, ProfileStatus, Quota, SocialHealth, Stamp, Suspension};
use crate::error::Error;
use crate::json::Members;
use crate::known::Known;
use crate::model::{Field, List, OneOrMany, PerPlatform, Text};
use crate::platform::Platform;
use crate::profile::{Profile, Status, Trouble};
use crate::providers::id_missing;
use crate::time::UnixMs;

/// What the view is made from.
struct Wire {
    status: Field<ProfileStatus>,
    suspended: Field<bool>,
    suspension: Field<Suspension>,
    platforms: Field<List<String>>,
    health: Field<PerPlatform<SocialHealth>>,
    errors: Field<PerPlatform<OneOrMany<LinkingError>>>,
    quota: Field<Quota>,
}

/// Reads a record. The list has no picture (that is behind `GET /user`), no date of change and no audience.
pub(super) fn profile(all: &Members<'_>) -> Result<Profile, Error> {
    let ref_id = all.field::<Text>(INFO.id_key);
    let id = ref_id.text().ok_or_else(|| id_missing(INFO.id_key))?;
    let (shown, title) = (all.field::<String>("displayTitle"), all.field::<String>("title"));
    let (shown, title) = (shown.text(), title.text());
    let wire = Wire {
        status: all.field("status"),
        suspended: all.field("suspended"),
        suspension: all.field("suspension"),
        platforms: all.field("activeSocialAccounts"),
        health: all.field("socialHealth"),
        errors: all.field("linkingErrors"),
        quota: all.field("quota"),
    };
    Ok(Profile {
        provider: INFO.id,
        id: id.to_owned(),
        title: shown.or(title).unwrap_or(id).to_owned(),
        subtitle: title
            .filter(|title| shown.is_some_and(|shown| shown != *title))
            .map(str::to_owned)
            .into(),
        status: status(&wire),
        platforms: platforms(&wire),
        picture: Known::NotLoaded,
        links: Vec::new(),
        created: created(all).into(),
        updated: Known::NotInApi,
        audience: Known::NotInApi,
        trouble: trouble(&wire, all.get("displayNames")),
    })
}

/// Any of the three places that says "suspended" counts; the model keeps all of them for whoever compares.
fn status(wire: &Wire) -> Known<Status> {
    let is_suspended =
        wire.suspended.is_true() || wire.suspension.get().is_some_and(|part| part.is_suspended.is_true());
    match wire.status.get() {
        Some(ProfileStatus::Suspended) => Known::Set(Status::Suspended),
        _ if is_suspended => Known::Set(Status::Suspended),
        Some(ProfileStatus::Active) => Known::Set(Status::Active),
        Some(ProfileStatus::Other(word)) => Known::Set(Status::Other(word.clone())),
        None => Known::NotSet,
    }
}

/// Absent means none: the documentation says that the key is left out when no account is connected.
fn platforms(wire: &Wire) -> Known<Vec<Platform>> {
    match &wire.platforms {
        Field::Absent | Field::Null => Known::Set(Vec::new()),
        Field::Value(list) => Known::Set(list.iter().map(|name| Platform::named(name)).collect()),
        Field::Odd(_) => Known::NotSet,
    }
}

/// `createdUTC` first; the stamp is what the documentation's sample contradicts itself with.
fn created(all: &Members<'_>) -> Option<UnixMs> {
    let stamp = || all.field::<Stamp>("created").get().and_then(Stamp::instant);
    all.field::<String>("createdUTC").instant().or_else(stamp)
}

/// "Not loaded" until the health of the accounts was asked for, unless the list alone shows that something is wrong.
fn trouble(wire: &Wire, accounts: Option<&str>) -> Known<Vec<Trouble>> {
    let mut found = Vec::new();
    if status(wire) == Known::Set(Status::Suspended) {
        found.push(suspended(wire.suspension.get()));
    }
    let errors = wire.errors.entries();
    found.extend(errors.flat_map(|(platform, list)| {
        let one = move |error: &LinkingError| linking_error(platform.clone(), error);
        list.iter().map(one).collect::<Vec<_>>()
    }));
    let health: Vec<_> = wire.health.entries().collect();
    found.extend(health.iter().filter_map(relink));
    found.extend(health.iter().filter_map(token_ends));
    found.extend(accounts.map(renewals).unwrap_or_default());
    if matches!(platforms(wire), Known::Set(list) if list.is_empty()) {
        found.push(Trouble::NoAccounts);
    }
    found.extend(quota(wire));
    let is_checked = wire.health.is_set() || wire.errors.is_set();
    if found.is_empty() && !is_checked {
        return Known::NotLoaded;
    }
    Known::Set(found)
}

fn suspended(part: Option<&Suspension>) -> Trouble {
    Trouble::Suspended {
        reason: part.and_then(|part| part.reason.text()).map(str::to_owned),
        until: part.and_then(|part| part.unsuspend_at.instant()),
        count: part.and_then(|part| part.suspension_count.as_i64()),
    }
}

fn linking_error(platform: Platform, error: &LinkingError) -> Trouble {
    let words = error
        .message
        .text()
        .or_else(|| error.details.text())
        .or_else(|| error.code.text());
    let message = words.unwrap_or_default().to_owned();
    Trouble::LinkingError { platform, message }
}

fn relink((platform, health): &(Platform, &SocialHealth)) -> Option<Trouble> {
    let platform = platform.clone();
    health
        .relink_recommended
        .is_true()
        .then_some(Trouble::Relink { platform })
}

fn token_ends((platform, health): &(Platform, &SocialHealth)) -> Option<Trouble> {
    let at = health.token_expires_at.instant()?;
    let platform = platform.clone();
    Some(Trouble::TokenEnds { platform, at })
}

/// LinkedIn's access ends a year after it was linked, which only `GET /user` and the batch file tell.
// Of its own, as no record of the list comes here.
#[inline(never)]
fn renewals(accounts: &str) -> Vec<Trouble> {
    let one = |account: &DisplayName| {
        let at = account.refresh_required.instant()?;
        let platform = Platform::named(account.platform.text()?);
        Some(Trouble::TokenEnds { platform, at })
    };
    let accounts = Field::<List<DisplayName>>::read(accounts);
    accounts.entries().filter_map(one).collect()
}

fn quota(wire: &Wire) -> Option<Trouble> {
    let quota = wire.quota.get()?;
    let (used, limit) = (quota.used.as_i64()?, quota.limit.as_i64()?);
    Some(Trouble::Quota { used, limit })
}
