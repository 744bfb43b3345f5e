//! The vectors of `tests/fixtures/gateway` over raw sockets, to the native program and to the Worker: identical answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;

use crate::upstream::{Upstream, answer, json};
use crate::worker::place;
use crate::world::{Proxy, Reply, SECRETS, config, read};

const PLANS: &str = include_str!("../../../../tests/fixtures/gateway/plan.json");
const REPLIES: &str = include_str!("../../../../tests/fixtures/gateway/reply.json");

/// What belongs to the connection, to the moment, or to one shell's own log.
const NOT_COMPARED: &[&str] = &[
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "roster-request-id",
    "transfer-encoding",
];

/// A date in the past of a real clock means no wait at all: it is tried again after pauses that are drawn by lot, and
/// what comes of that is another answer each time.
const DRAWN_BY_LOT: &str = "a rate limit with a date";

/// Replies that are looked at side by side.
const N_AT_ONCE: usize = 2;

/// The native program, ended when dropped.
struct Native {
    child: Child,
    file: PathBuf,
    port: u16,
}

impl Native {
    fn start(text: &str) -> Self {
        let id = std::process::id();
        let file = std::env::temp_dir().join(format!("roster-vectors-{id}-{:?}.toml", thread::current().id()));
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(place("ROSTER_PROXY"));
        command.args(["--listen", "127.0.0.1:0", "--config"]).arg(&file);
        let command = command.envs(SECRETS.iter().copied()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap();
        Self { child, file, port }
    }
}

impl Drop for Native {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.file);
    }
}

/// Both shells before one upstream.
struct Both {
    native: Native,
    worker: Proxy,
}

impl Both {
    fn before(upstream: &Upstream) -> Self {
        let text = config(upstream.port);
        Self {
            native: Native::start(&text),
            worker: Proxy::keeping(&text),
        }
    }

    /// The answer that both give.
    fn ask(&self, target: &str, name: &str) -> Answer {
        let [native, worker] = [self.native.port, self.worker.port].map(|port| Answer::of(&send(port, target)));
        assert_eq!(
            native, worker,
            "{name}: the native program on the left, the Worker on the right"
        );
        native
    }
}

fn send(port: u16, target: &str) -> Reply {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let head = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    socket.write_all(head.as_bytes()).unwrap();
    read(socket)
}

/// What is compared of an answer.
#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Answer {
    fn of(reply: &Reply) -> Self {
        let pair = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        let headers = reply.head().lines().skip(1).map(pair);
        Self {
            status: reply.status(),
            headers: headers
                .filter(|(name, _)| !NOT_COMPARED.contains(&name.as_str()))
                .collect(),
            body: reply.whole_body(),
        }
    }

    fn problem(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

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
