//! `cargo xtask build docs`: the API reference of the npm module, generated from the types of its package.

use std::path::PathBuf;

use crate::process::Program;
use crate::{Outcome, machine, modules, node_tests, npm, tools};

/// Builds the module, and the reference of what was built.
pub(crate) fn build() -> Outcome {
    npm::build()?;
    write()
}

/// Writes the pages of the module that is built, and tests them: a name without a sentence is an error.
pub(crate) fn write() -> Outcome {
    tools::node()?;
    modules::install(&folder(), "the API reference")?;
    let pages = pages();
    let typedoc = Program::new("node").dir(&folder());
    let typedoc = typedoc.args(["node_modules/typedoc/bin/typedoc", "--logLevel", "Warn", "--out"]);
    typedoc.arg(&pages).run()?;
    let test = Program::new("node")
        .dir(&folder())
        .args(["--test", "--test-reporter=dot"])
        .args(node_tests::files(&folder())?);
    test.env("ROSTER_REFERENCE", &pages).run()?;
    println!("The API reference is in {}.", pages.display());
    Ok(())
}

/// A folder for any static host.
fn pages() -> PathBuf {
    machine::root().join("target").join("docs").join("api")
}

/// Where the generator's settings lie: it wants an older compiler than the package has.
fn folder() -> PathBuf {
    npm::folder().join("reference")
}
