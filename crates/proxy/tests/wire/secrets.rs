//! What an upstream says back about our keys does not reach a client.

use crate::upstream::{Upstream, answer};
use crate::world::{BASIC, CANARIES, KEY, PASSWORD, PROFILE_KEY, Proxy, config};

const TYPE: &str = "content-type: application/json\r\n";

fn ask(status: &str, headers: &str, body: &str) -> crate::world::Reply {
    let upstream = Upstream::start();
    upstream.expect("/api/user", answer(status, headers, body));
    let reply = Proxy::before(&upstream).get("/api/v1/ayrshare/user?profile=brand-a");
    assert!(!upstream.heads().is_empty(), "the upstream was asked, so it could tell");
    reply
}

fn assert_clean(reply: &crate::world::Reply, what: &str) {
    for canary in CANARIES {
        assert!(!reply.text.contains(canary), "{what}: {}", reply.text);
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let thief = Upstream::start();
    let location = format!("location: http://127.0.0.1:{}/?key={KEY}\r\n", thief.port);
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let reply = ask(status, &location, "");
        assert_eq!(
            (reply.status(), reply.problem("type").as_str()),
            (502, "urn:problem:upstream-redirect")
        );
        assert_eq!(reply.header("location"), None);
        assert_clean(&reply, status);
    }
    assert!(thief.heads().is_empty());
}

#[test]
fn an_error_tells_the_code_and_the_sentence_without_the_key() {
    let body =
        format!(r#"{{"action":"authorization","status":"error","code":102,"message":"API Key {KEY} not valid."}}"#);
    let headers = format!("{TYPE}www-authenticate: Bearer realm=\"{KEY}\"\r\nrequest-id: {KEY}\r\n");
    let reply = ask("403 Forbidden", &headers, &body);
    assert_eq!(reply.status(), 502);
    assert_eq!(reply.problem("providerCode"), "102");
    assert_eq!(reply.problem("code"), "unauthorized");
    assert_eq!(reply.problem("status"), "403");
    assert_eq!(reply.problem("message"), "API Key [removed] not valid.");
    assert_eq!(reply.header("www-authenticate"), None);
    assert_clean(&reply, "403");
}

#[test]
fn no_status_and_no_header_brings_a_key_back() {
    for status in [
        200, 201, 204, 206, 300, 302, 400, 401, 403, 404, 407, 409, 418, 422, 429, 451, 500, 502, 503, 504, 599,
    ] {
        for secret in [KEY, PROFILE_KEY] {
            let headers = format!(
                "{TYPE}x-echo: {secret}\r\nset-cookie: k={secret}\r\nrequest-id: {secret}\r\nserver: {secret}\r\n\
                 x-ratelimit-max: {secret}\r\nretry-after: {secret}\r\nlast-modified: {secret}\r\nlocation: {secret}\r\n"
            );
            let body = format!(r#"{{"refId":"{secret}","message":"{secret}","code":"{secret}","detail":"{secret}"}}"#);
            let body = if status == 204 { "" } else { &body };
            let reply = ask(&format!("{status} X"), &headers, body);
            assert_clean(&reply, &status.to_string());
            assert!(reply.status() >= 400, "{status}: {}", reply.text);
        }
    }
}

#[test]
fn data_that_holds_a_key_is_refused() {
    let reply = ask("200 OK", TYPE, &format!(r#"{{"refId":"a","note":"{PROFILE_KEY}"}}"#));
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:upstream-echo")
    );
    assert_clean(&reply, "body");
    let reply = ask("200 OK", &format!("{TYPE}request-id: x{KEY}\r\n"), "{}");
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:upstream-echo")
    );
    assert_clean(&reply, "header");
}

#[test]
fn a_basic_credential_is_known_in_both_its_forms() {
    for secret in [PASSWORD, BASIC] {
        let upstream = Upstream::start();
        let body = format!(r#"{{"error":{{"error_code":"x","message":"bad {secret}","http_status_code":500}}}}"#);
        upstream.expect("/iq/v1/profiles", answer("500 X", TYPE, &body));
        let reply = Proxy::before(&upstream).get("/api/v1/insightiq/profiles");
        assert_eq!(reply.problem("message"), "bad [removed]");
        assert_clean(&reply, secret);
    }
}

#[test]
fn a_page_of_html_is_not_passed_on() {
    let reply = ask("200 OK", "content-type: text/html\r\n", "<script>alert(1)</script>");
    assert_eq!((reply.status(), reply.problem("code").as_str()), (502, "decode"));
    assert!(!reply.text.contains("script>"));
}

#[test]
fn a_rate_limit_passes_with_its_wait_and_its_window() {
    let headers = "content-type: text/html\r\nretry-after: 7\r\nx-ratelimit-max: 300\r\nx-ratelimit-count: 301\r\n";
    let reply = ask("429 Too Many Requests", headers, "<html>slow down</html>");
    assert_eq!((reply.status(), reply.header("retry-after")), (429, Some("7")));
    assert_eq!(reply.header("x-ratelimit-count"), Some("301"));
    assert_eq!(
        (reply.problem("retryAfterMs").as_str(), reply.problem("code").as_str()),
        ("7000", "rate_limited")
    );
    assert!(!reply.text.contains("slow down"));
}

#[test]
fn no_cookie_goes_through_in_either_direction() {
    let upstream = Upstream::start();
    upstream.expect(
        "/up/profiles",
        answer("200 OK", &format!("{TYPE}set-cookie: session=x\r\n"), "{}"),
    );
    let proxy = Proxy::before(&upstream);
    for _ in 0..2 {
        let reply = proxy.get_with("/api/v1/upsun/profiles", "Cookie: mine=y\r\n");
        assert_eq!((reply.status(), reply.header("set-cookie")), (200, None));
    }
    for head in upstream.heads() {
        assert!(!head.to_ascii_lowercase().contains("cookie"), "{head}");
    }
}

#[test]
fn a_key_is_not_sent_before_the_server_has_proved_its_name() {
    let upstream = Upstream::start();
    let config = config(upstream.port).replace("http://127.0.0.1", "https://127.0.0.1");
    let reply = Proxy::configured(&config).get("/api/v1/upsun/profiles");
    assert_eq!((reply.status(), reply.problem("code").as_str()), (502, "network"));
    assert!(upstream.heads().is_empty(), "what came was no HTTP");
}
