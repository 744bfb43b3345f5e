//! The browser's network, clock and dice.
//!
//! gloo-net 0.7 traps the program when `fetch` rejects with something that is no `Error` (a string given to
//! `abort(…)`, a patched `fetch`), so the call itself is made here, and any rejection becomes an error value.

use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use gloo_net::http::{Headers as GlooHeaders, Request as GlooRequest};
use js_sys::{Function, Promise, Reflect};
use roster_core::{Error, ErrorKind, Headers, Request, Response, UnixMs};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::transport::{Clock, Transport};

/// Sends requests with the page's `fetch`.
#[derive(Clone, Debug)]
pub struct BrowserTransport {
    base_url: String,
    timeout_ms: u64,
}

impl BrowserTransport {
    /// Requests go below `base_url`, such as `/api/v1`; each may take `timeout_ms`.
    pub fn new(base_url: impl Into<String>, timeout_ms: u64) -> Self {
        let base_url = base_url.into().trim_end_matches('/').to_owned();
        Self { base_url, timeout_ms }
    }

    /// Asks a path below the base URL that belongs to no provider, such as `sources`.
    ///
    /// # Errors
    /// `Network` or `Timeout`.
    pub async fn get(&self, target: &str) -> Result<Response, Error> {
        let aborter = Aborter::new()?;
        let exchange = fetch(format!("{}/{target}", self.base_url), &aborter).boxed_local();
        match select(exchange, BrowserClock.sleep(self.timeout_ms)).await {
            Either::Left((response, _)) => response,
            Either::Right(_) => {
                let message = format!("no answer after {} s", self.timeout_ms / 1000);
                Err(Error::new(ErrorKind::Timeout, message))
            }
        }
    }
}

impl Transport for BrowserTransport {
    fn send<'a>(&'a self, request: &'a Request) -> LocalBoxFuture<'a, Result<Response, Error>> {
        async move { self.get(&request.target()).await }.boxed_local()
    }
}

/// Aborts its request when it is dropped, so that a stopped load leaves no request behind.
struct Aborter(AbortController);

impl Aborter {
    fn new() -> Result<Self, Error> {
        AbortController::new().map(Self).map_err(|cause| network(&cause))
    }
}

impl Drop for Aborter {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn fetch(url: String, aborter: &Aborter) -> Result<Response, Error> {
    let signal = aborter.0.signal();
    let request = GlooRequest::get(&url)
        .abort_signal(Some(&signal))
        .build()
        .map_err(|error| Error::new(ErrorKind::Network, error.to_string()))?;
    let answer = JsFuture::from(call_fetch(&web_sys::Request::from(request))?)
        .await
        .map_err(|cause| network(&cause))?;
    let answer: web_sys::Response = answer.dyn_into().map_err(|other| network(&other))?;
    let headers: Headers = GlooHeaders::from_raw(answer.headers()).entries().collect();
    let body = body(&answer).await?;
    Ok(Response {
        status: answer.status(),
        headers,
        body,
        received: BrowserClock.now(),
    })
}

/// `fetch` of the window or of a worker, looked up by name so that both work.
fn call_fetch(request: &web_sys::Request) -> Result<Promise, Error> {
    let global = js_sys::global();
    let fetch = Reflect::get(&global, &JsValue::from_str("fetch")).map_err(|cause| network(&cause))?;
    let fetch: Function = fetch.dyn_into().map_err(|other| network(&other))?;
    let answer = fetch.call1(&global, request).map_err(|cause| network(&cause))?;
    Ok(Promise::resolve(&answer))
}

async fn body(answer: &web_sys::Response) -> Result<Vec<u8>, Error> {
    let promise = answer.array_buffer().map_err(|cause| network(&cause))?;
    let buffer = JsFuture::from(promise).await.map_err(|cause| network(&cause))?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    release(&buffer);
    Ok(bytes)
}

/// Gives the memory of a buffer back at once, where the browser can: a hundred of them that wait for the garbage collector
/// make it stop the page for longer than a frame.
fn release(buffer: &JsValue) {
    let transfer = Reflect::get(buffer, &JsValue::from_str("transfer"));
    if let Some(transfer) = transfer.ok().and_then(|found| found.dyn_into::<Function>().ok()) {
        // Its bytes are here by now; without this they only stay longer.
        let _emptied = transfer.call1(buffer, &JsValue::from(0));
    }
}

/// Whatever was thrown, in words.
fn network(cause: &JsValue) -> Error {
    let message = cause
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| cause.as_string())
        .unwrap_or_else(|| "the request was rejected without a reason".to_owned());
    Error::new(ErrorKind::Network, message)
}

/// The browser's clock, timers and dice.
#[derive(Clone, Copy, Debug)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    #[expect(clippy::disallowed_methods, reason = "the seam to the browser's clock")]
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit in 53 bits")]
    fn now(&self) -> UnixMs {
        UnixMs(js_sys::Date::now() as i64)
    }

    fn sleep(&self, ms: u64) -> LocalBoxFuture<'static, ()> {
        // A browser's timer takes at most 2^31 - 1 ms.
        let ms = u32::try_from(ms).unwrap_or(u32::MAX).min(i32::MAX as u32);
        gloo_timers::future::TimeoutFuture::new(ms).boxed_local()
    }

    fn chance(&self) -> f64 {
        js_sys::Math::random()
    }
}
