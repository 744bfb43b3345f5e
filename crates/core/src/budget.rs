//! How much of the API's request window is used, read from its rate-limit headers.

use crate::http::Headers;

/// Requests used and allowed in the current window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Requests used so far in the window.
    pub used: u64,
    /// Requests allowed in the window.
    pub limit: u64,
    /// Length of the window in milliseconds.
    pub window_ms: u64,
}

impl Budget {
    /// Ayrshare counts over five minutes, by documentation; no header says it.
    /// Source: <https://ayrshare.com/docs/errors/errors-http>, seen 2026-11.
    const AYRSHARE_WINDOW_MS: u64 = 5 * 60 * 1000;

    /// Reads `x-ratelimit-max` and `x-ratelimit-count` (Ayrshare), or `x-rate-limit-limit`, `-remaining` and `-reset`
    /// (Drupal's `restful` module, which serves Upsun's profiles by all signs). `None` if the limit is not reported.
    pub fn read(headers: &Headers) -> Option<Self> {
        let number = |name: &str| headers.get(name).and_then(|text| text.trim().parse::<u64>().ok());
        if let (Some(limit), Some(used)) = (number("x-ratelimit-max"), number("x-ratelimit-count")) {
            return Some(Self {
                used,
                limit,
                window_ms: Self::AYRSHARE_WINDOW_MS,
            });
        }
        let limit = number("x-rate-limit-limit")?;
        let used = limit.saturating_sub(number("x-rate-limit-remaining")?);
        Some(Self {
            used,
            limit,
            window_ms: number("x-rate-limit-reset")?.saturating_mul(1000),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_families_of_headers_are_read_and_nothing_is_invented() {
        let ayrshare: Headers = [("X-RateLimit-Max", "300"), ("X-RateLimit-Count", "12")]
            .into_iter()
            .collect();
        assert_eq!(
            Budget::read(&ayrshare),
            Some(Budget {
                used: 12,
                limit: 300,
                window_ms: 300_000
            })
        );
        let drupal: Headers = [
            ("X-Rate-Limit-Limit", "10"),
            ("X-Rate-Limit-Remaining", "4"),
            ("X-Rate-Limit-Reset", "60"),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            Budget::read(&drupal),
            Some(Budget {
                used: 6,
                limit: 10,
                window_ms: 60_000
            })
        );
        assert_eq!(Budget::read(&Headers::new()), None);
    }
}
