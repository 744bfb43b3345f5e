//! Who is let in by a login in front, and how often; and ten thousand calls, which take too long elsewhere.

use std::sync::atomic::Ordering;
use std::thread;

use crate::upstream::{Upstream, answer};
use crate::world::{Proxy, Reply, config};

const SOURCES: &str = "/api/v1/sources";

fn guarded(access: &str) -> Proxy {
    Proxy::configured(&format!("[access]\n{access}\n[upsun]\nsource = \"sandbox\"\n"))
}

fn assert_refused(reply: &Reply, status: u16, slug: &str) {
    assert_eq!(reply.status(), status, "{}", reply.text);
    assert_eq!(reply.problem("type"), format!("urn:problem:{slug}"));
}

#[test]
fn the_login_in_front_is_believed_at_its_own_address_only() {
    let front = guarded("trusted_proxies = [\"127.0.0.1\"]\nuser_header = \"X-Forwarded-User\"");
    assert_eq!(front.get_with(SOURCES, "X-Forwarded-User: jane\r\n").status(), 200);
    for headers in [
        "",
        "X-Forwarded-User: \r\n",
        "X_Forwarded_User: jane\r\n",
        "X-Forwarded-Uri: /healthz\r\n",
    ] {
        assert_refused(&front.get_with(SOURCES, headers), 403, "login");
    }
    let elsewhere = guarded("trusted_proxies = [\"10.0.0.2\"]\nuser_header = \"X-Forwarded-User\"");
    assert_refused(&elsewhere.get_with(SOURCES, "X-Forwarded-User: jane\r\n"), 403, "login");
}

#[test]
fn a_client_that_asks_too_often_waits_and_costs_no_quota() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", crate::upstream::json(r#"{"profiles":[]}"#));
    let limit = "[access]\nclient_requests_per_minute = 1\nclient_burst = 3\n";
    let proxy = Proxy::configured(&format!("{limit}{}", config(upstream.port)));
    for _ in 0..3 {
        assert_eq!(proxy.get("/api/v1/upsun/profiles").status(), 200);
    }
    let n_asked = upstream.heads().len();
    let refused = proxy.get("/api/v1/upsun/profiles");
    assert_refused(&refused, 429, "client-limit");
    let wait_s: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((50..=60).contains(&wait_s), "{wait_s}");
    assert_eq!(upstream.heads().len(), n_asked, "the API was not asked");
    assert_eq!(
        (proxy.get("/").status(), proxy.get("/healthz").status()),
        (200, 200),
        "the page is still there"
    );
}

#[test]
fn ten_thousand_failing_calls_make_at_most_a_tenth_more_requests() {
    let upstream = Upstream::start();
    upstream.expect(
        "/up/profiles",
        answer("500 X", "content-type: application/json\r\n", "{}"),
    );
    let text = format!(
        "[access]\nclient_requests_per_minute = 0\n{}[upsun.limits]\nrequests = 0\ncache = false\n",
        config(upstream.port)
    );
    let (proxy, time) = Proxy::timed(&text);
    // The breaker would answer most of them; time goes on so fast that every other call is a probe.
    for _ in 0..10_000 / 4 {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let reply = proxy.get("/api/v1/upsun/profiles");
                    assert!(reply.status() >= 500, "{}", reply.text);
                });
            }
        });
        time.fetch_add(60_000, Ordering::Relaxed);
    }
    assert!((1_000..=11_000).contains(&upstream.n_heads()), "{}", upstream.n_heads());
}
