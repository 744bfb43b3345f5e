//! The demo's module: built apart from the viewer, because only a page without a proxy loads it.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::process::Program;
use crate::{Outcome, fingerprint, machine, rust_tools};

/// How the page names the module before its build is known.
const PLAIN_NAME: &str = "roster-demo.wasm";

/// Builds the module into the viewer's folder, under a name that changes with its contents, and names it in the page.
pub(crate) fn add(path_with_tools: &OsStr, folder: &Path) -> Outcome {
    let built = build(path_with_tools)?;
    let name = hashed_name(fingerprint::of(&built, &["."])?);
    let (from, to) = (built.join(PLAIN_NAME), folder.join(&name));
    fs::copy(&from, &to).map_err(|error| format!("cannot write {}: {error}", to.display()))?;
    let page = folder.join("index.html");
    let text = fs::read_to_string(&page).map_err(|error| format!("cannot read {}: {error}", page.display()))?;
    fs::write(&page, naming(&text, &name)?).map_err(|error| format!("cannot write {}: {error}", page.display()))
}

/// The folder that holds the small module and nothing else.
fn build(path_with_tools: &OsStr) -> Outcome<std::path::PathBuf> {
    let cargo = Program::new("cargo").args(["build", "--quiet", "--offline", "--package", "roster-demo", "--lib"]);
    let cargo = cargo.args(["--features", "module", "--profile", "wasm-release"]);
    let cargo = cargo.env(rust_tools::WASM_FLAGS, rust_tools::published_flags());
    cargo.args(["--target", rust_tools::WASM]).run()?;
    let target = machine::target()?;
    let folder = target.join("demo");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let wasm = target
        .join(rust_tools::WASM)
        .join("wasm-release")
        .join("roster_demo.wasm");
    let opt = Program::new("wasm-opt")
        .env("PATH", path_with_tools)
        .arg("-Oz")
        .args(rust_tools::FEATURES);
    let opt = opt.args(["--strip-debug", "--strip-producers"]).arg(wasm).arg("-o");
    opt.arg(folder.join(PLAIN_NAME)).run()?;
    Ok(folder)
}

/// The proxy takes a part of sixteen hexadecimal digits for a hash, and lets the file be kept for ever.
fn hashed_name(fingerprint: u64) -> String {
    format!("roster-demo-{fingerprint:016x}.wasm")
}

fn naming(page: &str, name: &str) -> Outcome<String> {
    match page.matches(PLAIN_NAME).count() {
        1 => Ok(page.replace(PLAIN_NAME, name)),
        n => Err(format!("expected {PLAIN_NAME} once in index.html, found it {n} times")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_module_of_its_own_build() {
        let name = hashed_name(0xab);
        assert_eq!(name, "roster-demo-00000000000000ab.wasm");
        let named = naming("<meta name=roster-demo content=roster-demo.wasm>", &name).unwrap();
        assert_eq!(
            named,
            "<meta name=roster-demo content=roster-demo-00000000000000ab.wasm>"
        );
        assert!(naming("<meta>", &name).unwrap_err().ends_with("0 times"));
    }
}
