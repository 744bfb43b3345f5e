//! `cargo xtask test`: what CI runs, cheap steps first. A failed step does not hide what the later ones find.

use crate::machine::{self, Stopwatch};
use crate::process::Program;
use crate::report::{Entry, Report, Verdict};
use crate::{
    Outcome, bench, browser, edge_proof, journeys, npm, packaging, reference, rust_tools, sizes, soak, soak_viewer,
    viewer,
};

/// One step.
struct Step {
    name: &'static str,
    title: &'static str,
    run: fn() -> Outcome<Verdict>,
}

const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        title: "Formatting",
        run: || passed(format()),
    },
    Step {
        name: "clippy",
        title: "Lints for this machine",
        run: || passed(clippy()),
    },
    Step {
        name: "clippy-wasm",
        title: "Lints for the browser",
        run: || passed(clippy_wasm()),
    },
    Step {
        name: "tests",
        title: "Native tests",
        run: || passed(native_tests()),
    },
    Step {
        name: "docs",
        title: "Documentation, private items too",
        run: || passed(docs()),
    },
    Step {
        name: "deny",
        title: "Licences and sources of what we depend on",
        run: deny,
    },
    Step {
        name: "advisories",
        title: "Known weaknesses of what we depend on",
        run: advisories,
    },
    Step {
        name: "viewer",
        title: "The viewer, built for release",
        run: || passed(viewer::build()),
    },
    Step {
        name: "npm",
        title: "The npm module, built, tested at its boundary and described",
        run: || {
            passed(
                npm::build()
                    .and_then(|()| npm::test())
                    .and_then(|()| reference::write()),
            )
        },
    },
    Step {
        name: "sizes",
        title: "Sizes",
        run: || passed(sizes::check()),
    },
    Step {
        name: "benches",
        title: "Benchmarks, on little data",
        run: || passed(bench::smoke()),
    },
    Step {
        name: "soak",
        title: "The proxy at its limit, for 20 seconds",
        run: || passed(soak::short()),
    },
    Step {
        name: "edge",
        title: "The Worker, packed and run",
        run: || passed(edge_proof::run()),
    },
    Step {
        name: "journeys",
        title: "Journeys in the browser",
        run: journeys::run,
    },
    Step {
        name: "engines",
        title: "The journeys that every engine makes",
        run: journeys::engines,
    },
    Step {
        name: "soak-viewer",
        title: "Random use of the viewer, for two minutes of a person",
        run: soak_viewer::short,
    },
    Step {
        name: "packaging",
        title: "The npm module in the hands of its consumers, and the examples",
        run: packaging::test,
    },
];

/// The crates that run in the browser or must be able to.
const WASM_CRATES: &[&str] = &[
    "roster-json",
    "roster-core",
    "roster-language",
    "roster-client",
    "roster-sandbox",
    "roster-demo",
    "roster-gateway",
    "roster-shell",
    "roster-wasm",
    "roster-edge",
    "roster-web",
];

/// Runs all steps, or those that are named, and says whether none failed.
pub(crate) fn test(names: &[String]) -> Outcome<bool> {
    let steps = chosen(names)?;
    let mut report = Report::default();
    for step in steps {
        println!("\n── {} ({}) ──", step.title, step.name);
        let stopwatch = Stopwatch::start();
        let verdict = (step.run)().unwrap_or_else(Verdict::Failed);
        let entry = Entry {
            name: step.name,
            seconds: stopwatch.seconds(),
            verdict: strict(verdict, machine::is_ci()),
        };
        println!("{:.1} s", entry.seconds);
        report.0.push(entry);
    }
    println!("\n{}\n{}", report.table(), report.summary());
    Ok(report.is_green())
}

fn chosen(names: &[String]) -> Outcome<Vec<&'static Step>> {
    if let Some(name) = names
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != name.as_str()))
    {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(format!("expected one of {}, found `{name}`", known.join(", ")));
    }
    Ok(STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .collect())
}

/// In CI nobody reads a remark: a step that proves the product and cannot run there has failed.
fn strict(verdict: Verdict, is_ci: bool) -> Verdict {
    match verdict {
        Verdict::Skipped(reason) if is_ci && reason.starts_with(browser::NO_BROWSER) => Verdict::Failed(reason),
        verdict => verdict,
    }
}

fn passed(outcome: Outcome) -> Outcome<Verdict> {
    outcome.map(|()| Verdict::Passed)
}

fn format() -> Outcome {
    rust_tools::components()?;
    Program::new("cargo").args(["fmt", "--all", "--check"]).run()
}

fn clippy() -> Outcome {
    rust_tools::components()?;
    Program::new("cargo")
        .args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
        .run()
}

fn clippy_wasm() -> Outcome {
    rust_tools::components()?;
    rust_tools::wasm_target()?;
    let packages = WASM_CRATES.iter().flat_map(|name| ["--package", name]);
    let clippy = Program::new("cargo")
        .args(["clippy", "--target", rust_tools::WASM])
        .args(packages);
    let clippy = clippy.args(["--features", "roster-demo/module"]);
    clippy.args(["--", "-D", "warnings"]).run()?;
    // The build with SIMD has code that the one without it does not have.
    let folder = machine::target()?.join("simd");
    let simd = Program::new("cargo")
        .args(["clippy", "--target", rust_tools::WASM, "--package", "roster-index"])
        .arg("--target-dir")
        .arg(&folder)
        .env("RUSTFLAGS", "-C target-feature=+simd128");
    simd.args(["--", "-D", "warnings"]).run()
}

fn native_tests() -> Outcome {
    Program::new("cargo").args(["test", "--workspace"]).run()
}

fn docs() -> Outcome {
    let doc = Program::new("cargo").args(["doc", "--workspace", "--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings").run()
}

fn deny() -> Outcome<Verdict> {
    if !rust_tools::has_subcommand("deny") {
        return Ok(Verdict::Skipped(NO_DENY.to_owned()));
    }
    passed(
        Program::new("cargo")
            .args(["deny", "check", "bans", "licenses", "sources"])
            .run(),
    )
}

/// The database of advisories lies in the network; a machine without it can still run everything else.
fn advisories() -> Outcome<Verdict> {
    if !rust_tools::has_subcommand("deny") {
        return Ok(Verdict::Skipped(NO_DENY.to_owned()));
    }
    if Program::new("cargo").args(["deny", "fetch", "db"]).text().is_err() {
        return Ok(Verdict::Skipped(
            "the database of advisories cannot be reached".to_owned(),
        ));
    }
    passed(
        Program::new("cargo")
            .args(["deny", "check", "--disable-fetch", "advisories"])
            .run(),
    )
}

const NO_DENY: &str = "cargo-deny is not installed (`cargo install --locked cargo-deny` brings it)";

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_names_every_step_runs_in_order() {
        let all: Vec<&str> = chosen(&[]).unwrap().iter().map(|step| step.name).collect();
        assert_eq!(all.first(), Some(&"fmt"));
        assert_eq!(all.last(), Some(&"packaging"));
    }

    #[test]
    fn named_steps_keep_their_order_and_an_unknown_one_is_refused() {
        let some: Vec<&str> = chosen(&names("tests fmt"))
            .unwrap()
            .iter()
            .map(|step| step.name)
            .collect();
        assert_eq!(some, ["fmt", "tests"]);
        let sentence = chosen(&names("fmt lint")).map(drop).unwrap_err();
        assert!(sentence.starts_with("expected one of fmt, clippy,"), "{sentence}");
        assert!(sentence.ends_with("found `lint`"), "{sentence}");
    }

    #[test]
    fn journeys_without_a_browser_are_skipped_at_home_and_failed_in_ci() {
        let skipped = || Verdict::Skipped(format!("{}: how to get one", browser::NO_BROWSER));
        assert_eq!(strict(skipped(), false), skipped());
        assert!(matches!(strict(skipped(), true), Verdict::Failed(_)));
        assert!(matches!(
            strict(Verdict::Skipped(NO_DENY.into()), true),
            Verdict::Skipped(_)
        ));
    }
}
