//! `GET /user`: the Primary Profile, or with a Profile Key one of its User Profiles.

use roster_core::UnixMs;

use super::account::{Owner, accounts};
use super::case::Token;
use super::list::index_of_key;
use super::member::{Member, seconds};
use super::platforms::Platforms;
use super::{envelope, ok_json};
use crate::ask::Ask;
use crate::http::Response;
use crate::json::{Json, Object};
use crate::keys;
use crate::params::BadValue;
use crate::stamp::{DAY_MS, SECOND_MS, floor, iso_seconds};

/// `nextUpdate` of the documented answer is half a minute after `lastUpdated`.
const FRESH_MS: i64 = 30 * SECOND_MS;

/// Whose data is asked for.
pub(crate) enum Who {
    Primary,
    Member(Box<Member>),
    /// A profile that was deleted.
    Deleted,
}

pub(crate) fn answer(ask: &Ask<'_>) -> Result<Response, BadValue> {
    // Two names of one switch, in the older and the newer documentation.
    let quota = ask.params.boolean("instagramQuota")?;
    let details = ask.params.boolean("instagramDetails")?;
    let has_quota = quota.unwrap_or(false) || details.unwrap_or(false);
    let is_validating = ask.params.boolean("validate")? == Some(true);
    if is_validating && ask.request.header("profile-key").is_none() {
        return Err(BadValue {
            name: "validate",
            expected: "used together with the header Profile-Key".to_owned(),
        });
    }
    Ok(match who(ask) {
        Ok(Who::Primary) => ok_json(&primary(ask, has_quota)),
        Ok(Who::Member(member)) => ok_json(&user(ask, &member, has_quota)),
        Ok(Who::Deleted) if is_validating => ok_json(&deleted(ask)),
        Ok(Who::Deleted) => bad_profile_key(),
        Err(refused) => refused,
    })
}

/// Reads the header `Profile-Key`.
pub(crate) fn who(ask: &Ask<'_>) -> Result<Who, Response> {
    match ask.request.header("profile-key") {
        None => Ok(Who::Primary),
        Some(keys::AYRSHARE_DELETED_PROFILE_KEY) => Ok(Who::Deleted),
        Some(key) => match index_of_key(key).filter(|index| *index < ask.settings.n_ayrshare()) {
            Some(index) => Ok(Who::Member(Box::new(Member::new(ask, index)))),
            None => Err(bad_profile_key()),
        },
    }
}

/// The status and code are those of a bad API key; which ones the API has here is not documented.
pub(crate) fn bad_profile_key() -> Response {
    let message =
        "Profile Key not valid. Please be sure to send a Header Profile-Key containing the key of a User Profile.";
    envelope(403, "authorization", 102, message)
}

/// "The delete details will be returned" is all that is documented: this is an entry of the action log.
fn deleted(ask: &Ask<'_>) -> Json {
    Object::new()
        .with("action", "delete")
        .with("refId", ask.lot.long_id("deleted", 0))
        .with("title", "Closed Shop 1")
        .with("created", ask.epoch.plus_ms(-3 * DAY_MS).to_string())
        .into()
}

/// The Primary Profile is connected to all thirteen platforms, as Ayrshare's own test scripts expect.
fn primary(ask: &Ask<'_>, has_quota: bool) -> Json {
    let owner = Owner {
        lot: ask.lot,
        epoch: ask.epoch,
        number: u64::MAX,
        name: "Roster Sandbox".to_owned(),
        is_primary: true,
        linkedin: Some(("corporate", 364)),
        n_instagram_posts: Some(34),
        has_quota,
    };
    let words = Platforms::EVERY.each().map(|(_, word)| word);
    let created = ask.epoch.plus_ms(-4 * 365 * DAY_MS + 814);
    let object = Object::new()
        .with("activeSocialAccounts", Json::list(words))
        .with("ayrlinkUrl", "https://ayrl.example/bio/roster-sandbox")
        .with("created", created_with_text(created))
        .with("displayNames", accounts(&owner, Platforms::EVERY))
        .with("email", "me@example.com")
        .with("monthlyApiCalls", 49_u64)
        .with("monthlyApiCallsQuota", 500_u64)
        .with("refId", ask.lot.long_id("primary", 0))
        .with("title", "Primary Profile");
    with_freshness(object, ask).into()
}

/// One User Profile. It has no `monthlyApiCallsQuota`: the documentation says so of Business plans, and only those have
/// User Profiles.
pub(crate) fn user(ask: &Ask<'_>, member: &Member, has_quota: bool) -> Json {
    let owner = Owner {
        lot: ask.lot,
        epoch: ask.epoch,
        number: member.index,
        name: member.title(),
        is_primary: false,
        linkedin: member.case.linkedin.or_else(|| linkedin_by_token(member)),
        n_instagram_posts: member.case.n_instagram_posts,
        has_quota,
    };
    let platforms = member.platforms();
    let object = Object::new()
        .with_some("activeSocialAccounts", member.accounts_json())
        .with("ayrlinkUrl", format!("https://ayrl.example/bio/{}", member.index))
        .with("created", created_with_text(member.created()))
        .with("displayNames", accounts(&owner, platforms))
        .with("email", Json::Null)
        .with("messagingEnabled", ask.lot.is_in_percent("messaging", member.index, 40))
        .with("monthlyApiCalls", ask.lot.below("calls", member.index, 400))
        .with("refId", member.ref_id())
        .with_some("suspended", member.suspension().map(|_| true))
        .with("title", member.title());
    with_freshness(object, ask).into()
}

/// The same end that `socialHealth` gives, where the case says one for LinkedIn.
fn linkedin_by_token(member: &Member) -> Option<(&'static str, i64)> {
    let (first, _) = member.platforms().each().next()?;
    match member.case.token {
        Token::InDays(days) if first == Platforms::LINKEDIN => Some(("personal", days)),
        _ => None,
    }
}

/// Here the UTC text stands inside, without milliseconds.
fn created_with_text(at: UnixMs) -> Object {
    seconds(at).with("utc", iso_seconds(at))
}

fn with_freshness(object: Object, ask: &Ask<'_>) -> Object {
    let updated = floor(ask.now, FRESH_MS);
    object
        .with("lastUpdated", updated.to_string())
        .with("nextUpdate", updated.plus_ms(FRESH_MS).to_string())
}
