//! What is printed: a plain table of everything that matches. Of a long list only what is seen is in the document, so the
//! table is laid out when somebody prints, and taken away afterwards.

use roster_core::UnixMs;
use roster_index::{Field, Value};
use yew::{Callback, hook, use_effect_with, use_mut_ref};

use crate::index::{Answer, Index};
use crate::shared::Shared;
use crate::source::Source;
use crate::state::State;
use crate::view::Tab;
use crate::{page, table, texts};

/// A table of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it is a table of.
    pub title: String,
    /// The heads of its columns; the first is that of the names.
    pub heads: Vec<String>,
    /// Its rows, a text for each column.
    pub rows: Vec<Vec<String>>,
}

impl Paper {
    /// Everything that an answer holds, in its order, with the table's columns.
    pub fn of(index: &Index, answer: &Answer, columns: &[Field], title: String) -> Self {
        let fields: Vec<Field> = table::NAMES.iter().chain(columns).copied().collect();
        let rows = index.rows(&answer.filter, &answer.sort, answer.now);
        let values = index.values(&rows, &fields, answer.now);
        let row = |(row, values): (&u32, Vec<Vec<Value>>)| Some(texts_of(&index.key(*row)?, columns, &values));
        let head = |field: &Field| texts::facet(*field).to_owned();
        Self {
            title,
            heads: [Field::Title].iter().chain(columns).map(head).collect(),
            rows: rows.iter().zip(values).filter_map(row).collect(),
        }
    }
}

fn texts_of(key: &str, columns: &[Field], values: &[Vec<Value>]) -> Vec<String> {
    let (names, cells) = values.split_at(table::NAMES.len().min(values.len()));
    let cells = columns.iter().zip(cells);
    let cells = cells.map(|(field, values)| table::shown(*field, values).text);
    std::iter::once(table::name(names, key)).chain(cells).collect()
}

/// Lays the table out whenever somebody prints the list. What lies over the page is printed as it is, and so are pictures.
#[hook]
pub(crate) fn use_paper(state: &State, answer: &Shared<Answer>) {
    let newest = use_mut_ref(|| None);
    let is_list = state.tab == Tab::Profiles && state.sheet.is_none();
    *newest.borrow_mut() = is_list.then(|| Newest {
        index: state.index.clone(),
        answer: answer.clone(),
        columns: state.columns.clone(),
        sources: state.asked_sources().to_vec(),
        now: state.now,
    });
    use_effect_with((), move |()| {
        let lay = Callback::from(move |()| {
            newest
                .borrow()
                .iter()
                .for_each(|newest: &Newest| page::lay(&newest.paper()));
        });
        let listeners = page::Listener::on_print(lay);
        move || drop(listeners)
    });
}

/// What would be printed now.
struct Newest {
    index: Index,
    answer: Shared<Answer>,
    columns: Shared<Vec<Field>>,
    sources: Vec<Shared<Source>>,
    now: UnixMs,
}

impl Newest {
    fn paper(&self) -> Paper {
        let answer = &self.answer;
        let sources: Vec<&Source> = self.sources.iter().map(|source| &**source).collect();
        let n_found = answer.is_filtered().then_some(answer.total);
        let title = texts::printed(n_found, answer.n_loaded, &sources, &answer.filter.to_string(), self.now);
        Paper::of(&self.index, answer, &self.columns, title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Question;
    use crate::intake::Intake;
    use roster_core::{Query, Response};

    #[test]
    fn everything_that_matches_is_on_the_paper_in_its_order_with_private_life_masked() {
        let people: Vec<String> = (0..3_000)
            .map(|n| {
                format!(
                    r#"{{"id":"u{n}","display_name":"Person {:04}","email":"p{n}@example.com"}}"#,
                    2_999 - n
                )
            })
            .collect();
        let query = Query::new("upsun", "profiles").unwrap();
        let body = format!(r#"{{"profiles":[{{"id":"x"}},{}]}}"#, people.join(","));
        let parsed = query
            .provider()
            .unwrap()
            .parse(&query.request().unwrap(), &Response::new(200, body));
        let mut intake = Intake::default();
        intake.take(parsed.unwrap());
        let question = Question {
            text: "person".to_owned(),
            sort: crate::index::order("title"),
            facets: Vec::new(),
            now: UnixMs(0),
        };
        let index = intake.index();
        let paper = Paper::of(
            &index,
            &index.answer(&question),
            &[Field::Source, Field::Email],
            "People".to_owned(),
        );
        assert_eq!(paper.heads.len(), 3);
        assert_eq!(
            paper.rows.len(),
            3_000,
            "also what no screen would hold, and not what the query leaves out"
        );
        assert_eq!(paper.rows[1], ["Person 0001", "Upsun", "p••••@example.com"]);
    }
}
