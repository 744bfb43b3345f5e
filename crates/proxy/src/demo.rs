//! The sandbox as a source in this process: requests go the same way as to an API, only no socket is between.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, unfold};
use http::{HeaderMap, HeaderName, HeaderValue};
use roster_gateway::{Cause, cause};
use roster_sandbox::{API_BASES, Delivery, Request, Response, Sandbox, Session, Settings, keys};

use crate::clock;
use crate::secret::Keys;
use crate::upstream::{Arrived, Pieces};

/// Where the sandbox in this process seems to be. The name can never be resolved, so that a link in an answer is not
/// taken for a place.
pub(crate) const DEMO_ORIGIN: &str = "https://sandbox.invalid";

/// How often a slow body sends a piece, in milliseconds.
const SLOW_STEP_MS: u64 = 100;

/// The sandbox with its state.
pub(crate) struct Demo {
    sandbox: Sandbox,
    session: Mutex<Session>,
}

impl Demo {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            sandbox: Sandbox::new(settings),
            session: Mutex::default(),
        }
    }

    /// The sandbox's answer.
    pub(crate) fn handle(&self, request: &Request) -> Response {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        self.sandbox.handle(&mut session, request, clock::now())
    }

    /// The answer to a GET of a path with query, as an API's answer arrives.
    pub(crate) fn ask(&self, target: &str, headers: &[(&'static str, HeaderValue)]) -> Arrived {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Request::get(path, query, DEMO_ORIGIN);
        for (name, value) in headers {
            request = request.with_header(name, value.to_str().unwrap_or_default());
        }
        let response = self.handle(&request);
        Arrived {
            status: response.status,
            headers: header_map(&response.headers),
            pieces: pieces(response.body, response.delivery),
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

/// Headers of the sandbox as headers of an answer; one that is no header is left out.
pub(crate) fn header_map(headers: &[(String, String)]) -> HeaderMap {
    let pair = |(name, value): &(String, String)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(value).ok()?))
    };
    headers.iter().filter_map(pair).collect()
}

/// The body as the sandbox says that it goes over the wire.
pub(crate) fn pieces(body: Vec<u8>, delivery: Delivery) -> Pieces {
    let body = Bytes::from(body);
    match delivery {
        Delivery::Whole => stream::iter([Ok(body)]).boxed(),
        Delivery::CutAfter { bytes } => {
            let kept = body.slice(..bytes.min(body.len()));
            stream::iter([Ok(kept)]).chain(stream::once(cut())).boxed()
        }
        Delivery::Slow { bytes_per_second } => slow(body, bytes_per_second),
    }
}

/// The end that comes too early. A server sends what it has when a body makes it wait; without the wait it would drop
/// the kept bytes together with the connection.
async fn cut() -> Result<Bytes, Cause> {
    tokio::task::yield_now().await;
    Err(cause::UNREACHABLE)
}

fn slow(body: Bytes, bytes_per_second: u64) -> Pieces {
    let step_bytes = usize::try_from(bytes_per_second * SLOW_STEP_MS / 1000)
        .unwrap_or(usize::MAX)
        .max(1);
    let step_ms = if bytes_per_second * SLOW_STEP_MS < 1000 {
        1000 / bytes_per_second.max(1)
    } else {
        SLOW_STEP_MS
    };
    let stream = unfold(body, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(step_ms)).await;
        let piece = left.split_to(step_bytes.min(left.len()));
        Some((Ok::<_, Cause>(piece), left))
    });
    stream.boxed()
}
