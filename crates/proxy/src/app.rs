//! The routes and the layers before them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use roster_gateway::{Area, Hosts, Limits, gate};

use crate::log::{Template, log};
use crate::source::Book;
use crate::{api, files};

const JSON: &str = "application/json";

/// What the routes share.
pub(crate) struct App {
    pub(crate) book: Book,
    pub(crate) limits: Limits,
    pub(crate) hosts: Hosts,
    pub(crate) ui: Option<PathBuf>,
    /// Whether the server is on its way down.
    pub(crate) is_stopping: AtomicBool,
}

/// The service of the public listener.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/api/v1/sources", get(sources))
        .route("/api", get(data))
        .route("/api/", get(data))
        .route("/api/{*rest}", get(data))
        .fallback(get(page))
        // Innermost: nothing behind it sees a request that may not ask.
        .layer(from_fn_with_state(app.clone(), guard))
        // Outermost: a refused request is logged as well.
        .layer(from_fn(log))
        .with_state(app)
}

/// Refuses what may not ask.
async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_page = !request.uri().path().starts_with("/api");
    let area = if is_page { Area::Page } else { Area::Api };
    match gate(&app.hosts, area, request.method(), request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => api::refused(&refusal),
    }
}

async fn data(State(app): State<Arc<App>>, request: Request) -> Response {
    let uri = request.uri();
    api::respond(&app.book, app.limits, uri.path(), uri.query()).await
}

async fn sources(State(app): State<Arc<App>>) -> Response {
    json(StatusCode::OK, "/api/v1/sources", app.book.describe().to_json())
}

/// The process lives.
async fn healthz() -> Response {
    json(StatusCode::OK, "/healthz", r#"{"status":"ok"}"#.to_owned())
}

/// The process can do its work; what is missing is named. No API is asked.
async fn readyz(State(app): State<Arc<App>>) -> Response {
    let mut missing = Vec::new();
    if app.is_stopping.load(Ordering::Relaxed) {
        missing.push("\"shutting down\"");
    }
    if app.book.is_empty() {
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
        "/readyz",
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
