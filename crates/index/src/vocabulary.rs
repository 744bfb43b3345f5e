//! What hints and suggestions ask of the roster.

use roster_core::UnixMs;

use crate::catalog::Field;
use crate::column::Texts;
use crate::eval::Facts;
use crate::query::{Filter, Match, Term, Test, Vocabulary};
use crate::roster::Roster;
use roster_language::fold;

/// Most texts that are offered for a beginning, and most profiles that are read for them.
const MAX_TEXTS: usize = 8;
const MAX_LOOKED_AT: usize = 400;

/// Most corrections that are offered for a word.
const MAX_NEAR: usize = 5;

/// The words of a roster at an instant.
#[derive(Clone, Copy)]
pub struct Spoken<'a> {
    facts: Facts<'a>,
}

impl Roster {
    /// The words that occur, and how many profiles they leave, for [`parse`](crate::parse) and
    /// [`suggest`](crate::suggest).
    pub fn vocabulary(&self, now: UnixMs) -> Spoken<'_> {
        Spoken {
            facts: Facts::new(self, now),
        }
    }
}

impl Vocabulary for Spoken<'_> {
    fn words(&self, field: Field, take: &mut dyn FnMut(&str)) {
        self.tally(field, &Filter::default(), &mut |word, _| take(word));
    }

    fn tally(&self, field: Field, under: &Filter, take: &mut dyn FnMut(&str, u64)) {
        let passing = self.facts.passing(under, |_| false);
        for (word, n_rows) in self.facts.counts(field, &passing) {
            if n_rows > 0 {
                take(&word, n_rows as u64);
            }
        }
    }

    fn count(&self, filter: &Filter) -> Option<u64> {
        Some(self.facts.passing(filter, |_| false).count() as u64)
    }

    fn beginning(&self, field: Field, folded: &str, under: &Filter) -> Vec<String> {
        let part = Test::Field(field, vec![Match::Contains(folded.to_owned())]);
        let mut filter = under.clone();
        filter.terms.push(Term {
            is_negated: false,
            test: part,
        });
        let mut found: Vec<String> = Vec::new();
        for row in self.facts.passing(&filter, |_| false).rows().take(MAX_LOOKED_AT) {
            let texts = self.facts.texts_of(row, field).into_iter();
            for text in texts.filter(|text| fold(text).starts_with(folded)) {
                if let Err(place) = found.binary_search(&text) {
                    found.insert(place, text);
                }
            }
            if found.len() >= MAX_TEXTS {
                break;
            }
        }
        found
    }

    fn near(&self, word: &str) -> Vec<String> {
        let mut dictionary = self.facts.take_tokens();
        let columns: Vec<&Texts> = self.facts.word_texts().collect();
        dictionary.catch_up(self.facts.live(), |row, take| {
            let texts = columns.iter().filter_map(|texts| texts.get(row));
            texts.filter_map(|text| std::str::from_utf8(text).ok()).for_each(take);
        });
        let near = dictionary.near(word, MAX_NEAR);
        self.facts.keep_tokens(dictionary);
        near
    }
}
