//! The standing of one source, shared by everybody who asks it.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use roster_core::{Response, UnixMs};
use roster_gateway::{Cause, Hold, Next, Outcome, Pass, Place, Policy, Standing, Tried};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How carefully a source is asked, and how it stands.
pub(crate) struct Care {
    policy: Policy,
    standing: Mutex<Standing>,
    places: Arc<Semaphore>,
    n_waiting: AtomicUsize,
    pub(crate) counts: Arc<Counts>,
}

/// What happened so far, for metrics. Every number only grows.
#[derive(Default)]
pub(crate) struct Counts {
    hits: AtomicU64,
    misses: AtomicU64,
    stale: AtomicU64,
    requests: AtomicU64,
    retries: AtomicU64,
    held: AtomicU64,
    shed: AtomicU64,
}

impl Counts {
    pub(crate) fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn miss(&self) {
        self.misses.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn stale(&self) {
        self.stale.fetch_add(1, Ordering::Relaxed);
    }

    /// The numbers by name: answers from what was kept (fresh, not there, in place of an error), requests upstream and
    /// those of them that were tries again, refusals without a request (source waits or rests; too many under way).
    pub(crate) fn all(&self) -> [(&'static str, u64); 7] {
        let value = |count: &AtomicU64| count.load(Ordering::Relaxed);
        [
            ("hits", value(&self.hits)),
            ("misses", value(&self.misses)),
            ("stale", value(&self.stale)),
            ("requests", value(&self.requests)),
            ("retries", value(&self.retries)),
            ("held", value(&self.held)),
            ("shed", value(&self.shed)),
        ]
    }
}

impl Care {
    pub(crate) fn new(policy: Policy) -> Self {
        Self::with(policy, Standing::default(), Arc::default())
    }

    /// The care for the same source under another policy: what is known about the source stays known.
    pub(crate) fn with_policy(&self, policy: Policy) -> Self {
        Self::with(policy, self.standing(), self.counts.clone())
    }

    fn with(policy: Policy, standing: Standing, counts: Arc<Counts>) -> Self {
        Self {
            policy,
            standing: Mutex::new(standing),
            places: Arc::new(Semaphore::new(policy.n_running)),
            n_waiting: AtomicUsize::new(0),
            counts,
        }
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// How the source stands now.
    pub(crate) fn standing(&self) -> Standing {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Standing) -> T) -> T {
        change(&mut self.standing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A place among the requests under way.
    pub(crate) async fn place(&self) -> Result<OwnedSemaphorePermit, Hold> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Ok(place);
        }
        let shed = || {
            self.counts.shed.fetch_add(1, Ordering::Relaxed);
            Hold::Busy
        };
        let n_waiting = self.n_waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.n_waiting);
        if self.policy.place(self.policy.n_running, n_waiting) == Place::Shed {
            return Err(shed());
        }
        let patience = Duration::from_millis(self.policy.patience_ms);
        let place = timeout(patience, self.places.clone().acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or_else(shed)
    }

    /// The permission for one request.
    pub(crate) fn admit(&self, now: UnixMs) -> Result<Permit<'_>, Hold> {
        let admitted = self.change(|standing| standing.admit(&self.policy, now));
        match admitted {
            Ok(pass) => Ok(Permit {
                care: self,
                pass: Some(pass),
                now,
            }),
            Err(hold) => {
                self.counts.held.fetch_add(1, Ordering::Relaxed);
                Err(hold)
            }
        }
    }

    /// Whether to try again.
    pub(crate) fn next_try(&self, tried: Tried, outcome: Outcome, now: UnixMs) -> Next {
        let next = self.change(|standing| standing.next_try(tried, outcome, now));
        if matches!(next, Next::Retry { .. }) {
            self.counts.retries.fetch_add(1, Ordering::Relaxed);
        }
        next
    }
}

/// One who waits, as long as he does.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A permission that is given back if nothing came of it: a probe that a leaving caller took along would keep the
/// source closed.
pub(crate) struct Permit<'a> {
    care: &'a Care,
    pass: Option<Pass>,
    now: UnixMs,
}

impl Permit<'_> {
    /// How long to wait before the request.
    pub(crate) fn wait(&self) -> Duration {
        Duration::from_millis(self.pass.map_or(0, |pass| pass.wait_ms))
    }

    /// The request goes out.
    pub(crate) fn sent(&self) {
        self.care.counts.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// The answer came.
    pub(crate) fn answered(mut self, answer: &Response, now: UnixMs) -> Outcome {
        let (care, pass) = (self.care, self.pass.take());
        pass.map_or(Outcome::Answered, |pass| {
            care.change(|standing| standing.record(&care.policy, pass, answer, now))
        })
    }

    /// No answer came.
    pub(crate) fn broke(mut self, cause: Cause, now: UnixMs) -> Outcome {
        let (care, pass) = (self.care, self.pass.take());
        pass.map_or(Outcome::of_cause(cause), |pass| {
            care.change(|standing| standing.record_broken(&care.policy, pass, cause, now))
        })
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(pass) = self.pass {
            self.care.change(|standing| standing.give_back(pass, self.now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn care(policy: Policy) -> Care {
        Care::new(policy)
    }

    #[tokio::test]
    async fn who_finds_every_place_taken_waits_and_who_finds_the_line_full_is_turned_away() {
        let care = care(Policy {
            n_running: 1,
            n_waiting: 1,
            patience_ms: 60_000,
            ..Policy::played()
        });
        let first = care.place().await.unwrap();
        let mut second = Box::pin(care.place());
        assert!(futures_util::poll!(&mut second).is_pending());
        assert_eq!(care.place().await.unwrap_err(), Hold::Busy);
        drop(first);
        assert!(second.await.is_ok());
        assert!(care.place().await.is_ok(), "nobody is left in the line");
    }

    #[tokio::test(start_paused = true)]
    async fn patience_ends() {
        let care = care(Policy {
            n_running: 1,
            n_waiting: 1,
            patience_ms: 50,
            ..Policy::played()
        });
        let _first = care.place().await.unwrap();
        assert_eq!(care.place().await.unwrap_err(), Hold::Busy);
        assert_eq!(care.n_waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_probe_whose_caller_leaves_is_given_back() {
        let care = care(Policy {
            backs_off: true,
            ..Policy::played()
        });
        for _ in 0..5 {
            care.admit(UnixMs(0))
                .unwrap()
                .broke(roster_gateway::cause::UNREACHABLE, UnixMs(0));
        }
        assert!(care.admit(UnixMs(0)).is_err());
        let later = UnixMs(20_000);
        drop(care.admit(later).unwrap());
        assert!(care.admit(later).is_ok());
    }
}
