//! Answers that are given again, on either shell: how long they are good, and when they stand in for an API that fails.

use std::sync::atomic::Ordering;

use crate::upstream::{Act, Upstream, answer, json};
use crate::world::{NOW_MS, Proxy, config};

const TARGET: &str = "/api/v1/upsun/profiles";
const UPSTREAM: &str = "/up/profiles";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[test]
fn an_answer_is_given_again_until_its_next_update() {
    let upstream = Upstream::start();
    let body = |n: u32| format!(r#"{{"n":{n},"nextUpdate":"2025-06-15T15:11:40Z"}}"#);
    upstream.expect_in_turn("/api/profiles", [json(&body(1)), json(&body(2))]);
    let (proxy, time) = Proxy::timed(&config(upstream.port));
    let ask = || proxy.get("/api/v1/ayrshare/profiles");
    let first = ask();
    assert_eq!(
        (first.header("roster-cache"), first.header("age")),
        (Some("miss"), Some("0"))
    );
    time.store(NOW_MS + 299_999, Ordering::Relaxed);
    let again = ask();
    assert_eq!(
        (again.header("roster-cache"), again.header("age")),
        (Some("hit"), Some("299"))
    );
    assert_eq!(again.body(), body(1));
    assert_eq!(
        again.header("cache-control"),
        Some("private, no-store"),
        "nobody else keeps it"
    );
    time.store(NOW_MS + 300_000, Ordering::Relaxed);
    assert_eq!((ask().body(), upstream.n_heads()), (body(2).as_str(), 2));
}

#[test]
fn what_tells_of_one_exchange_is_not_given_again() {
    let upstream = Upstream::start();
    let headers = "content-type: application/json\r\nrequest-id: r-1\r\nx-ratelimit-max: 300\r\nx-ratelimit-count: 7\r\n\
                   last-modified: Sun, 15 Jun 2025 00:00:00 GMT\r\n";
    upstream.expect(UPSTREAM, answer("200 OK", headers, "{}"));
    let proxy = Proxy::keeping(&config(upstream.port));
    let names = ["request-id", "x-ratelimit-max", "x-ratelimit-count", "last-modified"];
    let told = |reply: &crate::world::Reply| names.map(|name| reply.header(name).is_some());
    assert_eq!(told(&proxy.get(TARGET)), [true, true, true, true]);
    assert_eq!(told(&proxy.get(TARGET)), [false, false, false, true]);
}

#[test]
fn an_api_that_fails_is_covered_by_its_last_answer_for_a_day() {
    let type_json = "content-type: application/json\r\n";
    for (failure, code) in [
        (answer("500 X", type_json, "{}"), "upstream"),
        (
            answer("429 X", &format!("{type_json}retry-after: 100\r\n"), "{}"),
            "rate_limited",
        ),
        (Act::Say(String::new()), "network"),
        (Act::SayAndHang(String::new()), "timeout"),
        (
            answer("200 OK", "content-type: text/html\r\n", "<p>sign in</p>"),
            "decode",
        ),
    ] {
        let upstream = Upstream::start();
        upstream.expect_in_turn(UPSTREAM, [json(r#"{"good":1}"#), failure]);
        let (proxy, time) = Proxy::timed(&config(upstream.port));
        assert_eq!(proxy.get(TARGET).status(), 200);
        time.store(NOW_MS + 60_000, Ordering::Relaxed);
        let stale = proxy.get(TARGET);
        assert_eq!((stale.status(), stale.body()), (200, r#"{"good":1}"#), "{code}");
        let marks = ["roster-cache", "roster-stale", "age"].map(|name| stale.header(name).unwrap().to_owned());
        assert_eq!(marks, ["stale", code, "60"]);
        time.store(NOW_MS + 60_000 + DAY_MS, Ordering::Relaxed);
        assert!(proxy.get(TARGET).status() >= 400, "{code}");
    }
}

#[test]
fn news_about_our_key_and_about_the_question_is_told() {
    for (status, expected) in [(401, 502), (403, 502), (400, 400), (404, 404)] {
        let upstream = Upstream::start();
        let refused = answer(&format!("{status} X"), "content-type: application/json\r\n", "{}");
        upstream.expect_in_turn(UPSTREAM, [json("{}"), refused]);
        let (proxy, time) = Proxy::timed(&config(upstream.port));
        assert_eq!(proxy.get(TARGET).status(), 200);
        time.store(NOW_MS + 60_000, Ordering::Relaxed);
        assert_eq!(proxy.get(TARGET).status(), expected, "{status}");
    }
}

#[test]
fn half_a_body_and_an_error_are_not_kept() {
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{\"a\":1";
    let broken_json = json(r#"{"profiles":["#);
    for (bad, status) in [(Act::Say(half.to_owned()), 502), (broken_json, 200)] {
        let upstream = Upstream::start();
        upstream.expect_in_turn(UPSTREAM, [bad.clone(), bad.clone(), bad, json(r#"{"good":1}"#)]);
        let proxy = Proxy::keeping(&config(upstream.port));
        assert_eq!(proxy.get(TARGET).status(), status);
        while proxy.get(TARGET).body() != r#"{"good":1}"# {}
        assert_eq!(upstream.n_heads(), 4);
    }
}

#[test]
fn a_missing_thing_is_believed_for_five_seconds() {
    let upstream = Upstream::start();
    upstream.expect(UPSTREAM, answer("404 X", "content-type: application/json\r\n", "{}"));
    let (proxy, time) = Proxy::timed(&config(upstream.port));
    for _ in 0..3 {
        assert_eq!(proxy.get(TARGET).status(), 404);
    }
    assert_eq!(upstream.n_heads(), 1);
    time.fetch_add(5_000, Ordering::Relaxed);
    assert_eq!((proxy.get(TARGET).status(), upstream.n_heads()), (404, 2));
}
