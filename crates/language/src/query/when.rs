//! Dates as people type them: `2025`, `2025-01`, `2025-01-15`, a full instant, or relative to now, `7d`.
//!
//! A date is a stretch of time, in UTC; a relative date is a distance from now, backwards for fields about the past and
//! forwards for fields about what is to come.

use std::fmt;
use std::ops;

use roster_core::UnixMs;

use crate::query::filter::Range;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A date, or a distance from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When(Form);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    Year(u16),
    Month(u16, u8),
    Day(u16, u8, u8),
    At(UnixMs),
    Span(u32, Unit),
}

/// The unit of a relative date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// `h`.
    Hour,
    /// `d`.
    Day,
    /// `w`.
    Week,
    /// `m`: 30 days, so that a condition means the same stretch in every month.
    Month,
    /// `y`: 365 days.
    Year,
}

impl Unit {
    /// All of them, the shortest first.
    pub const ALL: [Self; 5] = [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    /// The letter behind the number.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Hour => "h",
            Self::Day => "d",
            Self::Week => "w",
            Self::Month => "m",
            Self::Year => "y",
        }
    }

    const fn ms(self) -> i64 {
        match self {
            Self::Hour => HOUR_MS,
            Self::Day => DAY_MS,
            Self::Week => 7 * DAY_MS,
            Self::Month => 30 * DAY_MS,
            Self::Year => 365 * DAY_MS,
        }
    }
}

impl When {
    /// A distance from now.
    pub const fn span(count: u32, unit: Unit) -> Self {
        Self(Form::Span(count, unit))
    }

    /// An instant between the years 0 and 9999.
    pub fn at(instant: UnixMs) -> Option<Self> {
        let (year, ..) = instant.date()?;
        (0..=9999).contains(&year).then_some(Self(Form::At(instant)))
    }

    /// A day in UTC, if the calendar has it.
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        midnight(year, month, day).map(|_| Self(Form::Day(year, month, day)))
    }

    /// A month in UTC; months count from 1.
    pub fn month(year: u16, month: u8) -> Option<Self> {
        midnight(year, month, 1).map(|_| Self(Form::Month(year, month)))
    }

    /// A year in UTC.
    pub fn year(year: u16) -> Option<Self> {
        midnight(year, 1, 1).map(|_| Self(Form::Year(year)))
    }

    /// Reads any of the forms.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(span) = parse_span(text) {
            return Some(span);
        }
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4);
        match (year, parts.next(), parts.next(), parts.next()) {
            (Some(year), None, None, None) => Self::year(year),
            (Some(year), Some(month), None, None) => Self::month(year, digits_u8(month)?),
            (Some(year), Some(month), Some(day), None) if digits_u8(day).is_some() => {
                Self::day(year, digits_u8(month)?, digits_u8(day)?)
            }
            _ if text.contains(['T', 't']) => Self::at(UnixMs::parse(text)?),
            _ => None,
        }
    }

    /// Whether it is a distance from now.
    pub const fn is_relative(self) -> bool {
        matches!(self.0, Form::Span(..))
    }

    /// The stretch that it covers: from, and first instant after it.
    fn stretch(self, now: UnixMs, is_future: bool) -> (i64, i64) {
        let of = |start: Option<UnixMs>, end: Option<UnixMs>| (ms_or(start, i64::MIN), ms_or(end, i64::MAX));
        match self.0 {
            Form::Year(year) => of(midnight(year, 1, 1), midnight(year + 1, 1, 1)),
            Form::Month(year, 12) => of(midnight(year, 12, 1), midnight(year + 1, 1, 1)),
            Form::Month(year, month) => of(midnight(year, month, 1), midnight(year, month + 1, 1)),
            Form::Day(year, month, day) => {
                let start = midnight(year, month, day);
                of(start, start.map(|start| start.plus_ms(DAY_MS)))
            }
            Form::At(instant) => (instant.0, instant.0.saturating_add(1)),
            Form::Span(..) => {
                let distance = self.distance_ms();
                let point = now.plus_ms(if is_future { distance } else { -distance }).0;
                (point, point.saturating_add(1))
            }
        }
    }

    fn distance_ms(self) -> i64 {
        match self.0 {
            Form::Span(count, unit) => i64::from(count).saturating_mul(unit.ms()),
            _ => 0,
        }
    }
}

impl Range<When> {
    /// The instants within, in Unix milliseconds: the first one, and the first one after. `is_future`: whether a
    /// relative date counts forwards from `now`.
    pub fn resolve(&self, now: UnixMs, is_future: bool) -> ops::Range<i64> {
        let start = |when: When| when.stretch(now, is_future).0;
        let end = |when: When| when.stretch(now, is_future).1;
        let now = now.0;
        match self.in_time(is_future) {
            Self::Above(from) => end(from)..i64::MAX,
            Self::AtLeast(from) => start(from)..i64::MAX,
            Self::Below(to) => i64::MIN..start(to),
            Self::AtMost(to) => i64::MIN..end(to),
            Self::Between(from, to) => start(from)..end(to),
            Self::Exactly(when) if when.is_relative() && is_future => now..end(when),
            Self::Exactly(when) if when.is_relative() => start(when)..now.saturating_add(1),
            Self::Exactly(when) => start(when)..end(when),
        }
    }

    /// An age grows towards the past: older than seven days is before an instant.
    fn in_time(self, is_future: bool) -> Self {
        match self {
            Self::Above(age) if age.is_relative() && !is_future => Self::Below(age),
            Self::AtLeast(age) if age.is_relative() && !is_future => Self::AtMost(age),
            Self::Below(age) if age.is_relative() && !is_future => Self::Above(age),
            Self::AtMost(age) if age.is_relative() && !is_future => Self::AtLeast(age),
            Self::Between(young, old) if young.is_relative() && old.is_relative() && !is_future => {
                Self::Between(old, young)
            }
            other => other,
        }
    }
}

fn ms_or(instant: Option<UnixMs>, otherwise: i64) -> i64 {
    instant.map_or(otherwise, |instant| instant.0)
}

/// The calendar lives in the core, behind its reader of dates.
fn midnight(year: u16, month: u8, day: u8) -> Option<UnixMs> {
    UnixMs::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

fn parse_span(text: &str) -> Option<When> {
    let unit = Unit::ALL.into_iter().find(|unit| text.ends_with(unit.letter()))?;
    let count = text.strip_suffix(unit.letter())?;
    let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then(|| count.parse().ok())
        .flatten()
        .map(|count| When::span(count, unit))
}

fn digits(text: &str, n_digits: usize) -> Option<u16> {
    let is_number = text.len() == n_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn digits_u8(text: &str) -> Option<u8> {
    digits(text, 2).and_then(|number| u8::try_from(number).ok())
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Year(year) => write!(f, "{year:04}"),
            Form::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Form::Day(year, month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
            Form::At(instant) => write!(f, "{instant}"),
            Form::Span(count, unit) => write!(f, "{count}{}", unit.letter()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 2025-06-15T12:00:00Z.
    const NOW: UnixMs = UnixMs(1_749_988_800_000);

    fn within(range: Range<&str>, is_future: bool, instant: &str) -> bool {
        let range = range.map(|text| When::parse(text).unwrap());
        range
            .resolve(NOW, is_future)
            .contains(&UnixMs::parse(instant).unwrap().0)
    }

    #[test]
    fn a_month_is_taken_as_a_whole_by_every_form() {
        let june = "2025-06-30T23:59:59.999Z";
        assert!(within(Range::Exactly("2025-06"), false, june));
        assert!(within(Range::Between("2025-01", "2025-06"), false, june));
        assert!(within(Range::AtMost("2025-06"), false, june));
        assert!(!within(Range::Above("2025-06"), false, june));
        assert!(within(Range::Above("2025-06"), false, "2025-07-01"));
        assert!(within(Range::AtLeast("2025"), false, "2025-01-01"));
        assert!(!within(Range::Below("2025"), false, "2025-01-01"));
        assert!(within(Range::Exactly("2024-12"), false, "2024-12-31T23:00:00Z"));
        assert!(!within(Range::Exactly("2024-02-29"), false, "2024-03-01"));
    }

    #[test]
    fn a_relative_date_is_an_age_in_the_past() {
        assert!(within(Range::Above("30d"), false, "2025-05-01"));
        assert!(!within(Range::Above("30d"), false, "2025-06-01"));
        assert!(within(Range::Below("1d"), false, "2025-06-15"));
        assert!(within(Range::Between("7d", "30d"), false, "2025-06-01"));
        assert!(!within(Range::Between("7d", "30d"), false, "2025-06-14"));
        assert!(within(Range::Exactly("7d"), false, "2025-06-09"));
        assert!(!within(Range::Exactly("7d"), false, "2025-06-16"));
    }

    #[test]
    fn a_relative_date_is_what_remains_in_the_future() {
        assert!(within(Range::Below("14d"), true, "2025-06-20"));
        assert!(
            within(Range::Below("14d"), true, "2024-01-01"),
            "what is over is included"
        );
        assert!(!within(Range::Between("0d", "14d"), true, "2024-01-01"));
        assert!(!within(Range::Exactly("2w"), true, "2024-01-01"));
        assert!(within(Range::Above("2w"), true, "2025-07-01"));
    }

    #[test]
    fn what_no_calendar_has_is_no_date() {
        for text in [
            "",
            "7",
            "d",
            "-7d",
            "2025-13",
            "2025-02-30",
            "25-01",
            "2025-1",
            "2025-01-01-01",
            "soon",
            "7days",
        ] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_open() {
        assert!(within(Range::Exactly("9999"), false, "9999-12-30"));
        assert!(within(Range::Below("4294967295y"), true, "9999-12-30"));
    }

    proptest! {
        #[test]
        fn every_form_reads_back(year in 0u16..10_000, month in 1u8..13, day in 1u8..32, count: u32, unit in 0usize..5,
                                 ms in -60_000_000_000_000i64..250_000_000_000_000) {
            let unit = Unit::ALL[unit];
            let forms = [When::year(year), When::month(year, month), When::day(year, month, day),
                         Some(When::span(count, unit)), When::at(UnixMs(ms))];
            for when in forms.into_iter().flatten() {
                prop_assert_eq!(When::parse(&when.to_string()), Some(when));
                let _ = Range::Exactly(when).resolve(UnixMs(ms), true);
            }
        }
    }
}
