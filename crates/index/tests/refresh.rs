//! Rosters that live long: what is replaced leaves nothing behind, and profiles keep their numbers.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use roster_core::UnixMs;
use roster_index::{Ask, Field, Memory, Roster, Sort, Vocabulary as _, parse};

const NOW: UnixMs = UnixMs(1_770_000_000_000);

fn record(id: u32, round: u32) -> String {
    format!(
        r#"{{"refId":"{id:040x}","title":"Profile {id} of round {round} {}","status":"{}","activeSocialAccounts":["x","p{}"],"createdUTC":"2022-03-02T16:11:00.839Z"}}"#,
        match round % 4 {
            0 => "bakery",
            1 => "bakers",
            2 => "baker",
            _ => "backery",
        },
        if (id + round).is_multiple_of(2) {
            "active"
        } else {
            "suspended"
        },
        round % 7,
    )
}

fn with_quota(record: &str) -> String {
    record.replace("\"createdUTC\"", "\"quota\":{\"used\":9,\"limit\":10},\"createdUTC\"")
}

fn page(records: &[String]) -> String {
    format!(r#"{{"profiles":[{}],"count":{}}}"#, records.join(","), records.len())
}

fn total(memory: Memory) -> usize {
    memory.pages + memory.index + memory.cache
}

fn found(roster: &Roster, text: &str) -> Vec<u32> {
    let (filter, sort) = (parse(text, &()).filter, Sort::parse(["title"]).unwrap());
    let ask = Ask {
        filter,
        sort,
        facets: vec![Field::Platform],
        limit: usize::MAX,
        now: NOW,
        ..Ask::default()
    };
    roster.query(&ask).rows
}

#[test]
fn a_thousand_refreshes_of_the_same_pages_take_no_more_memory_than_ten() {
    let mut roster = Roster::new();
    let mut most = 0;
    for round in 0..1_000 {
        for part in 0..3 {
            let records: Vec<String> = (part * 100..part * 100 + 100).map(|id| record(id, round)).collect();
            roster.ingest("ayrshare", page(&records).into_bytes()).unwrap();
        }
        // Every tenth time only one profile has changed on a large page, and one is looked at in detail.
        let mut records: Vec<String> = (0..100).map(|id| record(id, round)).collect();
        records[7] = record(7, round + 10_000);
        roster.ingest("ayrshare", page(&records).into_bytes()).unwrap();
        let detail = with_quota(&record(8, round));
        roster.ingest("ayrshare", page(&[detail]).into_bytes()).unwrap();
        assert_eq!(found(&roster, "platform:x").len(), 300);
        assert_eq!(found(&roster, "quota:90%"), [8]);
        let now = total(roster.memory_bytes());
        if round < 10 {
            most = most.max(now);
        }
        assert!(
            now <= most * 3 / 2 || round < 10,
            "round {round}: {now} bytes after {most}"
        );
    }
    roster.settle();
    let row = roster.find(&format!("ayrshare:{:040x}", 299)).unwrap();
    assert_eq!((roster.len(), row), (300, 299));
    assert_eq!(roster.raw(row), Some(record(299, 999).as_str()));
    let Memory { pages, .. } = roster.memory_bytes();
    let needed: usize = (0..300).map(|id| record(id, 999).len() + 1).sum();
    assert!(pages < needed * 5 / 4, "{pages} bytes of records for {needed}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The same pages in a roster that compacts now and then, and what the last record of each profile says.
    #[test]
    fn refreshes_and_compactions_change_no_answer(
        pages in prop::collection::vec((prop::collection::vec((0_u32..90, 0_u32..4, any::<bool>()), 1..120), any::<bool>()), 1..30)
    ) {
        let mut roster = Roster::new();
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        let mut newest: BTreeMap<u32, String> = BTreeMap::new();
        for (records, is_settled) in pages {
            let records: Vec<(u32, String)> = records.into_iter()
                .map(|(id, round, has_parts)| (id, if has_parts { with_quota(&record(id, round)) } else { record(id, round) }))
                .collect();
            let texts: Vec<String> = records.iter().map(|(_, text)| text.clone()).collect();
            roster.ingest("ayrshare", page(&texts).into_bytes()).unwrap();
            for (id, text) in records {
                newest.insert(id, text);
                let number = u32::try_from(numbers.len()).unwrap();
                numbers.entry(id).or_insert(number);
            }
            if is_settled {
                roster.settle();
            }
            prop_assert_eq!(roster.len(), newest.len());
            let mut expected: Vec<u32> = Vec::new();
            for (id, text) in &newest {
                let row = roster.find(&format!("ayrshare:{id:040x}")).unwrap();
                prop_assert_eq!(Some(&row), numbers.get(id), "a profile keeps its number");
                prop_assert_eq!(roster.raw(row), Some(text.as_str()));
                if text.contains("\"active\"") && text.contains("\"p3\"") {
                    expected.push(row);
                }
            }
            let mut rows = found(&roster, "status:active platform:p3");
            rows.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(rows, expected);
            let n_of_round = newest.values().filter(|text| text.contains("round 3")).count();
            prop_assert_eq!(found(&roster, "\"round 3\"").len(), n_of_round);
            let mut fresh = Roster::new();
            fresh.ingest("ayrshare", page(&newest.values().cloned().collect::<Vec<_>>()).into_bytes()).unwrap();
            let near = |roster: &Roster, word: &str| roster.vocabulary(NOW).near(word);
            for word in ["bakrey", "bakerz"] {
                prop_assert_eq!(near(&roster, word), near(&fresh, word), "{} is corrected as if nothing had been before", word);
            }
            let all = roster.query(&Ask { limit: usize::MAX, ..Ask::default() }).rows;
            prop_assert!(all.is_sorted(), "loading order is the order of the numbers");
            prop_assert_eq!(all.len(), newest.len());
        }
        roster.prepare(usize::MAX);
        let with_title = found(&roster, "\"profile 7\"");
        let expected = newest.keys().filter(|id| id.to_string().starts_with('7')).count();
        prop_assert_eq!(with_title.len(), expected);
    }
}
