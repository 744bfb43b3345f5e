//! One line and one count a request: the route's template, never its values.

use std::fmt;
use std::sync::Arc;

use axum::response::Response;
use http::{HeaderName, HeaderValue, Method};
use roster_gateway::Template;
use tracing::info;

use crate::app::App;
use crate::clock::Watch;
use crate::metrics::While;
use crate::upstream::Trip;

/// The header with our name of the request, so that what a client saw and what the log says can be put together.
const REQUEST_ID: HeaderName = HeaderName::from_static("roster-request-id");

/// The route that answered, for logs and metrics: words of ours only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum RouteName {
    /// A route of an API.
    Api(Template),
    /// One of our own.
    Own(&'static str),
    /// None that is known.
    #[default]
    Unknown,
}

impl fmt::Display for RouteName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(template) => template.fmt(formatter),
            Self::Own(name) => formatter.write_str(name),
            Self::Unknown => formatter.write_str("-"),
        }
    }
}

/// What is said of a request beside its answer.
#[derive(Debug, Default)]
pub(crate) struct Note {
    pub(crate) route: RouteName,
    /// The name of the token with which it came. The operator chose it.
    pub(crate) token: Option<String>,
    /// What was asked of an API for it, if anything was.
    pub(crate) trip: Option<Trip>,
}

/// A request on its way through the server.
pub(crate) struct Logged {
    app: Arc<App>,
    watch: Watch,
    id: String,
    method: &'static str,
    during: While,
}

impl Logged {
    pub(crate) fn start(app: Arc<App>, method: &Method) -> Self {
        // A method is a word of the client's choice, of any length.
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            _ => "other",
        };
        Self {
            watch: Watch::start(),
            id: app.request_ids.next(),
            method,
            during: While::counted(&app.metrics.in_flight),
            app,
        }
    }

    /// Logs and counts it, now that its answer's head is ready.
    pub(crate) fn end(self, mut response: Response, note: &Note) -> Response {
        let (status, ms) = (response.status().as_u16(), self.watch.ms());
        self.app.metrics.answered(note.route, status, ms);
        let trip = note.trip.as_ref();
        info!(
            id = self.id,
            route = %note.route,
            method = self.method,
            status,
            token = note.token,
            ms,
            upstream_status = trip.and_then(|trip| trip.status),
            upstream_ms = trip.map(|trip| trip.ms),
            "answered"
        );
        if let Ok(id) = HeaderValue::try_from(self.id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        drop(self.during);
        response
    }
}
