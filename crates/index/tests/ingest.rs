//! Pages in: every fixture, whole and in slices, replaced, broken and hostile.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use roster_core::{ErrorKind, Query, Response};
use roster_index::{Ask, Filter, IngestReport, Memory, Roster, Term, Test, fold, parse};
use serde_json::Value;

/// The recorded answers of one provider.
fn fixtures(provider: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures")
        .join(provider);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_json = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    files
        .filter(is_json)
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

#[test]
fn every_fixture_gives_the_records_and_the_rejected_that_core_finds() {
    let mut n_pages = 0;
    for api in roster_core::ALL {
        let info = api.info();
        for (path, body) in fixtures(info.id) {
            let request = Query::new(info.id, "profiles").unwrap().request().unwrap();
            let upstream = info.environments[0].1;
            let response = Response::new(200, body.clone()).with_header(Response::UPSTREAM_HEADER, upstream);
            let Ok(page) = api.parse(&request, &response) else {
                continue;
            };
            let mut roster = Roster::new();
            let report = roster
                .ingest(info.id, body)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(report.rejected, page.rejected, "{}", path.display());
            assert_eq!(report.n_added, page.records.len(), "{}", path.display());
            for record in &page.records {
                let row = roster.find(&format!("{}:{}", info.id, record.id)).unwrap();
                assert_eq!(
                    roster.raw(row),
                    Some(page.text(record)),
                    "every byte of a record is kept"
                );
            }
            n_pages += usize::from(!page.records.is_empty());
        }
    }
    assert!(n_pages >= 12, "{n_pages} fixtures with records");
}

fn in_slices(provider: &str, page: &[u8], budget_bytes: usize) -> (Roster, IngestReport) {
    let mut roster = Roster::new();
    let mut ingest = roster.begin(provider, page).unwrap();
    loop {
        if let Some(report) = ingest.step(&mut roster, budget_bytes).unwrap() {
            return (roster, report);
        }
        assert!(roster.is_empty(), "rows that are being read are invisible");
    }
}

fn keys(roster: &Roster) -> Vec<String> {
    let view = roster.query(&Ask {
        limit: usize::MAX,
        ..Ask::default()
    });
    view.rows.iter().map(|row| roster.key(*row).unwrap()).collect()
}

fn page(ids: &[u32]) -> String {
    let records: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"refId":"{id}","title":"Title {id}"}}"#))
        .collect();
    format!(r#"{{"profiles":[{}],"count":{}}}"#, records.join(","), ids.len())
}

proptest! {
    #[test]
    fn slices_of_any_size_give_the_same_as_the_whole(ids in prop::collection::vec(0_u32..40, 0..60), budget_bytes in 1_usize..400) {
        let page = page(&ids);
        let mut whole = Roster::new();
        let report = whole.ingest("ayrshare", page.as_bytes()).unwrap();
        let (sliced, sliced_report) = in_slices("ayrshare", page.as_bytes(), budget_bytes);
        prop_assert_eq!(report, sliced_report);
        prop_assert_eq!(keys(&whole), keys(&sliced));
    }

    #[test]
    fn a_broken_page_leaves_no_trace(ids in prop::collection::vec(0_u32..40, 1..30), more in prop::collection::vec(0_u32..80, 1..30),
                                     place in any::<prop::sample::Index>(), byte in any::<u8>(), budget_bytes in 1_usize..400) {
        let mut roster = Roster::new();
        roster.ingest("ayrshare", page(&ids).as_bytes()).unwrap();
        let before = keys(&roster);
        let mut broken = page(&more).into_bytes();
        let at = place.index(broken.len());
        broken[at] = byte;
        broken.truncate(broken.len() - usize::from(byte % 2));
        let mut ingest = roster.begin("ayrshare", broken.clone()).unwrap();
        let answer = loop {
            match ingest.step(&mut roster, budget_bytes) {
                Ok(None) => {}
                Ok(Some(report)) => break Ok(report),
                Err(error) => break Err(error),
            }
        };
        prop_assert!(answer.is_err() || serde_json::from_slice::<Value>(&broken).is_ok());
        if answer.is_err() {
            prop_assert_eq!(keys(&roster), before.clone());
            let total = roster.count(&parse("title", &()).filter, roster_core::UnixMs(0));
            prop_assert_eq!(total, before.len());
            // What was loaded before is still found by its key, and a good page still fits.
            prop_assert!(before.iter().all(|key| roster.find(key).is_some()));
            let report = roster.ingest("ayrshare", page(&ids).as_bytes()).unwrap();
            prop_assert_eq!((report.n_added, report.n_replaced), (0, 0));
        }
    }

    #[test]
    fn a_page_that_is_shown_in_parts_is_the_same_in_the_end(ids in prop::collection::vec(0_u32..40, 0..60), before in prop::collection::vec(0_u32..40, 0..20),
                                                            shown in prop::collection::vec(any::<bool>(), 1..9), budget_bytes in 1_usize..400) {
        let (mut whole, mut parts) = (Roster::new(), Roster::new());
        whole.ingest("ayrshare", page(&before).as_bytes()).unwrap();
        parts.ingest("ayrshare", page(&before).as_bytes()).unwrap();
        let report = whole.ingest("ayrshare", page(&ids).as_bytes()).unwrap();
        let mut ingest = parts.begin("ayrshare", page(&ids).as_bytes()).unwrap();
        let mut turns = shown.iter().cycle();
        let in_parts = loop {
            if let Some(report) = ingest.step(&mut parts, budget_bytes).unwrap() {
                break report;
            }
            if *turns.next().unwrap() {
                let so_far = ingest.show(&mut parts).unwrap();
                prop_assert_eq!(parts.len(), keys(&parts).len());
                prop_assert!(parts.len() >= so_far.n_added);
                parts.settle();
            }
        };
        prop_assert_eq!(ingest.show(&mut parts), None, "it is at its end");
        prop_assert_eq!(report, in_parts);
        prop_assert_eq!(keys(&whole), keys(&parts));
        let raws = |roster: &Roster| keys(roster).iter().map(|key| roster.raw(roster.find(key).unwrap()).unwrap().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(raws(&whole), raws(&parts));
    }

    #[test]
    fn of_a_broken_page_what_was_shown_stays_and_nothing_else(n_shown in 1_usize..20, n_more in 1_usize..20, budget_bytes in 1_usize..400) {
        let ids: Vec<u32> = (0..40).collect();
        let (good, more) = (&ids[..n_shown], &ids[n_shown..n_shown + n_more]);
        let broken = [page(good).split_once(']').unwrap().0, ",", page(more).split_once('[').unwrap().1.split_once(']').unwrap().0, "}"].concat();
        let mut roster = Roster::new();
        let mut ingest = roster.begin("ayrshare", broken.as_bytes()).unwrap();
        let mut so_far = 0;
        let error = loop {
            match ingest.step(&mut roster, budget_bytes) {
                Ok(report) => prop_assert_eq!(report, None),
                Err(error) => break error,
            }
            if so_far < n_shown {
                so_far = ingest.show(&mut roster).unwrap().n_added;
            }
        };
        prop_assert_eq!(error.kind(), ErrorKind::Decode);
        prop_assert_eq!(roster.len(), so_far);
        prop_assert_eq!(ingest.show(&mut roster), None);
        // All of it comes again, and nothing is left that stands in the way.
        let report = roster.ingest("ayrshare", page(&ids).as_bytes()).unwrap();
        prop_assert_eq!((report.n_unchanged, report.n_added), (so_far, ids.len() - so_far));
    }

    #[test]
    fn any_bytes_are_taken_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut roster = Roster::new();
        prop_assert!(roster.ingest("upsun", bytes).is_err() || roster.is_empty());
    }
}

#[test]
fn a_record_that_comes_again_is_replaced_where_it_stood_or_unchanged() {
    let mut roster = Roster::new();
    roster.ingest("ayrshare", page(&[1, 2, 3]).as_bytes()).unwrap();
    let memory = roster.memory_bytes();
    let report = roster.ingest("ayrshare", page(&[3, 2]).as_bytes()).unwrap();
    assert_eq!((report.n_added, report.n_replaced, report.n_unchanged), (0, 0, 2));
    let Memory { pages, .. } = roster.memory_bytes();
    assert_eq!(pages, memory.pages, "a page that says nothing new is not kept");
    let changed = r#"{"profiles":[{"refId":"2","title":"Newer"},{"refId":"4","title":"Four"}]}"#;
    let report = roster.ingest("ayrshare", changed.as_bytes()).unwrap();
    assert_eq!((report.n_added, report.n_replaced, report.n_unchanged), (1, 1, 0));
    assert_eq!(keys(&roster), ["ayrshare:1", "ayrshare:2", "ayrshare:3", "ayrshare:4"]);
    let row = roster.find("ayrshare:2").unwrap();
    assert_eq!(roster.raw(row), Some(r#"{"refId":"2","title":"Newer"}"#));
    let total = |text: &str| roster.count(&parse(text, &()).filter, roster_core::UnixMs(0));
    assert_eq!((total("newer"), total("\"title 2\""), total("-newer")), (1, 0, 3));
}

#[test]
fn every_form_in_which_a_person_can_have_profiles_gives_the_same_as_the_page() {
    let records = [
        r#"{"refId":"1","title":"One","activeSocialAccounts":["x"]}"#,
        r#"{"refId":"2","title":"Two"}"#,
        r#"{"title":"no id"}"#,
    ];
    let listed = records.join(" ,\n");
    let forms = [
        format!(r#"{{"profiles":[{listed}],"count":3}}"#),
        format!("\u{feff}[{listed}]"),
        format!(r#"{{"lastUpdated":"2024","tags":[],"more":[1],"users":[{listed}],"count":3}}"#),
        records.join("\r\n"),
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{}\n",
            records.concat()
        ),
    ];
    for form in forms {
        let (roster, report) = in_slices("ayrshare", form.as_bytes(), 20);
        assert_eq!((report.n_added, report.rejected.len()), (2, 1), "{form}");
        assert_eq!(keys(&roster), ["ayrshare:1", "ayrshare:2"], "{form}");
        let rejected = &report.rejected[0];
        assert!(
            rejected.path.ends_with("[2]") && &*rejected.raw == records[2],
            "{rejected:?}"
        );
        let total = |text: &str| roster.count(&parse(text, &()).filter, roster_core::UnixMs(0));
        assert_eq!((total("platform:x"), total("two")), (1, 1), "{form}");
    }
    let (roster, _) = in_slices("ayrshare", records[0].as_bytes(), 20);
    assert_eq!(roster.raw(0), Some(records[0]), "a single record");
    assert!(
        Roster::new()
            .ingest("ayrshare", b"[]".as_slice())
            .is_ok_and(|report| report == IngestReport::default())
    );
    for broken in [
        "[",
        "[{\"refId\":\"1\"},",
        "{\"refId\":\"1\",\"title\":\"a\"} x",
        "{\"refId\":\"1\"}",
        "1",
        "HTTP/1.1 200 OK",
    ] {
        let mut roster = Roster::new();
        let error = roster.ingest("ayrshare", broken.as_bytes()).unwrap_err();
        assert_eq!((error.kind(), roster.len()), (ErrorKind::Decode, 0), "{broken}");
    }
}

#[test]
fn the_recorded_single_users_and_batch_files_are_taken_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/ayrshare");
    for (name, n_added, n_rejected) in [("user", 1, 0), ("batch-file-array", 2, 0), ("batch-file-wrapped", 1, 1)] {
        let body = fs::read(folder.join(name).with_extension("json")).unwrap();
        assert_eq!(
            roster_index::sniff(&body).map(|(provider, _)| provider),
            Some("ayrshare"),
            "{name}"
        );
        let report = Roster::new().ingest("ayrshare", body).unwrap();
        assert_eq!((report.n_added, report.rejected.len()), (n_added, n_rejected), "{name}");
    }
}

#[test]
fn a_key_twice_in_one_page_counts_once_and_its_last_record_wins() {
    let mut roster = Roster::new();
    let page =
        r#"{"profiles":[{"refId":"1","title":"a"},{"refId":"2"},{"refId":"1","title":"b"},{"refId":"1","title":"b"}]}"#;
    let report = roster.ingest("ayrshare", page.as_bytes()).unwrap();
    assert_eq!(
        (report.n_added, report.n_replaced, report.n_unchanged, roster.len()),
        (2, 1, 1, 2)
    );
    assert_eq!(keys(&roster), ["ayrshare:1", "ayrshare:2"]);
}

#[test]
fn of_a_member_that_comes_twice_the_last_counts_at_every_depth() {
    let mut roster = Roster::new();
    let record = r#"{"title":"one","refId":"7","refId":"8","title":"two","suspension":{"reason":"x"},"suspension":{"suspensionCount":3}}"#;
    roster
        .ingest("ayrshare", format!(r#"{{"profiles":[{record}]}}"#).as_bytes())
        .unwrap();
    let total = |text: &str| roster.count(&parse(text, &()).filter, roster_core::UnixMs(0));
    assert!(roster.find("ayrshare:8").is_some() && roster.find("ayrshare:7").is_none());
    assert_eq!(
        [total("two"), total("one"), total("no:reason"), total("suspensions:3")],
        [1, 0, 1, 1]
    );
}

#[test]
fn ids_of_any_characters_and_lengths_are_kept() {
    let ids = [
        "",
        "a:b",
        "\u{0}",
        "é\u{1F600}",
        "\"",
        "\\",
        "9007199254740993",
        " ",
        &"x".repeat(100_000),
    ];
    let record = |id: &&str| serde_json::json!({"refId": id, "title": "T"}).to_string();
    let records: Vec<String> = ids
        .iter()
        .map(record)
        .chain([r#"{"refId":-10017122}"#.to_owned()])
        .collect();
    let page = format!(r#"{{"profiles":[{}]}}"#, records.join(" ,\n"));
    let mut roster = Roster::new();
    let report = roster.ingest("ayrshare", page.as_bytes()).unwrap();
    assert_eq!(
        (report.n_added, report.rejected.len()),
        (ids.len(), 1),
        "only the empty one is no id"
    );
    for id in ids.iter().skip(1).chain([&"-10017122"]) {
        let row = roster.find(&format!("ayrshare:{id}")).unwrap();
        assert_eq!(roster.key(row), Some(format!("ayrshare:{id}")));
    }
    assert_eq!(
        roster.ingest("ayrshare", page.as_bytes()).unwrap().n_unchanged,
        ids.len()
    );
}

#[test]
fn every_part_of_an_id_is_found_whatever_the_id_is_made_of() {
    let number = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let ids: Vec<String> = (1..300)
        .map(|n| match n % 4 {
            0 => format!("{:016X}", number(n)),
            1 => format!("{:08x}-{:04x}", number(n) >> 32, n),
            2 => format!("01gz_{n}\u{e9}"),
            _ => format!("{:016x}", number(n)),
        })
        .collect();
    let records: Vec<String> = ids.iter().map(|id| format!(r#"{{"refId":"{id}"}}"#)).collect();
    let mut roster = Roster::new();
    let page = format!(r#"{{"profiles":[{}]}}"#, records.join(","));
    roster.ingest("ayrshare", page.as_bytes()).unwrap();
    let digits = b"0123456789abcdef".map(char::from);
    let pairs = digits.iter().flat_map(|a| digits.map(|b| format!("{a}{b}")));
    let others = ["f", "g", "z_", "1g", "fab", "0-00", "\u{e9}", "zz"].map(str::to_owned);
    let needles: Vec<String> = pairs.chain(others).collect();
    for is_prepared in [false, true] {
        for needle in &needles {
            let expected = ids.iter().filter(|id| fold(id).contains(&fold(needle))).count();
            let terms = vec![Term::wanted(Test::Anywhere(needle.clone()))];
            let filter = Filter { terms };
            assert_eq!(roster.count(&filter, roster_core::UnixMs(0)), expected, "{needle}");
        }
        assert!(is_prepared || roster.prepare(usize::MAX));
    }
}

#[test]
fn a_detail_does_not_lose_what_only_the_list_says_and_the_list_not_what_only_the_detail_says() {
    let list = r#"{"profiles":[{"refId":"1","title":"T","createdUTC":"2022-03-02T16:11:00.839Z","activeSocialAccounts":["x"],"isByokLinked":true}]}"#;
    let detail = r#"{"profiles":[{"refId":"1","title":"T","activeSocialAccounts":["x"],"quota":{"used":9,"limit":10},
        "socialHealth":{"twitter":{"relinkRecommended":true,"tokenExpiresAt":"2026-04-01T08:00:00.000Z"}}}]}"#;
    let list_later = list.replace("\"T\"", "\"Later\"");
    let mut roster = Roster::new();
    for page in [list, detail, &list_later] {
        roster.ingest("ayrshare", page.as_bytes()).unwrap();
        let total = |text: &str| roster.count(&parse(text, &()).filter, roster_core::UnixMs(1_770_000_000_000));
        let is_checked = usize::from(page != list);
        assert_eq!([total("created:2022"), total("byok:linked")], [1, 1], "{page}");
        assert_eq!(
            [total("quota:>80%"), total("health:relink"), total("token:2026-04")],
            [is_checked; 3],
            "{page}"
        );
    }
    assert_eq!(roster.len(), 1);
}

#[test]
fn a_page_says_what_is_wrong_and_where() {
    let message = |page: &str| {
        Roster::new()
            .ingest("ayrshare", page.as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(message("<html>"), "ayrshare: expected an object at byte 0, found '<'");
    assert_eq!(
        message("{}"),
        "ayrshare: expected the list of profiles at byte 2, found the end of the page"
    );
    assert_eq!(
        message(r#"{"profiles":{"actionLog":[]}}"#),
        "ayrshare: expected an array at byte 12, found '{'"
    );
    assert_eq!(
        message(r#"{"profiles":[],"profiles":[]}"#),
        "ayrshare: expected the list only once at byte 15, found '\"'"
    );
    assert_eq!(
        message("{\"profiles\":[{\"refId\":\"\u{1}\"}]}"),
        "ayrshare: expected no control character at byte 23, found byte 0x01"
    );
    let unknown = Roster::new().ingest("myspace", "{}".as_bytes()).unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::InvalidQuery);
}

#[test]
fn a_page_that_was_given_up_says_so() {
    let mut roster = Roster::new();
    let mut first = roster.begin("ayrshare", page(&[1, 2]).into_bytes()).unwrap();
    assert_eq!(first.step(&mut roster, 1).unwrap(), None);
    roster.ingest("ayrshare", page(&[3]).as_bytes()).unwrap();
    assert!(first.step(&mut roster, 1).is_err());
    assert_eq!(keys(&roster), ["ayrshare:3"]);
}

#[test]
fn settling_gives_memory_back_and_changes_no_answer() {
    let mut roster = Roster::new();
    let ids: Vec<u32> = (0..3_000).collect();
    for ids in ids.chunks(700) {
        roster.ingest("ayrshare", page(ids).as_bytes()).unwrap();
    }
    let (before, answer) = (roster.memory_bytes().index, keys(&roster));
    roster.settle();
    let after = roster.memory_bytes().index;
    assert!(after < before, "{after} of {before}");
    assert_eq!(keys(&roster), answer);
    assert_eq!(
        roster.ingest("ayrshare", page(&ids).as_bytes()).unwrap().n_unchanged,
        3_000
    );
}

#[test]
fn preparing_ends_and_changes_no_answer() {
    let mut roster = Roster::new();
    let ids: Vec<u32> = (0..3_000).collect();
    roster.ingest("ayrshare", page(&ids).as_bytes()).unwrap();
    let total = |roster: &Roster| roster.count(&parse("title 77", &()).filter, roster_core::UnixMs(0));
    let expected = ids.iter().filter(|id| id.to_string().contains("77")).count();
    let n_steps = (0..1_000).take_while(|_| !roster.prepare(64)).count();
    assert!((1..200).contains(&n_steps), "{n_steps}");
    assert_eq!(total(&roster), expected);
    roster.forget();
    assert_eq!(total(&roster), expected);
}

#[test]
fn a_file_with_a_second_list_behind_a_long_first_one_is_refused_and_not_half_read() {
    let user = r#"{"refId":"a","title":"A","created":{"_seconds":1}}"#;
    let first = vec![user; 30_000].join(",");
    let file = |more: &str| format!(r#"{{"tags":["x"],"users":[{first}]{more}}}"#);
    let mut roster = Roster::new();
    let error = roster
        .ingest("ayrshare", file(r#","others":[{}]"#).into_bytes())
        .unwrap_err();
    assert!(error.to_string().contains("one list of profiles"), "{error}");
    assert_eq!(roster.len(), 0);
    let report = roster.ingest("ayrshare", file(r#","count":[1]"#).into_bytes()).unwrap();
    assert_eq!((report.n_added, report.n_replaced + report.n_unchanged), (1, 29_999));
}
