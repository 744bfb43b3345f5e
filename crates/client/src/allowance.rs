//! What is left of an API's request window, and how long to wait before it is used up.

use roster_core::{Budget, UnixMs};

/// How much of a window is used, in percent. The rest is for what others ask at the same time, so that no refusal is
/// provoked: an account that collects many is suspended.
const USABLE_PERCENT: u64 = 90;

/// What an API said last about its window, and what was sent since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    window: Option<Window>,
    /// Nothing is sent before this instant: the API asked for a pause.
    paused_until: Option<UnixMs>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    budget: Budget,
    /// When this window was first heard of. It began then or earlier, so it ends within its length from here.
    since: UnixMs,
    /// Requests sent that no answer has counted yet.
    n_sent: u64,
}

impl Allowance {
    /// Counts a request that is about to be sent.
    pub fn send(&mut self) {
        if let Some(window) = &mut self.window {
            window.n_sent += 1;
        }
    }

    /// Takes over what an answer says.
    pub fn read(&mut self, budget: Budget, now: UnixMs) {
        let before = self.window.filter(|before| {
            let is_same = before.budget.limit == budget.limit && before.budget.used <= budget.used;
            is_same && now < before.end()
        });
        // A shorter rest of the window than before is a countdown (Drupal), so it counts from now.
        let is_countdown = before.is_some_and(|before| budget.window_ms < before.budget.window_ms);
        let since = before.filter(|_| !is_countdown).map_or(now, |before| before.since);
        self.window = Some(Window {
            budget,
            since,
            n_sent: 0,
        });
    }

    /// Keeps every request back for a while, because the API asked one of them to wait.
    pub fn pause(&mut self, wait_ms: u64, now: UnixMs) {
        let until = now.plus_ms(i64::try_from(wait_ms).unwrap_or(i64::MAX));
        self.paused_until = self.paused_until.max(Some(until));
    }

    /// Milliseconds to wait before the next request may be sent; `None`: at once.
    pub fn wait_ms(&self, now: UnixMs) -> Option<u64> {
        let used_up = self.window.filter(Window::is_used_up);
        let until = used_up.map(|window| window.end()).max(self.paused_until)?;
        u64::try_from(until.since(now)).ok().filter(|ms| *ms > 0)
    }
}

impl Window {
    const fn is_used_up(&self) -> bool {
        let n_used = self.budget.used.saturating_add(self.n_sent);
        n_used.saturating_mul(100) >= self.budget.limit.saturating_mul(USABLE_PERCENT)
    }

    fn end(&self) -> UnixMs {
        let window_ms = i64::try_from(self.budget.window_ms).unwrap_or(i64::MAX);
        self.since.plus_ms(window_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(used: u64) -> Budget {
        Budget {
            used,
            limit: 300,
            window_ms: 300_000,
        }
    }

    #[test]
    fn a_tenth_of_a_window_is_left_to_others() {
        let mut allowance = Allowance::default();
        assert_eq!(allowance.wait_ms(UnixMs(0)), None, "nothing is known yet");
        allowance.read(budget(268), UnixMs(1_000));
        allowance.send();
        assert_eq!(allowance.wait_ms(UnixMs(1_500)), None, "269 of 300");
        allowance.send();
        assert_eq!(
            allowance.wait_ms(UnixMs(2_000)),
            Some(299_000),
            "a request that waits for its answer counts"
        );
        allowance.read(budget(270), UnixMs(3_000));
        assert_eq!(
            allowance.wait_ms(UnixMs(3_000)),
            Some(298_000),
            "from when it was first heard of"
        );
        assert_eq!(allowance.wait_ms(UnixMs(301_000)), None, "it is over");
    }

    #[test]
    fn a_smaller_count_is_a_new_window() {
        let mut allowance = Allowance::default();
        allowance.read(budget(300), UnixMs(0));
        allowance.read(budget(1), UnixMs(10));
        assert_eq!(allowance.wait_ms(UnixMs(10)), None);
        allowance.read(budget(300), UnixMs(20));
        assert_eq!(allowance.wait_ms(UnixMs(20)), Some(299_990));
    }

    #[test]
    fn a_window_that_counts_down_ends_when_it_says() {
        let rest = |used, window_ms| Budget {
            used,
            limit: 10,
            window_ms,
        };
        let mut allowance = Allowance::default();
        allowance.read(rest(9, 60_000), UnixMs(0));
        allowance.read(rest(10, 20_000), UnixMs(40_000));
        assert_eq!(allowance.wait_ms(UnixMs(40_000)), Some(20_000));
    }

    #[test]
    fn a_pause_that_was_asked_for_holds_everybody_back() {
        let mut allowance = Allowance::default();
        allowance.pause(7_000, UnixMs(0));
        allowance.pause(1_000, UnixMs(0));
        assert_eq!(allowance.wait_ms(UnixMs(2_000)), Some(5_000));
        assert_eq!(allowance.wait_ms(UnixMs(7_000)), None);
    }
}
