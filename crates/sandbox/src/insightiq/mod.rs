//! InsightIQ: `GET /v1/profiles`, `/v1/profiles/{id}` and `/v1/work-platforms`.
//! Source: <https://docs.insightiq.ai>, seen 2026-11.
//!
//! Out-of-range values are refused with 400; what the API does with them is not documented.

mod audience;
mod cases;
mod list;
mod platforms;
mod profile;
mod sections;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::ask::Ask;
use crate::fault::Kind;
use crate::http::Response;
use crate::json::{Json, Object};
use crate::keys;
use crate::params::BadValue;

const JSON_TYPE: &str = "application/json";

/// What is wrong, in the provider's words.
pub(crate) struct Refusal {
    status: u16,
    kind: &'static str,
    code: &'static str,
    message: String,
}

impl From<BadValue> for Refusal {
    fn from(bad: BadValue) -> Self {
        Self {
            message: bad.message(),
            ..of_status(400)
        }
    }
}

/// Answers a request with a good key.
pub(crate) fn answer(route: &str, ask: &Ask<'_>) -> Response {
    if let Some(refused) = refused(ask) {
        return refused;
    }
    let body = match route {
        "profiles" => list::profiles(ask),
        "profile" => list::profile(ask),
        "work-platforms" => platforms::answer(ask),
        _ => Err(of_status(404)),
    };
    match body {
        Ok(body) => with_id(Response::json(200, JSON_TYPE, &body), ask),
        Err(refusal) => envelope(ask, refusal),
    }
}

/// The refusal if user name or password is not good.
pub(crate) fn check_key(ask: &Ask<'_>) -> Option<Response> {
    let given = ask
        .request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Basic "));
    let decoded = given.and_then(|text| STANDARD.decode(text.trim()).ok());
    let wanted = format!("{}:{}", keys::INSIGHTIQ_USER, keys::INSIGHTIQ_PASSWORD);
    (decoded.as_deref() != Some(wanted.as_bytes())).then(|| refusal(ask, 401))
}

/// An error by its status alone.
pub(crate) fn refusal(ask: &Ask<'_>, status: u16) -> Response {
    envelope(ask, of_status(status))
}

fn refused(ask: &Ask<'_>) -> Option<Response> {
    match ask.fault? {
        Kind::RateLimit { retry_after_s } => Some(match retry_after_s {
            Some(seconds) => refusal(ask, 429).with_header("retry-after", seconds.to_string()),
            None => refusal(ask, 429),
        }),
        Kind::Status(status) => Some(refusal(ask, status)),
        _ => None,
    }
}

/// Of these only `RECORD_NOT_FOUND` has been seen; the other words are the sandbox's own.
fn of_status(status: u16) -> Refusal {
    let (kind, code, message) = match status {
        400 => ("BAD_REQUEST", "invalid_parameter", "A parameter is not valid."),
        401 => (
            "UNAUTHORIZED",
            "invalid_credentials",
            "The client id or the client secret is not valid.",
        ),
        403 => ("FORBIDDEN", "access_denied", "These credentials may not do this."),
        404 => ("RECORD_NOT_FOUND", "not_found", "The requested resource was not found."),
        405 => (
            "METHOD_NOT_ALLOWED",
            "method_not_allowed",
            "The method is not allowed on this resource.",
        ),
        429 => (
            "RATE_LIMIT_EXCEEDED",
            "rate_limit_exceeded",
            "Too many requests. Please try again later.",
        ),
        _ => (
            "INTERNAL_ERROR",
            "internal_error",
            "Something went wrong. Please try again.",
        ),
    };
    Refusal {
        status,
        kind,
        code,
        message: message.to_owned(),
    }
}

/// Both spellings of code and status at once, as the live API sends them.
fn envelope(ask: &Ask<'_>, refusal: Refusal) -> Response {
    let status = u64::from(refusal.status);
    let error = Object::new()
        .with("type", refusal.kind)
        .with("code", refusal.code)
        .with("error_code", refusal.code)
        .with("message", refusal.message)
        .with("status_code", status)
        .with("http_status_code", status)
        .with("request_id", request_id(ask));
    let body = Json::from(Object::new().with("error", error));
    with_id(Response::json(refusal.status, JSON_TYPE, &body), ask)
}

fn with_id(response: Response, ask: &Ask<'_>) -> Response {
    response.with_header("request-id", request_id(ask))
}

fn request_id(ask: &Ask<'_>) -> String {
    ask.lot.uuid("request", ask.n_request)
}
