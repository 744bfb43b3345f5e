//! What must hold for any page and any text. The fuzz targets and the bounded property tests share these bodies.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a panic is how a target says that something does not hold"
)]

use roster_core::{Error, UnixMs};
use roster_index::{Ask, Filter, IngestReport, Roster, Term, did_you_mean, parse, sniff, suggest};
use serde_json::value::RawValue;

/// 2026-11-20T00:00:00Z.
const NOW: UnixMs = UnixMs(1_795_132_800_000);

/// A small page of each provider, which is loaded before anything else.
pub(crate) const PAGES: [(&str, &str); 3] = [
    (
        "ayrshare",
        r#"{"profiles":[{"status":"active","title":"Café One","refId":"r1","createdUTC":"2022-03-02T16:11:00.839Z",
        "activeSocialAccounts":["twitter","instagram"],"isByokLinked":true},{"status":"suspended","title":"Bakery Two",
        "displayTitle":"Two","refId":"r2","suspended":true,"quota":{"used":9,"limit":10}}],"count":2,
        "pagination":{"hasMore":false,"nextCursor":null,"limit":5000}}"#,
    ),
    (
        "insightiq",
        r#"{"data":[{"id":"9dd695b0-03e1-47fe-b368-a366d5c3b0f1","created_at":"2021-11-08T18:53:18.337805","user":{"id":"u1",
        "name":"Peter Parker"},"account":{"id":"a1"},"work_platform":{"id":"w1","name":"Twitter"},"full_name":"Peter Parker",
        "reputation":{"follower_count":78976},"country":"US","is_verified":false,"date_of_birth":"1989-11-26"}],
        "metadata":{"offset":0,"limit":10}}"#,
    ),
    (
        "upsun",
        r#"{"count":1,"profiles":[{"id":"3c90c3cc","display_name":"Jane Smith","username":"jane","company_name":"Acme GmbH",
        "currency":"EUR","marketing":true,"created_at":"2023-11-07T05:31:56Z","current_trial":{"active":true,
        "days_remaining":12}}],"_links":{}}"#,
    ),
];

/// The same provider's profiles in the other forms in which they come.
pub(crate) const FORMS: [&str; 4] = [
    r#"[{"refId":"r1","title":"Café"},{"refId":"r3","status":"active"}]"#,
    "{\"refId\":\"r1\",\"title\":\"Café\"}\n{\"refId\":\"r3\",\"status\":\"active\"}\n",
    "HTTP/1.1 200 OK\r\n\r\n\u{feff}{\"users\":[{\"refId\":\"r3\",\"title\":\"T\"}]}",
    r#"{"refId":"r4","title":"One","created":{"_seconds":1667351022,"utc":"x"}}"#,
];

/// A roster with the small pages.
pub(crate) fn loaded() -> Roster {
    let mut roster = Roster::new();
    for (provider, page) in PAGES {
        roster.ingest(provider, page.as_bytes()).unwrap();
    }
    assert_eq!(roster.len(), 4);
    roster
}

/// The first byte chooses the provider, the second one the size of the slices, the rest is the page.
pub(crate) fn ingest(bytes: &[u8]) {
    let [choice, budget_bytes, page @ ..] = bytes else {
        return;
    };
    let (provider, _) = PAGES[usize::from(*choice) % PAGES.len()];
    let _whose = sniff(page);
    let (mut roster, mut sliced) = (loaded(), loaded());
    let before = records(&roster);

    let whole = roster.ingest(provider, page).map_err(|error| error.kind());
    let in_parts = in_slices(&mut sliced, provider, page, usize::from(*budget_bytes)).map_err(|error| error.kind());
    // Of several faults, slices may meet another one first.
    assert_eq!(whole, in_parts, "slices are the whole");
    assert_eq!(records(&roster), records(&sliced));

    match whole {
        Ok(report) => {
            if !page.starts_with(b"HTTP/") && !page.starts_with(b"\xEF\xBB\xBF") {
                let mut values = serde_json::Deserializer::from_slice(page).into_iter::<&RawValue>();
                assert!(values.all(|value| value.is_ok()), "only JSON is accepted");
            }
            assert_eq!(roster.len(), before.len() + report.n_added);
            assert!(
                report
                    .rejected
                    .iter()
                    .all(|rejected| !rejected.path.is_empty() && !rejected.reason.is_empty())
            );
        }
        Err(_) => assert_eq!(records(&roster), before, "a page that is refused leaves no trace"),
    }
    for text in ["e", "has:title", "created:2022..", "platform:x", "-followers:>10k"] {
        halves(&roster, &Filter::parse(text));
    }
}

fn in_slices(roster: &mut Roster, provider: &str, page: &[u8], budget_bytes: usize) -> Result<IngestReport, Error> {
    let mut ingest = roster.begin(provider, page)?;
    loop {
        if let Some(report) = ingest.step(roster, budget_bytes)? {
            return Ok(report);
        }
    }
}

/// Every profile by key, with its exact text. The text is JSON, and the key leads back to it.
fn records(roster: &Roster) -> Vec<(String, String)> {
    let ask = Ask {
        limit: usize::MAX,
        ..Ask::default()
    };
    let record = |row: &u32| {
        let (key, raw) = (roster.key(*row).unwrap(), roster.raw(*row).unwrap());
        serde_json::from_str::<&RawValue>(raw).expect("a record is JSON");
        assert_eq!(roster.find(&key), Some(*row));
        (key, raw.to_owned())
    };
    let records: Vec<_> = roster.query(&ask).rows.iter().map(record).collect();
    assert_eq!(records.len(), roster.len());
    records
}

/// Every condition divides the profiles in two, and all together leave no more than any.
fn halves(roster: &Roster, filter: &Filter) {
    let total = roster.count(filter, NOW);
    for term in &filter.terms {
        let count = |is_negated: bool| {
            let terms = vec![Term {
                is_negated,
                test: term.test.clone(),
            }];
            roster.count(&Filter { terms }, NOW)
        };
        assert_eq!(count(false) + count(true), roster.len(), "{term}");
        assert!(total <= count(term.is_negated), "{term}");
    }
}

/// Any text is a filter that reads back from its own text, and whatever is suggested can be taken.
pub(crate) fn query(text: &str) {
    let roster = loaded();
    let vocabulary = roster.vocabulary(NOW);
    let parsed = parse(text, &vocabulary);
    assert_eq!(Filter::parse(&parsed.filter.to_string()), parsed.filter);
    assert!(parsed.terms.iter().all(|term| text.get(term.span.clone()).is_some()));
    halves(&roster, &parsed.filter);

    for (cursor, _) in text.char_indices().take(32) {
        for offer in suggest(text, cursor, 3, &vocabulary) {
            let mut changed = text.to_owned();
            changed.replace_range(offer.replace, &offer.text);
            assert!(offer.count > Some(0), "{changed}");
        }
    }
    if let Some(meant) = did_you_mean(&parsed.filter, &vocabulary) {
        assert_eq!(roster.count(&parsed.filter, NOW), 0);
        assert!(roster.count(&meant, NOW) > 0);
    }
}
