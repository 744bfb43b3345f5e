//! The viewer's build tools, installed into the per-user cache at exactly the versions that the repository asks for.
//!
//! A tool's folder appears by renaming a finished one, under a lock: an interrupted install leaves nothing that looks
//! complete, and two commands at once do not install twice.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::machine;
use crate::process::Program;

/// Trunk builds the viewer. This version still builds with the pinned Rust; newer ones ask for a newer compiler.
const TRUNK: &str = "0.21.14";

/// The npm package that brings wasm-opt; its major version is wasm-opt's own.
const BINARYEN: &str = "132.0.0";

/// How a tool is installed.
#[derive(Clone, Copy)]
enum Origin {
    /// `cargo install`, with the package's own lock file or without.
    Cargo { package: &'static str, is_locked: bool },
    /// `npm install`.
    Npm { package: &'static str },
}

/// One tool.
pub(crate) struct Tool {
    /// The program's name.
    pub(crate) program: &'static str,
    /// The package's version.
    pub(crate) version: String,
    /// How long an install takes on two cores.
    pub(crate) duration: &'static str,
    origin: Origin,
}

/// The tools that build the viewer.
pub(crate) fn of_the_viewer() -> Outcome<[Tool; 3]> {
    Ok([
        Tool {
            program: "wasm-bindgen",
            version: locked_version("wasm-bindgen")?,
            duration: "3 minutes",
            // Without its lock file: the package ships none that fits the pinned compiler.
            origin: Origin::Cargo {
                package: "wasm-bindgen-cli",
                is_locked: false,
            },
        },
        Tool {
            program: "trunk",
            version: TRUNK.to_owned(),
            duration: "6 minutes",
            origin: Origin::Cargo {
                package: "trunk",
                is_locked: true,
            },
        },
        Tool {
            program: "wasm-opt",
            version: BINARYEN.to_owned(),
            duration: "20 seconds",
            origin: Origin::Npm { package: "binaryen" },
        },
    ])
}

/// The file of one of them, installing it first if it is missing.
pub(crate) fn program(name: &str) -> Outcome<PathBuf> {
    let tools = of_the_viewer()?;
    let tool = tools.iter().find(|tool| tool.program == name);
    let tool = tool.ok_or_else(|| format!("bug: there is no tool {name}"))?;
    Ok(tool.ready()?.join(tool.file_name()))
}

impl Tool {
    /// The folder to put on the search path, installing the tool first if it is missing.
    pub(crate) fn ready(&self) -> Outcome<PathBuf> {
        if !self.is_installed()? {
            let tools = machine::cache()?.join("tools");
            fs::create_dir_all(&tools).map_err(|error| format!("cannot make {}: {error}", tools.display()))?;
            let _lock = lock(&tools.join(".lock"))?;
            if !self.is_installed()? {
                self.install(&tools)?;
            }
        }
        self.programs()
    }

    /// Whether the program is there and says that it is this version.
    pub(crate) fn is_installed(&self) -> Outcome<bool> {
        let program = self.programs()?.join(self.file_name());
        let said = program.exists().then(|| Program::new(program).arg("--version").text());
        Ok(said.is_some_and(|said| said.is_ok_and(|said| self.is_named_in(&said))))
    }

    fn is_named_in(&self, said: &str) -> bool {
        let wanted = match self.origin {
            Origin::Cargo { .. } => self.version.as_str(),
            Origin::Npm { .. } => self.version.split('.').next().unwrap_or_default(),
        };
        said.split_whitespace().any(|word| word == wanted)
    }

    fn install(&self, tools: &Path) -> Outcome {
        println!(
            "Installing {} {}, once, about {}…",
            self.program, self.version, self.duration
        );
        let folder = tools.join(self.folder_name());
        let partial = tools.join(format!(".partial-{}", self.folder_name()));
        remove(&partial)?;
        match self.origin {
            Origin::Cargo { package, is_locked } => self.cargo_install(package, is_locked, &partial)?,
            Origin::Npm { package } => self.npm_install(package, &partial)?,
        }
        remove(&folder)?;
        fs::rename(&partial, &folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        if self.is_installed()? {
            return Ok(());
        }
        Err(format!(
            "{} was installed in {} but does not say that it is {}",
            self.program,
            folder.display(),
            self.version
        ))
    }

    fn cargo_install(&self, package: &str, is_locked: bool, root: &Path) -> Outcome {
        let program = Program::new("cargo").args(["install", "--quiet", package, "--version", &self.version, "--root"]);
        program.arg(root).args(is_locked.then_some("--locked")).run()
    }

    fn npm_install(&self, package: &str, root: &Path) -> Outcome {
        fs::create_dir_all(root).map_err(|error| format!("cannot make {}: {error}", root.display()))?;
        let quiet = [
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--loglevel",
            "error",
            "--prefix",
        ];
        Program::npm()
            .dir(root)
            .args(quiet)
            .arg(root)
            .arg(format!("{package}@{}", self.version))
            .text()
            .map(drop)
    }

    /// The folder that holds the program.
    fn programs(&self) -> Outcome<PathBuf> {
        let folder = machine::cache()?.join("tools").join(self.folder_name());
        Ok(match self.origin {
            Origin::Cargo { .. } => folder.join("bin"),
            Origin::Npm { .. } => folder.join("node_modules").join(".bin"),
        })
    }

    fn folder_name(&self) -> String {
        let (Origin::Cargo { package, .. } | Origin::Npm { package }) = self.origin;
        format!("{package}-{}", self.version)
    }

    fn file_name(&self) -> String {
        let extension = match self.origin {
            _ if !cfg!(windows) => "",
            Origin::Cargo { .. } => ".exe",
            Origin::Npm { .. } => ".cmd",
        };
        format!("{}{extension}", self.program)
    }
}

/// The major version of Node, which must be 20 or newer.
pub(crate) fn node() -> Outcome<u32> {
    const ADVICE: &str = "Node 20 or newer brings wasm-opt and the browser journeys; install it from nodejs.org or your system's packages";
    let said = Program::new("node")
        .arg("--version")
        .text()
        .map_err(|_| format!("there is no `node`. {ADVICE}"))?;
    match said
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok())
    {
        Some(major) if major >= 20 => Ok(major),
        _ => Err(format!("expected Node 20 or newer, found {said}. {ADVICE}")),
    }
}

/// The version of a package in `Cargo.lock`.
pub(crate) fn locked_version(package: &str) -> Outcome<String> {
    let file = machine::root().join("Cargo.lock");
    let lock = fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    version_in(&lock, package).ok_or_else(|| format!("{} names no version of {package}", file.display()))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

fn lock(path: &Path) -> Outcome<File> {
    let file = File::create(path).map_err(|error| format!("cannot make {}: {error}", path.display()))?;
    file.lock()
        .map_err(|error| format!("cannot lock {}: {error}", path.display()))?;
    Ok(file)
}

fn remove(folder: &Path) -> Outcome {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_and_not_of_its_neighbour() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n\
                    [[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm-bindgen-futures").as_deref(), Some("0.4.80"));
        assert_eq!(version_in(lock, "wasm"), None);
    }

    #[test]
    fn a_tool_of_another_version_is_not_the_tool() {
        let [bindgen, _, opt] = of_the_viewer().unwrap();
        assert!(bindgen.is_named_in(&format!("wasm-bindgen {}", bindgen.version)));
        assert!(!bindgen.is_named_in("wasm-bindgen 0.2.1"));
        assert!(opt.is_named_in("wasm-opt version 132 (version_132)"));
        assert!(!opt.is_named_in("wasm-opt version 116 (version_116)"));
    }
}
