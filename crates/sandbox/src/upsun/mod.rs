//! Upsun: `GET /profiles` and the token that it takes. Source: <https://developer.upsun.com/api/rest>, seen 2026-11.
//!
//! No parameter of the list is documented. What is known of the server (order of keys, titles of links, words of errors)
//! points to the Drupal `RESTful` module, and the sandbox follows that module: `page` from 1, `range` of 50 that can only
//! be lowered, `filter[username]`, no `next` on the last page.

mod list;
mod profile;
mod token;
mod trial;

use crate::ask::Ask;
use crate::fault::Kind;
use crate::http::Response;
use crate::json::Object;
use crate::stamp::{SECOND_MS, http_date};

const PROBLEM_TYPE: &str = "application/problem+json; charset=utf-8";

/// Answers a request whose key, where one is needed, is good.
pub(crate) fn answer(route: &str, ask: &Ask<'_>) -> Response {
    if let Some(refused) = refused(ask) {
        return refused;
    }
    match route {
        "profiles" => list::answer(ask).unwrap_or_else(|detail| refusal(400, Some(detail))),
        "oauth2/token" => token::answer(ask),
        _ => refusal(404, None),
    }
}

/// The refusal if the access token is not good, as the vendor's command line tool expects it.
pub(crate) fn check_key(ask: &Ask<'_>) -> Option<Response> {
    let given = ask
        .request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    (!given.is_some_and(|token| token::is_good(ask, token.trim()))).then(|| {
        let body = Object::new()
            .with("error", "invalid_token")
            .with("error_description", "Invalid access token.");
        Response::json(401, "application/json", &body.into())
            .with_header("www-authenticate", "Bearer error=\"invalid_token\"")
    })
}

fn refused(ask: &Ask<'_>) -> Option<Response> {
    match ask.fault? {
        Kind::RateLimit { retry_after_s } => Some(rate_limited(ask, retry_after_s)),
        Kind::Status(status) => Some(refusal(status, None)),
        _ => None,
    }
}

/// The module's rate limiting: `Retry-After` is a date, not seconds.
fn rate_limited(ask: &Ask<'_>, retry_after_s: Option<u32>) -> Response {
    let refused = refusal(429, None).with_header("x-rate-limit-remaining", "0");
    let Some(seconds) = retry_after_s else { return refused };
    let at = ask.now.plus_ms(i64::from(seconds) * SECOND_MS);
    // A date has no fraction; the next whole second is not too early.
    let at = if at.0 % SECOND_MS == 0 {
        at
    } else {
        at.plus_ms(SECOND_MS)
    };
    refused
        .with_header("retry-after", http_date(at))
        .with_header("x-rate-limit-reset", seconds.to_string())
}

/// An error as the module writes it.
pub(crate) fn refusal(status: u16, detail: Option<String>) -> Response {
    let (section, title) = match status {
        400 => ("10.4.1", "Bad Request"),
        401 => ("10.4.2", "Unauthorized"),
        403 => ("10.4.4", "Forbidden"),
        404 => ("10.4.5", "Not Found"),
        405 => ("10.4.6", "Method Not Allowed"),
        429 => ("10.4.30", "Too Many Requests"),
        500.. => ("10.5.1", "Internal Server Error"),
        _ => ("10.4", "Client Error"),
    };
    let body = Object::new()
        .with(
            "type",
            format!("http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec{section}"),
        )
        .with("title", title)
        .with("status", u64::from(status))
        .with("detail", detail.unwrap_or_else(|| format!("{title}.")));
    Response::json(status, PROBLEM_TYPE, &body.into())
}
