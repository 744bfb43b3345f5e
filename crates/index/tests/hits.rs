//! Where a word stands in a profile: what a list marks, with the name of the field.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use roster_core::UnixMs;
use roster_index::{Ask, Field, Filter, Roster, Term, Test, fold, parse};

const NOW: UnixMs = UnixMs(1_773_964_800_000);

/// A profile whose name, person and account are given; the account's user name is text that is no field.
fn record(id: &str, name: &str, person: &str, account: &str) -> String {
    serde_json::json!({
        "id": id, "full_name": name, "user": {"id": "u1", "name": person}, "introduction": name,
        "account": {"id": "a1", "platform_username": account}, "work_platform": {"id": "p1", "name": "Twitter"},
    })
    .to_string()
}

fn roster(records: &[String]) -> Roster {
    let mut roster = Roster::new();
    let page = format!(r#"{{"data":[{}]}}"#, records.join(","));
    let report = roster.ingest("insightiq", page.into_bytes()).unwrap();
    assert_eq!(report.n_added, records.len());
    roster
}

/// Each hit of a text condition: its field's key, or `-`, and the marked parts.
fn marks(roster: &Roster, text: &str) -> Vec<(&'static str, Vec<String>)> {
    let filter = parse(text, &()).filter;
    let hits = filter.terms.iter().flat_map(|term| roster.hits(0, &term.test));
    hits.map(|hit| {
        let parts = hit.ranges.iter().map(|range| hit.text[range.clone()].to_owned());
        (hit.field.map_or("-", Field::key), parts.collect())
    })
    .collect()
}

fn marked(field: &'static str, parts: &[&str]) -> (&'static str, Vec<String>) {
    (field, parts.iter().map(|part| (*part).to_owned()).collect())
}

#[test]
fn case_accents_and_width_are_marked_as_they_were_written() {
    let roster = roster(&[record(
        "1",
        "Un Café, deux CAFE\u{301}S",
        "ＡＣＭＥ Maße",
        "cafe_noir@example.com",
    )]);
    let cafe = ["Café", "CAFE\u{301}"];
    let everywhere = [
        marked("title", &cafe),
        marked("introduction", &cafe),
        marked("-", &["cafe"]),
    ];
    for word in ["cafe", "CAFÉ", "ｃａｆｅ"] {
        let mut found = marks(&roster, word);
        found.sort_unstable_by_key(|(field, _)| everywhere.iter().position(|(own, _)| own == field));
        assert_eq!(found, everywhere, "{word}");
    }
    assert_eq!(marks(&roster, "acme"), [marked("user", &["ＡＣＭＥ"])]);
    assert_eq!(marks(&roster, "mass"), [marked("user", &["Maß"])]);
    assert_eq!(marks(&roster, "tea"), []);
}

#[test]
fn a_condition_on_one_field_marks_that_field_alone_and_each_of_its_values() {
    let roster = roster(&[record("1", "Blue red BLUE", "Blue", "blue")]);
    assert_eq!(marks(&roster, "title:blue"), [marked("title", &["Blue", "BLUE"])]);
    assert_eq!(
        marks(&roster, "title:red,blue"),
        [marked("title", &["Blue", "red", "BLUE"])]
    );
    assert_eq!(marks(&roster, "title:lue,blu"), [marked("title", &["Blue", "BLUE"])]);
    assert_eq!(marks(&roster, "platform:twitter"), [marked("platform", &["Twitter"])]);
    for text in ["no:title", "has:title", "verified:yes", "followers:>1", "\"\""] {
        assert_eq!(marks(&roster, text), [], "{text}");
    }
    assert_eq!(
        roster.hits(9, &Test::Anywhere("blue".to_owned())),
        [],
        "a row that is not there"
    );
}

#[test]
fn a_replaced_profile_is_marked_in_what_it_says_now() {
    let mut roster = roster(&[record("1", "Old name", "Ann", "x")]);
    roster
        .ingest("insightiq", record("1", "New name", "Ann", "x").into_bytes())
        .unwrap();
    assert_eq!(marks(&roster, "title:old"), []);
    assert_eq!(marks(&roster, "title:name"), [marked("title", &["name"])]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn who_is_found_by_a_word_has_it_marked_and_nobody_else(
        texts in prop::collection::vec(("[aAéÉßＡ b]{1,6}", "[aAéÉßＡ b]{1,6}", "[aAéÉßＡ b]{1,6}"), 1..20), word in "[aAéßＡb]{1,2}",
    ) {
        let records: Vec<String> =
            texts.iter().enumerate().map(|(n, (a, b, c))| record(&format!("id-{n}"), a, b, c)).collect();
        let roster = roster(&records);
        let test = Test::Anywhere(word.clone());
        let term = Term { is_negated: false, test: test.clone() };
        let ask = Ask { filter: Filter { terms: vec![term] }, limit: usize::MAX, now: NOW, ..Ask::default() };
        let found: BTreeSet<u32> = roster.query(&ask).rows.into_iter().collect();
        let rows = 0..u32::try_from(records.len()).unwrap();
        let marked: BTreeSet<u32> = rows.filter(|row| !roster.hits(*row, &test).is_empty()).collect();
        prop_assert_eq!(&found, &marked);
        for hit in marked.iter().flat_map(|row| roster.hits(*row, &test)) {
            for range in hit.ranges {
                prop_assert!(fold(&hit.text[range]).contains(&fold(&word)));
            }
        }
    }
}
