//! What a client may send, and what of it reaches an API.

use std::io::Write;

use crate::upstream::{Upstream, answer, json};
use crate::world::{BASIC, KEY, NOT_SENT, PROFILE_KEY, Proxy, read};

const TARGET: &str = "/api/v1/ayrshare/profiles?limit=5";
const UPSTREAM: &str = "/api/profiles?limit=5";
const BODY: &str = r#"{"profiles":[{"refId":"a","odd":1.50}]}"#;

fn world() -> (Upstream, Proxy) {
    let upstream = Upstream::start();
    upstream.expect(UPSTREAM, json(BODY));
    let proxy = Proxy::before(&upstream);
    (upstream, proxy)
}

#[test]
fn data_comes_byte_for_byte_with_allowed_headers_only() {
    let (upstream, proxy) = world();
    let headers = "content-type: application/json; charset=utf-8\r\nset-cookie: a=b\r\naccess-control-allow-origin: *\r\n\
                   server: x\r\nx-ratelimit-max: 300\r\nrequest-id: r-1\r\nvary: *\r\ncache-control: public\r\n";
    upstream.expect(UPSTREAM, answer("200 OK", headers, BODY));
    let reply = proxy.get(TARGET);
    assert_eq!((reply.status(), reply.body()), (200, BODY));
    let head = reply.head().to_ascii_lowercase();
    let lines = head.lines().skip(1);
    let mut names: Vec<&str> = lines.map(|line| line.split(':').next().unwrap()).collect();
    names.sort_unstable();
    let expected = [
        "age",
        "cache-control",
        "connection",
        "content-length",
        "content-security-policy",
        "content-type",
        "cross-origin-resource-policy",
        "date",
        "referrer-policy",
        "request-id",
        "roster-cache",
        "roster-request-id",
        "roster-upstream",
        "x-content-type-options",
        "x-ratelimit-max",
    ];
    let expected: Vec<&str> = expected.into_iter().filter(|name| !NOT_SENT.contains(name)).collect();
    assert_eq!(names, expected);
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    let base = format!("http://127.0.0.1:{}/api", upstream.port);
    assert_eq!(reply.header("roster-upstream"), Some(base.as_str()));
}

#[test]
fn the_upstream_head_is_built_from_nothing() {
    let (upstream, proxy) = world();
    let headers = "Cookie: a=b\r\nAuthorization: Bearer mine\r\nProfile-Key: mine\r\nX-Forwarded-For: 1.2.3.4\r\n\
                   X_Forwarded_User: root\r\nForwarded: for=1.2.3.4\r\nUser-Agent: mine\r\nAccept: text/html\r\n\
                   Accept-Encoding: gzip\r\nReferer: https://evil.example/\r\nX-Http-Method-Override: DELETE\r\n\
                   Range: bytes=0-1\r\nIf-None-Match: \"x\"\r\nUpgrade: h2c\r\nTrailer: authorization\r\n";
    assert_eq!(proxy.get_with(TARGET, headers).status(), 200);
    let head = upstream.only_head().to_ascii_lowercase();
    let mut lines: Vec<&str> = head.trim_end().lines().collect();
    lines.sort_unstable();
    let host = format!("host: 127.0.0.1:{}", upstream.port);
    let authorization = format!("authorization: bearer {}", KEY.to_ascii_lowercase());
    let agent = concat!("user-agent: roster/", env!("CARGO_PKG_VERSION"));
    let first = format!("get {UPSTREAM} http/1.1");
    assert_eq!(
        lines,
        [
            "accept-encoding: identity",
            "accept: application/json",
            &authorization,
            &first,
            &host,
            agent
        ]
    );
}

#[test]
fn a_hop_by_hop_trick_does_not_take_our_key_away() {
    let (upstream, proxy) = world();
    let port = proxy.port;
    let request =
        format!("GET {TARGET} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close, authorization\r\n\r\n");
    assert_eq!(proxy.raw(&request).status(), 200);
    assert!(upstream.only_head().contains(&format!("authorization: Bearer {KEY}")));
}

#[test]
fn each_provider_gets_the_credential_of_its_kind() {
    let upstream = Upstream::start();
    upstream.expect("/iq/v1/profiles", json(r#"{"data":[]}"#));
    upstream.expect("/up/profiles", json(r#"{"count":0,"profiles":[]}"#));
    let proxy = Proxy::before(&upstream);
    assert_eq!(proxy.get("/api/v1/insightiq/profiles").status(), 200);
    assert_eq!(proxy.get("/api/v1/upsun/profiles").status(), 200);
    let heads = upstream.heads();
    assert!(
        heads[0].contains(&format!("authorization: Basic {BASIC}\r\n")),
        "{}",
        heads[0]
    );
    assert!(
        heads[1].contains(&format!("authorization: Bearer {KEY}\r\n")),
        "{}",
        heads[1]
    );
}

#[test]
fn an_alias_becomes_a_key_on_the_upstream_side_only() {
    let (upstream, proxy) = world();
    upstream.expect("/api/user", json(r#"{"refId":"a"}"#));
    let reply = proxy.get("/api/v1/ayrshare/user?profile=brand-a");
    assert_eq!(reply.status(), 200);
    assert!(!reply.text.contains(PROFILE_KEY));
    let head = upstream.only_head();
    assert!(
        head.contains(&format!("profile-key: {PROFILE_KEY}\r\n")) && !head.contains("brand-a"),
        "{head}"
    );
    let other = proxy.get("/api/v1/ayrshare/user?profile=brand-b");
    assert_eq!((other.status(), other.problem("code").as_str()), (400, "invalid_query"));
    assert_eq!(upstream.heads().len(), 1, "an unknown alias asks nobody");
}

#[test]
fn every_own_name_and_the_absolute_form_are_answered() {
    let (_upstream, proxy) = world();
    let port = proxy.port;
    for host in [
        format!("127.0.0.1:{port}"),
        format!("LocalHost:{port}"),
        format!("[::1]:{port}"),
    ] {
        let reply = proxy.raw(&format!(
            "GET {TARGET} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(reply.status(), 200, "{host}");
    }
    let absolute =
        format!("GET http://127.0.0.1:{port}{TARGET} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(proxy.raw(&absolute).status(), 200);
}

#[test]
fn a_configured_host_is_answered() {
    let proxy = Proxy::configured("allowed_hosts = [\"roster.internal\"]\n[upsun]\nsource = \"sandbox\"\n");
    let reply = proxy.raw("GET /api/v1/sources HTTP/1.1\r\nHost: roster.internal\r\nConnection: close\r\n\r\n");
    assert_eq!(reply.status(), 200);
}

#[test]
fn another_sites_page_costs_no_quota() {
    let (upstream, proxy) = world();
    let own = format!("Origin: http://127.0.0.1:{}\r\n", proxy.port);
    for headers in [
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
        "Origin: http://127.0.0.1:9\r\n",
        "Origin: null\r\n",
    ] {
        let reply = proxy.get_with(TARGET, headers);
        assert_eq!(
            (reply.status(), reply.problem("type").as_str()),
            (403, "urn:problem:cross-site"),
            "{headers}"
        );
        assert_eq!(reply.header("access-control-allow-origin"), None);
    }
    assert!(upstream.heads().is_empty());
    for headers in ["Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n", &own] {
        assert_eq!(proxy.get_with(TARGET, headers).status(), 200, "{headers}");
    }
}

#[test]
fn a_request_after_an_upgrade_is_a_request_of_its_own() {
    let (_upstream, proxy) = world();
    let host = format!("Host: 127.0.0.1:{}\r\n", proxy.port);
    let first = format!("GET {TARGET} HTTP/1.1\r\n{host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    let second = format!("GET /healthz HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
    let reply = proxy.raw(&format!("{first}{second}"));
    assert_eq!(reply.text.matches("HTTP/1.1 200 OK").count(), 2, "{}", reply.text);
    assert!(reply.text.ends_with(r#"{"status":"ok"}"#));
}

#[test]
fn head_has_the_head_of_get_and_no_body() {
    let (_upstream, proxy) = world();
    let port = proxy.port;
    let reply = proxy.raw(&format!(
        "HEAD {TARGET} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    ));
    let length = BODY.len().to_string();
    assert_eq!((reply.status(), reply.body()), (200, ""));
    assert_eq!(reply.header("content-length"), Some(length.as_str()));
}

#[test]
fn half_a_head_is_not_waited_for() {
    let (_upstream, proxy) = world();
    let mut socket = proxy.connect();
    socket.write_all(b"GET /healthz HTTP/1.1\r\nHost: 127").unwrap();
    // Reading ends because the proxy closes; if it did not, the client's patience would end the test.
    let reply = read(socket);
    assert!(!reply.text.contains("200 OK"), "{}", reply.text);
}
