//! The seam to the machine: folders, environment and clock are read here and nowhere else in this crate.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::Outcome;

/// The repository's root. Cargo tells it to what it runs; a program that was compiled in another clone, which shares the
/// target folder, would else work there. Run by hand, xtask belongs to the clone that it was compiled in.
pub(crate) fn root() -> PathBuf {
    let folder = variable("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&folder)
        .join("../..")
        .components()
        .fold(PathBuf::new(), |mut path, part| {
            match part {
                std::path::Component::ParentDir => drop(path.pop()),
                part => path.push(part),
            }
            path
        })
}

/// Cargo's target folder, whatever set it: xtask itself lies in `<target>/<profile>/xtask`.
pub(crate) fn target() -> Outcome<PathBuf> {
    let program = std::env::current_exe().map_err(|error| format!("cannot find xtask's own file: {error}"))?;
    let folder = program.parent().and_then(Path::parent);
    folder
        .map(Path::to_owned)
        .ok_or_else(|| format!("{} is in no target folder", program.display()))
}

/// The per-user folder of the tools: `$XDG_CACHE_HOME/roster`, else `~/.cache/roster`.
pub(crate) fn cache() -> Outcome<PathBuf> {
    let from_home = || {
        variable("HOME")
            .or_else(|| variable("USERPROFILE"))
            .map(|home| Path::new(&home).join(".cache"))
    };
    let base = variable("XDG_CACHE_HOME").map(PathBuf::from).or_else(from_home);
    base.map(|base| base.join("roster"))
        .ok_or_else(|| "expected a home folder in HOME or XDG_CACHE_HOME, found neither".to_owned())
}

/// The folder of cargo's unpacked packages.
pub(crate) fn packages() -> Option<PathBuf> {
    let from_home = || {
        variable("HOME")
            .or_else(|| variable("USERPROFILE"))
            .map(|home| Path::new(&home).join(".cargo"))
    };
    let cargo = variable("CARGO_HOME").map(PathBuf::from).or_else(from_home)?;
    Some(cargo.join("registry").join("src"))
}

/// An environment variable that is set and not empty.
#[expect(clippy::disallowed_methods, reason = "this file is xtask's seam to the environment")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether this runs where nobody can be asked and a skipped check is a failed one.
pub(crate) fn is_ci() -> bool {
    variable("CI").is_some_and(|value| value != "false" && value != "0")
}

/// A stopwatch.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "this file is xtask's seam to the clock")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds since the start.
    pub(crate) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[workspace]"));
    }
}
