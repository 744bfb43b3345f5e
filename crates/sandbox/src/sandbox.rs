//! The one entry: finds who is asked, lets that API answer, and applies the faults that any server can have.

use roster_core::UnixMs;

use crate::apis::{Api, Endpoint, api_of};
use crate::ask::Ask;
use crate::chance::Lot;
use crate::fault::Kind;
use crate::http::{Delivery, Request, Response};
use crate::json::Object;
use crate::params::Params;
use crate::session::Session;
use crate::settings::Settings;
use crate::{ayrshare, insightiq, upsun};

/// Three APIs over invented data. It never changes; what does is the [`Session`].
#[derive(Clone, Debug)]
pub struct Sandbox {
    settings: Settings,
}

impl Sandbox {
    /// A sandbox with these settings.
    ///
    /// ```
    /// use roster_core::UnixMs;
    /// use roster_sandbox::{Request, Sandbox, Session, Settings, keys};
    ///
    /// let sandbox = Sandbox::new(Settings::default());
    /// let request = Request::get("/upsun/profiles", "", "http://127.0.0.1:8788")
    ///     .with_header("authorization", &format!("Bearer {}", keys::UPSUN_ACCESS_TOKEN));
    /// let response = sandbox.handle(&mut Session::default(), &request, UnixMs(0));
    /// assert_eq!(response.status, 200);
    /// ```
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The answer to a request at an instant.
    pub fn handle(&self, session: &mut Session, request: &Request, now: UnixMs) -> Response {
        if request.path == "/healthz" {
            let body = Object::new().with("status", "ok").into();
            return Response::json(200, "application/json", &body);
        }
        let mut ask = Ask {
            settings: &self.settings,
            request,
            params: Params::parse(request.query.as_bytes()),
            lot: Lot::new(self.settings.seed),
            now,
            epoch: session.epoch(now),
            n_request: session.count(),
            fault: None,
        };
        let Some(endpoint) = Endpoint::at(&request.path) else {
            return not_found(&ask);
        };
        if endpoint.method != request.method && !(endpoint.method == "GET" && request.is_read()) {
            return refusal(endpoint.api, &ask, 405).with_header("allow", endpoint.method);
        }
        if let Some(refused) = check_key(endpoint, &ask) {
            return refused;
        }
        let n = session.count_route(endpoint.provider, endpoint.route);
        ask.fault = self.settings.faults.iter().find_map(|fault| fault.meets(endpoint, n));
        let response = match endpoint.api {
            Api::Ayrshare => ayrshare::answer(endpoint.route, &ask, session),
            Api::InsightIq => insightiq::answer(endpoint.route, &ask),
            Api::Upsun => upsun::answer(endpoint.route, &ask),
        };
        deliver(response, ask.fault)
    }
}

/// The answer to a bad key, before anything is counted.
fn check_key(endpoint: &Endpoint, ask: &Ask<'_>) -> Option<Response> {
    match (endpoint.api, endpoint.route) {
        // The file's address is its own secret, and the token is what this endpoint gives out.
        (_, "user/batch/file" | "oauth2/token") => None,
        (Api::Ayrshare, _) => ayrshare::check_key(ask),
        (Api::InsightIq, _) => insightiq::check_key(ask),
        (Api::Upsun, _) => upsun::check_key(ask),
    }
}

fn not_found(ask: &Ask<'_>) -> Response {
    match api_of(&ask.request.path) {
        Some(api) => refusal(api, ask, 404),
        None => Response::new(404, "text/plain; charset=utf-8", "No such path in the sandbox.\n"),
    }
}

fn refusal(api: Api, ask: &Ask<'_>, status: u16) -> Response {
    match api {
        Api::Ayrshare => ayrshare::refusal(status, None),
        Api::InsightIq => insightiq::refusal(ask, status),
        Api::Upsun => upsun::refusal(status, None),
    }
}

/// What any server does wrong, whatever it answers.
fn deliver(mut response: Response, fault: Option<Kind>) -> Response {
    match fault {
        Some(Kind::Html) => {
            let page = "<!doctype html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>\n";
            return Response::new(200, "text/html; charset=utf-8", page);
        }
        Some(Kind::Slow { bytes_per_second }) => response.delivery = Delivery::Slow { bytes_per_second },
        Some(Kind::Cut { bytes }) => {
            let bytes = bytes.unwrap_or(response.body.len() / 2).min(response.body.len());
            response.delivery = Delivery::CutAfter { bytes };
        }
        _ => {}
    }
    response
}
