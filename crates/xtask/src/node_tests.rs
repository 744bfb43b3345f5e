//! The files that `node --test` runs, by name: versions of Node disagree on what a folder or a pattern means.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// All `*.test.js` of a folder, in order; none is an error.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let cannot = |error| format!("cannot read {}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        files.push(entry.map_err(cannot)?.path());
    }
    files.retain(|file| is_test(file));
    files.sort();
    if files.is_empty() {
        Err(format!("there is no test in {}", folder.display()))
    } else {
        Ok(files)
    }
}

fn is_test(file: &Path) -> bool {
    file.file_name()
        .and_then(OsStr::to_str)
        .is_some_and(|name| name.ends_with(".test.js"))
}
