//! The clock: the one place of this crate that reads the time.

use roster_core::UnixMs;

/// The time now. The runtime stops it between two pieces of I/O.
#[expect(clippy::disallowed_methods, reason = "the seam to the runtime's clock")]
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds are whole and far below 2^53"
)]
pub(crate) fn now() -> UnixMs {
    UnixMs(js_sys::Date::now() as i64)
}
