//! An answer in two blocks, numbers and words.

use roster_index::{Facet, View};

/// An answer, ready to be read by somebody who knows only numbers and bytes.
///
/// The numbers are: how many bytes of words there are, the total, how many rows, the rows, how many facets, and of each
/// facet how many values, their counts, and the profiles without a value (not set, not in this API, not loaded). The
/// words are the facets' values, each with a line end.
#[derive(Debug, Default)]
pub struct Answer {
    /// The numbers.
    pub numbers: Vec<u32>,
    /// The words.
    pub words: String,
}

impl Answer {
    /// Takes the place of the answer before.
    pub fn fill(&mut self, view: &View) {
        self.words.clear();
        for value in view.facets.iter().flat_map(|facet| &facet.values) {
            self.words.push_str(&value.value);
            self.words.push('\n');
        }
        self.numbers.clear();
        for number in [self.words.len(), view.total, view.rows.len()] {
            self.put(number);
        }
        self.numbers.extend_from_slice(&view.rows);
        self.put(view.facets.len());
        view.facets.iter().for_each(|facet| self.facet(facet));
    }

    fn facet(&mut self, facet: &Facet) {
        self.put(facet.values.len());
        facet.values.iter().for_each(|value| self.put(value.n_rows));
        for number in [facet.n_not_set, facet.n_not_in_api, facet.n_not_loaded] {
            self.put(number);
        }
    }

    /// WebAssembly has no number that does not fit.
    fn put(&mut self, number: usize) {
        self.numbers.push(u32::try_from(number).unwrap_or(u32::MAX));
    }
}

#[cfg(test)]
mod tests {
    use roster_index::{FacetValue, Field};

    use super::*;

    #[test]
    fn an_answer_takes_the_place_of_the_one_before() {
        let value = |value: &str, n_rows| FacetValue {
            value: value.to_owned(),
            n_rows,
            is_selected: false,
        };
        let facet = Facet {
            field: Field::Status,
            values: vec![value("active", 5), value("é", 2)],
            n_not_set: 3,
            n_not_in_api: 4,
            n_not_loaded: 6,
        };
        let view = View {
            total: 10,
            rows: vec![7, 8],
            facets: vec![facet],
            n_unsorted: 0,
        };
        let mut answer = Answer {
            numbers: vec![1],
            words: "of before".to_owned(),
        };
        answer.fill(&view);
        assert_eq!(answer.numbers, [10, 10, 2, 7, 8, 1, 2, 5, 2, 3, 4, 6]);
        assert_eq!(answer.words, "active\né\n");
    }
}
