//! The common view of a profile.

use super::{INFO, UserProfile};
use crate::error::Error;
use crate::known::Known;
use crate::profile::{Link, Profile, Status, Trouble};
use crate::providers::id_missing;
use crate::providers::upsun::{AccountStatus, Trial};

/// Reads a record. The API knows no platforms and no audience.
pub(super) fn profile(record: &str) -> Result<Profile, Error> {
    let wire = UserProfile::parse(record)?;
    let id = wire.id.text().ok_or_else(|| id_missing(INFO.id_key))?;
    let (shown, username) = (wire.display_name.text(), wire.username.text());
    let website = wire.website_url.text().map(|href| Link {
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
        status: status(&wire),
        platforms: Known::NotInApi,
        picture: wire.picture.known(),
        links: website.into_iter().collect(),
        created: wire.created_at.instant().into(),
        updated: wire.updated_at.instant().into(),
        audience: Known::NotInApi,
        trouble: wire.current_trial.get().map(trouble).into(),
        odd: wire.odd_fields(),
    })
}

/// The public API has no status; the vendor's internal one is taken where it is sent.
fn status(wire: &UserProfile) -> Known<Status> {
    match wire.status.get() {
        Some(AccountStatus::Active) => Known::Set(Status::Active),
        Some(other) => Known::Set(Status::Other(other.as_str().to_owned())),
        None => Known::NotInApi,
    }
}

/// What the trial says. Without a trial nothing was checked, so that is "not set", not "all is well".
fn trouble(trial: &Trial) -> Vec<Trouble> {
    let waits = trial
        .pending_verification
        .get()
        .map(|what| Trouble::PendingVerification {
            what: what.as_str().to_owned(),
        });
    let ends = trial.expiration.instant().filter(|_| trial.active.is_true());
    waits
        .into_iter()
        .chain(ends.map(|at| Trouble::TrialEnds { at }))
        .collect()
}
