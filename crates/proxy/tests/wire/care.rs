//! A metered API is asked as seldom as it can be: once for everybody, not again before its time, and not while it
//! fails.

use std::sync::atomic::Ordering;

use crate::upstream::{Act, Door, Upstream, answer, behind, json};
use crate::world::{Proxy, Reply, config};

const TARGET: &str = "/api/v1/upsun/profiles";
const UPSTREAM: &str = "/up/profiles";

fn refusal(reply: &Reply) -> (u16, String) {
    (reply.status(), reply.problem("type").replace("urn:problem:", ""))
}

fn throttled(retry_after: &str) -> Act {
    let header = format!("content-type: application/json\r\n{retry_after}");
    answer("429 Too Many Requests", &header, "{}")
}

#[test]
fn a_thousand_clients_cost_one_request() {
    let (upstream, door) = (Upstream::start(), Door::default());
    upstream.expect(UPSTREAM, behind(&door, r#"{"profiles":[]}"#));
    // A thousand connections take a while on a busy machine.
    let limits = roster_gateway::Limits::default();
    let proxy = Proxy::limited(&config(upstream.port), limits);
    let mut sockets: Vec<_> = (0..500).map(|_| proxy.send_get(TARGET)).collect();
    door.wait_for(1);
    // One who leaves does not end it for the others.
    drop(sockets.remove(0));
    let late: Vec<_> = (0..500).map(|_| proxy.send_get(TARGET)).collect();
    door.open();
    for socket in sockets.into_iter().chain(late) {
        let reply = crate::world::read(socket);
        assert_eq!((reply.status(), reply.body()), (200, r#"{"profiles":[]}"#));
    }
    assert_eq!(upstream.n_heads(), 1);
}

#[test]
fn after_a_429_the_api_is_left_alone_for_as_long_as_it_says() {
    for (header, first_s, hold_s) in [
        ("retry-after: 5\r\n", "5", 5),
        ("retry-after: Sun, 15 Jun 2025 15:06:45 GMT\r\n", "5", 5),
        ("", "30", 30),
        ("retry-after: soon\r\n", "30", 30),
        ("retry-after: 99999999999999999999\r\n", "30", 30),
        ("retry-after: 86400\r\n", "86400", 900),
    ] {
        let upstream = Upstream::start();
        upstream.expect_in_turn(UPSTREAM, [throttled(header), json("{}")]);
        let (proxy, time) = Proxy::timed(&config(upstream.port));
        let first = proxy.get(TARGET);
        let told = (first.status(), first.header("retry-after").unwrap_or_default());
        assert_eq!(told, (429, first_s), "{header}");
        for passed_s in [0, hold_s - 1] {
            time.store(crate::world::NOW_MS + passed_s * 1000, Ordering::Relaxed);
            let held = proxy.get(TARGET);
            assert_eq!(refusal(&held), (429, "cooling-down".to_owned()), "{header}");
            assert_eq!(
                held.header("retry-after"),
                Some((hold_s - passed_s).to_string().as_str())
            );
            let sources = proxy.get("/api/v1/sources");
            assert!(sources.body().contains(r#""state":"cooling""#), "{}", sources.body());
        }
        assert_eq!(upstream.n_heads(), 1, "{header}");
        time.store(crate::world::NOW_MS + hold_s * 1000, Ordering::Relaxed);
        assert_eq!(proxy.get(TARGET).status(), 200, "{header}");
    }
}

#[test]
fn a_short_wait_is_waited_for_once_and_not_for_ever() {
    let upstream = Upstream::start();
    upstream.expect_in_turn(UPSTREAM, [throttled("retry-after: 0\r\n"), json("{}")]);
    assert_eq!(Proxy::before(&upstream).get(TARGET).status(), 200);
    assert_eq!(upstream.n_heads(), 2);
    let upstream = Upstream::start();
    upstream.expect(UPSTREAM, throttled("retry-after: 0\r\n"));
    assert_eq!(Proxy::before(&upstream).get(TARGET).status(), 429);
    assert!(upstream.n_heads() <= 3, "{}", upstream.n_heads());
}

#[test]
fn a_failure_that_passes_is_not_seen() {
    for failure in [
        answer("500 X", "content-type: application/json\r\n", "{}"),
        answer("502 X", "content-type: text/html\r\n", "<p>bad gateway</p>"),
        Act::Say(String::new()),
        Act::Say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{".to_owned()),
        Act::Reset("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{".to_owned()),
    ] {
        let upstream = Upstream::start();
        upstream.expect_in_turn(UPSTREAM, [failure.clone(), failure, json(r#"{"ok":1}"#)]);
        let reply = Proxy::before(&upstream).get(TARGET);
        assert_eq!((reply.status(), reply.body()), (200, r#"{"ok":1}"#));
        assert_eq!(upstream.n_heads(), 3);
    }
}

#[test]
fn what_is_about_the_question_is_asked_once() {
    for status in [400, 401, 403, 404, 409, 410, 422, 501] {
        let upstream = Upstream::start();
        let failure = answer(&format!("{status} X"), "content-type: application/json\r\n", "{}");
        upstream.expect(UPSTREAM, failure);
        assert!(Proxy::before(&upstream).get(TARGET).status() >= 400);
        assert_eq!(upstream.n_heads(), 1, "{status}");
    }
}

#[test]
fn an_api_that_keeps_failing_rests_and_one_probe_brings_it_back() {
    let upstream = Upstream::start();
    upstream.expect(UPSTREAM, answer("500 X", "content-type: application/json\r\n", "{}"));
    let (proxy, time) = Proxy::timed(&config(upstream.port));
    while refusal(&proxy.get(TARGET)).1 != "source-resting" {}
    assert_eq!(upstream.n_heads(), 5, "five failures in a row");
    for _ in 0..20 {
        assert_eq!(refusal(&proxy.get(TARGET)), (503, "source-resting".to_owned()));
    }
    assert_eq!(upstream.n_heads(), 5);
    let door = Door::default();
    upstream.expect(UPSTREAM, behind(&door, "{}"));
    time.fetch_add(10_000, Ordering::Relaxed);
    let probe = proxy.send_get(TARGET);
    door.wait_for(1);
    assert_eq!(
        proxy.get("/api/v1/upsun/profiles?page=2").status(),
        503,
        "one probe only"
    );
    door.open();
    assert_eq!(crate::world::read(probe).status(), 200);
    assert!(proxy.get("/api/v1/sources").body().contains(r#""state":"working""#));
}

#[test]
fn the_allowance_of_a_source_is_shared_by_all_its_clients() {
    let upstream = Upstream::start();
    upstream.expect(UPSTREAM, json("{}"));
    let text = format!(
        "{}[upsun.limits]\nrequests = 10\nwindow_s = 3600\ncache = false\n",
        config(upstream.port)
    );
    let (proxy, time) = Proxy::timed(&text);
    let statuses: Vec<u16> = (0..4).map(|_| proxy.get(TARGET).status()).collect();
    assert_eq!(statuses, [200, 200, 429, 429], "a fifth of it at once");
    assert_eq!(refusal(&proxy.get(TARGET)).1, "allowance-spent");
    let mut n = 2;
    for _ in 0..60 {
        time.fetch_add(60_000, Ordering::Relaxed);
        n += usize::from(proxy.get(TARGET).status() == 200);
    }
    assert!((9..=11).contains(&n), "{n}");
    assert_eq!(upstream.n_heads(), n);
}

#[test]
fn what_is_used_of_the_apis_window_is_told() {
    let upstream = Upstream::start();
    let headers = "content-type: application/json\r\nx-ratelimit-max: 300\r\nx-ratelimit-count: 300\r\n";
    upstream.expect("/api/user", answer("200 OK", headers, "{}"));
    let (proxy, _time) = Proxy::timed(&config(upstream.port));
    assert_eq!(proxy.get("/api/v1/ayrshare/user").status(), 200);
    let told = proxy.get("/api/v1/sources");
    let budget = r#""budget":{"used":300,"limit":300,"windowMs":300000,"seen":"2025-06-15T15:06:40.000Z"}"#;
    assert!(told.body().contains(budget), "{}", told.body());
    // The window is used up: the next request would be a violation, so there is none.
    assert_eq!(refusal(&proxy.get("/api/v1/ayrshare/profiles")).1, "cooling-down");
    assert_eq!(upstream.n_heads(), 1);
}

#[test]
fn who_finds_every_place_taken_is_turned_away_and_told_when_to_come_back() {
    let (upstream, door) = (Upstream::start(), Door::default());
    upstream.expect(UPSTREAM, behind(&door, "{}"));
    let text = format!(
        "{}[upsun.limits]\nat_once = 2\nwaiting = 0\ncache = false\n",
        config(upstream.port)
    );
    let proxy = Proxy::configured(&text);
    let taken = [proxy.send_get(TARGET), proxy.send_get(TARGET)];
    door.wait_for(2);
    let shed = proxy.get(TARGET);
    assert_eq!(
        (refusal(&shed), shed.header("retry-after")),
        ((503, "busy".to_owned()), Some("1"))
    );
    door.open();
    for socket in taken {
        assert_eq!(crate::world::read(socket).status(), 200);
    }
    assert_eq!(upstream.n_heads(), 2);
    assert_eq!(proxy.get(TARGET).status(), 200);
}

#[test]
fn a_drip_ends_with_the_whole_exchange() {
    let upstream = Upstream::start();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n";
    upstream.expect(UPSTREAM, Act::Drip(head.to_owned(), " "));
    let limits = roster_gateway::Limits {
        whole_ms: 1_500,
        ..crate::world::LIMITS
    };
    let reply = Proxy::limited(&config(upstream.port), limits).get(TARGET);
    assert_eq!(refusal(&reply), (504, "upstream-timeout".to_owned()));
    assert_eq!(upstream.n_heads(), 1, "what is slow is not asked again");
}
