//! `cargo xtask sizes`: what a visitor downloads, and which source files outgrew the house.

use std::fs;
use std::path::Path;

use crate::machine;
use crate::process::Program;
use crate::{Outcome, npm, rust_tools, tools, viewer};

mod record;

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
        budget_kib: 160,
        aim_kib: 120,
    },
    Part {
        title: "the rest of the viewer, loaded behind the first cards",
        beginnings: &[
            "roster-rest-",
            "result-bar-",
            "filter-rail-",
            "groups-",
            "table-",
            "charts-",
            "drawer-",
            "sheets-",
            "paper-",
        ],
        budget_kib: 360,
        aim_kib: 100,
    },
    Part {
        title: "the demo, loaded where there is no proxy",
        beginnings: &["roster-demo-"],
        budget_kib: 100,
        aim_kib: 60,
    },
];

/// What a browser loads of the npm module. What it may weigh stands in the changelog.
const NPM_FILES: &[&str] = &["index.js", "shared.js", "roster_wasm_bg.wasm"];

/// What the npm module is to weigh one day, in KiB.
const NPM_AIM_KIB: u64 = 60;

/// Lines of a source file, tests included, above which it probably holds a second room.
const BUDGET_LINES: usize = 300;

/// Prints all reports; over the budget of a download is a failure, a long file is a remark.
pub(crate) fn print() -> Outcome {
    print_long_files()?;
    let (viewer, npm) = (print_viewer(), print_npm());
    viewer.and(npm)
}

/// The same, with everything built that is weighed.
pub(crate) fn check() -> Outcome {
    viewer::build()?;
    npm::build()?;
    for folder in [viewer::folder(), npm::folder().join("dist")] {
        tells_no_folder(&folder)?;
    }
    print()
}

/// What is published may not say where its builder keeps things.
fn tells_no_folder(folder: &Path) -> Outcome {
    let told = [machine::packages(), rust_tools::library(), Some(machine::root())];
    let told: Vec<String> = told
        .into_iter()
        .flatten()
        .map(|path| path.display().to_string())
        .collect();
    let cannot = |error| format!("cannot read {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let bytes = if path.is_file() {
            fs::read(&path).map_err(cannot)?
        } else {
            Vec::new()
        };
        let text = String::from_utf8_lossy(&bytes);
        if let Some(named) = told.iter().find(|named| text.contains(named.as_str())) {
            return Err(format!(
                "{} names {named}, which is a folder of this machine",
                path.display()
            ));
        }
    }
    Ok(())
}

fn print_npm() -> Outcome {
    let folder = npm::folder().join("dist");
    if !folder.join("roster_wasm_bg.wasm").is_file() {
        println!("the npm module is not built; make it with `cargo xtask build npm`");
        return Ok(());
    }
    let mut files = measure(&folder)?;
    files.retain(|file| NPM_FILES.contains(&file.path.as_str()));
    println!("{:>12} {:>12}  the npm module", "raw", "brotli");
    for file in &files {
        print_line(file.raw_bytes, file.brotli_bytes, &file.path);
    }
    let recorded_kib = record::newest(&machine::root().join("CHANGELOG.md"))?;
    let brotli_bytes = files.iter().map(|file| file.brotli_bytes).sum();
    let remark = format!("together; the changelog says {recorded_kib} KiB, the aim is {NPM_AIM_KIB}");
    print_line(files.iter().map(|file| file.raw_bytes).sum(), brotli_bytes, &remark);
    record::growth(brotli_bytes, recorded_kib)
}

fn print_viewer() -> Outcome {
    if !viewer::folder().join("index.html").is_file() {
        return Err("there is no dist/; make it with `cargo xtask build viewer`".to_owned());
    }
    let mut files = measure(&viewer::folder())?;
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

/// One file that is downloaded.
#[derive(Debug, PartialEq, Eq)]
struct Download {
    raw_bytes: u64,
    brotli_bytes: u64,
    path: String,
}

/// Node has brotli built in, and Node is needed anyway.
fn measure(folder: &Path) -> Outcome<Vec<Download>> {
    tools::node()?;
    let lines = Program::new("node")
        .args(["-e", include_str!("sizes.js")])
        .arg(folder)
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
    use crate::parts::LATER;

    #[test]
    fn every_file_is_in_one_part_and_a_heavy_part_is_told() {
        for path in [
            "roster-demo-0123.wasm",
            "roster-first-0123.wasm",
            "roster-rest-0123.wasm",
            "index.html",
        ] {
            assert_eq!(PARTS.iter().filter(|part| part.has(path)).count(), 1, "{path}");
        }
        let [viewer, rest, demo] = PARTS else {
            panic!("three parts")
        };
        assert!(LATER.iter().all(|name| rest.has(&format!("{name}-0123.css"))));
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
