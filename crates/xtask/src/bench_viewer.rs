//! `cargo xtask bench viewer`: the built viewer against the same cards by React, `@tanstack/react-virtual` and the tuned
//! index, in one browser and from one server.

use std::path::{Path, PathBuf};

use crate::process::Program;
use crate::{Outcome, bench, browser, machine, modules, tools, viewer};

/// Builds both and measures them. Results go to standard output, one JSON object a line.
pub(crate) fn run(is_quick: bool) -> Outcome {
    if let Some(node) = node(is_quick)? {
        return node.run();
    }
    eprintln!("bench viewer: skipped: {}: {}", browser::NO_BROWSER, browser::ADVICE);
    Ok(())
}

/// The program that measures; nothing without a browser.
pub(crate) fn node(is_quick: bool) -> Outcome<Option<Program>> {
    tools::node()?;
    modules::install(&bench::folder(), "the benchmarks")?;
    modules::install(&folder(), "the viewer's peer")?;
    let Some(chromium) = browser::ready()? else {
        return Ok(None);
    };
    viewer::build()?;
    let node = Program::new("node").dir(&folder());
    // A million profiles as objects do not fit into the usual heap.
    let node = node.args(["--max-old-space-size=6144", "run.js"]);
    let node = node
        .args(is_quick.then_some("--quick"))
        .env("ROSTER_CHROMIUM", chromium)
        .env("ROSTER_DIST", viewer::folder())
        .env("ROSTER_BENCH_PEER", build_peer()?)
        .env("ROSTER_BENCH_PAGES", bench::page_folder()?)
        .env("ROSTER_BENCH_WRITER", bench::build_example("pages")?);
    Ok(Some(node))
}

/// The folder of the built peer.
fn build_peer() -> Outcome<PathBuf> {
    let built = machine::target()?.join("bench").join("peer");
    Program::new("node").dir(&folder()).arg("build.js").arg(&built).text()?;
    Ok(built)
}

fn folder() -> PathBuf {
    Path::new(&bench::folder()).join("viewer")
}
