//! The packed npm module in the hands of every kind of consumer (`tests/packaging`), and the examples.

use std::path::PathBuf;

use crate::machine;
use crate::process::Program;
use crate::report::Verdict;
use crate::{Outcome, browser, modules, node_tests, npm, run, tools};

/// The examples that `cargo xtask example` starts.
const EXAMPLES: &[&str] = &["page", "react", "csv", "worker"];

/// Builds and packs the module, and runs all consumers.
pub(crate) fn test() -> Outcome<Verdict> {
    let stage = ready()?;
    let engines = browser::engines()?;
    let files = node_tests::files(&folder().join("consumers"))?;
    println!("{} kinds of consumers", files.len());
    let limits = [
        "--test",
        "--test-reporter=spec",
        "--test-concurrency=1",
        "--test-timeout=900000",
    ];
    stage.args(limits).args(files).run()?;
    Ok(if engines.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Skipped(format!("{}: {}", browser::NO_BROWSER, engines.join(", ")))
    })
}

/// Starts an example against the sandbox.
pub(crate) fn example(rest: &[String]) -> Outcome {
    let expected = || format!("expected one of {}", EXAMPLES.join(", "));
    let [name] = rest else {
        return Err(format!("{}, found {} words", expected(), rest.len()));
    };
    if !EXAMPLES.contains(&name.as_str()) {
        return Err(format!("{}, found `{name}`", expected()));
    }
    let node = ready()?.arg(folder().join("example.js")).arg(name);
    println!("Ctrl-C ends it.");
    node.become_it()
}

/// Node, told where the packed module and the proxy are.
fn ready() -> Outcome<Program> {
    tools::node()?;
    npm::build()?;
    let proxy = run::build_proxy()?;
    install_drivers()?;
    modules::install(&machine::root().join("examples").join("react"), "the example for React")?;
    let node = Program::new("node").env("ROSTER_PROXY", &proxy);
    Ok(match browser::find()? {
        Some(chromium) => node.env("ROSTER_CHROMIUM", &chromium),
        None => node,
    })
}

/// What drives the three engines, among the modules of the consumers.
pub(crate) fn install_drivers() -> Outcome {
    modules::install(&folder(), "the consumers")
}

fn folder() -> PathBuf {
    machine::root().join("tests").join("packaging")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_command_has_a_folder_and_the_other_way_round() {
        let folder = machine::root().join("examples");
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut names: Vec<String> = entries
            .filter(|path| path.is_dir())
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        let mut known: Vec<String> = EXAMPLES.iter().map(|name| (*name).to_owned()).collect();
        known.sort();
        assert_eq!(names, known);
    }

    #[test]
    fn an_unknown_example_lists_the_examples() {
        let sentence = example(&["vue".to_owned()]).unwrap_err();
        assert_eq!(sentence, "expected one of page, react, csv, worker, found `vue`");
    }
}
