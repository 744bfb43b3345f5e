//! How many second tries there may be in all, so that a failing API is not asked twice as often as a healthy one.

/// What a retry costs, in points.
const PRICE_POINTS: u32 = 100;

/// What a request that succeeds brings, in points.
const INCOME_POINTS: u32 = 8;

/// What there is at first, and at most, in points: ten retries.
const PURSE_POINTS: u32 = 1000;

/// A purse that retries are paid from and that successes fill: from some hundred requests on, at most a tenth is sent
/// on top of what was asked for, however many fail. Source: <https://sre.google/sre-book/handling-overload/>, "a
/// per-client retry budget", seen 2026-11.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    points: u32,
}

impl Default for Quota {
    fn default() -> Self {
        Self { points: PURSE_POINTS }
    }
}

impl Quota {
    /// Takes a retry out; false if there is none left.
    pub fn take(&mut self) -> bool {
        let left = self.points.checked_sub(PRICE_POINTS);
        self.points = left.unwrap_or(self.points);
        left.is_some()
    }

    /// Counts a request that succeeded.
    pub fn earn(&mut self) {
        self.points = (self.points + INCOME_POINTS).min(PURSE_POINTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Requests sent for one wanted, when each fails as `fails` says and is tried three times.
    fn amplification(n_wanted: u32, fails: impl Fn(u32) -> bool) -> f64 {
        let (mut quota, mut n_sent) = (Quota::default(), 0);
        for _ in 0..n_wanted {
            for attempt in 1..=3 {
                n_sent += 1;
                if !fails(n_sent) {
                    quota.earn();
                    break;
                }
                if attempt == 3 || !quota.take() {
                    break;
                }
            }
        }
        f64::from(n_sent) / f64::from(n_wanted)
    }

    #[test]
    fn over_ten_thousand_calls_a_tenth_at_most_is_sent_on_top_however_many_fail() {
        for one_in in [1, 2, 3, 5, 8, 10, 12, 13, 20] {
            let factor = amplification(10_000, |n| n % one_in == 0);
            assert!(factor <= 1.1, "one in {one_in} fails: {factor}");
        }
    }

    #[test]
    fn a_few_failures_are_tried_again_at_once() {
        let mut quota = Quota::default();
        assert!((0..10).all(|_| quota.take()));
        assert!(!quota.take());
        (0..13).for_each(|_| quota.earn());
        assert!(quota.take() && !quota.take());
    }
}
