//! The vectors of `tests/fixtures/gateway` over raw sockets, to the native program and to the Worker: identical answers.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::thread;

use serde_json::Value;

use crate::both::{Both, send};
use crate::upstream::{Upstream, answer, json};

const PLANS: &str = include_str!("../../../../tests/fixtures/gateway/plan.json");
const REPLIES: &str = include_str!("../../../../tests/fixtures/gateway/reply.json");

/// A date in the past of a real clock means no wait at all: it is tried again after pauses that are drawn by lot, and
/// what comes of that is another answer each time.
const DRAWN_BY_LOT: &str = "a rate limit with a date";

/// Replies that are looked at side by side.
const N_AT_ONCE: usize = 2;

fn cases(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn both_shells_plan_every_request_alike() {
    let upstream = Upstream::start();
    let (mut both, mut asked_before) = (Both::before(&upstream), BTreeSet::new());
    for case in cases(PLANS) {
        let (name, target) = (case["name"].as_str().unwrap(), case["target"].as_str().unwrap());
        let asked = [&case["path"], &case["file_behind"]]
            .into_iter()
            .find_map(Value::as_str);
        let base = target.split('/').nth(3).map(|id| match id {
            "ayrshare" => "/api",
            "insightiq" => "/iq",
            _ => "/up",
        });
        let planned = asked.map(|path| format!("{}{path}", base.unwrap()));
        if let Some(planned) = &planned {
            upstream.expect(planned, json("{}"));
            // What was asked before is kept.
            if !asked_before.insert(planned.clone()) {
                both = Both::before(&upstream);
            }
        }
        let before = upstream.n_heads();
        let found = both.ask(target, name);
        let heads: Vec<String> = upstream.heads().split_off(before);
        let targets: Vec<&str> = heads.iter().filter_map(|head| head.split(' ').nth(1)).collect();
        let known: Vec<&str> = planned.iter().map(String::as_str).collect();
        let is_alias_unknown = case["profile"].is_string() && case["profile"] != "brand-a";
        if !is_alias_unknown {
            assert_eq!(targets, known.repeat(2), "{name}");
        }
        // What is not below the API is a page, of which neither shell has any here.
        if case["problem"].is_object() && target.starts_with("/api/") {
            assert_eq!(found.status, case["problem"]["status"], "{name}");
            assert_eq!(found.problem()["type"], case["problem"]["type"], "{name}");
        }
    }
}

#[test]
fn both_shells_judge_every_answer_alike() {
    let mut cases = cases(REPLIES);
    cases.retain(|case| case["name"] != DRAWN_BY_LOT);
    thread::scope(|scope| {
        for part in cases.chunks(cases.len().div_ceil(N_AT_ONCE)) {
            scope.spawn(move || part.iter().for_each(judge));
        }
    });
}

#[test]
fn both_shells_name_a_wait_where_the_api_names_none() {
    let upstream = Upstream::start();
    upstream.expect(
        "/up/profiles",
        answer("429 X", "content-type: application/json\r\n", "{}"),
    );
    let both = Both::before(&upstream);
    let [native, worker] = [both.native.port, both.worker.port].map(|port| send(port, "/api/v1/upsun/profiles"));
    assert_eq!((native.status(), worker.status()), (429, 429));
    let waits = [&native, &worker].map(|reply| reply.header("retry-after").unwrap_or_default());
    assert_eq!(waits[0], waits[1], "{} {}", native.text, worker.text);
    assert!(waits[0].parse::<u32>().unwrap() > 0);
}

/// Each in a world of its own: after a refusal a source is left alone for a while.
fn judge(case: &Value) {
    let name = case["name"].as_str().unwrap();
    let (target, upstream_target) = match case["provider"].as_str().unwrap() {
        "ayrshare" => ("/api/v1/ayrshare/profiles", "/api/profiles"),
        "insightiq" => ("/api/v1/insightiq/profiles", "/iq/v1/profiles"),
        _ => ("/api/v1/upsun/profiles", "/up/profiles"),
    };
    let upstream = Upstream::start();
    upstream.expect(upstream_target, scripted(case));
    let found = Both::before(&upstream).ask(target, name);
    if let Some(status) = case["refusal"].as_u64() {
        assert_eq!(u64::from(found.status), status, "{name}");
        assert_eq!(found.problem()["type"], case["problem"]["type"], "{name}");
        return;
    }
    let body = case["body"].as_str().unwrap();
    assert_eq!((found.status, found.body.as_str()), (200, body), "{name}");
    for (header, value) in case["reply"].as_object().unwrap() {
        assert_eq!(found.headers.get(header).map(String::as_str), value.as_str(), "{name}");
    }
}

/// The answer on a wire; its framing is ours.
fn scripted(case: &Value) -> crate::upstream::Act {
    let mut lines = String::new();
    for (name, value) in case["headers"].as_object().unwrap() {
        if !name.eq_ignore_ascii_case("transfer-encoding") {
            write!(lines, "{name}: {}\r\n", value.as_str().unwrap()).unwrap();
        }
    }
    answer(&format!("{} X", case["status"]), &lines, case["body"].as_str().unwrap())
}
