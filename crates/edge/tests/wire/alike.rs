//! The raw matrix and the script of a bad day, to the native program and to the Worker: identical answers, but for what is
//! listed here with its reason.

use std::thread;

use serde_json::Value;

use crate::both::{Answer, Both, raw, send};
use crate::matrix::{Wanted, cells};
use crate::script::{Fault, faults};
use crate::upstream::Upstream;
use crate::world::{OTHERWISE, Reply};

/// Faults of which the two shells make something else: the fault, our question, the statuses of the native program and of
/// the Worker, and why.
const MET_OTHERWISE: &[(&str, &str, [u16; 2], &str)] = &[
    (
        "a body without end",
        "/api/v1/ayrshare/user?profile=brand-a",
        [200, 502],
        HELD,
    ),
    ("a body without end", "/api/v1/insightiq/profiles", [200, 502], HELD),
    ("a body without end", "/api/v1/upsun/profiles", [502, 502], SEALED),
];

const SEALED: &str =
    "both refuse it, each by its own limit: the native program holds 4 MiB of a list whose links it seals, and says so";

const HELD: &str =
    "the native program hands a long answer on while it arrives, and breaks off; the Worker holds it to its end";

/// Faults that are looked at side by side.
const N_AT_ONCE: usize = 2;

/// Status of an answer, and which problem it is if it is one of ours.
fn told(reply: &Reply) -> (u16, Option<Value>) {
    let problem: Option<Value> = serde_json::from_str(&reply.whole_body()).ok();
    (reply.status(), problem.map(|problem| problem["type"].clone()))
}

#[test]
fn both_shells_answer_the_raw_matrix_alike() {
    let upstream = Upstream::start();
    upstream.expect("/api/profiles?limit=5", crate::upstream::json(r#"{"profiles":[]}"#));
    let both = Both::before(&upstream);
    let (native_port, worker_port) = (both.native.port, both.worker.port);
    let mut n_alike = 0;
    for (native, worker) in cells(native_port).into_iter().zip(cells(worker_port)) {
        let name = native.name;
        let [native_told, worker_told] = [(native_port, &native.request), (worker_port, &worker.request)]
            .map(|(port, bytes)| told(&raw(port, bytes)));
        if let Some((_, found, why)) = OTHERWISE.iter().find(|(cell, ..)| *cell == name) {
            let status = match found {
                Wanted::Refused(status) => *status,
                Wanted::Data => 200,
            };
            assert_eq!(worker_told.0, status, "{name}: {why}");
            assert_ne!(native_told.0, status, "{name} is answered alike by now");
            continue;
        }
        assert_eq!(native_told.0, worker_told.0, "{name}");
        // A runtime that answers before us says so in words of its own.
        if let (Some(native), Some(worker)) = (native_told.1, worker_told.1) {
            assert_eq!(native, worker, "{name}");
            n_alike += 1;
        }
    }
    assert!(n_alike > 15, "{n_alike} cells are answered by the program of both");
}

#[test]
fn both_shells_meet_every_fault_alike() {
    let thief = Upstream::start();
    let all = faults(&thief);
    thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(N_AT_ONCE)) {
            scope.spawn(move || part.iter().for_each(meet));
        }
    });
    assert!(thief.heads().is_empty(), "{:?}", thief.heads());
}

/// One source for each question: after a refusal a source is left alone for a while.
fn meet(fault: &Fault) {
    let upstream = Upstream::start();
    let both = Both::before(&upstream);
    for (ours, theirs) in [
        ("/api/v1/upsun/profiles", "/up/profiles"),
        ("/api/v1/ayrshare/user?profile=brand-a", "/api/user"),
        ("/api/v1/insightiq/profiles", "/iq/v1/profiles"),
    ] {
        upstream.expect(theirs, fault.act.clone());
        let replies = [both.native.port, both.worker.port].map(|port| send(port, ours));
        let other = MET_OTHERWISE
            .iter()
            .find(|(name, question, ..)| *name == fault.name && *question == ours);
        if let Some((name, _, statuses, why)) = other {
            assert_eq!(
                replies.each_ref().map(Reply::status),
                *statuses,
                "{name} at {ours}: {why}"
            );
            continue;
        }
        let [native, worker] = replies.each_ref().map(Answer::of);
        let name = fault.name;
        if native.status == 429 && worker.status == 429 {
            // Where the API names no wait, it is drawn by lot; a short one is waited for, and what then comes is too.
            assert_eq!(native.problem()["code"], worker.problem()["code"], "{name} at {ours}");
            continue;
        }
        assert_eq!(native, worker, "{name} at {ours}");
    }
}
