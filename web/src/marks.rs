//! The words of a query, marked where they stand in a text.

use std::ops::Range;

use roster_index::{Filter, Match, Test, fold, locate};
use yew::{Html, html};

use crate::shared::Shared;

/// The words of a query that are looked for in texts, folded.
#[derive(Clone, Debug, Default)]
pub struct Needles(Shared<Vec<String>>);

/// By what they are: a filter on other fields looks for the same words.
impl PartialEq for Needles {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl Needles {
    /// The words that a filter looks for.
    pub fn of(filter: &Filter) -> Self {
        let wanted = filter.terms.iter().filter(|term| !term.is_negated);
        let wanted = wanted.filter(|term| looks_into_texts(&term.test));
        let words = wanted.flat_map(|term| match &term.test {
            Test::Anywhere(word) => vec![fold(word)],
            Test::Field(_, matches) => matches.iter().filter_map(word).collect(),
            Test::Has(_) | Test::No(_) => Vec::new(),
        });
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        Self(words.into())
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where the words stand in a text, in bytes, from the left and without overlaps.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = self.0.iter().flat_map(|needle| locate(text, needle)).collect();
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut end = 0;
        places.retain(|place| {
            let is_free = place.start >= end;
            end = end.max(place.end);
            is_free
        });
        places
    }

    /// Whether any word stands in a text.
    pub fn are_in(&self, text: &str) -> bool {
        self.0.iter().any(|needle| !locate(text, needle).is_empty())
    }

    /// The text with the words marked.
    pub fn mark(&self, text: &str) -> Html {
        let places = self.places(text);
        let parts = if places.is_empty() {
            text.to_owned().into()
        } else {
            cut(text, places)
        };
        html! { <bdi>{ parts }</bdi> }
    }

    /// The same without an element around it, and with a mark in any case, which is empty where no word stands: in a place
    /// that gets another text with every letter, that costs less than a mark that comes and goes.
    pub fn mark_in_place(&self, text: &str) -> Html {
        let places = self.places(text);
        cut(
            text,
            if places.is_empty() {
                vec![Range::default()]
            } else {
                places
            },
        )
    }
}

/// A text with marks at some places.
fn cut(text: &str, places: Vec<Range<usize>>) -> Html {
    let mut parts: Vec<Html> = Vec::with_capacity(2 * places.len() + 1);
    let mut at = 0;
    for place in places {
        parts.push(text.get(at..place.start).unwrap_or_default().to_owned().into());
        let found = text.get(place.clone()).unwrap_or_default().to_owned();
        parts.push(html! { <mark>{ found }</mark> });
        at = place.end;
    }
    parts.push(text.get(at..).unwrap_or_default().to_owned().into());
    html! { { for parts } }
}

/// Whether a condition looks for words in texts, and does not choose one value of few.
pub(crate) fn looks_into_texts(test: &Test) -> bool {
    match test {
        Test::Anywhere(_) => true,
        Test::Field(field, _) => !field.kind().is_facet(),
        Test::Has(_) | Test::No(_) => false,
    }
}

fn word(one: &Match) -> Option<String> {
    match one {
        Match::Contains(word) | Match::Is(word) => Some(fold(word)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_of_other_filters_are_the_same_so_that_nothing_is_drawn_again_for_them() {
        let needles = |query: &str| Needles::of(&Filter::parse(query));
        assert_eq!(needles("café -x"), needles("cafe platform:"));
        assert_ne!(needles("cafe"), needles("caf"));
    }

    #[test]
    fn a_value_that_was_chosen_of_few_is_no_word_that_is_looked_for() {
        let needles = Needles::of(&Filter::parse("platform:facebook country:US title:us"));
        assert_eq!(needles, Needles::of(&Filter::parse("us")));
    }

    #[test]
    fn words_are_found_whatever_their_case_and_accents_and_never_twice() {
        let needles = Needles::of(&Filter::parse("jose title:se -maria"));
        assert_eq!(needles.places("José María"), vec![Range { start: 0, end: 5 }]);
        assert!(!needles.are_in("María") && needles.are_in("a JOSÉ"));
        assert!(Needles::of(&Filter::parse("has:email >10")).places("x").is_empty());
    }
}
