//! Faults on request: what goes wrong on which route, from which request on and how often.

use std::fmt;
use std::str::FromStr;

use crate::apis::{ENDPOINTS, Endpoint};

/// One fault. It is written `<provider>/<route>:<kind>[=<value>][@<first>[x<times>]]`, as in
/// `ayrshare/profiles:rate-limit=7@2x1`: the second request is refused with "retry after 7 seconds", once.
///
/// Without `@` every request meets it; without `x` every request from the first one on. Requests are counted per route,
/// from 1, and only those with a good key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    endpoint: &'static Endpoint,
    kind: Kind,
    first: u64,
    times: Option<u64>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 429, with `Retry-After` if there is a value.
    RateLimit { retry_after_s: Option<u32> },
    /// This status, in the provider's error envelope.
    Status(u16),
    /// The body comes slowly.
    Slow { bytes_per_second: u64 },
    /// The body ends early: after so many bytes, or in its middle.
    Cut { bytes: Option<usize> },
    /// One record of the page is a number.
    MalformedRecord,
    /// The next position is that of this page.
    RepeatedCursor,
    /// The position is refused.
    ExpiredCursor,
    /// A page without records, and a next position at which they are.
    EmptyMiddlePage,
    /// 200 with a web page.
    Html,
    /// 200 with `status: "error"`.
    Error200,
    /// The next link leads to another host.
    ForeignLink,
}

/// Bytes per second of `slow` without a value.
const SLOW_BYTES_PER_SECOND: u64 = 2_000;

/// The kinds, each with the providers it fits to; empty is all three. A kind about pages fits only to lists.
const KINDS: &[(&str, &[&str], bool)] = &[
    ("rate-limit", &[], false),
    ("status-<code>", &[], false),
    ("slow", &[], false),
    ("cut", &[], false),
    ("html", &[], false),
    ("malformed-record", &[], true),
    // InsightIQ has no position in its answers, and its end is an empty page.
    ("repeated-cursor", &["ayrshare", "upsun"], true),
    ("empty-middle-page", &["ayrshare", "upsun"], true),
    ("expired-cursor", &["ayrshare"], true),
    ("error-200", &["ayrshare"], false),
    ("foreign-link", &["upsun"], true),
];

/// Why a text is no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(String);

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}

impl Fault {
    /// How a fault is written.
    pub const FORM: &'static str = "<provider>/<route>:<kind>[=<value>][@<first>[x<times>]]";

    /// What goes wrong, if the `n`-th request to an endpoint meets this fault; `n` counts from 1.
    pub(crate) fn meets(&self, endpoint: &Endpoint, n: u64) -> Option<Kind> {
        let is_here = (self.endpoint.provider, self.endpoint.route) == (endpoint.provider, endpoint.route);
        let nth = n.checked_sub(self.first)?;
        (is_here && self.times.is_none_or(|times| nth < times)).then_some(self.kind)
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let form = || FaultError(format!("expected {}, found {text:?}", Self::FORM));
        let (place, what) = text.split_once(':').ok_or_else(form)?;
        let (provider, route) = place.split_once('/').ok_or_else(form)?;
        let endpoint = Endpoint::named(provider, route).ok_or_else(|| unknown_route(place))?;
        let (what, when) = what
            .split_once('@')
            .map_or((what, None), |(what, when)| (what, Some(when)));
        let (first, times) = match when {
            None => (1, None),
            Some(when) => span(when).ok_or_else(form)?,
        };
        let (name, value) = what
            .split_once('=')
            .map_or((what, None), |(name, value)| (name, Some(value)));
        Ok(Self {
            endpoint,
            kind: kind(endpoint, name, value)?,
            first,
            times,
        })
    }
}

/// `2` or `2x1`.
fn span(text: &str) -> Option<(u64, Option<u64>)> {
    let (first, times) = text
        .split_once('x')
        .map_or((text, None), |(first, times)| (first, Some(times)));
    let first = first.parse().ok().filter(|first| *first >= 1)?;
    match times {
        None => Some((first, None)),
        Some(times) => Some((first, Some(times.parse().ok().filter(|times| *times >= 1)?))),
    }
}

fn kind(endpoint: &Endpoint, name: &str, value: Option<&str>) -> Result<Kind, FaultError> {
    let status = name.strip_prefix("status-").and_then(|code| code.parse().ok());
    let known = if name.starts_with("status-") {
        "status-<code>"
    } else {
        name
    };
    if !kinds_of(endpoint).any(|kind| kind == known) {
        return Err(unknown_kind(endpoint, name));
    }
    let bad_value = || {
        FaultError(format!(
            "expected a whole number after {name}=, found {:?}",
            value.unwrap_or_default()
        ))
    };
    let kind = match known {
        "rate-limit" => Kind::RateLimit {
            retry_after_s: number(value).ok_or_else(bad_value)?,
        },
        "slow" => Kind::Slow {
            bytes_per_second: number(value).ok_or_else(bad_value)?.unwrap_or(SLOW_BYTES_PER_SECOND),
        },
        "cut" => Kind::Cut {
            bytes: number(value).ok_or_else(bad_value)?,
        },
        _ if value.is_some() => return Err(FaultError(format!("{name} takes no value"))),
        "status-<code>" => {
            let status = status.filter(|code| (400..=599).contains(code));
            Kind::Status(status.ok_or_else(|| FaultError(format!("expected status-400 to status-599, found {name}")))?)
        }
        "html" => Kind::Html,
        "malformed-record" => Kind::MalformedRecord,
        "repeated-cursor" => Kind::RepeatedCursor,
        "empty-middle-page" => Kind::EmptyMiddlePage,
        "expired-cursor" => Kind::ExpiredCursor,
        "error-200" => Kind::Error200,
        "foreign-link" => Kind::ForeignLink,
        _ => return Err(unknown_kind(endpoint, name)),
    };
    Ok(kind)
}

/// `Some(None)` if there is no value, `None` if it is no positive number.
#[expect(
    clippy::option_option,
    reason = "no value and a bad value are two things, and both end in a few lines"
)]
fn number<T: FromStr + PartialOrd + Default>(value: Option<&str>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(text) => Some(Some(text.parse().ok().filter(|number| *number > T::default())?)),
    }
}

fn kinds_of(endpoint: &Endpoint) -> impl Iterator<Item = &'static str> {
    let (provider, is_list) = (endpoint.provider, endpoint.route == "profiles");
    KINDS
        .iter()
        .filter(move |(_, providers, for_lists)| {
            (providers.is_empty() || providers.contains(&provider)) && (is_list || !for_lists)
        })
        .map(|(name, ..)| *name)
}

fn unknown_kind(endpoint: &Endpoint, name: &str) -> FaultError {
    let known: Vec<&str> = kinds_of(endpoint).collect();
    let (provider, route) = (endpoint.provider, endpoint.route);
    FaultError(format!(
        "unknown fault {name:?} for {provider}/{route}; known are {}",
        known.join(", ")
    ))
}

fn unknown_route(place: &str) -> FaultError {
    let mut known: Vec<String> = ENDPOINTS
        .iter()
        .map(|end| format!("{}/{}", end.provider, end.route))
        .collect();
    known.dedup();
    FaultError(format!("unknown route {place:?}; known are {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(text: &str) -> Vec<u64> {
        let fault: Fault = text.parse().unwrap();
        (1..=5).filter(|n| fault.meets(fault.endpoint, *n).is_some()).collect()
    }

    #[test]
    fn a_fault_says_from_which_request_on_and_how_often() {
        assert_eq!(meets("ayrshare/profiles:html"), [1, 2, 3, 4, 5]);
        assert_eq!(meets("ayrshare/profiles:html@4"), [4, 5]);
        assert_eq!(meets("ayrshare/profiles:rate-limit=7@2x1"), [2]);
        assert_eq!(meets("upsun/profiles:status-500@2x3"), [2, 3, 4]);
        let fault: Fault = "ayrshare/profiles:html".parse().unwrap();
        assert_eq!(fault.meets(Endpoint::named("ayrshare", "user").unwrap(), 1), None);
        assert_eq!(fault.meets(Endpoint::named("upsun", "profiles").unwrap(), 1), None);
    }

    #[test]
    fn values_are_read() {
        let kind = |text: &str| text.parse::<Fault>().unwrap().kind;
        assert_eq!(
            kind("ayrshare/user:rate-limit"),
            Kind::RateLimit { retry_after_s: None }
        );
        assert_eq!(
            kind("ayrshare/user:rate-limit=7"),
            Kind::RateLimit { retry_after_s: Some(7) }
        );
        assert_eq!(kind("upsun/profiles:slow=10"), Kind::Slow { bytes_per_second: 10 });
        assert_eq!(kind("insightiq/profiles:cut=9"), Kind::Cut { bytes: Some(9) });
        assert_eq!(kind("ayrshare/user/batch/file:status-503"), Kind::Status(503));
    }

    #[test]
    fn a_text_that_is_no_fault_says_what_is_known() {
        let error = |text: &str| text.parse::<Fault>().unwrap_err().to_string();
        for text in [
            "",
            "html",
            "ayrshare:html",
            "ayrshare/profiles",
            "ayrshare/profiles:html@0",
            "ayrshare/profiles:html@2x",
            "ayrshare/profiles:html@x2",
        ] {
            assert!(error(text).starts_with("expected <provider>/<route>:<kind>"), "{text}");
        }
        assert!(error("acme/profiles:html").contains("known are ayrshare/profiles, ayrshare/user,"));
        let unknown = error("insightiq/profiles:repeated-cursor");
        assert_eq!(
            unknown,
            "unknown fault \"repeated-cursor\" for insightiq/profiles; known are rate-limit, status-<code>, slow, cut, \
             html, malformed-record"
        );
        assert!(error("ayrshare/user:malformed-record").contains("known are"));
        assert!(error("upsun/profiles:status-200").contains("status-400 to status-599"));
        assert!(error("upsun/profiles:slow=0").contains("whole number"));
        assert!(error("upsun/profiles:cut=many").contains("whole number"));
        assert_eq!(error("upsun/profiles:html=1"), "html takes no value");
    }
}
