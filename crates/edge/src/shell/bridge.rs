//! What the shim does for a task: the functions of `js/deeds.js`, under Rust types.

use http::{HeaderMap, HeaderName, HeaderValue};
use roster_gateway::{Cause, ERROR_BODY_BYTES, Limits, cause};

use super::task::{Done, Wire, fields};

/// The head of a client's request, with the headers that are looked at.
pub(crate) struct Head {
    pub(crate) method: String,
    /// Scheme, authority, path and query as they came.
    pub(crate) url: String,
    pub(crate) has_body: bool,
    pub(crate) headers: HeaderMap,
}

impl Head {
    pub(crate) fn of(text: &str) -> Self {
        let mut lines = text.splitn(4, '\n');
        let mut next = || lines.next().unwrap_or_default();
        Self {
            method: next().to_owned(),
            url: next().to_owned(),
            has_body: !next().is_empty(),
            headers: header_map(next()),
        }
    }
}

/// An answer of an API, as far as it may be looked at. A body that is passed on while it arrives is not among its bytes.
pub(crate) struct Arrived {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// The body of an answer.
pub(crate) enum Body {
    None,
    Text(String),
    /// What the API said last, as the runtime has it.
    Came,
    /// What was kept, as the runtime has it.
    Kept,
}

/// What is to be kept of what the API said last.
pub(crate) struct Keep {
    pub(crate) key: String,
    pub(crate) about: String,
    pub(crate) seconds: u64,
}

/// Asks an API to the end of its answer, within the bounds.
pub(crate) async fn ask(wire: &Wire, url: &str, headers: &str, limits: &Limits) -> Result<Arrived, Cause> {
    let bounds = bounds(limits, limits.body_bytes);
    let error_bytes = ERROR_BODY_BYTES.to_string();
    arrived(
        wire.want(fields(&["exchange", url, headers, &bounds, &error_bytes]))
            .await,
    )
}

/// Asks for a file; its body is passed on while it arrives.
pub(crate) async fn fetch(wire: &Wire, url: &str, headers: &str, limits: &Limits) -> Result<Arrived, Cause> {
    let bounds = bounds(limits, limits.batch_bytes);
    arrived(wire.want(fields(&["stream", url, headers, &bounds])).await)
}

/// Sends a form to where tokens are exchanged.
pub(crate) async fn post(wire: &Wire, url: &str, headers: &str, form: &str, limits: &Limits) -> Result<Arrived, Cause> {
    let bounds = bounds(limits, ERROR_BODY_BYTES);
    let error_bytes = ERROR_BODY_BYTES.to_string();
    arrived(
        wire.want(fields(&["exchange", url, headers, &bounds, &error_bytes, form]))
            .await,
    )
}

/// Waits.
pub(crate) async fn pause(wire: &Wire, ms: u64) {
    wire.want(fields(&["pause", &ms.to_string()])).await;
}

/// The answer of a source's Durable Object to a letter.
pub(crate) async fn ask_object(wire: &Wire, name: &str, letter: &str) -> Option<String> {
    let done = wire.want(fields(&["letter", name, letter])).await;
    (done.status == 200).then_some(done.text)
}

/// Whether the rate-limit binding lets a client ask. One that fails lets nobody suffer for it.
pub(crate) async fn is_welcome(wire: &Wire, client: &str) -> bool {
    wire.want(fields(&["welcome", client])).await.status != 429
}

/// What stands beside a body that is kept under a key.
pub(crate) async fn kept(wire: &Wire, key: &str) -> Option<String> {
    let done = wire.want(fields(&["kept", key])).await;
    (done.status == 200).then_some(done.text)
}

/// An answer to the client, and what is kept of it.
pub(crate) fn answer(status: u16, headers: &HeaderMap, body: &Body, keep: Option<&Keep>) -> String {
    let mut all = String::with_capacity(512);
    for (name, value) in headers {
        if let Ok(value) = value.to_str() {
            push(&mut all, name.as_str(), value);
        }
    }
    let (kind, text) = match body {
        Body::None => ("none", ""),
        Body::Text(text) => ("text", text.as_str()),
        Body::Came => ("came", ""),
        Body::Kept => ("kept", ""),
    };
    let status = status.to_string();
    match keep {
        // The text comes last: of all fields it alone may hold any character.
        None => fields(&["answer", &status, &all, kind, "", "", "", text]),
        Some(keep) => {
            let seconds = keep.seconds.to_string();
            fields(&["answer", &status, &all, kind, &keep.key, &keep.about, &seconds, text])
        }
    }
}

/// Headers as one text.
pub(crate) fn lines<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut lines = String::with_capacity(256);
    for (name, value) in headers {
        push(&mut lines, name, value);
    }
    lines
}

fn arrived(done: Done) -> Result<Arrived, Cause> {
    match (done.status, done.text.as_str()) {
        (0, "timeout") => Err(cause::TIMEOUT),
        (0, "too-large") => Err(cause::TOO_LARGE),
        (0, _) => Err(cause::UNREACHABLE),
        (status, lines) => Ok(Arrived {
            status,
            headers: header_map(lines),
            body: done.bytes,
        }),
    }
}

fn bounds(limits: &Limits, bytes: u64) -> String {
    let Limits {
        first_byte_ms,
        chunk_ms,
        whole_ms,
        ..
    } = limits;
    format!("{first_byte_ms} {chunk_ms} {whole_ms} {bytes}")
}

fn push(lines: &mut String, name: &str, value: &str) {
    lines.push_str(name);
    lines.push('\n');
    lines.push_str(value);
    lines.push('\n');
}

/// One that is no header is left out. A header given twice comes as one, joined by the runtime.
fn header_map(lines: &str) -> HeaderMap {
    let mut lines = lines.split('\n');
    let mut headers = HeaderMap::with_capacity(16);
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            headers.append(name, value);
        }
    }
    headers
}
