//! Answers that are kept, bounded by their size together.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use http::HeaderMap;
use moka::sync::Cache;
use roster_gateway::{CacheKey, Envelope, Refusal};

/// What an entry weighs beside its body, in bytes: headers, key and the cache's own links.
const ENTRY_BYTES: usize = 1024;

/// A body from which on the others make room at once, in bytes. Room for shorter ones is made a few times a second, when
/// a flood of long ones would have taken many times the limit.
const LONG_BYTES: u32 = 64 * 1024;

/// When an entry goes that nobody asks for. Its envelope decides what it is worth until then.
const LIFE: Duration = Duration::from_hours(25);

/// An answer as it goes to a client.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) what: What,
    /// How long it is good; `None` is now only.
    pub(crate) envelope: Option<Envelope>,
}

/// Data, or that there is none.
#[derive(Clone)]
pub(crate) enum What {
    Data {
        /// All headers of the answer, ours included.
        headers: HeaderMap,
        body: Bytes,
    },
    Missing(Refusal),
}

impl Kept {
    pub(crate) fn new(what: What, envelope: Option<Envelope>) -> Self {
        Self { what, envelope }
    }

    fn weight(&self) -> u32 {
        let body = match &self.what {
            What::Data { body, .. } => body.len(),
            What::Missing(_) => 0,
        };
        u32::try_from(body.saturating_add(ENTRY_BYTES)).unwrap_or(u32::MAX)
    }
}

/// The place of an answer. The cache lets go of what it has put out some time later, a hundred entries at once; the
/// answer in it goes when its place is cleared.
type Place = Arc<Mutex<Option<Arc<Kept>>>>;

/// The kept answers of all sources.
#[derive(Clone)]
pub(crate) struct Store(Cache<CacheKey, Place>);

impl Store {
    pub(crate) fn new(bytes: u64) -> Self {
        let weight = |_: &CacheKey, place: &Place| look(place).map_or(0, |kept| kept.weight());
        let clear = |_: Arc<CacheKey>, place: Place, _| {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = None;
        };
        Self(
            Cache::builder()
                .max_capacity(bytes)
                .weigher(weight)
                .time_to_live(LIFE)
                .eviction_listener(clear)
                .build(),
        )
    }

    pub(crate) fn get(&self, key: &CacheKey) -> Option<Arc<Kept>> {
        look(&self.0.get(key)?)
    }

    pub(crate) fn put(&self, key: CacheKey, kept: Arc<Kept>) {
        let is_long = kept.weight() >= LONG_BYTES;
        self.0.insert(key, Arc::new(Mutex::new(Some(kept))));
        if is_long {
            self.0.run_pending_tasks();
        }
    }

    /// What is kept now, in bytes, and how many answers that is.
    pub(crate) fn size(&self) -> (u64, u64) {
        self.0.run_pending_tasks();
        (self.0.weighted_size(), self.0.entry_count())
    }
}

fn look(place: &Place) -> Option<Arc<Kept>> {
    place.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

#[cfg(test)]
mod tests {
    use std::sync::Weak;

    use super::*;

    const LIMIT: u64 = 1024 * 1024;

    fn kept(length: usize) -> Arc<Kept> {
        let (headers, body) = (HeaderMap::new(), Bytes::from(vec![b'x'; length]));
        Arc::new(Kept::new(What::Data { headers, body }, None))
    }

    /// Asks for a thousand answers of a length; gives the most that was held by what was put in, in bytes.
    fn flood(store: &Store, length: usize) -> usize {
        let mut put: Vec<Weak<Kept>> = Vec::new();
        let hold = |n: usize| {
            let kept = kept(length);
            put.push(Arc::downgrade(&kept));
            store.put(CacheKey::new(&["x"], &n.to_string(), None), kept);
            put.retain(|kept| kept.strong_count() > 0);
            put.len() * length
        };
        (0..1000).map(hold).max().unwrap_or_default()
    }

    #[test]
    fn a_flood_of_long_answers_never_holds_more_than_the_limit() {
        let store = Store::new(LIMIT);
        let most = flood(&store, 100 * 1024) as u64;
        assert!(most <= LIMIT, "{most} bytes");
        let (bytes, n_answers) = store.size();
        assert!(n_answers > 0 && bytes <= LIMIT, "{n_answers} of {bytes} bytes");
    }

    #[test]
    fn an_answer_that_is_replaced_goes_at_once() {
        let (store, key) = (Store::new(LIMIT), CacheKey::new(&["x"], "", None));
        let first = kept(1);
        let gone = Arc::downgrade(&first);
        store.put(key, first);
        store.put(key, kept(2));
        assert_eq!(gone.strong_count(), 0);
        assert_eq!(store.get(&key).map(|kept| kept.weight()), Some(2 + 1024));
    }

    #[test]
    fn a_flood_of_short_ones_ends_within_it() {
        let store = Store::new(LIMIT);
        flood(&store, 10 * 1024);
        let (bytes, n_answers) = store.size();
        assert!(n_answers > 0 && bytes <= LIMIT, "{n_answers} of {bytes} bytes");
    }
}
