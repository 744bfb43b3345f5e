//! What other proxies fell to, one case each under its number. All of them end the same way here: refused, and no API is
//! asked for anything that our own table does not say.

use crate::upstream::{Act, Upstream, json};
use crate::world::{GOES_ON_BEHIND, Proxy, config};

const LIST: &str = "/api/v1/upsun/profiles";
const FILE: &str = "/api/v1/ayrshare/user/batch/file";

fn world() -> (Upstream, Proxy) {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", json(r#"{"profiles":[]}"#));
    let proxy = Proxy::keeping(&config(upstream.port));
    (upstream, proxy)
}

/// A head with these lines, and what follows it.
fn head(proxy: &Proxy, target: &str, lines: &str, rest: &str) -> String {
    let port = proxy.port;
    format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n{rest}")
}

/// A request that would be smuggled behind another.
fn smuggled(proxy: &Proxy) -> String {
    head(proxy, "/api/v1/insightiq/profiles", "Connection: close\r\n", "")
}

fn n_answers(text: &str) -> usize {
    text.matches("HTTP/1.1 ").count()
}

/// Pingora before 0.8 passed bytes on as soon as a request asked for an upgrade, before the upstream had agreed.
#[test]
fn cve_2026_2833_bytes_behind_an_upgrade_are_requests_of_their_own() {
    let (upstream, proxy) = world();
    let second = head(&proxy, "/healthz", "Connection: close\r\n", "");
    let first = head(&proxy, LIST, "Connection: Upgrade\r\nUpgrade: websocket\r\n", &second);
    let reply = proxy.raw(&first);
    assert!(!reply.text.contains("HTTP/1.1 101"), "{}", reply.text);
    assert!(
        reply.text.contains("profiles") && reply.text.contains(r#"{"status":"ok"}"#),
        "{}",
        reply.text
    );
    let sent = upstream.only_head().to_ascii_lowercase();
    assert!(!sent.contains("upgrade") && !sent.contains("healthz"), "{sent}");
}

/// Pingora before 0.8 read several spellings of `Transfer-Encoding` otherwise than the server behind it.
#[test]
fn cve_2026_2835_no_spelling_of_transfer_encoding_carries_a_second_request() {
    let (upstream, proxy) = world();
    upstream.expect("/iq/v1/profiles", json(r#"{"data":[]}"#));
    let mut went_on = Vec::new();
    for lines in [
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: Chunked\r\nContent-Length: 4\r\n",
        "Transfer-Encoding:\tchunked\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding: chunked;x=1\r\n",
        "Transfer_Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    ] {
        let request = head(&proxy, LIST, lines, &format!("0\r\n\r\n{}", smuggled(&proxy)));
        let reply = proxy.raw(&request);
        assert!(reply.status() >= 400, "{lines}: {}", reply.text);
        if n_answers(&reply.text) > 1 {
            assert!(reply.text.ends_with(r#"{"data":[]}"#), "{lines}: {}", reply.text);
            went_on.push(lines);
        }
    }
    // A runtime that reads a body to its end may take what follows for what it is: a whole request of the same client.
    let known: Vec<&str> = GOES_ON_BEHIND.iter().map(|(lines, _)| *lines).collect();
    assert_eq!(went_on, known);
    assert!(GOES_ON_BEHIND.iter().all(|(_, why)| why.split(' ').count() > 5));
    let old = format!(
        "GET {LIST} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{}",
        proxy.port,
        smuggled(&proxy)
    );
    assert!(proxy.raw(&old).status() >= 400);
    let is_own = |head: &String| head.starts_with("GET /iq/v1/profiles HTTP/1.1\r\n");
    assert!(upstream.heads().iter().all(is_own), "{:?}", upstream.heads());
}

/// Pingora's default cache key left the host out, so that one site's answer was another's.
#[test]
fn cve_2026_2836_an_answer_is_kept_by_source_and_never_by_a_clients_host() {
    let (upstream, proxy) = world();
    for host in ["evil.example", "127.0.0.1:1", "api.upsun.com"] {
        let request = format!("GET {LIST} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(proxy.raw(&request).status(), 421, "{host}");
    }
    assert!(
        upstream.heads().is_empty(),
        "nothing is asked, so nothing is kept, for a strange host"
    );
    upstream.expect("/api/user", json(r#"{"whose":"ayrshare"}"#));
    assert_eq!(proxy.get(LIST).body(), r#"{"profiles":[]}"#);
    assert_eq!(proxy.get("/api/v1/ayrshare/user").body(), r#"{"whose":"ayrshare"}"#);
    assert_eq!(
        proxy.get("/api/v1/ayrshare/user?profile=brand-a").body(),
        r#"{"whose":"ayrshare"}"#
    );
    assert_eq!(
        upstream.n_heads(),
        3,
        "another source and another account are other questions"
    );
}

/// Pingora before 0.5 left a body unread behind an answer from its cache, and took it for the next request.
#[test]
fn cve_2025_4366_a_body_behind_a_kept_answer_is_no_request() {
    let (upstream, proxy) = world();
    assert_eq!(proxy.get(LIST).status(), 200);
    let n_heads = upstream.n_heads();
    let inner = smuggled(&proxy);
    let length = inner.len();
    for _ in 0..2 {
        let request = head(&proxy, LIST, &format!("Content-Length: {length}\r\n"), &inner);
        let reply = proxy.raw(&request);
        assert_eq!(reply.status(), 413, "{}", reply.text);
        assert!(!reply.text.contains("HTTP/1.1 200"), "{}", reply.text);
    }
    assert_eq!(upstream.n_heads(), n_heads);
}

/// oauth2-proxy stripped `X-Forwarded-User` from clients and let `X_Forwarded_User` pass, which servers read as the same.
#[test]
fn cve_2025_64484_no_spelling_of_a_header_reaches_an_api() {
    let (upstream, proxy) = world();
    for name in [
        "X_Forwarded_User",
        "X-Forwarded_User",
        "x_forwarded_email",
        "X-Auth-Request-User",
        "Remote_User",
    ] {
        assert_eq!(
            proxy.get_with(LIST, &format!("{name}: CANARY-root\r\n")).status(),
            200,
            "{name}"
        );
    }
    for head in upstream.heads() {
        assert!(!head.contains("CANARY-root"), "{head}");
    }
}

/// oauth2-proxy took the path that it checked from a header of the client's.
#[test]
fn cve_2026_40575_no_header_says_which_path_is_meant() {
    let (upstream, proxy) = world();
    for name in [
        "X-Forwarded-Uri",
        "X-Forwarded-Prefix",
        "X-Original-Url",
        "X-Rewrite-Url",
        "X-Original-Uri",
        "Forwarded",
    ] {
        let lines = format!("{name}: {LIST}\r\n");
        let reply = proxy.get_with("/api/v1/upsun/nothing", &lines);
        assert_eq!(
            (reply.status(), reply.problem("type").as_str()),
            (404, "urn:problem:no-route"),
            "{name}"
        );
        let other = proxy.get_with("/healthz", &lines);
        assert!(
            other.body().contains("ok") && !other.body().contains("profiles"),
            "{name}"
        );
    }
    assert!(upstream.heads().is_empty());
}

fn assert_place_is_refused(url: &str) {
    let upstream = Upstream::start();
    let ticket = serde_json::json!({ "success": true, "url": url }).to_string();
    upstream.expect("/api/user/batch", json(&ticket));
    let reply = Proxy::before(&upstream).get(FILE);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:batch-target"),
        "{url}"
    );
    assert_eq!(upstream.n_heads(), 1, "{url}: the ticket is asked for, the file is not");
}

/// Smokescreen compared the host as it was written, and a dot at its end made another of it.
#[test]
fn cve_2022_24825_a_dot_at_the_end_makes_no_other_host() {
    assert_place_is_refused("https://storage.googleapis.com./x");
    assert_place_is_refused("https://metadata.google.internal./x");
}

/// Smokescreen compared the host as it was written, and brackets around it made another of it.
#[test]
fn cve_2022_29188_brackets_make_no_other_host() {
    assert_place_is_refused("https://[storage.googleapis.com]/x");
    assert_place_is_refused("https://[storage.googleapis.com]:443/x");
    assert_place_is_refused("https://[[::1]]/x");
}

/// imgproxy refused loopback addresses, and `0.0.0.0` is none of them but leads there.
#[test]
fn cve_2025_24354_nothing_but_public_addresses_is_fetched_from() {
    for host in [
        "0.0.0.0",
        "0",
        "0x0",
        "00000000000",
        "[::]",
        "[::ffff:0.0.0.0]",
        "100.64.0.1",
        "169.254.169.254",
    ] {
        assert_place_is_refused(&format!("https://{host}/x"));
    }
    for ip in [
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "::ffff:0.0.0.0",
        "64:ff9b::7f00:1",
        "100.64.0.1",
    ] {
        assert!(!roster_gateway::is_public(ip.parse().unwrap()), "{ip}");
    }
}

/// Runtimes followed redirects with the credential of the first host (workerd until its change 4775 of 2025, and curl in
/// CVE-2022-27774).
#[test]
fn cve_2022_27774_a_credential_does_not_follow_a_redirect() {
    let thief = Upstream::start();
    let (upstream, proxy) = world();
    let location = format!("location: http://127.0.0.1:{}/\r\n", thief.port);
    for status in ["301 X", "302 X", "307 X", "308 X"] {
        upstream.expect("/up/profiles", crate::upstream::answer(status, &location, ""));
        assert_eq!(proxy.get(LIST).status(), 502, "{status}");
    }
    let refresh = "content-type: text/html\r\nrefresh: 0;url=http://127.0.0.1/\r\n";
    upstream.expect(
        "/up/profiles",
        crate::upstream::answer("200 OK", refresh, "<meta http-equiv=refresh>"),
    );
    assert_eq!(proxy.get(LIST).status(), 502);
    assert!(thief.heads().is_empty());
}

/// nginx compares a path after it has decoded and flattened it, so `alias` with a path that was left open led out of the
/// folder; and Apache in CVE-2021-41773. Nothing is decoded here.
#[test]
fn cve_2021_41773_no_spelling_of_a_path_is_another_path() {
    let (upstream, proxy) = world();
    for target in [
        "/api/v1/upsun/./profiles",
        "/api/v1/upsun/.%2e/upsun/profiles",
        "/api/v1/upsun/%%32%65%%32%65/upsun/profiles",
        "/api/v1/upsun%252fprofiles",
        "/api/v1/upsun\\profiles",
        "/api/v1/upsun/profiles%2f",
        "/api/v1/upsun/profiles%20",
        "/api/v1/upsun/profiles.",
        "/.%2e/.%2e/.%2e/.%2e/etc/passwd",
    ] {
        let request = head(&proxy, target, "Connection: close\r\n", "");
        let reply = proxy.raw(&request);
        assert!(matches!(reply.status(), 400 | 404), "{target}: {}", reply.text);
    }
    assert!(upstream.heads().is_empty(), "{:?}", upstream.heads());
}

/// An answer that ends twice was two answers to whoever read it next (nginx in CVE-2019-20372, and `Content-Length` given
/// twice in many). What an API sends after its answer belongs to nobody.
#[test]
fn cve_2019_20372_an_answer_behind_an_answer_is_given_to_nobody() {
    let upstream = Upstream::start();
    let once = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n{\"first\":12}";
    let second = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{\"poison\":13}";
    upstream.expect_in_turn("/up/profiles", [Act::Say(format!("{once}{second}"))]);
    upstream.expect("/iq/v1/profiles", json(r#"{"data":[]}"#));
    let proxy = Proxy::configured(&config(upstream.port));
    let (first, other) = (proxy.get(LIST), proxy.get("/api/v1/insightiq/profiles"));
    assert_eq!((first.status(), first.body()), (200, r#"{"first":12}"#));
    assert_eq!((other.status(), other.body()), (200, r#"{"data":[]}"#));
    let twice =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\ncontent-length: 40\r\n\r\n{}";
    upstream.expect("/up/profiles?page=2", Act::Say(twice.to_owned()));
    let reply = proxy.get(&format!("{LIST}?page=2"));
    assert_eq!(
        (reply.status(), reply.problem("code").as_str()),
        (502, "network"),
        "{}",
        reply.text
    );
    assert_eq!(n_answers(&reply.text), 1);
}
