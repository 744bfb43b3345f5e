//! The table that a soak prints, and what counts as a breach.

use std::sync::atomic::{AtomicU64, Ordering};

use super::clients::Tally;
use crate::Outcome;
use crate::bench_proxy::answer::Answer;
use crate::bench_proxy::child::{Listening, get};

/// By how much memory without the answers that are kept may be above that before the load, in MiB. What an allocator
/// keeps varies.
const GROWTH_MIB: f64 = 16.0;

/// What the answers that are kept may take, in MiB, as the proxy promises.
const KEPT_MIB: f64 = 48.0;

/// By how much open handles may be above those before the load.
const GROWTH_HANDLES: usize = 8;

/// What a process holds.
#[derive(Clone, Copy)]
pub(super) struct Resources {
    resident_mib: f64,
    /// Of it, what answers take that are kept on purpose. The proxy counts it.
    kept_mib: f64,
    n_handles: usize,
}

impl Resources {
    /// `None` where the system does not say it.
    pub(super) fn of(proxy: &Listening, metrics_port: u16) -> Outcome<Option<Self>> {
        // Asked first: the text of the metrics is memory too.
        let kept_mib = kept_bytes(&get(metrics_port, "/metrics")?)? / 1024.0 / 1024.0;
        let (Ok(resident_mib), Ok(n_handles)) = (proxy.resident_mib(), proxy.n_handles()) else {
            return Ok(None);
        };
        Ok(Some(Self {
            resident_mib,
            kept_mib,
            n_handles,
        }))
    }

    fn own_mib(&self) -> f64 {
        self.resident_mib - self.kept_mib
    }
}

fn kept_bytes(metrics: &Answer) -> Outcome<f64> {
    let text = String::from_utf8_lossy(&metrics.body);
    let value = text.lines().find_map(|line| line.strip_prefix("roster_kept_bytes "));
    let value = value.and_then(|value| value.parse().ok());
    value.ok_or_else(|| format!("expected roster_kept_bytes in the metrics, found {text}"))
}

/// What is printed at the end.
pub(super) struct Table {
    lines: Vec<String>,
    pub(super) is_green: bool,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            is_green: true,
        }
    }
}

impl Table {
    pub(super) fn say(&mut self, remark: &str) {
        self.lines.push(format!("        {remark}"));
    }

    pub(super) fn check(&mut self, what: &str, outcome: Outcome) {
        self.is_green &= outcome.is_ok();
        let (verdict, why) = match outcome {
            Ok(()) => ("ok", String::new()),
            Err(why) => ("BROKEN", format!(": {why}")),
        };
        self.lines.push(format!("{verdict:<8}{what}{why}"));
    }

    pub(super) fn answers(&mut self, when: &str, tally: &Tally) {
        let sentences = tally.sentences().join("; ");
        let none = |n: u64| {
            if n == 0 {
                Ok(())
            } else {
                Err(format!("{n}: {sentences}"))
            }
        };
        self.check(&format!("{when}: no wrong body"), none(count(&tally.n_wrong)));
        self.check(&format!("{when}: no answer lost"), none(count(&tally.n_lost)));
        let some = if count(&tally.n_right) > 0 {
            Ok(())
        } else {
            Err("none".to_owned())
        };
        self.check(&format!("{when}: right answers came"), some);
        self.say(&format!(
            "{} right answers, {} polite refusals (429, 502, 503, 504)",
            count(&tally.n_right),
            count(&tally.n_held)
        ));
    }

    pub(super) fn leaks(
        &mut self,
        before: Option<Resources>,
        warm: Option<Resources>,
        after: Option<Resources>,
        proxy: &Listening,
    ) {
        let (Some(before), Some(warm), Some(after)) = (before, warm, after) else {
            self.say("memory and handles: skipped, /proc is not here");
            return;
        };
        let peak = proxy.peak_mib().unwrap_or_default();
        self.say(&format!(
            "memory in MiB: {:.1} at the start, {:.1} warm, {peak:.1} at most, {:.1} at rest",
            before.resident_mib, warm.resident_mib, after.resident_mib
        ));
        self.say(&format!(
            "of it answers that are kept: {:.1} warm, {:.1} at rest",
            warm.kept_mib, after.kept_mib
        ));
        self.say(&format!(
            "open handles: {} at the start, {} under load, {} at rest",
            before.n_handles, warm.n_handles, after.n_handles
        ));
        self.check("no more is kept than may be", kept(after));
        self.check("no memory leaks", come_back(before, after));
        let within = |is_within: bool, bound: String| if is_within { Ok(()) } else { Err(bound) };
        let handles = after.n_handles <= before.n_handles + GROWTH_HANDLES;
        self.check(
            "no handle leaks",
            within(handles, format!("more than {GROWTH_HANDLES} above the start")),
        );
    }

    pub(super) fn print(&self) {
        println!("\n{}", self.lines.join("\n"));
    }
}

fn kept(after: Resources) -> Outcome {
    if after.kept_mib <= KEPT_MIB {
        return Ok(());
    }
    Err(format!("{:.1} MiB, at most {KEPT_MIB}", after.kept_mib))
}

/// Whatever is not kept on purpose comes back.
fn come_back(before: Resources, after: Resources) -> Outcome {
    let growth_mib = after.own_mib() - before.own_mib();
    if growth_mib <= GROWTH_MIB {
        return Ok(());
    }
    Err(format!(
        "{growth_mib:.1} MiB above the start beside what is kept, at most {GROWTH_MIB}"
    ))
}

/// What was counted so far.
pub(super) fn count(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_breach_is_enough() {
        let mut table = Table::default();
        table.check("first", Ok(()));
        assert!(table.is_green);
        table.check("second", Err("why".to_owned()));
        table.check("third", Ok(()));
        assert!(!table.is_green);
        assert_eq!(table.lines[1], "BROKEN  second: why");
    }

    fn holding(resident_mib: f64, kept_mib: f64) -> Resources {
        Resources {
            resident_mib,
            kept_mib,
            n_handles: 0,
        }
    }

    #[test]
    fn what_is_kept_is_no_leak_and_nothing_else_is_kept() {
        let start = holding(14.0, 0.0);
        assert_eq!(come_back(start, holding(75.0, 47.0)), Ok(()));
        assert_eq!(
            come_back(start, holding(75.0, 30.0)),
            Err("31.0 MiB above the start beside what is kept, at most 16".to_owned())
        );
        assert!(kept(holding(90.0, 48.0)).is_ok() && kept(holding(90.0, 48.1)).is_err());
    }

    #[test]
    fn what_is_kept_is_read_from_the_metrics() {
        let metrics = |body: &str| Answer {
            status: 200,
            head: String::new(),
            body: body.as_bytes().to_vec(),
        };
        let text = "# HELP roster_kept_bytes X\nroster_kept_bytes 1048576\n# EOF\n";
        assert_eq!(kept_bytes(&metrics(text)), Ok(1_048_576.0));
        assert!(
            kept_bytes(&metrics("# EOF\n")).is_err(),
            "a proxy that does not count passes no check"
        );
    }
}
