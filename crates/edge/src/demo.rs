//! The sandbox as a source inside the Worker: requests go the same way as to an API, only no network is between.

use std::cell::RefCell;

use http::{HeaderMap, HeaderName, HeaderValue};
use roster_core::UnixMs;
use roster_gateway::{Cause, cause};
use roster_sandbox::{API_BASES, Delivery, Request, Sandbox, Session, Settings, keys};

use crate::keys::Keys;

/// Where the sandbox in this Worker seems to be. The name can never be resolved, so that a link in an answer is not
/// taken for a place.
pub(crate) const DEMO_ORIGIN: &str = "https://sandbox.invalid";

/// Profiles of the sandbox unless the configuration says another number: enough for several pages of every API.
pub(crate) const N_PROFILES: u64 = 800;

/// The sandbox with its state, which lives as long as the isolate.
pub(crate) struct Demo {
    sandbox: Sandbox,
    session: RefCell<Session>,
}

/// An answer of the sandbox.
pub(crate) struct Played {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Demo {
    pub(crate) fn new(n_profiles: u64) -> Self {
        let settings = Settings {
            n_profiles,
            ..Settings::default()
        };
        Self {
            sandbox: Sandbox::new(settings),
            session: RefCell::default(),
        }
    }

    /// The answer to a GET of a path with query, as an API's answer arrives.
    pub(crate) fn ask(&self, target: &str, headers: &[(&str, &str)], now: UnixMs) -> Result<Played, Cause> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let request = headers
            .iter()
            .fold(Request::get(path, query, DEMO_ORIGIN), |request, (name, value)| {
                request.with_header(name, value)
            });
        let response = self.sandbox.handle(&mut self.session.borrow_mut(), &request, now);
        match response.delivery {
            // A slow body differs on a wire alone, and none is here.
            Delivery::Whole | Delivery::Slow { .. } => Ok(Played {
                status: response.status,
                headers: header_map(&response.headers),
                body: response.body,
            }),
            Delivery::CutAfter { .. } => Err(cause::UNREACHABLE),
        }
    }
}

/// The base URL of a provider in the sandbox.
pub(crate) fn base_url(provider: &str) -> Option<String> {
    let (_, prefix) = API_BASES.iter().find(|(id, _)| *id == provider)?;
    Some(format!("{DEMO_ORIGIN}{prefix}"))
}

/// The sandbox's own credentials of a provider. They are public.
pub(crate) fn demo_keys(provider: &str) -> Option<Keys> {
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

fn header_map(headers: &[(String, String)]) -> HeaderMap {
    let pair = |(name, value): &(String, String)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(value).ok()?))
    };
    headers.iter().filter_map(pair).collect()
}
