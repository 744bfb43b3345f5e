//! Builds the viewer into `dist/`, and only when something that it is made of has changed.

use std::fs;
use std::path::PathBuf;

use crate::machine::{self, Stopwatch};
use crate::process::Program;
use crate::{Outcome, demo, fingerprint, parts, rust_tools, tools};

/// Everything that the viewer is made of.
const SOURCES: &[&str] = &[
    "web",
    "crates/json",
    "crates/core",
    "crates/client",
    "crates/language",
    "crates/index",
    "crates/sandbox",
    "crates/demo",
    "crates/split",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// The folder that the viewer is built into.
pub(crate) fn folder() -> PathBuf {
    machine::root().join("dist")
}

/// Makes `dist/` unless it is up to date.
pub(crate) fn build() -> Outcome {
    if is_up_to_date()? {
        println!("The viewer in dist/ is up to date.");
        return Ok(());
    }
    let stopwatch = Stopwatch::start();
    tools::node()?;
    rust_tools::wasm_target()?;
    let path = path_with_tools()?;
    println!("Building the viewer…");
    fetch()?;
    trunk(&path)?;
    demo::add(&path, &folder())?;
    parts::cut(&path, &folder())?;
    remember()?;
    println!("The viewer is in dist/ ({:.0} s).", stopwatch.seconds());
    Ok(())
}

/// Trunk is offline, and so is the cargo that it starts: what it needs must be here before.
fn fetch() -> Outcome {
    Program::new("cargo")
        .args(["fetch", "--quiet", "--target", rust_tools::WASM])
        .run()
}

fn trunk(path: &std::ffi::OsStr) -> Outcome {
    // Trunk takes NO_COLOR for a switch that must read `true` or `false`, and ends at NO_COLOR=1.
    let trunk = Program::new("trunk").without_env("NO_COLOR").env("PATH", path);
    trunk
        .env(rust_tools::WASM_FLAGS, rust_tools::browser_flags())
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .args(["build", "--release"])
        .run()
}

/// The search path with the tools in front, installing what is missing.
fn path_with_tools() -> Outcome<std::ffi::OsString> {
    let mut folders = Vec::new();
    for tool in &tools::of_the_viewer()? {
        folders.push(tool.ready()?);
    }
    let inherited = machine::variable("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&inherited));
    std::env::join_paths(folders).map_err(|error| format!("cannot put the tools on PATH: {error}"))
}

fn is_up_to_date() -> Outcome<bool> {
    let has_page = folder().join("index.html").is_file();
    Ok(has_page && fs::read_to_string(stamp()?).is_ok_and(|stamp| present().is_ok_and(|present| stamp == present)))
}

fn remember() -> Outcome {
    let stamp = stamp()?;
    fs::write(&stamp, present()?).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

/// What the sources and the built files are now.
fn present() -> Outcome<String> {
    let root = machine::root();
    Ok(format!(
        "sources {:016x}\ndist {:016x}\n",
        fingerprint::of(&root, SOURCES)?,
        fingerprint::of(&root, &["dist"])?
    ))
}

/// Where the state of the last build is kept: beside the compiler's files, not in the folder that is uploaded.
fn stamp() -> Outcome<PathBuf> {
    Ok(machine::target()?.join("viewer.stamp"))
}
