//! The error body that our proxy answers: problem+json (RFC 9457) with our stable codes in it.

use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::json::members;
use crate::providers::provider;

/// What the proxy says when it has no data. Written by the proxy, read by the client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `urn:problem:<code>`, or a narrower one such as `urn:problem:upstream-redirect`.
    #[serde(rename = "type")]
    pub problem_type: String,
    /// A fixed, short title.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// The [`ErrorKind`]'s code.
    pub code: String,
    /// A sentence for people: what was expected, what was found, where.
    pub message: String,
    /// The provider's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The provider's own code, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_code: Option<String>,
    /// The provider's id of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Milliseconds to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
}

impl Problem {
    /// Its media type.
    pub const MEDIA_TYPE: &'static str = "application/problem+json";

    /// The prefix of every type.
    pub const TYPE_PREFIX: &'static str = "urn:problem:";

    /// A problem of a kind, with its HTTP status and a sentence.
    pub fn new(kind: ErrorKind, status: u16, title: &str, message: impl Into<String>) -> Self {
        Self {
            problem_type: format!("{}{}", Self::TYPE_PREFIX, kind.code()),
            title: title.to_owned(),
            status,
            code: kind.code().to_owned(),
            message: message.into(),
            ..Self::default()
        }
    }

    /// The problem that an error is, under this HTTP status.
    pub fn from_error(error: &Error, status: u16, title: &str) -> Self {
        Self {
            provider: error.provider().map(str::to_owned),
            provider_code: error.provider_code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            retry_after_ms: error.retry_after_ms(),
            ..Self::new(error.kind(), status, title, error.message())
        }
    }

    /// The JSON text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads one of ours; `None` for any other JSON, a provider's problem+json included.
    pub fn parse(text: &str) -> Option<Self> {
        let all = members(text)?;
        let text = |key: &str| all.text(key).unwrap_or_default();
        let problem_type = all.text("type").filter(|uri| uri.starts_with(Self::TYPE_PREFIX))?;
        Some(Self {
            problem_type,
            title: text("title"),
            status: all.whole("status").unwrap_or_default(),
            code: text("code"),
            message: text("message"),
            provider: all.text("provider"),
            provider_code: all.text("providerCode"),
            request_id: all.text("requestId"),
            retry_after_ms: all.whole("retryAfterMs"),
        })
    }

    /// The error that it tells of.
    pub fn to_error(&self) -> Error {
        let kind = ErrorKind::from_code(&self.code).unwrap_or_else(|| ErrorKind::from_status(self.status));
        let error = Error::new(kind, self.message.clone())
            .with_status(self.status)
            .with_provider_code(self.provider_code.clone())
            .with_request_id(self.request_id.clone())
            .with_retry_after_ms(self.retry_after_ms);
        let known = self.provider.as_deref().and_then(provider);
        known.map_or(error.clone(), |provider| error.with_provider(provider.info().id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_goes_through_the_proxy_and_stays_the_same() {
        let error = Error::new(ErrorKind::RateLimited, "slow down")
            .with_provider("ayrshare")
            .with_status(429)
            .with_provider_code(Some("102".to_owned()))
            .with_request_id(Some("r-1".to_owned()))
            .with_retry_after_ms(Some(7000));
        let text = Problem::from_error(&error, 429, "Too many requests").to_json();
        assert_eq!(Problem::parse(&text).unwrap().to_error(), error);
        assert_eq!(Problem::parse(r#"{"type":"http://www.w3.org/x","status":"400"}"#), None);
    }
}
