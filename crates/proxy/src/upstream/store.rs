//! Answers that are kept, bounded by their size together.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use http::HeaderMap;
use moka::sync::Cache;
use roster_gateway::{CacheKey, Envelope, Refusal};

/// What an entry weighs beside its body, in bytes: headers, key and the cache's own links.
const ENTRY_BYTES: usize = 1024;

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

/// The kept answers of all sources.
#[derive(Clone)]
pub(crate) struct Store(Cache<CacheKey, Arc<Kept>>);

impl Store {
    pub(crate) fn new(bytes: u64) -> Self {
        let weight = |_: &CacheKey, kept: &Arc<Kept>| kept.weight();
        Self(
            Cache::builder()
                .max_capacity(bytes)
                .weigher(weight)
                .time_to_live(LIFE)
                .build(),
        )
    }

    pub(crate) fn get(&self, key: &CacheKey) -> Option<Arc<Kept>> {
        self.0.get(key)
    }

    pub(crate) fn put(&self, key: CacheKey, kept: Arc<Kept>) {
        self.0.insert(key, kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(length: usize) -> Arc<Kept> {
        let (headers, body) = (HeaderMap::new(), Bytes::from(vec![b'x'; length]));
        Arc::new(Kept::new(What::Data { headers, body }, None))
    }

    #[test]
    fn a_flood_of_questions_does_not_grow_it() {
        let store = Store::new(1024 * 1024);
        for n in 0..1000 {
            store.put(CacheKey::new(&["x"], &n.to_string(), None), kept(100 * 1024));
            store.0.run_pending_tasks();
            assert!(store.0.weighted_size() <= 1024 * 1024);
        }
        assert!(store.0.entry_count() > 0);
    }
}
