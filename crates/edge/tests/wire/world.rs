//! The Worker on a free port, and a client that sends bytes as they are. The names are those of the native world, so
//! that the same tests run in both.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use roster_gateway::Limits;
use serde_json::{Value, json};

use crate::upstream::Upstream;
use crate::worker::{Bindings, Worker};

pub(crate) const KEY: &str = "CANARY-KEY-0123456789";
pub(crate) const PASSWORD: &str = "CANARY-PASSWORD-0123";
pub(crate) const PROFILE_KEY: &str = "CANARY-PROFILE-KEY-01";
pub(crate) const PROFILE_KEY_B: &str = "CANARY-PROFILE-KEY-02";
/// `client-id:CANARY-PASSWORD-0123`.
pub(crate) const BASIC: &str = "Y2xpZW50LWlkOkNBTkFSWS1QQVNTV09SRC0wMTIz";

/// What every canary holds, in one of its forms.
pub(crate) const CANARIES: &[&str] = &["CANARY", BASIC];

pub(crate) const SECRETS: &[(&str, &str)] = &[
    ("KEY", KEY),
    ("USER", "client-id"),
    ("PASSWORD", PASSWORD),
    ("PROFILE", PROFILE_KEY),
    ("PROFILE_B", PROFILE_KEY_B),
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
    _worker: Worker,
}

impl Proxy {
    /// The three providers at an upstream of ours.
    pub(crate) fn before(upstream: &Upstream) -> Self {
        Self::configured(&config(upstream.port))
    }

    /// The sources of a configuration, in the form of the native one.
    pub(crate) fn configured(text: &str) -> Self {
        let roster: toml::Table = text.parse().unwrap();
        Self::bound(serde_json::to_value(roster).unwrap(), "127.0.0.1/32")
    }

    /// The same with something behind its Cache API.
    pub(crate) fn keeping(text: &str) -> Self {
        let roster: toml::Table = text.parse().unwrap();
        Self::start(serde_json::to_value(roster).unwrap(), "127.0.0.1/32", true)
    }

    /// The same with a network of one's own.
    pub(crate) fn bound(roster: Value, allow: &str) -> Self {
        Self::start(roster, allow, false)
    }

    fn start(mut roster: Value, allow: &str, keeps: bool) -> Self {
        roster["limits"] = json!({
            "first_byte_ms": LIMITS.first_byte_ms,
            "chunk_ms": LIMITS.chunk_ms,
            "whole_ms": LIMITS.whole_ms,
            "body_bytes": LIMITS.body_bytes,
            "batch_bytes": LIMITS.batch_bytes,
        });
        let worker = Worker::start(Bindings {
            roster,
            secrets: SECRETS,
            allow,
            keeps,
        });
        Self {
            port: worker.port,
            _worker: worker,
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

    /// A plain request.
    pub(crate) fn get(&self, target: &str) -> Reply {
        self.get_with(target, "")
    }

    /// A plain request with more header lines, each with its end.
    pub(crate) fn get_with(&self, target: &str, headers: &str) -> Reply {
        let port = self.port;
        self.raw(&format!(
            "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"
        ))
    }
}

/// Whether answers are kept: nothing is behind the Cache API of workerd, except where a test asks for it.
pub(crate) const KEEPS: bool = false;

/// What workerd or its front adds in another place: the time, and the id of a request, which is Cloudflare's `CF-Ray`.
pub(crate) const NOT_SENT: &[&str] = &["date", "roster-request-id"];

/// The status of the answer to a raw request. workerd answers some before the Worker sees them; each of these answers
/// was recorded and leads nowhere. `None` is a cell with a test of its own.
pub(crate) fn wanted(request: &str, status: u16) -> Option<u16> {
    match request.split(' ').next() {
        // It takes the name from `Host` alone; see `own`.
        Some("GET") if request.contains(" http://169.254.169.254/") => None,
        Some("CONNECT") => Some(500),
        _ => Some(status),
    }
}

/// The three providers at one port of this machine, each below a path of its own.
pub(crate) fn config(port: u16) -> String {
    let place = |path: &str| format!("base_url = \"http://127.0.0.1:{port}/{path}\"\nallow_insecure_loopback = true\n");
    let (ayrshare, insightiq, upsun) = (place("api"), place("iq"), place("up"));
    format!(
        "[ayrshare]\n{ayrshare}key_env = \"KEY\"\n[ayrshare.profiles]\nbrand-a = {{ env = \"PROFILE\" }}\n\
         [insightiq]\n{insightiq}user_env = \"USER\"\npassword_env = \"PASSWORD\"\n[upsun]\n{upsun}key_env = \"KEY\"\n"
    )
}

/// What came back, whole.
pub(crate) struct Reply {
    pub(crate) text: String,
}

pub(crate) fn read(mut socket: TcpStream) -> Reply {
    let mut bytes = Vec::new();
    if let Err(error) = socket.read_to_end(&mut bytes) {
        let is_reset = error.kind() == std::io::ErrorKind::ConnectionReset;
        assert!(is_reset, "{error} after {:?}", String::from_utf8_lossy(&bytes));
    }
    Reply {
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

impl Reply {
    pub(crate) fn status(&self) -> u16 {
        let status = self.text.split(' ').nth(1).and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no answer in {:?}", self.text))
    }

    pub(crate) fn head(&self) -> &str {
        self.text.split("\r\n\r\n").next().unwrap()
    }

    pub(crate) fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

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

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let line = self
            .head()
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")))?;
        Some(line[name.len() + 1..].trim())
    }

    /// A field of a problem, as text.
    pub(crate) fn problem(&self, field: &str) -> String {
        let problem: Value = serde_json::from_str(self.body()).unwrap_or_else(|_| panic!("{}", self.text));
        match &problem[field] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}
