//! Whether an exchange that failed is tried again. The allowance is one per source, so that a bad day upstream is not
//! made worse by everybody trying again at once.
//!
//! Source of the numbers: the AWS SDKs' standard mode, <https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>,
//! seen 2026-11.

use roster_core::{Response, UnixMs};
use serde::{Deserialize, Serialize};

use crate::refusal::{Cause, cause};

/// Tokens of a full allowance.
const QUOTA: u32 = 500;

/// Tokens that one more try costs. Each answered call brings one token back and not the whole cost of a try, so that
/// tries stay below a tenth of the calls whatever their mix is.
const TRY_COST: u32 = 14;

/// Base of the pause after a failure, in milliseconds; it doubles with each try.
const FAILED_BASE_MS: f64 = 50.0;

/// Base of the pause after a refusal, in milliseconds.
const THROTTLED_BASE_MS: f64 = 1000.0;

/// The longest pause before a try, in milliseconds.
const PAUSE_LONGEST_MS: f64 = 20_000.0;

/// A refusal is waited for in place up to this `Retry-After`, in milliseconds.
const IN_PLACE_MS: u64 = 2_000;

/// What must be left of the deadline after the pause, in milliseconds: less is not worth a request.
const WORTH_MS: u64 = 500;

/// What became of one request to an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It answered, or refused the question itself: the same request would bring the same again.
    Answered,
    /// It asks to wait.
    Throttled {
        /// Its `Retry-After`, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// It failed: an error of the server, or a connection that was not made or broke off.
    Failed,
    /// It took too long. More requests would make that worse, so it is not tried again.
    TimedOut,
}

impl Outcome {
    /// The outcome that an answer's status and headers are. An unavailable server that says for how long asks to wait.
    pub fn of(answer: &Response) -> Self {
        let retry_after_ms = answer.retry_after_ms();
        match answer.status {
            429 => Self::Throttled { retry_after_ms },
            503 if retry_after_ms.is_some() => Self::Throttled { retry_after_ms },
            408 | 504 => Self::TimedOut,
            501 | 505 => Self::Answered,
            500.. => Self::Failed,
            _ => Self::Answered,
        }
    }

    /// The outcome that a broken exchange is.
    pub fn of_cause(cause: Cause) -> Self {
        match cause {
            cause::TIMEOUT => Self::TimedOut,
            cause::UNREACHABLE => Self::Failed,
            _ => Self::Answered,
        }
    }

    /// Whether a breaker counts it as a failure; `None` if it says nothing about that.
    pub fn has_failed(self) -> Option<bool> {
        match self {
            Self::Answered => Some(false),
            Self::Failed | Self::TimedOut => Some(true),
            Self::Throttled { .. } => None,
        }
    }
}

/// What is left of a source's allowance of tries. The default is a full one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryQuota {
    n_tokens: u32,
}

impl Default for RetryQuota {
    fn default() -> Self {
        Self { n_tokens: QUOTA }
    }
}

impl RetryQuota {
    /// After a call that was answered.
    #[must_use]
    pub fn after_answer(self) -> Self {
        let n_tokens = self.n_tokens.saturating_add(1).min(QUOTA);
        Self { n_tokens }
    }

    fn after_try(self) -> Option<Self> {
        let n_tokens = self.n_tokens.checked_sub(TRY_COST)?;
        Some(Self { n_tokens })
    }
}

/// Where a call stands after a try.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    /// Tries so far, from 1.
    pub n: u32,
    /// Tries that the source allows, from 1.
    pub n_allowed: u32,
    /// The deadline of the whole call.
    pub deadline: UnixMs,
    /// A number from 0 up to 1, drawn by the shell: nobody tries again at the same instant as the others.
    pub jitter: f64,
}

/// What to do after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask again after this pause.
    Retry {
        /// The pause, in milliseconds.
        pause_ms: u64,
    },
    /// Hand on what came, or what was kept from before.
    Give,
}

/// Decides after a try; gives the allowance after the decision.
pub fn next_try(tried: Tried, outcome: Outcome, quota: RetryQuota, now: UnixMs) -> (Next, RetryQuota) {
    let give = (Next::Give, quota);
    let (base_ms, least_ms) = match outcome {
        Outcome::Answered | Outcome::TimedOut => return give,
        Outcome::Failed => (FAILED_BASE_MS, 0),
        Outcome::Throttled { retry_after_ms } => match retry_after_ms {
            Some(ms @ ..=IN_PLACE_MS) => (THROTTLED_BASE_MS, ms),
            _ => return give,
        },
    };
    let pause_ms = least_ms.saturating_add(full_jitter_ms(base_ms, tried.n, tried.jitter));
    let left_ms = u64::try_from(tried.deadline.since(now)).unwrap_or_default();
    if tried.n >= tried.n_allowed || left_ms < pause_ms.saturating_add(WORTH_MS) {
        return give;
    }
    match quota.after_try() {
        Some(quota) => (Next::Retry { pause_ms }, quota),
        None => give,
    }
}

/// Anything from nothing to the whole of the doubled base: the form that spreads clients best.
fn full_jitter_ms(base_ms: f64, n: u32, jitter: f64) -> u64 {
    let exponent = i32::try_from(n.clamp(1, 16) - 1).unwrap_or_default();
    let ms = (base_ms * 2_f64.powi(exponent)).min(PAUSE_LONGEST_MS) * jitter.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 20,000 by the lines before"
    )]
    let ms = ms as u64;
    ms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: UnixMs = UnixMs(1_700_000_000_000);

    fn tried(n: u32, left_ms: i64) -> Tried {
        Tried {
            n,
            n_allowed: 3,
            deadline: NOW.plus_ms(left_ms),
            jitter: 0.5,
        }
    }

    fn decide(n: u32, left_ms: i64, outcome: Outcome) -> Next {
        next_try(tried(n, left_ms), outcome, RetryQuota::default(), NOW).0
    }

    fn throttled(retry_after_ms: Option<u64>) -> Outcome {
        Outcome::Throttled { retry_after_ms }
    }

    #[test]
    fn a_failure_is_tried_again_within_number_and_deadline() {
        let retry = |pause_ms| Next::Retry { pause_ms };
        for (n, left_ms, outcome, expected) in [
            (1, 30_000, Outcome::Failed, retry(25)),
            (2, 30_000, Outcome::Failed, retry(50)),
            (3, 30_000, Outcome::Failed, Next::Give),
            (1, 500, Outcome::Failed, Next::Give),
            (1, -5, Outcome::Failed, Next::Give),
            (1, 30_000, Outcome::Answered, Next::Give),
            (1, 30_000, Outcome::TimedOut, Next::Give),
            (1, 30_000, throttled(Some(2_000)), retry(2_500)),
            (1, 30_000, throttled(Some(0)), retry(500)),
            (1, 2_900, throttled(Some(2_000)), Next::Give),
            (1, 30_000, throttled(Some(2_001)), Next::Give),
            (1, 30_000, throttled(None), Next::Give),
            (1, 30_000, throttled(Some(u64::MAX)), Next::Give),
        ] {
            assert_eq!(decide(n, left_ms, outcome), expected, "{n} {left_ms} {outcome:?}");
        }
    }

    #[test]
    fn the_statuses_that_are_about_the_question_are_never_tried_again() {
        for status in [200, 301, 400, 401, 403, 404, 409, 410, 413, 418, 422, 451, 501, 505] {
            assert_eq!(Outcome::of(&Response::new(status, "")), Outcome::Answered, "{status}");
        }
        for status in [500, 502, 503, 520, 599] {
            assert_eq!(Outcome::of(&Response::new(status, "")), Outcome::Failed, "{status}");
        }
        let asking = |status, text: &str| Outcome::of(&Response::new(status, "").with_header("retry-after", text));
        assert_eq!(asking(429, "7"), throttled(Some(7_000)));
        assert_eq!(asking(429, "soon"), throttled(None));
        assert_eq!(asking(503, "1"), throttled(Some(1_000)));
        assert_eq!(Outcome::of_cause(cause::UNREACHABLE), Outcome::Failed);
        assert_eq!(Outcome::of_cause(cause::TOO_LARGE), Outcome::Answered);
    }

    proptest! {
        #[test]
        fn a_pause_lies_between_nothing_and_the_doubled_base(n in 1_u32..100, jitter in -1.0_f64..2.0) {
            let ms = full_jitter_ms(FAILED_BASE_MS, n, jitter);
            prop_assert!(ms <= (50 << (n.min(16) - 1)).min(20_000), "{ms}");
        }

        #[test]
        fn ten_thousand_calls_of_any_mix_make_at_most_a_tenth_more_requests(
            percent_failed in 0_u64..=100,
            percent_throttled in 0_u64..=100,
            seed in any::<u64>(),
        ) {
            let mut roll = seed | 1;
            let mut percent = || {
                roll ^= roll << 13;
                roll ^= roll >> 7;
                roll ^= roll << 17;
                roll % 100
            };
            let (mut quota, mut n_requests) = (RetryQuota::default(), 0_u32);
            for _ in 0..10_000 {
                for n in 1.. {
                    n_requests += 1;
                    let outcome = match percent() {
                        lot if lot >= percent_failed => Outcome::Answered,
                        _ if percent() < percent_throttled => throttled(Some(1_000)),
                        _ => Outcome::Failed,
                    };
                    if outcome == Outcome::Answered {
                        quota = quota.after_answer();
                    }
                    let (next, after) = next_try(tried(n, 30_000), outcome, quota, NOW);
                    quota = after;
                    if next == Next::Give {
                        break;
                    }
                }
            }
            prop_assert!(n_requests <= 11_000, "{n_requests}");
        }
    }
}
