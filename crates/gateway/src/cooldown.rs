//! What follows a 429: nobody asks until the wait is over, and who is refused again waits longer.

use roster_core::UnixMs;
use serde::{Deserialize, Serialize};

/// The wait where an API says none, in milliseconds.
const UNTOLD_MS: u64 = 30_000;

/// The longest wait that is kept, in milliseconds. A header that says a year must not close a source for a year.
const LONGEST_MS: u64 = 15 * 60 * 1000;

/// The wait after the second refusal in a row, in milliseconds, whatever the API says; it doubles with each. Ayrshare
/// suspends an account after 1,000 refusals a day: an API that always says "in a second" would bring it there.
/// Source: <https://www.ayrshare.com/docs/errors/errors-http>, seen 2026-11.
const AGAIN_MS: u64 = 2_000;

/// Where the doubling ends, in milliseconds: fewer than 300 refusals a day.
const AGAIN_LONGEST_MS: u64 = 5 * 60 * 1000;

/// The wait of one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoolDown {
    /// Its end, in milliseconds since 1970; 0 is none.
    until_ms: i64,
    /// Refusals since the last answer.
    n_in_a_row: u32,
}

impl CoolDown {
    /// After a refusal. `asked_ms` is the API's `Retry-After` in milliseconds, if it sent one that can be read.
    #[must_use]
    pub fn after_refusal(self, now: UnixMs, asked_ms: Option<u64>) -> Self {
        let again_ms = match self.n_in_a_row {
            0 => 0,
            n => AGAIN_MS.saturating_mul(1 << (n - 1).min(16)).min(AGAIN_LONGEST_MS),
        };
        let wait_ms = asked_ms.unwrap_or(UNTOLD_MS).max(again_ms).min(LONGEST_MS);
        let until = now.plus_ms(i64::try_from(wait_ms).unwrap_or(i64::MAX));
        // Requests that were under way together are refused together: that is one refusal.
        let is_new = self.left_ms(now).is_none();
        Self {
            until_ms: until.0.max(self.left_ms(now).map_or(0, |_| self.until_ms)),
            n_in_a_row: self.n_in_a_row.saturating_add(u32::from(is_new)),
        }
    }

    /// After an answer. One that comes during the wait was asked before it and proves nothing.
    #[must_use]
    pub fn after_answer(self, now: UnixMs) -> Self {
        if self.left_ms(now).is_some() {
            self
        } else {
            Self::default()
        }
    }

    /// What is left of the wait, in milliseconds. One that is longer than any that is kept comes from a clock that was
    /// put back.
    pub fn left_ms(self, now: UnixMs) -> Option<u64> {
        let left_ms = u64::try_from(self.until_ms.saturating_sub(now.0)).ok()?;
        (1..=LONGEST_MS).contains(&left_ms).then_some(left_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_700_000_000_000);

    #[test]
    fn every_form_of_a_wait_ends() {
        let first = |asked_ms| CoolDown::default().after_refusal(NOW, asked_ms).left_ms(NOW);
        assert_eq!(first(Some(5_000)), Some(5_000));
        assert_eq!(first(None), Some(UNTOLD_MS));
        assert_eq!(first(Some(0)), None, "a date that has passed");
        assert_eq!(first(Some(u64::MAX)), Some(LONGEST_MS));
    }

    #[test]
    fn refusals_in_a_row_wait_longer_and_an_answer_ends_the_row() {
        let mut state = CoolDown::default();
        let (mut now, mut waits_s) = (NOW, Vec::new());
        for _ in 0..11 {
            state = state.after_refusal(now, Some(1_000));
            let left_ms = state.left_ms(now).unwrap();
            waits_s.push(left_ms / 1000);
            now = now.plus_ms(i64::try_from(left_ms).unwrap());
        }
        assert_eq!(waits_s, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(state.after_answer(now), CoolDown::default());
        assert_eq!(state.after_answer(now.plus_ms(-1)), state);
    }

    #[test]
    fn refusals_that_come_together_count_once() {
        let once = CoolDown::default().after_refusal(NOW, Some(7_000));
        let twice = once.after_refusal(NOW.plus_ms(1), Some(1_000));
        assert_eq!(twice, once, "a shorter wait does not end the longer one");
    }

    #[test]
    fn a_day_of_refusals_stays_below_what_suspends_an_account() {
        for asked_ms in [None, Some(0), Some(1_000), Some(u64::MAX)] {
            let (mut state, mut n_refusals, mut at_s) = (CoolDown::default(), 0, 0);
            // A client that asks every second, all day.
            while at_s < 86_400 {
                let now = NOW.plus_ms(at_s * 1000);
                if state.left_ms(now).is_none() {
                    state = state.after_refusal(now, asked_ms);
                    n_refusals += 1;
                }
                at_s += 1;
            }
            assert!(n_refusals < 310, "{asked_ms:?}: {n_refusals}");
        }
    }

    #[test]
    fn a_clock_that_is_put_back_ends_the_wait() {
        let state = CoolDown::default().after_refusal(NOW, Some(60_000));
        assert_eq!(state.left_ms(NOW.plus_ms(-86_400_000)), None);
    }
}
