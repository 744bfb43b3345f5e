//! Groups of the list: one for each value of a field, and one for each kind of having none.

use roster_index::{Field, Kind, Match, Nothing, Term, Test};

use crate::index::{Answer, Index};
use crate::shared::Shared;
use crate::texts;

/// What the list can be grouped by.
pub const FIELDS: [Field; 8] = [
    Field::Source,
    Field::Status,
    Field::Health,
    Field::Platform,
    Field::Country,
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

/// The field of a word in a link, if the list can be grouped by it.
pub fn field(word: &str) -> Option<Field> {
    Field::named(word).filter(|field| FIELDS.contains(field))
}

/// The groups of what passes, the largest first. A profile with several values stands in several groups.
pub fn groups(index: &Index, answer: &Answer, field: Field) -> Vec<Group> {
    let facet = index.breakdown(&answer.filter, field, answer.now);
    let group = |value: Match, word: String, title: String, n_rows: usize| {
        let mut own = answer.clone();
        own.filter.terms.push(Term::wanted(Test::Field(field, vec![value])));
        own.total = n_rows;
        Group {
            word,
            title,
            answer: own.into(),
        }
    };
    let is_flag = field.kind() == Kind::Flag;
    let values = facet.values.iter().map(|one| {
        let value = if is_flag {
            Match::Flag(one.value == "yes")
        } else {
            Match::Is(one.value.clone())
        };
        group(
            value,
            one.value.clone(),
            texts::facet_value(field, &one.value),
            one.n_rows,
        )
    });
    let nothing = [
        (Nothing::NotSet, facet.n_not_set),
        (Nothing::NotLoaded, facet.n_not_loaded),
        (Nothing::NotInApi, facet.n_not_in_api),
    ];
    let without = nothing
        .into_iter()
        .filter(|(_, n_rows)| *n_rows > 0)
        .map(|(why, n_rows)| {
            let title = texts::nothing_of(field, why).to_owned();
            group(Match::Nothing(why), ["~", why.word()].concat(), title, n_rows)
        });
    values.chain(without).collect()
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
        groups(&index, &answer, Field::Platform).into_iter().map(one).collect()
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
    fn a_link_names_only_what_groups_are_made_by() {
        assert_eq!(
            (field("platform"), field("followers"), field("")),
            (Some(Field::Platform), None, None)
        );
    }
}
