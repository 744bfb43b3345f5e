//! The sandbox as a transport: no proxy, no network, invented data.

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use roster_client::{Clock, Transport};
use roster_core::{Error, ErrorKind, Request, Response, Upstream};
use roster_sandbox::{API_BASES, Sandbox, Session, Settings, keys};

/// How long an answer takes, in milliseconds: long enough that pages arrive one by one and a load can be stopped.
const PACE_MS: u64 = 40;

/// Where the sandbox says that it is, for absolute links. Nothing is ever asked there.
const BASE_URL: &str = "https://sandbox.invalid";

/// Plays the APIs in process.
pub(crate) struct DemoTransport {
    sandbox: Sandbox,
    session: RefCell<Session>,
    clock: Rc<dyn Clock>,
}

impl DemoTransport {
    /// The demo's 240 profiles.
    pub(crate) fn new(clock: Rc<dyn Clock>) -> Self {
        Self::playing(Settings::default(), clock)
    }

    /// What these settings say.
    pub(crate) fn playing(settings: Settings, clock: Rc<dyn Clock>) -> Self {
        Self {
            sandbox: Sandbox::new(settings),
            session: RefCell::default(),
            clock,
        }
    }

    fn answer(&self, request: &Request) -> Result<Response, Error> {
        let base = base(request.provider).ok_or_else(|| not_played(request))?;
        let Upstream::Path(path) = request.route.upstream else {
            return Err(not_played(request));
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(request.params.iter().map(|(name, value)| (*name, value.as_str())));
        let mut asked = roster_sandbox::Request::get(&format!("{base}{path}"), &query.finish(), BASE_URL);
        asked.headers = credentials(request);
        let received = self.clock.now();
        let answer = self.sandbox.handle(&mut self.session.borrow_mut(), &asked, received);
        Ok(Response {
            status: answer.status,
            headers: answer.headers.into_iter().collect(),
            body: answer.body,
            received,
        }
        .with_header(Response::UPSTREAM_HEADER, format!("{BASE_URL}{base}")))
    }
}

impl Transport for DemoTransport {
    fn send<'a>(&'a self, request: &'a Request) -> LocalBoxFuture<'a, Result<Response, Error>> {
        async move {
            self.clock.sleep(PACE_MS).await;
            self.answer(request)
        }
        .boxed_local()
    }
}

fn base(provider: &str) -> Option<&'static str> {
    API_BASES.iter().find(|(id, _)| *id == provider).map(|(_, base)| *base)
}

/// The sandbox's public keys, put where each API wants them.
fn credentials(request: &Request) -> Vec<(String, String)> {
    let authorization = match request.provider {
        "ayrshare" => format!("Bearer {}", keys::AYRSHARE_KEY),
        "insightiq" => {
            let pair = format!("{}:{}", keys::INSIGHTIQ_USER, keys::INSIGHTIQ_PASSWORD);
            format!("Basic {}", BASE64_STANDARD.encode(pair))
        }
        _ => format!("Bearer {}", keys::UPSUN_ACCESS_TOKEN),
    };
    let alias = request.profile.as_deref();
    let profile_key = keys::AYRSHARE_PROFILE_KEYS
        .iter()
        .find(|(name, _)| Some(*name) == alias);
    let mut headers = vec![("authorization".to_owned(), authorization)];
    headers.extend(profile_key.map(|(_, key)| ("profile-key".to_owned(), (*key).to_owned())));
    headers
}

fn not_played(request: &Request) -> Error {
    let message = format!("the demo does not play {}", request.route.name);
    Error::new(ErrorKind::NotFound, message).with_provider(request.provider)
}
