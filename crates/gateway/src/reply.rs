//! What may go back to the client: headers by name, bodies that are JSON, errors as parsed problems.

use http::HeaderMap;
use http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use roster_core::{Error, ErrorKind, Headers, Provider, Response, UnixMs};

use crate::range::{FileRange, etag};
use crate::refusal::{Refusal, cause};

/// Most of an error's body that is read, in bytes. Envelopes are small; a page of HTML is not needed whole.
pub const ERROR_BODY_BYTES: u64 = 64 * 1024;

/// Headers of an API that a client may see.
const PASSED: &[&str] = &[
    "retry-after",
    "last-modified",
    "request-id",
    // Ayrshare's window. Source: <https://www.ayrshare.com/docs/errors/errors-http>, seen 2026-11.
    "x-ratelimit-max",
    "x-ratelimit-count",
    "x-rate-limit-limit",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
];

/// Those of them that tell of one exchange: an answer that is given again goes without them.
pub const OF_ONE_EXCHANGE: &[&str] = &[
    "retry-after",
    "request-id",
    "x-ratelimit-max",
    "x-ratelimit-count",
    "x-rate-limit-limit",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
];

/// Headers that say what the body is; they do not pass.
const LOOKED_AT: &[&str] = &[
    "content-type",
    "content-encoding",
    "content-length",
    "content-range",
    "accept-ranges",
    "etag",
];

/// Media types that a message names; any other is text that an API chose.
const TOLD_TYPES: &[&str] = &[
    "text/html",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/octet-stream",
];

/// The names of all headers of an API's answer that this crate looks at; a shell need not read others.
pub fn headers_read() -> impl Iterator<Item = &'static str> {
    PASSED.iter().chain(LOOKED_AT).copied()
}

/// An API's answer as a value, with the headers that this crate looks at and no other. `received` is when it came, for
/// a `Retry-After` that is a date.
pub fn answer(status: u16, headers: &HeaderMap, body: Vec<u8>, received: UnixMs) -> Response {
    let is_known = |name: &str| PASSED.contains(&name) || LOOKED_AT.contains(&name);
    let known = headers.iter().filter(|(name, _)| is_known(name.as_str()));
    let texts = known.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    Response {
        status,
        headers: texts.collect::<Headers>(),
        body,
        received,
    }
}

/// The headers under which a body goes to the client byte for byte, or the refusal that takes its place.
///
/// # Errors
/// What the API said, parsed; 502 for a redirect or an answer that is not JSON.
pub fn reply(provider: &dyn Provider, answer: &Response) -> Result<HeaderMap, Refusal> {
    let id = provider.info().id;
    let status = answer.status;
    if status < 200 || (300..400).contains(&status) {
        let message = format!("expected data, found status {status}");
        return Err(cause::REDIRECT.refusal(message).with_provider(id));
    }
    if let Some(error) = provider.error(answer) {
        let mut refusal = refused(&error, status).with_provider(id);
        refusal.passed = passed(answer);
        return Err(refusal);
    }
    if is_coded(answer) {
        return Err(cause::NOT_JSON.refusal(CODED).with_provider(id));
    }
    let content_type = json_type(answer).ok_or_else(|| not_json(answer).with_provider(id))?;
    let mut headers: HeaderMap = passed(answer).into_iter().collect();
    headers.insert(CONTENT_TYPE, content_type);
    Ok(headers)
}

/// Whether an answer of an API that is data by its status can be judged without its body: `reply` would refuse it
/// whatever follows, so nothing of it needs to be read.
///
/// # Errors
/// As [`reply()`].
pub fn head_reply(provider: &dyn Provider, head: &Response) -> Result<(), Refusal> {
    let id = provider.info().id;
    if !(200..300).contains(&head.status) {
        return Ok(());
    }
    if is_coded(head) {
        return Err(cause::NOT_JSON.refusal(CODED).with_provider(id));
    }
    // Ayrshare's errors come as 200 as well, but as JSON all the same.
    json_type(head).map_or_else(|| Err(not_json(head).with_provider(id)), |_| Ok(()))
}

/// Status and headers for a batch file, judged by its head alone because the body is passed on while it arrives.
/// Storage types a file by its name or not at all, so ours is fixed; the client never sees another. A part passes if it
/// is the one that was `asked` for.
///
/// # Errors
/// 416 for a part beyond the end; 502 for any other status but 200 and, where a part was asked for, 206; 502 for a type
/// that is plainly something else.
pub fn file_reply(answer: &Response, asked: Option<&FileRange>) -> Result<(u16, HeaderMap), Refusal> {
    let part = match (answer.status, asked) {
        (200, _) => Vec::new(),
        (206, Some(asked)) => asked.part(answer)?,
        (416, Some(_)) => return Err(cause::RANGE.refusal("expected a part of the file, found it shorter")),
        (status, _) => {
            let is_redirect = (300..400).contains(&status);
            let cause = if is_redirect {
                cause::REDIRECT
            } else {
                cause::BATCH_TARGET
            };
            return Err(cause.refusal(format!("expected the file, found status {status}")));
        }
    };
    if is_coded(answer) {
        return Err(cause::NOT_JSON.refusal(CODED));
    }
    if json_type(answer).is_none() && !is_untyped(answer) {
        return Err(not_json(answer));
    }
    let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    headers.extend(part);
    headers.extend(etag(answer));
    headers.extend(whole_length(answer));
    if answer.headers.get("accept-ranges") == Some("bytes") {
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    Ok((answer.status, headers))
}

/// The announced length of a whole file, so that a client sees when not all of it came.
fn whole_length(answer: &Response) -> Option<(HeaderName, HeaderValue)> {
    let length = answer.headers.get("content-length").filter(|_| answer.status == 200)?;
    Some((CONTENT_LENGTH, HeaderValue::from(length.parse::<u64>().ok()?)))
}

fn passed(answer: &Response) -> Vec<(HeaderName, HeaderValue)> {
    let is_read = |name: &str| name != "retry-after" || answer.retry_after_ms().is_some();
    let value = |name: &&'static str| {
        let text = answer.headers.get(name).filter(|_| is_read(name))?;
        HeaderValue::from_str(text).ok()
    };
    let pair = |name| Some((HeaderName::from_static(name), value(&name)?));
    PASSED.iter().copied().filter_map(pair).collect()
}

/// The status of our answer to what an API refused.
///
/// Its 401 and 403 become 502: they tell of the proxy's credential, not of the client's, and a browser must not take
/// them for a question. Its 400, 404, 409, 410, 422 and 429 are about what the client asked, and stay.
fn refused(error: &Error, status: u16) -> Refusal {
    let is_credential = matches!(error.kind(), ErrorKind::Unauthorized | ErrorKind::Forbidden);
    let (ours, title) = match status {
        _ if is_credential => (cause::CREDENTIAL.status, cause::CREDENTIAL.title),
        429 => (429, "Too many requests to the API"),
        404 | 410 => (status, "Not found by the API"),
        400 | 409 | 422 => (status, "The API refused the question"),
        408 | 504 => (504, "The API took too long"),
        _ => (502, "The API failed"),
    };
    let mut refusal = Refusal::from_error(error, ours, title);
    if is_credential {
        refusal.problem.problem_type = cause::CREDENTIAL.refusal("").problem.problem_type;
    }
    refusal
}

fn not_json(answer: &Response) -> Refusal {
    let media_type = media_type(answer);
    let found = match &media_type {
        Some(found) => TOLD_TYPES
            .iter()
            .find(|known| *known == found)
            .unwrap_or(&"another media type"),
        None => "no media type",
    };
    cause::NOT_JSON.refusal(format!("expected JSON, found {found}"))
}

const CODED: &str = "expected JSON as it is, found it compressed, which was not asked for";

/// Nothing is unpacked here: a small body could become an endless one.
fn is_coded(answer: &Response) -> bool {
    answer
        .headers
        .get("content-encoding")
        .is_some_and(|coding| !coding.trim().eq_ignore_ascii_case("identity"))
}

/// The JSON type to hand on: `application/json` and every `+json`, without parameters but in the API's own words.
fn json_type(answer: &Response) -> Option<HeaderValue> {
    let found = media_type(answer)?;
    let subtype = found.strip_prefix("application/")?;
    let is_json = subtype == "json" || subtype.ends_with("+json");
    HeaderValue::try_from(found).ok().filter(|_| is_json)
}

fn is_untyped(answer: &Response) -> bool {
    media_type(answer).is_none_or(|found| matches!(found.as_str(), "application/octet-stream" | "text/plain"))
}

/// The media type in lower case, if it is made of the characters that one has.
fn media_type(answer: &Response) -> Option<String> {
    let text = answer.headers.get("content-type")?;
    let essence = text.split(';').next()?.trim().to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '+' | '-' | '.');
    (!essence.is_empty() && essence.chars().all(is_plain)).then_some(essence)
}
