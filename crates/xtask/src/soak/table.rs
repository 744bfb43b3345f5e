//! The table that a soak prints, and what counts as a breach.

use std::sync::atomic::{AtomicU64, Ordering};

use super::clients::Tally;
use crate::Outcome;
use crate::bench_proxy::child::Listening;

/// By how much memory may be above that after the first round of faults, in MiB. What an allocator keeps varies.
const GROWTH_MIB: f64 = 24.0;

/// By how much open handles may be above those before the load.
const GROWTH_HANDLES: usize = 8;

/// What a process holds.
#[derive(Clone, Copy)]
pub(super) struct Resources {
    resident_mib: f64,
    n_handles: usize,
}

impl Resources {
    /// `None` where the system does not say it.
    pub(super) fn of(proxy: &Listening) -> Option<Self> {
        Some(Self {
            resident_mib: proxy.resident_mib().ok()?,
            n_handles: proxy.n_handles().ok()?,
        })
    }
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
            "open handles: {} at the start, {} under load, {} at rest",
            before.n_handles, warm.n_handles, after.n_handles
        ));
        let within = |is_within: bool, bound: String| if is_within { Ok(()) } else { Err(bound) };
        let memory = after.resident_mib <= warm.resident_mib + GROWTH_MIB;
        self.check(
            "no memory leaks",
            within(memory, format!("more than {GROWTH_MIB} MiB above warm")),
        );
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
}
