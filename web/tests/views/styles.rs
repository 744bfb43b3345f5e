//! The styles are as `docs/looks.md` says: every property that a host may set is named there, and nothing else has colours.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The style sheets by name.
fn sheets() -> Vec<(String, String)> {
    let files = fs::read_dir(root().join("web/styles")).unwrap();
    let read = |file: std::io::Result<fs::DirEntry>| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    files.map(read).collect()
}

fn tokens() -> String {
    fs::read_to_string(root().join("web/styles/tokens.css")).unwrap()
}

/// The names behind `lead` that begin with two hyphens.
fn names(text: &str, lead: &str) -> BTreeSet<String> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    let behind = text.split(lead).skip(1);
    let name = |rest: &str| rest.split(ends).next().unwrap_or_default().to_owned();
    behind.map(name).filter(|name| name.starts_with("--")).collect()
}

/// The properties that a sheet sets, which stand at the beginning of a line.
fn set_in(sheet: &str) -> BTreeSet<String> {
    let lines = sheet.lines().map(str::trim).filter(|line| line.starts_with("--"));
    lines
        .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
        .collect()
}

#[test]
fn every_custom_property_is_documented_and_every_documented_one_exists() {
    let page = fs::read_to_string(root().join("docs/looks.md")).unwrap();
    let rows: String = page.lines().filter(|line| line.starts_with("| `--")).collect();
    assert_eq!(names(&rows, "`"), set_in(&tokens()));
}

#[test]
fn what_a_sheet_uses_is_a_documented_property_or_set_by_the_page() {
    // Where the head of a wide table stands, see `page/scroll.rs`.
    let by_the_page = ["--head-top", "--head-shift"].map(str::to_owned);
    let known: BTreeSet<String> = set_in(&tokens()).into_iter().chain(by_the_page).collect();
    for (name, sheet) in sheets() {
        let used = names(&sheet, "var(");
        assert!(used.is_subset(&known), "{name}: {:?}", used.difference(&known));
    }
}

#[test]
fn colours_stand_in_the_tokens_alone() {
    for (name, sheet) in sheets().into_iter().filter(|(name, _)| name != "tokens.css") {
        let of = |line: &str| {
            ["rgb(", "hsl(", "oklch(", ": #", " #"]
                .iter()
                .any(|form| line.contains(form))
        };
        let found: Vec<&str> = sheet.lines().filter(|line| line.ends_with(';') && of(line)).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn the_choice_of_dark_and_the_wish_for_it_are_the_same_values() {
    let tokens = tokens();
    let block = |head: &str| {
        let body = tokens.split(head).nth(1).unwrap().split('}').next().unwrap();
        let lines = body.lines().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect::<Vec<String>>()
    };
    let wish = block(":root:not([data-theme=\"light\"]) {");
    assert!(wish.len() > 10);
    assert_eq!(wish, block(":root[data-theme=\"dark\"] {"));
}
