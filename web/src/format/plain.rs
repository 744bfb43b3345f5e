//! By the same rules without a browser, in UTC.

use roster_core::UnixMs;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec",
];

pub(super) fn prepare() {}

pub(super) fn upper(text: &str) -> String {
    text.to_uppercase()
}

pub(super) fn number(number: i64) -> String {
    super::grouped(number, ",")
}

/// English, for tests.
pub(super) fn plural(n: u64) -> super::Plural {
    super::plain_plural(n)
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
    format!("{}, {} UTC", date(at), time.get(11..16).unwrap_or_default())
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
