//! The vectors of `tests/fixtures/gateway`, and what must hold for every request and every answer.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::fmt::Write;

use http::{HeaderMap, HeaderName, HeaderValue};
use roster_core::{ALL, UnixMs, Upstream, provider};
use roster_gateway::{Limits, Refusal, Target, answer, api_headers, plan, reply};
use serde_json::{Map, Value, json};

const PLANS: &str = include_str!("../../../tests/fixtures/gateway/plan.json");
const REPLIES: &str = include_str!("../../../tests/fixtures/gateway/reply.json");

fn cases(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn ask(target: &str) -> Result<roster_gateway::Plan, Refusal> {
    let (path, query) = target
        .split_once('?')
        .map_or((target, None), |(path, query)| (path, Some(query)));
    plan(path, query, Limits::default())
}

fn header_map(headers: &Value) -> HeaderMap {
    let pair = |(name, value): (&String, &Value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        (
            name,
            HeaderValue::from_bytes(value.as_str().unwrap().as_bytes()).unwrap(),
        )
    };
    headers.as_object().unwrap().iter().map(pair).collect()
}

fn as_json(headers: &HeaderMap) -> Value {
    let pair = |(name, value): (&HeaderName, &HeaderValue)| (name.to_string(), json!(value.to_str().unwrap()));
    Value::Object(headers.iter().map(pair).collect::<Map<_, _>>())
}

#[test]
fn every_request_has_the_plan_of_its_vector() {
    for case in cases(PLANS) {
        let name = &case["name"];
        match ask(case["target"].as_str().unwrap()) {
            Ok(plan) => {
                let (path, file) = match plan.target {
                    Target::Path(path) => (json!(path), Value::Null),
                    Target::BatchFile(path) => (Value::Null, json!(path)),
                };
                assert_eq!((&path, &file), (&case["path"], &case["file_behind"]), "{name}");
                assert_eq!(json!(plan.credential.profile), case["profile"], "{name}");
            }
            Err(refusal) => {
                let expected = &case["problem"];
                assert_eq!(json!(refusal.status), expected["status"], "{name}");
                assert_eq!(json!(refusal.problem.problem_type), expected["type"], "{name}");
                if expected["message"].is_string() {
                    assert_eq!(json!(refusal.problem.message), expected["message"], "{name}");
                }
            }
        }
    }
}

#[test]
fn every_answer_has_the_reply_of_its_vector() {
    for case in cases(REPLIES) {
        let name = &case["name"];
        let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
        let body = case["body"].as_str().unwrap().as_bytes().to_vec();
        let received = UnixMs(case["received"].as_i64().unwrap_or_default());
        let arrived = answer(status, &header_map(&case["headers"]), body, received);
        match reply(provider(case["provider"].as_str().unwrap()).unwrap(), &arrived) {
            Ok(headers) => assert_eq!(as_json(&headers), case["reply"], "{name}"),
            Err(refusal) => {
                assert_eq!(json!(refusal.status), case["refusal"], "{name}");
                let problem: Value = serde_json::from_str(&refusal.problem.to_json()).unwrap();
                assert_eq!(problem, case["problem"], "{name}");
                let plain = json!({ "content-type": "application/problem+json" });
                let expected = case.get("refusal_headers").unwrap_or(&plain);
                assert_eq!(&as_json(&refusal.headers()), expected, "{name}");
            }
        }
    }
}

/// A small generator, so that a failure can be played again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

const PARTS: &[&str] = &[
    "api",
    "v1",
    "v2",
    "ayrshare",
    "insightiq",
    "upsun",
    "profiles",
    "user",
    "details",
    "pinterest",
    "batch",
    "file",
    "..",
    ".",
    "%2e%2e",
    "%2f",
    "",
    "sources",
    "Profiles",
    "http:",
    "169.254.169.254",
    "@evil.example",
    "\\",
    "%00",
    ";x",
    "v1%2fayrshare",
];
const NAMES: &[&str] = &[
    "limit",
    "cursor",
    "title",
    "offset",
    "profile",
    "page",
    "page%5Bsize%5D",
    "url",
    "host",
    "%6cimit",
    "include",
    "refId",
    "x",
    "",
];
const VALUES: &[&str] = &[
    "1",
    "100",
    "5001",
    "-1",
    "true",
    "%0d%0a",
    "%ff",
    "a%26b%3Dc",
    "../..",
    "https://evil.example/",
    "brand-a",
    "quota",
    "%23",
    "é",
    "",
    "//",
    "%2e%2e%2f",
];

fn generated(dice: &mut Dice) -> String {
    let mut target = if dice.roll(2) == 0 {
        "/api/v1".to_owned()
    } else {
        String::new()
    };
    for _ in 0..dice.roll(6) {
        write!(target, "/{}", dice.of(PARTS)).unwrap();
    }
    if dice.roll(2) == 0 {
        let routes: Vec<String> = routes().map(|(path, _)| path).collect();
        target.clone_from(&routes[dice.roll(routes.len())]);
    }
    for n in 0..dice.roll(4) {
        let separator = if n == 0 { '?' } else { '&' };
        write!(target, "{separator}{}={}", dice.of(NAMES), dice.of(VALUES)).unwrap();
    }
    target
}

/// Every route: our path and the upstream's.
fn routes() -> impl Iterator<Item = (String, &'static str)> {
    ALL.iter().flat_map(|provider| {
        let info = provider.info();
        info.routes.iter().map(|route| {
            let (Upstream::Path(path) | Upstream::BatchFile(path)) = &route.upstream;
            (format!("/api/v1/{}/{}", info.id, route.name), *path)
        })
    })
}

#[test]
fn no_generated_request_leaves_the_table() {
    let mut dice = Dice(0x005e_ed0f_2026);
    let known: Vec<(String, &str)> = routes().collect();
    let (mut n_planned, mut n_refused) = (0, 0);
    for _ in 0..300_000 {
        let target = generated(&mut dice);
        let Ok(plan) = ask(&target) else {
            n_refused += 1;
            continue;
        };
        n_planned += 1;
        let (Target::Path(upstream) | Target::BatchFile(upstream)) = &plan.target;
        let (path, query) = upstream.split_once('?').unwrap_or((upstream, ""));
        let ours = target.split('?').next().unwrap();
        assert!(
            known.iter().any(|(own, theirs)| own == ours && *theirs == path),
            "{target} -> {upstream}"
        );
        assert!(
            upstream.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'),
            "{target} -> {upstream}"
        );
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap().replace("%5B", "[").replace("%5D", "]");
            assert!(plan.route.param(&name).is_some(), "{target} -> {upstream}");
        }
    }
    assert!(
        n_planned > 10_000 && n_refused > 10_000,
        "the generator reaches both: {n_planned} and {n_refused}"
    );
}

/// In capitals, so that it is found in any case.
const SECRET: &str = "CANARY-7F3A-SECRET";

#[test]
fn no_status_lets_a_secret_through() {
    let hostile = HeaderMap::from_iter(
        [
            "www-authenticate",
            "location",
            "set-cookie",
            "request-id",
            "x-ratelimit-max",
            "retry-after",
            "x-echo",
            "server",
        ]
        .map(|name| (HeaderName::from_static(name), HeaderValue::from_static(SECRET))),
    );
    let bodies = [
        format!("<html>{SECRET}</html>"),
        format!(r#"{{"status":"error","code":"{SECRET}","message":"bad key {SECRET}"}}"#),
        format!(r#"{{"error":{{"error_code":"{SECRET}","message":"{SECRET}","request_id":"{SECRET}"}}}}"#),
        format!(r#"{{"title":"{SECRET}","detail":"{SECRET}","error_description":"{SECRET}"}}"#),
        format!(
            r#"{{"type":"urn:problem:{SECRET}","title":"{SECRET}","message":"{SECRET}","requestId":"{SECRET}","code":"x"}}"#
        ),
    ];
    for provider in ALL {
        for status in 101..=600 {
            for body in &bodies {
                for media_type in ["application/json", "text/html", SECRET] {
                    let mut headers = hostile.clone();
                    headers.insert("content-type", HeaderValue::from_static(media_type));
                    let arrived = answer(status, &headers, body.clone().into_bytes(), UnixMs(0));
                    // The shell takes its secrets out of a refusal, and refuses data whose headers or body hold one.
                    let Err(refusal) = reply(*provider, &arrived) else {
                        assert_eq!((status / 100, media_type), (2, "application/json"));
                        continue;
                    };
                    let refusal = refusal.without([SECRET]);
                    let sent = format!(
                        "{:?}{:?}{}",
                        refusal.headers(),
                        api_headers(),
                        refusal.problem.to_json()
                    );
                    assert!(
                        !sent.to_ascii_uppercase().contains(SECRET),
                        "{status} {media_type} {body}: {sent}"
                    );
                    assert!(
                        (400..600).contains(&refusal.status) && refusal.status != 401,
                        "{status}"
                    );
                }
            }
        }
    }
}
