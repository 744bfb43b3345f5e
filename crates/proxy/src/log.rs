//! One line and one count a request: the route's template, never its values.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, Method};
use tracing::info;

use crate::app::App;
use crate::clock::Watch;
use crate::metrics::While;

/// The header with our name of the request, so that what a client saw and what the log says can be put together.
const REQUEST_ID: HeaderName = HeaderName::from_static("roster-request-id");

/// The template of the route that answered, for the log.
#[derive(Clone, Debug)]
pub(crate) struct Template(pub(crate) String);

/// The name of the token with which a request came, for the log. The operator chose it.
#[derive(Clone, Debug)]
pub(crate) struct TokenName(pub(crate) String);

/// Logs and counts a request when its answer's head is ready.
pub(crate) async fn log(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let watch = Watch::start();
    let during = While::counted(&app.metrics.in_flight);
    let id = app.request_ids.next();
    // A method is a word of the client's choice, of any length.
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        _ => "other",
    };
    let mut response = next.run(request).await;
    let extensions = response.extensions();
    let route = extensions.get::<Template>().map_or("-", |template| template.0.as_str());
    let token = extensions.get::<TokenName>().map(|name| name.0.as_str());
    let status = response.status().as_u16();
    app.metrics.answered(route, status, watch.ms());
    info!(id, route, method, status, token, ms = watch.ms(), "answered");
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    drop(during);
    response
}
