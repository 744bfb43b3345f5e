//! `cargo xtask bench proxy`: ours against nginx as a plain and as a caching proxy, with the same upstream in one run.
//!
//! The contestants take turns, each with one thread, so that a busy machine is busy for both. Read ratios.

pub(crate) mod answer;
pub(crate) mod child;
mod load;
mod stage;

use crate::{Outcome, run as program};
pub(crate) use child::{Listening, free_port};
pub(crate) use load::Load;
use stage::Contestant;
pub(crate) use stage::{KEY, Stage};

/// What is asked for.
#[derive(Clone, Copy)]
struct Size {
    name: &'static str,
    n_profiles: u32,
    /// A page is filled up to this, in bytes.
    bytes: usize,
    /// Least share of nginx's requests a second: what is a must, and what is the aim.
    must: f64,
    aim: f64,
}

const SIZES: [Size; 2] = [
    Size {
        name: "2 KB",
        n_profiles: 7,
        bytes: 2_000,
        must: 0.7,
        aim: 0.9,
    },
    Size {
        name: "1.6 MB",
        n_profiles: 5000,
        bytes: 1_600_000,
        must: 1.2,
        aim: 1.5,
    },
];

/// Connections at the same time.
const CONNECTIONS: [u32; 3] = [1, 32, 256];

/// Longest time that one of a hundred answers may take at one connection, in milliseconds. What waits for the system's
/// delayed acknowledgements takes 40.
const P99_MS: f64 = 20.0;

/// Most CPU time of ours for one of nginx's.
const CPU_RATIO: f64 = 0.5;

/// Most memory at 256 connections, in MiB.
const PEAK_MIB: f64 = 64.0;

/// How to get what is missing; `None` if nothing is.
pub(crate) fn missing() -> Option<String> {
    let is_there = |name: &str, flag: &str| std::process::Command::new(name).arg(flag).output().is_ok();
    let missing: Vec<&str> = [("wrk", "-v"), ("nginx", "-v")]
        .into_iter()
        .filter(|(name, flag)| !is_there(name, flag))
        .map(|(name, _)| name)
        .collect();
    let names = missing.join(" ");
    (!missing.is_empty()).then(|| format!("{names} is not installed (Debian: apt-get install {names})"))
}

/// Runs all of it, or the cells whose names hold a word. Results go to standard output, one JSON object a line.
pub(crate) fn run(is_quick: bool, cell: Option<&str>) -> Outcome {
    if let Some(missing) = missing() {
        eprintln!("bench proxy: skipped: {missing}");
        return Ok(());
    }
    let questions = questions(cell)?;
    let proxy = program::build_proxy_to_ship()?;
    let stage = Stage::new(&proxy)?;
    let mut misses = Vec::new();
    for question in questions {
        misses.extend(question.compare(&stage, is_quick)?);
    }
    match (misses.as_slice(), is_quick) {
        ([], _) | (_, true) => Ok(()),
        (misses, false) => Err(format!("below what must be reached:\n  {}", misses.join("\n  "))),
    }
}

/// The cells of the table, in its order; those whose names hold the word, if there is one.
fn questions(cell: Option<&str>) -> Outcome<Vec<Question>> {
    let all = [false, true].into_iter().flat_map(|is_cached| {
        SIZES.into_iter().flat_map(move |size| {
            CONNECTIONS.map(|n_connections| Question {
                size,
                is_cached,
                n_connections,
            })
        })
    });
    let (found, others): (Vec<_>, Vec<_>) =
        all.partition(|question| question.name().contains(cell.unwrap_or_default()));
    if found.is_empty() {
        let names: Vec<String> = others.iter().map(Question::name).collect();
        return Err(format!("expected a part of one of {}", names.join(", ")));
    }
    Ok(found)
}

/// One cell of the table.
struct Question {
    size: Size,
    is_cached: bool,
    n_connections: u32,
}

impl Question {
    /// Its name for `--cell`.
    fn name(&self) -> String {
        let size = self.size.name.replace(' ', "");
        format!("{}-{size}-{}", self.what(), self.n_connections)
    }

    fn what(&self) -> &'static str {
        if self.is_cached { "cached" } else { "cold" }
    }

    fn compare(&self, stage: &Stage, is_quick: bool) -> Outcome<Vec<String>> {
        let (n_rounds, seconds) = if is_quick { (1, 1) } else { (3, 2) };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let peer = if self.is_cached {
            Contestant::NginxCache
        } else {
            Contestant::Nginx
        };
        // Each gets a process of its own, so that its peak of memory is that of this cell.
        let (us, them) = (
            stage.start(Contestant::Roster, self.is_cached)?,
            stage.start(peer, self.is_cached)?,
        );
        for round in 0..n_rounds {
            for is_ours in [round % 2 == 0, round % 2 == 1] {
                let (child, loads) = if is_ours {
                    (&us, &mut ours)
                } else {
                    (&them, &mut theirs)
                };
                let script = stage.script(self.size.n_profiles, self.is_cached)?;
                loads.push(Load::run(child, &script, self.n_connections, seconds)?);
            }
        }
        if self.is_cached {
            stage::is_kept(&us, self.size.n_profiles)?;
        }
        Ok(self.report(peer, &Load::median(&ours), &Load::median(&theirs)))
    }

    /// Prints the lines, and says what is below its bound.
    fn report(&self, peer: Contestant, ours: &Load, theirs: &Load) -> Vec<String> {
        let what = self.what();
        let bench = |figure: &str| format!("proxy {what} {}, {figure}", self.size.name);
        let rate = ours.requests_per_s / theirs.requests_per_s;
        let cpu = theirs.cpu_s_per_1000 / ours.cpu_s_per_1000;
        let lines = [
            ("requests", ours.requests_per_s, theirs.requests_per_s, "1/s", rate),
            ("p50", ours.p50_ms, theirs.p50_ms, "ms", theirs.p50_ms / ours.p50_ms),
            ("p99", ours.p99_ms, theirs.p99_ms, "ms", theirs.p99_ms / ours.p99_ms),
            (
                "CPU of 1000 requests",
                ours.cpu_s_per_1000,
                theirs.cpu_s_per_1000,
                "s",
                cpu,
            ),
            (
                "peak memory",
                ours.peak_mib,
                theirs.peak_mib,
                "MiB",
                theirs.peak_mib / ours.peak_mib,
            ),
        ];
        for (figure, ours, theirs, unit, ratio) in lines {
            println!(
                r#"{{"bench":"{}","peer":"{}","ours":{ours:.4},"theirs":{theirs:.4},"unit":"{unit}","ratio":{ratio:.3},"n":{}}}"#,
                bench(figure),
                peer.name(),
                self.n_connections
            );
        }
        let must = if self.is_cached { 0.7 } else { self.size.must };
        let aim = if self.is_cached { 1.0 } else { self.size.aim };
        let n = self.n_connections;
        let checks = [
            (
                rate >= must,
                format!("requests: {rate:.2} of nginx, at least {must} (the aim is {aim})"),
            ),
            (
                cpu >= CPU_RATIO,
                format!("CPU: nginx takes {cpu:.2} of ours, at least {CPU_RATIO}"),
            ),
            (
                n > 1 || ours.p99_ms < P99_MS,
                format!("p99: {:.1} ms, less than {P99_MS}", ours.p99_ms),
            ),
            (
                ours.peak_mib <= PEAK_MIB,
                format!("peak: {:.1} MiB, at most {PEAK_MIB}", ours.peak_mib),
            ),
        ];
        let missed = checks.into_iter().filter(|(is_reached, _)| !is_reached);
        missed
            .map(|(_, sentence)| format!("{what} {}, {n} connections: {sentence}", self.size.name))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_chosen_by_a_part_of_their_name() {
        let chosen = |cell| questions(cell).map(|found| found.iter().map(Question::name).collect::<Vec<_>>());
        assert_eq!(chosen(None).unwrap().len(), 12);
        assert_eq!(chosen(Some("cold-1.6MB-256")).unwrap(), ["cold-1.6MB-256"]);
        assert_eq!(
            chosen(Some("cached-2KB")).unwrap(),
            ["cached-2KB-1", "cached-2KB-32", "cached-2KB-256"]
        );
        assert!(
            chosen(Some("warm"))
                .unwrap_err()
                .starts_with("expected a part of one of cold-2KB-1, ")
        );
    }
}
