//! What rustup brings: the wasm target and the components that the checks need.

use std::path::PathBuf;

use crate::process::Program;
use crate::{Outcome, machine};

/// The viewer's target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The variable by which cargo is told how to build for [`WASM`].
pub(crate) const WASM_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// What every browser with WebAssembly of 2022 has, for wasm-opt.
pub(crate) const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// The flags of the viewer and of the npm module: with the instructions that the index is fast with (every browser since
/// 2023 has them, Node since version 16), and names of functions that say which types they are for, as the list of those
/// that the first cards need has them.
pub(crate) fn browser_flags() -> String {
    let flags = "-C target-feature=+simd128 -C symbol-mangling-version=v0";
    format!("{flags} {}", published_flags())
}

/// The flags of whatever is published: a crate's files are named without the folder of the one who builds, whose name may
/// be in it.
pub(crate) fn published_flags() -> String {
    let folders = [(machine::packages(), "packages"), (library(), "library")];
    let remapped = folders
        .into_iter()
        .filter_map(|(folder, name)| Some(remapped(&folder?.display().to_string(), name)));
    remapped.collect::<Vec<_>>().join(" ")
}

/// The folder of the standard library's source, which the compiler names where it is installed.
pub(crate) fn library() -> Option<PathBuf> {
    let sysroot = Program::new("rustc").args(["--print", "sysroot"]).text().ok()?;
    Some(PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}

/// Nothing for a folder that cargo would take for two words.
fn remapped(folder: &str, name: &str) -> String {
    if folder.contains(char::is_whitespace) {
        return String::new();
    }
    format!("--remap-path-prefix={folder}={name}")
}

/// Installs the wasm target unless it is there.
pub(crate) fn wasm_target() -> Outcome {
    if has_wasm_target() {
        return Ok(());
    }
    println!("Installing the Rust target {WASM}, once, about 20 seconds…");
    Program::new("rustup").args(["target", "add", WASM]).run().map_err(|sentence| {
        format!("{sentence}. The viewer needs the target {WASM}; rustup (rustup.rs) installs it, or your system's packages")
    })
}

/// Installs rustfmt and clippy unless they are there.
pub(crate) fn components() -> Outcome {
    for (component, program) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !has_subcommand(program) {
            println!("Installing {component}, once…");
            Program::new("rustup").args(["component", "add", component]).run()?;
        }
    }
    Ok(())
}

/// Whether the compiler has the wasm target's standard library.
pub(crate) fn has_wasm_target() -> bool {
    let folder = Program::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .text();
    folder.is_ok_and(|folder| std::path::Path::new(&folder).is_dir())
}

/// Whether cargo knows a subcommand.
pub(crate) fn has_subcommand(name: &str) -> bool {
    Program::new("cargo").args([name, "--version"]).text().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_packages_is_not_named_in_what_is_published() {
        assert_eq!(
            remapped("/home/ann/.cargo", "packages"),
            "--remap-path-prefix=/home/ann/.cargo=packages"
        );
        assert_eq!(remapped("/home/ann b", "packages"), "");
    }
}
