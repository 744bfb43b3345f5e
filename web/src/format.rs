//! Numbers and dates for people, by the browser's `Intl`; natively, for tests, by the same rules in UTC.
//!
//! The texts are English, so the numbers and dates are too; only the time zone is the reader's, or UTC if that is wanted.

#[cfg(target_arch = "wasm32")]
mod intl;
#[cfg(not(target_arch = "wasm32"))]
mod plain;

use std::cell::Cell;

use roster_core::UnixMs;

#[cfg(not(target_arch = "wasm32"))]
use self::plain as intl;

thread_local! {
    /// Every date on the screen is in one zone, wherever it is written.
    static ZONE: Cell<Zone> = const { Cell::new(Zone::Local) };
}

/// The time zone of what is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// The reader's.
    #[default]
    Local,
    /// The one in which the APIs write.
    Utc,
}

impl Zone {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Local => Self::Utc,
            Self::Utc => Self::Local,
        }
    }
}

/// From now on dates are shown in this zone.
pub fn show_in(zone: Zone) {
    ZONE.set(zone);
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Makes the formats while there is nothing else to do: the first one takes a browser longer than a list of cards.
pub fn prepare() {
    intl::prepare();
}

/// The text in capitals. Only the browser's tables know more than English; our own would weigh eight kilobytes.
pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_uppercase()
    } else {
        intl::upper(text)
    }
}

/// A whole number: `78,976`.
pub fn number(number: i64) -> String {
    intl::number(number)
}

/// A whole number, its digits by threes.
fn grouped(number: i64, separator: &str) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * separator.len() + 1);
    if number < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// A number with at most two decimals: `1.25`.
#[expect(clippy::cast_possible_truncation, reason = "a count beyond 2^63 is shown as 2^63")]
pub fn decimal(number: f64) -> String {
    let cents = (number.abs() * 100.0).round() as i64;
    let sign = if number < 0.0 && cents > 0 { "-" } else { "" };
    let whole = [sign, &self::number(cents / 100)].concat();
    match cents % 100 {
        0 => whole,
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

/// A count: `78,976`.
pub fn count(count: u64) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A count of things in memory.
pub fn length(length: usize) -> String {
    number(i64::try_from(length).unwrap_or(i64::MAX))
}

/// Part of a whole in percent, rounded down so that 100 % means all.
pub fn percent(part: u64, whole: u64) -> String {
    let percent = if whole == 0 {
        100
    } else {
        (u128::from(part) * 100 / u128::from(whole)).min(100)
    };
    format!("{percent} %")
}

/// The kinds of numbers that languages tell apart, as Unicode names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// As none.
    Zero,
    /// As one.
    One,
    /// As two.
    Two,
    /// As a few.
    Few,
    /// As many.
    Many,
    /// As any other.
    Other,
}

impl Plural {
    /// The kind of a word of `Intl.PluralRules`.
    pub fn named(word: &str) -> Self {
        match word {
            "zero" => Self::Zero,
            "one" => Self::One,
            "two" => Self::Two,
            "few" => Self::Few,
            "many" => Self::Many,
            _ => Self::Other,
        }
    }
}

/// The kind of a number in the language of the texts.
pub fn plural(n: u64) -> Plural {
    intl::plural(n)
}

/// The same where 1 has a form and all others have one.
fn plain_plural(n: u64) -> Plural {
    if n == 1 { Plural::One } else { Plural::Other }
}

/// A date: `2 Mar 2022`.
pub fn date(at: UnixMs) -> String {
    intl::date(at)
}

/// A month: `Mar 2022`.
pub fn month(at: UnixMs) -> String {
    intl::month(at)
}

/// A month in its shortest form: `Mar`.
pub fn month_short(at: UnixMs) -> String {
    intl::month_short(at)
}

/// A number in a few letters: `950`, `1k`, `12k`, `3m`.
pub fn count_short(number: f64) -> String {
    const UNITS: [(f64, &str); 2] = [(1_000_000.0, "m"), (1_000.0, "k")];
    let found = UNITS.iter().find(|(unit, _)| number >= *unit);
    let (number, letter) = found.map_or((number, ""), |(unit, letter)| (number / unit, *letter));
    let tenths = if number < 10.0 {
        (number * 10.0).floor() / 10.0
    } else {
        number.floor()
    };
    decimal(tenths) + letter
}

/// A date and time of day with its zone: `2 Mar 2022, 16:11 UTC`.
pub fn date_time(at: UnixMs) -> String {
    intl::date_time(at)
}

/// A date within seven days as seen from now ("in 2 days"), else the date itself.
pub fn near_date(at: UnixMs, now: UnixMs) -> String {
    let ms = at.since(now);
    if ms.abs() >= 7 * DAY_MS { date(at) } else { ago(ms) }
}

/// A distance in time: `3 days ago`, `in 2 hours`, `just now`.
fn ago(ms: i64) -> String {
    const UNITS: [(i64, &str); 3] = [(DAY_MS, "day"), (3_600_000, "hour"), (60_000, "minute")];
    let found = UNITS.iter().find(|(unit_ms, _)| ms.abs() >= *unit_ms);
    found.map_or_else(
        || "just now".to_owned(),
        |(unit_ms, unit)| intl::relative(ms / unit_ms, unit),
    )
}

/// Days from now, rounded up to a started day; negative if it has passed.
pub fn days_until(at: UnixMs, now: UnixMs) -> i64 {
    let ms = at.since(now);
    if ms > 0 { (ms - 1) / DAY_MS + 1 } else { ms / DAY_MS }
}

/// A span: `45 s`, `3 min 20 s`, `2 h 5 min`.
pub fn span(ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => "under 1 s".to_owned(),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// Whole seconds that a wait still lasts, rounded up.
pub fn seconds_left(until: UnixMs, now: UnixMs) -> i64 {
    (until.since(now).max(0) + 999) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_646_237_460_839);

    #[test]
    fn numbers_are_grouped_and_percent_is_never_100_before_all() {
        assert_eq!(
            (number(0), number(999), number(-1_234_567)),
            ("0".into(), "999".into(), "-1,234,567".into())
        );
        assert_eq!((percent(239, 240), percent(240, 240)), ("99 %".into(), "100 %".into()));
        assert_eq!((percent(1, 0), percent(7, 5)), ("100 %".into(), "100 %".into()));
    }

    #[test]
    fn dates_within_seven_days_are_seen_from_now() {
        assert_eq!(date(NOW), "2 Mar 2022");
        assert_eq!(date_time(NOW), "2 Mar 2022, 16:11 UTC");
        assert_eq!(near_date(NOW.plus_ms(-DAY_MS), NOW), "1 day ago");
        assert_eq!(near_date(NOW.plus_ms(3 * 3_600_000), NOW), "in 3 hours");
        assert_eq!(near_date(NOW.plus_ms(59_999), NOW), "just now");
        assert_eq!(near_date(NOW.plus_ms(7 * DAY_MS), NOW), "9 Mar 2022");
        assert_eq!(
            (days_until(NOW.plus_ms(1), NOW), days_until(NOW.plus_ms(-1), NOW)),
            (1, 0)
        );
    }

    #[test]
    fn numbers_and_months_have_a_short_form_that_never_says_too_much() {
        let short = [0.0, 999.0, 1_000.0, 1_990.0, 12_345.0, 999_999.0, 3_000_000.0].map(count_short);
        assert_eq!(short, ["0", "999", "1k", "1.9k", "12k", "999k", "3m"]);
        assert_eq!((month(NOW), month_short(NOW)), ("Mar 2022".into(), "Mar".into()));
        assert_eq!(
            [1.25, -0.5, 1e6, 0.999].map(decimal),
            ["1.25", "-0.5", "1,000,000", "1"]
        );
    }

    #[test]
    fn spans_and_waits_are_whole_units() {
        assert_eq!(
            (span(45_999), span(200_000), span(7_500_000)),
            ("45 s".into(), "3 min 20 s".into(), "2 h 5 min".into())
        );
        assert_eq!((span(-5), span(120_000)), ("under 1 s".into(), "2 min".into()));
        assert_eq!(
            (seconds_left(NOW.plus_ms(6001), NOW), seconds_left(NOW, NOW.plus_ms(5))),
            (7, 0)
        );
    }
}
