//! What the index answers to a question: how many pass, the counts beside the list, and how the query was understood.

use roster_core::UnixMs;
use roster_index::{Ask, Facet, Filter, HintKind, Parsed, Sort, Term, did_you_mean, parse};

use super::{Index, Question};
use crate::shared::Shared;

/// One condition of a query as a person wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its text.
    pub text: String,
    /// The whole query without it.
    pub without: String,
    /// What it asks for.
    pub term: Term,
}

/// A remark on a part of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The part, as it was written.
    pub about: String,
    /// What is the matter; `None`: nothing has this text, but something else.
    pub kind: Option<HintKind>,
    /// What to write instead of the part.
    pub replacement: Option<String>,
    /// The whole query with the replacement in its place.
    pub instead: Option<String>,
}

/// The condition without which most profiles would pass, if none passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hardest {
    /// Its text.
    pub text: String,
    /// The whole query without it.
    pub without: String,
    /// How many would pass.
    pub n_rows: usize,
}

/// What the index answers.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// How many profiles pass.
    pub total: usize,
    /// How many are loaded.
    pub n_loaded: usize,
    /// Of those that pass, how many have no value of the first key of the order; they stand last.
    pub n_unsorted: usize,
    /// What the query asks for.
    pub filter: Filter,
    /// The order.
    pub sort: Sort,
    /// The instant that relative dates count from.
    pub now: UnixMs,
    /// Its conditions as written.
    pub conditions: Vec<Condition>,
    /// Remarks on what was not understood, or not found.
    pub remarks: Vec<Remark>,
    /// The counts beside the list, as they were asked for.
    pub facets: Vec<Shared<Facet>>,
    /// Why nothing passes.
    pub hardest: Option<Hardest>,
}

impl Answer {
    /// Whether it answers the same question, of other profiles or at another time.
    pub fn is_alike(&self, other: &Self) -> bool {
        let fields = |answer: &Self| answer.facets.iter().map(|facet| facet.field).collect::<Vec<_>>();
        self.conditions == other.conditions && self.sort == other.sort && fields(self) == fields(other)
    }

    /// Whether anything was asked for.
    pub fn is_filtered(&self) -> bool {
        !self.filter.terms.is_empty()
    }
}

impl Index {
    /// Answers a question.
    pub fn answer(&self, question: &Question) -> Answer {
        let parsed = {
            let roster = self.roster.borrow();
            parse(&question.text, &roster.vocabulary(question.now))
        };
        let view = self.roster.borrow().query(&Ask {
            filter: parsed.filter.clone(),
            sort: question.sort.clone(),
            facets: question.facets.clone(),
            offset: 0,
            limit: 0,
            now: question.now,
        });
        let mut answer = Answer {
            total: view.total,
            n_loaded: self.len(),
            n_unsorted: view.n_unsorted,
            conditions: conditions(&question.text, &parsed),
            remarks: remarks(&question.text, &parsed),
            facets: view.facets.into_iter().map(Shared::from).collect(),
            sort: question.sort.clone(),
            now: question.now,
            filter: parsed.filter,
            hardest: None,
        };
        if answer.total == 0 && answer.n_loaded > 0 && answer.is_filtered() {
            answer.hardest = self.hardest(&answer);
            answer.remarks.extend(self.correction(&answer));
        }
        answer
    }

    fn hardest(&self, answer: &Answer) -> Option<Hardest> {
        let without = |condition: &Condition| {
            let n_rows = self.count(&Filter::parse(&condition.without), answer.now);
            (n_rows > 0).then(|| Hardest {
                text: condition.text.clone(),
                without: condition.without.clone(),
                n_rows,
            })
        };
        let counted = answer.conditions.iter().filter_map(without);
        counted.max_by_key(|hardest| hardest.n_rows)
    }

    fn correction(&self, answer: &Answer) -> Option<Remark> {
        let roster = self.roster.borrow();
        let meant = did_you_mean(&answer.filter, &roster.vocabulary(answer.now))?.to_string();
        Some(Remark {
            about: answer.filter.to_string(),
            kind: None,
            replacement: Some(meant.clone()),
            instead: Some(meant),
        })
    }
}

fn conditions(text: &str, parsed: &Parsed) -> Vec<Condition> {
    let written = parsed.terms.iter().filter_map(|term| {
        let own = text.get(term.span.clone())?;
        let (before, after) = (text.get(..term.span.start)?, text.get(term.span.end..)?);
        let (before, after) = (before.trim(), after.trim());
        let space = if before.is_empty() || after.is_empty() { "" } else { " " };
        Some(Condition {
            text: own.to_owned(),
            without: [before, space, after].concat(),
            term: parsed.filter.terms.get(term.term?)?.clone(),
        })
    });
    written.collect()
}

fn remarks(text: &str, parsed: &Parsed) -> Vec<Remark> {
    let with_hint = parsed.terms.iter().filter_map(|term| {
        let hint = term.hint.as_ref()?;
        let (before, after) = (text.get(..term.span.start)?, text.get(term.span.end..)?);
        let instead = hint.replacement.as_ref();
        Some(Remark {
            about: text.get(term.span.clone())?.to_owned(),
            kind: Some(hint.kind),
            replacement: hint.replacement.clone(),
            instead: instead.map(|replacement| [before, replacement, after].concat()),
        })
    });
    with_hint.collect()
}
