//! How often each client may ask. Buckets are kept for the clients that asked last; one that is forgotten starts full.

use std::sync::{Arc, Mutex, PoisonError};

use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use roster_core::UnixMs;
use roster_gateway::{Bucket, Client, Rate, Refusal, cause};

/// Clients that are remembered.
const N_CLIENTS: u64 = 100_000;

/// The buckets of all clients. They outlive a reload.
pub(crate) struct Limiter {
    buckets: Cache<Client, Arc<Mutex<Bucket>>>,
}

impl Limiter {
    pub(crate) fn new(n_clients: u64) -> Self {
        let buckets = Cache::builder()
            .max_capacity(n_clients)
            // The other policy keeps who asks often, and would let a crowd of new ones in unlimited.
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { buckets }
    }

    /// Takes one request from a client's bucket.
    pub(crate) fn take(&self, client: &Client, rate: Rate, now: UnixMs) -> Result<(), Refusal> {
        let bucket = match self.buckets.get(client) {
            Some(bucket) => bucket,
            None => self.buckets.get_with(client.clone(), Arc::default),
        };
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        match bucket.take(rate, now) {
            Ok(after) => {
                *bucket = after;
                Ok(())
            }
            Err(wait_ms) => {
                let message =
                    "expected fewer requests of this client, found more than the proxy's configuration allows";
                Err(cause::CLIENT_LIMIT.refusal(message).with_retry_after_ms(Some(wait_ms)))
            }
        }
    }
}

impl Default for Limiter {
    fn default() -> Self {
        Self::new(N_CLIENTS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(n: u8) -> Client {
        Client::Address([10, 0, 0, n].into())
    }

    #[test]
    fn each_client_has_a_bucket_of_its_own() {
        let (limiter, rate) = (Limiter::default(), Rate::new(2, 1_000_000));
        let take = |n: u8, at_ms: i64| {
            limiter
                .take(&client(n), rate, UnixMs(at_ms))
                .map_err(|refusal| refusal.problem)
        };
        assert!(take(1, 0).is_ok() && take(1, 0).is_ok());
        let refused = take(1, 0).unwrap_err();
        assert_eq!((refused.status, refused.retry_after_ms), (429, Some(1_000)));
        assert!(take(2, 0).is_ok(), "another client has asked nothing yet");
        assert!(take(1, 999).is_err());
        assert!(take(1, 1_000).is_ok());
    }

    #[test]
    fn a_crowd_does_not_fill_the_memory() {
        let (limiter, rate) = (Limiter::new(16), Rate::new(1, 1_000_000));
        for n in 0..=255 {
            assert!(limiter.take(&client(n), rate, UnixMs(0)).is_ok());
        }
        limiter.buckets.run_pending_tasks();
        assert!(limiter.buckets.entry_count() <= 16);
        assert!(
            limiter.take(&client(255), rate, UnixMs(0)).is_err(),
            "who asked last is remembered"
        );
    }
}
