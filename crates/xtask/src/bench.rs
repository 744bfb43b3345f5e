//! `cargo xtask bench NAME...`: builds what is measured, and runs the benchmarks of `benches/`.
//!
//! Standard output is for the results alone, one JSON object a line; everything else goes to standard error.

use std::path::{Path, PathBuf};

use crate::process::Program;
use crate::{
    Outcome, bench_edge, bench_instructions, bench_proxy, bench_viewer, browser, fingerprint, machine, modules, npm,
    rust_tools, tools,
};

/// Those that run in Node.
const IN_NODE: &[&str] = &["decode", "ingest", "query", "memory", "scale", NPM];

/// The one that is about the built package, in Node and in Chromium.
const NPM: &str = "npm";

/// The one that counts instructions.
const INSTRUCTIONS: &str = "instructions";

/// The one that is about the proxy.
const PROXY: &str = "proxy";

/// The one that is about the Worker.
const EDGE: &str = "edge";

/// The one that is about the viewer.
const VIEWER: &str = "viewer";

/// What begins the word that chooses among the cells of the proxy's table.
const CELL: &str = "--cell=";

/// Those that have a program of their own.
const APART: &[&str] = &[VIEWER, INSTRUCTIONS, PROXY, EDGE];

/// What pages are made of.
const PAGE_SOURCES: &[&str] = &["crates/sandbox", "benches/engine/examples/pages.rs"];

/// What `bench` was asked to do.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    names: Vec<String>,
    is_quick: bool,
    is_written: bool,
    /// Part of the names of the proxy's cells that are wanted.
    cell: Option<String>,
}

/// Runs the named benchmarks, one after the other.
pub(crate) fn run(words: &[String]) -> Outcome {
    let plan = Plan::parse(words)?;
    let has = |name: &str| plan.names.iter().any(|found| found == name);
    let in_node: Vec<&String> = plan
        .names
        .iter()
        .filter(|name| IN_NODE.contains(&name.as_str()))
        .collect();
    if !in_node.is_empty() {
        let stage = Stage::ready()?;
        if has(NPM) {
            npm::build()?;
        }
        for name in in_node {
            stage.run(name, plan.is_quick)?;
        }
    }
    if has(VIEWER) {
        bench_viewer::run(plan.is_quick)?;
    }
    if has(PROXY) {
        bench_proxy::run(plan.is_quick, plan.cell.as_deref())?;
    }
    if has(EDGE) {
        bench_edge::run(plan.is_quick)?;
    }
    if has(INSTRUCTIONS) {
        bench_instructions::run(plan.is_written)?;
    }
    Ok(())
}

/// Every benchmark on little data: that all answer alike and print their results; what they measure means nothing.
pub(crate) fn smoke() -> Outcome {
    let stage = Stage::ready()?;
    npm::build()?;
    for name in IN_NODE {
        let printed = stage.node(name, true).text()?;
        checked(name, &printed)?;
    }
    match bench_viewer::node(true)? {
        Some(node) => checked(VIEWER, &node.text()?),
        None => Ok(()),
    }
}

/// That a benchmark printed results of its own and nothing else.
fn checked(name: &str, printed: &str) -> Outcome {
    const KEYS: [&str; 6] = ["peer", "ours", "theirs", "unit", "ratio", "n"];
    let start = format!("{{\"bench\":\"{name}/");
    let is_result = |line: &str| {
        line.starts_with(&start) && line.ends_with('}') && KEYS.iter().all(|key| line.contains(&format!("\"{key}\":")))
    };
    match printed.lines().find(|line| !is_result(line)) {
        Some(odd) => Err(format!("bench {name}: expected one result a line, found `{odd}`")),
        None if printed.trim().is_empty() => Err(format!("bench {name}: expected results, found none")),
        None => Ok(()),
    }
}

impl Plan {
    fn parse(words: &[String]) -> Outcome<Self> {
        let (flags, names): (Vec<_>, Vec<_>) = words.iter().cloned().partition(|word| word.starts_with("--"));
        let is_known = |name: &String| IN_NODE.iter().chain(APART).any(|known| known == name);
        let known = || format!("{}, {}", IN_NODE.join(", "), APART.join(", "));
        match (names.iter().find(|name| !is_known(name)), names.is_empty()) {
            (Some(unknown), _) => return Err(format!("expected one of {}, found `{unknown}`", known())),
            (None, true) => return Err(format!("expected names of benchmarks: {}", known())),
            (None, false) => {}
        }
        let cell = |flag: &String| flag.strip_prefix(CELL).map(str::to_owned);
        let is_flag = |flag: &String| cell(flag).is_some() || matches!(flag.as_str(), "--quick" | "--write");
        if let Some(unknown) = flags.iter().find(|flag| !is_flag(flag)) {
            return Err(format!("expected --quick, --write or {CELL}NAME, found `{unknown}`"));
        }
        let has = |flag: &str| flags.iter().any(|found| found == flag);
        Ok(Self {
            names,
            is_quick: has("--quick"),
            is_written: has("--write"),
            cell: flags.iter().find_map(cell),
        })
    }
}

/// Everything that a benchmark in Node needs.
struct Stage {
    engine: PathBuf,
    plain: PathBuf,
    pages: PathBuf,
    writer: PathBuf,
    chromium: Option<PathBuf>,
}

impl Stage {
    fn ready() -> Outcome<Self> {
        tools::node()?;
        modules::install(&folder(), "the benchmarks")?;
        Ok(Self {
            engine: build_engine("simd", "-C target-feature=+simd128")?,
            plain: build_engine("plain", "")?,
            pages: page_folder()?,
            writer: build_example("pages")?,
            chromium: browser::find()?,
        })
    }

    fn run(&self, name: &str, is_quick: bool) -> Outcome {
        self.node(name, is_quick).run()
    }

    fn node(&self, name: &str, is_quick: bool) -> Program {
        // A million profiles as objects do not fit into the usual heap.
        let flags = ["--expose-gc", "--max-old-space-size=6144", "run.js", name];
        let node = Program::new("node").dir(&folder()).args(flags);
        let node = match &self.chromium {
            Some(chromium) => node.env("ROSTER_CHROMIUM", chromium),
            None => node,
        };
        node.args(is_quick.then_some("--quick"))
            .env("ROSTER_BENCH_ENGINE", &self.engine)
            .env("ROSTER_BENCH_PLAIN", &self.plain)
            .env("ROSTER_BENCH_PAGES", &self.pages)
            .env("ROSTER_BENCH_WRITER", &self.writer)
    }
}

/// Builds a program of `benches/engine/examples` for this machine.
pub(crate) fn build_example(name: &str) -> Outcome<PathBuf> {
    let folder = target()?;
    cargo(&folder, "", &["--release", "--example", name])?;
    let program = if cfg!(windows) {
        format!("{name}.exe")
    } else {
        name.to_owned()
    };
    Ok(folder.join("release").join("examples").join(program))
}

/// Where pages are kept; a change of what they are made of asks for others.
pub(crate) fn page_folder() -> Outcome<PathBuf> {
    let fingerprint = fingerprint::of(&machine::root(), PAGE_SOURCES)?;
    let folder = target()?.join(format!("pages-{fingerprint:016x}"));
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    Ok(folder)
}

/// Builds the module that is measured; flags of its own want a folder of their own.
fn build_engine(name: &str, flags: &str) -> Outcome<PathBuf> {
    rust_tools::wasm_target()?;
    let (folder, profile) = (target()?.join(name), "wasm-release");
    cargo(
        &folder,
        flags,
        &["--lib", "--profile", profile, "--target", rust_tools::WASM],
    )?;
    Ok(folder.join(rust_tools::WASM).join(profile).join("roster_bench.wasm"))
}

/// Builds the crate of the benchmarks, with the same flags wherever it runs.
fn cargo(folder: &Path, flags: &str, arguments: &[&str]) -> Outcome {
    let cargo = Program::new("cargo").args(["build", "--quiet", "--package", "roster-bench"]);
    let cargo = cargo.args(arguments).arg("--target-dir").arg(folder);
    cargo.env("RUSTFLAGS", flags).run()
}

fn target() -> Outcome<PathBuf> {
    Ok(machine::target()?.join("bench"))
}

/// The folder of the benchmarks.
pub(crate) fn folder() -> PathBuf {
    machine::root().join("benches")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Plan> {
        Plan::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn names_and_flags_come_in_any_order() {
        let plan = parse("--quick decode query").unwrap();
        assert_eq!(
            (plan.names, plan.is_quick, plan.is_written),
            (vec!["decode".to_owned(), "query".to_owned()], true, false)
        );
        assert!(parse("instructions --write").unwrap().is_written);
        assert_eq!(
            parse("proxy --cell=cold-2KB").unwrap().cell.as_deref(),
            Some("cold-2KB")
        );
    }

    #[test]
    fn a_benchmark_that_prints_nothing_or_something_else_has_failed() {
        let line = r#"{"bench":"query/word-10k","peer":"p","ours":1,"theirs":2,"unit":"ms","ratio":2,"n":10}"#;
        assert_eq!(checked("query", line), Ok(()));
        for odd in ["", "\n", "hello", r#"{"bench":"query/word-10k"}"#] {
            assert!(checked("query", odd).is_err(), "{odd}");
        }
        assert!(checked("decode", line).is_err(), "another one's result");
    }

    #[test]
    fn what_is_not_known_is_named() {
        assert!(
            parse("")
                .unwrap_err()
                .starts_with("expected names of benchmarks: decode, ")
        );
        assert_eq!(
            parse("decode qurey").unwrap_err(),
            "expected one of decode, ingest, query, memory, scale, npm, viewer, instructions, proxy, edge, found `qurey`"
        );
        assert_eq!(
            parse("decode --fast").unwrap_err(),
            "expected --quick, --write or --cell=NAME, found `--fast`"
        );
    }
}
