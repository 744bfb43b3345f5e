//! Instants as Unix milliseconds. The APIs write time in six ways; all are read here and nowhere else.

use std::fmt;

use serde::{Deserialize, Serialize};

mod calendar;
mod text;

const DAY_MS: i64 = 86_400_000;

/// An instant in UTC: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMs(pub i64);

impl UnixMs {
    /// Reads an ISO 8601 date or date-time. Text without a zone is UTC (InsightIQ sends it so), a bare date is its
    /// midnight.
    pub fn parse(text: &str) -> Option<Self> {
        text::iso(text.trim()).map(Self)
    }

    /// Reads an HTTP date: `Sun, 06 Nov 1994 08:49:37 GMT`.
    pub fn from_http_date(text: &str) -> Option<Self> {
        text::http(text).map(Self)
    }

    /// Milliseconds from `earlier` to `self`; negative if `self` comes first.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// This instant moved by `ms`, stopping at the ends of the range.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Year, month and day in UTC, for texts such as "since 2018".
    pub fn date(self) -> Option<(i16, i8, i8)> {
        let (year, month, day) = calendar::date(self.0.div_euclid(DAY_MS));
        Some((year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?))
    }
}

/// ISO 8601 with milliseconds and `Z`, the form that Ayrshare uses.
impl fmt::Display for UnixMs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((year @ 0..=9999, month, day)) = self.date() else {
            return write!(f, "{} ms", self.0);
        };
        let ms = self.0.rem_euclid(DAY_MS);
        let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        let ms = ms % 1000;
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_the_seeds_use_is_read() {
        for (text, ms) in [
            ("2022-03-02T16:11:00.839Z", 1_646_237_460_839),
            ("2022-11-02T01:03:42Z", 1_667_351_022_000),
            ("2021-11-08T18:53:18.337805", 1_636_397_598_337),
            ("2016-01-01T00:00:00", 1_451_606_400_000),
            ("2024-02-02", 1_706_832_000_000),
            ("2023-11-07T05:31:56+02:00", 1_699_327_916_000),
        ] {
            assert_eq!(UnixMs::parse(text), Some(UnixMs(ms)), "{text}");
        }
        for text in ["", "11/26/1989", "yesterday", "2022-13-01"] {
            assert_eq!(UnixMs::parse(text), None, "{text}");
        }
    }

    #[test]
    fn it_is_written_with_milliseconds_and_z() {
        assert_eq!(UnixMs(1_646_237_460_839).to_string(), "2022-03-02T16:11:00.839Z");
        assert_eq!(UnixMs(-1).to_string(), "1969-12-31T23:59:59.999Z");
        assert_eq!(UnixMs(i64::MAX).to_string(), "9223372036854775807 ms");
    }
}
