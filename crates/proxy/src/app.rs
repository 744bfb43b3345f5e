//! The routes and the layers before them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Body;
use axum::response::Response;
use http::header::{CONNECTION, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use hyper::body::Incoming;
use roster_gateway::{Area, Client, Hosts, Limits, Refusal, gate, preflight};

use crate::accept::Peer;
use crate::access::Limiter;
use crate::log::{Logged, Note, RouteName};
use crate::metrics::{Metrics, RequestIds};
use crate::site::Site;
use crate::{api, clock, files, mishap};

const JSON: &str = "application/json";

/// Statuses of requests that no honest client sends: a server in front may see their end elsewhere than we do, so nothing
/// that follows on the connection is taken for a request.
const ODD: [u16; 4] = [400, 405, 413, 421];

const HEALTH: &str = "/healthz";
const READY: &str = "/readyz";
const SOURCES: &str = "/api/v1/sources";

/// A route of the tests that panics.
#[cfg(test)]
pub(crate) const PANIC: &str = "/panic";

/// What the routes share.
pub(crate) struct App {
    pub(crate) limits: Limits,
    pub(crate) ui: Option<PathBuf>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) request_ids: RequestIds,
    limiter: Limiter,
    port: u16,
    now: RwLock<Arc<Now>>,
    is_stopping: AtomicBool,
}

/// What is served now. A request keeps the one that it began with.
pub(crate) struct Now {
    pub(crate) site: Site,
    hosts: Hosts,
}

impl App {
    pub(crate) fn new(site: Site, port: u16, ui: Option<PathBuf>, limits: Limits) -> Self {
        let hosts = site.hosts(port);
        Self {
            limits,
            ui,
            metrics: Arc::new(Metrics::new()),
            request_ids: RequestIds::new(clock::now().0),
            limiter: Limiter::default(),
            port,
            now: RwLock::new(Arc::new(Now { site, hosts })),
            is_stopping: AtomicBool::new(false),
        }
    }

    pub(crate) fn now(&self) -> Arc<Now> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn replace(&self, site: Site) {
        let hosts = site.hosts(self.port);
        let site = site.after(&self.now().site);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Now { site, hosts });
    }

    /// From now on the server is on its way down.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }
}

/// The answer to a request of the public listener. One function and no layers of a framework: for an answer of two
/// kilobytes those cost as much as the way to the API and back.
pub(crate) async fn answer(app: Arc<App>, request: hyper::Request<Incoming>, peer: Peer) -> Response {
    // The body stays here unread until the answer is made.
    let (head, _body) = request.into_parts();
    let logged = Logged::start(app.clone(), &head.method);
    let (response, note) = served(&app, &head, peer).await;
    logged.end(response, &note)
}

/// The same before it is logged, whatever goes wrong on the way.
pub(crate) async fn served(app: &App, head: &Parts, peer: Peer) -> (Response, Note) {
    // It is large, and would lie in every future around it.
    mishap::answered(app, Box::pin(guarded(app, head, peer))).await
}

/// Refuses what may not ask. The cheap and blunt checks come first; who asks is looked at last, so that a token is never
/// held against a request that would be refused anyway.
async fn guarded(app: &App, head: &Parts, peer: Peer) -> (Response, Note) {
    let now = app.now();
    let is_page = !head.uri.path().starts_with("/api");
    let area = if is_page { Area::Page } else { Area::Api };
    let mut note = Note::default();
    if let Some(headers) = preflight(&now.hosts, &head.method, &head.uri, &head.headers) {
        return (api::respond_with(StatusCode::NO_CONTENT, headers, Body::empty()), note);
    }
    let mut response = match let_in(app, &now, area, head, peer) {
        Ok(client) => {
            if let Some(Client::Token(name)) = client {
                note.token = Some(name);
            }
            routed(app, &now, head, &mut note).await
        }
        Err(refusal) => {
            app.metrics.refused(&refusal);
            let mut response = api::refused(&refusal);
            if ODD.contains(&refusal.status) {
                response
                    .headers_mut()
                    .insert(CONNECTION, HeaderValue::from_static("close"));
            }
            response
        }
    };
    if area == Area::Api {
        let shared = now.hosts.origins().headers(&head.headers);
        response.headers_mut().extend(shared);
    }
    (response, note)
}

/// The answer to a request that may ask.
async fn routed(app: &App, now: &Now, head: &Parts, note: &mut Note) -> Response {
    let path = head.uri.path();
    let own = |name| RouteName::Own(name);
    match path {
        #[cfg(test)]
        PANIC => panic!("CANARY of a panic"),
        HEALTH => {
            note.route = own(HEALTH);
            healthz()
        }
        READY => {
            note.route = own(READY);
            readyz(app, now)
        }
        SOURCES => {
            note.route = own(SOURCES);
            json(StatusCode::OK, now.site.book.describe().to_json())
        }
        path if path == "/api" || path.starts_with("/api/") => {
            api::respond(&now.site.book, app.limits, path, head.uri.query(), &head.headers, note).await
        }
        path => {
            note.route = own("page");
            match &app.ui {
                Some(ui) => files::respond(ui, path, &head.headers).await,
                None => files::without_viewer(path),
            }
        }
    }
}

fn let_in(app: &App, now: &Now, area: Area, head: &Parts, peer: Peer) -> Result<Option<Client>, Refusal> {
    gate(&now.hosts, area, &head.method, &head.uri, &head.headers)?;
    // Whoever watches over the process has no token, and learns nothing about anybody.
    if matches!(head.uri.path(), HEALTH | READY) {
        return Ok(None);
    }
    let door = &now.site.door;
    let client = door.admit(peer.0, &head.headers)?;
    // The page and its files are asked for in one go.
    if let Some(rate) = door.rate.filter(|_| area == Area::Api) {
        app.limiter.take(&client, rate, clock::now())?;
    }
    Ok(Some(client))
}

/// The process lives.
fn healthz() -> Response {
    json(StatusCode::OK, r#"{"status":"ok"}"#.to_owned())
}

/// The process can do its work; what is missing is named. No API is asked.
fn readyz(app: &App, now: &Now) -> Response {
    let mut missing = Vec::new();
    if app.is_stopping.load(Ordering::Relaxed) {
        missing.push("\"shutting down\"");
    }
    if now.site.book.is_empty() {
        missing.push("\"a source in the configuration\"");
    }
    if app.ui.as_deref().is_some_and(|ui| !ui.join(files::INDEX).is_file()) {
        missing.push("\"index.html in the folder of --ui\"");
    }
    let is_ready = missing.is_empty();
    let status = if is_ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let word = if is_ready { "ready" } else { "not ready" };
    json(
        status,
        format!(r#"{{"status":"{word}","missing":[{}]}}"#, missing.join(",")),
    )
}

fn json(status: StatusCode, body: String) -> Response {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(JSON))]);
    api::respond_with(status, headers, Body::from(body))
}
