//! `cargo xtask sizes`: what a visitor downloads, and which source files outgrew the house.

use std::fs;

use crate::machine;
use crate::process::Program;
use crate::{Outcome, tools, viewer};

/// What the viewer may weigh in brotli before the first card, all files together, in KiB: what it weighs with the sandbox
/// compiled in and with the index (92 KiB of it), and room for a small feature. The aim is 160; lower it with every step
/// there.
const BUDGET_BROTLI_KIB: u64 = 450;

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
    println!("{:>12} {:>12}  dist/", "raw", "brotli");
    for file in &files {
        println!(
            "{:>8.1} KiB {:>8.1} KiB  {}",
            kib(file.raw_bytes),
            kib(file.brotli_bytes),
            file.path
        );
    }
    let brotli_bytes = files.iter().map(|file| file.brotli_bytes).sum();
    println!(
        "{:>8.1} KiB {:>8.1} KiB  together",
        kib(files.iter().map(|file| file.raw_bytes).sum()),
        kib(brotli_bytes)
    );
    if brotli_bytes > BUDGET_BROTLI_KIB * 1024 {
        return Err(format!(
            "expected at most {BUDGET_BROTLI_KIB} KiB in brotli, found {:.1} KiB",
            kib(brotli_bytes)
        ));
    }
    Ok(())
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
