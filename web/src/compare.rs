//! Profiles side by side: the rows of a table in which each column is a profile. Pure.

use roster_core::UnixMs;

use crate::look::{Fact, Subject, Value, face, sheet};
use crate::roll::Row;
use crate::texts::label;

/// One profile of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its key.
    pub key: String,
    /// Its name; `None` if it is not loaded.
    pub name: Option<String>,
}

/// One field over all profiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Where the field stands, for people: `Health › Instagram › Linked on`.
    pub title: String,
    /// What each profile says; `None` where it has no such field.
    pub facts: Vec<Option<Fact>>,
}

impl Compared {
    /// Whether all profiles say the same.
    pub fn is_same(&self) -> bool {
        let says = |fact: &Option<Fact>| fact.as_ref().map_or(Value::NotInApi, |fact| fact.value.clone());
        let mut all = self.facts.iter().map(says);
        let first = all.next();
        all.all(|value| Some(value) == first)
    }
}

/// The profiles, and their fields in the order of the drawer.
pub fn compare(profiles: &[(String, Option<Row>, Option<Row>)], now: UnixMs) -> (Vec<Side>, Vec<Compared>) {
    let (mut sides, mut rows) = (Vec::new(), Vec::<Compared>::new());
    for (place, (key, row, parts)) in profiles.iter().enumerate() {
        let subject = row.as_ref().map(|row| Subject {
            provider: row.provider(),
            id: row.id(),
            text: row.text(),
            parts: parts.as_ref().map(Row::text),
            now,
            n_of_person: 1,
        });
        sides.push(Side {
            key: key.clone(),
            name: subject.as_ref().map(|subject| face(subject).name),
        });
        for (title, fact) in subject.iter().flat_map(facts) {
            let at = rows.iter().position(|row| row.title == title).unwrap_or_else(|| {
                rows.push(Compared {
                    title,
                    facts: vec![None; profiles.len()],
                });
                rows.len() - 1
            });
            if let Some(cell) = rows.get_mut(at).and_then(|row| row.facts.get_mut(place)) {
                cell.get_or_insert(fact);
            }
        }
    }
    (sides, rows)
}

fn facts(subject: &Subject) -> Vec<(String, Fact)> {
    let sections = sheet(subject).into_iter();
    let blocks = sections.flat_map(|section| section.blocks.into_iter().map(move |block| (section.title, block)));
    let named = blocks.flat_map(|(section, block)| {
        let before = block
            .title
            .map_or_else(|| section.to_owned(), |title| [section, " › ", &title].concat());
        let facts = block.facts.into_iter();
        facts.map(move |fact| ([&before, " › ", &*label(&fact.key)].concat(), fact))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(key: &str, text: &str) -> (String, Option<Row>, Option<Row>) {
        (key.to_owned(), Row::new(key, text), None)
    }

    #[test]
    fn a_field_that_differs_is_told_from_one_that_is_the_same() {
        let (sides, rows) = compare(
            &[
                side(
                    "upsun:a",
                    r#"{"id":"a","display_name":"Jane","company_name":"Acme","new":1}"#,
                ),
                side("upsun:b", r#"{"id":"b","display_name":"Jane","company_name":"Other"}"#),
                ("upsun:gone".to_owned(), None, None),
            ][..2],
            UnixMs(0),
        );
        assert_eq!(sides[0].name.as_deref(), Some("Jane"));
        let has = |row: &&Compared, key: &str| row.facts.iter().flatten().any(|fact| fact.key == key);
        let row = |key: &str| rows.iter().find(|row| has(row, key)).unwrap();
        assert!(row("display_name").is_same() && !row("company_name").is_same());
        let new = row("new");
        assert!(
            !new.is_same() && new.facts[1].is_none(),
            "a field that nobody knows is compared too"
        );
    }

    #[test]
    fn a_profile_that_is_not_loaded_keeps_its_column() {
        let (sides, rows) = compare(
            &[side("upsun:a", r#"{"id":"a"}"#), ("upsun:gone".to_owned(), None, None)],
            UnixMs(0),
        );
        assert_eq!((sides.len(), sides[1].name.as_deref()), (2, None));
        assert!(!rows.is_empty() && rows.iter().all(|row| row.facts.len() == 2));
    }
}
