//! workerd with the built Worker, on a free port, ended when dropped.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A Worker that runs.
pub(crate) struct Worker {
    child: Child,
    folder: PathBuf,
    pub(crate) port: u16,
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
}

/// A clock that each request sets. The program and its objects go by it; waits do not.
const TIMED: &str = "
import worker from './worker.js';
export { SourceObject } from './worker.js';
const now = Date.now;
let set;
Date.now = () => set ?? now();
export default {
  fetch(request, env, context) {
    const time = request.headers.get('x-test-now');
    if (time !== null) set = Number(time);
    return worker.fetch(request, env, context);
  },
};
";

/// The program with a path on which it reads memory that it does not have, which stops it as a panic does.
const STOPPING: &str = "
import { begin as go, initSync as start } from './program.js';
export * from './program.js';
let exports;
export function initSync(module) {
  exports = start(module);
  return exports;
}
export function begin(head) {
  if (head.includes('/api/v1/stop')) exports.begin(0x7ffffff0, 0x10000);
  return go(head);
}
";

/// The service behind the Cache API.
const CACHE: &str = include_str!("cache.js");

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
        let port = free_port();
        let own = ["127.0.0.1", "localhost", "[::1]"].map(|name| json!(format!("{name}:{port}")));
        let hosts = bindings
            .roster
            .as_object_mut()
            .unwrap()
            .entry("allowed_hosts")
            .or_insert_with(|| json!([]));
        hosts.as_array_mut().unwrap().extend(own);
        let folder = std::env::temp_dir().join(format!("roster-edge-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("config.capnp");
        std::fs::write(&file, config(&bindings, &folder)).unwrap();
        let mut child = Command::new(place("ROSTER_WORKERD"))
            .args([
                "serve",
                "--control-fd=1",
                &format!("--socket-addr=http=127.0.0.1:{port}"),
            ])
            .arg(&file)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let worker = Self { child, folder, port };
        let log = std::fs::read_to_string(worker.folder.join("log")).unwrap();
        assert!(line.contains("\"listen\""), "{line}{log}");
        worker
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

fn config(bindings: &Bindings<'_>, folder: &Path) -> String {
    let program = place("ROSTER_EDGE_WORKER");
    std::os::unix::fs::symlink(&program, folder.join("worker")).unwrap();
    let mut modules = String::new();
    if bindings.entry == Entry::Timed {
        writeln!(modules, "( name = \"timed.js\", esModule = {} ),", quoted(TIMED)).unwrap();
    }
    if bindings.entry == Entry::Stopping {
        // The entry comes first, and imports this in the place of the program.
        let stopping = quoted(STOPPING);
        modules.push_str("( name = \"worker.js\", esModule = embed \"worker/worker.js\" ),\n");
        writeln!(modules, "( name = \"roster_edge.js\", esModule = {stopping} ),").unwrap();
        modules.push_str("( name = \"program.js\", esModule = embed \"worker/roster_edge.js\" ),\n");
    }
    for name in modules_in(&program, "") {
        if bindings.entry == Entry::Stopping && matches!(name.as_str(), "worker.js" | "roster_edge.js") {
            continue;
        }
        let is_program = Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "wasm");
        let kind = if is_program { "wasm" } else { "esModule" };
        writeln!(modules, "( name = \"{name}\", {kind} = embed \"worker/{name}\" ),").unwrap();
    }
    let mut bound = format!(
        "( name = \"ROSTER\", json = {} ),\n",
        quoted(&bindings.roster.to_string())
    );
    for (name, text) in bindings.secrets {
        writeln!(bound, "( name = \"{name}\", text = {} ),", quoted(text)).unwrap();
    }
    let (cache, kept_in) = if bindings.keeps {
        let program = quoted(CACHE);
        let service = format!(
            ",\n( name = \"cache\", worker = ( compatibilityDate = \"2026-07-01\",\n\
             modules = [ ( name = \"cache.js\", esModule = {program} ) ] ) )"
        );
        (service, "cacheApiOutbound = \"cache\",\n")
    } else {
        (String::new(), "")
    };
    let storage = match bindings.folder {
        None => "inMemory = void",
        Some(_) => "localDisk = \"storage\"",
    };
    let disk = bindings.folder.map_or_else(String::new, |folder| {
        let path = quoted(folder.to_str().unwrap());
        format!(",\n( name = \"storage\", disk = ( path = {path}, writable = true ) )")
    });
    format!(
        "using Workerd = import \"/workerd/workerd.capnp\";\n\
         const config :Workerd.Config = (\n\
         services = [ ( name = \"roster\", worker = .roster ),\n\
         ( name = \"internet\", network = ( allow = [\"{}\"], tlsOptions = ( trustBrowserCas = true ) ) ){cache}{disk} ],\n\
         sockets = [ ( name = \"http\", http = (), service = \"roster\" ) ] );\n\
         const roster :Workerd.Worker = ( compatibilityDate = \"2026-07-01\",\n\
         modules = [\n{modules}],\n\
         {kept_in}durableObjectNamespaces = [ ( className = \"SourceObject\", uniqueKey = \"roster\" ) ],\n\
         durableObjectStorage = ( {storage} ),\n\
         bindings = [\n{bound}( name = \"SOURCES\", durableObjectNamespace = \"SourceObject\" ) ] );\n",
        bindings.allow
    )
}

/// The entry first, as workerd wants it.
fn modules_in(folder: &Path, below: &str) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            names.extend(modules_in(&entry.path(), &format!("{name}/")));
        } else {
            names.push(name);
        }
    }
    names.sort_by_key(|name| name != "worker.js");
    names
}

/// A text in Cap'n Proto's quotes, which are those of JSON for what stands in a configuration.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
