//! The routes and the layers before them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use roster_gateway::{Area, Client, Hosts, Limits, Refusal, cause, gate, preflight};

use crate::accept::Peer;
use crate::access::Limiter;
use crate::log::{Template, TokenName, log};
use crate::metrics::{Metrics, RequestIds};
use crate::site::Site;
use crate::{api, clock, files};

const JSON: &str = "application/json";

const HEALTH: &str = "/healthz";
const READY: &str = "/readyz";

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

/// The service of the public listener.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route(HEALTH, get(healthz))
        .route(READY, get(readyz))
        .route("/api/v1/sources", get(sources))
        .route("/api", get(data))
        .route("/api/", get(data))
        .route("/api/{*rest}", get(data))
        .fallback(get(page))
        // Innermost: nothing behind it sees a request that may not ask.
        .layer(from_fn_with_state(app.clone(), guard))
        // Outermost: a refused request is logged as well.
        .layer(from_fn_with_state(app.clone(), log))
        .with_state(app)
}

/// Refuses what may not ask. The cheap and blunt checks come first; who asks is looked at last, so that a token is never
/// held against a request that would be refused anyway.
async fn guard(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let now = app.now();
    let is_page = !request.uri().path().starts_with("/api");
    let area = if is_page { Area::Page } else { Area::Api };
    if let Some(headers) = preflight(&now.hosts, request.method(), request.uri(), request.headers()) {
        return api::respond_with(StatusCode::NO_CONTENT, headers, Body::empty());
    }
    let shared = now.hosts.origins().headers(request.headers());
    let mut response = match let_in(&app, &now, area, &request) {
        Ok(client) => {
            request.extensions_mut().insert(now);
            let mut response = next.run(request).await;
            if let Some(Client::Token(name)) = client {
                response.extensions_mut().insert(TokenName(name));
            }
            response
        }
        Err(refusal) => {
            app.metrics.refused(&refusal);
            api::refused(&refusal)
        }
    };
    if area == Area::Api {
        response.headers_mut().extend(shared);
    }
    response
}

fn let_in(app: &App, now: &Now, area: Area, request: &Request) -> Result<Option<Client>, Refusal> {
    gate(&now.hosts, area, request.method(), request.uri(), request.headers())?;
    // Whoever watches over the process has no token, and learns nothing about anybody.
    if matches!(request.uri().path(), HEALTH | READY) {
        return Ok(None);
    }
    let peer = request.extensions().get::<Peer>();
    let peer = peer.ok_or_else(|| cause::BUG.refusal("bug: a request came from nowhere"))?;
    let door = &now.site.door;
    let client = door.admit(peer.0, request.headers())?;
    // The page and its files are asked for in one go.
    if let Some(rate) = door.rate.filter(|_| area == Area::Api) {
        app.limiter.take(&client, rate, clock::now())?;
    }
    Ok(Some(client))
}

async fn data(State(app): State<Arc<App>>, Extension(now): Extension<Arc<Now>>, request: Request) -> Response {
    let uri = request.uri();
    api::respond(&now.site.book, app.limits, uri.path(), uri.query(), request.headers()).await
}

async fn sources(Extension(now): Extension<Arc<Now>>) -> Response {
    json(StatusCode::OK, "/api/v1/sources", now.site.book.describe().to_json())
}

/// The process lives.
async fn healthz() -> Response {
    json(StatusCode::OK, HEALTH, r#"{"status":"ok"}"#.to_owned())
}

/// The process can do its work; what is missing is named. No API is asked.
async fn readyz(State(app): State<Arc<App>>, Extension(now): Extension<Arc<Now>>) -> Response {
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
        READY,
        format!(r#"{{"status":"{word}","missing":[{}]}}"#, missing.join(",")),
    )
}

async fn page(State(app): State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path();
    let mut response = match &app.ui {
        Some(ui) => files::respond(ui, path, request.headers()).await,
        None => files::without_viewer(path),
    };
    response.extensions_mut().insert(Template("page".to_owned()));
    response
}

fn json(status: StatusCode, template: &str, body: String) -> Response {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(JSON))]);
    let mut response = api::respond_with(status, headers, Body::from(body));
    response.extensions_mut().insert(Template(template.to_owned()));
    response
}
