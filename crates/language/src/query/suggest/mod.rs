//! What could stand at the cursor: keys, values with their counts, ranges worth asking for, corrected words.

use std::cmp::Reverse;
use std::ops::Range;

use roster_core::order::sort_by;

use crate::catalog::{Field, Kind};
use crate::fold::fold;
use crate::query::filter::{Filter, Match, Nothing, Term, Test};
use crate::query::lexer::{self, Piece, Word};
use crate::query::parser::{canonical, parse};
use crate::query::printer;
use crate::query::vocabulary::Vocabulary;

/// A completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to put in the place of [`replace`](Self::replace).
    pub text: String,
    /// Number of profiles that would be left, under the other conditions of the text; `None` if nobody counts.
    pub count: Option<u64>,
    /// The part of the text to replace, in bytes.
    pub replace: Range<usize>,
}

/// At most `limit` completions of the word at `cursor` (in bytes), the best first. What would leave nothing is not
/// offered.
pub fn suggest(text: &str, cursor: usize, limit: usize, vocabulary: &dyn Vocabulary) -> Vec<Suggestion> {
    let cursor = (0..=cursor.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default();
    let word = lexer::words(text)
        .into_iter()
        .find(|word| (word.span.start..=word.span.end).contains(&cursor));
    let Some(word) = word else {
        let at = Place {
            text,
            cursor,
            is_negated: false,
            under: parse(text, &()).filter,
            vocabulary,
        };
        return best(at.keys("", &(cursor..cursor)), limit);
    };
    let others = [text.get(..word.span.start), text.get(word.span.end..)]
        .map(Option::unwrap_or_default)
        .join(" ");
    let under = parse(&others, &()).filter;
    let at = Place {
        text,
        cursor,
        is_negated: word.is_negated,
        under,
        vocabulary,
    };
    best(at.word(&word), limit)
}

/// Earlier ranks first, then what most profiles have, then as found.
fn best(mut offers: Vec<Offer>, limit: usize) -> Vec<Suggestion> {
    offers.retain(|offer| offer.suggestion.count != Some(0));
    let place = |offer: &Offer| (offer.rank, Reverse(offer.suggestion.count));
    sort_by(&mut offers, |a, b| place(a).cmp(&place(b)));
    offers.into_iter().map(|offer| offer.suggestion).take(limit).collect()
}

/// A suggestion before it is known whether there is room for it.
struct Offer {
    rank: Rank,
    suggestion: Suggestion,
}

/// Why something is offered, the strongest reason first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Begins,
    Alias,
    Value,
    Contains,
    Blank,
    Near,
}

/// Where the cursor is, and what else is asked.
struct Place<'a> {
    text: &'a str,
    cursor: usize,
    is_negated: bool,
    under: Filter,
    vocabulary: &'a dyn Vocabulary,
}

impl Place<'_> {
    fn word(&self, word: &Word) -> Vec<Offer> {
        let start = word.span.start + usize::from(word.is_negated);
        let Some(key) = word.key.as_ref().filter(|key| self.cursor > key.end) else {
            let end = word.key.as_ref().map_or(word.span.end, |key| key.end + 1);
            return self.lone(&(start..end));
        };
        let is_here = |piece: &&Piece| piece.span.start <= self.cursor && self.cursor <= piece.span.end;
        let Some(piece) = word.values.iter().find(is_here) else {
            return Vec::new();
        };
        let key = self.text.get(key.clone()).unwrap_or_default();
        match (key.to_ascii_lowercase().as_str(), Field::named(key)) {
            ("has", _) => self.fields(piece, |field| Test::Has(vec![field])),
            ("no", _) => self.fields(piece, |field| Test::No(vec![field])),
            (_, Some(field)) => self.values(field, word, piece),
            (_, None) => Vec::new(),
        }
    }

    /// What was typed of a part, up to the cursor and without an opening quote.
    fn typed(&self, span: &Range<usize>) -> String {
        let typed = self
            .text
            .get(span.start..self.cursor.clamp(span.start, span.end))
            .unwrap_or_default();
        fold(
            typed
                .trim_start_matches(|c| lexer::is_quote(c) || c == '~')
                .trim_end_matches(':'),
        )
    }

    fn offer(&self, rank: Rank, text: String, replace: &Range<usize>, asked: Test) -> Offer {
        let count = self.count(asked);
        Offer {
            rank,
            suggestion: Suggestion {
                text,
                count,
                replace: replace.clone(),
            },
        }
    }

    fn count(&self, test: Test) -> Option<u64> {
        let mut filter = self.under.clone();
        filter.terms.push(Term {
            is_negated: self.is_negated,
            test,
        });
        self.vocabulary.count(&filter)
    }

    /// Keys that begin so, values of any field that begin so, and words that are nearly so.
    fn lone(&self, replace: &Range<usize>) -> Vec<Offer> {
        let typed = self.typed(replace);
        let mut offers = self.keys(&typed, replace);
        // One letter begins too many values to be a question about one of them.
        if typed.chars().count() > 1 {
            for field in Field::ALL
                .iter()
                .filter(|field| field.kind().is_facet() && field.kind() != Kind::Flag)
            {
                offers.extend(self.known_values(*field, &typed, replace, None));
            }
        }
        let has_any = offers.iter().any(|offer| offer.suggestion.count != Some(0));
        if !has_any {
            let near = self.vocabulary.near(&typed).into_iter();
            let offer = |word: String| {
                let test = Test::Anywhere(word);
                self.offer(Rank::Near, test.to_string(), replace, test)
            };
            offers.extend(near.map(offer));
        }
        offers
    }

    fn keys(&self, typed: &str, replace: &Range<usize>) -> Vec<Offer> {
        let offer = |field: &Field| {
            let rank = key_rank(*field, typed)?;
            Some(self.offer(rank, format!("{}:", field.key()), replace, Test::Has(vec![*field])))
        };
        Field::ALL.iter().filter_map(offer).collect()
    }

    fn fields(&self, piece: &Piece, test: impl Fn(Field) -> Test) -> Vec<Offer> {
        let typed = self.typed(&piece.span);
        let offer = |field: &Field| {
            let rank = key_rank(*field, &typed)?;
            Some(self.offer(rank, field.key().to_owned(), &piece.span, test(*field)))
        };
        Field::ALL.iter().filter_map(offer).collect()
    }

    fn values(&self, field: Field, word: &Word, piece: &Piece) -> Vec<Offer> {
        let typed = self.typed(&piece.span);
        let mut offers = if field.kind().is_facet() && field.kind() != Kind::Flag {
            self.known_values(field, &typed, &piece.span, Some(word))
        } else if matches!(field.kind(), Kind::Text | Kind::Id) {
            self.texts(field, &typed, &piece.span)
        } else {
            self.samples(field, &typed, &piece.span)
        };
        for why in Nothing::ALL.into_iter().filter(|why| why.word().starts_with(&typed)) {
            let test = Test::Field(field, vec![Match::Nothing(why)]);
            offers.push(self.offer(Rank::Blank, why.word().to_owned(), &piece.span, test));
        }
        offers
    }

    /// The values of a facet that are not asked for yet. Each is a whole condition where no key was typed.
    fn known_values(&self, field: Field, typed: &str, replace: &Range<usize>, keyed: Option<&Word>) -> Vec<Offer> {
        let all = self.vocabulary.count(&self.under);
        let pieces = keyed.map(|word| word.values.as_slice()).unwrap_or_default();
        let others = pieces.iter().filter(|piece| piece.span != *replace);
        let mut seen: Vec<String> = others.map(|piece| canonical(field, &piece.text)).collect();
        let mut offers = Vec::new();
        let mut push = |value: &str, count: Option<u64>| {
            let same = canonical(field, value);
            if let Some(rank) = value_rank(value, typed, keyed.is_some()).filter(|_| !seen.contains(&same)) {
                let value = printer::value(field, &Match::Is(value.to_owned()));
                let text = if keyed.is_some() {
                    value
                } else {
                    format!("{}:{value}", field.key())
                };
                let count = if self.is_negated {
                    all.zip(count).map(|(all, count)| all - count.min(all))
                } else {
                    count
                };
                offers.push(Offer {
                    rank,
                    suggestion: Suggestion {
                        text,
                        count,
                        replace: replace.clone(),
                    },
                });
                seen.push(same);
            }
        };
        self.vocabulary
            .tally(field, &self.under, &mut |value, count| push(value, Some(count)));
        // Without profiles the catalogue's own words are still worth knowing.
        if all.is_none() {
            field.info().words.iter().for_each(|word| push(word, None));
        }
        offers
    }

    /// Whole texts that begin so; nothing begins one of all of them.
    fn texts(&self, field: Field, typed: &str, replace: &Range<usize>) -> Vec<Offer> {
        if typed.is_empty() {
            return Vec::new();
        }
        let found = self.vocabulary.beginning(field, typed, &self.under).into_iter();
        let offer = |text: String| {
            let asked = Match::Is(text);
            let text = printer::value(field, &asked);
            self.offer(Rank::Begins, text, replace, Test::Field(field, vec![asked]))
        };
        found.map(offer).collect()
    }

    fn samples(&self, field: Field, typed: &str, replace: &Range<usize>) -> Vec<Offer> {
        let samples: &[&str] = match field.kind() {
            Kind::Flag => &["yes", "no"],
            Kind::Number => &[">0", ">1k", ">10k", ">100k", ">1m", "<10", "<1k"],
            Kind::Percent => &[">=100%", ">=80%", ">50%", "<50%"],
            Kind::Past => &["<1d", "<7d", "<30d", ">30d", ">90d", ">1y"],
            Kind::Future => &["<0d", "0d..7d", "0d..14d", "0d..30d", ">30d"],
            _ => &[],
        };
        let begins = samples.iter().filter(|sample| sample.starts_with(typed));
        let offer = |sample: &&str| {
            let filter = Filter::parse(&format!("{}:{sample}", field.key()));
            let test = filter.terms.into_iter().next()?.test;
            Some(self.offer(Rank::Begins, (*sample).to_owned(), replace, test))
        };
        begins.filter_map(offer).collect()
    }
}

fn key_rank(field: Field, typed: &str) -> Option<Rank> {
    let info = field.info();
    let is_alias = || info.aliases.iter().any(|alias| alias.starts_with(typed)) || fold(info.title).starts_with(typed);
    if info.key.starts_with(typed) {
        return Some(Rank::Begins);
    }
    is_alias().then_some(Rank::Alias)
}

fn value_rank(value: &str, typed: &str, is_keyed: bool) -> Option<Rank> {
    match (fold(value).find(typed)?, is_keyed) {
        (0, true) => Some(Rank::Begins),
        (0, false) => Some(Rank::Value),
        (_, true) => Some(Rank::Contains),
        (_, false) => None,
    }
}

#[cfg(test)]
mod tests;
