//! `cargo xtask doctor`: what is installed, what the commands will install, and what only you can.

use crate::machine;
use crate::process::Program;
use crate::{Outcome, bench_proxy, browser, journeys, rust_tools, tools};

/// What is known about one thing that the commands need.
enum Finding {
    /// It is there.
    There(String),
    /// It is missing, and the commands install it when they need it.
    Ours(String),
    /// It is missing, and everything but this works without it.
    Optional(String),
    /// It is missing, and nobody but you can mend that.
    Yours(String),
}

/// Prints a line for each thing, and says whether the commands can work here.
pub(crate) fn examine() -> Outcome<bool> {
    let findings = findings()?;
    for (name, finding) in &findings {
        println!("{} {name:<16} {}", finding.sign(), finding.words());
    }
    let is_fit = !findings.iter().any(|(_, finding)| matches!(finding, Finding::Yours(_)));
    println!("\nTools are kept in {}.", machine::cache()?.display());
    println!(
        "{}",
        if is_fit {
            "Ready: cargo xtask run"
        } else {
            "Install what is marked with ✗ first."
        }
    );
    Ok(is_fit)
}

fn findings() -> Outcome<Vec<(String, Finding)>> {
    let mut findings = vec![
        ("rust".to_owned(), rust()),
        ("node".to_owned(), node()),
        ("wasm target".to_owned(), wasm_target()),
    ];
    for component in ["fmt", "clippy"] {
        findings.push((component.to_owned(), component_of_rust(component)));
    }
    for tool in &tools::of_the_viewer()? {
        findings.push((tool.program.to_owned(), built_with(tool)?));
    }
    findings.push(("e2e modules".to_owned(), modules()?));
    findings.push(("chromium".to_owned(), chromium()));
    findings.push(("cargo-deny".to_owned(), deny()));
    findings.push(("wrk, nginx".to_owned(), load_tools()));
    Ok(findings)
}

fn rust() -> Finding {
    match Program::new("rustc").arg("--version").text() {
        Ok(version) => Finding::There(version),
        Err(sentence) => Finding::Yours(format!("{sentence}; install rustup (rustup.rs)")),
    }
}

fn node() -> Finding {
    match tools::node() {
        Ok(major) => Finding::There(format!("version {major}")),
        Err(sentence) => Finding::Yours(sentence),
    }
}

fn wasm_target() -> Finding {
    let has_rustup = || Program::new("rustup").arg("--version").text().is_ok();
    match rust_tools::has_wasm_target() {
        true => Finding::There(rust_tools::WASM.to_owned()),
        false if has_rustup() => Finding::Ours("about 20 seconds".to_owned()),
        false => Finding::Yours(format!(
            "install {} with your system's packages, or rustup",
            rust_tools::WASM
        )),
    }
}

fn component_of_rust(name: &str) -> Finding {
    match Program::new("cargo").args([name, "--version"]).text() {
        Ok(version) => Finding::There(version),
        Err(_) => Finding::Ours("a few seconds".to_owned()),
    }
}

fn built_with(tool: &tools::Tool) -> Outcome<Finding> {
    let version = format!("version {}", tool.version);
    let is_installed = tool.is_installed()?;
    Ok(if is_installed {
        Finding::There(version)
    } else {
        Finding::Ours(format!("{version}, about {}", tool.duration))
    })
}

fn modules() -> Outcome<Finding> {
    let is_installed = journeys::has_modules()?;
    Ok(if is_installed {
        Finding::There("as locked".to_owned())
    } else {
        Finding::Ours("a few seconds".to_owned())
    })
}

fn chromium() -> Finding {
    match browser::find() {
        Ok(Some(file)) => Finding::There(file.display().to_string()),
        Ok(None) => Finding::Optional(format!("for the browser journeys: {}", browser::ADVICE)),
        Err(sentence) => Finding::Yours(sentence),
    }
}

fn deny() -> Finding {
    match Program::new("cargo").args(["deny", "--version"]).text() {
        Ok(version) => Finding::There(version),
        Err(_) => Finding::Optional("for licences and advisories: cargo install --locked cargo-deny".to_owned()),
    }
}

fn load_tools() -> Finding {
    match bench_proxy::missing() {
        None => Finding::There("for `bench proxy`".to_owned()),
        Some(missing) => Finding::Optional(format!("for `bench proxy`: {missing}")),
    }
}

impl Finding {
    fn sign(&self) -> char {
        match self {
            Self::There(_) => '✓',
            Self::Ours(_) => '+',
            Self::Optional(_) => '-',
            Self::Yours(_) => '✗',
        }
    }

    fn words(&self) -> String {
        match self {
            Self::There(words) => words.clone(),
            Self::Ours(words) => format!("missing, will be installed ({words})"),
            Self::Optional(words) => format!("missing, {words}"),
            Self::Yours(words) => format!("missing: {words}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_says_who_installs_it() {
        assert_eq!(
            Finding::Ours("a minute".into()).words(),
            "missing, will be installed (a minute)"
        );
        assert_eq!(Finding::Yours("install node".into()).words(), "missing: install node");
    }
}
