//! The part that needs the runtime: the event, the routes, the APIs behind them.

mod api;
mod bridge;
mod care;
mod clock;
mod data;
mod flight;
mod local;
mod object;
mod proof;
mod task;

use std::cell::OnceCell;
use std::rc::Rc;

use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Uri};
use js_sys::Function;
use roster_core::Sources;
use roster_gateway::{Area, Client, FileRange, Refusal, api_headers, cause, gate, page_headers, preflight};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::book::Book;
use crate::keeper::Word;
use api::Desk;
use bridge::{Body, Head, Keep};
use task::{Done, Wire};

const HEALTH: &str = "/healthz";
const READY: &str = "/readyz";

const JSON: &str = "application/json";

/// The shortest period of the rate-limit binding, in milliseconds.
/// Source: <https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/>, seen 2026-11.
const CLIENT_WAIT_MS: u64 = 10_000;

/// What is bound to the Worker. Bindings do not change while an isolate lives.
struct Open {
    book: Rc<Book>,
    /// Whether the Durable Objects of the sources are bound.
    has_objects: bool,
    /// Whether the rate-limit binding for clients is bound.
    counts_clients: bool,
}

thread_local! {
    static OPEN: OnceCell<Open> = const { OnceCell::new() };
}

/// Reads the configuration and the secrets, once for each isolate. `lookup` gives the text of a secret by its name.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "the shim reaches it")]
pub fn open(configuration: &str, lookup: &Function, has_objects: bool, counts_clients: bool) {
    let secret = |name: &str| lookup.call1(&JsValue::NULL, &name.into()).ok()?.as_string();
    OPEN.with(|cell| {
        let read = || Open {
            book: Rc::new(Book::read(configuration, &secret)),
            has_objects,
            counts_clients,
        };
        // A second reading would be of the same bindings.
        let _ = cell.get_or_init(read);
    });
}

/// Begins to answer a request. What the shim is to do first; the last is the answer.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "the shim reaches it")]
pub fn begin(head: &str) -> String {
    let head = Head::of(head);
    let open = OPEN.with(|cell| {
        let open = cell.get();
        open.map(|open| (open.book.clone(), open.has_objects, open.counts_clients))
    });
    let Some((book, has_objects, counts_clients)) = open else {
        return task::begin(|_| async {
            refused(&cause::BUG.refusal("bug: the bindings were not read"), HeaderMap::new())
        });
    };
    task::begin(move |wire| async move {
        let desk = Desk {
            book: &book,
            wire: &wire,
            has_objects,
        };
        main(&desk, &head, counts_clients).await
    })
}

/// Goes on with a request after what came of a deed. What the shim is to do next; nothing if there is no such request.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "the shim reaches it")]
pub fn resume(id: u32, status: u16, text: String, bytes: Option<Vec<u8>>) -> Option<String> {
    let bytes = bytes.unwrap_or_default();
    task::resume(id, Done { status, text, bytes })
}

/// The headers of an API's answer that are looked at, a line each.
#[wasm_bindgen(js_name = headersRead)]
#[expect(unreachable_pub, reason = "the shim reaches it")]
pub fn headers_read() -> String {
    roster_gateway::headers_read().collect::<Vec<_>>().join("\n")
}

/// The answer to a request. It never fails: every mistake is a problem.
async fn main(desk: &Desk<'_>, head: &Head, counts_clients: bool) -> String {
    let book = desk.book;
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
        return refused(
            &cause::HOST.refusal("expected a Host of plain characters"),
            HeaderMap::new(),
        );
    };
    if let Some(headers) = preflight(&book.hosts, &method, &uri, &head.headers) {
        return respond(204, headers, &Body::None, None);
    }
    let shared = match area {
        Area::Api => book.hosts.origins().headers(&head.headers),
        Area::Page => HeaderMap::new(),
    };
    let admitted = gate(&book.hosts, area, &method, &uri, &head.headers).and_then(|()| admit(book, path, head));
    let admitted = match admitted {
        Ok(Some(client)) if counts_clients => welcome(desk.wire, &client).await,
        admitted => admitted.map(drop),
    };
    match admitted {
        Ok(()) => route(desk, path, query, head, shared).await,
        Err(refusal) => refused(&refusal, shared),
    }
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
async fn welcome(wire: &Wire, client: &Client) -> Result<(), Refusal> {
    let key = match client {
        Client::Address(address) => format!("address {address}"),
        Client::User(name) => format!("user {name}"),
        Client::Token(name) => format!("token {name}"),
    };
    if bridge::is_welcome(wire, &key).await {
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
    let rest = url
        .split_once(':')
        .and_then(|(_, rest)| rest.strip_prefix("//"))
        .unwrap_or(url);
    let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    match target.split_once('?') {
        Some((path, query)) => (authority, path, Some(query)),
        None => (authority, target, None),
    }
}

async fn route(desk: &Desk<'_>, path: &str, query: Option<&str>, head: &Head, shared: HeaderMap) -> String {
    match path {
        HEALTH => json(200, r#"{"status":"ok"}"#),
        READY => ready(desk.book),
        "/api/v1/sources" => respond(
            200,
            with_type(JSON, shared),
            &Body::Text(sources(desk).await.to_json()),
            None,
        ),
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
        let looked = care::look(desk, source).await;
        if let (Some(described), Some(Word::State { state, wait_ms, budget })) = (described, looked) {
            (described.state, described.wait_ms, described.budget) = (state, wait_ms, budget);
        }
    }
    all
}

/// The Worker can do its work; what is missing is named. No API is asked.
fn ready(book: &Book) -> String {
    let missing = book.missing();
    let (status, word) = if missing.is_empty() {
        (200, "ready")
    } else {
        (503, "not ready")
    };
    let missing = serde_json::to_string(&missing).unwrap_or_default();
    json(status, &format!(r#"{{"status":"{word}","missing":{missing}}}"#))
}

fn json(status: u16, body: &str) -> String {
    respond(
        status,
        with_type(JSON, HeaderMap::new()),
        &Body::Text(body.to_owned()),
        None,
    )
}

fn with_type(media_type: &'static str, mut headers: HeaderMap) -> HeaderMap {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers
}

/// The assets come before the Worker; what they do not have is not here either.
fn no_page() -> String {
    let mut headers = with_type("text/plain; charset=utf-8", page_headers());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    bridge::answer(404, &headers, &Body::Text("There is no such page.\n".to_owned()), None)
}

/// A refusal as an answer of the API.
fn refused(refusal: &Refusal, mut shared: HeaderMap) -> String {
    shared.extend(refusal.headers());
    respond(refusal.status, shared, &Body::Text(refusal.problem.to_json()), None)
}

/// An answer of the API: its own headers over ours.
fn respond(status: u16, headers: HeaderMap, body: &Body, keep: Option<&Keep>) -> String {
    let mut all = api_headers();
    all.extend(headers);
    bridge::answer(status, &all, body, keep)
}
