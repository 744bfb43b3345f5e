//! Instants as text: ISO 8601, and the date of HTTP.
//!
//! A library that also knows time zones, durations and their error texts takes a tenth of the npm module; the tests hold
//! this against one.

use super::{DAY_MS, calendar};

/// What is left to read. Each step takes something from the front, or leaves it as it is.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        wanted(*first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.take(|found| found == byte).is_some()
    }

    /// A number of so many digits.
    fn number(&mut self, n_digits: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(n_digits)?;
        let number = digits.iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
        })?;
        self.0 = rest;
        Some(number)
    }

    /// A number of two digits up to `max`, after a colon if there is to be one.
    fn part(&mut self, has_colon: bool, max: i64) -> Option<i64> {
        let mut ahead = Text(self.0);
        let number = (!has_colon || ahead.takes(b':')).then(|| ahead.number(2))??;
        self.0 = ahead.0;
        Some(number).filter(|number| *number <= max)
    }

    /// Milliseconds of a fraction of one to nine digits, and whether anything is behind them.
    fn fraction(&mut self) -> Option<(i64, bool)> {
        if self.take(|found| matches!(found, b'.' | b',')).is_none() {
            return Some((0, false));
        }
        let n_digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut nanos = self.number(n_digits).filter(|_| (1..=9).contains(&n_digits))?;
        for _ in n_digits..9 {
            nanos *= 10;
        }
        Some((nanos / 1_000_000, nanos % 1_000_000 > 0))
    }

    /// Days from 1970-01-01: `2022-03-02`, `20220302`, `+002022-03-02`.
    fn date(&mut self) -> Option<i64> {
        let year = match self.take(|found| matches!(found, b'+' | b'-')) {
            None => self.number(4)?,
            Some(b'-') => -self.number(6).filter(|year| *year > 0)?,
            Some(_) => self.number(6)?,
        };
        let has_dashes = self.takes(b'-');
        let month = self.number(2)?;
        if has_dashes && !self.takes(b'-') {
            return None;
        }
        calendar::days(year, month, self.number(2)?)
    }

    /// Milliseconds of the day, and whether anything is behind them: `16`, `16:11`, `16:11:00.839`, `161100`. A leap
    /// second counts as the one before.
    fn time(&mut self) -> Option<(i64, bool)> {
        let hour = self.number(2).filter(|hour| *hour < 24)?;
        let has_colons = self.0.first() == Some(&b':');
        if !has_colons && !self.0.first().is_some_and(u8::is_ascii_digit) {
            return Some((hour * 3_600_000, false));
        }
        let minute = self.part(has_colons, 59)?;
        let is_more = self.0.first().is_some_and(|found| {
            if has_colons {
                *found == b':'
            } else {
                found.is_ascii_digit()
            }
        });
        let minutes = hour * 60 + minute;
        if !is_more {
            return Some((minutes * 60_000, false));
        }
        let second = self.part(has_colons, 60)?.min(59);
        let (ms, has_rest) = self.fraction()?;
        Some(((minutes * 60 + second) * 1000 + ms, has_rest))
    }

    /// Seconds east of UTC: `Z`, `+02`, `+0200`, `+02:00`; nothing is UTC.
    fn offset(&mut self) -> Option<i64> {
        let Some(sign) = self.take(|found| matches!(found, b'Z' | b'z' | b'+' | b'-')) else {
            return Some(0);
        };
        if matches!(sign, b'Z' | b'z') {
            return Some(0);
        }
        let hours = self.number(2).filter(|hours| *hours <= 25)?;
        let has_colon = self.0.first() == Some(&b':');
        let minutes = if self.0.is_empty() {
            0
        } else {
            self.part(has_colon, 59)?
        };
        let seconds = (hours * 60 + minutes) * 60;
        Some(if sign == b'-' { -seconds } else { seconds })
    }
}

/// Unix milliseconds of an ISO 8601 date or date-time; fractions of a millisecond are cut off.
pub(super) fn iso(text: &str) -> Option<i64> {
    let mut text = Text(text.as_bytes());
    let days = text.date()?;
    if text.0.is_empty() {
        return Some(days * DAY_MS);
    }
    text.take(|found| matches!(found, b'T' | b't' | b' '))?;
    let (time_ms, has_rest) = text.time()?;
    let ms = days * DAY_MS + time_ms - text.offset()? * 1000;
    text.0.is_empty().then_some(ms + i64::from(ms < 0 && has_rest))
}

const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Unix milliseconds of `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that a server may send. The name of the day says
/// nothing that the date does not.
pub(super) fn http(text: &str) -> Option<i64> {
    let (weekday, date) = text.split_once(", ")?;
    if weekday.len() != 3 {
        return None;
    }
    let mut text = Text(date.as_bytes());
    let day = text.number(2)?;
    let rest = text.0.strip_prefix(b" ")?;
    let (name, rest) = rest.split_at_checked(3)?;
    let month = (1..).zip(MONTHS).find(|(_, month)| *month == name)?.0;
    let mut text = Text(rest.strip_prefix(b" ")?);
    let year = text.number(4)?;
    let mut text = Text(text.0.strip_prefix(b" ")?);
    let (time_ms, _) = text.time()?;
    (text.0 == b" GMT").then_some(calendar::days(year, month, day)? * DAY_MS + time_ms)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::DateTime;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    /// What the library reads; it ends some hours before the year 10,000.
    fn peer(text: &str) -> Option<i64> {
        let stamp = text.parse::<Timestamp>().ok().or_else(|| {
            let civil: DateTime = text.parse().ok()?;
            TimeZone::UTC.to_timestamp(civil).ok()
        })?;
        Some(stamp.as_millisecond())
    }

    proptest! {
        #[test]
        fn what_is_like_an_instant_is_read_as_the_library_reads_it(
            date in "(-00[0-9]{4}|\\+00[0-8][0-9]{3}|[0-8][0-9]{3})(-[01][0-9]-[0-3][0-9]|[01][0-9][0-3][0-9])",
            time in "([Tt ][0-2][0-9](:[0-5][0-9](:[0-6][0-9])?|[0-5][0-9]([0-6][0-9])?)?)?",
            fraction in "([.,][0-9]{0,10})?",
            offset in "(|Z|z|[+-][01][0-9](:?[0-5][0-9])?)",
        ) {
            let text = format!("{date}{time}{fraction}{offset}");
            prop_assert_eq!(iso(&text), peer(&text), "{}", text);
        }

        #[test]
        fn no_other_text_is_an_instant(text in "[-+0-9TZ:., ]{0,30}") {
            if let Some(ms) = iso(&text) {
                prop_assert_eq!(Some(ms), peer(&text), "{}", text);
            }
        }

        #[test]
        fn every_day_is_found_again(days in -4_000_000_i64..4_000_000) {
            let (year, month, day) = calendar::date(days);
            prop_assert_eq!(calendar::days(year, month, day), Some(days));
            let civil = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days));
            if let Ok(civil) = civil {
                prop_assert_eq!((year, month, day), (civil.year().into(), civil.month().into(), civil.day().into()));
            }
        }

        #[test]
        fn dates_of_http_are_read_as_the_library_reads_them(seconds in 0_i64..253_402_207_200) {
            let stamp = Timestamp::from_second(seconds).unwrap();
            let text = stamp.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            prop_assert_eq!(http(&text), Some(seconds * 1000), "{}", text);
        }
    }

    #[test]
    fn the_last_instants_of_the_year_9999_are_read() {
        assert_eq!(iso("9999-12-31T23:59:59.999Z"), Some(253_402_300_799_999));
    }

    #[test]
    fn what_is_no_date_of_http_is_refused() {
        for text in [
            "",
            "soon",
            "Sun, 06 Nov 1994",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
        ] {
            assert_eq!(http(text), None, "{text}");
        }
    }
}
