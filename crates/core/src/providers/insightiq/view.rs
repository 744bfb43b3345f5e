//! The common view of a profile.

use super::{INFO, Reputation, UserProfile};
use crate::error::Error;
use crate::known::Known;
use crate::model::Field;
use crate::platform::Platform;
use crate::profile::{Audience, AudienceKind, Link, Profile};
use crate::providers::id_missing;

/// Reads a record. The API says neither whether a profile is in use nor what is wrong with it.
pub(super) fn profile(record: &str) -> Result<Profile, Error> {
    let wire = UserProfile::parse(record)?;
    let id = wire.id.text().ok_or_else(|| id_missing(INFO.id_key))?;
    let title = name(&wire).unwrap_or_else(|| id.to_owned());
    let handle = wire.platform_username.text();
    Ok(Profile {
        provider: INFO.id,
        id: id.to_owned(),
        subtitle: handle.filter(|handle| *handle != title).map(str::to_owned).into(),
        title,
        status: Known::NotInApi,
        platforms: platforms(&wire).into(),
        picture: wire.image_url.known(),
        links: links(&wire),
        created: wire.created_at.instant().into(),
        updated: wire.updated_at.instant().into(),
        audience: audience(wire.reputation.get()),
        trouble: Known::NotInApi,
        odd: wire.odd_fields(),
    })
}

/// The first name that is set, from the person's own to the technical one.
fn name(wire: &UserProfile) -> Option<String> {
    let given = [&wire.full_name, &wire.platform_profile_name, &wire.nick_name];
    if let Some(name) = given.into_iter().find_map(Field::<String>::text) {
        return Some(name.to_owned());
    }
    let parts: Vec<&str> = [&wire.first_name, &wire.last_name]
        .into_iter()
        .filter_map(Field::<String>::text)
        .collect();
    if parts.is_empty() {
        return wire.platform_username.text().map(str::to_owned);
    }
    Some(parts.join(" "))
}

fn platforms(wire: &UserProfile) -> Option<Vec<Platform>> {
    let name = wire.work_platform.get()?.name.text()?;
    Some(vec![Platform::named(name)])
}

/// `website` is what a person typed; whoever draws it checks whether it is an address.
fn links(wire: &UserProfile) -> Vec<Link> {
    let named = [("Profile", &wire.url), ("Website", &wire.website)];
    let set = |(title, field): (&'static str, &Field<String>)| {
        let href = field.text()?.to_owned();
        Some(Link { title, href })
    };
    named.into_iter().filter_map(set).collect()
}

/// The counts that the platform reports; none is "not set", never zero.
fn audience(reputation: Option<&Reputation>) -> Known<Vec<Audience>> {
    let Some(reputation) = reputation else {
        return Known::NotSet;
    };
    let counts = [
        (AudienceKind::Followers, &reputation.follower_count),
        (AudienceKind::Subscribers, &reputation.subscriber_count),
        (AudienceKind::Following, &reputation.following_count),
    ];
    let set = |(kind, field): (AudienceKind, &Field<_>)| {
        let count = field.as_i64()?;
        Some(Audience { kind, count })
    };
    let list: Vec<Audience> = counts.into_iter().filter_map(set).collect();
    if list.is_empty() {
        Known::NotSet
    } else {
        Known::Set(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_falls_back_from_the_persons_name_to_the_id() {
        let names = [
            ("full_name", "Robert Downey"),
            ("platform_profile_name", "Official Robert"),
            ("nick_name", "Rob"),
            ("first_name", "Robert"),
            ("platform_username", "robert"),
        ];
        for (index, (_, expected)) in names.iter().enumerate() {
            let rest = names[index..].iter().map(|(key, name)| format!(",{key:?}:{name:?}"));
            let record = format!(r#"{{"id":"9bd3"{}}}"#, rest.collect::<String>());
            assert_eq!(profile(&record).unwrap().title, *expected);
        }
        let title = |record: &str| profile(record).unwrap().title;
        assert_eq!(
            title(r#"{"id":"9bd3","first_name":"Robert","last_name":"Downey"}"#),
            "Robert Downey"
        );
        assert_eq!(title(r#"{"id":"9bd3","last_name":"Downey","full_name":" "}"#), "Downey");
        assert_eq!(title(r#"{"id":"9bd3"}"#), "9bd3");
    }
}
