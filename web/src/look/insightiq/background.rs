//! Work, education and the like: seven lists, one block an entry.

use roster_core::providers::insightiq::{Company, PartialDate, TimePeriod, UserProfile};
use roster_core::{Field, Text};

use crate::format::count;
use crate::look::Value;
use crate::look::fact::{Block, Fact, address, fact, field, scalar, text};
use crate::texts::{self, label};

/// Every entry of the seven lists, each list in a fold that says how many it has.
pub(super) fn blocks(wire: &UserProfile) -> Vec<Block> {
    let all = entries(wire);
    let n_of = |list: &str| all.iter().filter(|(of, _)| *of == list).count() as u64;
    let fold = |list: &str| texts::profile::fold(&label(list), &count(n_of(list)));
    let folds: Vec<String> = all.iter().map(|(list, _)| fold(list)).collect();
    let blocks = all.into_iter().map(|(_, block)| block);
    blocks.zip(folds).map(|(block, fold)| block.in_fold(fold)).collect()
}

fn entries(wire: &UserProfile) -> Vec<(&'static str, Block)> {
    let work = wire.work_experiences.entries().map(|one| {
        let company = one.company.get();
        entry(
            "work_experiences",
            &one.title,
            vec![
                company.map(|company| text("company", &company.name)),
                company.map(industries),
                company.and_then(employees),
                company.map(|company| address("company.logo_url", &company.logo_url)),
                one.location.get().map(|place| text("location", &place.name)),
                one.location.get().map(|place| text("location.country", &place.country)),
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
                school.map(|school| address("school.logo_url", &school.logo_url)),
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

fn industries(company: &Company) -> Fact {
    field("company.industries", &company.industries, |list| {
        let words: Vec<String> = list.iter().cloned().collect();
        if words.is_empty() {
            Value::NotSet
        } else {
            Value::Text(words.join(", "))
        }
    })
}

/// How many work there, as far as it is known.
fn employees(company: &Company) -> Option<Fact> {
    let size = company.employee_count.get()?;
    let end = |number: Option<i64>| number.map_or_else(String::new, crate::format::number);
    let (min, max) = (size.min.as_i64(), size.max.as_i64());
    let told = texts::profile::from_until(&end(min), &end(max));
    (min.is_some() || max.is_some()).then(|| fact("company.employee_count", Value::Text(told)))
}

fn achievements(wire: &UserProfile) -> Vec<(&'static str, Block)> {
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

/// An entry of a list; facts without a value are left out, since an entry has few.
fn entry(list: &'static str, name: &Field<String>, facts: Vec<Option<Fact>>) -> (&'static str, Block) {
    let is_set = |fact: &Fact| fact.value != Value::NotSet;
    let name = text("name", name);
    let facts = std::iter::once(Some(name)).chain(facts).flatten().filter(is_set);
    (list, Block::new(facts.collect()))
}

fn period(from: &Field<TimePeriod>) -> Option<Fact> {
    let period = from.get()?;
    let start = period.start_date.get().and_then(written);
    let end = period.end_date.get().and_then(written);
    let told = match (start, end) {
        (None, None) => return None,
        (start, end) => {
            let end = end.unwrap_or_else(|| texts::profile::UNTIL_NOW.to_owned());
            texts::profile::from_until(&start.unwrap_or_default(), &end)
        }
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
