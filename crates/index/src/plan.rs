//! Which conditions the API applies itself when a load starts, and which remain to be applied here.
//!
//! The rule: a condition is only sent if the API means exactly the same by it. Everything else remains; what was sent
//! may be applied again here without changing the answer.

use roster_core::{Error, Query};

use crate::catalog::Field;
use crate::query::{Filter, Match, Nothing, Term, Test, canonical};
use crate::schema::{self, Push, Rule, Schema};

/// How a filter is asked of one API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Parameters of the list's route.
    pub params: Vec<(&'static str, String)>,
    /// The conditions that the parameters stand for, as places in the filter.
    pub pushed: Vec<usize>,
    /// What remains to be applied here.
    pub remains: Filter,
    /// Whether no profile of this API can pass, so that nothing needs to be asked.
    pub is_nothing: bool,
}

impl Plan {
    /// The query for the list with these parameters laid over it.
    ///
    /// # Errors
    /// `InvalidQuery` if the query is for another route.
    pub fn query(&self, query: Query) -> Result<Query, Error> {
        self.params
            .iter()
            .try_fold(query, |query, (name, value)| query.with(name, value))
    }
}

/// Plans how to ask an API.
///
/// ```
/// let filter = roster_index::parse("platform:instagram,tiktok platform:x acme", &()).filter;
/// let plan = roster_index::plan(&filter, "ayrshare")?;
/// assert_eq!(plan.params, [("includesActiveSocialAccounts", "twitter".to_owned())]);
/// assert_eq!((plan.pushed, plan.remains.terms.len()), (vec![1], 2));
/// # Ok::<(), roster_core::Error>(())
/// ```
///
/// # Errors
/// `InvalidQuery` for a provider that nobody knows.
pub fn plan(filter: &Filter, provider: &str) -> Result<Plan, Error> {
    let query = Query::new(provider, "profiles")?;
    let Some((_, schema)) = schema::of(provider) else {
        return Ok(Plan {
            remains: filter.clone(),
            ..Plan::default()
        });
    };
    let mut draft = Draft {
        schema,
        query,
        plan: Plan::default(),
    };
    for (place, term) in filter.terms.iter().enumerate() {
        draft.add(place, term);
    }
    Ok(draft.plan)
}

struct Draft {
    schema: &'static Schema,
    query: Query,
    plan: Plan,
}

impl Draft {
    fn add(&mut self, place: usize, term: &Term) {
        if self.is_always(term) {
            return;
        }
        self.plan.is_nothing |= self.is_never(term);
        if self.schema.pushes.iter().any(|push| self.push(push, term)) {
            self.plan.pushed.push(place);
        } else {
            self.plan.remains.terms.push(term.clone());
        }
    }

    /// Whether every profile of this API passes.
    fn is_always(&self, term: &Term) -> bool {
        self.is_of_source(term) == Some(true)
    }

    /// Whether no profile of this API passes.
    fn is_never(&self, term: &Term) -> bool {
        let lacks = |field: &Field| !self.schema.has(*field);
        let is_lacking = !term.is_negated
            && match &term.test {
                Test::Field(field, matches) => lacks(field) && !matches.contains(&Match::Nothing(Nothing::NotInApi)),
                Test::Has(fields) | Test::No(fields) => fields.iter().all(lacks),
                Test::Anywhere(_) => false,
            };
        is_lacking || self.is_of_source(term) == Some(false)
    }

    /// Whether this API's profiles pass, if that is all that is asked.
    fn is_of_source(&self, term: &Term) -> Option<bool> {
        let Test::Field(Field::Source, matches) = &term.test else {
            return None;
        };
        let is_this = |one: &Match| match one {
            Match::Is(word) => Some(canonical(Field::Source, word) == self.schema.provider),
            _ => None,
        };
        let found: Option<Vec<bool>> = matches.iter().map(is_this).collect();
        Some(found?.contains(&true) != term.is_negated)
    }

    /// Sends the condition with this parameter, if it can stand for it.
    fn push(&mut self, push: &Push, term: &Term) -> bool {
        let before = self.query.get(push.param);
        let value = match &push.rule {
            Rule::HasAny(field) => has_any(*field, term).map(|has| has.to_string()),
            Rule::Exactly(field) => only(*field, term).map(str::to_owned),
            Rule::Word(field, words) => only(*field, term).and_then(|word| sent_as(*field, word, words)),
            Rule::AllOf(field) => only(*field, term).map(|word| joined(before, &canonical(*field, word))),
        };
        let Some(value) = value else { return false };
        let is_free = before.is_none() || before == Some(&value) || matches!(push.rule, Rule::AllOf(_));
        // The route's table has the last word on which values the API takes, and must take them unchanged.
        let Ok(query) = self.query.clone().with(push.param, &value) else {
            return false;
        };
        let is_unchanged = query.get(push.param) == Some(&value) || matches!(push.rule, Rule::AllOf(_));
        if !is_free || !is_unchanged {
            return false;
        }
        let sent = query.get(push.param).unwrap_or_default().to_owned();
        self.plan.params.retain(|(name, _)| *name != push.param);
        self.plan.params.push((push.param, sent));
        self.query = query;
        true
    }
}

/// Whether the condition asks for any value (`true`) or for none, which is not the same as nothing in other APIs.
fn has_any(field: Field, term: &Term) -> Option<bool> {
    match &term.test {
        Test::Has(fields) if *fields == [field] => Some(!term.is_negated),
        Test::No(fields) if *fields == [field] => Some(term.is_negated),
        _ => None,
    }
}

/// The one value that the condition wants.
fn only(field: Field, term: &Term) -> Option<&str> {
    match &term.test {
        Test::Field(own, matches) if *own == field && !term.is_negated => match matches.as_slice() {
            [Match::Is(value)] => Some(value),
            _ => None,
        },
        _ => None,
    }
}

fn sent_as(field: Field, word: &str, words: &[(&str, &str)]) -> Option<String> {
    let is_it = |(known, _): &&(&str, &str)| canonical(field, known) == canonical(field, word);
    words.iter().find(is_it).map(|(_, sent)| (*sent).to_owned())
}

fn joined(before: Option<&str>, word: &str) -> String {
    before.map_or_else(|| word.to_owned(), |before| format!("{before},{word}"))
}
