//! A day on which everything goes wrong upstream, against the program itself: it stays small, loses no file handle,
//! tells no key, and works as before when the day is over.

use std::process::Command;
use std::thread;

use crate::hostile::{is_clean, meet};
use crate::program::{Program, config_file, proxy};
use crate::script::{endless, faults};
use crate::upstream::{Upstream, json};
use crate::world::{API_TOKEN, KEY, PASSWORD, PROFILE_KEY, config};

/// What the program may grow by while it is fed without end, in KiB: the largest body that is held, for each of the
/// clients of a round, with as much again for buffers on the way.
const GROWTH_KIB: u64 = 64 * 1024;

fn start(upstream: &Upstream, more: &str) -> Program {
    let text = format!(
        "[access]\nclient_requests_per_minute = 0\n{}{more}",
        config(upstream.port)
    );
    let file = config_file(&format!("faults-{}", upstream.port), &text);
    let mut command: Command = proxy();
    command
        .env("KEY", KEY)
        .env("USER", "client-id")
        .env("PASSWORD", PASSWORD);
    command
        .env("PROFILE", PROFILE_KEY)
        .env("API_TOKEN", API_TOKEN)
        .env("ROSTER_LOG", "debug");
    // Its file handles are counted, which whoever is not root may only do of a program that can be looked into.
    let program = Program::start(command.arg("--debuggable").arg("--config").arg(&file));
    std::fs::remove_file(file).unwrap();
    program
}

/// Peak memory of a process, in KiB.
fn peak_kib(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn n_files(id: u32) -> usize {
    std::fs::read_dir(format!("/proc/{id}/fd")).unwrap().count()
}

#[test]
fn every_fault_leaves_it_small_and_silent() {
    let thief = Upstream::start();
    for fault in faults(&thief) {
        let name = fault.name;
        let upstream = Upstream::start();
        let program = start(&upstream, "");
        upstream.expect("/iq/v1/profiles", json(r#"{"data":[]}"#));
        assert_eq!(program.get("/api/v1/insightiq/profiles", "").status(), 200);
        let (peak_before_kib, n_files_before) = (peak_kib(program.id()), n_files(program.id()));
        meet(&fault.act, &upstream, |target| program.get(target, "").text);
        upstream.expect("/iq/v1/profiles?offset=10", json(r#"{"data":[1]}"#));
        let other = program.get("/api/v1/insightiq/profiles?offset=10", "");
        assert_eq!((other.status(), other.body()), (200, r#"{"data":[1]}"#), "after {name}");
        let growth_kib = peak_kib(program.id()).saturating_sub(peak_before_kib);
        assert!(growth_kib < GROWTH_KIB, "{growth_kib} KiB after {name}");
        let n_more = n_files(program.id()).saturating_sub(n_files_before);
        assert!(n_more < 12, "{n_more} file handles more after {name}");
        is_clean(&program.end());
    }
    assert!(thief.heads().is_empty());
}

#[test]
fn an_endless_body_for_many_at_once_is_not_held_in_memory() {
    let upstream = Upstream::start();
    let program = start(&upstream, "[upsun.limits]\nrequests = 0\ncache = false\n");
    upstream.expect("/up/profiles", endless());
    let before_kib = peak_kib(program.id());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let reply = program.get("/api/v1/upsun/profiles", "");
                assert!(reply.text.len() < 40 * 1024 * 1024 && !reply.text.ends_with("0\r\n\r\n"));
            });
        }
    });
    let growth_kib = peak_kib(program.id()).saturating_sub(before_kib);
    assert!(growth_kib < GROWTH_KIB, "{growth_kib} KiB for eight bodies of 32 MiB");
    upstream.expect("/up/profiles", json("{}"));
    assert_eq!(program.get("/api/v1/upsun/profiles", "").status(), 200);
}

#[test]
fn a_batch_file_of_sixty_megabytes_passes_at_bounded_memory() {
    let upstream = Upstream::start();
    let program = start(&upstream, "");
    let url = format!("http://127.0.0.1:{}/files/users.json", upstream.port);
    upstream.expect("/api/user/batch", json(&format!(r#"{{"url":"{url}"}}"#)));
    let length = 60 * 1024 * 1024;
    let body = format!("\"{}\"", "x".repeat(length - 2));
    upstream.expect("/files/users.json", json(&body));
    let before_kib = peak_kib(program.id());
    let reply = program.get("/api/v1/ayrshare/user/batch/file", "");
    assert_eq!((reply.status(), reply.body().len()), (200, length));
    let growth_kib = peak_kib(program.id()).saturating_sub(before_kib);
    assert!(growth_kib < 16 * 1024, "{growth_kib} KiB for a file of 60 MiB");
}
