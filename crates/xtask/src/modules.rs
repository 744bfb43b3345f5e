//! The npm modules of a folder, exactly as its lock file says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::Program;
use crate::{Outcome, fingerprint};

/// Whether the modules in `node_modules` are those of the lock file.
pub(crate) fn are_installed(folder: &Path) -> Outcome<bool> {
    let wanted = lock_fingerprint(folder)?;
    Ok(fs::read_to_string(stamp(folder)).is_ok_and(|found| found == wanted))
}

/// Installs them unless they are there.
pub(crate) fn install(folder: &Path, whose: &str) -> Outcome {
    if are_installed(folder)? {
        return Ok(());
    }
    // Standard output may be for results alone.
    eprintln!("Installing the modules of {whose}, once, a few seconds…");
    let npm = Program::npm().dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
        .text()?;
    let stamp = stamp(folder);
    fs::write(&stamp, lock_fingerprint(folder)?).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

/// Written after a whole install, inside the folder that `npm ci` empties before it starts.
fn stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".roster-lock")
}

fn lock_fingerprint(folder: &Path) -> Outcome<String> {
    fingerprint::of(folder, &["package.json", "package-lock.json"]).map(|number| format!("{number:016x}"))
}
