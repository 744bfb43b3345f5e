//! What is loaded, as the screen sees it: a handle on the roster, and the questions that are asked of it.
//!
//! Rows are only added, by [`Intake`](crate::intake::Intake), and a handle carries the number of changes that it knows
//! of: two handles are the same if nothing was added in between. The roster is borrowed only inside the functions of
//! this folder, which neither wait nor call back.

mod answer;
mod question;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use roster_core::{Error, UnixMs};
use roster_index::{
    Ask, Facet, Field, Filter, Hit, Ingest, IngestReport, Match, Roster, Sort, Spread, Suggestion, Term, Test, Value,
    suggest,
};

use crate::look;
use crate::roll::Row;

pub use answer::{Answer, Condition, Hardest, Remark};
pub use question::{Question, order, order_text};

/// Everything that is loaded. Cheap to clone.
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
        write!(f, "Index of {} profiles", self.len())
    }
}

/// The profiles that the order by urgency does not raise.
const NOT_URGENT: &str = "-status:suspended -health:expired,error,relink,expiring -quota:>=80%";

/// Most suggestions that the query bar offers.
const MAX_SUGGESTIONS: usize = 10;

/// Some rows in order, with what only a whole list can tell of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The place of the first one in the whole list.
    pub first: usize,
    /// The rows.
    pub rows: Vec<u32>,
}

impl Index {
    /// How many profiles.
    pub fn len(&self) -> usize {
        self.roster.borrow().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Starts to take a page in. One page at a time: a page that is not at its end is given up.
    pub(crate) fn begin(&self, provider: &str, body: std::sync::Arc<[u8]>) -> Result<Ingest, Error> {
        self.roster.borrow_mut().begin(provider, body)
    }

    /// Reads on for about so many bytes; `None` if there is more to read.
    pub(crate) fn step(&self, ingest: &mut Ingest, budget_bytes: usize) -> Result<Option<IngestReport>, Error> {
        ingest.step(&mut self.roster.borrow_mut(), budget_bytes)
    }

    /// A handle that knows of one change more, so that what was worked out before is worked out anew.
    pub(crate) fn changed(&self) -> Self {
        Self {
            n_changes: self.n_changes + 1,
            ..self.clone()
        }
    }

    /// The same with the answer about one profile, which the roster has taken in.
    pub(crate) fn learned(&self, row: &Row) -> Self {
        let mut next = self.changed();
        Rc::make_mut(&mut next.learned).insert(row.key(), row.clone());
        next
    }

    /// What was learned of single profiles.
    pub(crate) fn lessons(&self) -> impl Iterator<Item = &Row> {
        self.learned.values()
    }

    /// What was learned of this profile.
    pub(crate) fn lesson(&self, key: &str) -> Option<&Row> {
        self.learned.get(key)
    }

    /// Does a part of what the first searches and orders would do otherwise. Says whether all is done.
    pub(crate) fn prepare(&self, max_rows: usize) -> bool {
        self.roster.borrow().prepare(max_rows)
    }

    /// Does a part of what the first list in an order would do otherwise. Says whether all is done.
    pub(crate) fn prepare_order(&self, sort: &Sort, now: UnixMs, max_rows: usize) -> bool {
        self.roster.borrow().prepare_order(sort, now, max_rows).is_done()
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&self) {
        self.roster.borrow_mut().settle();
    }

    /// The profile with this key.
    pub fn find(&self, key: &str) -> Option<Row> {
        self.row(self.place(key)?)
    }

    /// The row of a key.
    pub fn place(&self, key: &str) -> Option<u32> {
        self.roster.borrow().find(key)
    }

    /// The profile of a row, as the list sent it.
    pub fn row(&self, row: u32) -> Option<Row> {
        let roster = self.roster.borrow();
        let (key, newest) = (roster.key(row)?, roster.raw(row)?);
        let Some(learned) = self.learned.get(&key).map(Row::text) else {
            return Row::new(&key, newest);
        };
        let listed = roster.raws(row).into_iter().find(|raw| *raw != learned);
        Row::new(&key, listed.unwrap_or(newest))
    }

    /// The key of a row.
    pub fn key(&self, row: u32) -> Option<String> {
        self.roster.borrow().key(row)
    }

    /// How many profiles of the same source belong to the same person as this one; 0 where the API knows no persons.
    pub fn n_of_person(&self, row: &Row) -> usize {
        let Some(person) = look::person(row.provider(), row.text()) else {
            return 0;
        };
        let of_source = Test::Field(Field::Source, vec![Match::Is(row.provider().to_owned())]);
        let of_person = Test::Field(Field::UserId, vec![Match::Is(person)]);
        let terms = vec![Term::wanted(of_source), Term::wanted(of_person)];
        self.count(&Filter { terms }, UnixMs(0))
    }

    /// How many profiles pass.
    pub fn count(&self, filter: &Filter, now: UnixMs) -> usize {
        self.roster.borrow().count(filter, now)
    }

    /// How many profiles are worth a look.
    pub fn n_urgent(&self, now: UnixMs) -> usize {
        // Everybody but those with whom nothing is wrong; that needs no order.
        self.len() - self.count(&Filter::parse(NOT_URGENT), now)
    }

    /// The rows of the list from a place on.
    pub fn window(&self, answer: &Answer, first: usize, n_rows: usize) -> Window {
        let ask = Ask {
            filter: answer.filter.clone(),
            sort: answer.sort.clone(),
            facets: Vec::new(),
            offset: first,
            limit: n_rows,
            now: answer.now,
        };
        let rows = self.roster.borrow().query(&ask).rows;
        Window { first, rows }
    }

    /// The place of a profile in the list, if it is in it.
    pub fn position(&self, answer: &Answer, key: &str) -> Option<usize> {
        let own = self.place(key)?;
        let rows = self.window(answer, 0, usize::MAX).rows;
        rows.iter().position(|row| *row == own)
    }

    /// The key of the profile at a place of the list.
    pub fn key_at(&self, answer: &Answer, place: usize) -> Option<String> {
        self.key(*self.window(answer, place, 1).rows.first()?)
    }

    /// The keys of the profiles before and after one in the list.
    pub fn neighbours(&self, answer: &Answer, key: &str) -> (Option<String>, Option<String>) {
        let Some(place) = self.position(answer, key) else {
            return (None, None);
        };
        let before = place.checked_sub(1).and_then(|place| self.key_at(answer, place));
        (before, self.key_at(answer, place + 1))
    }

    /// Where the words of a query stand in a row, condition by condition.
    pub fn hits(&self, row: u32, filter: &Filter) -> Vec<Hit> {
        let roster = self.roster.borrow();
        let wanted = filter.terms.iter().filter(|term| !term.is_negated);
        wanted.flat_map(|term| roster.hits(row, &term.test)).collect()
    }

    /// The values of some rows, row by row and field by field.
    pub fn values(&self, rows: &[u32], fields: &[Field], now: UnixMs) -> Vec<Vec<Vec<Value>>> {
        self.roster.borrow().values(rows, fields, now)
    }

    /// The counts of a field's values, under all conditions but its own.
    pub fn facet(&self, filter: &Filter, field: Field, now: UnixMs) -> Facet {
        let ask = Ask {
            filter: filter.clone(),
            facets: vec![field],
            limit: 0,
            now,
            ..Ask::default()
        };
        let mut facets = self.roster.borrow().query(&ask).facets;
        // One was asked for, and so there is one.
        facets.pop().unwrap_or_else(|| self.breakdown(filter, field, now))
    }

    /// How many profiles pass all conditions but those on a field.
    pub fn facet_total(&self, answer: &Answer, field: Field) -> usize {
        let others = answer.filter.terms.iter().filter(|term| term.field() != Some(field));
        let terms = others.cloned().collect();
        self.count(&Filter { terms }, answer.now)
    }

    /// The counts of a field's values among exactly the profiles that pass.
    pub fn breakdown(&self, filter: &Filter, field: Field, now: UnixMs) -> Facet {
        self.roster.borrow().breakdown(filter, field, now)
    }

    /// How many profiles lie between edges, under all conditions but those on the field.
    pub fn spread(&self, filter: &Filter, field: Field, edges: &[f64], now: UnixMs) -> Spread {
        self.roster.borrow().spread(filter, field, edges, now)
    }

    /// What could stand at the cursor of the query bar.
    pub fn suggest(&self, text: &str, cursor_bytes: usize, now: UnixMs) -> Vec<Suggestion> {
        let roster = self.roster.borrow();
        suggest(text, cursor_bytes, MAX_SUGGESTIONS, &roster.vocabulary(now))
    }
}
