//! `cargo xtask bench instructions`: how many instructions the hot loops take, which no other program can disturb.
//!
//! Each loop runs once and three times under callgrind; half of the difference is what one turn takes.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::process::Program;
use crate::{Outcome, bench};

/// A loop of `benches/engine/examples/hot_loops.rs`.
struct Loop {
    title: &'static str,
    name: &'static str,
    provider: &'static str,
    n_profiles: u64,
}

const LOOPS: &[Loop] = &[
    Loop {
        title: "Ayrshare page of 5,000 to columns",
        name: "ingest",
        provider: "ayrshare",
        n_profiles: 5000,
    },
    Loop {
        title: "InsightIQ page of 100 to columns",
        name: "ingest",
        provider: "insightiq",
        n_profiles: 100,
    },
    Loop {
        title: "the same Ayrshare page to the first answer by title",
        name: "sort",
        provider: "ayrshare",
        n_profiles: 5000,
    },
    Loop {
        title: "13 states of one word over 20,000",
        name: "keystrokes",
        provider: "ayrshare",
        n_profiles: 20_000,
    },
];

const INTRODUCTION: &str = "\
# Instructions of the hot loops

Counted by callgrind in a release build for x86-64, where strings are scanned eight bytes a step; the wasm build has
SIMD. `cargo xtask bench instructions` compares with this table, `--write` renews it. A change of a few per mille is the
compiler's, more is ours.

| loop | profiles | instructions | per profile |
| --- | ---: | ---: | ---: |
";

/// Counts, compares with the table, and writes it anew if asked to.
pub(crate) fn run(is_written: bool) -> Outcome {
    let valgrind = Program::new("valgrind").arg("--version").text();
    valgrind.map_err(|_| "there is no `valgrind`; install it from your system's packages".to_owned())?;
    let (program, writer) = (bench::build_example("hot_loops")?, bench::build_example("pages")?);
    let recorded = fs::read_to_string(table()).unwrap_or_default();
    let mut text = INTRODUCTION.to_owned();
    for one in LOOPS {
        let n_instructions = one.count(&program, &writer)?;
        let before = recorded_in(&recorded, one.title).unwrap_or(n_instructions);
        println!("{}", one.line(n_instructions, before));
        let _ = writeln!(text, "{}", one.row(n_instructions));
    }
    if is_written {
        fs::write(table(), text).map_err(|error| format!("cannot write {}: {error}", table().display()))?;
    }
    Ok(())
}

impl Loop {
    fn count(&self, program: &Path, writer: &Path) -> Outcome<u64> {
        let pages = self.pages(writer)?;
        let once = self.run(program, 1, &pages)?;
        let thrice = self.run(program, 3, &pages)?;
        Ok(thrice.saturating_sub(once) / 2)
    }

    fn pages(&self, writer: &Path) -> Outcome<PathBuf> {
        let file = bench::page_folder()?.join(format!("{}-{}.pages", self.provider, self.n_profiles));
        if !file.exists() {
            // The file appears when it is whole.
            let partial = file.with_extension("partial");
            let n_profiles = self.n_profiles.to_string();
            let writer = Program::new(writer).args([self.provider, &n_profiles]);
            writer.arg(&partial).run()?;
            fs::rename(&partial, &file).map_err(|error| format!("cannot make {}: {error}", file.display()))?;
        }
        Ok(file)
    }

    fn run(&self, program: &Path, n_turns: u32, pages: &Path) -> Outcome<u64> {
        let quiet = ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"];
        let valgrind = Program::new("valgrind")
            .args(quiet)
            .arg(program)
            .args([self.name, self.provider]);
        let said = valgrind.arg(n_turns.to_string()).arg(pages).text()?;
        counted_in(&said).ok_or_else(|| format!("callgrind told no count of {}: {said}", self.title))
    }

    /// The result in the form of all benchmarks; fewer is better.
    fn line(&self, ours: u64, theirs: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "four digits are said")]
        let ratio = theirs as f64 / ours.max(1) as f64;
        let bench = format!("instructions/{}-{}-{}", self.name, self.provider, self.n_profiles);
        format!(
            r#"{{"bench":"{bench}","peer":"recorded","ours":{ours},"theirs":{theirs},"unit":"instructions","ratio":{ratio:.4},"n":{}}}"#,
            self.n_profiles
        )
    }

    fn row(&self, n_instructions: u64) -> String {
        format!(
            "| {} | {} | {n_instructions} | {} |",
            self.title,
            self.n_profiles,
            n_instructions / self.n_profiles
        )
    }
}

/// `==12== Collected : 3456`.
fn counted_in(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}

/// The number of instructions in the row with this title.
fn recorded_in(table: &str, title: &str) -> Option<u64> {
    let row = table
        .lines()
        .find(|line| line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(title)))?;
    row.split('|').nth(3)?.trim().parse().ok()
}

fn table() -> PathBuf {
    bench::folder().join("instructions.md")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_table_reads_back() {
        for one in LOOPS {
            let table = format!("{INTRODUCTION}{}\n", one.row(123_456));
            assert_eq!(recorded_in(&table, one.title), Some(123_456));
        }
        assert_eq!(recorded_in(INTRODUCTION, "13 states"), None);
    }

    #[test]
    fn the_count_is_found_in_what_callgrind_says() {
        let said = "loaded\n==7== Events    : Ir\n==7== Collected : 1234567\n==7==\n";
        assert_eq!(counted_in(said), Some(1_234_567));
        assert_eq!(counted_in("==7== killed"), None);
    }

    #[test]
    fn fewer_instructions_than_recorded_are_better() {
        let line = LOOPS[0].line(50, 100);
        assert!(
            line.contains(r#""ours":50,"theirs":100,"unit":"instructions","ratio":2.0000,"n":5000}"#),
            "{line}"
        );
    }
}
