//! A sandbox with a session and a clock that stands still, and the requests that the tests send to it.

use std::cell::RefCell;

use roster_core::{Call, End, Error, Limits, Page, Pager, Query, UnixMs, Upstream};
use roster_sandbox::{API_BASES, Fault, Request, Response, Sandbox, Session, Settings, keys};
use serde_json::Value;

/// Where the tests' sandbox is reached.
pub(crate) const BASE_URL: &str = "http://127.0.0.1:8788";

/// 2026-11-21T09:30:00.250Z.
pub(crate) const NOW: UnixMs = UnixMs(1_795_253_400_250);

pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// One sandbox being played.
pub(crate) struct Play {
    pub(crate) sandbox: Sandbox,
    session: RefCell<Session>,
    pub(crate) now: UnixMs,
}

impl Play {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            sandbox: Sandbox::new(settings),
            session: RefCell::default(),
            now: NOW,
        }
    }

    /// The 240 profiles.
    pub(crate) fn demo() -> Self {
        Self::new(Settings::default())
    }

    pub(crate) fn of(n_profiles: u64) -> Self {
        Self::new(Settings {
            n_profiles,
            ..Settings::default()
        })
    }

    pub(crate) fn with_faults(faults: &[&str]) -> Self {
        let faults: Vec<Fault> = faults.iter().map(|text| text.parse().unwrap()).collect();
        Self::new(Settings {
            faults,
            ..Settings::default()
        })
    }

    pub(crate) fn send(&self, request: &Request) -> Response {
        self.sandbox.handle(&mut self.session.borrow_mut(), request, self.now)
    }

    /// The answer to a `GET` with the right key: `"/ayrshare/api/profiles?limit=2"`.
    pub(crate) fn get(&self, target: &str) -> Response {
        self.send(&signed(target))
    }

    /// The body of an answer that must be a success.
    pub(crate) fn json(&self, target: &str) -> Value {
        let response = self.get(target);
        let text = String::from_utf8(response.body).unwrap();
        assert_eq!(response.status, 200, "{target}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Status and body of an answer that must be an error.
    pub(crate) fn refused(&self, target: &str) -> (u16, Value) {
        let response = self.get(target);
        assert_ne!(response.status, 200, "{target}");
        (response.status, serde_json::from_slice(&response.body).unwrap())
    }

    /// Loads a list to its end by the one pager that everybody uses.
    pub(crate) fn load(&self, query: Query) -> Result<(Vec<Page>, End), Error> {
        let limits = Limits {
            max_pages: 100_000,
            max_items: u64::MAX,
        };
        let mut pager = Pager::new(query, limits)?;
        let mut loaded = Vec::new();
        loop {
            match pager.request()? {
                Call::End(end) => return Ok((loaded, end)),
                Call::Send(request, ticket) => {
                    let response = self.answer(&request);
                    loaded.extend(pager.accept(ticket, &response)?);
                }
            }
        }
    }

    /// Answers a request of the core, as the proxy would.
    pub(crate) fn answer(&self, request: &roster_core::Request) -> roster_core::Response {
        let base = API_BASES.iter().find(|(id, _)| *id == request.provider).unwrap().1;
        let Upstream::Path(path) = request.route.upstream else {
            panic!("the batch file has no path");
        };
        let response = self.get(&format!("{base}{path}?{}", request.query_string()));
        roster_core::Response {
            status: response.status,
            headers: response
                .headers
                .iter()
                .map(|(name, value)| (name, value.clone()))
                .collect(),
            body: response.body,
            received: self.now,
        }
        .with_header(roster_core::Response::UPSTREAM_HEADER, format!("{BASE_URL}{base}"))
    }
}

/// A `GET` with the key that its path needs.
pub(crate) fn signed(target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let key = match path.split('/').nth(1) {
        Some("ayrshare") => format!("Bearer {}", keys::AYRSHARE_KEY),
        Some("insightiq") => basic(keys::INSIGHTIQ_USER, keys::INSIGHTIQ_PASSWORD),
        Some("upsun") => format!("Bearer {}", keys::UPSUN_ACCESS_TOKEN),
        _ => return Request::get(path, query, BASE_URL),
    };
    Request::get(path, query, BASE_URL).with_header("Authorization", &key)
}

pub(crate) fn basic(user: &str, password: &str) -> String {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
    format!("Basic {text}")
}

/// The texts under one key of every element.
pub(crate) fn texts(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().unwrap();
    list.iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
}

/// The keys of an object in the order of the text. `serde_json`'s own map sorts them.
pub(crate) fn keys_of(text: &str) -> Vec<String> {
    let members = roster_core::members(text).unwrap();
    members.iter().map(|(key, _)| key.to_owned()).collect()
}
