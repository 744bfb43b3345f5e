//! The one store of what is loaded: a roster that every state shares, and the questions the screen asks of it.
//!
//! A row is the number of a profile as long as its roster lives, so a row that a state holds stays that profile's, and
//! says what came last of it. Rows that must leave make a new roster. It is
//! borrowed only inside the functions of this file, which neither wait nor call back.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use roster_core::{Error, UnixMs};
use roster_index::{
    Ask, Facet, Field, Filter, IngestReport, Match, Roster, Sort, Term, Test, View, did_you_mean, parse,
};

use crate::look;
use crate::roll::Row;

/// The orders that are offered: the key for the link, and the name. The first is the order of loading.
pub const ORDERS: [(&str, &str); 6] = [
    ("", "As loaded"),
    ("title", "Title"),
    ("-created", "Created"),
    ("-updated", "Updated"),
    ("-followers", "Followers"),
    ("-urgency", "Urgency"),
];

/// The fields whose values are counted beside the list.
const FACETS: [Field; 4] = [Field::Source, Field::Platform, Field::Status, Field::Health];

/// Everything that is loaded. Two are the same if nothing was added in between.
#[derive(Clone, Default)]
pub struct Index {
    roster: Rc<RefCell<Roster>>,
    /// Answers about single profiles that the roster has taken in beside the list, by key.
    learned: Rc<BTreeMap<String, Row>>,
    n_changes: u64,
}

impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.roster, &other.roster) && self.n_changes == other.n_changes
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index of {} profiles", self.roster.borrow().len())
    }
}

/// What a person asks of everything that is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The query.
    pub text: String,
    /// One of [`ORDERS`] by its key.
    pub order: &'static str,
    /// The sources that are shown.
    pub sources: Vec<&'static str>,
    /// The instant that relative dates count from.
    pub now: UnixMs,
}

/// One condition of a query as a person wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its text.
    pub text: String,
    /// The whole query without it.
    pub without: String,
}

/// A remark on a part of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The part, as it was written.
    pub about: String,
    /// What is the matter.
    pub text: String,
    /// The whole query with the suggestion in its place.
    pub instead: Option<String>,
}

/// What the index answers.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The rows that pass, in order.
    pub rows: Vec<u32>,
    /// What the query asks for.
    pub filter: Filter,
    /// Its conditions as written.
    pub conditions: Vec<Condition>,
    /// Remarks on what was not understood, or not found.
    pub remarks: Vec<Remark>,
    /// The counts beside the list.
    pub facets: Vec<Facet>,
    /// If nothing passes: the condition without which most would, and how many.
    pub hardest: Option<(String, usize)>,
}

impl Index {
    /// An index of these pages. Each was taken in before, so none fails.
    pub fn of(pages: impl Iterator<Item = (&'static str, Arc<str>)>) -> Self {
        let mut index = Self::default();
        for (provider, body) in pages {
            let _known = index.ingest(provider, &body);
        }
        index
    }

    /// Takes a page in.
    ///
    /// # Errors
    /// `Decode` if it is no page of this provider; nothing of it was loaded then.
    pub fn ingest(&mut self, provider: &str, body: &Arc<str>) -> Result<IngestReport, Error> {
        self.n_changes += 1;
        self.roster
            .borrow_mut()
            .ingest(provider, Arc::<[u8]>::from(body.clone()))
    }

    /// Takes in what one more request told of a profile that is in the list, so that filters, counts and orders know
    /// it. The profile itself stays the record of the list. Any other profile, and what is known already, is left out.
    pub fn learn(&mut self, row: &Row) {
        let key = row.key();
        let is_new = self.place(&key).is_some() && self.learned.get(&key) != Some(row);
        let Some(provider) = roster_core::provider(row.provider()).filter(|_| is_new) else {
            return;
        };
        let page = format!("{{\"{}\":[{}]}}", provider.info().list_key, row.text());
        if self.ingest(row.provider(), &page.into()).is_ok() {
            Rc::make_mut(&mut self.learned).insert(key, row.clone());
        }
    }

    /// The profile with this key.
    pub fn find(&self, key: &str) -> Option<Row> {
        let row = self.roster.borrow().find(key)?;
        self.row(row)
    }

    /// The row of a key.
    pub fn place(&self, key: &str) -> Option<u32> {
        self.roster.borrow().find(key)
    }

    /// The profile of a row.
    pub fn row(&self, row: u32) -> Option<Row> {
        let roster = self.roster.borrow();
        let (key, newest) = (roster.key(row)?, roster.raw(row)?);
        let learned = self.learned.get(&key).map(Row::text);
        let listed = roster.raws(row).into_iter().find(|raw| Some(*raw) != learned);
        Row::new(&key, listed.unwrap_or(newest))
    }

    /// The key of a row.
    pub fn key(&self, row: u32) -> Option<String> {
        self.roster.borrow().key(row)
    }

    /// The rows of one source in loading order.
    pub fn rows_of(&self, provider: &str) -> Vec<u32> {
        self.ask(&of_sources(&[provider]), "", UnixMs(0), &[]).rows
    }

    /// How many profiles of the same source belong to the same person as this one; 0 where the API knows no persons.
    pub fn n_of_person(&self, row: &Row) -> usize {
        let Some(person) = look::person(row.provider(), row.text()) else {
            return 0;
        };
        let mut filter = of_sources(&[row.provider()]);
        let of_person = Test::Field(Field::UserId, vec![Match::Is(person)]);
        filter.terms.push(Term::wanted(of_person));
        self.roster.borrow().count(&filter, UnixMs(0))
    }

    /// Answers a question.
    pub fn answer(&self, question: &Question) -> Answer {
        let parsed = parse(&question.text, &self.roster.borrow().vocabulary(question.now));
        let filter = parsed.filter.clone();
        let shown = among(&question.sources, &filter);
        let view = self.ask(&shown, question.order, question.now, &FACETS);
        let is_plain = filter.terms.is_empty() && question.order.is_empty();
        let is_in_vain = view.rows.is_empty() && !filter.terms.is_empty();
        let mut answer = Answer {
            rows: if is_plain {
                self.interleaved(&question.sources)
            } else {
                view.rows
            },
            conditions: conditions(&question.text, &parsed),
            remarks: remarks(&question.text, &parsed),
            facets: view.facets,
            filter,
            hardest: None,
        };
        if is_in_vain {
            answer.hardest = self.hardest(&answer, question);
            answer.remarks.extend(self.correction(&answer.filter, question.now));
        }
        answer
    }

    fn ask(&self, filter: &Filter, order: &str, now: UnixMs, facets: &[Field]) -> View {
        let ask = Ask {
            filter: filter.clone(),
            sort: Sort::parse(Some(order).filter(|order| !order.is_empty())).unwrap_or_default(),
            facets: facets.to_vec(),
            offset: 0,
            limit: usize::MAX,
            now,
        };
        self.roster.borrow().query(&ask)
    }

    /// The rows of several sources as one list: the first of each, then the second of each, and so on, so that no
    /// source hides behind another.
    fn interleaved(&self, sources: &[&str]) -> Vec<u32> {
        let lists: Vec<Vec<u32>> = sources.iter().map(|source| self.rows_of(source)).collect();
        let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
        (0..longest)
            .flat_map(|place| lists.iter().filter_map(move |rows| rows.get(place).copied()))
            .collect()
    }

    fn hardest(&self, answer: &Answer, question: &Question) -> Option<(String, usize)> {
        let without = |condition: &Condition| {
            let filter = among(&question.sources, &Filter::parse(&condition.without));
            let n_rows = self.roster.borrow().count(&filter, question.now);
            (n_rows > 0).then(|| (condition.text.clone(), n_rows))
        };
        let counted = answer.conditions.iter().filter_map(without);
        counted.max_by_key(|(_, n_rows)| *n_rows)
    }

    fn correction(&self, filter: &Filter, now: UnixMs) -> Option<Remark> {
        let meant = did_you_mean(filter, &self.roster.borrow().vocabulary(now))?.to_string();
        Some(Remark {
            about: filter.to_string(),
            text: format!("Nothing has this text. Did you mean {meant}?"),
            instead: Some(meant),
        })
    }
}

fn of_sources(sources: &[&str]) -> Filter {
    among(sources, &Filter::default())
}

/// The filter over these sources only.
fn among(sources: &[&str], filter: &Filter) -> Filter {
    let words = sources.iter().map(|source| Match::Is((*source).to_owned()));
    let of_sources = Term::wanted(Test::Field(Field::Source, words.collect()));
    // Over every source there is no condition, so that their counts stay free of it.
    let is_all = sources.len() == roster_core::ALL.len();
    let added = Some(of_sources).filter(|_| !is_all);
    Filter {
        terms: filter.terms.iter().cloned().chain(added).collect(),
    }
}

fn conditions(text: &str, parsed: &roster_index::Parsed) -> Vec<Condition> {
    let understood = parsed.terms.iter().filter(|term| term.term.is_some());
    let written = understood.filter_map(|term| {
        let own = text.get(term.span.clone())?;
        let (before, after) = (text.get(..term.span.start)?, text.get(term.span.end..)?);
        Some(Condition {
            text: own.to_owned(),
            without: format!("{} {}", before.trim(), after.trim()).trim().to_owned(),
        })
    });
    written.collect()
}

fn remarks(text: &str, parsed: &roster_index::Parsed) -> Vec<Remark> {
    let with_hint = parsed.terms.iter().filter_map(|term| {
        let hint = term.hint.as_ref()?;
        let (before, after) = (text.get(..term.span.start)?, text.get(term.span.end..)?);
        let instead = hint.replacement.as_ref();
        Some(Remark {
            about: text.get(term.span.clone())?.to_owned(),
            text: hint.to_string(),
            instead: instead.map(|replacement| format!("{before}{replacement}{after}")),
        })
    });
    with_hint.collect()
}
