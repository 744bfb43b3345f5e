//! `cargo xtask test edge`: the Worker is packed as for a deployment, and run.

use std::path::Path;

use crate::process::Program;
use crate::{Outcome, edge, machine, run as program, rust_tools};

/// Largest upload of the Worker, in KiB: what it costs to start grows with it.
const UPLOAD_KIB: f64 = 1200.0;

/// Builds, lints and packs it.
pub(crate) fn run() -> Outcome {
    rust_tools::components()?;
    lint()?;
    edge::build()?;
    edge::install()?;
    pack(&edge::folder()?)?;
    over_raw_sockets()
}

/// The tests that only this step builds.
fn lint() -> Outcome {
    let clippy = Program::new("cargo").args(["clippy", "--package", "roster-edge", "--features", "wire", "--tests"]);
    clippy.args(["--", "-D", "warnings"]).run()
}

/// The Worker under workerd, by the tests of the native shell.
fn over_raw_sockets() -> Outcome {
    let tests = Program::new("cargo").args([
        "test",
        "--package",
        "roster-edge",
        "--features",
        "wire",
        "--test",
        "wire",
    ]);
    let tests = tests.env("ROSTER_EDGE_WORKER", edge::folder()?.join("worker"));
    let tests = tests.env("ROSTER_PROXY", program::build_proxy()?);
    // Each test has a runtime of its own, which takes memory.
    tests
        .env("ROSTER_WORKERD", edge::workerd()?)
        .args(["--", "--test-threads", "4"])
        .run()
}

/// What `wrangler deploy` would send, without sending it.
fn pack(folder: &Path) -> Outcome {
    let sent = machine::target()?.join("edge-upload");
    let wrangler = edge::wrangler(folder)?
        .args(["deploy", "--dry-run", "--outdir"])
        .arg(&sent);
    let said = wrangler.text()?;
    let kib = upload_kib(&said).ok_or_else(|| format!("wrangler says no size of the upload:\n{said}"))?;
    println!("wrangler takes the folder; the Worker is {kib:.0} KiB.");
    if kib > UPLOAD_KIB {
        return Err(format!(
            "expected a Worker of at most {UPLOAD_KIB:.0} KiB, found {kib:.0} KiB"
        ));
    }
    let asked = Program::new(edge::node()?).args(["-e", IS_PACKED]).arg(&sent);
    asked.run()
}

/// Every module that the entry imports is in the upload.
const IS_PACKED: &str = "
const { existsSync, readFileSync } = require('fs');
const folder = process.argv[1];
const seen = new Set();
const visit = (file) => {
  if (seen.has(file)) return;
  seen.add(file);
  if (!existsSync(`${folder}/${file}`)) throw new Error(`${file} is not in the upload`);
  if (!file.endsWith('.js')) return;
  for (const [, path] of readFileSync(`${folder}/${file}`, 'utf8').matchAll(/^import .* from ['\"](\\.[^'\"]+)['\"]/gm)) {
    visit(require('path').posix.join(require('path').posix.dirname(file), path));
  }
};
visit('worker.js');
if (seen.size < 5) throw new Error(`expected five modules, found ${[...seen]}`);
";

/// `Total Upload: 991.80 KiB / gzip: 360.00 KiB`.
fn upload_kib(said: &str) -> Option<f64> {
    let (_, rest) = said.split_once("Total Upload: ")?;
    rest.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_the_upload_is_read_from_what_wrangler_says() {
        let said = "✨ Read 14 files\nTotal Upload: 991.80 KiB / gzip: 360.00 KiB\nYour Worker has";
        assert_eq!(upload_kib(said), Some(991.8));
        assert_eq!(upload_kib("--dry-run: exiting now."), None);
    }
}
