//! What only the Worker has: the network's own guard, bindings that are missing, and the way back from a stop.

use serde_json::json;

use crate::upstream::Upstream;
use crate::worker::{Bindings, Entry};
use crate::world::{CANARIES, LIMITS, Proxy, bindings, config};

#[test]
fn a_network_for_the_public_internet_reaches_nothing_inside() {
    let upstream = Upstream::start();
    let bindings = Bindings {
        allow: "public",
        ..bindings(&config(upstream.port), LIMITS)
    };
    let proxy = Proxy::start(bindings, None);
    let reply = proxy.get("/api/v1/upsun/profiles");
    assert_eq!(
        (reply.status(), reply.problem("code").as_str()),
        (502, "network"),
        "{}",
        reply.text
    );
    assert!(upstream.heads().is_empty());
}

#[test]
fn a_secret_that_is_not_bound_is_named_and_nothing_waits_for_it() {
    let upstream = Upstream::start();
    let proxy = Proxy::configured(&config(upstream.port).replace("\"PASSWORD\"", "\"UNSET\""));
    let ready = proxy.get("/readyz");
    assert_eq!(ready.status(), 503);
    assert!(
        ready.body().contains("expected the secret UNSET, which is not bound"),
        "{}",
        ready.text
    );
    let reply = proxy.get("/api/v1/insightiq/profiles");
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (503, "urn:problem:not-ready")
    );
    assert!(upstream.heads().is_empty());
    assert_eq!(proxy.get("/healthz").status(), 200);
}

#[test]
fn the_object_of_a_source_holds_everybody_after_a_refusal() {
    let upstream = Upstream::start();
    let refusal = "content-type: application/json\r\nretry-after: 30\r\n";
    upstream.expect("/up/profiles", crate::upstream::answer("429 X", refusal, "{}"));
    let proxy = Proxy::before(&upstream);
    assert_eq!(proxy.get("/api/v1/upsun/profiles").status(), 429);
    upstream.expect("/up/profiles", crate::upstream::json("{}"));
    let reply = proxy.get("/api/v1/upsun/profiles");
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (429, "urn:problem:cooling-down")
    );
    assert!(reply.problem("retryAfterMs").parse::<u64>().unwrap() > 20_000);
    assert_eq!(upstream.heads().len(), 1, "the second question is not asked");
    let sources: serde_json::Value = serde_json::from_str(proxy.get("/api/v1/sources").body()).unwrap();
    assert_eq!(sources["sources"][2]["state"], json!("cooling"));
}

#[test]
fn a_foreign_authority_in_the_target_leads_to_the_planned_place_all_the_same() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", crate::upstream::json("{}"));
    let proxy = Proxy::before(&upstream);
    let port = proxy.port;
    let target = "http://169.254.169.254/api/v1/upsun/profiles";
    let head = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(proxy.raw(&head).status(), 200);
    let host = format!("host: 127.0.0.1:{}\r\n", upstream.port);
    assert!(
        upstream.only_head().contains(&host),
        "the target's authority is not asked"
    );
    let foreign = head.replace(&format!("Host: 127.0.0.1:{port}"), "Host: 169.254.169.254");
    assert_eq!(proxy.raw(&foreign).status(), 421);
}

#[test]
fn a_program_that_stops_answers_with_a_problem_and_the_next_request_finds_a_new_one() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", crate::upstream::json("{}"));
    let bindings = Bindings {
        entry: Entry::Stopping,
        ..bindings(&config(upstream.port), LIMITS)
    };
    let proxy = Proxy::start(bindings, None);
    for _ in 0..2 {
        assert_eq!(proxy.get("/api/v1/upsun/profiles").status(), 200);
        let stopped = proxy.get("/api/v1/stop");
        assert_eq!(
            (
                stopped.status(),
                stopped.header("content-type"),
                stopped.problem("type").as_str()
            ),
            (500, Some("application/problem+json"), "urn:problem:bug")
        );
    }
    assert_eq!(proxy.get("/api/v1/upsun/profiles").status(), 200);
    let sources = proxy.get("/api/v1/sources");
    assert!(sources.body().contains(r#""state":"working""#), "{}", sources.text);
}

#[test]
fn what_an_api_asked_for_outlives_the_runtime() {
    let upstream = Upstream::start();
    let refusal = "content-type: application/json\r\nretry-after: 300\r\n";
    upstream.expect("/up/profiles", crate::upstream::answer("429 X", refusal, "{}"));
    let folder = std::env::temp_dir().join(format!("roster-objects-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let start = || {
        let bindings = Bindings {
            folder: Some(&folder),
            ..bindings(&config(upstream.port), LIMITS)
        };
        Proxy::start(bindings, None)
    };
    assert_eq!(start().get("/api/v1/upsun/profiles").status(), 429);
    let reply = start().get("/api/v1/upsun/profiles");
    assert_eq!(reply.problem("type"), "urn:problem:cooling-down");
    assert_eq!(upstream.n_heads(), 1, "another process asks nothing either");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_flood_of_requests_asks_the_object_seldom_and_is_bounded_by_its_allowance() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", crate::upstream::json("{}"));
    let limit = "[upsun.limits]\nrequests = 100\nwindow_s = 3600\n";
    let proxy = Proxy::configured(&format!("{}{limit}", config(upstream.port)));
    let statuses: Vec<u16> = (0..40).map(|_| proxy.get("/api/v1/upsun/profiles").status()).collect();
    let n_good = statuses.iter().filter(|status| **status == 200).count();
    // A fifth of the window may be asked at once; what is taken along and not used is lost.
    assert!((14..=20).contains(&n_good), "{statuses:?}");
    assert_eq!(upstream.n_heads(), n_good);
    assert_eq!(statuses.last(), Some(&429));
}

#[test]
fn every_answer_has_a_name_of_its_own() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", crate::upstream::json("{}"));
    let proxy = Proxy::before(&upstream);
    let targets = [
        "/api/v1/upsun/profiles",
        "/api/v1/upsun/profiles",
        "/api/v1/nothing",
        "/healthz",
    ];
    let names: std::collections::BTreeSet<String> = targets
        .iter()
        .map(|target| proxy.get(target).header("roster-request-id").unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), targets.len());
    assert!(
        CANARIES
            .iter()
            .all(|canary| names.iter().all(|name| !name.contains(canary)))
    );
}
