//! Suggestions over a handful of profiles.

use proptest::prelude::*;

use super::*;
use crate::query::correct::did_you_mean;

/// Five profiles on two platforms, by name.
struct Five;

const ROWS: [(&str, &str, &str); 5] = [
    ("Bakery One", "instagram", "US"),
    ("Bakery Two", "instagram", "New York"),
    ("Brewery", "twitter", "US"),
    ("Florist", "instagram", "US"),
    ("Optician", "twitter", "DE"),
];

fn value(row: usize, field: Field) -> Option<&'static str> {
    match field {
        Field::Platform => Some(ROWS[row].1),
        Field::Country => Some(ROWS[row].2),
        _ => None,
    }
}

fn passes(row: usize, filter: &Filter) -> bool {
    filter.terms.iter().all(|term| {
        let holds = match &term.test {
            Test::Anywhere(text) => fold(ROWS[row].0).contains(&fold(text)),
            Test::Field(field, matches) => matches
                .iter()
                .any(|one| matches!(one, Match::Is(word) if value(row, *field) == Some(word))),
            Test::Has(fields) => fields.iter().any(|field| value(row, *field).is_some()),
            Test::No(_) => false,
        };
        holds != term.is_negated
    })
}

impl Vocabulary for Five {
    fn words(&self, field: Field, take: &mut dyn FnMut(&str)) {
        (0..5).filter_map(|row| value(row, field)).for_each(take);
    }

    fn tally(&self, field: Field, under: &Filter, take: &mut dyn FnMut(&str, u64)) {
        let mut values: Vec<&str> = (0..5).filter_map(|row| value(row, field)).collect();
        values.sort_unstable();
        values.dedup();
        for word in values {
            let has = |row: &usize| value(*row, field) == Some(word) && passes(*row, under);
            take(word, (0..5).filter(has).count() as u64);
        }
    }

    fn count(&self, filter: &Filter) -> Option<u64> {
        Some((0..5).filter(|row| passes(*row, filter)).count() as u64)
    }

    fn near(&self, word: &str) -> Vec<String> {
        let words = ["bakery", "brewery", "florist", "optician", "one", "two"];
        crate::fuzzy::nearest(word, words.into_iter())
            .map(str::to_owned)
            .into_iter()
            .collect()
    }
}

/// Suggestions at the `|` of a text, as they would change it.
fn offered(text: &str) -> Vec<(String, Option<u64>)> {
    let cursor = text.find('|').unwrap();
    let text = text.replace('|', "");
    let apply = |offer: Suggestion| {
        let mut changed = text.clone();
        changed.replace_range(offer.replace, &offer.text);
        (changed, offer.count)
    };
    suggest(&text, cursor, 4, &Five).into_iter().map(apply).collect()
}

fn some(text: &str, count: u64) -> (String, Option<u64>) {
    (text.to_owned(), Some(count))
}

#[test]
fn a_key_is_completed_and_then_its_values_with_counts() {
    assert_eq!(offered("plat|"), [some("platform:", 5)]);
    assert_eq!(offered("netw|"), [some("platform:", 5)]);
    assert_eq!(
        offered("platform:|"),
        [some("platform:instagram", 3), some("platform:twitter", 2)]
    );
    assert_eq!(offered("platform:tw|"), [some("platform:twitter", 2)]);
    assert_eq!(offered("country:york|"), [some("country:\"New York\"", 1)]);
    assert_eq!(offered("country:\"new|"), [some("country:\"New York\"", 1)]);
    assert_eq!(offered("|"), [some("platform:", 5), some("country:", 5)]);
}

#[test]
fn counts_are_under_the_other_conditions_of_the_text() {
    assert_eq!(
        offered("country:US platform:| bakery"),
        [some("country:US platform:instagram bakery", 1)]
    );
    assert_eq!(
        offered("platform:instagram,t|"),
        [some("platform:instagram,twitter", 2)]
    );
    assert_eq!(offered("-platform:tw|"), [some("-platform:twitter", 3)]);
    assert_eq!(offered("bakery -has:coun|"), []);
    assert_eq!(offered("bakery has:coun|"), [some("bakery has:country", 2)]);
}

#[test]
fn a_value_is_found_without_its_key_and_a_misspelt_word_is_corrected() {
    assert_eq!(offered("insta|"), [some("platform:instagram", 3)]);
    assert_eq!(
        offered("-new|"),
        [some("-new-ui:", 5), some("-country:\"New York\"", 4)]
    );
    assert_eq!(offered("bakrey|"), [some("bakery", 2)]);
}

#[test]
fn without_profiles_the_catalogue_is_offered() {
    let texts = |text: &str| -> Vec<String> {
        suggest(text, text.len(), 9, &())
            .into_iter()
            .map(|offer| offer.text)
            .collect()
    };
    assert_eq!(
        texts("byok:"),
        ["linked", "pending", "na", "not-set", "not-in-api", "unchecked"]
    );
    assert_eq!(texts("quota:>"), [">=100%", ">=80%", ">50%"]);
    assert_eq!(texts("verified:y"), ["yes"]);
    assert_eq!(texts("token:0d..1"), ["0d..14d"]);
    assert_eq!(texts("no:pos"), ["posted"]);
    assert_eq!(texts("nosuch:x"), [""; 0]);
}

#[test]
fn a_misspelt_search_that_finds_nothing_is_corrected_as_a_whole() {
    let meant = |text: &str| did_you_mean(&Filter::parse(text), &Five).map(|filter| filter.to_string());
    assert_eq!(
        meant("platform:instagram bakrey").as_deref(),
        Some("platform:instagram bakery")
    );
    assert_eq!(meant("\"bakrey two\"").as_deref(), Some("\"bakery two\""));
    assert_eq!(meant("bakery"), None, "it finds something");
    assert_eq!(
        meant("platform:twitter bakrey"),
        None,
        "corrected, it still finds nothing"
    );
    assert_eq!(meant("xyzxyzxyz"), None);
}

proptest! {
    #[test]
    fn anywhere_in_any_text_the_replaced_part_is_around_the_cursor(text in "[-a-z:,~\"é >]{0,16}", cursor in 0usize..20) {
        for offer in suggest(&text, cursor, 50, &Five) {
            prop_assert!(text.get(offer.replace.clone()).is_some());
            let is_at_the_minus = text[..offer.replace.start].ends_with('-') && offer.replace.start == cursor + 1;
            prop_assert!(offer.replace.start <= cursor.min(text.len()) || is_at_the_minus);
            prop_assert!(offer.count != Some(0));
        }
    }
}
