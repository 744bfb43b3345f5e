//! Whether and when a failed request is tried again. Pure: the error, the attempt and a dice roll go in.

use roster_core::{Error, ErrorKind};

/// How often and how patiently to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Requests for one page in all, the first one included.
    pub attempts: u32,
    /// Longest first wait after a failure, in milliseconds; it doubles with every attempt.
    pub base_delay_ms: u64,
    /// Longest wait that is our own choice, in milliseconds.
    pub max_delay_ms: u64,
    /// Longest wait that a provider may ask for, in milliseconds. Beyond it the error is handed on.
    pub max_asked_ms: u64,
}

/// Three tries, as the AWS SDKs' standard mode; a wait of up to Ayrshare's five-minute window is obeyed.
impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay_ms: 500,
            max_delay_ms: 20_000,
            max_asked_ms: 300_000,
        }
    }
}

/// After a 429 without `Retry-After`, the first wait; hammering a limited API can suspend the account.
const RATE_LIMIT_BASE_MS: u64 = 5_000;

impl Retry {
    /// No second try.
    pub const NEVER: Self = Self {
        attempts: 1,
        base_delay_ms: 0,
        max_delay_ms: 0,
        max_asked_ms: 0,
    };
}

/// Milliseconds to wait before trying again after `attempt` requests (1 after the first) ended in `error`, or `None`
/// if it is over. `chance` is from 0 to 1. A wait that the provider asks for is obeyed to the millisecond, never
/// shortened.
pub fn wait_ms(retry: &Retry, error: &Error, attempt: u32, chance: f64) -> Option<u64> {
    if attempt >= retry.attempts || !error.kind().is_transient() {
        return None;
    }
    if let Some(asked) = error.retry_after_ms() {
        return (asked <= retry.max_asked_ms).then_some(asked);
    }
    let doubled = |base: u64| {
        base.saturating_mul(1 << (attempt - 1).min(20))
            .min(retry.max_delay_ms.max(base))
    };
    if error.kind() == ErrorKind::RateLimited {
        return Some(doubled(RATE_LIMIT_BASE_MS));
    }
    Some(scaled(doubled(retry.base_delay_ms), chance))
}

/// Full jitter, so that many clients do not come back at the same instant.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "waits are below 2^53 ms, and chance is clamped to 0..=1"
)]
fn scaled(ms: u64, chance: f64) -> u64 {
    (ms as f64 * chance.clamp(0.0, 1.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: ErrorKind) -> Error {
        Error::new(kind, "x")
    }

    #[test]
    fn only_what_may_pass_by_itself_is_tried_again_and_only_three_times() {
        let retry = Retry::default();
        assert_eq!(wait_ms(&retry, &error(ErrorKind::Unauthorized), 1, 1.0), None);
        assert_eq!(wait_ms(&retry, &error(ErrorKind::Decode), 1, 1.0), None);
        assert_eq!(wait_ms(&retry, &error(ErrorKind::Upstream), 1, 1.0), Some(500));
        assert_eq!(wait_ms(&retry, &error(ErrorKind::Upstream), 2, 0.5), Some(500));
        assert_eq!(wait_ms(&retry, &error(ErrorKind::Upstream), 3, 1.0), None);
        assert_eq!(wait_ms(&Retry::NEVER, &error(ErrorKind::Network), 1, 1.0), None);
    }

    #[test]
    fn what_the_provider_asks_for_is_obeyed_to_the_millisecond() {
        let limited = error(ErrorKind::RateLimited);
        let asked = limited.clone().with_retry_after_ms(Some(7000));
        assert_eq!(wait_ms(&Retry::default(), &asked, 1, 0.0), Some(7000));
        let too_long = limited.clone().with_retry_after_ms(Some(300_001));
        assert_eq!(wait_ms(&Retry::default(), &too_long, 1, 0.0), None);
        assert_eq!(
            wait_ms(&Retry::default(), &limited, 1, 0.0),
            Some(5000),
            "no jitter below the wait"
        );
        assert_eq!(wait_ms(&Retry::default(), &limited, 2, 0.0), Some(10_000));
    }
}
