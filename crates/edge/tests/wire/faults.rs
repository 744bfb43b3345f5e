//! A day on which everything goes wrong upstream, against the runtime itself: it stays small, loses no file handle, tells
//! no key, and works as before when the day is over.

use std::sync::atomic::Ordering;

use crate::hostile::{is_clean, meet};
use crate::script::faults;
use crate::upstream::{Upstream, json};
use crate::world::{Proxy, config};

/// What the runtime may grow by over the whole day, in KiB. Its garbage is collected when it likes.
const GROWTH_KIB: u64 = 128 * 1024;

/// File handles that it may have more: connections of its own that are kept for the next request.
const N_MORE_FILES: usize = 12;

/// How often it is looked whether connections are closed, which happens some time after the answer.
const N_LOOKS: usize = 2_000;

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
fn a_day_of_faults_leaves_the_runtime_small_and_silent() {
    let (upstream, thief) = (Upstream::start(), Upstream::start());
    let (proxy, time) = Proxy::timed(&config(upstream.port));
    let id = proxy.worker.id();
    upstream.expect("/iq/v1/profiles", json(r#"{"data":[]}"#));
    // What the runtime needs to answer at all is no growth.
    for _ in 0..200 {
        assert_eq!(proxy.get("/api/v1/insightiq/profiles").status(), 200);
        time.fetch_add(1_000_000, Ordering::Relaxed);
    }
    let (peak_before_kib, n_files_before) = (peak_kib(id), n_files(id));
    for fault in faults(&thief) {
        let name = fault.name;
        meet(&fault.act, &upstream, |target| proxy.get(target).text);
        time.fetch_add(1_000_000, Ordering::Relaxed);
        let other = proxy.get("/api/v1/insightiq/profiles");
        assert_eq!((other.status(), other.body()), (200, r#"{"data":[]}"#), "after {name}");
        let is_back = (0..N_LOOKS).any(|_| {
            assert_eq!(proxy.get("/healthz").status(), 200);
            n_files(id) <= n_files_before + N_MORE_FILES
        });
        assert!(
            is_back,
            "{} file handles after {name}, {n_files_before} before",
            n_files(id)
        );
    }
    let growth_kib = peak_kib(id).saturating_sub(peak_before_kib);
    assert!(growth_kib < GROWTH_KIB, "{growth_kib} KiB");
    is_clean(&proxy.worker.log());
    assert!(thief.heads().is_empty());
}
