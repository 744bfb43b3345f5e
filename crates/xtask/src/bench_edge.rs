//! `cargo xtask bench edge`: the Worker against a plain JavaScript worker that only forwards, both under workerd, with
//! the same upstream in one run.
//!
//! What is compared is CPU time: it is what Workers are paid by. Both forward and keep nothing. The source's standing is
//! kept inside the isolate; with the Durable Object, which is a process of its own elsewhere, one more line says what both
//! together cost.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::bench_proxy::{KEY, Listening, Load, Stage, free_port, missing};
use crate::{Outcome, edge, run as program};

/// Most CPU time of ours for one of the plain worker's.
const CPU_RATIO: f64 = 1.5;

/// Profiles of a page: 2 KB.
const N_PROFILES: u32 = 7;

const N_CONNECTIONS: u32 = 32;

/// The least that a worker can do: the credential, and the answer as it comes.
const PLAIN: &str = "
export default {
  fetch(request, env) {
    const { search } = new URL(request.url);
    return fetch(env.BASE + '/profiles' + search, { headers: { authorization: 'Bearer ' + env.KEY } });
  },
};
";

/// Runs both. Results go to standard output, one JSON object a line.
pub(crate) fn run(is_quick: bool) -> Outcome {
    if let Some(missing) = missing() {
        eprintln!("bench edge: skipped: {missing}");
        return Ok(());
    }
    edge::build_program()?;
    edge::install()?;
    let stage = Stage::new(&program::build_proxy()?)?;
    let ratio = compare(&stage, false, is_quick)?;
    compare(&stage, true, is_quick)?;
    if ratio > CPU_RATIO && !is_quick {
        return Err(format!(
            "expected at most {CPU_RATIO} of a plain worker's CPU time, found {ratio:.2}"
        ));
    }
    Ok(())
}

/// CPU time of ours for one of the plain worker's.
fn compare(stage: &Stage, has_objects: bool, is_quick: bool) -> Outcome<f64> {
    let (n_rounds, seconds) = if is_quick { (1, 1) } else { (3, 3) };
    let script = stage.script(N_PROFILES, false)?;
    let us = start("ours", &|port| ours(stage.port(), port, has_objects))?;
    let them = start("plain", &|_| Ok(plain(stage.port())))?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // The first round is for the compilers of both.
    for round in 0..=n_rounds {
        let (ours_now, theirs_now) = (
            Load::run(&us, &script, N_CONNECTIONS, seconds)?,
            Load::run(&them, &script, N_CONNECTIONS, seconds)?,
        );
        if round > 0 {
            ours.push(ours_now);
            theirs.push(theirs_now);
        }
    }
    let (ours, theirs) = (Load::median(&ours), Load::median(&theirs));
    let ratio = ours.cpu_s_per_1000 / theirs.cpu_s_per_1000;
    let name = if has_objects { "cpu-2KB-object" } else { "cpu-2KB" };
    println!(
        r#"{{"bench":"edge/{name}","peer":"js-worker","ours":{:.4},"theirs":{:.4},"unit":"s/1000","ratio":{ratio:.3},"n":{N_CONNECTIONS}}}"#,
        ours.cpu_s_per_1000, theirs.cpu_s_per_1000
    );
    Ok(ratio)
}

/// workerd with one worker, whose configuration stands beside the built program.
fn start(name: &str, worker: &dyn Fn(u16) -> Outcome<String>) -> Outcome<Listening> {
    let port = free_port()?;
    let config = format!(
        "using Workerd = import \"/workerd/workerd.capnp\";\n\
         const config :Workerd.Config = (\n\
         services = [ ( name = \"worker\", worker = .worker ),\n\
         ( name = \"internet\", network = ( allow = [\"127.0.0.1/32\"] ) ) ],\n\
         sockets = [ ( name = \"http\", http = (), service = \"worker\" ) ] );\n\
         const worker :Workerd.Worker = ( compatibilityDate = \"2026-07-01\",\n{} );\n",
        worker(port)?
    );
    let file = edge::folder()?.join(format!("bench-{name}.capnp"));
    fs::write(&file, config).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    let mut command = Command::new(edge::workerd()?);
    command.args(["serve", &format!("--socket-addr=http=127.0.0.1:{port}")]);
    Listening::start(command.arg(file).stderr(Stdio::null()), port)
}

fn plain(upstream: u16) -> String {
    format!(
        "modules = [ ( name = \"plain.js\", esModule = {PLAIN:?} ) ],\n\
         bindings = [ ( name = \"BASE\", text = \"http://127.0.0.1:{upstream}/api\" ), ( name = \"KEY\", text = \"{KEY}\" ) ]"
    )
}

fn ours(upstream: u16, port: u16, has_objects: bool) -> Outcome<String> {
    let roster = format!(
        r#"{{"allowed_hosts":["127.0.0.1:{port}"],"ayrshare":{{"base_url":"http://127.0.0.1:{upstream}/api","allow_insecure_loopback":true,"key_env":"KEY","limits":{{"requests":0,"cache":false}}}}}}"#
    );
    let mut modules = String::new();
    for name in modules_in(&edge::folder()?.join("worker"), "")? {
        let is_program = Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "wasm");
        let kind = if is_program { "wasm" } else { "esModule" };
        let _ = writeln!(modules, "( name = \"{name}\", {kind} = embed \"worker/{name}\" ),");
    }
    let (objects, binding) = if has_objects {
        (
            "durableObjectNamespaces = [ ( className = \"SourceObject\", uniqueKey = \"roster\" ) ],\n\
             durableObjectStorage = ( inMemory = void ),\n",
            ", ( name = \"SOURCES\", durableObjectNamespace = \"SourceObject\" )",
        )
    } else {
        ("", "")
    };
    Ok(format!(
        "modules = [\n{modules}],\n{objects}\
         bindings = [ ( name = \"ROSTER\", json = {roster:?} ), ( name = \"KEY\", text = \"{KEY}\" ){binding} ]"
    ))
}

/// The entry first, as workerd wants it.
fn modules_in(folder: &Path, below: &str) -> Outcome<Vec<String>> {
    let odd = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(odd)? {
        let entry = entry.map_err(odd)?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            names.extend(modules_in(&entry.path(), &format!("{name}/"))?);
        } else {
            names.push(name);
        }
    }
    names.sort_by_key(|name| name != "worker.js");
    Ok(names)
}
