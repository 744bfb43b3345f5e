//! Questions to the naive model.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use roster_core::UnixMs;
use roster_index::{By, Field, Filter, Kind, Match, Nothing, SortKey, Term, Test, fold};

use super::{Row, Val};

/// Whether a row passes all terms.
pub(crate) fn passes(row: &Row, filter: &Filter, now: UnixMs) -> bool {
    filter.terms.iter().all(|term| holds(row, term, now))
}

fn holds(row: &Row, term: &Term, now: UnixMs) -> bool {
    let is_true = match &term.test {
        Test::Anywhere(needle) => anywhere(row, &fold(needle)),
        Test::Field(field, matches) => matches.iter().any(|one| fits(row, *field, one, now)),
        Test::Has(fields) => fields.iter().any(|field| !row.of(*field).is_empty()),
        Test::No(fields) => fields
            .iter()
            .any(|field| row.of(*field).is_empty() && row.nothing(*field) == Nothing::NotSet),
    };
    is_true != term.is_negated
}

fn anywhere(row: &Row, needle: &str) -> bool {
    let is_text = |field: &&Field| matches!(field.kind(), Kind::Text | Kind::Id);
    let mut texts = Field::ALL
        .iter()
        .filter(is_text)
        .flat_map(|field| row.of(*field))
        .filter_map(|value| match value {
            Val::Text(text) => Some(text),
            _ => None,
        });
    needle.is_empty()
        || texts.any(|text| fold(text).contains(needle))
        || row.extra.iter().any(|text| fold(text).contains(needle))
}

fn fits(row: &Row, field: Field, one: &Match, now: UnixMs) -> bool {
    if let Match::Nothing(why) = one {
        return row.of(field).is_empty() && row.nothing(field) == *why;
    }
    row.of(field).iter().any(|value| match (value, one) {
        (Val::Text(text), Match::Contains(part)) => fold(text).contains(&fold(part)),
        (Val::Text(text), Match::Is(exact)) if matches!(field.kind(), Kind::Text | Kind::Id) => text == exact,
        (Val::Text(text), Match::Is(exact)) if field == Field::Platform => {
            roster_core::Platform::named(text) == roster_core::Platform::named(exact)
        }
        (Val::Text(text), Match::Is(exact)) => fold(text) == fold(exact),
        (Val::Flag(flag), Match::Flag(wanted)) => flag == wanted,
        (Val::Number(number), Match::Number(range)) if !field.kind().is_instant() => range.holds(*number),
        (Val::Number(instant), Match::Instant(range)) if field.kind().is_instant() =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "instants are whole")]
            range
                .resolve(now, field.kind() == Kind::Future)
                .contains(&(*instant as i64))
        }
        _ => false,
    })
}

/// Every value of a field with its count under the conditions on other fields, and the counts of those left out.
pub(crate) fn facet(
    rows: &[&Row],
    field: Field,
    filter: &Filter,
    now: UnixMs,
) -> (BTreeMap<String, usize>, [usize; 3]) {
    let terms = filter
        .terms
        .iter()
        .filter(|term| term.field() != Some(field))
        .cloned()
        .collect();
    let others = Filter { terms };
    let (mut counts, mut nothing) = (BTreeMap::new(), [0; 3]);
    for row in rows.iter().filter(|row| passes(row, &others, now)) {
        if row.of(field).is_empty() {
            let why = row.nothing(field);
            nothing[Nothing::ALL.iter().position(|kind| *kind == why).unwrap()] += 1;
        }
        for value in row.of(field) {
            let text = match value {
                Val::Text(text) => text.trim().to_owned(),
                Val::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
                Val::Number(_) => continue,
            };
            *counts.entry(text).or_insert(0) += 1;
        }
    }
    (counts, nothing)
}

/// Two rows under keys whose values have an order that needs no collation.
pub(crate) fn compare(a: &Row, b: &Row, keys: &[SortKey]) -> Ordering {
    let by_key = |key: &SortKey| {
        let By::Field(field) = key.by else {
            panic!("the model has no urgency")
        };
        let ordered = match (a.of(field).first(), b.of(field).first()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Greater,
            (_, None) => return Ordering::Less,
            (Some(Val::Number(a)), Some(Val::Number(b))) => a.total_cmp(b),
            (Some(Val::Flag(a)), Some(Val::Flag(b))) => a.cmp(b),
            (Some(Val::Text(_)), Some(_)) if field == Field::Platform => a.of(field).len().cmp(&b.of(field).len()),
            (a, b) => panic!("no order for {a:?} and {b:?}"),
        };
        if key.is_descending { ordered.reverse() } else { ordered }
    };
    keys.iter()
        .map(by_key)
        .find(|ordered| ordered.is_ne())
        .unwrap_or(Ordering::Equal)
}
