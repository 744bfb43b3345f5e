//! The browser journeys of `tests/e2e`, and what they stand on: a browser, the built viewer, the real proxy.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::machine;
use crate::process::Program;
use crate::report::Verdict;
use crate::{Outcome, browser, fingerprint, run, tools, viewer};

/// How the reason of a skipped run begins.
pub(crate) const NO_BROWSER: &str = "no browser";

/// A browser and a proxy, ready to be driven.
pub(crate) struct Stage {
    browser: PathBuf,
    proxy: PathBuf,
}

/// Runs all journeys.
pub(crate) fn run() -> Outcome<Verdict> {
    let Some(stage) = Stage::ready()? else {
        return Ok(Verdict::Skipped(format!("{NO_BROWSER}: {}", browser::ADVICE)));
    };
    let files = journeys()?;
    println!("{} journeys in {}", files.len(), stage.browser.display());
    let limits = [
        "--test",
        "--test-reporter=spec",
        "--test-concurrency=2",
        "--test-timeout=180000",
    ];
    stage.node().args(limits).args(files).run().map(|()| Verdict::Passed)
}

impl Stage {
    /// Builds and installs what is missing; nothing without a browser.
    pub(crate) fn ready() -> Outcome<Option<Self>> {
        tools::node()?;
        install_modules()?;
        let Some(browser) = browser::ready()? else {
            return Ok(None);
        };
        viewer::build()?;
        Ok(Some(Self {
            browser,
            proxy: run::build_proxy()?,
        }))
    }

    /// Node in the folder of the journeys, told what to drive.
    pub(crate) fn node(&self) -> Program {
        let node = Program::new("node").dir(&folder());
        node.env("ROSTER_CHROMIUM", &self.browser)
            .env("ROSTER_PROXY", &self.proxy)
            .env("ROSTER_DIST", viewer::folder())
    }
}

/// Whether the modules in `node_modules` are those of the lock file.
pub(crate) fn has_modules() -> Outcome<bool> {
    let wanted = lock_fingerprint()?;
    Ok(fs::read_to_string(stamp()).is_ok_and(|found| found == wanted))
}

fn install_modules() -> Outcome {
    if has_modules()? {
        return Ok(());
    }
    println!("Installing the modules of the journeys, once, a few seconds…");
    let npm = Program::npm()
        .dir(&folder())
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
        .text()?;
    fs::write(stamp(), lock_fingerprint()?).map_err(|error| format!("cannot write {}: {error}", stamp().display()))
}

/// Written after a whole install, inside the folder that `npm ci` empties before it starts.
fn stamp() -> PathBuf {
    folder().join("node_modules").join(".roster-lock")
}

fn lock_fingerprint() -> Outcome<String> {
    fingerprint::of(&folder(), &["package.json", "package-lock.json"]).map(|number| format!("{number:016x}"))
}

fn folder() -> PathBuf {
    machine::root().join("tests").join("e2e")
}

/// The journeys by name: node versions disagree on what a folder or a pattern means.
fn journeys() -> Outcome<Vec<PathBuf>> {
    let folder = folder().join("journeys");
    let cannot = |error| format!("cannot read {}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(cannot)? {
        files.push(entry.map_err(cannot)?.path());
    }
    files.retain(|file| is_journey(file));
    files.sort();
    if files.is_empty() {
        Err(format!("there is no journey in {}", folder.display()))
    } else {
        Ok(files)
    }
}

fn is_journey(file: &Path) -> bool {
    file.file_name()
        .and_then(OsStr::to_str)
        .is_some_and(|name| name.ends_with(".test.js"))
}
