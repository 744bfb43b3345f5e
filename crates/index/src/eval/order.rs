//! In which order all rows stand.
//!
//! Every value of a field gets a class: equal values the same one, larger values a higher one. An order by several keys
//! is then one counting pass over the rows a key, the last key first.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use crate::catalog::Field;
use crate::collate::Keys;
use crate::column::{Bits, Column, Texts};
use crate::eval::Facts;
use crate::fold::fold;
use crate::query::{By, Sort, SortKey};

/// The class of a row without a value: last in either direction.
pub(super) const BLANK: u32 = u32::MAX;

/// All live rows in order.
#[derive(Debug, Default)]
pub(crate) struct Order {
    rows: Vec<u32>,
    ranks: OnceLock<Vec<u32>>,
}

impl Order {
    /// The rows in order.
    pub(crate) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Every row's place in the order. Worked out when it is first asked for.
    pub(crate) fn ranks(&self, n_rows: usize) -> &[u32] {
        self.ranks.get_or_init(|| {
            let mut ranks = vec![BLANK; n_rows];
            for (rank, row) in (0_u32..).zip(&self.rows) {
                if let Some(slot) = ranks.get_mut(*row as usize) {
                    *slot = rank;
                }
            }
            ranks
        })
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let ranks = self.ranks.get().map_or(0, Vec::capacity);
        (self.rows.capacity() + ranks) * size_of::<u32>()
    }
}

impl Facts<'_> {
    /// The order by these keys; `None` for loading order without replaced rows, which is the order of the rows.
    pub(crate) fn order(&self, sort: &Sort) -> Option<Arc<Order>> {
        if sort.keys().is_empty() && self.roster.place.is_empty() {
            return None;
        }
        let depends_on_now = |key: &SortKey| key.by == By::Urgency || key.by == By::Field(Field::Health);
        let now = sort.keys().iter().any(depends_on_now).then_some(self.now);
        if let Some(known) = self.cache.borrow().order(sort, now) {
            return Some(known);
        }
        let mut rows = self.loading_order();
        for key in sort.keys().iter().rev() {
            if key.by == By::Urgency {
                rows = ordered(&rows, &self.classes(By::Field(Field::Title)), false);
            }
            rows = ordered(&rows, &self.classes(key.by), key.is_descending);
        }
        let order = Arc::new(Order {
            rows,
            ranks: OnceLock::new(),
        });
        self.cache.borrow_mut().keep_order(sort, now, &order);
        Some(order)
    }

    /// Of these rows, those without a value of the first key.
    pub(crate) fn n_unsorted(&self, sort: &Sort, passing: &Bits) -> usize {
        let Some(first) = sort.keys().first() else { return 0 };
        let valued = match first.by {
            By::Field(field) => passing.count_and(&self.present(field)),
            By::Urgency => {
                let urgency = self.classes(By::Urgency);
                passing
                    .rows()
                    .filter(|row| urgency.get(*row).is_some_and(|class| *class != BLANK))
                    .count()
            }
        };
        passing.count() - valued
    }

    fn loading_order(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self
            .roster
            .live
            .rows()
            .filter_map(|row| u32::try_from(row).ok())
            .collect();
        let place = |row: &u32| self.roster.place.get(*row as usize).copied().unwrap_or(*row);
        if !self.roster.place.is_empty() {
            rows.sort_by_key(place);
        }
        rows
    }

    fn classes(&self, by: By) -> Arc<Vec<u32>> {
        let field = match by {
            By::Field(Field::Health) => return Arc::new(self.words_in_order(Field::Health)),
            By::Field(field) => field,
            By::Urgency => return Arc::new(self.urgency()),
        };
        if let Some(known) = self.cache.borrow().classes(field) {
            return known;
        }
        let classes = Arc::new(self.new_classes(field));
        self.cache.borrow_mut().keep_classes(field, &classes);
        classes
    }

    fn new_classes(&self, field: Field) -> Vec<u32> {
        let n_rows = self.n_rows();
        let of_each =
            |class: &dyn Fn(usize) -> Option<u32>| (0..n_rows).map(|row| class(row).unwrap_or(BLANK)).collect();
        match self.columns().of(field) {
            _ if self.derived(field).is_some() => self.words_in_order(field),
            Some(Column::Text(texts)) => text_classes(texts, n_rows),
            Some(Column::Word(words)) => {
                let mut keys = Keys::default();
                for (place, word) in (0..).zip(words.dictionary().texts()) {
                    keys.push(place, &fold(word));
                }
                let class_of = collated(keys, words.dictionary().len());
                of_each(&|row| class_of.get(words.get(row)? as usize).copied())
            }
            // Sets have no order of their own; how many words there are is what people look for.
            Some(Column::Tags(tags)) => {
                let n_words = |row: usize| {
                    (0_u32..)
                        .take(tags.dictionary().len())
                        .filter(|word| tags.has(row, *word))
                        .count()
                };
                of_each(&|row| u32::try_from(n_words(row)).ok().filter(|n_words| *n_words > 0))
            }
            Some(Column::Flag(flags)) => of_each(&|row| flags.get(row).map(u32::from)),
            Some(Column::Number(numbers)) => {
                let valued = (0..n_rows).filter_map(|row| Some((numbers.get(row)?, row))).collect();
                let mut classes = vec![BLANK; n_rows];
                classes_of(valued, f64::total_cmp, &mut classes);
                classes
            }
            None => vec![BLANK; n_rows],
        }
    }

    /// Classes in the order of the words, which is worst first for health.
    fn words_in_order(&self, field: Field) -> Vec<u32> {
        let mut classes = vec![BLANK; self.n_rows()];
        for (class, (_, rows)) in (0_u32..).zip(self.derived(field).unwrap_or_default()) {
            for row in rows.rows() {
                let _ = classes.get_mut(row).map(|slot| *slot = class.min(*slot));
            }
        }
        classes
    }
}

/// Gives every place the class of its value.
pub(super) fn classes_of<T>(mut valued: Vec<(T, usize)>, compare: impl Fn(&T, &T) -> Ordering, classes: &mut [u32]) {
    valued.sort_unstable_by(|(a, _), (b, _)| compare(a, b));
    let mut class = 0;
    let mut before: Option<&T> = None;
    for (value, place) in &valued {
        class += u32::from(before.is_some_and(|before| compare(before, value).is_ne()));
        let _ = classes.get_mut(*place).map(|slot| *slot = class);
        before = Some(value);
    }
}

fn text_classes(texts: &Texts, n_rows: usize) -> Vec<u32> {
    let mut keys = Keys::default();
    for (row, place) in (0..n_rows).zip(0..) {
        if let Some(text) = texts.get(row).and_then(|text| std::str::from_utf8(text).ok()) {
            keys.push(place, text);
        }
    }
    collated(keys, n_rows)
}

/// Gives every place the class of its text.
fn collated(keys: Keys, n_places: usize) -> Vec<u32> {
    let mut classes = vec![BLANK; n_places];
    let (mut class, mut is_first) = (0, true);
    keys.in_order(|place, is_equal| {
        class += u32::from(!is_equal && !is_first);
        is_first = false;
        if let Some(slot) = classes.get_mut(place as usize) {
            *slot = class;
        }
    });
    classes
}

/// The rows by class, those of one class in the order in which they stood.
fn ordered(rows: &[u32], classes: &[u32], is_descending: bool) -> Vec<u32> {
    let class = |row: u32| classes.get(row as usize).copied().unwrap_or(BLANK);
    let n_classes = rows
        .iter()
        .map(|row| class(*row))
        .filter(|class| *class != BLANK)
        .max()
        .map_or(0, |last| last as usize + 1);
    let bucket = |row: u32| match class(row) as usize {
        class if class >= n_classes => n_classes,
        class if is_descending => n_classes - 1 - class,
        class => class,
    };
    let mut starts = vec![0_u32; n_classes + 2];
    for row in rows {
        let _ = starts.get_mut(bucket(*row) + 1).map(|count| *count += 1);
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut out = vec![0; rows.len()];
    for row in rows {
        let Some(next) = starts.get_mut(bucket(*row)) else {
            continue;
        };
        let _ = out.get_mut(*next as usize).map(|slot| *slot = *row);
        *next += 1;
    }
    out
}
