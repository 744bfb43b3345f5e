//! What only the Worker has: the network's own guard, bindings that are missing, and the way back from a stop.

use serde_json::json;

use crate::upstream::Upstream;
use crate::world::{Proxy, config};

#[test]
fn a_network_for_the_public_internet_reaches_nothing_inside() {
    let upstream = Upstream::start();
    let roster: toml::Table = config(upstream.port).parse().unwrap();
    let proxy = Proxy::bound(serde_json::to_value(roster).unwrap(), "public");
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
