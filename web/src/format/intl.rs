//! By the browser's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Date, Intl, Object, Reflect};
use roster_core::UnixMs;
use wasm_bindgen::JsValue;

/// The language of the texts.
const LOCALE: &str = "en-GB";

/// The formats of one zone.
struct Dates {
    date: Intl::DateTimeFormat,
    date_time: Intl::DateTimeFormat,
}

impl Dates {
    fn of(zone: &[(&str, &str)]) -> Self {
        let locales = Array::of1(&JsValue::from_str(LOCALE));
        let day = [("day", "numeric"), ("month", "short"), ("year", "numeric")];
        let time = [("hour", "2-digit"), ("minute", "2-digit"), ("timeZoneName", "short")];
        Self {
            date: Intl::DateTimeFormat::new(&locales, &options(&[&day[..], zone].concat())),
            date_time: Intl::DateTimeFormat::new(&locales, &options(&[&day[..], &time[..], zone].concat())),
        }
    }
}

struct Formats {
    number: Intl::NumberFormat,
    plural: Intl::PluralRules,
    month: Intl::DateTimeFormat,
    month_short: Intl::DateTimeFormat,
    relative: Intl::RelativeTimeFormat,
}

thread_local! {
    /// Making a format takes longer than using it a hundred times.
    static FORMATS: Formats = {
        let locales = Array::of1(&JsValue::from_str(LOCALE));
        Formats {
            number: Intl::NumberFormat::new(&locales, &Object::new()),
            plural: Intl::PluralRules::new(&locales, &Object::new()),
            // Months begin and end in UTC, as the index counts them.
            month: Intl::DateTimeFormat::new(&locales, &options(&[("month", "short"), ("year", "numeric"), ("timeZone", "UTC")])),
            month_short: Intl::DateTimeFormat::new(&locales, &options(&[("month", "short"), ("timeZone", "UTC")])),
            relative: Intl::RelativeTimeFormat::new(&locales, &Object::new()),
        }
    };
}

thread_local! {
    static SEPARATOR: Option<String> = separator();
    static IS_ONE_OR_OTHER: bool = is_one_or_other();
}

thread_local! {
    static LOCAL: Dates = Dates::of(&[]);
    static UTC: Dates = Dates::of(&[("timeZone", "UTC")]);
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

pub(super) fn upper(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}

/// What `Intl` writes between three digits and the next three is asked once: there are dozens of numbers on the screen,
/// and each question costs more than the number is worth. A language that writes numbers otherwise is asked each time.
pub(super) fn number(number: i64) -> String {
    SEPARATOR.with(|separator| match separator {
        Some(separator) => super::grouped(number, separator),
        None => asked(number),
    })
}

fn separator() -> Option<String> {
    const SAMPLES: [i64; 3] = [-1_234_567, 1_234, 890];
    let text = asked(SAMPLES[1]);
    let separator = text.strip_prefix('1')?.strip_suffix("234")?;
    let is_so = |number: &i64| super::grouped(*number, separator) == asked(*number);
    SAMPLES.iter().all(is_so).then(|| separator.to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "a count beyond 2^53 is shown rounded")]
fn asked(number: i64) -> String {
    let shown = FORMATS.with(|formats| {
        formats
            .number
            .format()
            .call1(&JsValue::NULL, &JsValue::from_f64(number as f64))
    });
    text(shown.ok()).unwrap_or_else(|| number.to_string())
}

/// Whether only 1 has a form of its own, as in the language of the texts, is asked once: each question costs more than
/// what a profile's card says. Any language with more forms has one of them for one of these numbers.
pub(super) fn plural(n: u64) -> super::Plural {
    if IS_ONE_OR_OTHER.with(|is_so| *is_so) {
        super::plain_plural(n)
    } else {
        asked_plural(n)
    }
}

fn is_one_or_other() -> bool {
    const SAMPLES: [u64; 14] = [0, 1, 2, 3, 4, 5, 6, 8, 11, 20, 21, 100, 101, 1_000_000];
    SAMPLES.iter().all(|n| asked_plural(*n) == super::plain_plural(*n))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count beyond 2^53 has the form of its rounded one"
)]
fn asked_plural(n: u64) -> super::Plural {
    let word: String = FORMATS.with(|formats| formats.plural.select(n as f64).into());
    super::Plural::named(&word)
}

thread_local! {
    /// The names of the months in a date, as `Intl` has written them.
    static MONTHS: RefCell<[Option<String>; 12]> = RefCell::default();
}

/// `Intl` is asked for one date of each month, which says how it names the month; the others are put together: each
/// question costs more than the rest of a card. Where it writes no day, name and year in a row, it is asked each time.
pub(super) fn date(at: UnixMs) -> String {
    let Some((day, month, year)) = day_of(at) else {
        return asked_date(at);
    };
    let known = MONTHS.with_borrow(|months| months.get(month).cloned().flatten());
    if let Some(name) = known {
        return [&day, " ", &name, " ", &year].concat();
    }
    let text = asked_date(at);
    let name = text
        .strip_prefix(&[&day, " "].concat())
        .and_then(|rest| rest.strip_suffix(&[" ", &year].concat()));
    MONTHS.with_borrow_mut(|months| {
        if let Some(known) = months.get_mut(month) {
            *known = name.map(str::to_owned);
        }
    });
    text
}

/// Day, month from 0 and year in the zone of the screen, of years that are written with four digits.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit in 53 bits")]
fn day_of(at: UnixMs) -> Option<(String, usize, String)> {
    let moment = Date::new(&JsValue::from_f64(at.0 as f64));
    let (day, month, year) = match super::ZONE.get() {
        super::Zone::Local => (moment.get_date(), moment.get_month(), moment.get_full_year()),
        super::Zone::Utc => (
            moment.get_utc_date(),
            moment.get_utc_month(),
            moment.get_utc_full_year(),
        ),
    };
    let is_usual = (1..=31).contains(&day) && (1000..=9999).contains(&year);
    is_usual.then(|| (day.to_string(), month as usize, year.to_string()))
}

fn asked_date(at: UnixMs) -> String {
    dated(at, |dates| &dates.date)
}

pub(super) fn date_time(at: UnixMs) -> String {
    dated(at, |dates| &dates.date_time)
}

pub(super) fn month(at: UnixMs) -> String {
    FORMATS.with(|formats| shown(at, &formats.month))
}

pub(super) fn month_short(at: UnixMs) -> String {
    FORMATS.with(|formats| shown(at, &formats.month_short))
}

/// In the zone of the screen.
fn dated(at: UnixMs, format: fn(&Dates) -> &Intl::DateTimeFormat) -> String {
    let dates = match super::ZONE.get() {
        super::Zone::Local => &LOCAL,
        super::Zone::Utc => &UTC,
    };
    dates.with(|dates| shown(at, format(dates)))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit in 53 bits")]
fn shown(at: UnixMs, format: &Intl::DateTimeFormat) -> String {
    let moment = Date::new(&JsValue::from_f64(at.0 as f64));
    // A date beyond what JavaScript can show throws; the exact instant is shown instead.
    let shown = format.format().call1(&JsValue::NULL, &moment);
    text(shown.ok()).unwrap_or_else(|| at.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "at most seven days")]
pub(super) fn relative(n: i64, unit: &str) -> String {
    FORMATS.with(|formats| formats.relative.format(n as f64, unit).into())
}

fn text(value: Option<JsValue>) -> Option<String> {
    value?.as_string()
}
