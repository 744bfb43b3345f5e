//! Links of an API and the cursors that take their place: the vectors of `tests/fixtures/gateway/links.json`, and what a
//! forged, borrowed or broken cursor is answered with.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use roster_gateway::{Credential, Refusal, Seal, open_links, seal_links};
use serde_json::{Value, json};

const LINKS: &str = include_str!("../../../tests/fixtures/gateway/links.json");
const BASE_URL: &str = "http://127.0.0.1:9/up";
const TARGET: &str = "/profiles";

fn credential(profile: Option<&str>) -> Credential {
    Credential {
        provider: "upsun",
        profile: profile.map(str::to_owned),
    }
}

fn seal() -> Seal {
    Seal::of(["Bearer KEY", "KEY"])
}

fn sealed(body: &str) -> Result<Option<String>, Refusal> {
    let sealed = seal_links(&seal(), &credential(None), BASE_URL, TARGET, body.as_bytes())?;
    Ok(sealed.map(|body| String::from_utf8(body).unwrap()))
}

fn opened(target: &str) -> Result<String, Refusal> {
    open_links(&seal(), &credential(None), target)
}

/// The body of a page with these links.
fn page(links: &Value) -> String {
    format!(r#"{{"count":1,  "_links":{links},"profiles":[{{"id":"a","_links":{{"self":{{"href":"x"}}}},"n":1.50}}]}}"#)
}

/// The target that a client asks for after a page, from its next link.
fn target_after(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    let href = body["_links"]["next"]["href"].as_str().unwrap();
    href.strip_prefix(BASE_URL).unwrap().to_owned()
}

/// A cursor for page 2.
fn cursor() -> String {
    let links = json!({ "next": { "href": format!("{BASE_URL}/profiles?page=2") } });
    let target = target_after(&sealed(&page(&links)).unwrap().unwrap());
    target.strip_prefix("/profiles?page%5Bafter%5D=").unwrap().to_owned()
}

#[test]
fn every_link_becomes_a_cursor_or_a_refusal() {
    let cases: Vec<Value> = serde_json::from_str(LINKS).unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let (name, body) = (&case["name"], page(&case["links"]));
        let after = match sealed(&body) {
            Ok(after) => after.unwrap(),
            Err(refusal) => {
                assert_eq!(json!(refusal.status), case["refusal"], "{name}");
                assert_eq!(refusal.problem.problem_type, "urn:problem:pagination", "{name}");
                assert!(
                    !refusal.problem.to_json().contains("?page"),
                    "{name}: the link is not told"
                );
                continue;
            }
        };
        assert!(case["refusal"].is_null(), "{name}: {after}");
        assert!(
            !after.contains("evil.example") && !after.contains("page=") && !after.contains("token"),
            "{name}"
        );
        let records = |text: &str| text.split_once(r#","profiles""#).unwrap().1.to_owned();
        assert_eq!(
            records(&after),
            records(&body),
            "{name}: the rest goes on byte for byte"
        );
        match case["position"].as_str() {
            None => {
                let own = format!(r#""_links":{{"self":{{"title":"Self","href":"{BASE_URL}/profiles"}}}},"#);
                assert!(after.contains(&own), "{name}: {after}");
            }
            Some(position) => {
                let asked = opened(&target_after(&after)).unwrap();
                assert_eq!(asked, format!("{TARGET}?{position}"), "{name}");
            }
        }
    }
}

#[test]
fn a_page_in_the_middle_names_itself_by_a_cursor_too() {
    let body = page(&json!({ "self": { "href": "http://evil.example/" } }));
    for target in ["/profiles?page=2", "/profiles?page%5Bsize%5D=5&page%5Bafter%5D=x%2Fy"] {
        let sealed = seal_links(&seal(), &credential(None), BASE_URL, target, body.as_bytes());
        let after: Value = serde_json::from_slice(&sealed.unwrap().unwrap()).unwrap();
        let own = after["_links"]["self"]["href"].as_str().unwrap();
        assert_eq!(opened(own.strip_prefix(BASE_URL).unwrap()).unwrap(), target);
    }
}

#[test]
fn what_has_no_links_goes_on_as_it_is() {
    for body in [
        "{}",
        r#"{"profiles":[]}"#,
        "[1]",
        "\"x\"",
        "",
        "{\"_links\":null}",
        "{\"profiles\":[",
        "\u{1}",
    ] {
        assert_eq!(sealed(body).unwrap(), None, "{body}");
    }
    for provider in ["ayrshare", "insightiq"] {
        let other = Credential {
            provider,
            profile: None,
        };
        let body = page(&json!({ "next": { "href": "http://evil.example/" } }));
        let sealed = seal_links(&seal(), &other, BASE_URL, TARGET, body.as_bytes()).unwrap();
        assert_eq!(sealed, None, "{provider} has no links");
    }
}

#[test]
fn links_that_two_readers_could_read_differently_are_refused() {
    let own = format!(r#"{{"next":{{"href":"{BASE_URL}/profiles?page=2"}}}}"#);
    let thief = r#"{"next":{"href":"http://evil.example/"}}"#;
    for body in [
        format!(r#"{{"_links":{own},"_links":{thief}}}"#),
        format!(r#"{{"_links":{thief},"_lin\u006bs":{own}}}"#),
    ] {
        assert_eq!(sealed(&body).unwrap_err().status, 502, "{body}");
    }
    let escaped = format!(r#"{{"\u005flinks":{thief}}}"#);
    assert_eq!(sealed(&escaped).unwrap_err().status, 502);
    let marked = format!("\u{feff}{{\"_links\":{own}}}");
    let after = sealed(&marked).unwrap().unwrap();
    assert!(
        after.starts_with("\u{feff}{\"_links\":{\"self\"") && !after.contains("page=2"),
        "{after}"
    );
}

/// HMAC-SHA256 over the length-prefixed parts, cut to 16 bytes, computed apart by another program.
#[test]
fn a_cursor_is_good_in_every_replica_and_after_a_restart() {
    assert_eq!(cursor(), "03wPxLrme-h0yZt2DDAgcXBhZ2U9Mg");
}

#[test]
fn a_forged_cursor_is_refused() {
    let good = cursor();
    assert_eq!(
        opened(&format!("{TARGET}?page%5Bafter%5D={good}")).unwrap(),
        "/profiles?page=2"
    );
    let raw = "cGFnZT0y";
    let mut forged = vec![
        String::new(),
        raw.to_owned(),
        "page=2".to_owned(),
        good[..21].to_owned(),
        good.to_lowercase(),
    ];
    forged.push(format!("{good}A"));
    forged.push(format!("{good}="));
    forged.push(format!("{}{raw}", "A".repeat(22)));
    // Every character once changed: neither the code nor what it covers may be another.
    for at in 0..good.len() {
        let mut other: Vec<char> = good.chars().collect();
        other[at] = if other[at] == 'A' { 'B' } else { 'A' };
        forged.push(other.into_iter().collect());
    }
    for cursor in forged {
        let refusal = opened(&format!("{TARGET}?page%5Bafter%5D={cursor}")).unwrap_err();
        assert_eq!(
            (refusal.status, refusal.problem.problem_type.as_str()),
            (400, "urn:problem:invalid_query")
        );
        assert!(cursor.is_empty() || !refusal.problem.message.contains(&cursor));
    }
}

#[test]
fn a_cursor_of_another_account_or_source_is_refused() {
    let target = format!("{TARGET}?page%5Bafter%5D={}", cursor());
    for profile in [Some("alice"), Some("")] {
        assert_eq!(
            open_links(&seal(), &credential(profile), &target).unwrap_err().status,
            400
        );
    }
    for secrets in [
        vec!["Bearer KEY"],
        vec!["KEY", "Bearer KEY"],
        vec!["Bearer KEYK", "EY"],
        vec![],
    ] {
        let other = Seal::of(secrets);
        assert_eq!(open_links(&other, &credential(None), &target).unwrap_err().status, 400);
    }
}

#[test]
fn numbers_of_pages_are_the_tables_matter_and_texts_need_the_seal() {
    for target in ["/profiles", "/profiles?page=2&range=50", "/profiles?page%5Bsize%5D=10"] {
        assert_eq!(opened(target).unwrap(), target);
    }
    let good = cursor();
    for query in [
        "page%5Bafter%5D=abc".to_owned(),
        format!("page%5Bbefore%5D={good}"),
        format!("page=3&page%5Bafter%5D={good}"),
        format!("page%5Bbefore%5D={good}&page%5Bafter%5D={good}"),
    ] {
        assert_eq!(
            opened(&format!("/profiles?{query}")).unwrap_err().status,
            400,
            "{query}"
        );
    }
    assert_eq!(
        open_links(&seal(), &credential(None), "/user?page%5Bafter%5D=x").unwrap(),
        "/user?page%5Bafter%5D=x"
    );
}
