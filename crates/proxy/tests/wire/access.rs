//! Who is let in beyond loopback: tokens, a login in front, and pages of other origins.

use crate::upstream::Upstream;
use crate::world::{Proxy, Reply, config};

const TOKEN: &str = "CANARY-TOKEN-0123456789abcdef0123";
const SOURCES: &str = "/api/v1/sources";

fn guarded(access: &str) -> Proxy {
    Proxy::configured(&format!("[access]\n{access}\n[upsun]\nsource = \"sandbox\"\n"))
}

fn with_token() -> Proxy {
    guarded("[access.tokens]\nci = { env = \"TOKEN\" }\n")
}

fn assert_refused(reply: &Reply, status: u16, slug: &str) {
    let found = (reply.status(), reply.problem("type"));
    assert_eq!(found, (status, format!("urn:problem:{slug}")), "{}", reply.text);
}

#[test]
fn without_its_token_nothing_is_read_but_the_health() {
    let proxy = with_token();
    for target in ["/", SOURCES, "/api/v1/upsun/profiles", "/api/v1/none", "/index.html"] {
        assert_refused(&proxy.get(target), 401, "access");
    }
    let reply = proxy.get(SOURCES);
    // One line or two: a list of challenges may be either.
    let asked: Vec<&str> = reply
        .head()
        .lines()
        .filter(|line| line.to_ascii_lowercase().starts_with("www-authenticate"))
        .collect();
    let asked = asked.join(" ");
    assert!(
        asked.contains("Bearer") && asked.contains("Basic"),
        "a program is told of Bearer, a browser of Basic: {}",
        reply.text
    );
    assert_eq!(
        (proxy.get("/healthz").status(), proxy.get("/readyz").status()),
        (200, 200)
    );
    assert_eq!(proxy.get("/healthz/").status(), 401, "the exact paths alone are open");
}

#[test]
fn a_token_opens_as_bearer_and_as_password_and_never_comes_back() {
    let proxy = with_token();
    let bearer = format!("Authorization: Bearer {TOKEN}\r\n");
    // `:CANARY-TOKEN-…` with the user left out.
    let basic = "Authorization: Basic OkNBTkFSWS1UT0tFTi0wMTIzNDU2Nzg5YWJjZGVmMDEyMw==\r\n";
    for header in [bearer.as_str(), basic] {
        let reply = proxy.get_with(SOURCES, header);
        assert_eq!(reply.status(), 200, "{header}");
        assert!(!reply.text.contains("CANARY"));
    }
    for value in ["Bearer x", "Bearer CANARY-TOKEN", "Basic eDp5", "CANARY", "Bearer"] {
        let reply = proxy.get_with(SOURCES, &format!("Authorization: {value}\r\n"));
        assert_refused(&reply, 401, "access");
        assert!(!reply.text.contains("CANARY"));
    }
    assert_refused(&proxy.get(&format!("{SOURCES}?access_token={TOKEN}")), 401, "access");
    assert_refused(&proxy.get_with(SOURCES, &format!("{bearer}{bearer}")), 401, "access");
}

#[test]
fn a_clients_token_is_not_sent_upstream() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", crate::upstream::json(r#"{"profiles":[]}"#));
    let text = format!("[access.tokens]\nci = {{ env = \"TOKEN\" }}\n{}", config(upstream.port));
    let proxy = Proxy::configured(&text);
    let reply = proxy.get_with("/api/v1/upsun/profiles", &format!("Authorization: Bearer {TOKEN}\r\n"));
    assert_eq!(reply.status(), 200);
    assert!(!upstream.only_head().contains(TOKEN));
}

#[test]
fn only_listed_origins_get_a_cors_header() {
    let proxy = guarded("allowed_origins = [\"https://app.example\"]\n[access.tokens]\nci = { env = \"TOKEN\" }");
    let token = format!("Authorization: Bearer {TOKEN}\r\n");
    let ask = |origin: &str, more: &str| {
        proxy.get_with(
            SOURCES,
            &format!("Origin: {origin}\r\nSec-Fetch-Site: cross-site\r\n{more}"),
        )
    };
    let listed = ask("https://app.example", &token);
    assert_eq!(
        (listed.status(), listed.header("access-control-allow-origin")),
        (200, Some("https://app.example"))
    );
    assert_eq!(listed.header("vary"), Some("origin"));
    assert_eq!(listed.header("access-control-allow-credentials"), None);
    let refused = ask("https://app.example", "");
    assert_refused(&refused, 401, "access");
    assert!(
        refused.header("access-control-allow-origin").is_some(),
        "the page may read why"
    );
    for origin in [
        "https://app.example.evil",
        "https://evil.example",
        "null",
        "*",
        "http://app.example",
    ] {
        let other = ask(origin, &token);
        assert_refused(&other, 403, "cross-site");
        assert_eq!(other.header("access-control-allow-origin"), None, "{origin}");
        assert_eq!(other.header("vary"), Some("origin"));
    }
}

#[test]
fn a_preflight_is_answered_for_listed_origins_only() {
    let ask = |proxy: &Proxy, origin: &str, method: &str| {
        let port = proxy.port;
        proxy.raw(&format!(
            "OPTIONS {SOURCES} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nOrigin: {origin}\r\n\
             Access-Control-Request-Method: {method}\r\nAccess-Control-Request-Headers: authorization\r\n\r\n"
        ))
    };
    let proxy = guarded("allowed_origins = [\"https://app.example\"]\n[access.tokens]\nci = { env = \"TOKEN\" }");
    let listed = ask(&proxy, "https://app.example", "GET");
    assert_eq!((listed.status(), listed.body()), (204, ""));
    assert_eq!(listed.header("access-control-allow-methods"), Some("GET, HEAD"));
    for (origin, method) in [
        ("https://evil.example", "GET"),
        ("https://app.example", "DELETE"),
        ("null", "GET"),
    ] {
        let other = ask(&proxy, origin, method);
        assert_eq!(other.status(), 405, "{origin} {method}");
        assert_eq!(other.header("access-control-allow-methods"), None);
    }
    let plain = guarded("");
    let none = ask(&plain, "https://app.example", "GET");
    assert_eq!(none.status(), 405);
    assert!(
        !none.head().contains("access-control") && !none.head().contains("vary"),
        "{}",
        none.text
    );
}
