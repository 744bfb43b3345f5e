//! workerd with the built Worker, on a free port, ended when dropped.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::capnp::config;

/// A Worker that runs.
pub(crate) struct Worker {
    child: Child,
    folder: PathBuf,
    pub(crate) port: u16,
    /// Where what stands beside it is asked.
    pub(crate) port_beside: u16,
}

/// What the Worker is bound to.
pub(crate) struct Bindings<'a> {
    pub(crate) roster: Value,
    pub(crate) secrets: &'a [(&'a str, &'a str)],
    /// What the network lets it reach.
    pub(crate) allow: &'a str,
    /// Whether there is something behind its Cache API.
    pub(crate) keeps: bool,
    pub(crate) entry: Entry,
    pub(crate) beside: Beside,
    /// Where its Durable Objects are kept; in memory if nowhere.
    pub(crate) folder: Option<&'a Path>,
}

/// What stands before the program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Own,
    /// A clock that each request sets.
    Timed,
    /// A path on which the program comes to a stop.
    Stopping,
    /// A rate-limit binding for clients.
    Counting,
}

/// What else the same process serves, at an address of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    Nobody,
    /// The same Worker in another isolate, with the Durable Objects of the first.
    Twin,
    /// A login that lets its users through to the Worker.
    Login,
}

/// The folder of the built program and workerd, where `cargo xtask test edge` says that they are.
#[expect(clippy::disallowed_methods, reason = "the seam of this test to its environment")]
pub(crate) fn place(name: &str) -> PathBuf {
    let found = std::env::var(name);
    found
        .unwrap_or_else(|_| panic!("expected {name}; run `cargo xtask test edge`"))
        .into()
}

impl Worker {
    pub(crate) fn start(mut bindings: Bindings<'_>) -> Self {
        let (port, port_beside) = (free_port(), free_port());
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let own = [port, port_beside].map(|port| names.map(|name| json!(format!("{name}:{port}"))));
        let hosts = bindings
            .roster
            .as_object_mut()
            .unwrap()
            .entry("allowed_hosts")
            .or_insert_with(|| json!([]));
        hosts.as_array_mut().unwrap().extend(own.into_iter().flatten());
        let folder = std::env::temp_dir().join(format!("roster-edge-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("config.capnp");
        std::fs::write(&file, config(&bindings, &folder)).unwrap();
        let mut command = Command::new(place("ROSTER_WORKERD"));
        command.args(["serve", "--control-fd=1"]);
        command.arg(format!("--socket-addr=http=127.0.0.1:{port}"));
        if bindings.beside != Beside::Nobody {
            command.arg(format!("--socket-addr=beside=127.0.0.1:{port_beside}"));
        }
        let mut child = command
            .arg(&file)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let worker = Self {
            child,
            folder,
            port,
            port_beside,
        };
        assert!(line.contains("\"listen\""), "{line}{}", worker.log());
        worker
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to its log so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Nobody else takes it in the moment until workerd does; if somebody did, the test would say so.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
