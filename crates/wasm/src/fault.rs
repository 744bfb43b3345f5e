//! How errors leave.

use std::fmt::Write as _;

use roster_core::{Error, ErrorKind};
use wasm_bindgen::JsValue;

/// What a function throws.
pub(crate) type Thrown<T> = Result<T, JsValue>;

/// The error as text: kind, provider, status, wait, request id and the provider's code, a line each, then the message.
/// The facade makes a `RosterError` of it.
#[expect(clippy::needless_pass_by_value, reason = "so that it can be handed to `map_err`")]
pub(crate) fn thrown(error: Error) -> JsValue {
    JsValue::from_str(&lines(&error))
}

fn lines(error: &Error) -> String {
    let mut out = String::new();
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let one_line = |text: Option<&str>| text.unwrap_or_default().replace('\n', " ");
    let _ = write!(
        out,
        "{}\n{}\n{}\n{}\n{}\n{}\n{error}",
        error.kind().code(),
        error.provider().unwrap_or_default(),
        number(error.status().map(u64::from)),
        number(error.retry_after_ms()),
        one_line(error.request_id()),
        one_line(error.provider_code()),
    );
    out
}

/// An argument that cannot be meant.
pub(crate) fn invalid(path: &str, expected: &str, found: &str) -> JsValue {
    thrown(Error::unexpected(ErrorKind::InvalidQuery, path, expected, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_a_line_for_each_of_its_parts() {
        let error = Error::new(ErrorKind::RateLimited, "slow\ndown")
            .with_provider("ayrshare")
            .with_status(429)
            .with_retry_after_ms(Some(7000))
            .with_provider_code(Some("1\n2".to_owned()));
        assert_eq!(
            lines(&error),
            "rate_limited\nayrshare\n429\n7000\n\n1 2\nayrshare: slow\ndown"
        );
        let bare = Error::new(ErrorKind::Network, "reset");
        assert_eq!(lines(&bare), "network\n\n\n\n\n\nreset");
    }
}
