//! Counts of every value under the other active conditions, so that a second value of the same field can be judged
//! before it is chosen.

use roster_core::order::sort_by;

use crate::catalog::Field;
use crate::column::{Bits, Column};
use crate::eval::Facts;
use crate::query::{Filter, Match, Nothing, Term, Test, canonical};

/// The values of one field, and who was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// Values that occur or are selected, the most frequent first, equal ones by their text.
    pub values: Vec<FacetValue>,
    /// Profiles whose API has the field, without a value.
    pub n_not_set: usize,
    /// Profiles whose API has no such field.
    pub n_not_in_api: usize,
    /// Profiles for which it was not asked yet.
    pub n_not_loaded: usize,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As it is asked for; `yes` and `no` for flags.
    pub value: String,
    /// Profiles that have it and pass all conditions on other fields.
    pub n_rows: usize,
    /// Whether a condition asks for it. Selected values are there even with no profile.
    pub is_selected: bool,
}

impl Facts<'_> {
    /// The facet of a field; `all` are the rows that pass the whole filter.
    pub(crate) fn facet(&self, field: Field, filter: &Filter, all: &Bits) -> Facet {
        let is_own = |term: &Term| term.field() == Some(field);
        let has_own = filter.terms.iter().any(is_own);
        let others = has_own.then(|| self.passing(filter, is_own));
        let base = others.as_ref().unwrap_or(all);
        let nothing = |why: Nothing| self.nothing(field, why).count_and(base);
        Facet {
            field,
            values: values(field, self.counts(field, base), selected(field, filter)),
            n_not_set: nothing(Nothing::NotSet),
            n_not_in_api: nothing(Nothing::NotInApi),
            n_not_loaded: nothing(Nothing::NotLoaded),
        }
    }

    /// The facet of a field among exactly these rows.
    pub(crate) fn breakdown(&self, field: Field, rows: &Bits) -> Facet {
        self.facet(field, &Filter::default(), rows)
    }

    /// Every value of the field, with the number of rows of `base` that have it.
    pub(crate) fn counts(&self, field: Field, base: &Bits) -> Vec<(String, usize)> {
        if let Some(derived) = self.derived(field) {
            return derived
                .iter()
                .map(|(word, rows)| ((*word).to_owned(), rows.count_and(base)))
                .collect();
        }
        match self.columns().of(field) {
            Some(Column::Word(words)) => {
                let texts = words.dictionary().texts().map(str::to_owned);
                texts.zip(words.count_among(base)).collect()
            }
            Some(Column::Tags(tags)) => {
                let numbered = (0_u32..).zip(tags.dictionary().texts());
                numbered
                    .map(|(number, text)| (text.to_owned(), tags.count_among(number, base)))
                    .collect()
            }
            Some(Column::Flag(flags)) => {
                let count = |is_yes: bool| (word(is_yes).to_owned(), flags.rows(is_yes).count_and(base));
                vec![count(true), count(false)]
            }
            _ => Vec::new(),
        }
    }
}

fn values(field: Field, counts: Vec<(String, usize)>, mut selected: Vec<Selected>) -> Vec<FacetValue> {
    let mut values = Vec::new();
    for (value, n_rows) in counts {
        let n_selected = selected.len();
        if n_selected > 0 {
            let form = canonical(field, &value);
            selected.retain(|selected| selected.form != form);
        }
        let is_selected = selected.len() < n_selected;
        if n_rows > 0 || is_selected {
            values.push(FacetValue {
                value,
                n_rows,
                is_selected,
            });
        }
    }
    values.extend(selected.into_iter().map(|selected| FacetValue {
        value: selected.value,
        n_rows: 0,
        is_selected: true,
    }));
    sort_by(&mut values, |a, b| {
        b.n_rows.cmp(&a.n_rows).then_with(|| a.value.cmp(&b.value))
    });
    values
}

/// A value that a condition asks for.
struct Selected {
    /// As it is asked for.
    value: String,
    /// Under which it is compared.
    form: String,
}

/// The values that conditions on this field ask for, each once.
fn selected(field: Field, filter: &Filter) -> Vec<Selected> {
    let mut all: Vec<Selected> = Vec::new();
    for term in filter.terms.iter().filter(|term| !term.is_negated) {
        let Test::Field(own, matches) = &term.test else {
            continue;
        };
        for one in matches.iter().filter(|_| *own == field) {
            let value = match one {
                Match::Is(text) => text.clone(),
                Match::Flag(is_yes) => word(*is_yes).to_owned(),
                _ => continue,
            };
            let form = canonical(field, &value);
            if !all.iter().any(|known| known.form == form) {
                all.push(Selected { value, form });
            }
        }
    }
    all
}

const fn word(is_yes: bool) -> &'static str {
    if is_yes { "yes" } else { "no" }
}
