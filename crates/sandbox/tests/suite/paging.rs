//! Every record exactly once over all pages, for every provider, by the pager that everybody uses.

use std::collections::HashSet;

use roster_core::{End, ErrorKind, Page, Query, provider};

use crate::play::{DAY_MS, MINUTE_MS, NOW, Play};

fn query(provider: &str) -> Query {
    Query::new(provider, "profiles").unwrap()
}

fn ids(pages: &[Page]) -> Vec<String> {
    let records = pages.iter().flat_map(|page| &page.records);
    records.map(|record| record.id.to_string()).collect()
}

fn assert_each_once(pages: &[Page], n_expected: u64) {
    let ids = ids(pages);
    assert_eq!(ids.len() as u64, n_expected);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "an id came twice");
    assert!(pages.iter().all(|page| page.rejected.is_empty()));
}

#[test]
fn the_demo_is_150_and_60_and_30_profiles_each_once_whatever_the_page_size() {
    let play = Play::demo();
    for limit in ["1", "7", "50", "100", "149", "150", "5000"] {
        let (pages, end) = play.load(query("ayrshare").with("limit", limit).unwrap()).unwrap();
        assert_each_once(&pages, 150);
        assert_eq!(end, End::Complete);
    }
    for limit in ["1", "7", "10", "30", "60", "100"] {
        let (pages, _) = play.load(query("insightiq").with("limit", limit).unwrap()).unwrap();
        assert_each_once(&pages, 60);
    }
    let (pages, _) = play.load(query("upsun")).unwrap();
    assert_each_once(&pages, 30);
    assert_eq!(pages[0].total, Some(30));
}

#[test]
fn ten_thousand_profiles_come_each_once() {
    let play = Play::of(10_000);
    let (pages, _) = play.load(query("ayrshare").with("limit", "999").unwrap()).unwrap();
    assert_each_once(&pages, 6250);
    assert_eq!(pages.len(), 7);
    let (pages, _) = play.load(query("insightiq").with("limit", "100").unwrap()).unwrap();
    assert_each_once(&pages, 2500);
    assert_eq!(pages.len(), 26, "an exact multiple costs one empty page");
    let (pages, _) = play.load(query("upsun")).unwrap();
    assert_each_once(&pages, 1250);
    assert_eq!(pages.len(), 25, "fifty on a page");
    assert!(pages.iter().all(|page| page.total == Some(1250)));
}

#[test]
fn every_record_is_read_as_a_profile_without_odd_ones_beyond_the_designed() {
    let play = Play::of(2_000);
    for id in ["ayrshare", "insightiq", "upsun"] {
        let reader = provider(id).unwrap();
        let (pages, _) = play.load(query(id)).unwrap();
        for page in &pages {
            for record in &page.records {
                let profile = reader.profile(page.text(record)).unwrap();
                assert_eq!(profile.id, *record.id);
                assert!(!profile.title.is_empty(), "{}", page.text(record));
                assert_eq!(reader.odd_fields(page.text(record)), [], "{}", page.text(record));
            }
        }
    }
}

#[test]
fn a_cursor_stays_good_as_time_passes() {
    let mut play = Play::demo();
    let first = play.json("/ayrshare/api/profiles?limit=70");
    let cursor = first["pagination"]["nextCursor"].as_str().unwrap().to_owned();
    let encoded: String = form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
    let target = format!("/ayrshare/api/profiles?limit=70&cursor={encoded}");
    let soon = play.json(&target);
    for later_ms in [90 * MINUTE_MS, 3 * DAY_MS] {
        play.now = NOW.plus_ms(later_ms);
        let later = play.json(&target);
        let places = |body: &serde_json::Value| crate::play::texts(&body["profiles"], "refId");
        assert_eq!(places(&later), places(&soon));
    }
}

#[test]
fn dates_stand_still_during_a_load_across_the_hour() {
    let mut play = Play::demo();
    let before = play.json("/ayrshare/api/profiles");
    play.now = NOW.plus_ms(40 * MINUTE_MS);
    assert_eq!(play.json("/ayrshare/api/profiles")["profiles"], before["profiles"]);
}

#[test]
fn a_million_profiles_have_a_first_a_middle_and_a_last_page() {
    let play = Play::of(1_000_000);
    let first = play.json("/ayrshare/api/profiles?limit=2");
    assert_eq!(first["pagination"]["hasMore"], true);
    let pages = [
        "offset=0",
        "offset=125000",
        "offset=249995",
        "offset=250000",
        "offset=18446744073709551615",
    ];
    let n_records = pages.map(|page| {
        let body = play.json(&format!("/insightiq/v1/profiles?limit=10&{page}"));
        body["data"].as_array().unwrap().len()
    });
    assert_eq!(n_records, [10, 10, 5, 0, 0]);
    let middle = play.json("/upsun/profiles?page=1250");
    assert_eq!(middle["profiles"].as_array().unwrap().len(), 50);
    let last = play.json("/upsun/profiles?page=2500");
    assert_eq!(
        (last["profiles"].as_array().unwrap().len(), &last["count"]),
        (50, &125_000.into())
    );
    assert!(last["_links"].get("next").is_none());
    let past = play.json("/upsun/profiles?page=18446744073709551615");
    assert_eq!(past["profiles"], serde_json::json!([]));
}

#[test]
fn a_filter_that_few_match_walks_to_the_last_of_a_million() {
    let play = Play::of(1_000_000);
    // A filter that few match makes long ways between pages.
    let query = query("ayrshare")
        .with("includesActiveSocialAccounts", "snapchat,gmb,reddit,pinterest,bluesky")
        .unwrap();
    let (pages, end) = play.load(query.with("limit", "10").unwrap()).unwrap();
    assert_eq!(end, End::Complete);
    let ids = ids(&pages);
    assert!(ids.len() > 30, "found {}", ids.len());
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
}

#[test]
fn a_cursor_that_is_none_is_refused() {
    let play = Play::demo();
    for cursor in ["x", "eyJjcmVhdGVkIjoiMjAyNS0wNi0xNFQwMjo1", "%F0%9F%A6%80", "e30%3D"] {
        let (status, body) = play.refused(&format!("/ayrshare/api/profiles?cursor={cursor}"));
        assert_eq!((status, &body["code"]), (400, &101.into()), "{cursor}");
    }
    let refused = play.load(query("ayrshare").with("cursor", "x").unwrap()).unwrap_err();
    assert_ne!(refused.kind(), ErrorKind::Decode);
}
