//! Numbers and dates for people, by the browser's `Intl`; natively, for tests, by the same rules in UTC.
//!
//! The texts are English, so the numbers and dates are too; only the time zone is the reader's.

use roster_core::UnixMs;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Makes the formats while there is nothing else to do: the first one takes a browser longer than a list of cards.
pub fn prepare() {
    intl::prepare();
}

/// A whole number: `78,976`.
pub fn number(number: i64) -> String {
    intl::number(number)
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

/// A date and time of day: `2 Mar 2022, 16:11`.
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

#[cfg(target_arch = "wasm32")]
mod intl {
    use js_sys::{Array, Date, Intl, Object, Reflect};
    use roster_core::UnixMs;
    use wasm_bindgen::JsValue;

    /// The language of the texts.
    const LOCALE: &str = "en-GB";

    struct Formats {
        number: Intl::NumberFormat,
        plural: Intl::PluralRules,
        date: Intl::DateTimeFormat,
        date_time: Intl::DateTimeFormat,
        month: Intl::DateTimeFormat,
        month_short: Intl::DateTimeFormat,
        relative: Intl::RelativeTimeFormat,
    }

    thread_local! {
        /// Making a format takes longer than using it a hundred times.
        static FORMATS: Formats = {
            let locales = Array::of1(&JsValue::from_str(LOCALE));
            let day = [("day", "numeric"), ("month", "short"), ("year", "numeric")];
            let time = [("hour", "2-digit"), ("minute", "2-digit")];
            Formats {
                number: Intl::NumberFormat::new(&locales, &Object::new()),
                plural: Intl::PluralRules::new(&locales, &Object::new()),
                date: Intl::DateTimeFormat::new(&locales, &options(&day)),
                date_time: Intl::DateTimeFormat::new(&locales, &options(&[&day[..], &time[..]].concat())),
                // Months begin and end in UTC, as the index counts them.
                month: Intl::DateTimeFormat::new(&locales, &options(&[("month", "short"), ("year", "numeric"), ("timeZone", "UTC")])),
                month_short: Intl::DateTimeFormat::new(&locales, &options(&[("month", "short"), ("timeZone", "UTC")])),
                relative: Intl::RelativeTimeFormat::new(&locales, &Object::new()),
            }
        };
    }

    fn options(pairs: &[(&str, &str)]) -> Object {
        let options = Object::new();
        for (key, value) in pairs {
            // Setting a key of a plain object cannot fail.
            let _set = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
        }
        options
    }

    pub(super) fn prepare() {
        // The first text of a format loads the language's data.
        let _texts = (number(0), date(UnixMs(0)));
    }

    #[expect(clippy::cast_precision_loss, reason = "a count beyond 2^53 is shown rounded")]
    pub(super) fn number(number: i64) -> String {
        let shown = FORMATS.with(|formats| {
            formats
                .number
                .format()
                .call1(&JsValue::NULL, &JsValue::from_f64(number as f64))
        });
        text(shown.ok()).unwrap_or_else(|| number.to_string())
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a count beyond 2^53 has the form of its rounded one"
    )]
    pub(super) fn plural(n: u64) -> super::Plural {
        let word: String = FORMATS.with(|formats| formats.plural.select(n as f64).into());
        super::Plural::named(&word)
    }

    pub(super) fn date(at: UnixMs) -> String {
        shown(at, |formats| &formats.date)
    }

    pub(super) fn date_time(at: UnixMs) -> String {
        shown(at, |formats| &formats.date_time)
    }

    pub(super) fn month(at: UnixMs) -> String {
        shown(at, |formats| &formats.month)
    }

    pub(super) fn month_short(at: UnixMs) -> String {
        shown(at, |formats| &formats.month_short)
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit in 53 bits")]
    fn shown(at: UnixMs, format: fn(&Formats) -> &Intl::DateTimeFormat) -> String {
        let moment = Date::new(&JsValue::from_f64(at.0 as f64));
        // A date beyond what JavaScript can show throws; the exact instant is shown instead.
        let shown = FORMATS.with(|formats| format(formats).format().call1(&JsValue::NULL, &moment));
        text(shown.ok()).unwrap_or_else(|| at.to_string())
    }

    #[expect(clippy::cast_precision_loss, reason = "at most seven days")]
    pub(super) fn relative(n: i64, unit: &str) -> String {
        FORMATS.with(|formats| formats.relative.format(n as f64, unit).into())
    }

    fn text(value: Option<JsValue>) -> Option<String> {
        value?.as_string()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod intl {
    use roster_core::UnixMs;

    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec",
    ];

    pub(super) fn prepare() {}

    pub(super) fn number(number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        if number < 0 { format!("-{out}") } else { out }
    }

    /// English, for tests.
    pub(super) fn plural(n: u64) -> super::Plural {
        if n == 1 {
            super::Plural::One
        } else {
            super::Plural::Other
        }
    }

    pub(super) fn date(at: UnixMs) -> String {
        let Some((year, month, day)) = at.date() else {
            return at.to_string();
        };
        let month = usize::try_from(month - 1).ok().and_then(|place| MONTHS.get(place));
        format!("{day} {} {year}", month.unwrap_or(&"?"))
    }

    pub(super) fn month(at: UnixMs) -> String {
        let date = date(at);
        date.split_once(' ')
            .map_or_else(String::new, |(_, month)| month.to_owned())
    }

    pub(super) fn month_short(at: UnixMs) -> String {
        month(at).split(' ').next().unwrap_or_default().to_owned()
    }

    pub(super) fn date_time(at: UnixMs) -> String {
        let time = at.to_string();
        format!("{}, {}", date(at), time.get(11..16).unwrap_or_default())
    }

    pub(super) fn relative(n: i64, unit: &str) -> String {
        let plural = if n.abs() == 1 { "" } else { "s" };
        let n_units = n.abs();
        if n < 0 {
            format!("{n_units} {unit}{plural} ago")
        } else {
            format!("in {n_units} {unit}{plural}")
        }
    }
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
        assert_eq!(date_time(NOW), "2 Mar 2022, 16:11");
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
