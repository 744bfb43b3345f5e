//! What documents name exists: tests in `docs/security.md`, flags and files in `deploy/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All source text below a folder.
fn sources(folder: &Path, text: &mut String) {
    sources_of(folder, "rs", text);
}

fn sources_of(folder: &Path, wanted: &str, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources_of(&path, wanted, text);
        } else if path.extension().is_some_and(|extension| extension == wanted) {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_test_that_the_security_page_names_exists() {
    let mut text = String::new();
    for folder in ["crates/gateway", "crates/proxy", "crates/shell", "crates/edge"] {
        sources(&root().join(folder), &mut text);
    }
    let page = read("docs/security.md");
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let named: BTreeSet<&str> = rows
        .flat_map(|row| row.rsplit(" | ").next().unwrap().split('`').skip(1).step_by(2))
        .collect();
    assert!(named.len() > 30, "{named:?}");
    for name in named {
        let is_there = text.contains(&format!("fn {name}()"));
        assert!(is_there, "docs/security.md names {name}, which is no test");
    }
}

/// What stands in a cell between signs of code.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The rows of the feature table that are built.
const BUILT: [u8; 59] = [
    1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
    33, 34, 37, 38, 39, 40, 41, 42, 43, 45, 46, 47, 48, 49, 61, 62, 63, 64, 65, 66, 68, 70, 71, 72, 73, 75, 76, 78,
];

#[test]
fn every_row_of_the_viewer_names_a_place_and_tests_that_exist() {
    let (mut native, mut browser) = (String::new(), String::new());
    for folder in [
        "web",
        "crates/language/src",
        "crates/index/src",
        "crates/sandbox",
        "tests/suite",
    ] {
        sources(&root().join(folder), &mut native);
    }
    for folder in ["tests/e2e/journeys", "tests/e2e/portable"] {
        sources_of(&root().join(folder), "js", &mut browser);
    }
    let page = read("tests/e2e/ROWS.md");
    let mut seen = BTreeSet::new();
    for line in page.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let [row, _, places, tests] = cells[..] else {
            panic!("expected four cells, found {line}")
        };
        seen.insert(row.trim());
        for place in quoted(places) {
            assert!(root().join(place).exists(), "row {row}: {place} is not there");
        }
        assert!(quoted(tests).count() > 0, "row {row} names no test");
        for name in quoted(tests) {
            let is_native = native.contains(&format!("fn {name}("));
            let is_browser = [format!("\"{name}\""), format!("`{name}`")]
                .iter()
                .any(|form| browser.contains(form));
            assert!(is_native || is_browser, "row {row}: no test is called {name:?}");
        }
    }
    for row in BUILT {
        assert!(
            seen.contains(row.to_string().as_str()),
            "row {row} is promised and proved by nothing"
        );
    }
}

#[test]
fn every_variable_of_the_looks_is_described() {
    let tokens = read("web/styles/tokens.css");
    let page = read("docs/looks.md");
    let defined = tokens
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    let names: BTreeSet<&str> = defined.map(|(name, _)| name).collect();
    assert!(names.len() > 20, "{names:?}");
    let described: BTreeSet<&str> = quoted(&page).filter_map(|name| name.strip_prefix("--")).collect();
    let is_described = |name: &str| {
        let is_of_a_range = ["size-", "gap-"].iter().any(|range| name.starts_with(range));
        is_of_a_range
            || described.contains(name)
            || name.strip_suffix("-soft").is_some_and(|name| described.contains(name))
    };
    for name in names {
        assert!(is_described(name), "docs/looks.md does not describe --{name}");
    }
}

/// Long flags of a command line.
fn flags(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | '[' | ']'));
    words.filter(|word| word.starts_with("--")).collect()
}

#[test]
fn unit_and_container_use_flags_and_places_that_exist() {
    let cli = read("crates/proxy/src/cli.rs");
    let unit = read("deploy/roster-proxy.service");
    let container = read("deploy/Containerfile");
    let start = unit.lines().find(|line| line.starts_with("ExecStart=")).unwrap();
    let command = container.lines().find(|line| line.starts_with("CMD ")).unwrap();
    for line in [start, command] {
        let found = flags(line);
        assert!(found.contains("--listen") && found.contains("--config"), "{found:?}");
        for flag in found {
            let field = format!("pub(crate) {}:", flag.trim_start_matches("--"));
            assert!(cli.contains(&field), "{flag} of {line} is no flag of roster-proxy");
        }
    }
    let profile = container
        .split("--profile ")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    assert!(read("Cargo.toml").contains(&format!("[profile.{profile}]\n")));
    assert!(container.contains(&format!("/src/target/{profile}/roster-proxy")));
    for word in [
        "DynamicUser=yes",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "LoadCredential=",
        "ExecReload=",
    ] {
        assert!(unit.contains(word), "{word}");
    }
    assert!(container.contains("USER nonroot"));
}
