//! Groups of the list: one for each value of a field, and one for each kind of having none.

use std::collections::BTreeMap;

use roster_index::{Facet, Field, Kind, Match, Nothing, Sharing, Term, Test, Value};

use crate::index::{Answer, Index};
use crate::shared::Shared;
use crate::texts;

/// What the list can be grouped by.
pub const FIELDS: [Field; 9] = [
    Field::Source,
    Field::Status,
    Field::Health,
    Field::Platform,
    Field::Country,
    Field::User,
    Field::Type,
    Field::Category,
    Field::Trial,
];

/// Most groups that are drawn; the smallest are left out, and that is told.
pub const MAX: usize = 60;

/// A group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its word in links.
    pub word: String,
    /// Its name.
    pub title: String,
    /// Its profiles, as if only they had been asked for.
    pub answer: Shared<Answer>,
}

/// The groups of a list.
#[derive(Clone, Debug)]
pub struct Groups {
    /// Those that are drawn.
    pub drawn: Vec<Group>,
    /// How many smaller ones there are.
    pub n_more: usize,
}

/// The field of a word in a link, if the list can be grouped by it.
pub fn field(word: &str) -> Option<Field> {
    Field::named(word).filter(|field| FIELDS.contains(field))
}

/// The groups of what passes, the largest first. A profile with several values stands in several groups.
pub fn groups(index: &Index, answer: &Answer, field: Field) -> Groups {
    // People are told apart by their ids: two of them may have one name.
    let field = if field == Field::User { Field::UserId } else { field };
    let facet = index.breakdown(&answer.filter, field, answer.now);
    let (mut drawn, n_all) = if field == Field::UserId {
        people(index, answer)
    } else {
        (values(answer, &facet), facet.values.len())
    };
    let nothing = without(answer, &facet);
    let n_all = n_all + nothing.len();
    drawn.extend(nothing);
    drawn.truncate(MAX);
    Groups {
        n_more: n_all - drawn.len(),
        drawn,
    }
}

/// The group of a value, or of none.
fn group(answer: &Answer, field: Field, value: Match, [word, title]: [String; 2], n_rows: usize) -> Group {
    let mut own = answer.clone();
    own.filter.terms.push(Term::wanted(Test::Field(field, vec![value])));
    own.total = n_rows;
    Group {
        word,
        title,
        answer: own.into(),
    }
}

/// A group for each value that is counted, as far as they are drawn.
fn values(answer: &Answer, facet: &Facet) -> Vec<Group> {
    let field = facet.field;
    let is_flag = field.kind() == Kind::Flag;
    let one = |one: &roster_index::FacetValue| {
        let value = if is_flag {
            Match::Flag(one.value == "yes")
        } else {
            Match::Is(one.value.clone())
        };
        let names = [one.value.clone(), texts::facet_value(field, &one.value)];
        group(answer, field, value, names, one.n_rows)
    };
    facet.values.iter().take(MAX).map(one).collect()
}

/// A group for each person of what passes, as far as they are drawn, and how many there are.
fn people(index: &Index, answer: &Answer) -> (Vec<Group>, usize) {
    let sharing = index.sharing(answer, Field::UserId, MAX);
    let (people, n_all) = sharing.unwrap_or_else(|| by_records(index, answer));
    let one = |Sharing { id, n_rows, row }| {
        let names = index.values(&[row], &[Field::User], answer.now);
        let name = names.into_iter().find_map(text).unwrap_or_else(|| id.clone());
        group(answer, Field::UserId, Match::Is(id.clone()), [id, name], n_rows)
    };
    (people.into_iter().map(one).collect(), n_all)
}

/// The persons with most profiles, as their records tell them.
fn by_records(index: &Index, answer: &Answer) -> (Vec<Sharing>, usize) {
    let rows = index.rows(&answer.filter, &answer.sort, answer.now);
    let ids = index.values(&rows, &[Field::UserId], answer.now);
    let mut counted: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for (row, id) in rows.iter().zip(ids) {
        if let Some(id) = text(id) {
            counted.entry(id).or_insert((0, *row)).0 += 1;
        }
    }
    let n_all = counted.len();
    let mut people: Vec<Sharing> = counted
        .into_iter()
        .map(|(id, (n_rows, row))| Sharing { id, n_rows, row })
        .collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.n_rows));
    people.truncate(MAX);
    (people, n_all)
}

/// The first text of a row.
fn text(fields: Vec<Vec<Value>>) -> Option<String> {
    fields.into_iter().flatten().find_map(|value| match value {
        Value::Text(text) => Some(text),
        _ => None,
    })
}

/// A group for each kind of having no value.
fn without(answer: &Answer, facet: &Facet) -> Vec<Group> {
    let field = facet.field;
    let nothing = [
        (Nothing::NotSet, facet.n_not_set),
        (Nothing::NotLoaded, facet.n_not_loaded),
        (Nothing::NotInApi, facet.n_not_in_api),
    ];
    let group = |(why, n_rows): (Nothing, usize)| {
        let names = [["~", why.word()].concat(), texts::nothing_of(field, why).to_owned()];
        group(answer, field, Match::Nothing(why), names, n_rows)
    };
    nothing
        .into_iter()
        .filter(|(_, n_rows)| *n_rows > 0)
        .map(group)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use roster_core::UnixMs;

    use super::*;
    use crate::index::Question;

    fn index() -> Index {
        let index = Index::default();
        let page = r#"{"profiles":[
            {"refId":"a","title":"a","activeSocialAccounts":["instagram","reddit"]},
            {"refId":"b","title":"b","activeSocialAccounts":["instagram"],"suspended":true},
            {"refId":"c","title":"c","activeSocialAccounts":[]}]}"#;
        let mut ingest = index.begin("ayrshare", Arc::from(page.as_bytes())).unwrap();
        index.step(&mut ingest, usize::MAX).unwrap();
        index.changed()
    }

    fn named(query: &str) -> Vec<(String, usize, Vec<String>)> {
        let index = index();
        let answer = index.answer(&Question {
            text: query.to_owned(),
            now: UnixMs(1_795_262_400_000),
            ..Question::default()
        });
        let one = |group: Group| {
            let rows = index.window(&group.answer, 0, 9).rows;
            let keys = rows.iter().filter_map(|row| index.key(*row)).collect();
            (group.title, group.answer.total, keys)
        };
        groups(&index, &answer, Field::Platform)
            .drawn
            .into_iter()
            .map(one)
            .collect()
    }

    #[test]
    fn a_group_holds_exactly_its_profiles_and_who_has_none_has_a_group_too() {
        let key = |id: &str| ["ayrshare:", id].concat();
        assert_eq!(
            named(""),
            [
                ("Instagram".to_owned(), 2, vec![key("a"), key("b")]),
                ("Reddit".to_owned(), 1, vec![key("a")]),
                ("No accounts connected".to_owned(), 1, vec![key("c")]),
            ]
        );
    }

    #[test]
    fn only_what_passes_is_grouped() {
        let all = named("platform:instagram status:suspended");
        assert_eq!(all, [("Instagram".to_owned(), 1, vec!["ayrshare:b".to_owned()])]);
    }

    #[test]
    fn people_are_told_apart_by_their_ids_and_named_by_their_names() {
        let index = Index::default();
        let one = |id: &str, user: &str| format!(r#"{{"id":"{id}","user":{user},"work_platform":{{"name":"X"}}}}"#);
        let records = [
            one("1", r#"{"id":"p","name":"Ada"}"#),
            one("2", r#"{"id":"q","name":"Ada"}"#),
            one("3", r#"{"id":"q","name":"Ada"}"#),
            one("4", "null"),
        ];
        let page = format!(r#"{{"data":[{}]}}"#, records.join(","));
        let mut ingest = index.begin("insightiq", Arc::from(page.as_bytes())).unwrap();
        index.step(&mut ingest, usize::MAX).unwrap();
        let index = index.changed();
        let answer = index.answer(&Question::default());
        let people = groups(&index, &answer, Field::User).drawn;
        let told: Vec<_> = people
            .iter()
            .map(|one| (one.word.as_str(), one.title.as_str(), one.answer.total))
            .collect();
        assert_eq!(told, [("q", "Ada", 2), ("p", "Ada", 1), ("~not-set", "not set", 1)]);
        assert!(
            people
                .iter()
                .all(|one| index.window(&one.answer, 0, 9).rows.len() == one.answer.total)
        );
    }

    #[test]
    fn a_link_names_only_what_groups_are_made_by() {
        assert_eq!(
            (field("platform"), field("followers"), field("")),
            (Some(Field::Platform), None, None)
        );
    }
}
