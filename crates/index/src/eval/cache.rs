//! What was worked out and may be asked for again. Everything here can be thrown away, and is when rows change.

use std::sync::Arc;

use roster_core::UnixMs;

use crate::catalog::Field;
use crate::column::Bits;
use crate::compact::Kept;
use crate::eval::Ids;
use crate::eval::order::{Building, Order};
use crate::eval::window::Layout;
use crate::fuzzy::Dictionary;
use crate::query::{Nothing, Sort, Test};
use crate::search::Slices;
use roster_language::fold;

/// Tests that are kept: those of a handful of keystrokes and chips.
const MAX_TESTS: usize = 24;

/// Orders that are kept; each takes eight bytes a row.
const MAX_ORDERS: usize = 2;

/// Answers by question. The oldest one goes first.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    version: u64,
    present: Vec<(Field, Arc<Bits>)>,
    /// Rows without a value. One entry a field and reason.
    nothing: Vec<((Field, Nothing), Arc<Bits>)>,
    tests: Vec<(Test, Option<UnixMs>, Arc<Bits>)>,
    orders: Vec<(Sort, Option<UnixMs>, Arc<Order>)>,
    /// An order that is not made yet.
    pub(super) building: Option<Box<Building>>,
    layout: Option<Arc<Layout>>,
    /// The rows of each id of a field.
    ids: Vec<(Field, Arc<Ids>)>,
    /// By column of text. They cover rows that stay as they are, so they outlive changes of the others.
    slices: Vec<Slices>,
    /// The distinct words of all texts. They know which rows they were counted in, so they outlive changes too.
    tokens: Dictionary,
}

impl Cache {
    /// Throws everything away if rows have changed since.
    pub(crate) fn at(&mut self, version: u64) -> &mut Self {
        if self.version != version {
            *self = Self {
                version,
                slices: std::mem::take(&mut self.slices),
                tokens: std::mem::take(&mut self.tokens),
                ..Self::default()
            };
        }
        self
    }

    /// Takes over what was worked out of rows that were not seen before.
    pub(crate) fn follow(&mut self, coming: Self) {
        *self = Self {
            slices: std::mem::take(&mut self.slices),
            tokens: std::mem::take(&mut self.tokens),
            ..coming
        };
    }

    /// The rows with a value.
    pub(crate) fn present(&self, field: Field) -> Option<Arc<Bits>> {
        get(&self.present, |(key, _)| *key == field).map(|(_, bits)| Arc::clone(bits))
    }

    /// Keeps the rows with a value.
    pub(crate) fn keep_present(&mut self, field: Field, rows: &Arc<Bits>) {
        self.present.push((field, Arc::clone(rows)));
    }

    /// The rows without a value, for this reason.
    pub(crate) fn nothing(&self, field: Field, why: Nothing) -> Option<Arc<Bits>> {
        get(&self.nothing, |(key, _)| *key == (field, why)).map(|(_, bits)| Arc::clone(bits))
    }

    /// Keeps the rows without a value.
    pub(crate) fn keep_nothing(&mut self, field: Field, why: Nothing, rows: &Arc<Bits>) {
        self.nothing.push(((field, why), Arc::clone(rows)));
    }

    /// The rows that pass a test; `now` only if the test depends on it.
    pub(crate) fn test(&self, test: &Test, now: Option<UnixMs>) -> Option<Arc<Bits>> {
        get(&self.tests, |(key, at, _)| key == test && *at == now).map(|(.., bits)| Arc::clone(bits))
    }

    /// Keeps the rows that pass a test.
    pub(crate) fn keep_test(&mut self, test: &Test, now: Option<UnixMs>, rows: &Arc<Bits>) {
        push(&mut self.tests, (test.clone(), now, Arc::clone(rows)), MAX_TESTS);
    }

    /// The rows of the longest lone word that is known and part of `needle`: no others can have it.
    pub(crate) fn wider(&self, needle: &str) -> Option<Arc<Bits>> {
        let is_wider = |(test, _, bits): &(Test, _, Arc<Bits>)| match test {
            Test::Anywhere(part) => {
                let part = fold(part);
                let is_part = !part.is_empty() && needle.contains(part.as_str());
                is_part.then(|| (part.len(), Arc::clone(bits)))
            }
            _ => None,
        };
        let widest = self.tests.iter().filter_map(is_wider).max_by_key(|(len, _)| *len);
        widest.map(|(_, bits)| bits)
    }

    /// The order of all rows. What was asked for lately is kept.
    pub(crate) fn order(&mut self, sort: &Sort, now: Option<UnixMs>) -> Option<Arc<Order>> {
        let found = self.orders.iter().position(|(key, at, _)| key == sort && *at == now)?;
        if let Some(orders) = self.orders.get_mut(found..) {
            orders.rotate_left(1);
        }
        self.orders.last().map(|(.., order)| Arc::clone(order))
    }

    /// Keeps the order of all rows.
    pub(crate) fn keep_order(&mut self, sort: &Sort, now: Option<UnixMs>, order: &Arc<Order>) {
        push(&mut self.orders, (sort.clone(), now, Arc::clone(order)), MAX_ORDERS);
    }

    /// Where the rows that pass stand in the order, if they are the same as the last time.
    pub(crate) fn layout(&self, passing: &Bits, order: &Arc<Order>) -> Option<Arc<Layout>> {
        let layout = self.layout.as_ref().filter(|layout| layout.is_of(passing, order));
        layout.map(Arc::clone)
    }

    /// Keeps where the rows that pass stand in the order.
    pub(crate) fn keep_layout(&mut self, layout: &Arc<Layout>) {
        self.layout = Some(Arc::clone(layout));
    }

    /// The rows of each id of a field.
    pub(crate) fn ids(&self, field: Field) -> Option<Arc<Ids>> {
        get(&self.ids, |(key, _)| *key == field).map(|(_, ids)| Arc::clone(ids))
    }

    /// Keeps the rows of each id of a field.
    pub(crate) fn keep_ids(&mut self, field: Field, ids: &Arc<Ids>) {
        self.ids.push((field, Arc::clone(ids)));
    }

    /// The distinct words of all texts, as they were when somebody asked.
    pub(crate) fn take_tokens(&mut self) -> Dictionary {
        std::mem::take(&mut self.tokens)
    }

    /// Keeps the distinct words of all texts.
    pub(crate) fn keep_tokens(&mut self, tokens: Dictionary) {
        self.tokens = tokens;
    }

    /// The bitmaps of a column of text, by its place among all.
    pub(crate) fn slices(&mut self, place: usize) -> Option<&mut Slices> {
        if self.slices.len() <= place {
            self.slices.resize_with(place + 1, Slices::default);
        }
        self.slices.get_mut(place)
    }

    /// Keeps what is known of some rows, which move up. Words that only the others had are gone for good.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        self.tokens = Dictionary::default();
        self.slices.iter_mut().for_each(|slices| slices.keep(kept));
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.slices.iter_mut().for_each(Slices::settle);
        self.tokens.settle();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let present: usize = self.present.iter().map(|(_, bits)| bits.memory_bytes()).sum();
        let nothing: usize = self.nothing.iter().map(|(_, bits)| bits.memory_bytes()).sum();
        let tests: usize = self.tests.iter().map(|(.., bits)| bits.memory_bytes()).sum();
        let orders: usize = self.orders.iter().map(|(.., order)| order.memory_bytes()).sum();
        let building = self.building.as_ref().map_or(0, |building| building.memory_bytes());
        let layout = self.layout.as_ref().map_or(0, |layout| layout.memory_bytes());
        let ids: usize = self.ids.iter().map(|(_, ids)| ids.memory_bytes()).sum();
        let slices: usize = self.slices.iter().map(Slices::memory_bytes).sum();
        present + nothing + tests + orders + building + layout + ids + self.tokens.memory_bytes() + slices
    }
}

fn get<T>(list: &[T], is_it: impl Fn(&&T) -> bool) -> Option<&T> {
    list.iter().find(is_it)
}

fn push<T>(list: &mut Vec<T>, entry: T, max_entries: usize) {
    if list.len() >= max_entries {
        list.remove(0);
    }
    list.push(entry);
}
