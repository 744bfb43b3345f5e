//! Where each value stands among the others. The more profiles have it, the further up, counted over everything that is
//! loaded: what is asked for changes the counts, and no value moves away from under a pointer or a reader's eye.

use std::collections::BTreeMap;

use roster_index::Facet;

use super::value::Entry;

/// The places of a field's values, by their words.
#[derive(Default)]
pub(super) struct Places(BTreeMap<String, usize>);

impl Places {
    /// Takes in the counts, the largest first. Those of everything that is loaded say the places anew; of others only the
    /// values that were not there before take a place, behind those that were.
    pub(super) fn learn(&mut self, facet: &Facet, is_of_all: bool) {
        if is_of_all {
            self.0.clear();
        }
        for one in &facet.values {
            if !self.0.contains_key(&one.value) {
                self.0.insert(one.value.clone(), self.0.len());
            }
        }
    }

    /// Puts values into their places. The kinds of nothing stand last, as they stood.
    pub(super) fn sort(&self, entries: &mut [Entry]) {
        let place = |entry: &Entry| {
            let place = self.0.get(&entry.word).filter(|_| !entry.is_nothing());
            place.copied().unwrap_or(usize::MAX)
        };
        entries.sort_by_key(place);
    }
}

#[cfg(test)]
mod tests {
    use roster_index::{FacetValue, Field, Match};

    use super::*;

    fn facet(values: &[(&str, usize)]) -> Facet {
        let one = |(value, n_rows): &(&str, usize)| FacetValue {
            value: (*value).to_owned(),
            n_rows: *n_rows,
            is_selected: false,
        };
        Facet {
            field: Field::Status,
            values: values.iter().map(one).collect(),
            n_not_set: 0,
            n_not_loaded: 0,
            n_not_in_api: 0,
        }
    }

    fn sorted(places: &Places, words: &[&str]) -> Vec<String> {
        let entry = |word: &&str| Entry {
            word: (*word).to_owned(),
            title: String::new(),
            n_rows: 0,
            value: Match::Is((*word).to_owned()),
            is_chosen: false,
            is_excluded: false,
        };
        let mut entries: Vec<Entry> = words.iter().map(entry).collect();
        places.sort(&mut entries);
        entries.into_iter().map(|entry| entry.word).collect()
    }

    #[test]
    fn values_keep_their_places_whatever_is_asked_and_new_ones_stand_behind_them() {
        let mut places = Places::default();
        places.learn(&facet(&[("a", 9), ("b", 5)]), true);
        places.learn(&facet(&[("c", 7), ("b", 4), ("a", 1)]), false);
        assert_eq!(sorted(&places, &["c", "b", "a"]), ["a", "b", "c"]);
    }

    #[test]
    fn the_counts_of_everything_loaded_say_the_places_anew() {
        let mut places = Places::default();
        places.learn(&facet(&[("a", 9), ("b", 5)]), true);
        places.learn(&facet(&[("b", 12), ("a", 9)]), true);
        assert_eq!(sorted(&places, &["a", "b"]), ["b", "a"]);
    }
}
