//! Instants in the forms in which the three APIs write them.

use roster_core::UnixMs;

pub(crate) const SECOND_MS: i64 = 1_000;
pub(crate) const MINUTE_MS: i64 = 60 * SECOND_MS;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// `2022-03-02T16:11:00Z`.
pub(crate) fn iso_seconds(at: UnixMs) -> String {
    format!("{}Z", civil(at))
}

/// `2021-11-08T18:53:18.337805`: six digits, no zone. InsightIQ means UTC.
pub(crate) fn naive_micros(at: UnixMs, micros: u64) -> String {
    format!("{}.{:03}{:03}", civil(at), at.0.rem_euclid(SECOND_MS), micros % 1000)
}

/// `2016-01-01T00:00:00`: no fraction, no zone.
pub(crate) fn naive_seconds(at: UnixMs) -> String {
    civil(at)
}

/// `2024-01-11`.
pub(crate) fn date(at: UnixMs) -> String {
    civil(at).chars().take(10).collect()
}

/// `2024-01-11-22-42`, as in the names of Ayrshare's batch files.
pub(crate) fn minute_name(at: UnixMs) -> String {
    civil(at)
        .chars()
        .take(16)
        .map(|c| if c.is_ascii_digit() { c } else { '-' })
        .collect()
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(at: UnixMs) -> String {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month, day) = at.date().unwrap_or((1970, 1, 1));
    let weekday = usize::try_from(at.0.div_euclid(DAY_MS).rem_euclid(7)).unwrap_or(0);
    let weekday = WEEKDAYS.get(weekday).copied().unwrap_or_default();
    let month = usize::from(month.unsigned_abs()).saturating_sub(1);
    let month = MONTHS.get(month).copied().unwrap_or_default();
    let time: String = civil(at).chars().skip(11).collect();
    format!("{weekday}, {day:02} {month} {year} {time} GMT")
}

/// The instant at the start of its hour, day or other step of `step_ms`.
pub(crate) fn floor(at: UnixMs, step_ms: i64) -> UnixMs {
    at.plus_ms(-at.0.rem_euclid(step_ms))
}

/// `2022-03-02T16:11:00`.
fn civil(at: UnixMs) -> String {
    at.to_string().chars().take(19).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_the_documented_one() {
        let at = UnixMs::parse("2022-03-02T16:11:07.039Z").unwrap();
        assert_eq!(iso_seconds(at), "2022-03-02T16:11:07Z");
        assert_eq!(naive_micros(at, 1805), "2022-03-02T16:11:07.039805");
        assert_eq!(naive_seconds(at), "2022-03-02T16:11:07");
        assert_eq!(date(at), "2022-03-02");
        assert_eq!(minute_name(at), "2022-03-02-16-11");
        assert_eq!(http_date(at), "Wed, 02 Mar 2022 16:11:07 GMT");
        assert_eq!(
            UnixMs::from_http_date(&http_date(at)),
            UnixMs::parse("2022-03-02T16:11:07Z")
        );
        assert_eq!(floor(at, HOUR_MS), UnixMs::parse("2022-03-02T16:00:00Z").unwrap());
    }
}
