//! A question to the roster, and its answer.

use roster_core::UnixMs;

use crate::catalog::Field;
use crate::column::WORD_BITS;
use crate::eval::{Facet, Facts, Progress};
use crate::query::{Filter, Sort};
use crate::roster::Roster;

/// Profiles in a window if nobody says how many.
const LIMIT_DEFAULT: usize = 50;

/// What is asked. By default all profiles in loading order, the first fifty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Which profiles.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// Fields whose values are to be counted.
    pub facets: Vec<Field>,
    /// Profiles to pass over.
    pub offset: usize,
    /// Most profiles in the window.
    pub limit: usize,
    /// The instant that relative dates count from.
    pub now: UnixMs,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            sort: Sort::default(),
            facets: Vec::new(),
            offset: 0,
            limit: LIMIT_DEFAULT,
            now: UnixMs(0),
        }
    }
}

/// The answer: how many there are, and a window of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Profiles that pass.
    pub total: usize,
    /// Rows of the window, in order.
    pub rows: Vec<u32>,
    /// The facets, in the order in which they were asked for.
    pub facets: Vec<Facet>,
    /// Of the profiles that pass, those without a value of the first sort key, which stand last.
    pub n_unsorted: usize,
}

impl Roster {
    /// Filters, counts, orders and cuts out a window.
    pub fn query(&self, ask: &Ask) -> View {
        let facts = Facts::new(self, ask.now);
        let passing = facts.passing(&ask.filter, |_| false);
        let total = passing.count();
        let order = facts.order(&ask.sort);
        View {
            total,
            rows: self.numbered(facts.window((&passing, total), order.as_ref(), ask.offset, ask.limit)),
            facets: ask
                .facets
                .iter()
                .map(|field| facts.facet(*field, &ask.filter, &passing))
                .collect(),
            n_unsorted: order
                .filter(|_| !ask.sort.keys().is_empty())
                .map_or(0, |order| total - passing.count_and(&order.valued)),
        }
    }

    /// Rows inside as their callers know them.
    fn numbered(&self, mut rows: Vec<u32>) -> Vec<u32> {
        for row in &mut rows {
            *row = self.number(*row as usize);
        }
        rows
    }

    /// Does a part of what the first searches would otherwise do: prepares the texts of `max_rows` profiles, some
    /// milliseconds for ten thousand. For the pauses of a load. Says whether all is done.
    pub fn prepare(&self, max_rows: usize) -> bool {
        Facts::new(self, UnixMs(0)).prepare(max_rows / WORD_BITS + 1)
    }

    /// Does a part of what the first question in this order would otherwise do, for the pauses of a load: about
    /// `max_rows` steps of an order of [`Progress::n_all`], two milliseconds for ten thousand. A question that comes
    /// before the order is made is answered all the same: it makes what is missing and waits for it. Of several orders
    /// only the last one that was asked for is under way. It is the order of everything that has come, also of what is
    /// [held back](Roster::hold).
    pub fn prepare_order(&self, sort: &Sort, now: UnixMs, max_rows: usize) -> Progress {
        Facts::coming(self, now).prepare_order(sort, max_rows)
    }

    /// How many profiles pass.
    pub fn count(&self, filter: &Filter, now: UnixMs) -> usize {
        Facts::new(self, now).passing(filter, |_| false).count()
    }
}
