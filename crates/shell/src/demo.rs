//! The sandbox as a source: requests go the same way as to an API, only no network is between.

use std::sync::{Mutex, PoisonError};

use http::{HeaderMap, HeaderName, HeaderValue};
use roster_core::UnixMs;
use roster_sandbox::{API_BASES, Request, Response, Sandbox, Session, Settings, keys};

use crate::keys::Keys;

/// Where the sandbox seems to be. The name can never be resolved, so that a link in an answer is not taken for a place.
pub const DEMO_ORIGIN: &str = "https://sandbox.invalid";

/// The sandbox with its state.
pub struct Demo {
    sandbox: Sandbox,
    session: Mutex<Session>,
}

impl Demo {
    /// A sandbox that nobody asked yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            sandbox: Sandbox::new(settings),
            session: Mutex::default(),
        }
    }

    /// The sandbox's answer.
    pub fn handle(&self, request: &Request, now: UnixMs) -> Response {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        self.sandbox.handle(&mut session, request, now)
    }

    /// The answer to a GET of a path with query below [`DEMO_ORIGIN`].
    pub fn ask(&self, target: &str, headers: &[(&'static str, HeaderValue)], now: UnixMs) -> Response {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let with = |request: Request, (name, value): &(&str, HeaderValue)| {
            request.with_header(name, value.to_str().unwrap_or_default())
        };
        let request = headers.iter().fold(Request::get(path, query, DEMO_ORIGIN), with);
        self.handle(&request, now)
    }
}

/// The base URL of a provider in the sandbox.
pub fn demo_base_url(provider: &str) -> Option<String> {
    let (_, prefix) = API_BASES.iter().find(|(id, _)| *id == provider)?;
    Some(format!("{DEMO_ORIGIN}{prefix}"))
}

/// The sandbox's own credentials of a provider. They are public.
pub fn demo_keys(provider: &str) -> Option<Keys> {
    let keys = match provider {
        "ayrshare" => keys::AYRSHARE_PROFILE_KEYS
            .iter()
            .fold(Keys::bearer(keys::AYRSHARE_KEY), |all, (alias, key)| {
                all.with_profile(alias, key)
            }),
        "insightiq" => Keys::basic(keys::INSIGHTIQ_USER, keys::INSIGHTIQ_PASSWORD),
        "upsun" => Keys::bearer(keys::UPSUN_ACCESS_TOKEN),
        _ => return None,
    };
    Some(keys.public())
}

/// Headers of the sandbox as headers of an answer; one that is no header is left out.
pub fn header_map(headers: &[(String, String)]) -> HeaderMap {
    let pair = |(name, value): &(String, String)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(value).ok()?))
    };
    headers.iter().filter_map(pair).collect()
}
