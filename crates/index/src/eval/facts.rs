//! What is known of all rows: who has a value, and what kind of nothing the others have.

use std::cell::RefCell;
use std::sync::Arc;

use roster_core::UnixMs;

use crate::catalog::{Field, Kind};
use crate::column::{Bits, Columns, Texts};
use crate::eval::Cache;
use crate::fuzzy::Dictionary;
use crate::held::Seen;
use crate::query::Nothing;
use crate::roster::Roster;
use crate::schema;

/// A token that ends within so many milliseconds counts as expiring: 14 days.
pub(crate) const EXPIRING_MS: i64 = 14 * 86_400_000;

/// Everything that is seen, at an instant.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(super) roster: &'a Roster,
    pub(super) seen: Seen<'a>,
    pub(super) cache: &'a RefCell<Cache>,
    pub(super) now: UnixMs,
}

impl<'a> Facts<'a> {
    /// The facts of a roster at an instant.
    pub(crate) fn new(roster: &'a Roster, now: UnixMs) -> Self {
        Self::of(roster, (roster.seen(), &roster.cache), now)
    }

    /// The facts of everything that has come, for the time when it is seen.
    pub(crate) fn coming(roster: &'a Roster, now: UnixMs) -> Self {
        Self::of(roster, (roster.all(), roster.cache_of_all()), now)
    }

    fn of(roster: &'a Roster, (seen, cache): (Seen<'a>, &'a RefCell<Cache>), now: UnixMs) -> Self {
        cache.borrow_mut().at(seen.version);
        Self {
            roster,
            seen,
            cache,
            now,
        }
    }

    /// The texts of a field of a row, as sent.
    pub(crate) fn texts_of(&self, row: usize, field: Field) -> Vec<String> {
        self.roster.texts_of(row, field)
    }

    /// The live rows.
    pub(crate) const fn live(&self) -> &'a Bits {
        self.seen.live
    }

    /// The columns of text made of words; ids are no words.
    pub(crate) fn word_texts(&self) -> impl Iterator<Item = &'a Texts> {
        let columns = self.columns();
        let is_words = |field: &&Field| field.kind() == Kind::Text;
        Field::ALL
            .iter()
            .filter(is_words)
            .filter_map(|field| columns.texts(*field))
    }

    /// The distinct words, as they were when somebody asked.
    pub(crate) fn take_tokens(&self) -> Dictionary {
        self.cache.borrow_mut().take_tokens()
    }

    /// Keeps the distinct words.
    pub(crate) fn keep_tokens(&self, tokens: Dictionary) {
        self.cache.borrow_mut().keep_tokens(tokens);
    }

    pub(super) const fn columns(&self) -> &'a Columns {
        &self.roster.columns
    }

    pub(super) const fn n_rows(&self) -> usize {
        self.seen.n_rows
    }

    /// The rows with a value, dead ones among them.
    pub(crate) fn present(&self, field: Field) -> Arc<Bits> {
        if let Some(known) = self.cache.borrow().present(field) {
            return known;
        }
        let mut rows = match field {
            Field::Source | Field::Ref => Bits::first(self.n_rows()),
            // A check always finds something: trouble, or none.
            Field::Health => self.loaded(field),
            _ => self.columns().present(field),
        };
        rows.truncate(self.n_rows());
        let rows = Arc::new(rows);
        self.cache.borrow_mut().keep_present(field, &rows);
        rows
    }

    /// The rows without a value, for this reason.
    pub(crate) fn nothing(&self, field: Field, why: Nothing) -> Arc<Bits> {
        if let Some(known) = self.cache.borrow().nothing(field, why) {
            return known;
        }
        let mut rows = match why {
            Nothing::NotInApi => self.of_providers(|schema| !schema.has(field)),
            Nothing::NotSet => self.loaded(field),
            Nothing::NotLoaded => {
                let mut rows = self.of_providers(|schema| schema.has(field));
                rows.and_not(&self.loaded(field));
                rows
            }
        };
        rows.and_not(&self.present(field));
        let rows = Arc::new(rows.trimmed());
        self.cache.borrow_mut().keep_nothing(field, why, &rows);
        rows
    }

    /// The rows whose API has the field and for which it was loaded, with a value or without.
    fn loaded(&self, field: Field) -> Bits {
        let mut loaded = self.of_providers(|schema| schema.has(field) && schema.parts_of(field).next().is_none());
        for (schema, parts) in schema::ALL.iter().zip(&self.columns().parts) {
            for part in schema.parts_of(field) {
                let _ = parts.get(part).map(|rows| loaded.or(rows));
            }
        }
        loaded.truncate(self.n_rows());
        loaded
    }

    fn of_providers(&self, is_wanted: impl Fn(&schema::Schema) -> bool) -> Bits {
        let mut rows = Bits::default();
        let wanted = schema::ALL
            .iter()
            .zip(&self.columns().sources)
            .filter(|(schema, _)| is_wanted(schema));
        wanted.for_each(|(_, of_provider)| rows.or(of_provider));
        rows.truncate(self.n_rows());
        rows
    }

    /// The rows of each word of a field whose words are not stored: sources and health.
    pub(crate) fn derived(&self, field: Field) -> Option<Vec<(&'static str, Bits)>> {
        match field {
            Field::Source => {
                let sources = schema::ALL.iter().zip(&self.columns().sources);
                Some(sources.map(|(schema, rows)| (schema.provider, rows.clone())).collect())
            }
            Field::Health => Some(self.health().into()),
            _ => None,
        }
    }

    /// The rows of each finding, worst first.
    pub(super) fn health(&self) -> [(&'static str, Bits); 5] {
        let columns = self.columns();
        let (mut expired, mut expiring) = (Bits::default(), Bits::default());
        for (row, at) in &columns.tokens {
            #[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
            let (now, soon) = (self.now.0 as f64, self.now.plus_ms(EXPIRING_MS).0 as f64);
            match *at {
                at if at < now => expired.set(*row as usize),
                at if at <= soon => expiring.set(*row as usize),
                _ => {}
            }
        }
        let mut ok = self.loaded(Field::Health);
        let trouble = [&expired, &columns.linking_error, &columns.relink, &expiring];
        for rows in trouble {
            ok.and_not(rows);
        }
        let (error, relink) = (columns.linking_error.clone(), columns.relink.clone());
        [
            ("expired", expired),
            ("error", error),
            ("relink", relink),
            ("expiring", expiring),
            ("ok", ok),
        ]
    }
}
