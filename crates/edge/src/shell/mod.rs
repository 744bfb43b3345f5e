//! The part that needs the runtime: the event, the routes, the APIs behind them.

mod api;
mod bridge;
mod care;
mod clock;
mod data;
mod object;

use std::cell::OnceCell;
use std::rc::Rc;

use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Uri};
use roster_core::Sources;
use roster_gateway::{Area, Client, FileRange, Refusal, api_headers, cause, gate, page_headers, preflight};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Request, Response};
use worker::{Context, Env, event};

use crate::book::Book;
use crate::keeper::Word;
use api::Desk;
use bridge::Head;

const HEALTH: &str = "/healthz";
const READY: &str = "/readyz";

const JSON: &str = "application/json";

/// The shortest period of the rate-limit binding, in milliseconds.
/// Source: <https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/>, seen 2026-11.
const CLIENT_WAIT_MS: u64 = 10_000;

/// The binding with the configuration.
const CONFIGURATION: &str = "ROSTER";

thread_local! {
    /// The configuration and the secrets of this isolate. Bindings do not change while it lives.
    static BOOK: OnceCell<Rc<Book>> = const { OnceCell::new() };
}

fn book(env: &Env) -> Rc<Book> {
    BOOK.with(|cell| {
        let read = || {
            let text = bridge::json_binding(env, CONFIGURATION).unwrap_or_else(|| "{}".to_owned());
            Rc::new(Book::read(&text, &|name| bridge::text_binding(env, name)))
        };
        cell.get_or_init(read).clone()
    })
}

/// Answers a request. It never fails: every mistake is a problem.
#[event(fetch)]
async fn main(request: Request, env: Env, context: Context) -> worker::Result<Response> {
    let head = Head::of(&request);
    let book = book(&env);
    let (authority, path, query) = split(&head.url);
    let area = if path.starts_with("/api") {
        Area::Api
    } else {
        Area::Page
    };
    let method = Method::from_bytes(head.method.as_bytes()).unwrap_or(Method::TRACE);
    // The runtime makes the URL from `Host`; one that says something else is judged like a second `Host`.
    let uri = Uri::builder().scheme("http").authority(authority).path_and_query("/");
    let Ok(uri) = uri.build() else {
        return Ok(refused(
            &cause::HOST.refusal("expected a Host of plain characters"),
            HeaderMap::new(),
        ));
    };
    if let Some(headers) = preflight(&book.hosts, &method, &uri, &head.headers) {
        return Ok(respond(204, headers, &JsValue::NULL));
    }
    let shared = match area {
        Area::Api => book.hosts.origins().headers(&head.headers),
        Area::Page => HeaderMap::new(),
    };
    let desk = Desk {
        book: &book,
        env: &env,
        context: &context,
    };
    let admitted = gate(&book.hosts, area, &method, &uri, &head.headers).and_then(|()| admit(&book, path, &head));
    let admitted = match admitted {
        Ok(Some(client)) => welcome(&env, &client).await,
        admitted => admitted.map(drop),
    };
    Ok(match admitted {
        Ok(()) => route(&desk, path, query, &head, shared).await,
        Err(refusal) => refused(&refusal, shared),
    })
}

/// Who asks. Whoever watches over the Worker has no token, and learns nothing about anybody.
fn admit(book: &Book, path: &str, head: &Head) -> Result<Option<Client>, Refusal> {
    if head.has_body {
        return Err(cause::BODY.refusal("expected a request without a body"));
    }
    if matches!(path, HEALTH | READY) {
        return Ok(None);
    }
    book.door.admit(&head.headers).map(Some)
}

/// One client that asks too often waits, and costs the APIs nothing.
async fn welcome(env: &Env, client: &Client) -> Result<(), Refusal> {
    let key = match client {
        Client::Address(address) => format!("address {address}"),
        Client::User(name) => format!("user {name}"),
        Client::Token(name) => format!("token {name}"),
    };
    if bridge::is_welcome(env, &key).await {
        return Ok(());
    }
    let message = "expected fewer requests of this client, found more than the proxy's configuration allows";
    Err(cause::CLIENT_LIMIT
        .refusal(message)
        .with_retry_after_ms(Some(CLIENT_WAIT_MS)))
}

/// The answer of the Worker when this program has come to a stop: JSON for a shim that can ask nothing more.
#[wasm_bindgen(js_name = problemOfABug)]
#[expect(unreachable_pub, reason = "the shim reaches it")]
pub fn problem_of_a_bug() -> String {
    cause::BUG.refusal("bug: the program came to a stop").problem.to_json()
}

/// Authority, path and query of an absolute URL, undecoded.
fn split(url: &str) -> (&str, &str, Option<&str>) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    match target.split_once('?') {
        Some((path, query)) => (authority, path, Some(query)),
        None => (authority, target, None),
    }
}

async fn route(desk: &Desk<'_>, path: &str, query: Option<&str>, head: &Head, shared: HeaderMap) -> Response {
    match path {
        HEALTH => json(200, r#"{"status":"ok"}"#),
        READY => ready(desk.book),
        "/api/v1/sources" => respond(200, with_type(JSON, shared), &sources(desk).await.to_json().into()),
        _ if path == "/api" || path.starts_with("/api/") => {
            let range = FileRange::read(&head.headers);
            api::respond(desk, path, query, range.as_ref(), shared).await
        }
        _ => no_page(),
    }
}

/// The sources, and how their keepers say they stand.
async fn sources(desk: &Desk<'_>) -> Sources {
    let mut all = desk.book.describe();
    for source in desk.book.live() {
        let described = all
            .sources
            .iter_mut()
            .find(|described| described.provider == source.provider);
        let looked = care::look(desk.env, source).await;
        if let (Some(described), Some(Word::State { state, wait_ms, budget })) = (described, looked) {
            (described.state, described.wait_ms, described.budget) = (state, wait_ms, budget);
        }
    }
    all
}

/// The Worker can do its work; what is missing is named. No API is asked.
fn ready(book: &Book) -> Response {
    let missing = book.missing();
    let (status, word) = if missing.is_empty() {
        (200, "ready")
    } else {
        (503, "not ready")
    };
    let missing = serde_json::to_string(&missing).unwrap_or_default();
    json(status, &format!(r#"{{"status":"{word}","missing":{missing}}}"#))
}

fn json(status: u16, body: &str) -> Response {
    respond(status, with_type(JSON, HeaderMap::new()), &body.into())
}

fn with_type(media_type: &'static str, mut headers: HeaderMap) -> HeaderMap {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers
}

/// The assets come before the Worker; what they do not have is not here either.
fn no_page() -> Response {
    let mut headers = with_type("text/plain; charset=utf-8", page_headers());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    bridge::answer(404, &headers, &"There is no such page.\n".into())
}

/// A refusal as an answer of the API.
fn refused(refusal: &Refusal, mut shared: HeaderMap) -> Response {
    shared.extend(refusal.headers());
    respond(refusal.status, shared, &refusal.problem.to_json().into())
}

/// An answer of the API: its own headers over ours.
fn respond(status: u16, headers: HeaderMap, body: &JsValue) -> Response {
    let mut all = api_headers();
    all.extend(headers);
    bridge::answer(status, &all, body)
}
