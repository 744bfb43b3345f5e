//! The secrets of all sources together.

use std::sync::Arc;

use roster_gateway::Refusal;

use crate::keys::Keys;

/// The secrets of all sources: none of them leaves with the answer of any.
#[derive(Clone)]
pub struct Circle(Arc<[Arc<Keys>]>);

impl Circle {
    /// Whether bytes tell one.
    pub fn is_told_in(&self, bytes: &[u8]) -> bool {
        self.0.iter().any(|keys| keys.are_in(bytes))
    }

    /// The same refusal with them taken out.
    #[must_use]
    pub fn scrub(&self, refusal: Refusal) -> Refusal {
        self.0.iter().fold(refusal, |refusal, keys| keys.scrub(refusal))
    }

    /// How many bytes at the end may be the beginning of one.
    pub fn begun_bytes(&self, bytes: &[u8]) -> usize {
        let begun = self.0.iter().map(|keys| keys.begun_bytes(bytes));
        begun.max().unwrap_or_default()
    }
}

impl FromIterator<Arc<Keys>> for Circle {
    fn from_iter<I: IntoIterator<Item = Arc<Keys>>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}
