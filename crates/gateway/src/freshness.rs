//! How long an answer is good, and how long it is better than none.
//!
//! Ayrshare says in every body when its data changes next; asking earlier spends allowance on the same bytes. Answers
//! are kept per alias and never by an HTTP cache: ours is no shared cache in the sense of RFC 9111.

use roster_core::{ErrorKind, UnixMs};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The shortest and the longest time that an answer counts as fresh, in milliseconds. A body that says "next year" or
/// "an hour ago" is not believed.
const FRESH_MS: (i64, i64) = (5_000, 15 * 60 * 1000);

/// How long an answer is fresh that does not say it, in milliseconds.
const UNTOLD_MS: i64 = 60_000;

/// How long a "not found" is believed, in milliseconds.
const MISSING_MS: i64 = 5_000;

/// How long an answer stands in for an API that fails, after it stopped being fresh, in milliseconds.
const STALE_MS: i64 = 24 * 60 * 60 * 1000;

/// When an answer was stored, until when it is fresh and until when it may stand in for an error. Milliseconds since
/// 1970, so that any store can keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// When the answer was complete.
    pub stored_ms: i64,
    /// Until when it is given without asking.
    pub fresh_until_ms: i64,
    /// Until when it is given if asking fails.
    pub stale_until_ms: i64,
}

/// What an answer that was kept is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It answers.
    Fresh,
    /// It answers if the API cannot.
    Stale,
    /// Nothing.
    Gone,
}

impl Envelope {
    /// The envelope of data, if the body is a whole JSON text; nothing else is kept.
    pub fn of_data(body: &[u8], now: UnixMs) -> Option<Self> {
        let next = next_update(body)?;
        let told_ms = next.map_or(UNTOLD_MS, |next| next.since(now));
        let fresh_until = now.plus_ms(told_ms.clamp(FRESH_MS.0, FRESH_MS.1));
        Some(Self {
            stored_ms: now.0,
            fresh_until_ms: fresh_until.0,
            stale_until_ms: fresh_until.plus_ms(STALE_MS).0,
        })
    }

    /// The envelope of a "not found": a moment, and never in place of another error.
    pub fn of_missing(now: UnixMs) -> Self {
        let until_ms = now.plus_ms(MISSING_MS).0;
        Self {
            stored_ms: now.0,
            fresh_until_ms: until_ms,
            stale_until_ms: until_ms,
        }
    }

    /// What it is worth now. One that was stored in the future comes from a clock that was put back.
    pub fn worth(&self, now: UnixMs) -> Worth {
        match now.0 {
            now if now < self.stored_ms => Worth::Gone,
            now if now < self.fresh_until_ms => Worth::Fresh,
            now if now < self.stale_until_ms => Worth::Stale,
            _ => Worth::Gone,
        }
    }

    /// Its age in whole seconds, for `Age`.
    pub fn age_s(&self, now: UnixMs) -> u64 {
        u64::try_from(now.since(UnixMs(self.stored_ms))).unwrap_or_default() / 1000
    }
}

/// `nextUpdate` at the top of a JSON text, if there is one and it is a time. `None` if the text is no whole JSON.
#[expect(
    clippy::option_option,
    reason = "no JSON and no time in it are two things, and both end in the caller's next line"
)]
fn next_update(body: &[u8]) -> Option<Option<UnixMs>> {
    #[derive(Deserialize)]
    struct Top<'a> {
        #[serde(rename = "nextUpdate", borrow, default)]
        next: Option<Text<'a>>,
    }
    /// A text, or anything else.
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Text<'a> {
        Is(#[serde(borrow)] std::borrow::Cow<'a, str>),
        Other(IgnoredAny),
    }
    let is_object = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let Some(top) = is_object
        .then(|| serde_json::from_slice::<Top<'_>>(body).ok())
        .flatten()
    else {
        // A list, or an object that says it twice: whole JSON, but without a time.
        return serde_json::from_slice::<IgnoredAny>(body).ok().map(|_| None);
    };
    Some(match top.next {
        Some(Text::Is(text)) => UnixMs::parse(&text),
        _ => None,
    })
}

/// Whether an answer that was kept is given instead of this refusal: only where the API fails or asks to wait. What it
/// says about the question or about our key is news.
pub fn is_covered(refusal: &Refusal) -> bool {
    let is_failure = matches!(refusal.status, 429 | 502 | 503 | 504);
    let kind = ErrorKind::from_code(&refusal.problem.code);
    is_failure && !matches!(kind, Some(ErrorKind::Unauthorized | ErrorKind::Forbidden))
}

#[cfg(test)]
mod tests {
    use roster_core::Error;

    use super::*;
    use crate::refusal::cause;

    const NOW: UnixMs = UnixMs(1_750_000_000_000);

    fn fresh_ms(body: &str) -> Option<i64> {
        Envelope::of_data(body.as_bytes(), NOW).map(|envelope| envelope.fresh_until_ms - NOW.0)
    }

    #[test]
    fn a_body_says_how_long_it_is_fresh_within_reason() {
        let told = |ms: i64| format!(r#"{{"profiles":[],"nextUpdate":"{}"}}"#, NOW.plus_ms(ms));
        assert_eq!(fresh_ms(&told(300_000)), Some(300_000));
        assert_eq!(fresh_ms(&told(1)), Some(5_000));
        assert_eq!(fresh_ms(&told(-86_400_000)), Some(5_000));
        assert_eq!(fresh_ms(&told(31_536_000_000)), Some(900_000));
        assert_eq!(fresh_ms(r#"{"nextUpdate":"soon"}"#), Some(60_000));
        assert_eq!(fresh_ms(r#"{"nextUpdate":{"a":[1]},"b":2}"#), Some(60_000));
        assert_eq!(
            fresh_ms(r#"{"a":{"nextUpdate":"2999-01-01T00:00:00Z"}}"#),
            Some(60_000),
            "not at the top"
        );
        assert_eq!(fresh_ms(r#"{"nextUpdate":null}"#), Some(60_000));
        assert_eq!(fresh_ms(r#"{"nextUpdate":"x","nextUpdate":"y"}"#), Some(60_000));
        assert_eq!(fresh_ms("[1,2]"), Some(60_000));
    }

    #[test]
    fn what_is_no_whole_json_is_not_kept() {
        for body in [
            "",
            "{",
            r#"{"a":1}x"#,
            r#"{"a":"#,
            "<html>",
            "[1,",
            r#"{"nextUpdate":"2025"#,
            "\u{feff}{}",
        ] {
            assert_eq!(fresh_ms(body), None, "{body:?}");
        }
    }

    #[test]
    fn an_answer_is_fresh_then_stands_in_for_a_day_then_is_gone() {
        let envelope = Envelope::of_data(b"{}", NOW).unwrap();
        let worth = |ms| envelope.worth(NOW.plus_ms(ms));
        assert_eq!(worth(0), Worth::Fresh);
        assert_eq!(worth(59_999), Worth::Fresh);
        assert_eq!(worth(60_000), Worth::Stale);
        assert_eq!(worth(60_000 + STALE_MS - 1), Worth::Stale);
        assert_eq!(worth(60_000 + STALE_MS), Worth::Gone);
        assert_eq!(worth(-1), Worth::Gone, "a clock that was put back");
        assert_eq!(envelope.age_s(NOW.plus_ms(61_999)), 61);
        assert_eq!(envelope.age_s(NOW.plus_ms(-5)), 0);
    }

    #[test]
    fn a_missing_thing_is_believed_for_a_moment_and_covers_nothing() {
        let envelope = Envelope::of_missing(NOW);
        assert_eq!(envelope.worth(NOW.plus_ms(4_999)), Worth::Fresh);
        assert_eq!(envelope.worth(NOW.plus_ms(5_000)), Worth::Gone);
    }

    #[test]
    fn only_failures_and_waits_are_covered() {
        use cause::{BUG, BUSY, COOLING, CREDENTIAL, NOT_JSON, QUERY, RESTING, SPENT, TIMEOUT, UNREACHABLE};
        for covered in [BUSY, COOLING, NOT_JSON, RESTING, SPENT, TIMEOUT, UNREACHABLE] {
            assert!(is_covered(&covered.refusal("")), "{covered:?}");
        }
        for told in [BUG, CREDENTIAL, QUERY] {
            assert!(!is_covered(&told.refusal("")), "{told:?}");
        }
        let gone = Refusal::from_error(&Error::new(ErrorKind::NotFound, "x"), 404, "x");
        assert!(!is_covered(&gone));
    }
}
