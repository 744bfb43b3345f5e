//! What is known about one source between requests: its allowance, its waits, its failures. One value for all clients
//! of a source; a shell keeps it in memory or in a store and asks it before and after every request upstream.
//!
//! ```
//! use roster_core::{Response, UnixMs, provider};
//! use roster_gateway::{Outcome, Policy, Standing};
//!
//! let policy = Policy::of(provider("ayrshare").unwrap().info());
//! let (mut standing, now) = (Standing::default(), UnixMs(0));
//! let pass = standing.admit(&policy, now).unwrap();
//! // … wait `pass.wait_ms`, ask the API …
//! let answer = Response::new(429, "").with_header("retry-after", "7");
//! standing.record(&policy, pass, &answer, now);
//! assert_eq!(standing.admit(&policy, now).unwrap_err().refusal().status, 429);
//! ```

use roster_core::{Budget, Response, SourceBudget, SourceState, UnixMs};
use serde::{Deserialize, Serialize};

use crate::breaker::{Breaker, Entry};
use crate::cooldown::CoolDown;
use crate::limit::Bucket;
use crate::policy::Policy;
use crate::refusal::{Cause, Refusal, cause};
use crate::retry::{Next, Outcome, RetryQuota, Tried, next_try};

/// What is known about one source. The default is a source that nobody has asked yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    bucket: Bucket,
    cool_down: CoolDown,
    breaker: Breaker,
    quota: RetryQuota,
    seen: Option<Seen>,
}

/// What an API said about its window, and when.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Seen {
    used: u64,
    limit: u64,
    window_ms: u64,
    at_ms: i64,
}

/// The permission for one request upstream. It is given back with the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Pass {
    /// How long to wait before the request, in milliseconds.
    pub wait_ms: u64,
    entry: Entry,
}

impl Pass {
    /// The permission of a request that nobody remembers: its outcome counts as that of any other.
    pub const FORGOTTEN: Self = Self {
        wait_ms: 0,
        entry: Entry::Ordinary,
    };
}

/// Why there is no request now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The API asked to wait.
    Cooling {
        /// For how much longer, in milliseconds.
        wait_ms: u64,
    },
    /// Our own allowance is spent.
    Spent {
        /// Until there is one again, in milliseconds.
        wait_ms: u64,
    },
    /// The API failed too often just now.
    Resting {
        /// Until it is tried again, in milliseconds.
        wait_ms: u64,
    },
    /// Too many requests are under way.
    Busy,
}

/// What a client waits when too many requests are under way, in milliseconds.
const BUSY_MS: u64 = 1_000;

impl Hold {
    /// The answer to the client: with the seconds to wait, and without any request upstream.
    pub fn refusal(self) -> Refusal {
        let (cause, wait_ms, message): (Cause, u64, &str) = match self {
            Self::Cooling { wait_ms } => (
                cause::COOLING,
                wait_ms,
                "expected room for a request, found a wait that the API asked for",
            ),
            Self::Spent { wait_ms } => (
                cause::SPENT,
                wait_ms,
                "expected room for a request, found the source's allowance spent",
            ),
            Self::Resting { wait_ms } => (
                cause::RESTING,
                wait_ms,
                "expected an API that works, found one that failed several times just now",
            ),
            Self::Busy => (
                cause::BUSY,
                BUSY_MS,
                "expected a free place, found too many requests under way",
            ),
        };
        cause.refusal(message).with_retry_after_ms(Some(wait_ms))
    }
}

impl Standing {
    /// Lets one request upstream through, or says why not.
    ///
    /// # Errors
    /// What stands against it; nothing is taken then.
    pub fn admit(&mut self, policy: &Policy, now: UnixMs) -> Result<Pass, Hold> {
        if let Some(wait_ms) = self.cool_down.left_ms(now).filter(|_| policy.backs_off) {
            return Err(Hold::Cooling { wait_ms });
        }
        let reserved = policy
            .rate
            .map(|rate| self.bucket.reserve(rate, now, policy.patience_ms));
        let (bucket, wait_ms) = match reserved {
            Some(reserved) => reserved.map_err(|wait_ms| Hold::Spent { wait_ms })?,
            None => (self.bucket, 0),
        };
        let mut entry = Entry::Ordinary;
        if policy.backs_off {
            let entered = self.breaker.enter(now).map_err(|wait_ms| Hold::Resting { wait_ms })?;
            (self.breaker, entry) = entered;
        }
        self.bucket = bucket;
        Ok(Pass { wait_ms, entry })
    }

    /// Takes in an answer; its body is not looked at.
    pub fn record(&mut self, policy: &Policy, pass: Pass, answer: &Response, now: UnixMs) -> Outcome {
        let outcome = Outcome::of(answer);
        self.take_in(policy, pass, outcome, now);
        if let Some(budget) = Budget::read(&answer.headers) {
            self.see(policy, budget, now);
        }
        outcome
    }

    /// Takes in an exchange that broke, or that was given up before it was sent.
    pub fn record_broken(&mut self, policy: &Policy, pass: Pass, cause: Cause, now: UnixMs) -> Outcome {
        let outcome = Outcome::of_cause(cause);
        self.take_in(policy, pass, outcome, now);
        outcome
    }

    /// Gives a pass back that was not used.
    pub fn give_back(&mut self, pass: Pass, now: UnixMs) {
        self.breaker = self.breaker.without_verdict(pass.entry, now);
    }

    /// Whether a call is tried again after this outcome.
    pub fn next_try(&mut self, tried: Tried, outcome: Outcome, now: UnixMs) -> Next {
        let (next, quota) = next_try(tried, outcome, self.quota, now);
        self.quota = quota;
        next
    }

    /// How it is, for people: in `/api/v1/sources`.
    pub fn state(&self, now: UnixMs) -> SourceState {
        match (self.cool_down.left_ms(now), self.breaker.left_ms(now)) {
            (Some(_), _) => SourceState::Cooling,
            (None, Some(_)) => SourceState::Resting,
            (None, None) => SourceState::Working,
        }
    }

    /// Until it may be asked again, in milliseconds; `None` if it may.
    pub fn wait_ms(&self, now: UnixMs) -> Option<u64> {
        self.cool_down.left_ms(now).or_else(|| self.breaker.left_ms(now))
    }

    /// What is used of the API's window: what it said last, while that window lasts.
    pub fn budget(&self, now: UnixMs) -> Option<SourceBudget> {
        let seen = self.seen?;
        let age_ms = u64::try_from(now.since(UnixMs(seen.at_ms))).ok()?;
        (age_ms < seen.window_ms).then(|| SourceBudget {
            used: seen.used,
            limit: seen.limit,
            window_ms: seen.window_ms,
            seen: UnixMs(seen.at_ms).to_string(),
        })
    }

    fn take_in(&mut self, policy: &Policy, pass: Pass, outcome: Outcome, now: UnixMs) {
        match outcome {
            Outcome::Throttled { retry_after_ms } if policy.backs_off => {
                self.cool_down = self.cool_down.after_refusal(now, retry_after_ms);
            }
            Outcome::Answered => {
                self.cool_down = self.cool_down.after_answer(now);
                self.quota = self.quota.after_answer();
            }
            Outcome::Throttled { .. } | Outcome::Failed | Outcome::TimedOut => {}
        }
        if !policy.backs_off {
            return;
        }
        self.breaker = match outcome.has_failed() {
            Some(has_failed) => self.breaker.after(pass.entry, has_failed, now),
            None => self.breaker.without_verdict(pass.entry, now),
        };
    }

    /// Others may use the same key: what the API counted is what is used. Once all of it is, the next request would be
    /// a violation, so there is a wait without one.
    fn see(&mut self, policy: &Policy, budget: Budget, now: UnixMs) {
        self.seen = Some(Seen {
            used: budget.used,
            limit: budget.limit,
            window_ms: budget.window_ms,
            at_ms: now.0,
        });
        let n_left = u32::try_from(budget.limit.saturating_sub(budget.used)).unwrap_or(u32::MAX);
        if let Some(rate) = policy.rate {
            self.bucket = self.bucket.with_at_most(n_left, rate, now);
        }
        if n_left == 0 && policy.backs_off && self.cool_down.left_ms(now).is_none() {
            self.cool_down = self.cool_down.after_refusal(now, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use roster_core::provider;

    use super::*;

    const NOW: UnixMs = UnixMs(1_700_000_000_000);

    fn policy() -> Policy {
        Policy::of(provider("ayrshare").unwrap().info())
    }

    fn ask(standing: &mut Standing, answer: &Response, now: UnixMs) -> Result<Outcome, Hold> {
        let pass = standing.admit(&policy(), now)?;
        Ok(standing.record(&policy(), pass, answer, now))
    }

    #[test]
    fn after_a_429_nobody_asks_until_the_wait_is_over() {
        let mut standing = Standing::default();
        let refused = Response::new(429, "").with_header("retry-after", "5");
        ask(&mut standing, &refused, NOW).unwrap();
        for at_ms in (0..5_000).step_by(10) {
            let held = standing.admit(&policy(), NOW.plus_ms(at_ms)).unwrap_err();
            assert_eq!(
                held,
                Hold::Cooling {
                    wait_ms: 5_000 - u64::try_from(at_ms).unwrap()
                }
            );
        }
        assert_eq!(standing.state(NOW), SourceState::Cooling);
        assert!(standing.admit(&policy(), NOW.plus_ms(5_000)).is_ok());
    }

    #[test]
    fn a_source_that_keeps_failing_rests_and_one_probe_brings_it_back() {
        let mut standing = Standing::default();
        for _ in 0..5 {
            ask(&mut standing, &Response::new(500, ""), NOW).unwrap();
        }
        assert_eq!(standing.admit(&policy(), NOW), Err(Hold::Resting { wait_ms: 10_000 }));
        assert_eq!(
            (standing.state(NOW), standing.wait_ms(NOW)),
            (SourceState::Resting, Some(10_000))
        );
        let later = NOW.plus_ms(10_000);
        let probe = standing.admit(&policy(), later).unwrap();
        assert!(standing.admit(&policy(), later).is_err());
        standing.give_back(probe, later);
        ask(&mut standing, &Response::new(404, ""), later).unwrap();
        assert_eq!(standing.state(later), SourceState::Working);
    }

    #[test]
    fn the_apis_own_count_bounds_what_is_left() {
        let mut standing = Standing::default();
        let counted = |used: u32| {
            Response::new(200, "{}")
                .with_header("x-ratelimit-max", "300")
                .with_header("x-ratelimit-count", used.to_string())
        };
        ask(&mut standing, &counted(299), NOW).unwrap();
        assert!(standing.admit(&policy(), NOW).is_ok(), "one is left");
        assert_eq!(standing.admit(&policy(), NOW).unwrap().wait_ms, 1_250);
        assert!(matches!(
            standing.admit(&policy(), NOW),
            Err(Hold::Spent { wait_ms: 2_500 })
        ));
        let mut spent = Standing::default();
        ask(&mut spent, &counted(300), NOW).unwrap();
        assert_eq!(
            spent.admit(&policy(), NOW),
            Err(Hold::Cooling { wait_ms: 30_000 }),
            "before a violation"
        );
        let budget = standing.budget(NOW).unwrap();
        assert_eq!((budget.used, budget.limit, budget.window_ms), (299, 300, 300_000));
        assert_eq!(budget.seen, "2023-11-14T22:13:20.000Z");
        assert_eq!(
            standing.budget(NOW.plus_ms(300_000)),
            None,
            "a new window has begun by then"
        );
    }

    #[test]
    fn ten_thousand_failing_calls_make_at_most_a_tenth_more_requests() {
        for status in [500, 503] {
            let (mut standing, mut n_requests, mut now) = (Standing::default(), 0_u32, NOW);
            let policy = Policy {
                backs_off: false,
                rate: None,
                ..policy()
            };
            for _ in 0..10_000 {
                for n in 1.. {
                    let pass = standing.admit(&policy, now).unwrap();
                    n_requests += 1;
                    let outcome = standing.record(&policy, pass, &Response::new(status, ""), now);
                    let tried = Tried {
                        n,
                        n_allowed: 3,
                        deadline: now.plus_ms(30_000),
                        jitter: 0.5,
                    };
                    if standing.next_try(tried, outcome, now) == Next::Give {
                        break;
                    }
                }
                now = now.plus_ms(1);
            }
            assert!((10_000..=10_100).contains(&n_requests), "{n_requests}");
        }
    }

    #[test]
    fn it_can_be_stored_and_read_back() {
        let mut standing = Standing::default();
        ask(
            &mut standing,
            &Response::new(429, "")
                .with_header("x-ratelimit-max", "1")
                .with_header("x-ratelimit-count", "1"),
            NOW,
        )
        .unwrap();
        let text = serde_json::to_string(&standing).unwrap();
        assert_eq!(serde_json::from_str::<Standing>(&text).unwrap(), standing);
    }

    #[test]
    fn every_hold_says_how_long() {
        for (hold, status, slug, code) in [
            (Hold::Cooling { wait_ms: 1_500 }, 429, "cooling-down", "rate_limited"),
            (Hold::Spent { wait_ms: 1_500 }, 429, "allowance-spent", "rate_limited"),
            (Hold::Resting { wait_ms: 1_500 }, 503, "source-resting", "upstream"),
            (Hold::Busy, 503, "busy", "upstream"),
        ] {
            let refusal = hold.refusal();
            assert_eq!(refusal.status, status);
            assert_eq!(refusal.problem.problem_type, format!("urn:problem:{slug}"));
            assert_eq!(refusal.problem.code, code);
            assert!(refusal.headers().contains_key("retry-after"));
        }
    }
}
