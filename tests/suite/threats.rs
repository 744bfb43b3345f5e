//! Every row of the threat table names tests, and they exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The folders in which a row's tests may be.
const FOLDERS: [&str; 4] = ["crates", "web/src", "web/tests", "tests/suite"];

/// Names of the tests in the Rust files of a folder and below.
fn tests_in(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("target") {
            tests_in(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            tests_of(&fs::read_to_string(&path).unwrap(), names);
        }
    }
}

/// Names of the tests in a file.
fn tests_of(text: &str, names: &mut BTreeSet<String>) {
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        let function = line.trim_start_matches("async ").strip_prefix("fn ");
        if let Some((name, _)) = function.filter(|_| is_test).and_then(|rest| rest.split_once('(')) {
            names.insert(name.to_owned());
        }
        // Other attributes may stand between the mark and the function.
        is_test =
            line.starts_with("#[test]") || line.starts_with("#[tokio::test") || (is_test && line.starts_with("#["));
    }
}

/// Where a test of the edge shell may be: in itself, or in what both shells share.
const EDGE_FOLDERS: [&str; 4] = ["crates/edge", "crates/gateway", "crates/shell", "crates/core"];

/// The files of the native shell's tests that the edge shell runs as well.
fn shared_tests(names: &mut BTreeSet<String>) {
    let list = fs::read_to_string(Path::new(ROOT).join("crates/edge/tests/wire/main.rs")).unwrap();
    for path in list.split("#[path = \"../../../").skip(1) {
        let file = Path::new(ROOT).join("crates").join(path.split('"').next().unwrap());
        tests_of(&fs::read_to_string(file).unwrap(), names);
    }
}

#[test]
fn every_threat_is_shown_on_the_edge_shell_by_tests_that_it_runs() {
    let table = fs::read_to_string(Path::new(ROOT).join("docs/threats.md")).unwrap();
    let mut known = BTreeSet::new();
    for folder in EDGE_FOLDERS {
        tests_in(&Path::new(ROOT).join(folder), &mut known);
    }
    shared_tests(&mut known);
    let mut n_named = 0;
    for n in 1..=30 {
        let row = table
            .lines()
            .find(|line| line.starts_with(&format!("| Workers T{n} |")));
        let row = row.unwrap_or_else(|| panic!("no row for T{n} on the edge shell"));
        for name in row.split('`').skip(1).step_by(2) {
            assert!(
                known.contains(name),
                "{name} of T{n} is no test that the edge shell runs"
            );
            n_named += 1;
        }
    }
    assert!(n_named > 40, "{n_named}");
}

#[test]
fn every_threat_is_shown_by_tests_that_exist() {
    let table = fs::read_to_string(Path::new(ROOT).join("docs/threats.md")).unwrap();
    let mut known = BTreeSet::new();
    for folder in FOLDERS {
        tests_in(&Path::new(ROOT).join(folder), &mut known);
    }
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| T")).collect();
    let numbers: Vec<String> = (1..=30).map(|n| format!("T{n}")).collect();
    let found: Vec<&str> = rows.iter().map(|row| row.split('|').nth(1).unwrap().trim()).collect();
    assert_eq!(found, numbers);
    let below = table
        .rsplit("| T30 |")
        .next()
        .unwrap()
        .lines()
        .skip(1)
        .collect::<Vec<_>>()
        .join(" ");
    let told: Vec<&str> = below
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| !word.contains('/'))
        .collect();
    assert!(told.len() > 5, "{told:?}");
    for name in told {
        assert!(
            known.contains(name),
            "no test {name}, which the text below the table names"
        );
    }
    for row in rows {
        let shown = row.split('|').nth(3).unwrap();
        let named: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{row}");
        for name in named.iter().filter(|name| name.ends_with(".test.js")) {
            let file = Path::new(ROOT).join("tests/e2e/journeys").join(name);
            assert!(file.is_file(), "no journeys in {name}, which the table names");
        }
        // A single word is a step or a word of the text, no test.
        for name in named.iter().filter(|name| name.contains('_')) {
            assert!(known.contains(*name), "no test {name}, which the table names");
        }
    }
}
