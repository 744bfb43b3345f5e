//! The common view of a profile, from the few members that it needs.

use super::INFO;
use crate::error::Error;
use crate::json::Members;
use crate::known::Known;
use crate::model::{Number, Text};
use crate::platform::Platform;
use crate::profile::{Audience, AudienceKind, Link, Profile};
use crate::providers::id_missing;

/// Reads a record. The API says neither whether a profile is in use nor what is wrong with it.
pub(super) fn profile(all: &Members<'_>) -> Result<Profile, Error> {
    let own = all.field::<Text>(INFO.id_key);
    let id = own.text().ok_or_else(|| id_missing(INFO.id_key))?;
    let title = name(all).unwrap_or_else(|| id.to_owned());
    let handle = text(all, "platform_username");
    Ok(Profile {
        provider: INFO.id,
        id: id.to_owned(),
        subtitle: handle.filter(|handle| *handle != title).into(),
        title,
        status: Known::NotInApi,
        platforms: platforms(all).into(),
        picture: all.field::<String>("image_url").known(),
        links: links(all),
        created: all.field::<String>("created_at").instant().into(),
        updated: all.field::<String>("updated_at").instant().into(),
        audience: audience(all),
        trouble: Known::NotInApi,
    })
}

/// A text that is set.
fn text(all: &Members<'_>, key: &str) -> Option<String> {
    all.field::<String>(key).text().map(str::to_owned)
}

/// The first name that is set, from the person's own to the technical one.
fn name(all: &Members<'_>) -> Option<String> {
    let given = ["full_name", "platform_profile_name", "nick_name"];
    if let Some(name) = given.into_iter().find_map(|key| text(all, key)) {
        return Some(name);
    }
    let parts: Vec<String> = ["first_name", "last_name"]
        .into_iter()
        .filter_map(|key| text(all, key))
        .collect();
    if parts.is_empty() {
        return text(all, "platform_username");
    }
    Some(parts.join(" "))
}

fn platforms(all: &Members<'_>) -> Option<Vec<Platform>> {
    let name = text(&all.below("work_platform"), "name")?;
    Some(vec![Platform::named(&name)])
}

/// `website` is what a person typed; whoever draws it checks whether it is an address.
fn links(all: &Members<'_>) -> Vec<Link> {
    let named = [("Profile", "url"), ("Website", "website")];
    let set = |(title, key): (&'static str, &str)| {
        let href = text(all, key)?;
        Some(Link { title, href })
    };
    named.into_iter().filter_map(set).collect()
}

/// The counts that the platform reports; none is "not set", never zero.
fn audience(all: &Members<'_>) -> Known<Vec<Audience>> {
    let counts = [
        (AudienceKind::Followers, "follower_count"),
        (AudienceKind::Subscribers, "subscriber_count"),
        (AudienceKind::Following, "following_count"),
    ];
    let reputation = all.below("reputation");
    let set = |(kind, key): (AudienceKind, &str)| {
        let count = reputation.field::<Number>(key).as_i64()?;
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
    use crate::json::record;

    fn read(text: &str) -> Profile {
        profile(&record(text).unwrap()).unwrap()
    }

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
            assert_eq!(read(&record).title, *expected);
        }
        let title = |text: &str| read(text).title;
        assert_eq!(
            title(r#"{"id":"9bd3","first_name":"Robert","last_name":"Downey"}"#),
            "Robert Downey"
        );
        assert_eq!(title(r#"{"id":"9bd3","last_name":"Downey","full_name":" "}"#), "Downey");
        assert_eq!(title(r#"{"id":"9bd3"}"#), "9bd3");
    }
}
