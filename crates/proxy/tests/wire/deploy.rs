//! What `deploy/` says is true of the program: its unit is one that systemd takes, its container starts the program with
//! flags that it has, from files that exist.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use crate::front::is_installed;
use crate::program::PROGRAM;

const UNIT: &str = include_str!("../../../../deploy/roster-proxy.service");
const CONTAINER: &str = include_str!("../../../../deploy/Containerfile");
const IGNORED: &str = include_str!("../../../../deploy/Containerfile.containerignore");

/// What systemd says of this unit, on a scale from 0 (nothing may be done) to 100.
const MOST_EXPOSED: &str = "--threshold=20";

/// Flags of the program's `serve`.
fn known_flags() -> BTreeSet<String> {
    let help = Command::new(PROGRAM).args(["serve", "--help"]).output().unwrap();
    let text = String::from_utf8(help.stdout).unwrap();
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
}

fn assert_is_understood(words: &[&str]) {
    assert_eq!(words.first(), Some(&"serve"), "{words:?}");
    let known = known_flags();
    let flags: Vec<_> = words.iter().filter(|word| word.starts_with("--")).collect();
    assert!(flags.len() >= 4, "{words:?}");
    for flag in flags {
        assert!(known.contains(*flag), "{flag} is no flag of roster-proxy serve");
    }
}

#[test]
fn the_container_starts_the_program_with_flags_that_it_has() {
    let command = CONTAINER.lines().find_map(|line| line.strip_prefix("CMD ")).unwrap();
    let words: Vec<String> = serde_json::from_str(command).unwrap();
    assert_is_understood(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let entry = CONTAINER
        .lines()
        .find_map(|line| line.strip_prefix("ENTRYPOINT "))
        .unwrap();
    let entry: Vec<String> = serde_json::from_str(entry).unwrap();
    let installed = format!(" {}", entry[0]);
    assert!(
        CONTAINER
            .lines()
            .any(|line| line.starts_with("COPY --from=build ") && line.ends_with(&installed))
    );
}

#[test]
fn every_step_of_the_container_is_known_and_copies_what_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let steps = CONTAINER
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut words = Vec::new();
    for step in steps {
        let (word, rest) = step.split_once(' ').unwrap();
        let known = [
            "FROM",
            "WORKDIR",
            "COPY",
            "RUN",
            "USER",
            "EXPOSE",
            "STOPSIGNAL",
            "ENTRYPOINT",
            "CMD",
        ];
        assert!(known.contains(&word), "{step}");
        match (word, rest.split_whitespace().collect::<Vec<_>>().as_slice()) {
            ("FROM", [image, ..]) => assert!(image.contains('/') && image.contains(':'), "{step} names no version"),
            // The viewer is built before; everything else is in the repository.
            ("COPY", ["dist", _]) => assert!(root.join("index.html").exists() && root.join("Trunk.toml").exists()),
            ("COPY", [from, built, _]) => {
                assert_eq!(
                    (*from, built.starts_with("/src/target/")),
                    ("--from=build", true),
                    "{step}"
                );
            }
            ("COPY", [source, _]) => assert!(root.join(source).exists(), "{step}"),
            _ => {}
        }
        words.push(word);
    }
    let at = |word: &str| words.iter().rposition(|known| *known == word).unwrap();
    assert!(
        at("USER") > at("COPY") && at("USER") < at("ENTRYPOINT"),
        "it does not run as root"
    );
    assert!(!CONTAINER.contains(":latest"));
}

#[test]
fn no_key_and_no_configuration_gets_into_an_image() {
    let left_out: Vec<&str> = IGNORED.lines().filter(|line| !line.starts_with('#')).collect();
    for name in [
        "/target",
        "/roster.toml",
        "**/.env",
        "**/node_modules",
        "/.git",
        "/keys",
    ] {
        assert!(left_out.contains(&name), "{name} would be copied into the build");
    }
    assert!(!left_out.contains(&"/dist"), "the viewer is copied from there");
}

/// Runs systemd-analyze on the unit as if the program were installed; nothing where it is not on this machine.
fn analyzed(arguments: &[&str]) -> Option<Output> {
    if !is_installed("systemd-analyze", "--version") {
        return None;
    }
    let folder = std::env::temp_dir().join(format!("roster-unit-{}-{}", std::process::id(), arguments.len()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("roster-proxy.service");
    std::fs::write(&file, UNIT.replace("/usr/local/bin/roster-proxy", PROGRAM)).unwrap();
    let output = Command::new("systemd-analyze")
        .args(arguments)
        .arg(&file)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    Some(output)
}

#[test]
fn systemd_takes_the_unit_and_finds_it_well_closed() {
    let start = UNIT.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let words: Vec<&str> = start.split_whitespace().skip(1).collect();
    assert_is_understood(&words);
    let Some(verified) = analyzed(&["verify"]) else { return };
    let said = String::from_utf8_lossy(&verified.stderr);
    assert!(
        verified.status.success() && !said.contains("roster-proxy.service"),
        "{said}"
    );
    let Some(closed) = analyzed(&["security", "--offline=true", MOST_EXPOSED]) else {
        return;
    };
    assert!(closed.status.success(), "{}", String::from_utf8_lossy(&closed.stdout));
}
