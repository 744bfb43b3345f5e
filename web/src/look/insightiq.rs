//! One person's profile on one platform, of InsightIQ.

mod background;

use roster_core::providers::insightiq::{ContactKind, Reputation, UserProfile};
use roster_core::{Field, Known, Profile, UnixMs};

use super::ayrshare::badge;
use super::fact::{
    Block, Fact, Section, address, date, fact, field, flag, known, number, others, secret, text, unknown,
};
use super::generic::{audience_line, unreadable};
use super::{Face, Line, Look, Mark, PersonRef, Subject, Tone, Value, isolated};
use crate::icon::Icon;
use crate::texts;

pub(super) const LOOK: Look = Look {
    face,
    sheet,
    person: Some(person),
};

fn person(text: &str) -> Option<PersonRef> {
    let wire = UserProfile::parse(text).ok()?;
    let user = wire.user.get()?;
    Some(PersonRef {
        id: user.id.text()?.to_owned(),
        name: user.name.text().map(str::to_owned),
    })
}

fn face(subject: &Subject) -> Face {
    let Some(profile) = subject.profile() else {
        return unreadable(subject);
    };
    let wire = UserProfile::parse(subject.text).unwrap_or_default();
    let platforms = profile
        .platforms
        .value()
        .map(|list| list.iter().map(|platform| badge(platform, false)).collect());
    let mut face = Face {
        picture: profile.picture.value().cloned(),
        name: profile.title.clone(),
        marks: marks(&wire),
        badges: platforms,
        at: profile.updated.value().copied(),
        date: profile
            .updated
            .value()
            .map(|at| texts::profile::updated(*at, subject.now)),
        ..Face::default()
    };
    face.line("identity", Some(identity(&wire)));
    face.lines.push(audience(&profile));
    face.line("introduction", wire.introduction.text().map(str::to_owned));
    face.line("place", Some(place(&profile, &wire)));
    face.line("person", belongs_to(&wire, subject.n_of_person));
    face
}

fn marks(wire: &UserProfile) -> Vec<Mark> {
    let verified = wire.is_verified.is_true().then(|| Mark {
        tone: Tone::Good,
        icon: Some(Icon::Check),
        text: texts::profile::VERIFIED.to_owned(),
    });
    let business = wire.is_business.is_true().then(|| Mark {
        tone: Tone::Plain,
        icon: None,
        text: texts::profile::BUSINESS.to_owned(),
    });
    verified.into_iter().chain(business).collect()
}

fn identity(wire: &UserProfile) -> String {
    let handle = wire
        .platform_username
        .text()
        .map(|handle| ["@", &isolated(handle.trim_start_matches('@'))].concat());
    let kinds = [wire.platform_account_type.text(), wire.category.text()];
    let told = handle
        .into_iter()
        .chain(kinds.into_iter().flatten().map(|kind| isolated(kind).into_owned()));
    told.collect::<Vec<_>>().join(" · ")
}

fn audience(profile: &Profile) -> Line {
    Line {
        slot: "audience",
        text: audience_line(profile).unwrap_or_else(|| texts::NO_AUDIENCE.to_owned()),
        ..Line::default()
    }
}

fn place(profile: &Profile, wire: &UserProfile) -> String {
    let country = wire.country.text().map(|country| isolated(country).into_owned());
    let year = wire.platform_profile_published_at.instant().and_then(UnixMs::date);
    let platform = profile
        .platforms
        .value()
        .and_then(|list| list.first())
        .map(|platform| platform.title().to_owned());
    let since = year.map(|(year, ..)| texts::profile::since(platform.as_deref(), year));
    country.into_iter().chain(since).collect::<Vec<_>>().join(" · ")
}

fn belongs_to(wire: &UserProfile, n_of_person: usize) -> Option<String> {
    let name = wire.user.get()?.name.text()?;
    Some(texts::profile::person(&isolated(name), n_of_person))
}

fn sheet(subject: &Subject) -> Vec<Section> {
    let wire = UserProfile::parse(subject.text).unwrap_or_default();
    let profile = subject.profile();
    let reputation = wire.reputation.get().map(reputation).unwrap_or_default();
    let mut unknown_fields = unknown("", &wire.other);
    unknown_fields.extend(contacts_unknown(&wire));
    unknown_fields.extend(
        wire.reputation
            .get()
            .iter()
            .flat_map(|part| unknown("reputation", &part.other)),
    );
    unknown_fields.extend(wire.user.get().iter().flat_map(|part| unknown("user", &part.other)));
    unknown_fields.extend(
        wire.account
            .get()
            .iter()
            .flat_map(|part| unknown("account", &part.other)),
    );
    unknown_fields.extend(
        wire.work_platform
            .get()
            .iter()
            .flat_map(|part| unknown("work_platform", &part.other)),
    );
    vec![
        Section::new("overview", overview(&wire, profile.as_ref())),
        Section::new("audience", vec![Block::new(reputation)]),
        Section::new("contact", contact(&wire)),
        Section::new("background", background::blocks(&wire)),
        others(unknown_fields, subject),
    ]
}

fn overview(wire: &UserProfile, profile: Option<&Profile>) -> Vec<Block> {
    let status = profile.map_or(Known::NotSet, |profile| profile.status.clone());
    let names = vec![
        text("full_name", &wire.full_name),
        text("first_name", &wire.first_name),
        text("last_name", &wire.last_name),
        text("nick_name", &wire.nick_name),
        text("introduction", &wire.introduction),
        flag("is_verified", &wire.is_verified),
        flag("is_business", &wire.is_business),
        text("platform_account_type", &wire.platform_account_type),
        text("category", &wire.category),
        country(wire),
        known("status", status, |status| Value::Text(texts::status_word(&status))),
    ];
    let on_platform = vec![
        nested("work_platform.name", &wire.work_platform, |part| &part.name),
        logo(wire),
        text("platform_username", &wire.platform_username),
        text("platform_profile_name", &wire.platform_profile_name),
        text("platform_profile_id", &wire.platform_profile_id),
        text("external_id", &wire.external_id),
        date("platform_profile_published_at", &wire.platform_profile_published_at),
        address("url", &wire.url),
        address("website", &wire.website),
        address("image_url", &wire.image_url),
    ];
    let record = vec![
        nested("user.name", &wire.user, |part| &part.name),
        nested("user.id", &wire.user, |part| &part.id),
        account_name(wire),
        nested("account.id", &wire.account, |part| &part.id),
        nested("work_platform.id", &wire.work_platform, |part| &part.id),
        text("id", &wire.id),
        date("created_at", &wire.created_at),
        date("updated_at", &wire.updated_at),
    ];
    let record = record.into_iter().chain(again(wire)).collect();
    vec![
        Block::new(names),
        Block::titled(texts::profile::ON_PLATFORM, on_platform),
        Block::titled(texts::profile::RECORD, record),
    ]
}

/// Platforms send codes, names and cities.
fn country(wire: &UserProfile) -> Fact {
    let is_code = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_odd = wire.country.text().is_some_and(|text| !is_code(text));
    Fact {
        note: is_odd.then_some(texts::AS_SENT),
        ..text("country", &wire.country)
    }
}

fn logo(wire: &UserProfile) -> Fact {
    let key = "work_platform.logo_url";
    field(key, &wire.work_platform, |part| address(key, &part.logo_url).value)
}

/// The handle and the account's name once more, which only the live API sends.
fn again(wire: &UserProfile) -> impl Iterator<Item = Fact> {
    let account = wire
        .account
        .get()
        .map(|account| secret("account.username", &account.username));
    let facts = [Some(text("username", &wire.username)), account];
    facts.into_iter().flatten().filter(|fact| fact.value != Value::NotSet)
}

/// What contacts say beside their kind and address.
fn contacts_unknown(wire: &UserProfile) -> Vec<Fact> {
    let emails = wire.emails.entries().flat_map(|one| unknown("emails", &one.other));
    let phones = wire
        .phone_numbers
        .entries()
        .flat_map(|one| unknown("phone_numbers", &one.other));
    let places = wire
        .addresses
        .entries()
        .flat_map(|one| unknown("addresses", &one.other));
    emails.chain(phones).chain(places).collect()
}

/// A text of a nested object.
fn nested<T>(key: &str, from: &Field<T>, part: impl FnOnce(&T) -> &Field<String>) -> Fact {
    field(key, from, |inner| text(key, part(inner)).value)
}

/// Often an e-mail address.
fn account_name(wire: &UserProfile) -> Fact {
    let key = "account.platform_username";
    field(key, &wire.account, |account| {
        secret(key, &account.platform_username).value
    })
}

fn reputation(counts: &Reputation) -> Vec<Fact> {
    let counts = [
        ("follower_count", &counts.follower_count),
        ("following_count", &counts.following_count),
        ("subscriber_count", &counts.subscriber_count),
        ("content_count", &counts.content_count),
        ("content_group_count", &counts.content_group_count),
        ("watch_time_in_hours", &counts.watch_time_in_hours),
        ("paid_subscriber_count", &counts.paid_subscriber_count),
        ("like_count", &counts.like_count),
        ("connection_count", &counts.connection_count),
        ("average_open_rate", &counts.average_open_rate),
        ("average_click_rate", &counts.average_click_rate),
    ];
    counts.into_iter().map(|(key, count)| number(key, count)).collect()
}

fn contact(wire: &UserProfile) -> Vec<Block> {
    let emails = wire
        .emails
        .entries()
        .map(|one| kind("emails", one.kind.get().map(ContactKind::as_str), &one.email_id));
    let phones = wire.phone_numbers.entries().map(|one| {
        kind(
            "phone_numbers",
            one.kind.get().map(ContactKind::as_str),
            &one.phone_number,
        )
    });
    let places = wire
        .addresses
        .entries()
        .map(|one| kind("addresses", one.kind.get().map(ContactKind::as_str), &one.address));
    let personal = vec![
        secret("date_of_birth", &wire.date_of_birth),
        field("gender", &wire.gender, |gender| {
            Value::Secret(gender.as_str().to_owned())
        }),
    ];
    let reached: Vec<Fact> = emails.chain(phones).chain(places).collect();
    vec![
        Block::titled(texts::profile::section("contact"), reached),
        Block::titled(texts::profile::PERSONAL, personal),
    ]
}

/// A contact with what it is used for.
fn kind(key: &str, used_for: Option<&str>, from: &Field<String>) -> Fact {
    let label = texts::label(key);
    let name = used_for.map_or(label.clone(), |word| format!("{label}, {}", word.to_ascii_lowercase()));
    fact(&name, secret(key, from).value)
}
