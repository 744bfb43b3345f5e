//! One request upstream for everybody who wants the same at the same time.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use roster_gateway::CacheKey;
use tokio::sync::watch::{Receiver, channel};

/// Requests that are under way, by what they bring.
pub(crate) struct Flights<T>(Arc<Mutex<HashMap<CacheKey, Receiver<Option<T>>>>>);

impl<T> Clone for Flights<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    /// Waits for the flight of this key, which `start` is if there is none. It flies on its own: a caller that leaves
    /// ends nothing. `None` if it ended without an outcome.
    pub(crate) async fn join(&self, key: CacheKey, start: impl Future<Output = T> + Send + 'static) -> Option<T> {
        let mut landing = self.board(key, start);
        let landed = landing.wait_for(Option::is_some).await.ok()?;
        landed.clone()
    }

    fn board(&self, key: CacheKey, start: impl Future<Output = T> + Send + 'static) -> Receiver<Option<T>> {
        let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(landing) = flights.get(&key) {
            return landing.clone();
        }
        let (land, landing) = channel(None);
        flights.insert(key, landing.clone());
        let entry = Entry(self.clone(), key);
        tokio::spawn(async move {
            // Gone from the list before it is told: who comes later starts anew.
            let landed = start.await;
            drop(entry);
            land.send_replace(Some(landed));
        });
        landing
    }
}

/// Takes the flight off the list, however it ends.
struct Entry<T>(Flights<T>, CacheKey);

impl<T> Drop for Entry<T> {
    fn drop(&mut self) {
        let mut flights = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        flights.remove(&self.1);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;

    fn key(name: &str) -> CacheKey {
        CacheKey::new(&[name], "", None)
    }

    #[tokio::test]
    async fn a_thousand_callers_make_one_flight_and_one_that_leaves_ends_nothing() {
        let (flights, n_started) = (Flights::<u32>::default(), Arc::new(AtomicU32::new(0)));
        let gate = Arc::new(Notify::new());
        let start = || {
            let (n_started, gate) = (n_started.clone(), gate.clone());
            async move {
                n_started.fetch_add(1, Ordering::Relaxed);
                gate.notified().await;
                7
            }
        };
        let mut first = Box::pin(flights.join(key("a"), start()));
        assert!(futures_util::poll!(&mut first).is_pending());
        drop(first);
        let mut others: Vec<_> = (0..1000).map(|_| Box::pin(flights.join(key("a"), start()))).collect();
        for other in &mut others {
            assert!(futures_util::poll!(other).is_pending());
        }
        gate.notify_one();
        for other in others {
            assert_eq!(other.await, Some(7));
        }
        assert_eq!(n_started.load(Ordering::Relaxed), 1);
        gate.notify_one();
        assert_eq!(
            flights.join(key("a"), start()).await,
            Some(7),
            "who comes later starts anew"
        );
        assert_eq!(n_started.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_flight_that_panics_is_told_and_forgotten() {
        let flights = Flights::<u32>::default();
        let broken = async { panic!("on purpose") };
        assert_eq!(flights.join(key("a"), broken).await, None);
        assert_eq!(flights.join(key("a"), async { 1 }).await, Some(1));
        assert_eq!(flights.join(key("b"), async { 2 }).await, Some(2));
    }
}
