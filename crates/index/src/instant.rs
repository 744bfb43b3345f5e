//! Instants as text: the two forms that nearly all records use are read digit by digit, the rest by core.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use roster_core::UnixMs;

use crate::scan::word;

const DAY_MS: i64 = 86_400_000;

/// Unix milliseconds of an ISO 8601 date or date-time, as [`UnixMs::parse`] reads it; also of the American date
/// `11/26/1989`, which InsightIQ's documentation uses for birth dates.
pub(crate) fn instant(bytes: &[u8]) -> Option<f64> {
    let exact = utc(bytes).or_else(|| rare(std::str::from_utf8(bytes).ok()?));
    #[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
    exact.map(|ms| ms as f64)
}

fn rare(text: &str) -> Option<i64> {
    UnixMs::parse(text).map(|instant| instant.0).or_else(|| american(text))
}

/// `2022-03-02T16:11:00.839Z`, the fraction of any length or missing, the zone missing or `Z`.
fn utc(text: &[u8]) -> Option<i64> {
    let date = pairs(word(text, 0)?, *b"0000-00-")?;
    let middle = pairs(word(text, 8)?, *b"00T00:00")?;
    let time = pairs(word(text, 11)?, *b"00:00:00")?;
    let pair = |pairs: u64, at: u32| i64::try_from(pairs >> (8 * at) & 0xFF).unwrap_or(0);
    let (year, month, day) = (pair(date, 0) * 100 + pair(date, 2), pair(date, 5), pair(middle, 0));
    let (hour, minute, second) = (pair(time, 0), pair(time, 3), pair(time, 6));
    // Before 1970 core rounds fractions of a millisecond the other way.
    let is_valid = year >= 1970 && is_day(month, day) && hour < 24 && minute < 60 && second < 60;
    let ms = fraction_ms(text.get(19..)?)?;
    is_valid.then(|| days(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + ms)
}

/// For each byte the number that it and the next one say, if the text has digits where the form has a 0, and otherwise
/// what the form has.
#[inline]
fn pairs(text: u64, form: [u8; 8]) -> Option<u64> {
    let limit = |byte: u8| if byte == b'0' { 0x76 } else { 0x7F };
    let (form, limits) = (u64::from_le_bytes(form), u64::from_le_bytes(form.map(limit)));
    let digits = text ^ form;
    // Above 9, or other than the form, the high bit is set, or gets set by the addition.
    let above = digits | ((digits & 0x7F7F_7F7F_7F7F_7F7F) + limits);
    let is_wrong = above & 0x8080_8080_8080_8080 != 0;
    (!is_wrong).then(|| digits * 10 + (digits >> 8))
}

/// The 29th of February is left to core, which knows leap years.
const fn is_day(month: i64, day: i64) -> bool {
    let n_days = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    day >= 1 && day <= n_days
}

#[inline(always)]
fn fraction_ms(rest: &[u8]) -> Option<i64> {
    let rest = rest.strip_suffix(b"Z").unwrap_or(rest);
    let digits = match rest {
        [] => return Some(0),
        [b'.', a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', finer @ ..]
            if finer.len() <= 6 && finer.iter().all(u8::is_ascii_digit) =>
        {
            return Some(i64::from(*a) * 100 + i64::from(*b) * 10 + i64::from(*c) - 111 * i64::from(b'0'));
        }
        [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => digits,
        _ => return None,
    };
    number(digits)?;
    let padded = digits.iter().copied().chain(std::iter::repeat(b'0'));
    Some(padded.take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0')))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
    })
}

/// Days from 1970-01-01 to a later day in the Gregorian calendar, by counting years from March, so that the leap day is
/// the last.
#[inline(always)]
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

fn american(text: &str) -> Option<i64> {
    let mut parts = text.trim().splitn(3, '/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_date = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
    is_date
        .then(|| UnixMs::parse(&format!("{year}-{month:0>2}-{day:0>2}")))?
        .map(|instant| instant.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_reads_what_core_reads(
            (y, m, d) in (0_u16..=9999, 0_u8..14, 0_u8..33),
            (h, i, s) in (0_u8..25, 0_u8..61, 0_u8..61),
            tail in "(\\.[0-9]{0,10})?(Z|\\+02:00|)",
        ) {
            let text = format!("{y:04}-{m:02}-{d:02}T{h:02}:{i:02}:{s:02}{tail}");
            if let Some(ms) = utc(text.as_bytes()) {
                prop_assert_eq!(Some(UnixMs(ms)), UnixMs::parse(&text), "{}", text);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            prop_assert!(instant(text.as_bytes()).is_none_or(f64::is_finite));
        }
    }

    #[test]
    fn dates_of_birth_are_read_in_both_forms() {
        assert_eq!(instant(b"1989-11-26"), Some(628_041_600_000.0));
        assert_eq!(instant(b"11/26/1989"), Some(628_041_600_000.0));
        assert_eq!(instant(b"13/26/1989"), None);
        assert_eq!(utc(b"2022-03-02T16:11:00.839Z"), Some(1_646_237_460_839));
        assert_eq!(utc(b"2021-11-08T18:53:18.337805"), Some(1_636_397_598_337));
    }
}
