//! The clock and the dice: the one place of this crate that reads them.

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

/// A number from 0 up to 1: how pauses are spread.
pub(crate) fn dice() -> f64 {
    js_sys::Math::random()
}
