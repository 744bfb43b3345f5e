//! The one error type: a stable kind for programs, and a sentence that says what was expected, what was found and where.
//!
//! A message never holds a query string, a header value or a body; those may carry keys and personal data.

use std::fmt;
use std::sync::Arc;

/// What went wrong, as a stable value that programs may branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No answer arrived: refused, reset, blocked by the browser, or offline.
    Network,
    /// No complete answer arrived in time.
    Timeout,
    /// The key was missing or not accepted.
    Unauthorized,
    /// The key is good but may not do this.
    Forbidden,
    /// Too many requests in the API's window.
    RateLimited,
    /// The thing asked for does not exist.
    NotFound,
    /// The API failed on its side.
    Upstream,
    /// An answer arrived, but not in a form that can be read.
    Decode,
    /// The API's page positions contradict themselves, or point somewhere else.
    Pagination,
    /// The question was not valid; it was not sent, or the API refused it.
    InvalidQuery,
    /// The caller stopped it.
    Cancelled,
}

impl ErrorKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::Network,
        Self::Timeout,
        Self::Unauthorized,
        Self::Forbidden,
        Self::RateLimited,
        Self::NotFound,
        Self::Upstream,
        Self::Decode,
        Self::Pagination,
        Self::InvalidQuery,
        Self::Cancelled,
    ];

    /// The code that the proxy and the npm module use: `"rate_limited"`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::RateLimited => "rate_limited",
            Self::NotFound => "not_found",
            Self::Upstream => "upstream",
            Self::Decode => "decode",
            Self::Pagination => "pagination",
            Self::InvalidQuery => "invalid_query",
            Self::Cancelled => "cancelled",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind that an HTTP status means when the body says nothing better.
    pub const fn from_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            402 | 403 => Self::Forbidden,
            404 | 410 => Self::NotFound,
            408 | 504 => Self::Timeout,
            429 => Self::RateLimited,
            400..=499 => Self::InvalidQuery,
            _ => Self::Upstream,
        }
    }

    /// Whether the same request may succeed later without anybody changing anything.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::Network | Self::Timeout | Self::RateLimited | Self::Upstream)
    }
}

/// An error of any part of Roster. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Arc<Inner>);

#[derive(Clone, Debug, PartialEq)]
struct Inner {
    kind: ErrorKind,
    detail: Detail,
    provider: Option<&'static str>,
    status: Option<u16>,
    provider_code: Option<String>,
    request_id: Option<String>,
    retry_after_ms: Option<u64>,
}

/// Values, not sentences: `Display` writes the sentence.
#[derive(Clone, Debug, PartialEq)]
enum Detail {
    Said(String),
    Unexpected {
        expected: String,
        found: String,
        path: String,
    },
}

impl Error {
    /// An error with a message of its own: lower case, no final dot.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::from_detail(kind, Detail::Said(message.into()))
    }

    /// A value that is not what was expected at a JSON path or parameter: *expected `expected` at `path`, found `found`*.
    pub fn unexpected(
        kind: ErrorKind,
        path: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self::from_detail(
            kind,
            Detail::Unexpected {
                expected: expected.into(),
                found: found.into(),
                path: path.into(),
            },
        )
    }

    fn from_detail(kind: ErrorKind, detail: Detail) -> Self {
        Self(Arc::new(Inner {
            kind,
            detail,
            provider: None,
            status: None,
            provider_code: None,
            request_id: None,
            retry_after_ms: None,
        }))
    }

    fn change(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// The same error, naming the provider.
    #[must_use]
    pub fn with_provider(self, provider: &'static str) -> Self {
        self.change(|inner| inner.provider = Some(provider))
    }

    /// The same error, with the HTTP status that brought it.
    #[must_use]
    pub fn with_status(self, status: u16) -> Self {
        self.change(|inner| inner.status = Some(status))
    }

    /// The same error, with the provider's own code.
    #[must_use]
    pub fn with_provider_code(self, code: Option<String>) -> Self {
        self.change(|inner| inner.provider_code = code)
    }

    /// The same error, with the provider's id of the request.
    #[must_use]
    pub fn with_request_id(self, id: Option<String>) -> Self {
        self.change(|inner| inner.request_id = id)
    }

    /// The same error, with the wait that the provider asked for, in milliseconds.
    #[must_use]
    pub fn with_retry_after_ms(self, ms: Option<u64>) -> Self {
        self.change(|inner| inner.retry_after_ms = ms)
    }

    /// The stable kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The provider's id, where one was involved.
    pub fn provider(&self) -> Option<&'static str> {
        self.0.provider
    }

    /// The HTTP status, where an answer arrived.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The provider's own error code as text, `"102"` or `"incorrect_account_id"`.
    pub fn provider_code(&self) -> Option<&str> {
        self.0.provider_code.as_deref()
    }

    /// The provider's id of the request, to quote to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the provider asked to wait, in milliseconds.
    pub fn retry_after_ms(&self) -> Option<u64> {
        self.0.retry_after_ms
    }

    /// The JSON path or the parameter that is wrong, where one is known.
    pub fn path(&self) -> Option<&str> {
        match &self.0.detail {
            Detail::Unexpected { path, .. } => Some(path),
            Detail::Said(_) => None,
        }
    }

    /// The sentence without the provider's name in front.
    pub fn message(&self) -> String {
        match &self.0.detail {
            Detail::Said(message) => message.clone(),
            Detail::Unexpected { expected, found, path } => format!("expected {expected} at {path}, found {found}"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(provider) = self.provider() {
            write!(f, "{provider}: ")?;
        }
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_expected_found_and_where() {
        let error = Error::unexpected(ErrorKind::Decode, "data[3].id", "a string", "number 7").with_provider("acme");
        assert_eq!(
            error.to_string(),
            "acme: expected a string at data[3].id, found number 7"
        );
        assert_eq!(error.path(), Some("data[3].id"));
    }

    #[test]
    fn a_status_of_the_400s_is_never_worth_a_second_try_but_for_a_wait() {
        let transient: Vec<u16> = (400..500)
            .filter(|status| ErrorKind::from_status(*status).is_transient())
            .collect();
        assert_eq!(transient, [408, 429]);
        assert_eq!(ErrorKind::from_status(402), ErrorKind::Forbidden);
        assert_eq!(ErrorKind::from_status(502), ErrorKind::Upstream);
    }

    #[test]
    fn every_kind_has_a_code_of_its_own_that_reads_back() {
        for kind in ErrorKind::ALL {
            assert_eq!(ErrorKind::from_code(kind.code()), Some(kind));
        }
    }
}
