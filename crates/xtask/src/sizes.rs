//! `cargo xtask sizes`: what a visitor downloads, and which source files outgrew the house.

use std::fs;

use crate::machine;
use crate::process::Program;
use crate::{Outcome, tools, viewer};

/// A part of the viewer that is loaded together, all files in brotli.
struct Part {
    title: &'static str,
    /// How the names of its files begin; the part with no beginnings has all the others.
    beginnings: &'static [&'static str],
    /// What it may weigh, in KiB: what it weighs, and room for a small feature. Lower it with every step to the aim.
    budget_kib: u64,
    /// What it is to weigh one day, in KiB.
    aim_kib: u64,
}

const PARTS: &[Part] = &[
    Part {
        title: "the viewer before the first card",
        beginnings: &[],
        budget_kib: 385,
        aim_kib: 160,
    },
    Part {
        title: "the demo, loaded where there is no proxy",
        beginnings: &["roster-demo-"],
        budget_kib: 130,
        aim_kib: 60,
    },
];

/// Lines of a source file, tests included, above which it probably holds a second room.
const BUDGET_LINES: usize = 300;

/// Prints both reports; over the download budget is a failure, a long file is a remark.
pub(crate) fn print() -> Outcome {
    print_long_files()?;
    print_downloads()
}

fn print_downloads() -> Outcome {
    let mut files = measure()?;
    files.sort_by_key(|file| std::cmp::Reverse(file.brotli_bytes));
    let too_heavy: Vec<String> = PARTS.iter().filter_map(|part| print_part(part, &files)).collect();
    if too_heavy.is_empty() {
        return Ok(());
    }
    Err(too_heavy.join("; "))
}

/// Prints a part, and says so if it is over its budget.
fn print_part(part: &Part, files: &[Download]) -> Option<String> {
    let files: Vec<&Download> = files.iter().filter(|file| part.has(&file.path)).collect();
    println!("{:>12} {:>12}  {}", "raw", "brotli", part.title);
    for file in &files {
        print_line(file.raw_bytes, file.brotli_bytes, &file.path);
    }
    let brotli_bytes = files.iter().map(|file| file.brotli_bytes).sum();
    let Part {
        budget_kib, aim_kib, ..
    } = part;
    let remark = format!("together; at most {budget_kib} KiB, the aim is {aim_kib}");
    print_line(files.iter().map(|file| file.raw_bytes).sum(), brotli_bytes, &remark);
    part.complaint(brotli_bytes)
}

fn print_line(raw_bytes: u64, brotli_bytes: u64, what: &str) {
    println!("{:>8.1} KiB {:>8.1} KiB  {what}", kib(raw_bytes), kib(brotli_bytes));
}

impl Part {
    fn has(&self, path: &str) -> bool {
        let begins = |part: &Self| part.beginnings.iter().any(|beginning| path.starts_with(beginning));
        begins(self) || (self.beginnings.is_empty() && !PARTS.iter().any(begins))
    }

    fn complaint(&self, brotli_bytes: u64) -> Option<String> {
        (brotli_bytes > self.budget_kib * 1024).then(|| {
            let (title, budget_kib, found) = (self.title, self.budget_kib, kib(brotli_bytes));
            format!("{title}: expected at most {budget_kib} KiB in brotli, found {found:.1} KiB")
        })
    }
}

/// One file of the built viewer.
#[derive(Debug, PartialEq, Eq)]
struct Download {
    raw_bytes: u64,
    brotli_bytes: u64,
    path: String,
}

/// Node has brotli built in, and Node is needed anyway.
fn measure() -> Outcome<Vec<Download>> {
    if !viewer::folder().join("index.html").is_file() {
        return Err("there is no dist/; make it with `cargo xtask build viewer`".to_owned());
    }
    tools::node()?;
    let lines = Program::new("node")
        .args(["-e", include_str!("sizes.js")])
        .arg(viewer::folder())
        .text()?;
    lines
        .lines()
        .map(|line| read(line).ok_or_else(|| format!("bug: cannot read `{line}` of sizes.js")))
        .collect()
}

fn read(line: &str) -> Option<Download> {
    let mut words = line.splitn(3, ' ');
    let (raw, brotli, path) = (words.next()?, words.next()?, words.next()?);
    Some(Download {
        raw_bytes: raw.parse().ok()?,
        brotli_bytes: brotli.parse().ok()?,
        path: path.to_owned(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal place")]
fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

fn print_long_files() -> Outcome {
    let listed = Program::new("git")
        .args(["ls-files", "--", "*.rs", "*.js", "*.css"])
        .text()?;
    let root = machine::root();
    let long = listed.lines().filter_map(|path| {
        let n_lines = fs::read_to_string(root.join(path)).ok()?.lines().count();
        (n_lines > BUDGET_LINES).then_some((n_lines, path))
    });
    for (n_lines, path) in long {
        println!("{n_lines:>8} lines, more than {BUDGET_LINES}: {path}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_one_part_and_a_heavy_part_is_told() {
        for path in ["roster-demo-0123.wasm", "roster-web-0123_bg.wasm", "index.html"] {
            assert_eq!(PARTS.iter().filter(|part| part.has(path)).count(), 1, "{path}");
        }
        let [viewer, demo] = PARTS else { panic!("two parts") };
        assert!(demo.has("roster-demo-0123.wasm") && viewer.has("index.html"));
        assert_eq!(demo.complaint(demo.budget_kib * 1024), None);
        assert!(
            demo.complaint(demo.budget_kib * 1024 + 1)
                .unwrap()
                .starts_with("the demo")
        );
    }

    #[test]
    fn a_line_of_the_measurement_is_read_whole() {
        let wanted = Download {
            raw_bytes: 1200,
            brotli_bytes: 400,
            path: "icons/a b.svg".to_owned(),
        };
        assert_eq!(read("1200 400 icons/a b.svg"), Some(wanted));
        assert_eq!(read("1200 400"), None);
        assert_eq!(read("many 400 a"), None);
    }
}
