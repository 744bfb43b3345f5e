//! The clock: the one place of this crate that reads the time.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use roster_core::UnixMs;

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

    /// Milliseconds since the start, to the microsecond.
    #[expect(clippy::disallowed_methods, reason = "the seam to the system's clock")]
    pub(crate) fn ms(self) -> f64 {
        let us = u32::try_from(Instant::now().duration_since(self.0).as_micros()).unwrap_or(u32::MAX);
        f64::from(us) / 1000.0
    }
}
