//! "Did you mean": a search that finds nothing, with its typing errors undone.

use crate::fold::fold;
use crate::query::filter::{Filter, Term, Test};
use crate::query::vocabulary::Vocabulary;

/// The filter with misspelt words corrected, if it leaves nothing as it is and something so.
pub fn did_you_mean(filter: &Filter, vocabulary: &dyn Vocabulary) -> Option<Filter> {
    if vocabulary.count(filter) != Some(0) {
        return None;
    }
    let mut corrected = filter.clone();
    for term in corrected.terms.iter_mut().filter(|term| !term.is_negated) {
        let alone = Filter {
            terms: vec![term.clone()],
        };
        if let Test::Anywhere(text) = &mut term.test
            && vocabulary.count(&alone) == Some(0)
        {
            *text = corrected_text(text, vocabulary)?;
        }
    }
    (corrected != *filter && vocabulary.count(&corrected) > Some(0)).then_some(corrected)
}

/// Each word as it is where it occurs, else the nearest one that does.
fn corrected_text(text: &str, vocabulary: &dyn Vocabulary) -> Option<String> {
    let is_found = |word: &str| {
        let terms = vec![Term::wanted(Test::Anywhere(word.to_owned()))];
        vocabulary.count(&Filter { terms }) > Some(0)
    };
    let corrected = |word: &str| {
        let near = || vocabulary.near(&fold(word)).into_iter().find(|near| is_found(near));
        if is_found(word) { Some(word.to_owned()) } else { near() }
    };
    let words: Option<Vec<String>> = text.split_whitespace().map(corrected).collect();
    words.map(|words| words.join(" "))
}
