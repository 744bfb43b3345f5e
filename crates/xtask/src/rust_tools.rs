//! What rustup brings: the wasm target and the components that the checks need.

use crate::Outcome;
use crate::process::Program;

/// The viewer's target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The variable, and its value, by which the index is built with the instructions that it is fast with. Every browser
/// since 2023 has them, Node since version 16. The names of functions say which types they are for, as the list of those
/// that the first cards need has them.
pub(crate) const SIMD: (&str, &str) = (
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
    "-C target-feature=+simd128 -C symbol-mangling-version=v0",
);

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
