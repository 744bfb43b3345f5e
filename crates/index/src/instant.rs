//! Instants as text: the two forms that nearly all records use are read digit by digit, the rest by core.

use roster_core::UnixMs;

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
    let (date, rest) = text.split_first_chunk::<10>()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    let (month, day) = (number(&[*m1, *m2])?, number(&[*d1, *d2])?);
    let (time, rest) = rest.split_first_chunk::<9>()?;
    let [b'T', h1, h2, b':', i1, i2, b':', s1, s2] = time else {
        return None;
    };
    let (hour, minute, second) = (number(&[*h1, *h2])?, number(&[*i1, *i2])?, number(&[*s1, *s2])?);
    // Before 1970 core rounds fractions of a millisecond the other way.
    let is_valid = year >= 1970 && is_day(month, day) && hour < 24 && minute < 60 && second < 60;
    let ms = fraction_ms(rest)?;
    is_valid.then(|| days(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + ms)
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

fn fraction_ms(rest: &[u8]) -> Option<i64> {
    let rest = rest.strip_suffix(b"Z").unwrap_or(rest);
    let digits = match rest {
        [] => return Some(0),
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

/// Days from 1970-01-01 in the Gregorian calendar, by counting years from March, so that the leap day is the last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
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
