//! How often one source is asked, as the configuration says: `[<provider>.limits]`.

use roster_gateway::{Policy, Rate};
use serde::{Deserialize, Serialize};

/// At most so many requests in any window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pace {
    /// 0 is no bound.
    requests: Option<u32>,
    window_s: Option<u32>,
    /// Requests at the same time, of one isolate.
    at_once: Option<usize>,
    /// Requests that wait for one of these places.
    waiting: Option<usize>,
    /// Whether answers are kept and given again.
    cache: Option<bool>,
}

impl Pace {
    /// The same policy with this bound.
    pub(crate) fn over(self, usual: Policy) -> Policy {
        let rate = match (self.requests, self.window_s) {
            (Some(0), _) => None,
            (Some(n), Some(s)) => Rate::in_window(n, u64::from(s) * 1000),
            _ => usual.rate,
        };
        Policy {
            rate,
            n_running: self.at_once.unwrap_or(usual.n_running),
            n_waiting: self.waiting.unwrap_or(usual.n_waiting),
            keeps: self.cache.unwrap_or(usual.keeps),
            ..usual
        }
    }

    /// What is wrong with it.
    pub(crate) fn check(self, provider: &str) -> Result<(), String> {
        match (self.requests, self.window_s) {
            _ if self.at_once == Some(0) => Err(format!("expected at least 1 at {provider}.limits.at_once")),
            (None, None) | (Some(0), _) | (Some(_), Some(1..)) => Ok(()),
            _ => Err(format!("expected requests and window_s together at {provider}.limits")),
        }
    }
}

#[cfg(test)]
mod tests {
    use roster_core::provider;

    use super::*;

    #[test]
    fn a_bound_of_the_configuration_stands_over_the_usual_one() {
        let usual = Policy::of(provider("ayrshare").unwrap().info());
        let read = |text| serde_json::from_str::<Pace>(text).unwrap();
        assert_eq!(Pace::default().over(usual), usual);
        assert_eq!(read(r#"{"requests":0}"#).over(usual).rate, None);
        let narrow = read(r#"{"at_once":1,"waiting":0,"cache":false}"#).over(usual);
        assert_eq!((narrow.n_running, narrow.n_waiting, narrow.keeps), (1, 0, false));
        let ten = read(r#"{"requests":10,"window_s":60}"#);
        assert_eq!(ten.over(usual).rate, Rate::in_window(10, 60_000));
        for text in [
            r#"{"requests":10}"#,
            r#"{"window_s":10}"#,
            r#"{"requests":1,"window_s":0}"#,
            r#"{"at_once":0}"#,
        ] {
            assert!(read(text).check("upsun").is_err(), "{text}");
        }
        assert_eq!(ten.check("upsun"), Ok(()));
    }
}
