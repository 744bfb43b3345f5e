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
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
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
