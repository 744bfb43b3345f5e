//! One line a request: the route's template, never its values.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use tracing::info;

use crate::clock::Watch;

/// The template of the route that answered, for the log.
#[derive(Clone, Debug)]
pub(crate) struct Template(pub(crate) String);

/// Logs a request when its answer's head is ready.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let watch = Watch::start();
    // A method is a word of the client's choice, of any length.
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        _ => "other",
    };
    let response = next.run(request).await;
    let route = response
        .extensions()
        .get::<Template>()
        .map_or("-", |template| template.0.as_str());
    let status = response.status().as_u16();
    info!(route, method, status, ms = watch.ms(), "answered");
    response
}
