//! A source that keeps failing is left alone for a while, then tried with one request.

use roster_core::UnixMs;
use serde::{Deserialize, Serialize};

/// Failures in a row that open it.
const N_IN_A_ROW: u32 = 5;

/// How many answers the share is taken over.
const N_RECENT: u32 = 20;

/// How many of them must have failed to open it: half.
const N_RECENT_FAILED: u32 = N_RECENT / 2;

/// How long it stays open, in milliseconds.
const OPEN_MS: i64 = 10_000;

/// How long a probe may be out before another may go, in milliseconds: longer than the longest exchange.
const PROBE_MS: i64 = 40_000;

/// Closed, open or half open, with the last answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaker {
    state: State,
    n_failed_in_a_row: u32,
    /// The last answers, the newest in the lowest bit; a failure is 1.
    recent: u32,
    n_recent: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    #[default]
    Closed,
    /// Nobody asks until then, in milliseconds since 1970.
    Open { until_ms: i64 },
    /// One probe is out; another may go then.
    HalfOpen { next_ms: i64 },
}

/// What a breaker lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An ordinary request.
    Ordinary,
    /// The one request whose outcome decides.
    Probe,
}

impl Breaker {
    /// Lets a request through, or not; gives the breaker after it.
    ///
    /// # Errors
    /// How long nobody asks, in milliseconds.
    pub fn enter(self, now: UnixMs) -> Result<(Self, Entry), u64> {
        let (next_ms, longest_ms) = match self.state {
            State::Closed => return Ok((self, Entry::Ordinary)),
            State::Open { until_ms } => (until_ms, OPEN_MS),
            State::HalfOpen { next_ms } => (next_ms, PROBE_MS),
        };
        let left_ms = next_ms.saturating_sub(now.0);
        // More than was ever set comes from a clock that was put back.
        if (1..=longest_ms).contains(&left_ms) {
            return Err(u64::try_from(left_ms).unwrap_or_default());
        }
        let state = State::HalfOpen {
            next_ms: now.plus_ms(PROBE_MS).0,
        };
        Ok((Self { state, ..self }, Entry::Probe))
    }

    /// After the outcome of a request that was let through. While it is not closed, only the probe's counts.
    #[must_use]
    pub fn after(self, entry: Entry, has_failed: bool, now: UnixMs) -> Self {
        match (self.state, entry, has_failed) {
            (State::HalfOpen { .. }, Entry::Probe, false) => Self::default(),
            (State::HalfOpen { .. }, Entry::Probe, true) => Self::open(now),
            (State::Closed, _, has_failed) => self.counted(has_failed, now),
            _ => self,
        }
    }

    /// After a probe that was not sent after all, or whose answer says nothing about failing: the next request is one.
    #[must_use]
    pub fn without_verdict(self, entry: Entry, now: UnixMs) -> Self {
        match (self.state, entry) {
            (State::HalfOpen { .. }, Entry::Probe) => Self {
                state: State::HalfOpen { next_ms: now.0 },
                ..self
            },
            _ => self,
        }
    }

    /// Whether it lets requests through without condition.
    pub fn is_closed(self) -> bool {
        self.state == State::Closed
    }

    /// How long nobody asks, in milliseconds.
    pub fn left_ms(self, now: UnixMs) -> Option<u64> {
        self.enter(now).err()
    }

    fn open(now: UnixMs) -> Self {
        let until_ms = now.plus_ms(OPEN_MS).0;
        Self {
            state: State::Open { until_ms },
            ..Self::default()
        }
    }

    fn counted(mut self, has_failed: bool, now: UnixMs) -> Self {
        self.n_failed_in_a_row = if has_failed {
            self.n_failed_in_a_row.saturating_add(1)
        } else {
            0
        };
        self.recent = (self.recent << 1 | u32::from(has_failed)) & ((1 << N_RECENT) - 1);
        self.n_recent = (self.n_recent + 1).min(N_RECENT);
        let is_half_failed = self.n_recent == N_RECENT && self.recent.count_ones() >= N_RECENT_FAILED;
        if self.n_failed_in_a_row >= N_IN_A_ROW || is_half_failed {
            return Self::open(now);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_700_000_000_000);

    fn fed(outcomes: impl IntoIterator<Item = bool>) -> Breaker {
        let feed = |breaker: Breaker, has_failed| breaker.after(Entry::Ordinary, has_failed, NOW);
        outcomes.into_iter().fold(Breaker::default(), feed)
    }

    #[test]
    fn five_failures_in_a_row_open_it() {
        assert!(fed([true; 4]).is_closed());
        assert!(fed([true, true, true, true, false, true, true, true, true]).is_closed());
        assert_eq!(fed([true; 5]).enter(NOW), Err(10_000));
    }

    #[test]
    fn half_of_twenty_open_it() {
        let alternating = |n| fed((0..n).map(|i| i % 2 == 1));
        assert!(alternating(19).is_closed(), "too few to say");
        assert!(!alternating(20).is_closed());
        assert!(fed((0..40).map(|i| i % 3 == 1)).is_closed(), "a third");
    }

    #[test]
    fn one_probe_decides() {
        let later = NOW.plus_ms(OPEN_MS);
        let (half, entry) = fed([true; 5]).enter(later).unwrap();
        assert_eq!(entry, Entry::Probe);
        assert!(half.enter(later).is_err(), "one only");
        assert!(half.after(Entry::Probe, false, later).is_closed());
        assert_eq!(half.after(Entry::Probe, true, later).enter(later), Err(10_000));
        assert_eq!(
            half.after(Entry::Ordinary, false, later),
            half,
            "asked before it opened"
        );
        let (_, entry) = half.without_verdict(Entry::Probe, later).enter(later).unwrap();
        assert_eq!(entry, Entry::Probe);
    }

    #[test]
    fn a_probe_that_never_comes_back_and_a_clock_put_back_do_not_close_a_source_for_ever() {
        let later = NOW.plus_ms(OPEN_MS);
        let (half, _) = fed([true; 5]).enter(later).unwrap();
        assert!(half.enter(later.plus_ms(PROBE_MS)).is_ok());
        assert!(fed([true; 5]).enter(NOW.plus_ms(-86_400_000)).is_ok());
    }
}
