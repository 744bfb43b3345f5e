//! The native program and the Worker before one upstream, to be asked the same.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use roster_gateway::Limits;
use serde_json::Value;

use crate::upstream::Upstream;
use crate::worker::{Bindings, place};
use crate::world::{Proxy, Reply, SECRETS, bindings, config, read};

/// What belongs to the connection, to the moment, or to one shell's own log.
const NOT_COMPARED: &[&str] = &[
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "roster-request-id",
    "transfer-encoding",
];

/// The native program, ended when dropped.
pub(crate) struct Native {
    child: Child,
    file: PathBuf,
    pub(crate) port: u16,
}

impl Native {
    fn start(text: &str) -> Self {
        let id = std::process::id();
        let file = std::env::temp_dir().join(format!("roster-vectors-{id}-{:?}.toml", thread::current().id()));
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(place("ROSTER_PROXY"));
        command.args(["--listen", "127.0.0.1:0", "--config"]).arg(&file);
        let command = command.envs(SECRETS.iter().copied()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap();
        Self { child, file, port }
    }
}

impl Drop for Native {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.file);
    }
}

/// Both shells before one upstream.
pub(crate) struct Both {
    pub(crate) native: Native,
    pub(crate) worker: Proxy,
}

impl Both {
    pub(crate) fn before(upstream: &Upstream) -> Self {
        let text = config(upstream.port);
        // The program of the one has its usual bounds, so the other has them too.
        let bindings = Bindings {
            keeps: true,
            ..bindings(&text, Limits::default())
        };
        Self {
            native: Native::start(&text),
            worker: Proxy::start(bindings, None),
        }
    }

    /// The answer that both give.
    pub(crate) fn ask(&self, target: &str, name: &str) -> Answer {
        let [native, worker] = [self.native.port, self.worker.port].map(|port| Answer::of(&send(port, target)));
        assert_eq!(
            native, worker,
            "{name}: the native program on the left, the Worker on the right"
        );
        native
    }
}

/// The answer to a plain request.
pub(crate) fn send(port: u16, target: &str) -> Reply {
    raw(
        port,
        &format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
    )
}

/// The answer to these bytes.
pub(crate) fn raw(port: u16, bytes: &str) -> Reply {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    // It may be answered and closed before everything is read.
    let _ = socket.write_all(bytes.as_bytes());
    read(socket)
}

/// What is compared of an answer.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn of(reply: &Reply) -> Self {
        let pair = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        let headers = reply.head().lines().skip(1).map(pair);
        Self {
            status: reply.status(),
            headers: headers
                .filter(|(name, _)| !NOT_COMPARED.contains(&name.as_str()))
                .collect(),
            body: reply.whole_body(),
        }
    }

    pub(crate) fn problem(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }
}
