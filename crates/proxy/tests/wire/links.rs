//! An API's links over the wire: the client gets a cursor of ours and nothing of them, and can neither forge one nor make
//! the proxy follow where they lead. `tests/fixtures/gateway/links.json` says what each becomes.

use serde_json::Value;

use crate::upstream::{Upstream, json};
use crate::world::{Proxy, Reply, config};

const LINKS: &str = include_str!("../../../../tests/fixtures/gateway/links.json");
const LIST: &str = "/api/v1/upsun/profiles";

fn href(reply: &Reply) -> String {
    let body: Value = serde_json::from_str(reply.body()).unwrap_or_else(|_| panic!("{}", reply.text));
    body["_links"]["next"]["href"].as_str().unwrap_or_default().to_owned()
}

/// What a client asks for after a page.
fn after(reply: &Reply, upstream: &Upstream) -> String {
    let own = format!("http://127.0.0.1:{}/up/profiles?", upstream.port);
    let href = href(reply);
    let query = href.strip_prefix(&own);
    format!("{LIST}?{}", query.unwrap_or_else(|| panic!("{href} is not at {own}")))
}

/// A first page whose link leads to a second.
fn page_with(position: &str, upstream: &Upstream) {
    let links = format!(
        r#"{{"next":{{"href":"http://127.0.0.1:{}/up/profiles?{position}"}}}}"#,
        upstream.port
    );
    upstream.expect(
        "/up/profiles",
        json(&format!(r#"{{"count":2,"profiles":[],"_links":{links}}}"#)),
    );
    upstream.expect(
        &format!("/up/profiles?{position}"),
        json(r#"{"count":2,"profiles":[1]}"#),
    );
}

#[test]
fn every_link_of_an_api_becomes_a_cursor_or_a_refusal() {
    let (upstream, thief) = (Upstream::start(), Upstream::start());
    let own = format!("127.0.0.1:{}", upstream.port);
    let strange = format!("127.0.0.1:{}", thief.port);
    let text = format!("{}[upsun.limits]\nrequests = 0\n", config(upstream.port));
    let cases: Vec<Value> = serde_json::from_str(LINKS).unwrap();
    let proxy = Proxy::configured(&text);
    for (n, case) in cases.iter().enumerate() {
        let links = case["links"].to_string();
        let links = links
            .replace("127.0.0.1:9/", &format!("{own}/"))
            .replace("127.0.0.1:9@", &format!("{own}@"));
        let links = links
            .replace("evil.example", &strange)
            .replace("127.0.0.1:10/", &format!("{strange}/"));
        // A page of its own for each, so that none is answered with what was kept of another.
        let ask = format!("?range={}", n + 1);
        upstream.expect(
            &format!("/up/profiles{ask}"),
            json(&format!(r#"{{"count":1,"profiles":[],"_links":{links}}}"#)),
        );
        let reply = proxy.get(&format!("{LIST}{ask}"));
        let name = &case["name"];
        if let Some(status) = case["refusal"].as_u64() {
            let found = (u64::from(reply.status()), reply.problem("code"));
            assert_eq!(found, (status, "pagination".to_owned()), "{name}: {}", reply.text);
            assert!(!reply.text.contains("page="), "{name}: the link is not told");
            continue;
        }
        assert_eq!(reply.status(), 200, "{name}: {}", reply.text);
        let Some(position) = case["position"].as_str() else {
            assert_eq!(href(&reply), "", "{name}");
            continue;
        };
        upstream.expect(&format!("/up/profiles?{position}"), json(r#"{"profiles":[7]}"#));
        let next = proxy.get(&after(&reply, &upstream));
        assert_eq!(
            (next.status(), next.body()),
            (200, r#"{"profiles":[7]}"#),
            "{name}: {}",
            next.text
        );
    }
    assert!(thief.heads().is_empty());
}

#[test]
fn a_cursor_is_taken_from_us_only_and_for_the_same_key_only() {
    let upstream = Upstream::start();
    page_with("page=2", &upstream);
    let proxy = Proxy::before(&upstream);
    let target = after(&proxy.get(LIST), &upstream);
    assert_eq!(proxy.get(&target).status(), 200);
    assert_eq!(
        Proxy::before(&upstream).get(&target).status(),
        200,
        "another replica takes it"
    );
    let n_heads = upstream.n_heads();
    let (list, cursor) = target.rsplit_once('=').unwrap();
    for forged in [
        "page=2",
        "cGFnZT0y",
        &cursor[1..],
        &format!("{cursor}A"),
        &cursor.to_lowercase(),
    ] {
        let reply = proxy.get(&format!("{list}={forged}"));
        assert_eq!(
            (reply.status(), reply.problem("code").as_str()),
            (400, "invalid_query"),
            "{forged}"
        );
    }
    let other = config(upstream.port);
    let at = other.rfind("\"KEY\"").unwrap();
    let other = format!("{}\"PASSWORD\"{}", &other[..at], &other[at + 5..]);
    assert_eq!(
        Proxy::configured(&other).get(&target).status(),
        400,
        "who has another key gave out others"
    );
    assert_eq!(upstream.n_heads(), n_heads, "nothing of all this asks the API");
}
