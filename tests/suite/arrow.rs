//! Who may depend on whom. A new arrow is a change of the architecture: it edits this table and ARCHITECTURE.md in the
//! same commit.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Each member of the workspace with the members that it may use.
const ARROWS: [(&str, &[&str]); 17] = [
    ("roster-json", &[]),
    ("roster-core", &["roster-json"]),
    ("roster-client", &["roster-core"]),
    ("roster-language", &["roster-core"]),
    ("roster-sandbox", &["roster-core"]),
    ("roster-gateway", &["roster-core"]),
    ("roster-shell", &["roster-core", "roster-gateway", "roster-sandbox"]),
    (
        "roster-proxy",
        &["roster-core", "roster-gateway", "roster-sandbox", "roster-shell"],
    ),
    (
        "roster-edge",
        &["roster-core", "roster-gateway", "roster-sandbox", "roster-shell"],
    ),
    ("roster-demo", &["roster-core", "roster-sandbox"]),
    // What plays the demo in a browser is loaded apart; the sandbox itself only proves.
    (
        "roster-web",
        &[
            "roster-core",
            "roster-client",
            "roster-index",
            "roster-demo",
            "roster-sandbox",
        ],
    ),
    ("roster-wasm", &["roster-core", "roster-client", "roster-index"]),
    ("roster-tests", &["roster-core"]),
    ("roster-split", &[]),
    ("xtask", &[]),
    // The sandbox only proves and measures: it is no dependency of the index itself.
    ("roster-index", &["roster-core", "roster-language", "roster-sandbox"]),
    ("roster-bench", &["roster-core", "roster-index", "roster-sandbox"]),
];

/// Members that are values in and values out: no I/O, no clock, no dice, no browser.
const PURE: [&str; 8] = [
    "roster-json",
    "roster-core",
    "roster-sandbox",
    "roster-demo",
    "roster-gateway",
    "roster-shell",
    "roster-language",
    "roster-index",
];

/// What a pure member may not use, by name or by the beginning of the name.
const IMPURE: [&str; 15] = [
    "tokio",
    "async-std",
    "smol",
    "reqwest",
    "hyper",
    "axum",
    "web-sys",
    "js-sys",
    "wasm-bindgen",
    "gloo-",
    "yew",
    "rand",
    "fastrand",
    "getrandom",
    "chrono",
];

struct Member {
    name: String,
    /// Names of direct dependencies with their kind: `normal`, `dev` or `build`.
    dependencies: Vec<(String, String)>,
}

fn members() -> Vec<Member> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--manifest-path",
            manifest,
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().iter().map(member).collect()
}

fn member(package: &Value) -> Member {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let dependency = |one: &Value| (text(&one["name"]), one["kind"].as_str().unwrap_or("normal").to_owned());
    Member {
        name: text(&package["name"]),
        dependencies: package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .map(dependency)
            .collect(),
    }
}

/// Arrows that the table does not have, `dev` and `build` dependencies included.
fn new_arrows(members: &[Member]) -> Vec<String> {
    let names: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let mut found = Vec::new();
    for member in members {
        let allowed = ARROWS.iter().find(|(name, _)| *name == member.name);
        let Some((_, allowed)) = allowed else {
            found.push(format!("{} is not in the table", member.name));
            continue;
        };
        let inner = member
            .dependencies
            .iter()
            .filter(|(name, _)| names.contains(name.as_str()));
        let new = inner.filter(|(name, _)| !allowed.contains(&name.as_str()));
        found.extend(new.map(|(name, kind)| format!("{} -> {name} ({kind})", member.name)));
    }
    found
}

/// Dependencies of pure members that can do I/O, read a clock or roll dice.
fn impurities(members: &[Member]) -> Vec<String> {
    let is_impure = |name: &str| IMPURE.iter().any(|impure| name.starts_with(impure));
    let pure = members.iter().filter(|member| PURE.contains(&member.name.as_str()));
    let used = pure.flat_map(|member| {
        member
            .dependencies
            .iter()
            .map(|(name, kind)| (&member.name, name, kind))
    });
    let bad = used.filter(|(_, name, kind)| kind.as_str() == "normal" && is_impure(name));
    bad.map(|(member, name, _)| format!("{member} -> {name}")).collect()
}

#[test]
fn no_arrow_is_new() {
    let members = members();
    assert!(
        members.iter().any(|member| member.name == "roster-core"),
        "the workspace was read"
    );
    assert_eq!(new_arrows(&members), Vec::<String>::new());
}

#[test]
fn pure_members_can_do_no_io() {
    assert_eq!(impurities(&members()), Vec::<String>::new());
}

#[test]
fn the_check_finds_a_new_arrow_and_an_impure_dependency() {
    let uses = |name: &str, used: &[(&str, &str)]| Member {
        name: name.to_owned(),
        dependencies: used
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned()))
            .collect(),
    };
    let members = [
        uses("roster-core", &[("serde", "normal"), ("roster-client", "dev")]),
        uses("roster-client", &[("roster-core", "normal")]),
        uses("roster-sandbox", &[("gloo-timers", "normal"), ("rand", "dev")]),
        uses("roster-new", &[]),
    ];
    let arrows = ["roster-core -> roster-client (dev)", "roster-new is not in the table"];
    assert_eq!(new_arrows(&members), arrows);
    assert_eq!(impurities(&members), ["roster-sandbox -> gloo-timers"]);
}
