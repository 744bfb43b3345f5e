//! The listener for Prometheus. It stands apart from the public one and on loopback only.

use std::future::Future;
use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use roster_gateway::{Area, Hosts, cause, gate};
use tokio::net::TcpListener;

use crate::accept::{Bounds, Seam, accept};
use crate::api;
use crate::app::App;
use crate::metrics::MEDIA_TYPE;

/// Who watches asks every few seconds over one connection.
const BOUNDS: Bounds = Bounds {
    header_read_ms: 60_000,
    write_stall_ms: 10_000,
    drain_ms: 0,
    n_connections: 16,
};

struct Monitor {
    hosts: Hosts,
    app: Arc<App>,
}

/// Serves the text of the metrics at `/metrics` until `stop` comes.
pub(crate) async fn monitor(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) {
    let port = listener.local_addr().map_or(0, |address| address.port());
    let monitor = Arc::new(Monitor {
        hosts: Hosts::new(port, &[]),
        app,
    });
    let answer = move |request, _| {
        let monitor = monitor.clone();
        async move { answer(&monitor, &request) }
    };
    accept(listener, answer, BOUNDS, Seam::plain(), stop).await;
}

/// A page in a browser reaches loopback as well, so the gate stands here too.
fn answer<B>(monitor: &Monitor, request: &Request<B>) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    if let Err(refusal) = gate(&monitor.hosts, Area::Api, request.method(), uri, headers) {
        return api::refused(&refusal);
    }
    if uri.path() != "/metrics" {
        return api::refused(&cause::NO_ROUTE.refusal("expected /metrics"));
    }
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))]);
    api::respond_with(StatusCode::OK, headers, Body::from(text(&monitor.app)))
}

fn text(app: &App) -> String {
    let now = app.now();
    let book = &now.site.book;
    app.metrics.on_the_way(&book.counts(), &book.waits_ms());
    app.metrics.keeps(book.upstream.kept());
    app.metrics.text()
}
