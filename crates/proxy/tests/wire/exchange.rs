//! Access tokens for a longer-lived one: exchanged once, renewed in time, and sent to their own places only.

use std::sync::atomic::Ordering;

use crate::upstream::{Act, Upstream, answer, json};
use crate::world::{API_TOKEN, NOW_MS, Proxy, config};

const TARGET: &str = "/api/v1/upsun/profiles";
const UPSTREAM: &str = "/up/profiles";
const EXCHANGE: &str = "/oauth2/token";

fn text(api: &Upstream, auth: &Upstream) -> String {
    let token = format!(
        "api_token_env = \"API_TOKEN\"\ntoken_url = \"http://127.0.0.1:{}{EXCHANGE}\"\n",
        auth.port
    );
    let all = config(api.port);
    let (before, upsun) = all.split_once("[upsun]").unwrap();
    format!("{before}[upsun]{}", upsun.replace("key_env = \"KEY\"\n", &token))
}

fn token(name: &str) -> Act {
    json(&format!(
        r#"{{"access_token":"CANARY-{name}","expires_in":900,"token_type":"bearer"}}"#
    ))
}

fn worlds() -> (Upstream, Upstream) {
    let (api, auth) = (Upstream::start(), Upstream::start());
    api.expect(UPSTREAM, json("{}"));
    auth.expect_in_turn(EXCHANGE, [token("ACCESS-1"), token("ACCESS-2"), token("ACCESS-3")]);
    (api, auth)
}

fn bearers(api: &Upstream) -> Vec<String> {
    let bearer = |head: String| {
        let line = head.lines().find(|line| line.starts_with("authorization: ")).unwrap();
        line.trim_start_matches("authorization: Bearer CANARY-").to_owned()
    };
    api.heads().into_iter().map(bearer).collect()
}

#[test]
fn a_token_is_exchanged_once_and_again_a_minute_before_its_end() {
    let (api, auth) = worlds();
    let (proxy, time) = Proxy::timed(&text(&api, &auth));
    let pages = |from: u32| (from..from + 5).map(|page| format!("{TARGET}?page={page}"));
    for page in pages(1).chain(pages(6)) {
        api.expect(&page.replace("/api/v1/upsun", "/up"), json("{}"));
    }
    let sockets: Vec<_> = pages(1).map(|page| proxy.send_get(&page)).collect();
    for socket in sockets {
        assert_eq!(crate::world::read(socket).status(), 200);
    }
    time.store(NOW_MS + 839_999, Ordering::Relaxed);
    assert_eq!(proxy.get(&format!("{TARGET}?page=6")).status(), 200);
    assert_eq!((auth.n_heads(), bearers(&api)), (1, vec!["ACCESS-1".to_owned(); 6]));
    time.store(NOW_MS + 840_000, Ordering::Relaxed);
    assert_eq!(proxy.get(&format!("{TARGET}?page=7")).status(), 200);
    assert_eq!(
        (auth.n_heads(), bearers(&api).last().unwrap().as_str()),
        (2, "ACCESS-2")
    );
    for head in auth.heads() {
        assert!(
            head.starts_with("POST /oauth2/token ") && head.contains("authorization: Basic cGxhdGZvcm0tYXBpLXVzZXI6")
        );
    }
    for head in api.heads() {
        assert!(!head.contains(API_TOKEN), "{head}");
    }
}

#[test]
fn a_token_that_is_refused_is_replaced_once() {
    let (api, auth) = worlds();
    let refused = answer(
        "401 X",
        "content-type: application/json\r\n",
        r#"{"error":"invalid_token"}"#,
    );
    api.expect_in_turn(UPSTREAM, [refused.clone(), json("{}")]);
    assert_eq!(Proxy::configured(&text(&api, &auth)).get(TARGET).status(), 200);
    assert_eq!(bearers(&api), ["ACCESS-1", "ACCESS-2"]);
    let (api, auth) = worlds();
    api.expect(UPSTREAM, refused);
    let reply = Proxy::configured(&text(&api, &auth)).get(TARGET);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:upstream-credential")
    );
    assert_eq!((api.n_heads(), auth.n_heads()), (2, 2), "once, not for ever");
}

#[test]
fn an_exchange_that_fails_is_told_without_a_secret_and_not_tried_by_everybody() {
    let echo = format!(r#"{{"error":"invalid_grant","error_description":"{API_TOKEN} is bad"}}"#);
    for (answered, slug) in [
        (
            answer("400 X", "content-type: application/json\r\n", &echo),
            "upstream-credential",
        ),
        (
            answer("302 X", "location: http://127.0.0.1:1/\r\n", ""),
            "upstream-token",
        ),
        (
            answer("200 OK", "content-type: application/json\r\n", &echo),
            "upstream-token",
        ),
        (answer("500 X", "content-type: text/html\r\n", &echo), "upstream-token"),
    ] {
        let (api, auth) = worlds();
        auth.expect(EXCHANGE, answered);
        let (proxy, time) = Proxy::timed(&text(&api, &auth));
        for _ in 0..5 {
            let reply = proxy.get(TARGET);
            assert_eq!(
                (reply.status(), reply.problem("type")),
                (502, format!("urn:problem:{slug}"))
            );
            assert!(!reply.text.contains("CANARY"), "{}", reply.text);
        }
        assert_eq!((api.n_heads(), auth.n_heads()), (0, 1), "{slug}");
        auth.expect(EXCHANGE, token("ACCESS-9"));
        time.store(NOW_MS + 10_000, Ordering::Relaxed);
        assert_eq!(proxy.get(TARGET).status(), 200);
    }
}

#[test]
fn an_access_token_that_the_api_tells_is_taken_out() {
    let (api, auth) = worlds();
    api.expect(UPSTREAM, json(r#"{"echo":"CANARY-ACCESS-1"}"#));
    let reply = Proxy::configured(&text(&api, &auth)).get(TARGET);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:upstream-echo")
    );
    assert!(!reply.text.contains("CANARY"));
}
