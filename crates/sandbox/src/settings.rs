//! What a sandbox plays.

use crate::fault::Fault;

/// The settings of a sandbox. The default is the demo of 240 profiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Profiles over all three APIs: five of eight are Ayrshare's, two of eight InsightIQ's, the rest Upsun's.
    pub n_profiles: u64,
    /// The same seed gives the same data.
    pub seed: u64,
    /// What goes wrong, and when.
    pub faults: Vec<Fault>,
    /// Ayrshare: requests per Profile in one window. Source: <https://www.ayrshare.com/docs/errors/errors-http>, seen
    /// 2026-11 (300 per 5 minutes).
    pub ayrshare_n_requests: u64,
    /// Ayrshare: length of that window, in milliseconds.
    pub ayrshare_window_ms: i64,
    /// Ayrshare: from asking for a batch file to its being there, in milliseconds. The documented example has 5 minutes.
    pub batch_available_after_ms: i64,
    /// Ayrshare: from asking for a batch file to its being gone, in milliseconds: 7 days.
    pub batch_expires_after_ms: i64,
    /// Ayrshare: from one batch file to the next, in milliseconds. The documented example has 12 minutes, the text
    /// beside it 3 hours.
    pub batch_next_after_ms: i64,
    /// InsightIQ: an unknown `account_id` is a 404 with code `incorrect_account_id`, as recorded from the live API for
    /// another path; otherwise an empty page.
    pub unknown_account_is_404: bool,
    /// Upsun: the list is sent as `application/hal+json; charset=utf-8`, which the vendor's own client expects beside the
    /// documented `application/json`.
    pub upsun_sends_hal_type: bool,
    /// Upsun: access tokens end after so many milliseconds, and only those of the token endpoint are taken. `None` is one
    /// token that never ends, [`crate::keys::UPSUN_ACCESS_TOKEN`].
    pub upsun_token_life_ms: Option<i64>,
}

impl Default for Settings {
    fn default() -> Self {
        use crate::stamp::{DAY_MS, MINUTE_MS};
        Self {
            n_profiles: 240,
            seed: 2026,
            faults: Vec::new(),
            ayrshare_n_requests: 300,
            ayrshare_window_ms: 5 * MINUTE_MS,
            batch_available_after_ms: 5 * MINUTE_MS,
            batch_expires_after_ms: 7 * DAY_MS,
            batch_next_after_ms: 12 * MINUTE_MS,
            unknown_account_is_404: true,
            upsun_sends_hal_type: false,
            upsun_token_life_ms: None,
        }
    }
}

impl Settings {
    /// How many of the profiles are Ayrshare's.
    pub fn n_ayrshare(&self) -> u64 {
        self.n_profiles / 8 * 5 + self.n_profiles % 8 * 5 / 8
    }

    /// How many of the profiles are InsightIQ's.
    pub fn n_insightiq(&self) -> u64 {
        self.n_profiles / 4
    }

    /// How many of the profiles are Upsun's.
    pub fn n_upsun(&self) -> u64 {
        self.n_profiles - self.n_ayrshare() - self.n_insightiq()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_split_without_a_rest() {
        let split = |n_profiles| {
            let settings = Settings {
                n_profiles,
                ..Settings::default()
            };
            (settings.n_ayrshare(), settings.n_insightiq(), settings.n_upsun())
        };
        assert_eq!(split(240), (150, 60, 30));
        assert_eq!(split(1_000_000), (625_000, 250_000, 125_000));
        assert_eq!(split(0), (0, 0, 0));
        assert_eq!(split(10), (6, 2, 2));
        let (a, i, u) = split(u64::MAX);
        assert_eq!(u128::from(a) + u128::from(i) + u128::from(u), u128::from(u64::MAX));
    }
}
