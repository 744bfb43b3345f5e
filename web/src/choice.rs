//! Choices beside the list as changes of the query: alternatives, all of several, exclusion, yes or no, ranges.

use roster_index::{Field, Filter, HintKind, Match, Range, Term, Test, parse};

/// A choice beside the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A value is wanted, or not any more.
    Toggled(Field, Match),
    /// A value is excluded, or not any more.
    Excluded(Field, Match),
    /// Exactly this value is wanted, or any.
    Only(Field, Option<Match>),
    /// Profiles with a value are wanted, those without, or any.
    Presence(Field, Option<bool>),
    /// Values between two ends are wanted, as they were written.
    Range(Field, String, String),
    /// Several values of a field are all wanted, or any of them.
    All(Field, bool),
}

impl Choice {
    /// The filter after it. What is not understood changes nothing.
    pub fn apply(self, filter: &Filter, has_all: bool) -> Filter {
        match self {
            Self::Toggled(field, value) => toggled(filter, field, value, has_all || wants_all(filter, field)),
            Self::Excluded(field, value) => toggled_exclusion(filter, field, &value),
            Self::Only(field, value) => only(filter, field, value),
            Self::Presence(field, is_wanted) => with_presence(filter, field, is_wanted),
            Self::Range(field, from, to) => with_ends(filter, field, &from, &to).unwrap_or_else(|_| filter.clone()),
            Self::All(field, has_all) => joined(filter, field, has_all),
        }
    }
}

/// The filter with a value of the field chosen, or given up if it was. Of several values any is enough, unless all are
/// wanted: then each is a condition of its own.
pub fn toggled(filter: &Filter, field: Field, value: Match, wants_all: bool) -> Filter {
    if !wants_all || filter.chooses(field, &value) {
        return filter.toggled(field, value);
    }
    let mut next = filter.clone();
    next.terms.push(Term::wanted(Test::Field(field, vec![value])));
    next
}

/// Whether several values of a field are all wanted: there is more than one condition on it.
pub fn wants_all(filter: &Filter, field: Field) -> bool {
    let is_own = |term: &&Term| !term.is_negated && matches!(&term.test, Test::Field(own, _) if *own == field);
    filter.terms.iter().filter(is_own).count() > 1
}

/// The same values, all wanted or any of them.
pub fn joined(filter: &Filter, field: Field, wants_all: bool) -> Filter {
    let (mut values, mut rest) = (Vec::new(), Vec::new());
    for term in &filter.terms {
        match &term.test {
            Test::Field(own, matches) if *own == field && !term.is_negated => values.extend(matches.iter().cloned()),
            _ => rest.push(term.clone()),
        }
    }
    let wanted = |matches: Vec<Match>| Term::wanted(Test::Field(field, matches));
    if wants_all {
        rest.extend(values.into_iter().map(|value| wanted(vec![value])));
    } else if !values.is_empty() {
        rest.push(wanted(values));
    }
    Filter { terms: rest }
}

/// Whether a condition excludes this value.
pub fn excludes(filter: &Filter, field: Field, value: &Match) -> bool {
    filter.terms.iter().any(|term| is_exclusion(term, field, value))
}

fn is_exclusion(term: &Term, field: Field, value: &Match) -> bool {
    let wanted = Filter {
        terms: vec![Term::wanted(term.test.clone())],
    };
    term.is_negated && wanted.chooses(field, value)
}

/// The filter with a value excluded, or not any more. What is excluded is not chosen at the same time.
pub fn toggled_exclusion(filter: &Filter, field: Field, value: &Match) -> Filter {
    let was_excluded = excludes(filter, field, value);
    let mut next = if filter.chooses(field, value) {
        filter.toggled(field, value.clone())
    } else {
        filter.clone()
    };
    next.terms.retain(|term| !is_exclusion(term, field, value));
    if !was_excluded {
        next.terms.push(Term {
            is_negated: true,
            test: Test::Field(field, vec![value.clone()]),
        });
    }
    next
}

/// The filter with exactly this value of the field wanted, or any.
pub fn only(filter: &Filter, field: Field, value: Option<Match>) -> Filter {
    let mut next = without(filter, field);
    next.terms
        .extend(value.map(|value| Term::wanted(Test::Field(field, vec![value]))));
    next
}

/// Whether profiles with a value of the field are wanted, or those without.
pub fn presence(filter: &Filter, field: Field) -> Option<bool> {
    filter.terms.iter().find_map(|term| match &term.test {
        Test::Has(fields) if *fields == [field] => Some(!term.is_negated),
        Test::No(fields) if *fields == [field] => Some(term.is_negated),
        _ => None,
    })
}

/// The filter with profiles with a value of the field wanted, those without, or any.
pub fn with_presence(filter: &Filter, field: Field, is_wanted: Option<bool>) -> Filter {
    let is_own = |term: &Term| matches!(&term.test, Test::Has(fields) | Test::No(fields) if *fields == [field]);
    let mut terms: Vec<Term> = filter.terms.iter().filter(|term| !is_own(term)).cloned().collect();
    terms.extend(is_wanted.map(|has| {
        let fields = vec![field];
        Term::wanted(if has { Test::Has(fields) } else { Test::No(fields) })
    }));
    Filter { terms }
}

fn without(filter: &Filter, field: Field) -> Filter {
    let is_own = |term: &Term| matches!(&term.test, Test::Field(own, _) if *own == field);
    let terms = filter.terms.iter().filter(|term| !is_own(term)).cloned();
    Filter { terms: terms.collect() }
}

/// The ends of the range that is asked of a field, as they are written; empty for an open end.
pub fn ends(filter: &Filter, field: Field) -> (String, String) {
    let range = filter
        .terms
        .iter()
        .filter(|term| !term.is_negated)
        .find_map(|term| match &term.test {
            Test::Field(own, matches) if *own == field => match matches.as_slice() {
                [Match::Number(range)] => Some(texts(*range)),
                [Match::Instant(range)] => Some(texts(*range)),
                _ => None,
            },
            _ => None,
        });
    range.unwrap_or_default()
}

fn texts<T: ToString>(range: Range<T>) -> (String, String) {
    let (from, to) = match range {
        Range::Above(from) => (Some([">", &from.to_string()].concat()), None),
        Range::AtLeast(from) => (Some(from.to_string()), None),
        Range::Below(to) => (None, Some(["<", &to.to_string()].concat())),
        Range::AtMost(to) => (None, Some(to.to_string())),
        Range::Between(from, to) => (Some(from.to_string()), Some(to.to_string())),
        Range::Exactly(point) => (Some(point.to_string()), Some(point.to_string())),
    };
    (from.unwrap_or_default(), to.unwrap_or_default())
}

/// The filter with a range between these two ends; an empty end is open, two empty ends take the range back.
///
/// # Errors
/// The hint if an end is not understood, or nothing is between them.
pub fn with_ends(filter: &Filter, field: Field, from: &str, to: &str) -> Result<Filter, HintKind> {
    let (from, to) = (from.trim(), to.trim());
    let mut next = without(filter, field);
    let condition = match (from, to) {
        ("", "") => return Ok(next),
        (from, "") if from.starts_with(['>', '=']) => from.to_owned(),
        ("", to) if to.starts_with(['<', '=']) => to.to_owned(),
        (from, "") => [">=", from].concat(),
        ("", to) => ["<=", to].concat(),
        (from, to) => [
            from.trim_start_matches(['>', '=']),
            "..",
            to.trim_start_matches(['<', '=']),
        ]
        .concat(),
    };
    let text: String = condition.split_whitespace().collect();
    let parsed = parse(&[field.key(), ":", &text].concat(), &());
    if let Some(hint) = parsed.terms.iter().find_map(|term| term.hint.as_ref()) {
        return Err(hint.kind);
    }
    next.terms.extend(parsed.filter.terms);
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(word: &str) -> Match {
        Match::Is(word.to_owned())
    }

    fn filter(text: &str) -> Filter {
        Filter::parse(text)
    }

    #[test]
    fn any_of_joins_a_condition_and_all_of_adds_one() {
        let any = toggled(&filter("platform:x"), Field::Platform, is("reddit"), false);
        assert_eq!(any.to_string(), "platform:x,reddit");
        let all = toggled(&filter("platform:x"), Field::Platform, is("reddit"), true);
        assert_eq!(all.to_string(), "platform:x platform:reddit");
        assert!(wants_all(&all, Field::Platform) && !wants_all(&any, Field::Platform));
        assert_eq!(joined(&all, Field::Platform, false), any);
        assert_eq!(joined(&any, Field::Platform, true), all);
        assert_eq!(
            toggled(&all, Field::Platform, is("x"), true).to_string(),
            "platform:reddit"
        );
    }

    #[test]
    fn a_value_is_wanted_or_excluded_and_never_both() {
        let out = toggled_exclusion(&filter("acme platform:x,reddit"), Field::Platform, &is("x"));
        assert_eq!(out.to_string(), "acme platform:reddit -platform:x");
        assert!(
            excludes(&out, Field::Platform, &is("twitter")),
            "under any of its names"
        );
        assert_eq!(
            toggled_exclusion(&out, Field::Platform, &is("x")).to_string(),
            "acme platform:reddit"
        );
    }

    #[test]
    fn one_of_three_is_chosen_at_a_time() {
        let yes = only(&filter("verified:no acme"), Field::Verified, Some(Match::Flag(true)));
        assert_eq!(yes.to_string(), "acme verified:yes");
        assert_eq!(only(&yes, Field::Verified, None).to_string(), "acme");
        let none = with_presence(&filter("has:platform acme"), Field::Platform, Some(false));
        assert_eq!(
            (none.to_string().as_str(), presence(&none, Field::Platform)),
            ("acme no:platform", Some(false))
        );
        assert_eq!(with_presence(&none, Field::Platform, None).to_string(), "acme");
    }

    #[test]
    fn a_range_is_two_ends_that_read_back_as_they_were_written() {
        for (from, to, text) in [
            ("10k", "", "followers:>=10k"),
            ("", "5", "followers:<=5"),
            ("1", "9", "followers:1..9"),
            (">3", "", "followers:>3"),
        ] {
            let with = with_ends(&filter("followers:<2"), Field::Followers, from, to).unwrap();
            assert_eq!(with, filter(text));
            let (again_from, again_to) = ends(&with, Field::Followers);
            assert_eq!(
                with_ends(&with, Field::Followers, &again_from, &again_to).unwrap(),
                with
            );
        }
        let days = with_ends(&filter(""), Field::Token, "0d", "14d").unwrap();
        assert_eq!(ends(&days, Field::Token), ("0d".to_owned(), "14d".to_owned()));
        assert_eq!(with_ends(&days, Field::Token, " ", "").unwrap(), filter(""));
        assert_eq!(with_ends(&days, Field::Quota, "lots", ""), Err(HintKind::NotANumber));
        assert_eq!(with_ends(&days, Field::Followers, "9", "1"), Err(HintKind::EmptyRange));
    }
}
