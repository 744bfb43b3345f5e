//! Each fault as a client sees it, and that it ends when it is said to end.

use roster_core::{Error, ErrorKind, Query, provider};
use roster_sandbox::{Delivery, Response};
use serde_json::{Value, json};

use crate::play::{BASE_URL, NOW, Play, signed};

const LISTS: &[(&str, &str)] = &[
    ("ayrshare", "/ayrshare/api/profiles?limit=50"),
    ("insightiq", "/insightiq/v1/profiles?limit=20"),
    ("upsun", "/upsun/profiles?range=10"),
];

fn list_of(provider: &str) -> &'static str {
    LISTS.iter().find(|(id, _)| *id == provider).unwrap().1
}

fn load(play: &Play, provider: &str) -> Result<Vec<roster_core::Page>, Error> {
    let query = Query::new(provider, "profiles").unwrap();
    let query = match provider {
        "ayrshare" => query.with("limit", "50").unwrap(),
        "insightiq" => query.with("limit", "20").unwrap(),
        _ => query.with("range", "10").unwrap(),
    };
    play.load(query).map(|(pages, _)| pages)
}

fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn a_rate_limit_is_429_in_each_providers_words_and_ends_after_its_time() {
    for (id, target) in LISTS {
        let play = Play::with_faults(&[&format!("{id}/profiles:rate-limit=7@2x1")]);
        assert_eq!(play.get(target).status, 200);
        let request = Query::new(id, "profiles").unwrap().request().unwrap();
        let response = play.answer(&request);
        assert_eq!(response.status, 429);
        let error = provider(id).unwrap().error(&response).unwrap();
        assert_eq!(error.kind(), ErrorKind::RateLimited, "{id}");
        let wait = error.retry_after_ms().unwrap();
        assert!((6_000..=8_000).contains(&wait), "{id}: {wait}");
        assert_eq!(play.get(target).status, 200);
    }
}

#[test]
fn a_rate_limit_without_a_value_has_no_retry_after_and_ayrshare_keeps_its_counters() {
    let play = Play::with_faults(&["ayrshare/profiles:rate-limit"]);
    let response = play.get(list_of("ayrshare"));
    assert_eq!((response.status, response.header("retry-after")), (429, None));
    assert_eq!(
        (response.header("x-ratelimit-max"), response.header("x-ratelimit-count")),
        (Some("300"), Some("1"))
    );
    let play = Play::with_faults(&["upsun/profiles:rate-limit=90"]);
    let response = play.get(list_of("upsun"));
    assert_eq!(
        response.header("retry-after"),
        Some("Sat, 21 Nov 2026 09:31:31 GMT"),
        "a date, as that server writes"
    );
}

#[test]
fn a_status_comes_in_the_providers_envelope() {
    for (id, target) in LISTS {
        let play = Play::with_faults(&[
            &format!("{id}/profiles:status-500@1x1"),
            &format!("{id}/profiles:status-403@2"),
        ]);
        let response = play.get(target);
        assert_eq!(response.status, 500);
        assert!(json_of(&response).is_object(), "{id}");
        assert_eq!(play.get(target).status, 403);
        assert_eq!(play.get(target).status, 403);
    }
}

#[test]
fn after_a_500_the_same_page_comes_when_asked_again() {
    let play = Play::with_faults(&["insightiq/profiles:status-500@3x1"]);
    let error = load(&play, "insightiq").unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Upstream, Some(500)));
    let pages = load(&play, "insightiq").unwrap();
    assert_eq!(pages.iter().map(|page| page.records.len()).sum::<usize>(), 60);
}

#[test]
fn slow_and_cut_say_how_the_body_arrives_and_leave_it_whole() {
    for (id, target) in LISTS {
        let whole = Play::demo().get(target);
        assert_eq!(whole.delivery, Delivery::Whole);
        let slow = Play::with_faults(&[&format!("{id}/profiles:slow=100")]).get(target);
        assert_eq!(slow.delivery, Delivery::Slow { bytes_per_second: 100 });
        let cut = Play::with_faults(&[&format!("{id}/profiles:cut=40")]).get(target);
        assert_eq!(cut.delivery, Delivery::CutAfter { bytes: 40 });
        let half = Play::with_faults(&[&format!("{id}/profiles:cut")]).get(target);
        assert_eq!(
            half.delivery,
            Delivery::CutAfter {
                bytes: whole.body.len() / 2
            }
        );
        assert_eq!((&slow.body, &cut.body), (&whole.body, &whole.body));
    }
}

#[test]
fn a_malformed_record_is_one_among_good_ones() {
    for (id, _) in LISTS {
        let play = Play::with_faults(&[&format!("{id}/profiles:malformed-record@2x1")]);
        let pages = load(&play, id).unwrap();
        let rejected: Vec<usize> = pages.iter().map(|page| page.rejected.len()).collect();
        assert_eq!(
            (rejected[0], rejected[1], rejected.iter().sum::<usize>()),
            (0, 1, 1),
            "{id}"
        );
        assert!(!pages[1].records.is_empty());
    }
}

#[test]
fn a_repeated_position_is_found_by_the_pager() {
    for id in ["ayrshare", "upsun"] {
        let play = Play::with_faults(&[&format!("{id}/profiles:repeated-cursor@2x1")]);
        assert_eq!(load(&play, id).unwrap_err().kind(), ErrorKind::Pagination, "{id}");
        let always = Play::with_faults(&[&format!("{id}/profiles:repeated-cursor")]);
        assert_eq!(load(&always, id).unwrap_err().kind(), ErrorKind::Pagination, "{id}");
    }
}

#[test]
fn an_expired_cursor_is_400_in_the_middle_of_a_load() {
    let play = Play::with_faults(&["ayrshare/profiles:expired-cursor@2x1"]);
    let error = load(&play, "ayrshare").unwrap_err();
    assert_eq!(error.status(), Some(400));
    assert!(error.message().contains("cursor has expired"), "{error}");
}

#[test]
fn an_empty_page_in_the_middle_loses_nothing() {
    for (id, n_expected) in [("ayrshare", 150), ("upsun", 30)] {
        let play = Play::with_faults(&[&format!("{id}/profiles:empty-middle-page@2x1")]);
        let pages = load(&play, id).unwrap();
        assert!(pages[1].records.is_empty() && pages[1].next.is_some(), "{id}");
        assert_eq!(
            pages.iter().map(|page| page.records.len()).sum::<usize>(),
            n_expected,
            "{id}"
        );
    }
    let twice = Play::with_faults(&["ayrshare/profiles:empty-middle-page@2x2"]);
    assert_eq!(load(&twice, "ayrshare").unwrap().len(), 5);
}

#[test]
fn a_web_page_comes_with_status_200() {
    for (id, target) in LISTS {
        let play = Play::with_faults(&[&format!("{id}/profiles:html@1x1")]);
        let response = play.get(target);
        assert_eq!(
            (response.status, response.header("content-type")),
            (200, Some("text/html; charset=utf-8"))
        );
        assert!(response.body.starts_with(b"<!doctype html>"));
        assert_eq!(load(&play, id).map(|pages| pages.is_empty()), Ok(false));
    }
    let play = Play::with_faults(&["upsun/profiles:html"]);
    assert_eq!(load(&play, "upsun").unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn an_error_can_come_with_status_200() {
    let play = Play::with_faults(&["ayrshare/profiles:error-200", "ayrshare/user:error-200"]);
    for target in ["/ayrshare/api/profiles", "/ayrshare/api/user"] {
        let response = play.get(target);
        assert_eq!((response.status, &json_of(&response)["status"]), (200, &json!("error")));
    }
    assert!(load(&play, "ayrshare").is_err());
}

#[test]
fn a_link_to_another_host_is_refused_by_the_pager() {
    let play = Play::with_faults(&["upsun/profiles:foreign-link@2x1"]);
    let body = json_of(&play.get(list_of("upsun")));
    assert!(body["_links"]["next"]["href"].as_str().unwrap().starts_with(BASE_URL));
    let error = load(&play, "upsun").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert!(error.message().contains("elsewhere.example"), "{error}");
}

#[test]
fn faults_meet_their_route_only_and_not_requests_with_a_bad_key() {
    let play = Play::with_faults(&["ayrshare/user:status-502@1x1"]);
    assert_eq!(play.get("/ayrshare/api/profiles").status, 200);
    let mut stranger = signed("/ayrshare/api/user");
    stranger.headers.clear();
    assert_eq!(play.send(&stranger).status, 403, "not counted");
    assert_eq!(play.get("/ayrshare/api/user").status, 502);
    assert_eq!(play.get("/ayrshare/api/user").status, 200);
}

#[test]
fn the_batch_file_and_the_token_have_faults_too() {
    let mut play = Play::with_faults(&[
        "ayrshare/user/batch/file:status-503@1x1",
        "upsun/oauth2/token:status-500",
    ]);
    let ticket = play.json("/ayrshare/api/user/batch");
    let path = ticket["url"]
        .as_str()
        .unwrap()
        .strip_prefix(BASE_URL)
        .unwrap()
        .to_owned();
    play.now = NOW.plus_ms(6 * 60_000);
    assert_eq!(play.get(&path).status, 503);
    assert_eq!(play.get(&path).status, 200);
    let mut token = signed("/upsun/oauth2/token");
    token.method = "POST".to_owned();
    assert_eq!(play.send(&token).status, 500);
}
