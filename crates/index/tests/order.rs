//! Orders, facets and words of a roster, on cases made for them.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use roster_core::UnixMs;
use roster_index::{Ask, Field, Roster, Sort, Suggestion, Vocabulary, parse, suggest};

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
fn an_order_made_in_pauses_is_the_order_and_a_question_in_between_is_answered_right() {
    let title = |n: u32| {
        format!(
            r#""title":"{} {}","status":"{}""#,
            n * 7919 % 97,
            n % 3,
            ["active", "suspended"][(n % 2) as usize]
        )
    };
    let records: Vec<(String, String)> = (0..6_000).map(|n| (n.to_string(), title(n))).collect();
    let records: Vec<(&str, &str)> = records.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
    let at_once = roster(&records);
    for (keys, n_steps) in [
        (vec!["title"], 0),
        (vec!["-title", "status"], 3),
        (vec!["-urgency"], 5),
        (vec!["status", "-ref"], 1_000),
    ] {
        let in_pauses = roster(&records);
        let sort = Sort::parse(keys.iter().copied()).unwrap();
        let mut last = None;
        for _ in 0..n_steps {
            let progress = in_pauses.prepare_order(&sort, NOW, 1_000);
            assert!(
                last.is_none_or(|last| last <= progress.n_done) || progress.is_done(),
                "{progress:?}"
            );
            last = Some(progress.n_done);
            if progress.is_done() {
                break;
            }
        }
        assert_eq!(ids(&in_pauses, "", &keys), ids(&at_once, "", &keys), "{keys:?}");
        assert!(
            in_pauses.prepare_order(&sort, NOW, 1).is_done(),
            "what was asked for is kept"
        );
    }
    let sort = Sort::parse(["title"]).unwrap();
    let other = roster(&records);
    let n_steps = (0..1_000)
        .take_while(|_| !other.prepare_order(&sort, NOW, 1_000).is_done())
        .count();
    assert!(
        (18..40).contains(&n_steps),
        "six thousand are collected, pushed, merged twice and taken: {n_steps}"
    );
}

#[test]
fn windows_far_into_an_order_are_slices_of_all() {
    let title = |n: u32| {
        format!(
            r#""title":"{}","status":"{}""#,
            n * 7919 % 9_973,
            ["active", "suspended"][usize::from(n.is_multiple_of(3))]
        )
    };
    let records: Vec<(String, String)> = (0..60_000).map(|n| (n.to_string(), title(n))).collect();
    let records: Vec<(&str, &str)> = records.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
    let roster = roster(&records);
    let rows = |text: &str, offset: usize, limit: usize| {
        let (filter, sort) = (parse(text, &()).filter, Sort::parse(["title"]).unwrap());
        roster
            .query(&Ask {
                filter,
                sort,
                offset,
                limit,
                now: NOW,
                ..Ask::default()
            })
            .rows
    };
    for text in ["", "status:active", "status:suspended", "77", "title:777"] {
        let all = rows(text, 0, usize::MAX);
        for offset in [0, 1, 900, 9_000, all.len() / 2, all.len().saturating_sub(60), all.len()] {
            for limit in [1, 50, 7_000] {
                let expected: Vec<u32> = all.iter().skip(offset).take(limit).copied().collect();
                assert_eq!(rows(text, offset, limit), expected, "{text:?} {offset} {limit}");
            }
        }
    }
}

#[test]
fn texts_and_ids_that_begin_so_are_offered_with_their_counts() {
    let roster = roster(&[
        ("ab1", r#""title":"Blue Bakery","status":"active""#),
        ("ab2", r#""title":"Blúe Bakery \"2\"","status":"suspended""#),
        ("ac3", r#""title":"Blue Bakery","status":"active""#),
        ("d4", r#""title":"A blue one","status":"active""#),
    ]);
    let offered = |text: &str| {
        let found = suggest(text, text.len(), 9, &roster.vocabulary(NOW));
        let taken = |offer: Suggestion| {
            (
                format!("{}{}", &text[..offer.replace.start], offer.text),
                offer.count.unwrap(),
            )
        };
        found.into_iter().map(taken).collect::<Vec<_>>()
    };
    let both = offered("title:blu");
    assert_eq!(both.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2, 1]);
    for (text, count) in both.iter().chain(&offered("ref:ab")) {
        assert_eq!(roster.count(&parse(text, &()).filter, NOW) as u64, *count, "{text}");
    }
    assert_eq!(offered("ref:ab").len(), 2);
    assert_eq!(
        offered("status:suspended title:\"blu").len(),
        1,
        "under the other conditions"
    );
    assert_eq!((offered("title:").len(), offered("title:zz").len()), (0, 0));
    let records: Vec<String> = (0..3_000).map(|n| format!("{n}")).collect();
    let many: Vec<(&str, &str)> = records.iter().map(|id| (id.as_str(), r#""title":"Same""#)).collect();
    let roster = self::roster(&many);
    let found = suggest("ref:1", 5, 99, &roster.vocabulary(NOW));
    assert_eq!(found.len(), 8, "a few are offered, whatever there is");
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
