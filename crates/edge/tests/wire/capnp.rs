//! The configuration under which workerd runs the built Worker, and the programs of tests around it.

use std::fmt::Write as _;
use std::path::Path;

use crate::worker::{Beside, Bindings, Entry, place};

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

/// A rate-limit binding as it is documented: two requests of each key, and what it was asked for at a path of its own. One
/// key breaks it.
/// Source: <https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/>, seen 2026-11.
const COUNTING: &str = "
import worker from './worker.js';
export { SourceObject } from './worker.js';
const counts = new Map();
const CLIENTS = {
  async limit({ key }) {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (key === 'address 192.0.2.66') throw new Error('the binding fails');
    return { success: count <= 2 };
  },
};
export default {
  fetch(request, env, context) {
    if (new URL(request.url).pathname === '/counts') return Response.json(Object.fromEntries(counts));
    return worker.fetch(request, { ...env, CLIENTS }, context);
  },
};
";

/// A login in front: who has a session is let through with the token that the Worker wants, and nobody else is.
const LOGIN: &str = "
export default {
  fetch(request, env) {
    if (request.headers.get('cookie') !== 'session=CANARY-SESSION') return new Response('sign in', { status: 401 });
    const inner = new Request(request);
    inner.headers.set('authorization', 'Bearer ' + env.TOKEN);
    return env.ROSTER.fetch(inner);
  },
};
";

/// The service behind the Cache API.
const CACHE: &str = include_str!("cache.js");

/// The whole of it, for a folder in which the built program lies.
pub(crate) fn config(bindings: &Bindings<'_>, folder: &Path) -> String {
    let program = place("ROSTER_EDGE_WORKER");
    std::os::unix::fs::symlink(&program, folder.join("worker")).unwrap();
    let modules = modules(bindings.entry, &program);
    let (cache, kept_in) = cache(bindings.keeps);
    let (storage, disk) = storage(bindings.folder);
    let (beside, socket, worker_beside) = beside(bindings, &modules, kept_in);
    let bound = bound(bindings);
    let allow = bindings.allow;
    format!(
        "using Workerd = import \"/workerd/workerd.capnp\";\n\
         const config :Workerd.Config = (\n\
         services = [ ( name = \"roster\", worker = .roster ),\n\
         ( name = \"internet\", network = ( allow = [\"{allow}\"], tlsOptions = ( trustBrowserCas = true ) ) ){cache}{disk}{beside} ],\n\
         sockets = [ ( name = \"http\", http = (), service = \"roster\" ){socket} ] );\n\
         const roster :Workerd.Worker = ( compatibilityDate = \"2026-07-01\",\n\
         modules = [\n{modules}],\n\
         {kept_in}durableObjectNamespaces = [ ( className = \"SourceObject\", uniqueKey = \"roster\" ) ],\n\
         durableObjectStorage = ( {storage} ),\n\
         bindings = [\n{bound}( name = \"SOURCES\", durableObjectNamespace = \"SourceObject\" ) ] );\n{worker_beside}"
    )
}

/// The service, the socket and the Worker of what stands beside.
fn beside(bindings: &Bindings<'_>, modules: &str, kept_in: &str) -> (&'static str, &'static str, String) {
    let worker = match bindings.beside {
        Beside::Nobody => return ("", "", String::new()),
        Beside::Twin => format!(
            "modules = [\n{modules}],\n{kept_in}bindings = [\n{}( name = \"SOURCES\",\n\
             durableObjectNamespace = ( className = \"SourceObject\", serviceName = \"roster\" ) ) ]",
            bound(bindings)
        ),
        Beside::Login => format!(
            "modules = [ ( name = \"login.js\", esModule = {} ) ],\n\
             bindings = [\n{}( name = \"ROSTER\", service = \"roster\" ) ]",
            quoted(LOGIN),
            secrets(bindings)
        ),
    };
    let worker = format!("const beside :Workerd.Worker = ( compatibilityDate = \"2026-07-01\",\n{worker} );\n");
    (
        ",\n( name = \"beside\", worker = .beside )",
        ",\n( name = \"beside\", http = (), service = \"beside\" )",
        worker,
    )
}

fn modules(entry: Entry, program: &Path) -> String {
    let mut modules = String::new();
    match entry {
        Entry::Own => {}
        Entry::Timed => writeln!(modules, "( name = \"timed.js\", esModule = {} ),", quoted(TIMED)).unwrap(),
        Entry::Counting => writeln!(modules, "( name = \"counting.js\", esModule = {} ),", quoted(COUNTING)).unwrap(),
        Entry::Stopping => {
            // The entry comes first, and imports this in the place of the program.
            let stopping = quoted(STOPPING);
            modules.push_str("( name = \"worker.js\", esModule = embed \"worker/worker.js\" ),\n");
            writeln!(modules, "( name = \"roster_edge.js\", esModule = {stopping} ),").unwrap();
            modules.push_str("( name = \"program.js\", esModule = embed \"worker/roster_edge.js\" ),\n");
        }
    }
    for name in modules_in(program, "") {
        if entry == Entry::Stopping && matches!(name.as_str(), "worker.js" | "roster_edge.js") {
            continue;
        }
        let is_program = Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "wasm");
        let kind = if is_program { "wasm" } else { "esModule" };
        writeln!(modules, "( name = \"{name}\", {kind} = embed \"worker/{name}\" ),").unwrap();
    }
    modules
}

/// The configuration and the secrets.
fn bound(bindings: &Bindings<'_>) -> String {
    let roster = quoted(&bindings.roster.to_string());
    format!("( name = \"ROSTER\", json = {roster} ),\n{}", secrets(bindings))
}

fn secrets(bindings: &Bindings<'_>) -> String {
    let mut all = String::new();
    for (name, text) in bindings.secrets {
        writeln!(all, "( name = \"{name}\", text = {} ),", quoted(text)).unwrap();
    }
    all
}

/// The service behind the Cache API, and how the Worker is told of it.
fn cache(keeps: bool) -> (String, &'static str) {
    if !keeps {
        return (String::new(), "");
    }
    let program = quoted(CACHE);
    let service = format!(
        ",\n( name = \"cache\", worker = ( compatibilityDate = \"2026-07-01\",\n\
         modules = [ ( name = \"cache.js\", esModule = {program} ) ] ) )"
    );
    (service, "cacheApiOutbound = \"cache\",\n")
}

/// Where Durable Objects are kept, and the service of it.
fn storage(folder: Option<&Path>) -> (&'static str, String) {
    let Some(folder) = folder else {
        return ("inMemory = void", String::new());
    };
    let path = quoted(folder.to_str().unwrap());
    let disk = format!(",\n( name = \"storage\", disk = ( path = {path}, writable = true ) )");
    ("localDisk = \"storage\"", disk)
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
