//! The browser journeys of `tests/e2e`, and what they stand on: a browser, the built viewer, the real proxy.

use std::path::PathBuf;

use crate::machine;
use crate::process::Program;
use crate::report::Verdict;
use crate::{Outcome, browser, modules, node_tests, packaging, run, tools, viewer};

/// A browser and a proxy, ready to be driven.
pub(crate) struct Stage {
    browser: PathBuf,
    proxy: PathBuf,
}

/// Runs all journeys.
pub(crate) fn run() -> Outcome<Verdict> {
    let Some(stage) = Stage::ready()? else {
        return Ok(Verdict::Skipped(format!(
            "{}: {}",
            browser::NO_BROWSER,
            browser::ADVICE
        )));
    };
    let files = node_tests::files(&folder().join("journeys"))?;
    println!("{} journeys in {}", files.len(), stage.browser.display());
    let limits = [
        "--test",
        "--test-reporter=spec",
        "--test-concurrency=2",
        "--test-timeout=900000",
    ];
    stage.node().args(limits).args(files).run().map(|()| Verdict::Passed)
}

/// Runs those that all three engines make. What drives the engines belongs to the consumers of the module.
pub(crate) fn engines() -> Outcome<Verdict> {
    let Some(stage) = Stage::ready()? else {
        return Ok(Verdict::Skipped(format!(
            "{}: {}",
            browser::NO_BROWSER,
            browser::ADVICE
        )));
    };
    packaging::install_drivers()?;
    let missing = browser::engines()?;
    let files = node_tests::files(&folder().join("portable"))?;
    let limits = [
        "--test",
        "--test-reporter=spec",
        "--test-concurrency=1",
        "--test-timeout=900000",
    ];
    stage.node().args(limits).args(files).run()?;
    Ok(if missing.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Skipped(format!("{}: {}", browser::NO_BROWSER, missing.join(", ")))
    })
}

impl Stage {
    /// Builds and installs what is missing; nothing without a browser.
    pub(crate) fn ready() -> Outcome<Option<Self>> {
        tools::node()?;
        modules::install(&folder(), "the journeys")?;
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

/// Whether the modules of the journeys are installed.
pub(crate) fn has_modules() -> Outcome<bool> {
    modules::are_installed(&folder())
}

fn folder() -> PathBuf {
    machine::root().join("tests").join("e2e")
}
