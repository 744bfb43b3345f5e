//! The clock: the one place of this crate that reads the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use roster_core::UnixMs;

/// What the sources go by: the system's time, or one that is set from outside.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// A clock that shows these milliseconds since 1970, whatever the time is.
    pub fn set_by(ms: Arc<AtomicI64>) -> Self {
        Self(Some(ms))
    }

    pub(crate) fn now(&self) -> UnixMs {
        let set = self.0.as_ref().map(|ms| UnixMs(ms.load(Ordering::Relaxed)));
        set.unwrap_or_else(now)
    }
}

/// The time now.
#[expect(clippy::disallowed_methods, reason = "the seam to the system's clock")]
pub(crate) fn now() -> UnixMs {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMs(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A watch that runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch(Instant);

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "the seam to the system's clock")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Whole milliseconds since the start.
    #[expect(clippy::disallowed_methods, reason = "the seam to the system's clock")]
    pub(crate) fn whole_ms(self) -> u64 {
        u64::try_from(Instant::now().duration_since(self.0).as_millis()).unwrap_or(u64::MAX)
    }

    /// Milliseconds since the start, to the microsecond.
    #[expect(clippy::disallowed_methods, reason = "the seam to the system's clock")]
    pub(crate) fn ms(self) -> f64 {
        let us = u32::try_from(Instant::now().duration_since(self.0).as_micros()).unwrap_or(u32::MAX);
        f64::from(us) / 1000.0
    }
}
