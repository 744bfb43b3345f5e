//! What the runtime does for us: the functions of `js/bridge.js`, under Rust types.

use http::{HeaderMap, HeaderName, HeaderValue};
use js_sys::{Array, Uint8Array};
use roster_gateway::{Cause, ERROR_BODY_BYTES, Limits, cause};
use wasm_bindgen::prelude::*;
use web_sys::{Request, Response};
use worker::{Context, Env};

#[wasm_bindgen(module = "/js/bridge.js")]
extern "C" {
    fn head(request: &Request) -> String;
    fn respond(status: u16, lines: &str, body: &JsValue) -> Response;
    fn text(env: &Env, name: &str) -> Option<String>;
    fn json(env: &Env, name: &str) -> Option<String>;
    #[wasm_bindgen(catch)]
    async fn exchange(
        url: &str,
        lines: &str,
        bounds: &[f64],
        keep_bytes: f64,
        error_bytes: f64,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn stream(url: &str, lines: &str, bounds: &[f64], keep_bytes: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = pause)]
    async fn pause_ms(ms: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = dice)]
    fn roll() -> f64;
    #[wasm_bindgen(js_name = hasObjects)]
    fn objects_are_bound(env: &Env) -> bool;
    #[wasm_bindgen(catch, js_name = askObject)]
    async fn letter_to_object(env: &Env, name: &str, letter: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = isWelcome)]
    async fn welcome(env: &Env, client: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = kept)]
    async fn found(key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = keep)]
    fn put(context: &worker::worker_sys::Context, key: &str, about: &str, seconds: f64, bytes: &JsValue);
}

/// The head of a client's request, with the headers that are looked at.
pub(crate) struct Head {
    pub(crate) method: String,
    /// Scheme, authority, path and query as they came.
    pub(crate) url: String,
    pub(crate) has_body: bool,
    pub(crate) headers: HeaderMap,
}

impl Head {
    pub(crate) fn of(request: &Request) -> Self {
        let text = head(request);
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

/// An answer of an API, as far as it may be looked at.
pub(crate) struct Arrived<B> {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: B,
}

/// Asks an API to the end of its answer, within the bounds.
pub(crate) async fn ask(url: &str, headers: &[(&str, &str)], limits: &Limits) -> Result<Arrived<Uint8Array>, Cause> {
    let (keep, error) = (number(limits.body_bytes), number(ERROR_BODY_BYTES));
    let parts = exchange(url, &lines(headers), &bounds(limits), keep, error).await;
    arrived(parts).map(|arrived| arrived.map(JsValue::unchecked_into))
}

/// Asks for a file; its body is passed on while it arrives.
pub(crate) async fn fetch(url: &str, headers: &[(&str, &str)], limits: &Limits) -> Result<Arrived<JsValue>, Cause> {
    arrived(stream(url, &lines(headers), &bounds(limits), number(limits.batch_bytes)).await)
}

/// An answer to the client.
pub(crate) fn answer(status: u16, headers: &HeaderMap, body: &JsValue) -> Response {
    let mut lines = String::with_capacity(512);
    for (name, value) in headers {
        if let Ok(value) = value.to_str() {
            push(&mut lines, name.as_str(), value);
        }
    }
    respond(status, &lines, body)
}

/// The binding that is a text, a secret among them. One that is not bound is none; nothing waits for it.
pub(crate) fn text_binding(env: &Env, name: &str) -> Option<String> {
    text(env, name)
}

/// The binding that is a JSON object, as its text.
pub(crate) fn json_binding(env: &Env, name: &str) -> Option<String> {
    json(env, name)
}

/// Waits.
pub(crate) async fn pause(ms: u64) {
    // A timer does not fail.
    let _ = pause_ms(number(ms)).await;
}

/// A number from 0 up to 1.
pub(crate) fn dice() -> f64 {
    roll()
}

/// Whether the Durable Objects of the sources are bound.
pub(crate) fn has_objects(env: &Env) -> bool {
    objects_are_bound(env)
}

/// The answer of a source's Durable Object to a letter.
pub(crate) async fn ask_object(env: &Env, name: &str, letter: &str) -> Option<String> {
    letter_to_object(env, name, letter).await.ok()?.as_string()
}

/// Whether the rate-limit binding lets a client ask. One that fails lets nobody suffer for it.
pub(crate) async fn is_welcome(env: &Env, client: &str) -> bool {
    welcome(env, client)
        .await
        .ok()
        .and_then(|word| word.as_bool())
        .unwrap_or(true)
}

/// What is kept under a key: what stands beside it, and the body.
pub(crate) async fn kept(key: &str) -> Option<(String, JsValue)> {
    let parts: Array = found(key)
        .await
        .ok()
        .filter(|parts| !parts.is_undefined())?
        .unchecked_into();
    Some((parts.get(0).as_string()?, parts.get(1)))
}

/// Keeps bytes under a key for so many seconds.
pub(crate) fn keep(context: &Context, key: &str, about: &str, seconds: u64, bytes: &JsValue) {
    put(context.as_ref(), key, about, number(seconds), bytes);
}

impl<B> Arrived<B> {
    fn map<C>(self, change: impl FnOnce(B) -> C) -> Arrived<C> {
        Arrived {
            status: self.status,
            headers: self.headers,
            body: change(self.body),
        }
    }
}

fn arrived(parts: Result<JsValue, JsValue>) -> Result<Arrived<JsValue>, Cause> {
    let parts: Array = parts.map_err(|_| cause::UNREACHABLE)?.unchecked_into();
    match parts.get(3).as_string().as_deref() {
        Some("") => {}
        Some("timeout") => return Err(cause::TIMEOUT),
        Some("too-large") => return Err(cause::TOO_LARGE),
        _ => return Err(cause::UNREACHABLE),
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a status has three digits"
    )]
    let status = parts.get(0).as_f64().unwrap_or_default() as u16;
    Ok(Arrived {
        status,
        headers: header_map(&parts.get(1).as_string().unwrap_or_default()),
        body: parts.get(2),
    })
}

fn bounds(limits: &Limits) -> [f64; 3] {
    [limits.first_byte_ms, limits.chunk_ms, limits.whole_ms].map(number)
}

#[expect(clippy::cast_precision_loss, reason = "times and sizes are far below 2^53")]
fn number(value: u64) -> f64 {
    value as f64
}

fn lines(headers: &[(&str, &str)]) -> String {
    let mut lines = String::with_capacity(256);
    for (name, value) in headers {
        push(&mut lines, name, value);
    }
    lines
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
