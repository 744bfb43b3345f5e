//! The common view of a profile, from the few members that it needs.

use super::{AccountStatus, INFO, Verification};
use crate::error::Error;
use crate::json::{self, Members};
use crate::known::Known;
use crate::model::{Field, Text};
use crate::profile::{Link, Profile, Status, Trouble};
use crate::providers::id_missing;

/// Reads a record. The API knows no platforms and no audience.
pub(super) fn profile(all: &Members<'_>) -> Result<Profile, Error> {
    let text = |key: &str| all.field::<String>(key);
    let own = all.field::<Text>(INFO.id_key);
    let id = own.text().ok_or_else(|| id_missing(INFO.id_key))?;
    let (shown, username) = (text("display_name"), text("username"));
    let (shown, username) = (shown.text(), username.text());
    let website = text("website_url").text().map(|href| Link {
        title: "Website",
        href: href.to_owned(),
    });
    Ok(Profile {
        provider: INFO.id,
        id: id.to_owned(),
        title: shown.or(username).unwrap_or(id).to_owned(),
        subtitle: username
            .filter(|name| shown.is_some_and(|shown| shown != *name))
            .map(str::to_owned)
            .into(),
        status: status(&all.field("status")),
        platforms: Known::NotInApi,
        picture: text("picture").known(),
        links: website.into_iter().collect(),
        created: text("created_at").instant().into(),
        updated: text("updated_at").instant().into(),
        audience: Known::NotInApi,
        trouble: trouble(all).into(),
    })
}

/// The public API has no status; the vendor's internal one is taken where it is sent.
fn status(status: &Field<AccountStatus>) -> Known<Status> {
    match status.get() {
        Some(AccountStatus::Active) => Known::Set(Status::Active),
        Some(other) => Known::Set(Status::Other(other.as_str().to_owned())),
        None => Known::NotInApi,
    }
}

/// What the trial says. Without a trial nothing was checked, so that is "not set", not "all is well".
fn trouble(all: &Members<'_>) -> Option<Vec<Trouble>> {
    let trial = json::members(all.get("current_trial")?)?;
    let verification = trial.field::<Verification>("pending_verification");
    let waits = verification.get().map(|what| Trouble::PendingVerification {
        what: what.as_str().to_owned(),
    });
    let is_active = trial.field::<bool>("active").is_true();
    let ends = trial
        .field::<String>("expiration")
        .instant()
        .filter(|_| is_active)
        .map(|at| Trouble::TrialEnds { at });
    Some(waits.into_iter().chain(ends).collect())
}
