//! Work, education and the like: seven lists, one block an entry.

use roster_core::providers::insightiq::{PartialDate, TimePeriod, UserProfile};
use roster_core::{Field, Text};

use crate::look::Value;
use crate::look::fact::{Block, Fact, address, fact, scalar, text};
use crate::texts::label;

/// Every entry of the seven lists.
pub(super) fn blocks(wire: &UserProfile) -> Vec<Block> {
    let work = wire.work_experiences.entries().map(|one| {
        let company = one.company.get();
        entry(
            "work_experiences",
            &one.title,
            vec![
                company.map(|company| text("company", &company.name)),
                one.location.get().map(|place| text("location", &place.name)),
                period(&one.time_period),
                Some(text("description", &one.description)),
            ],
        )
    });
    let education = wire.education.entries().map(|one| {
        let school = one.school.get();
        entry(
            "education",
            &one.degree,
            vec![
                school.map(|school| text("school", &school.name)),
                Some(text("field_study", &one.field_study)),
                Some(scalar("grade", &one.grade)),
                period(&one.time_period),
                Some(text("activities", &one.activities)),
                Some(text("description", &one.description)),
            ],
        )
    });
    work.chain(education).chain(achievements(wire)).collect()
}

fn achievements(wire: &UserProfile) -> Vec<Block> {
    let publications = wire.publications.entries().map(|one| {
        entry(
            "publications",
            &one.name,
            vec![
                Some(text("publisher", &one.publisher)),
                day("date", &one.date),
                Some(address("url", &one.url)),
                Some(text("description", &one.description)),
            ],
        )
    });
    let certifications = wire.certifications.entries().map(|one| {
        entry(
            "certifications",
            &one.name,
            vec![
                Some(text("authority", &one.authority)),
                Some(scalar("id", &one.id)),
                period(&one.time_period),
                Some(address("url", &one.url)),
            ],
        )
    });
    let voluntary = wire.volunteer_experiences.entries().map(|one| {
        entry(
            "volunteer_experiences",
            &one.role,
            vec![
                Some(text("organization", &one.organization)),
                Some(text("cause", &one.cause)),
                period(&one.time_period),
                Some(text("description", &one.description)),
            ],
        )
    });
    let honors = wire.honors.entries().map(|one| {
        entry(
            "honors",
            &one.title,
            vec![
                Some(text("issuer", &one.issuer)),
                day("date", &one.date),
                Some(text("description", &one.description)),
            ],
        )
    });
    let projects = wire.projects.entries().map(|one| {
        entry(
            "projects",
            &one.title,
            vec![
                period(&one.time_period),
                Some(address("url", &one.url)),
                Some(text("description", &one.description)),
            ],
        )
    });
    publications
        .chain(certifications)
        .chain(voluntary)
        .chain(honors)
        .chain(projects)
        .collect()
}

/// An entry under its list's name; facts without a value are left out, since an entry has few.
fn entry(list: &str, name: &Field<String>, facts: Vec<Option<Fact>>) -> Block {
    let is_set = |fact: &Fact| fact.value != Value::NotSet;
    let name = text("name", name);
    let facts = std::iter::once(Some(name)).chain(facts).flatten().filter(is_set);
    Block::titled(label(list), facts.collect())
}

fn period(from: &Field<TimePeriod>) -> Option<Fact> {
    let period = from.get()?;
    let start = period.start_date.get().and_then(written);
    let end = period.end_date.get().and_then(written);
    let told = match (start, end) {
        (None, None) => return None,
        (start, end) => format!(
            "{} – {}",
            start.unwrap_or_default(),
            end.unwrap_or_else(|| "now".to_owned())
        ),
    };
    Some(fact("time_period", Value::Text(told)))
}

fn day(key: &str, from: &Field<PartialDate>) -> Option<Fact> {
    Some(fact(key, Value::Text(written(from.get()?)?)))
}

/// As far as it is known: `2019`, `2019-04`, `2019-04-01`.
fn written(date: &PartialDate) -> Option<String> {
    let two = |text: &str| format!("{text:0>2}");
    let part = |field: &Field<Text>| field.text().map(two);
    let parts = [part(&date.year), part(&date.month), part(&date.day)];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join("-"))
}
