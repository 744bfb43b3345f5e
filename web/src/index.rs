//! What is loaded, as the screen sees it: a handle on the roster, and the questions that are asked of it.
//!
//! Rows are only added, by [`Intake`](crate::intake::Intake), and a handle carries the number of changes that it knows
//! of: two handles are the same if nothing was added in between. The roster is borrowed only inside the functions of
//! this folder, which neither wait nor call back.

mod answer;
mod question;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use roster_core::{Error, UnixMs};
use roster_index::{
    Ask, CsvOptions, Facet, Field, Filter, Hit, Ingest, IngestReport, Match, Roster, Sharing, Sort, Spread, Suggestion,
    Term, Test, Value, suggest,
};

use crate::intake::Whose;
use crate::look;
use crate::roll::Row;

pub use answer::{Answer, Condition, Hardest, Remark};
pub use question::{Question, order, order_text};

/// A page, and where it came from.
type Noted = (Whose, Arc<[u8]>);

/// Everything that is loaded. Cheap to clone.
#[derive(Clone, Default)]
pub struct Index {
    roster: Rc<RefCell<Roster>>,
    /// Answers about single profiles that the roster has taken in beside the list, by key.
    learned: Rc<BTreeMap<String, Row>>,
    /// The pages that the roster has taken in, and where they came from.
    pages: Rc<RefCell<Vec<Noted>>>,
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

    /// How many profiles have come, with those that are not seen yet.
    pub(crate) fn n_all(&self) -> usize {
        self.roster.borrow().n_all()
    }

    /// From now on what comes is not seen, until it is released.
    pub(crate) fn hold(&self) {
        self.roster.borrow_mut().hold();
    }

    /// Lets everything be seen that has come.
    pub(crate) fn release(&self) {
        self.roster.borrow_mut().release();
    }

    /// Whether something has come that is not seen.
    pub(crate) fn is_behind(&self) -> bool {
        self.roster.borrow().is_behind()
    }

    /// Starts to take a page in. One page at a time: a page that is not at its end is given up.
    pub(crate) fn begin(&self, provider: &str, body: Arc<[u8]>) -> Result<Ingest, Error> {
        self.roster.borrow_mut().begin(provider, body)
    }

    /// Reads on for about so many bytes; `None` if there is more to read.
    pub(crate) fn step(&self, ingest: &mut Ingest, budget_bytes: usize) -> Result<Option<IngestReport>, Error> {
        ingest.step(&mut self.roster.borrow_mut(), budget_bytes)
    }

    /// Lets what was read of a page so far be seen; `None` if nothing of it is being read.
    pub(crate) fn show(&self, ingest: &mut Ingest) -> Option<IngestReport> {
        ingest.show(&mut self.roster.borrow_mut())
    }

    /// The records of a page that are in the list, as a page that holds nothing else.
    pub(crate) fn salvage(&self, list_key: &str, page: &[u8]) -> Arc<[u8]> {
        let roster = self.roster.borrow();
        let rows = 0..u32::try_from(roster.n_all()).unwrap_or(u32::MAX);
        let texts = rows.filter_map(|row| roster.raw(row));
        let own: Vec<&str> = texts
            .filter(|raw| page.as_ptr_range().contains(&raw.as_ptr()))
            .collect();
        Arc::<str>::from(["{\"", list_key, "\":[", &own.join(","), "]}"].concat()).into()
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

    /// The id of a row in its API.
    pub(crate) fn id(&self, row: u32) -> Option<String> {
        let key = self.key(row)?;
        key.split_once(':').map(|(_, id)| id.to_owned())
    }

    /// Every row that passes, in order.
    pub(crate) fn rows(&self, filter: &Filter, sort: &Sort, now: UnixMs) -> Vec<u32> {
        let ask = Ask {
            filter: filter.clone(),
            sort: sort.clone(),
            limit: usize::MAX,
            now,
            ..Ask::default()
        };
        self.roster.borrow().query(&ask).rows
    }

    /// The rows of these keys, as far as they are loaded, in order.
    pub(crate) fn rows_of<'a>(&self, keys: impl Iterator<Item = &'a str>, sort: &Sort, now: UnixMs) -> Vec<u32> {
        let wanted: BTreeSet<u32> = keys.filter_map(|key| self.place(key)).collect();
        let mut rows = self.rows(&Filter::default(), sort, now);
        rows.retain(|row| wanted.contains(row));
        rows
    }

    /// The fields that have a value in some of these rows.
    pub(crate) fn filled(&self, rows: &[u32], now: UnixMs) -> Vec<Field> {
        self.roster.borrow().filled(rows, now)
    }

    /// These rows as CSV, with its titles or without.
    pub(crate) fn csv(&self, rows: Vec<u32>, options: &CsvOptions, now: UnixMs, has_head: bool) -> String {
        let roster = self.roster.borrow();
        let csv = roster.csv(rows, options, now);
        if has_head {
            csv.collect()
        } else {
            csv.without_head().collect()
        }
    }

    /// These rows, one record a line.
    pub(crate) fn ndjson(&self, rows: Vec<u32>, has_personal_data: bool) -> String {
        self.roster.borrow().ndjson(rows, has_personal_data).collect()
    }

    /// Remembers where a page came from.
    pub(crate) fn note(&self, whose: Whose, page: Arc<[u8]>) {
        self.pages.borrow_mut().push((whose, page));
    }

    /// Where the list's record of a profile came from; `None` if it came by itself, or was moved since.
    pub fn whose(&self, key: &str) -> Option<Whose> {
        let roster = self.roster.borrow();
        let raws = roster.find(key).map(|row| roster.raws(row)).unwrap_or_default();
        // A record is a part of its page, which another one with the same text is not.
        let holds = |page: &[u8]| raws.iter().any(|raw| page.as_ptr_range().contains(&raw.as_ptr()));
        let pages = self.pages.borrow();
        pages
            .iter()
            .rev()
            .find(|(_, page)| holds(page))
            .map(|(whose, _)| *whose)
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
        self.count(&of_person(row.provider(), &person.id), UnixMs(0))
    }

    /// The profiles of a person.
    pub(crate) fn of_person(&self, provider: &str, id: &str) -> Vec<Row> {
        let rows = self.rows(&of_person(provider, id), &Sort::default(), UnixMs(0));
        rows.into_iter().filter_map(|row| self.row(row)).collect()
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

    /// The ids that most profiles of the list share; `None` if it takes the records to tell them.
    pub(crate) fn sharing(&self, answer: &Answer, field: Field, limit: usize) -> Option<(Vec<Sharing>, usize)> {
        let ask = Ask {
            filter: answer.filter.clone(),
            sort: answer.sort.clone(),
            limit,
            now: answer.now,
            ..Ask::default()
        };
        self.roster.borrow().sharing(field, &ask)
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

/// The profiles of one source that belong to one person.
fn of_person(provider: &str, id: &str) -> Filter {
    let is = |field: Field, word: &str| Term::wanted(Test::Field(field, vec![Match::Is(word.to_owned())]));
    Filter {
        terms: vec![is(Field::Source, provider), is(Field::UserId, id)],
    }
}
