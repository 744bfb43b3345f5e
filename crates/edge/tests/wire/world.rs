//! The Worker on a free port, and a client that sends bytes as they are. The names are those of the native world, so
//! that the same tests run in both.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use roster_gateway::Limits;
use serde_json::json;

pub(crate) use crate::client::*;
use crate::matrix::{Otherwise, Wanted};
use crate::upstream::Upstream;
use crate::worker::{Beside, Bindings, Entry, Worker};

pub(crate) const SECRETS: &[(&str, &str)] = &[
    ("KEY", KEY),
    ("USER", "client-id"),
    ("PASSWORD", PASSWORD),
    ("PROFILE", PROFILE_KEY),
    ("PROFILE_B", PROFILE_KEY_B),
    ("API_TOKEN", API_TOKEN),
    ("TOKEN", "CANARY-TOKEN-0123456789abcdef0123"),
];

/// Short enough for tests; long enough for a busy machine to answer on loopback.
pub(crate) const LIMITS: Limits = Limits {
    connect_ms: 2_000,
    first_byte_ms: 2_500,
    chunk_ms: 2_500,
    whole_ms: 10_000,
    held_bytes: 64 * 1024,
    body_bytes: 64 * 1024,
    batch_bytes: 128 * 1024,
};

/// How long a client waits for an answer before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A Worker that runs until it is dropped.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    /// What its clock shows, if it is set by the test.
    time: Option<Arc<AtomicI64>>,
    pub(crate) worker: Worker,
}

impl Proxy {
    /// The three providers at an upstream of ours.
    pub(crate) fn before(upstream: &Upstream) -> Self {
        Self::configured(&config(upstream.port))
    }

    /// The sources of a configuration, in the form of the native one.
    pub(crate) fn configured(text: &str) -> Self {
        Self::limited(text, LIMITS)
    }

    /// The same within other limits.
    pub(crate) fn limited(text: &str, limits: Limits) -> Self {
        Self::start(bindings(text, limits), None)
    }

    /// The same, and the clock that they go by, in milliseconds since 1970.
    pub(crate) fn timed(text: &str) -> (Self, Arc<AtomicI64>) {
        let time = Arc::new(AtomicI64::new(NOW_MS));
        let bindings = Bindings {
            keeps: true,
            entry: Entry::Timed,
            ..bindings(text, LIMITS)
        };
        (Self::start(bindings, Some(time.clone())), time)
    }

    /// The same with something behind its Cache API.
    pub(crate) fn keeping(text: &str) -> Self {
        let bindings = Bindings {
            keeps: true,
            ..bindings(text, LIMITS)
        };
        Self::start(bindings, None)
    }

    pub(crate) fn start(bindings: Bindings<'_>, time: Option<Arc<AtomicI64>>) -> Self {
        let worker = Worker::start(bindings);
        Self {
            port: worker.port,
            time,
            worker,
        }
    }

    /// Sends bytes as they are and reads until the Worker closes.
    pub(crate) fn raw(&self, bytes: &str) -> Reply {
        let mut socket = self.connect();
        // The runtime may answer and close before it has read everything.
        let _ = socket.write_all(bytes.as_bytes());
        read(socket)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        socket
    }

    /// Sends a plain request; its answer is read from the socket later.
    pub(crate) fn send_get(&self, target: &str) -> TcpStream {
        let mut socket = self.connect();
        socket.write_all(self.head(target, "").as_bytes()).unwrap();
        socket
    }

    /// A plain request.
    pub(crate) fn get(&self, target: &str) -> Reply {
        self.get_with(target, "")
    }

    /// A plain request with more header lines, each with its end.
    pub(crate) fn get_with(&self, target: &str, headers: &str) -> Reply {
        self.raw(&self.head(target, headers))
    }

    fn head(&self, target: &str, headers: &str) -> String {
        let port = self.port;
        let now = self.time.as_ref().map(|time| time.load(Ordering::Relaxed));
        let now = now.map_or_else(String::new, |now| format!("x-test-now: {now}\r\n"));
        format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{now}{headers}\r\n")
    }
}

/// What the Worker is bound to for a configuration in the form of the native one.
pub(crate) fn bindings(text: &str, limits: Limits) -> Bindings<'static> {
    let roster: toml::Table = text.parse().unwrap();
    let mut roster = serde_json::to_value(roster).unwrap();
    roster["limits"] = json!({
        "first_byte_ms": limits.first_byte_ms,
        "chunk_ms": limits.chunk_ms,
        "whole_ms": limits.whole_ms,
        "body_bytes": limits.body_bytes,
        "batch_bytes": limits.batch_bytes,
    });
    Bindings {
        roster,
        secrets: SECRETS,
        allow: "127.0.0.1/32",
        keeps: false,
        entry: Entry::Own,
        beside: Beside::Nobody,
        folder: None,
    }
}

/// Whether answers are kept: nothing is behind the Cache API of workerd, except where a test asks for it.
pub(crate) const KEEPS: bool = false;

/// What Cloudflare adds in front of workerd: the time.
pub(crate) const NOT_SENT: &[&str] = &["date"];

/// Cells of the raw matrix that workerd answers before the Worker, or reads in its own way.
pub(crate) const OTHERWISE: &[Otherwise] = &[
    (
        "CONNECT",
        Wanted::Refused(500),
        "workerd fails it before the Worker is asked: it serves no tunnels",
    ),
    (
        "another host as target",
        Wanted::Data,
        "workerd takes the authority from Host alone and drops the one in the target; which API is asked comes from our \
         table, so that it leads nowhere else",
    ),
];

/// Spellings of a body behind which workerd goes on.
pub(crate) const GOES_ON_BEHIND: &[(&str, &str)] = &[
    ("Transfer-Encoding: identity, chunked\r\n", READS_ON),
    ("Transfer-Encoding:\tchunked\r\n", READS_ON),
    ("Transfer_Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", READS_ON),
];

const READS_ON: &str = "workerd reads the chunks to their end while the Worker refuses them, and keeps the connection: what \
                        follows is a request of its own, which passes the gate like any other";

impl Reply {
    /// The body without the marks of its chunks.
    pub(crate) fn whole_body(&self) -> String {
        if self.header("transfer-encoding") != Some("chunked") {
            return self.body().to_owned();
        }
        let (mut whole, mut rest) = (String::new(), self.body());
        while let Some((length, after)) = rest.split_once("\r\n") {
            let length = usize::from_str_radix(length, 16).unwrap();
            if length == 0 {
                return whole;
            }
            whole.push_str(&after[..length]);
            rest = &after[length + 2..];
        }
        panic!("no last chunk in {:?}", self.text)
    }
}
