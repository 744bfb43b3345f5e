//! How often something may happen: GCRA, the token bucket that is a single number.
//!
//! The number is the time at which the bucket will be full again. A shell keeps it between two calls, in memory or in a
//! store; nothing here does.

use roster_core::UnixMs;
use serde::{Deserialize, Serialize};

/// How often: some at once, then one per interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    burst: u32,
    interval_us: u64,
}

impl Rate {
    /// The rate that never exceeds `n` in any window of `window_ms`, wherever it begins: a fifth of them at once, the
    /// rest evenly. A vendor's fixed window is kept by it without knowing when that window begins. `None` for no
    /// requests or no time.
    pub fn in_window(n: u32, window_ms: u64) -> Option<Self> {
        if n == 0 || window_ms == 0 {
            return None;
        }
        let whole_us = window_ms.saturating_mul(1000);
        let burst = (n / 5).max(1);
        let interval_us = match u64::from(n - burst) {
            0 => whole_us.saturating_add(1),
            n_later => whole_us.div_ceil(n_later),
        };
        Some(Self { burst, interval_us })
    }

    /// `burst` at once, then one per `interval_us` microseconds; at least one, at least a microsecond.
    pub fn new(burst: u32, interval_us: u64) -> Self {
        Self {
            burst: burst.max(1),
            interval_us: interval_us.max(1),
        }
    }

    /// How many may happen at once when nothing happened for long.
    pub fn burst(&self) -> u32 {
        self.burst
    }

    /// Time between two of them in the long run, in microseconds.
    pub fn interval_us(&self) -> u64 {
        self.interval_us
    }

    /// How far ahead of now the bucket may run and still give, in microseconds.
    fn slack_us(&self) -> u64 {
        u64::from(self.burst - 1).saturating_mul(self.interval_us)
    }
}

/// How much of a rate is used. The default is a full bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// When it will be full again, in microseconds since 1970.
    full_at_us: u64,
}

impl Bucket {
    /// Takes one now; gives the bucket after it.
    ///
    /// # Errors
    /// How long to wait before one is there, in milliseconds, rounded up.
    pub fn take(self, rate: Rate, now: UnixMs) -> Result<Self, u64> {
        self.reserve(rate, now, 0).map(|(bucket, _)| bucket)
    }

    /// Takes one that is there within `patience_ms`; gives the bucket after it and how long to wait before its use, in
    /// milliseconds.
    ///
    /// # Errors
    /// How long the wait would be, in milliseconds.
    pub fn reserve(self, rate: Rate, now: UnixMs, patience_ms: u64) -> Result<(Self, u64), u64> {
        let now_us = micros(now);
        let full_at_us = self.full_at_us(rate, now_us);
        let too_early_us = full_at_us.saturating_sub(now_us.saturating_add(rate.slack_us()));
        let wait_ms = too_early_us.div_ceil(1000);
        if wait_ms > patience_ms {
            return Err(wait_ms);
        }
        let full_at_us = full_at_us.saturating_add(rate.interval_us);
        Ok((Self { full_at_us }, wait_ms))
    }

    /// How many may be taken at once now.
    pub fn n_left(self, rate: Rate, now: UnixMs) -> u32 {
        let now_us = micros(now);
        let used_us = self.full_at_us(rate, now_us) - now_us;
        let n_used = u32::try_from(used_us.div_ceil(rate.interval_us)).unwrap_or(u32::MAX);
        rate.burst.saturating_sub(n_used)
    }

    /// The bucket with at most so many left: somebody else takes from the same allowance.
    #[must_use]
    pub fn with_at_most(self, n_left: u32, rate: Rate, now: UnixMs) -> Self {
        let n_used = rate.burst.saturating_sub(n_left);
        let used_us = u64::from(n_used).saturating_mul(rate.interval_us);
        Self {
            full_at_us: self.full_at_us.max(micros(now).saturating_add(used_us)),
        }
    }

    /// Never earlier than now, and never later than a bucket that is just empty: a clock that was put back would
    /// otherwise close it for as long.
    fn full_at_us(self, rate: Rate, now_us: u64) -> u64 {
        let empty_us = u64::from(rate.burst).saturating_mul(rate.interval_us);
        // A reservation runs ahead of an empty bucket by less than another burst.
        let latest_us = now_us.saturating_add(empty_us.saturating_mul(2));
        if self.full_at_us > latest_us {
            return now_us.saturating_add(empty_us);
        }
        self.full_at_us.max(now_us)
    }
}

fn micros(instant: UnixMs) -> u64 {
    u64::try_from(instant.0).unwrap_or_default().saturating_mul(1000)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;
    use governor::{Quota, RateLimiter};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn some_pass_at_once_and_then_one_per_interval() {
        let rate = Rate::new(3, 1_000_000);
        let mut bucket = Bucket::default();
        let mut take = |at_ms| match bucket.take(rate, UnixMs(at_ms)) {
            Ok(after) => {
                bucket = after;
                Ok(())
            }
            Err(wait_ms) => Err(wait_ms),
        };
        let answers: Vec<_> = [0, 0, 0, 0, 999, 1000, 1000, 1500].into_iter().map(&mut take).collect();
        let expected = [Ok(()), Ok(()), Ok(()), Err(1000), Err(1), Ok(()), Err(1000), Err(500)];
        assert_eq!(answers, expected);
    }

    #[test]
    fn who_is_patient_gets_a_place_in_the_line() {
        let rate = Rate::new(1, 1_000_000);
        let (bucket, first) = Bucket::default().reserve(rate, UnixMs(0), 1500).unwrap();
        let (bucket, second) = bucket.reserve(rate, UnixMs(0), 1500).unwrap();
        assert_eq!((first, second), (0, 1000));
        assert_eq!(bucket.reserve(rate, UnixMs(0), 1500), Err(2000));
    }

    #[test]
    fn a_clock_that_is_put_back_does_not_close_the_bucket() {
        let rate = Rate::new(2, 1_000_000);
        let bucket = Bucket::default().take(rate, UnixMs(1_000_000_000)).unwrap();
        assert_eq!(bucket.take(rate, UnixMs(0)), Err(1000), "as if it were just empty");
        assert_eq!(Rate::in_window(0, 5), None);
        assert_eq!(Rate::in_window(5, 0), None);
    }

    #[test]
    fn what_others_took_is_not_there() {
        let rate = Rate::new(10, 1_000_000);
        let bucket = Bucket::default().with_at_most(2, rate, UnixMs(0));
        assert_eq!(bucket.n_left(rate, UnixMs(0)), 2);
        let bucket = bucket.take(rate, UnixMs(0)).unwrap();
        assert_eq!(
            bucket.with_at_most(9, rate, UnixMs(0)).n_left(rate, UnixMs(0)),
            1,
            "never more than before"
        );
        assert_eq!(bucket.n_left(rate, UnixMs(4000)), 5);
    }

    proptest! {
        #[test]
        fn it_decides_as_governor_does(
            burst in 1_u32..50,
            interval_ms in 1_u64..5_000,
            steps_ms in prop::collection::vec(0_u64..6_000, 1..200),
        ) {
            let clock = FakeRelativeClock::default();
            let quota = Quota::with_period(Duration::from_millis(interval_ms)).unwrap();
            let oracle = RateLimiter::direct_with_clock(quota.allow_burst(NonZeroU32::new(burst).unwrap()), clock.clone());
            let rate = Rate::new(burst, interval_ms * 1000);
            let (mut bucket, mut now) = (Bucket::default(), UnixMs(1_700_000_000_000));
            for step_ms in steps_ms {
                clock.advance(Duration::from_millis(step_ms));
                now = now.plus_ms(i64::try_from(step_ms).unwrap());
                let ours = bucket.take(rate, now);
                prop_assert_eq!(ours.is_ok(), oracle.check().is_ok());
                bucket = ours.unwrap_or(bucket);
            }
        }

        #[test]
        fn no_window_sees_more_than_its_number(
            n in 1_u32..400,
            window_ms in 1_000_u64..400_000,
            steps_ms in prop::collection::vec(0_i64..2_000, 1..600),
        ) {
            let rate = Rate::in_window(n, window_ms).unwrap();
            let (mut bucket, mut now, mut taken) = (Bucket::default(), UnixMs(0), Vec::new());
            for step_ms in steps_ms {
                now = now.plus_ms(step_ms);
                if let Ok(after) = bucket.take(rate, now) {
                    bucket = after;
                    taken.push(now);
                }
            }
            let window = i64::try_from(window_ms).unwrap();
            for first in &taken {
                let inside = taken.iter().filter(|at| (0..window).contains(&at.since(*first))).count();
                prop_assert!(inside <= n as usize, "{inside} of {n}");
            }
        }
    }
}
