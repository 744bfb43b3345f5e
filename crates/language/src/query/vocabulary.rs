//! What the language asks of the index: which values occur, and how many profiles a filter leaves.

use crate::catalog::Field;
use crate::query::filter::Filter;

/// The loaded profiles, as far as hints and suggestions need them. `()` is a vocabulary without any profile.
pub trait Vocabulary {
    /// Calls with every value of a facet field that occurs, in any order.
    fn words(&self, field: Field, take: &mut dyn FnMut(&str));

    /// Calls with every value of a facet field that occurs, and the number of profiles that pass the filter and have
    /// it.
    fn tally(&self, field: Field, under: &Filter, take: &mut dyn FnMut(&str, u64));

    /// Number of profiles that pass; `None` if nobody counts.
    fn count(&self, filter: &Filter) -> Option<u64>;

    /// Some texts or ids of a field, as sent, that begin so when they are folded, of profiles that pass the filter.
    fn beginning(&self, _field: Field, _folded: &str, _under: &Filter) -> Vec<String> {
        Vec::new()
    }

    /// Folded words of the searched texts that are within the forgiven typing errors of this folded word, the best
    /// first.
    fn near(&self, word: &str) -> Vec<String>;
}

impl Vocabulary for () {
    fn words(&self, _field: Field, _take: &mut dyn FnMut(&str)) {}

    fn tally(&self, _field: Field, _under: &Filter, _take: &mut dyn FnMut(&str, u64)) {}

    fn count(&self, _filter: &Filter) -> Option<u64> {
        None
    }

    fn near(&self, _word: &str) -> Vec<String> {
        Vec::new()
    }
}
