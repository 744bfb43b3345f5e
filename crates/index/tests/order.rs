//! Orders, facets and words of a roster, on cases made for them.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use roster_core::UnixMs;
use roster_index::{Ask, Field, Roster, Sort, Vocabulary, parse};

/// 2026-03-20T00:00:00Z.
const NOW: UnixMs = UnixMs(1_773_964_800_000);

/// A roster with these Ayrshare profiles: id, and the other members.
fn roster(records: &[(&str, &str)]) -> Roster {
    let records: Vec<String> = records
        .iter()
        .map(|(id, rest)| format!(r#"{{"refId":"{id}",{rest}}}"#))
        .collect();
    let mut roster = Roster::new();
    roster
        .ingest(
            "ayrshare",
            format!(r#"{{"profiles":[{}]}}"#, records.join(",")).as_bytes(),
        )
        .unwrap();
    roster
}

fn ids(roster: &Roster, text: &str, sort: &[&str]) -> String {
    let sort = Sort::parse(sort.iter().copied()).unwrap();
    let view = roster.query(&Ask {
        filter: parse(text, &()).filter,
        sort,
        now: NOW,
        ..Ask::default()
    });
    let id = |row: &u32| roster.key(*row).unwrap().replace("ayrshare:", "");
    view.rows.iter().map(id).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_most_urgent_comes_first_and_what_is_well_last_by_name() {
    let health = |part: &str| format!(r#""socialHealth":{{"twitter":{{{part}}}}}"#);
    let roster = roster(&[
        ("well-z", r#""title":"Zed","status":"active""#),
        ("quota", r#""title":"Q","quota":{"used":95,"limit":100}"#),
        ("later", &health(r#""tokenExpiresAt":"2026-04-01T00:00:00Z""#)),
        ("soon", &health(r#""tokenExpiresAt":"2026-03-21T00:00:00Z""#)),
        ("far", &health(r#""tokenExpiresAt":"2027-03-21T00:00:00Z""#)),
        ("relink", &health(r#""relinkRecommended":true"#)),
        ("error", r#""title":"E","linkingErrors":{"twitter":{"message":"no"}}"#),
        ("expired", &health(r#""tokenExpiresAt":"2026-03-01T00:00:00Z""#)),
        ("suspended-b", r#""title":"b","status":"suspended""#),
        ("suspended-a", r#""title":"Á","status":"suspended""#),
        ("well-a", r#""title":"Ada","status":"active""#),
    ]);
    let worst_first = "suspended-a suspended-b expired error relink soon later quota well-a well-z far";
    assert_eq!(ids(&roster, "", &["-urgency"]), worst_first);
    let view = roster.query(&Ask {
        sort: Sort::parse(["-urgency"]).unwrap(),
        now: NOW,
        ..Ask::default()
    });
    assert_eq!(view.n_unsorted, 3, "those with nothing wrong or nothing known");
}

#[test]
fn blanks_come_last_in_both_directions_and_equals_keep_their_order() {
    let roster = roster(&[
        ("none", r#""status":"active""#),
        ("e", r#""title":"Éa","status":"active""#),
        ("z", r#""title":"zoo","status":"suspended""#),
        ("e2", r#""title":"ea","status":"active""#),
        ("f", r#""title":"Fa","status":"active""#),
        ("n10", r#""title":"No 10""#),
        ("n9", r#""title":"No 9""#),
    ]);
    assert_eq!(ids(&roster, "", &["title"]), "e e2 f n9 n10 z none");
    assert_eq!(ids(&roster, "", &["-title"]), "z n10 n9 f e e2 none");
    assert_eq!(ids(&roster, "", &["status", "-title"]), "f e e2 none z n10 n9");
    assert_eq!(ids(&roster, "-status:suspended", &[]), "none e e2 f n10 n9");
}

#[test]
fn a_selected_value_stays_at_zero_and_others_count_as_if_it_were_not() {
    let roster = roster(&[
        ("1", r#""status":"active","activeSocialAccounts":["twitter"]"#),
        ("2", r#""status":"suspended","activeSocialAccounts":["instagram"]"#),
        ("3", r#""status":"active""#),
    ]);
    let facets = |text: &str| {
        let filter = parse(text, &()).filter;
        let facets = vec![Field::Platform, Field::Followers, Field::Health];
        let view = roster.query(&Ask {
            filter,
            facets,
            now: NOW,
            ..Ask::default()
        });
        view.facets
    };
    let found = facets("status:suspended platform:X,tiktok");
    let platform: Vec<_> = found[0]
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.n_rows, value.is_selected))
        .collect();
    assert_eq!(
        platform,
        [("instagram", 1, false), ("tiktok", 0, true), ("twitter", 0, true)]
    );
    let all = facets("");
    assert_eq!((all[0].n_not_set, all[1].n_not_in_api, all[2].n_not_loaded), (1, 3, 3));
}

#[test]
fn words_are_counted_and_corrected_from_what_is_loaded() {
    let roster = roster(&[
        ("1", r#""title":"Blue Bakery","activeSocialAccounts":["twitter"]"#),
        ("2", r#""title":"Bakery 2","activeSocialAccounts":["twitter","tiktok"]"#),
    ]);
    let vocabulary = roster.vocabulary(NOW);
    let mut counted = Vec::new();
    vocabulary.tally(Field::Platform, &parse("blue", &()).filter, &mut |word, count| {
        counted.push((word.to_owned(), count));
    });
    assert_eq!(counted, [("twitter".to_owned(), 1)]);
    assert_eq!(vocabulary.near("bakrey"), ["bakery"]);
    assert_eq!(vocabulary.count(&parse("bakery", &()).filter), Some(2));
}
