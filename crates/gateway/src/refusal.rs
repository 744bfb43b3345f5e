//! Answers without data. Titles are fixed; what an API said is cut, cleaned and never its raw body.

use http::header::{ALLOW, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue};
use roster_core::{Error, ErrorKind, Problem};

/// Longest text of an API that is handed on, in characters.
const TEXT_MAX_CHARS: usize = 500;

/// What takes the place of a secret in a text.
const REMOVED: &str = "[removed]";

/// Why there is no data: everything about it that does not depend on the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Last part of the problem's type, `urn:problem:<slug>`.
    pub slug: &'static str,
    /// What kind of error it is to a client.
    pub kind: ErrorKind,
    /// HTTP status of our answer.
    pub status: u16,
    /// Fixed title.
    pub title: &'static str,
}

impl Cause {
    /// The answer, with a sentence that says what was expected and what was found.
    pub fn refusal(&self, message: impl Into<String>) -> Refusal {
        let mut problem = Problem::new(self.kind, self.status, self.title, message);
        problem.problem_type = format!("{}{}", Problem::TYPE_PREFIX, self.slug);
        Refusal {
            status: self.status,
            problem: Box::new(problem),
            passed: Vec::new(),
        }
    }

    /// What a client is told where an exchange with an API ended without an answer.
    pub fn sentence(&self) -> &'static str {
        match *self {
            cause::TIMEOUT => "expected an answer in time, found none",
            cause::TOO_LARGE => "expected an answer within the limit, found a larger one",
            _ => "expected an answer, found a connection that could not be made or broke off",
        }
    }

    /// The answer where an exchange with an API ended without one.
    pub fn unanswered(&self) -> Refusal {
        self.refusal(self.sentence())
    }
}

/// The causes, by name.
pub mod cause {
    use super::{Cause, ErrorKind};

    const fn new(slug: &'static str, kind: ErrorKind, status: u16, title: &'static str) -> Cause {
        Cause {
            slug,
            kind,
            status,
            title,
        }
    }

    /// A method other than GET and HEAD.
    pub const METHOD: Cause = new("method", ErrorKind::InvalidQuery, 405, "Method not allowed");
    /// A request with a body.
    pub const BODY: Cause = new("request-body", ErrorKind::InvalidQuery, 413, "A request has no body");
    /// No `Host`, or more than one.
    pub const HOST: Cause = new("host", ErrorKind::InvalidQuery, 400, "Bad Host");
    /// A `Host` that is not ours: a rebound name, or a proxy request.
    pub const MISDIRECTED: Cause = new("misdirected", ErrorKind::InvalidQuery, 421, "Not this host");
    /// A request that another site's page made.
    pub const CROSS_SITE: Cause = new("cross-site", ErrorKind::Forbidden, 403, "Not from another site");
    /// A client that has not proved who it is.
    pub const ACCESS: Cause = new("access", ErrorKind::Unauthorized, 401, "A token is needed");
    /// A client that did not come through the login in front.
    pub const LOGIN: Cause = new("login", ErrorKind::Forbidden, 403, "A login is needed");
    /// A client that asks too often.
    pub const CLIENT_LIMIT: Cause = new(
        "client-limit",
        ErrorKind::RateLimited,
        429,
        "Too many requests to the proxy",
    );
    /// No such path.
    pub const NO_ROUTE: Cause = new("no-route", ErrorKind::NotFound, 404, "No such route");
    /// A parameter that the route does not take, or a value that the parameter does not take.
    pub const QUERY: Cause = new("invalid_query", ErrorKind::InvalidQuery, 400, "Bad query");
    /// A provider for which the proxy has no source.
    pub const NOT_CONFIGURED: Cause = new("not-configured", ErrorKind::NotFound, 404, "Source not configured");
    /// An API that could not be reached, or that hung up.
    pub const UNREACHABLE: Cause = new(
        "upstream-unreachable",
        ErrorKind::Network,
        502,
        "The API was not reached",
    );
    /// An API that took too long.
    pub const TIMEOUT: Cause = new("upstream-timeout", ErrorKind::Timeout, 504, "The API took too long");
    /// An API that answers with a redirect, which is never followed.
    pub const REDIRECT: Cause = new(
        "upstream-redirect",
        ErrorKind::Upstream,
        502,
        "The API answered with a redirect",
    );
    /// An answer that is not JSON.
    pub const NOT_JSON: Cause = new(
        "upstream-not-json",
        ErrorKind::Decode,
        502,
        "The API's answer is not JSON",
    );
    /// An answer that is larger than the limit.
    pub const TOO_LARGE: Cause = new(
        "upstream-too-large",
        ErrorKind::Decode,
        502,
        "The API's answer is too large",
    );
    /// An answer that repeats the credential.
    pub const ECHO: Cause = new(
        "upstream-echo",
        ErrorKind::Upstream,
        502,
        "The API's answer holds a credential",
    );
    /// The API did not take the proxy's credential.
    pub const CREDENTIAL: Cause = new(
        "upstream-credential",
        ErrorKind::Unauthorized,
        502,
        "Credential not accepted",
    );
    /// A batch file that does not exist yet.
    pub const BATCH_NOT_READY: Cause = new("batch-not-ready", ErrorKind::NotFound, 409, "The file is not ready yet");
    /// A batch ticket whose file is gone.
    pub const BATCH_EXPIRED: Cause = new("batch-expired", ErrorKind::NotFound, 410, "The file has expired");
    /// A batch ticket that names a place where nothing is fetched.
    pub const BATCH_TARGET: Cause = new(
        "batch-target",
        ErrorKind::Upstream,
        502,
        "The file is at an unknown place",
    );
    /// The API asked to wait, and the wait is not over.
    pub const COOLING: Cause = new("cooling-down", ErrorKind::RateLimited, 429, "The API asked to wait");
    /// The requests that we allow ourselves over time are used up.
    pub const SPENT: Cause = new(
        "allowance-spent",
        ErrorKind::RateLimited,
        429,
        "Too many requests to the API",
    );
    /// The API failed several times just now and is left alone for a moment.
    pub const RESTING: Cause = new("source-resting", ErrorKind::Upstream, 503, "The API keeps failing");
    /// Too many requests are under way.
    pub const BUSY: Cause = new("busy", ErrorKind::Upstream, 503, "The proxy is busy");
    /// A token endpoint that gives no access token.
    pub const TOKEN: Cause = new("upstream-token", ErrorKind::Upstream, 502, "No access token");
    /// A part of a batch file beyond its end.
    pub const RANGE: Cause = new("range", ErrorKind::InvalidQuery, 416, "No such part of the file");
    /// A proxy whose configuration lacks something.
    pub const NOT_READY: Cause = new("not-ready", ErrorKind::Upstream, 503, "The proxy is not ready");
    /// A mistake of ours.
    pub const BUG: Cause = new("bug", ErrorKind::Upstream, 500, "The proxy made a mistake");
}

/// An answer without data: HTTP status and problem.
///
/// `problem.status` is the API's own status where an API refused, so that a client can say so; `status` is what our
/// answer carries. They differ where the API's status would mean something else on our side: its 401 is not ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// HTTP status of our answer.
    pub status: u16,
    /// The body.
    pub problem: Box<Problem>,
    /// Headers of the API that go along: those of its rate limit, and its id of the request.
    pub passed: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// The refusal that an API's error is, under a fixed title. Its texts are cut and cleaned.
    pub fn from_error(error: &Error, status: u16, title: &'static str) -> Self {
        let mut problem = Problem::from_error(error, error.status().unwrap_or(status), title);
        problem.message = clean(&problem.message);
        problem.provider_code = problem.provider_code.as_deref().map(clean);
        problem.request_id = problem.request_id.as_deref().map(clean);
        Self {
            status,
            problem: Box::new(problem),
            passed: Vec::new(),
        }
    }

    /// The same, naming the provider.
    #[must_use]
    pub fn with_provider(mut self, provider: &'static str) -> Self {
        self.problem.provider = Some(provider.to_owned());
        self
    }

    /// The same, with a wait in milliseconds.
    #[must_use]
    pub fn with_retry_after_ms(mut self, ms: Option<u64>) -> Self {
        self.problem.retry_after_ms = ms;
        self
    }

    /// The same with every occurrence of these texts taken out. The shell gives it what must not leave.
    #[must_use]
    pub fn without<'a>(mut self, secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let problem = &mut self.problem;
        for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
            let remove = |text: &mut String| *text = text.replace(secret, REMOVED);
            remove(&mut problem.message);
            problem.provider_code.as_mut().map(remove);
            problem.request_id.as_mut().map(remove);
            self.passed
                .retain(|(_, value)| !holds(value.as_bytes(), secret.as_bytes()));
        }
        self
    }

    /// Headers that belong to it: media type, `Retry-After` in whole seconds, `Allow` after a wrong method, and how to
    /// prove who asks after 401.
    pub fn headers(&self) -> HeaderMap {
        let mut headers: HeaderMap = self.passed.iter().cloned().collect();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(Problem::MEDIA_TYPE));
        if let Some(ms) = self.problem.retry_after_ms {
            headers.insert(RETRY_AFTER, HeaderValue::from(ms.div_ceil(1000)));
        }
        if self.status == cause::METHOD.status {
            headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        if self.status == cause::ACCESS.status {
            // The second makes a browser ask, so that the viewer works behind a token.
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"roster\""));
            headers.append(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"roster\", charset=\"UTF-8\""),
            );
        }
        headers
    }
}

fn holds(bytes: &[u8], secret: &[u8]) -> bool {
    bytes.windows(secret.len()).any(|window| window == secret)
}

/// One line of bounded length: controls become spaces.
fn clean(text: &str) -> String {
    let flat = |c: char| if c.is_control() { ' ' } else { c };
    let mut clean: String = text.chars().take(TEXT_MAX_CHARS).map(flat).collect();
    if text.chars().nth(TEXT_MAX_CHARS).is_some() {
        clean.push('…');
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_api_says_is_cut_and_on_one_line() {
        let long = "é".repeat(600);
        let error = Error::new(ErrorKind::Upstream, format!("a\r\nb\u{1b}{long}")).with_status(500);
        let refusal = Refusal::from_error(&error, 502, "x");
        assert!(refusal.problem.message.starts_with("a  b éé"));
        assert_eq!(refusal.problem.message.chars().count(), TEXT_MAX_CHARS + 1);
        assert_eq!((refusal.status, refusal.problem.status), (502, 500));
    }

    #[test]
    fn a_secret_is_taken_out_of_every_text() {
        let error = Error::new(ErrorKind::Forbidden, "key S3CRET is bad: S3CRET")
            .with_provider_code(Some("S3CRET".to_owned()))
            .with_request_id(Some("r-S3CRET".to_owned()));
        let refusal = Refusal::from_error(&error, 502, "x").without(["S3CRET", ""]);
        assert!(!refusal.problem.to_json().contains("S3CRET"));
        assert_eq!(refusal.problem.message, "key [removed] is bad: [removed]");
    }

    #[test]
    fn a_wait_is_rounded_up_to_whole_seconds() {
        let refusal = cause::TIMEOUT.refusal("x").with_retry_after_ms(Some(6001));
        assert_eq!(refusal.headers().get(RETRY_AFTER).unwrap(), "7");
        assert_eq!(cause::METHOD.refusal("x").headers().get(ALLOW).unwrap(), "GET, HEAD");
    }
}
