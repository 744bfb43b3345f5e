//! From text to a filter. Total: every text is some filter, and what is not understood becomes plain text with a hint.

use std::ops;

use crate::catalog::Field;
use crate::fold::fold;
use crate::fuzzy;
use crate::query::filter::{Filter, Match, Term, Test};
use crate::query::hint::{Hint, HintKind};
use crate::query::lexer::{self, Piece, Word};
use crate::query::printer::{self, is_uuid};
use crate::query::value::{one, swapped};
use crate::query::vocabulary::Vocabulary;

/// A text, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What it asks for.
    pub filter: Filter,
    /// How each part of it was understood, from the left.
    pub terms: Vec<QueryTerm>,
}

/// How one part of a text was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryTerm {
    /// Where it stands, in bytes of the text.
    pub span: ops::Range<usize>,
    /// The key it was understood by: a field's, `has` or `no`; `None` for plain text.
    pub key: Option<&'static str>,
    /// Whether its opposite is asked for.
    pub is_negated: bool,
    /// A remark, where there is one.
    pub hint: Option<Hint>,
    /// Its place in the filter's terms; `None` while its value is missing.
    pub term: Option<usize>,
}

impl Filter {
    /// Reads a text, without remarks that need the loaded profiles.
    pub fn parse(text: &str) -> Self {
        parse(text, &()).filter
    }
}

/// Reads a text.
pub fn parse(text: &str, vocabulary: &dyn Vocabulary) -> Parsed {
    let mut parsed = Parsed::default();
    for word in lexer::words(text) {
        let reader = Reader {
            text,
            word: &word,
            vocabulary,
        };
        let reading = reader.read();
        let term = reading.test.map(|test| {
            parsed.filter.terms.push(Term {
                is_negated: word.is_negated,
                test,
            });
            parsed.filter.terms.len() - 1
        });
        parsed.terms.push(QueryTerm {
            key: reading.key,
            is_negated: word.is_negated,
            hint: reading.hint.map(|(kind, replacement)| Hint { kind, replacement }),
            span: word.span,
            term,
        });
    }
    parsed
}

/// What a word was read as.
struct Reading {
    key: Option<&'static str>,
    test: Option<Test>,
    hint: Option<(HintKind, Option<String>)>,
}

struct Reader<'a> {
    text: &'a str,
    word: &'a Word,
    vocabulary: &'a dyn Vocabulary,
}

impl Reader<'_> {
    fn read(&self) -> Reading {
        let Some(key) = &self.word.key else {
            return self.plain(None);
        };
        let key = self.text.get(key.clone()).unwrap_or_default();
        if self.is_unfinished() {
            let Some(known) = known_key(key) else {
                return self.unknown_key(key);
            };
            return Reading {
                key: Some(known),
                test: None,
                hint: Some((HintKind::NoValue, None)),
            };
        }
        match (key.to_ascii_lowercase().as_str(), Field::named(key)) {
            ("has", _) => self.presence("has", Test::Has),
            ("no", _) => self.presence("no", Test::No),
            (_, Some(field)) => self.field(self.with_id(field)),
            (_, None) => self.unknown_key(key),
        }
    }

    fn is_unfinished(&self) -> bool {
        matches!(self.word.values.as_slice(), [only] if is_blank(only))
    }

    /// The values without those that are still to be typed.
    fn values(&self) -> impl Iterator<Item = &Piece> {
        self.word.values.iter().filter(|piece| !is_blank(piece))
    }

    fn plain(&self, hint: Option<(HintKind, Option<String>)>) -> Reading {
        let values: Vec<&str> = self.word.values.iter().map(|piece| piece.text.as_str()).collect();
        let key = self.word.key.clone().and_then(|key| self.text.get(key));
        let text = key.map_or_else(|| values.concat(), |key| format!("{key}:{}", values.join(",")));
        Reading {
            key: None,
            test: Some(Test::Anywhere(text)),
            hint,
        }
    }

    /// Addresses are full of colons, and nobody means a filter by them.
    fn unknown_key(&self, key: &str) -> Reading {
        let rest = self
            .word
            .key
            .as_ref()
            .and_then(|key| self.text.get(key.end + 1..self.word.span.end));
        let rest = rest.unwrap_or_default();
        if rest.starts_with("//") || key.eq_ignore_ascii_case("mailto") {
            return self.plain(None);
        }
        let keys = Field::ALL.iter().map(|field| field.key()).chain(["has", "no"]);
        let near = fuzzy::nearest(key, keys);
        self.plain(Some((
            HintKind::UnknownKey,
            near.map(|near| self.replacement(near, rest)),
        )))
    }

    fn replacement(&self, key: &str, values: &str) -> String {
        format!("{}{key}:{values}", if self.word.is_negated { "-" } else { "" })
    }

    fn presence(&self, key: &'static str, test: fn(Vec<Field>) -> Test) -> Reading {
        let words = || self.values().map(|piece| piece.text.as_str());
        let parts = Field::Background.info().words;
        let understood = |test| Reading {
            key: Some(key),
            test: Some(test),
            hint: None,
        };
        if let Some(fields) = words().map(Field::named).collect() {
            return understood(test(fields));
        }
        if key == "has" && words().all(|word| parts.contains(&word)) {
            let all = words().map(|word| Match::Is(word.to_owned())).collect();
            return understood(Test::Field(Field::Background, all));
        }
        let names = || Field::ALL.iter().map(|field| field.key());
        let near = |word: &str| {
            Field::named(word)
                .map(Field::key)
                .or_else(|| fuzzy::nearest(word, names()))
        };
        let nearest: Option<Vec<&str>> = words().map(near).collect();
        self.plain(Some((
            HintKind::UnknownKey,
            nearest.map(|names| self.replacement(key, &names.join(","))),
        )))
    }

    /// A pasted id is an id also where a name is expected.
    fn with_id(&self, field: Field) -> Field {
        let by_id = match field {
            Field::User => Field::UserId,
            Field::Platform => Field::PlatformId,
            other => other,
        };
        let is_id = |piece: &Piece| !piece.is_quoted && !piece.is_part && is_uuid(&piece.text);
        if self.values().count() > 0 && self.values().all(is_id) {
            by_id
        } else {
            field
        }
    }

    fn field(&self, field: Field) -> Reading {
        let matches: Result<Vec<Match>, HintKind> = self.values().map(|piece| one(field.kind(), piece)).collect();
        match matches {
            Ok(matches) => {
                let hint = self.surprise(field, &matches);
                Reading {
                    key: Some(field.key()),
                    test: Some(Test::Field(field, matches)),
                    hint,
                }
            }
            Err(kind) => self.plain(Some((kind, None))),
        }
    }

    /// What is understood and yet finds nothing.
    fn surprise(&self, field: Field, matches: &[Match]) -> Option<(HintKind, Option<String>)> {
        let replaced = |index: usize, other: &str| {
            let mut values: Vec<String> = matches.iter().map(|one| printer::value(field, one)).collect();
            if let Some(value) = values.get_mut(index) {
                other.clone_into(value);
            }
            self.replacement(field.key(), &values.join(","))
        };
        matches.iter().enumerate().find_map(|(index, one)| {
            if let Some(swapped) = swapped(one, field.kind()) {
                let other = printer::value(field, &swapped);
                return Some((HintKind::EmptyRange, Some(replaced(index, &other))));
            }
            match one {
                Match::Is(word) if field.kind().is_facet() && !self.occurs(field, word)? => {
                    let near = self
                        .near(field, word)
                        .map(|near| printer::value(field, &Match::Is(near)));
                    Some((HintKind::UnknownValue, near.map(|near| replaced(index, &near))))
                }
                _ => None,
            }
        })
    }

    /// Whether a word is a value of the field; `None` while no value is known at all.
    fn occurs(&self, field: Field, word: &str) -> Option<bool> {
        let word = canonical(field, word);
        let is_it = |value: &str| canonical(field, value) == word;
        let known = field.info().words;
        if known.iter().any(|value| is_it(value)) {
            return Some(true);
        }
        let mut found = (!known.is_empty()).then_some(false);
        self.vocabulary
            .words(field, &mut |value| found = Some(found == Some(true) || is_it(value)));
        found
    }

    fn near(&self, field: Field, word: &str) -> Option<String> {
        let mut values: Vec<String> = field.info().words.iter().map(|value| (*value).to_owned()).collect();
        self.vocabulary.words(field, &mut |value| values.push(value.to_owned()));
        fuzzy::nearest(word, values.iter().map(String::as_str)).map(str::to_owned)
    }
}

fn is_blank(piece: &Piece) -> bool {
    piece.text.is_empty() && !piece.is_quoted && !piece.is_part
}

fn known_key(key: &str) -> Option<&'static str> {
    let words = ["has", "no"].into_iter().find(|word| word.eq_ignore_ascii_case(key));
    Field::named(key).map(Field::key).or(words)
}

/// The form under which values of categories are one.
pub fn canonical(field: Field, word: &str) -> String {
    match field {
        Field::Platform => fold(roster_core::Platform::named(word).code()),
        _ => fold(word),
    }
}
