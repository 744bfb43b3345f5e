//! Ayrshare: `GET /profiles`, `/user`, `/user/details/pinterest`, `/user/batch` and the file behind it.
//! Source: <https://www.ayrshare.com/docs/apis/profiles/get-profiles>, seen 2026-11.

mod account;
mod batch;
mod case;
mod cases;
mod cursor;
mod details;
mod include;
mod list;
mod log;
mod member;
mod platforms;
mod user;

use crate::ask::Ask;
use crate::fault::Kind;
use crate::http::Response;
use crate::json::{Json, Object};
use crate::keys;
use crate::params::BadValue;
use crate::session::Session;

/// The content type of every answer, to the letter: Ayrshare's own test scripts compare it.
const JSON_TYPE: &str = "application/json; charset=utf-8";

/// The documented sentence of a bad key, under HTTP status 403 and code 102.
const BAD_KEY: &str = "API Key not valid. Please be sure to send a Header Authorization containing 'Bearer API_KEY'. \
     .../ayrshare.com/rest-api/overview#authorization";

/// Seen with a Profile Key in the place of the API Key; its code is not known, so it has that of a bad key.
const PROFILE_KEY_AS_API_KEY: &str = "You cannot use a Profile Key as the API Key. Please the API Key and the Profile \
     Key: https://www.ayrshare.com/docs/apis/overview#profile-key-format";

/// Answers a request with a good key.
pub(crate) fn answer(route: &str, ask: &Ask<'_>, session: &mut Session) -> Response {
    if route == "user/batch/file" {
        return refused(ask).unwrap_or_else(|| batch::file(ask, session));
    }
    let profile_key = window_of(route, ask);
    let n_max = ask.settings.ayrshare_n_requests;
    let n = session.count_in_window(
        profile_key.unwrap_or_default(),
        ask.settings.ayrshare_window_ms,
        ask.now,
    );
    let response = if n > n_max {
        refusal(429, None)
    } else if let Some(refused) = refused(ask) {
        refused
    } else {
        answer_in_limits(route, ask, session).unwrap_or_else(|bad| refusal(400, Some(&bad.message())))
    };
    response
        .with_header("x-ratelimit-max", n_max.to_string())
        .with_header("x-ratelimit-count", n.to_string())
}

fn answer_in_limits(route: &str, ask: &Ask<'_>, session: &mut Session) -> Result<Response, BadValue> {
    match route {
        "profiles" => list::answer(ask),
        "user" => user::answer(ask),
        "user/details/pinterest" => Ok(details::answer(ask)),
        "user/batch" => Ok(batch::answer(ask, session)),
        _ => Ok(refusal(404, None)),
    }
}

/// Whose window a request counts in: that of the profile whose key is sent along, else that of the Primary Profile.
/// Keys that are nobody's share the latter, so that inventing keys makes no new windows.
fn window_of<'a>(route: &str, ask: &'a Ask<'_>) -> Option<&'a str> {
    let key = ask
        .request
        .header("profile-key")
        .filter(|_| route.starts_with("user"))?;
    let index = list::index_of_key(key)?;
    (index < ask.settings.n_ayrshare()).then_some(key)
}

/// The refusal if the key is not good. Profile Keys are looked at by the routes that take one.
pub(crate) fn check_key(ask: &Ask<'_>) -> Option<Response> {
    let given = ask
        .request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    match given.map(str::trim) {
        Some(keys::AYRSHARE_KEY) => None,
        Some(key) if key.starts_with(keys::AYRSHARE_PROFILE_KEY_PREFIX) => {
            Some(envelope(403, "authorization", 102, PROFILE_KEY_AS_API_KEY))
        }
        _ => Some(refusal(403, None)),
    }
}

/// The faults that take the place of an answer.
fn refused(ask: &Ask<'_>) -> Option<Response> {
    match ask.fault? {
        Kind::RateLimit { retry_after_s } => Some(match retry_after_s {
            Some(seconds) => refusal(429, None).with_header("retry-after", seconds.to_string()),
            None => refusal(429, None),
        }),
        Kind::Status(status) => Some(refusal(status, None)),
        Kind::ExpiredCursor => Some(refusal(
            400,
            Some("The cursor has expired. Please start from the first page."),
        )),
        Kind::Error200 => {
            let message = "An unexpected error occurred. Please try again.";
            Some(envelope(200, "request", 500, message))
        }
        _ => None,
    }
}

/// An error in the flat envelope. Only the pair 403 and 102 is documented; for other statuses the code is the one that
/// the sandbox chose.
pub(crate) fn refusal(status: u16, message: Option<&str>) -> Response {
    let (action, code, text) = match status {
        400 => ("request", 101, "Missing or incorrect parameters."),
        401 | 403 => ("authorization", 102, BAD_KEY),
        404 => ("request", 404, "The endpoint was not found."),
        405 => ("request", 405, "The method is not allowed on this endpoint."),
        429 => ("request", 429, "Too many requests. Please try again later."),
        _ => ("request", i64::from(status), "An error occurred. Please try again."),
    };
    envelope(status, action, code, message.unwrap_or(text))
}

fn envelope(status: u16, action: &'static str, code: i64, message: &str) -> Response {
    let body = Object::new()
        .with("action", action)
        .with("status", "error")
        .with("code", code)
        .with("message", message.to_owned());
    ok_json(&body.into()).with_status(status)
}

fn ok_json(body: &Json) -> Response {
    Response::json(200, JSON_TYPE, body)
}
