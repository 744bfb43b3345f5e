//! The script of a bad day against either shell: each fault ends in an answer that tells nothing, and nobody is asked for
//! what it wants to have asked.

use std::sync::atomic::Ordering;
use std::thread;

use crate::script::faults;
use crate::upstream::{Act, Upstream, json};
use crate::world::{CANARIES, Proxy, Reply, config};

/// Our questions and the API's, whose answers are the fault. The file's place is said by the last.
const QUESTIONS: [(&str, &str); 3] = [
    ("/api/v1/upsun/profiles", "/up/profiles"),
    ("/api/v1/ayrshare/user?profile=brand-a", "/api/user"),
    ("/api/v1/ayrshare/user/batch/file", "/api/user/batch"),
];

fn assert_tells_nothing(reply: &Reply, name: &str) {
    for canary in CANARIES {
        assert!(!reply.text.contains(canary), "{name}: {}", reply.text);
    }
    assert_eq!(reply.header("location"), None, "{name}");
    assert_eq!(reply.header("www-authenticate"), None, "{name}");
}

#[test]
fn every_fault_of_the_script_is_answered_and_asks_nobody_else() {
    let thief = Upstream::start();
    for fault in faults(&thief) {
        let upstream = Upstream::start();
        let proxy = Proxy::configured(&config(upstream.port));
        let name = fault.name;
        for (ours, theirs) in QUESTIONS {
            upstream.expect(theirs, fault.act.clone());
            let n_before = upstream.n_heads();
            let reply = proxy.get(ours);
            let status = reply.status();
            assert!(fault.statuses.contains(&status), "{name} at {ours}: {}", reply.text);
            assert_tells_nothing(&reply, name);
            // A source that was asked to wait is not asked again, whatever is asked of it.
            assert!(
                upstream.n_heads() > n_before || matches!(status, 429 | 503),
                "{name} at {ours} was met"
            );
        }
        // Another source of the same proxy is served as if nothing had been.
        upstream.expect("/iq/v1/profiles", json(r#"{"data":[1]}"#));
        let other = proxy.get("/api/v1/insightiq/profiles");
        assert_eq!((other.status(), other.body()), (200, r#"{"data":[1]}"#), "after {name}");
    }
    assert!(thief.heads().is_empty(), "{:?}", thief.heads());
}

/// No secret is in it.
pub(crate) fn is_clean(text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
}

/// Meets a proxy with a fault on every question of two sources, four clients at a time.
pub(crate) fn meet(fault: &Act, upstream: &Upstream, ask: impl Fn(&str) -> String + Sync) {
    for (ours, theirs) in [
        ("/api/v1/upsun/profiles", "/up/profiles"),
        ("/api/v1/ayrshare/user?profile=brand-a", "/api/user"),
    ] {
        upstream.expect(theirs, fault.clone());
        let n_before = upstream.n_heads();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| is_clean(&ask(ours)));
            }
        });
        assert!(upstream.n_heads() > n_before, "the fault was met");
    }
}

#[test]
fn after_a_day_of_faults_everything_works() {
    let (upstream, thief) = (Upstream::start(), Upstream::start());
    let (proxy, time) = Proxy::timed(&config(upstream.port));
    for fault in faults(&thief) {
        meet(&fault.act, &upstream, |target| proxy.get(target).text);
        // Past every wait, and past what is fresh.
        time.fetch_add(1_000_000, Ordering::Relaxed);
    }
    for (ours, theirs) in [
        ("/api/v1/upsun/profiles", "/up/profiles"),
        ("/api/v1/ayrshare/user", "/api/user"),
    ] {
        upstream.expect(theirs, json(r#"{"ok":1}"#));
        let reply = proxy.get(ours);
        assert_eq!((reply.status(), reply.body()), (200, r#"{"ok":1}"#));
        assert_eq!(reply.header("roster-cache"), Some("miss"));
    }
    assert!(
        proxy
            .get("/api/v1/sources")
            .body()
            .matches(r#""state":"working""#)
            .count()
            == 3
    );
    assert!(thief.heads().is_empty());
}
