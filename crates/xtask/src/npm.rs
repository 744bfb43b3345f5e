//! Builds the npm module: `crates/wasm/npm/dist`, and the tarball in `target/npm`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::machine::{self, Stopwatch};
use crate::process::Program;
use crate::{Outcome, modules, node_tests, rust_tools, tools};

/// The compiler's settings for the module.
const PROFILE: &str = "npm-release";

/// Name of everything that wasm-bindgen writes.
const NAME: &str = "roster_wasm";

/// What the compiler uses beyond the first version of WebAssembly; every supported engine has them.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What makes the module smaller once it is compressed: a function that is called from one place stays a function, as the
/// compressor finds more that is alike then; and nothing lies below address 1024, where the end of the stack is.
const SMALLER: &[&str] = &["-Oz", "--one-caller-inline-max-function-size=15", "--low-memory-unused"];

/// The folder of the package.
pub(crate) fn folder() -> PathBuf {
    machine::root().join("crates").join("wasm").join("npm")
}

/// Makes `dist/` and the tarball.
pub(crate) fn build() -> Outcome {
    let stopwatch = Stopwatch::start();
    tools::node()?;
    rust_tools::wasm_target()?;
    modules::install(&folder(), "the npm module")?;
    // Standard output may be for results alone.
    eprintln!("Building the npm module…");
    bind(&compile()?)?;
    Program::new("node").dir(&folder()).arg("build.js").run()?;
    let tarball = pack()?;
    eprintln!(
        "The npm module is in {} ({:.0} s).",
        tarball.display(),
        stopwatch.seconds()
    );
    Ok(())
}

/// Runs the tests of the built package.
pub(crate) fn test() -> Outcome {
    let files = node_tests::files(&folder().join("test"))?;
    // A collection of garbage can be asked for: some tests measure what is left after one.
    let node = Program::new("node")
        .dir(&folder())
        .args(["--expose-gc", "--test", "--test-reporter=dot"]);
    node.args(files).run()
}

fn compile() -> Outcome<PathBuf> {
    let cargo = Program::new("cargo").args(["build", "--quiet", "--package", "roster-wasm", "--lib"]);
    let cargo = cargo.env(rust_tools::WASM_FLAGS, rust_tools::browser_flags());
    cargo.args(["--profile", PROFILE, "--target", rust_tools::WASM]).run()?;
    let built = machine::target()?.join(rust_tools::WASM).join(PROFILE);
    Ok(built.join(format!("{NAME}.wasm")))
}

/// Makes the glue, and the module smaller.
fn bind(compiled: &Path) -> Outcome {
    let [bindgen, _, opt] = tools::of_the_viewer()?;
    let out = folder().join("src").join("wasm");
    let flags = [
        "--target",
        "web",
        "--omit-default-module-path",
        "--remove-name-section",
        "--remove-producers-section",
    ];
    let program = Program::new(bindgen.ready()?.join("wasm-bindgen")).args(flags);
    program
        .args(["--out-name", NAME, "--out-dir"])
        .arg(&out)
        .arg(compiled)
        .run()?;
    let module = out.join(format!("{NAME}_bg.wasm"));
    let program = Program::new(opt.ready()?.join("wasm-opt")).args(FEATURES).args(SMALLER);
    program.arg(&module).arg("--output").arg(&module).run()
}

/// Packs what `files` in package.json names, with the licences, which lie at the repository's root.
fn pack() -> Outcome<PathBuf> {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let (from, to) = (machine::root().join(licence), folder().join(licence));
        fs::copy(from, to).map_err(|error| format!("cannot copy {licence}: {error}"))?;
    }
    let target = machine::root().join("target").join("npm");
    fs::create_dir_all(&target).map_err(|error| format!("cannot make {}: {error}", target.display()))?;
    let npm = Program::npm()
        .dir(&folder())
        .args(["pack", "--silent", "--pack-destination"]);
    let name = npm.arg(&target).text()?;
    Ok(target.join(name))
}
