//! The viewer's two parts: what shows the first records, and the rest, which the page loads behind them. `roster-split` cuts
//! them by the list in `web/first.txt`, which a browser has written: what ran while the second part was kept from coming,
//! every source had sent its first page, and a person chose what can be chosen by then. The data is divided by what the
//! linker knew of it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::NO_BROWSER;
use crate::journeys::Stage;
use crate::process::Program;
use crate::{Outcome, browser, fingerprint, machine, rust_tools, viewer};

/// The functions that the first screen needs, each by the number that `roster-split` gives it.
const LIST: &str = "web/first.txt";

/// How the page names the second part before it is cut.
const PLAIN_REST: &str = "<meta name=\"roster-rest\" content=\"\"";

/// The style sheets of what the first screen does not show.
pub(crate) const LATER: &[&str] = &[
    "result-bar",
    "filter-rail",
    "groups",
    "table",
    "charts",
    "drawer",
    "sheets",
    "paper",
];

/// How the build's own file begins, which has both parts.
const WHOLE: &str = "roster-web-";

/// How wasm-opt makes the program smaller once it is compressed: what stands in several places is left there, which the
/// compressor finds. It puts no function into another: what the linker knew of each would no longer be true of it.
const SMALLER: &[&str] = &[
    "-Os",
    "--skip-pass=local-cse",
    "-g",
    "--low-memory-unused",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
];

/// Makes the built viewer smaller and cuts it in two, under names that change with the contents.
pub(crate) fn cut(path_with_tools: &OsStr, folder: &Path) -> Outcome {
    let whole = found(folder, "_bg.wasm")?;
    let kept = kept()?;
    let (glue, glue_name) = shorten(folder, &whole, &kept)?;
    let opt = Program::new("wasm-opt").env("PATH", path_with_tools);
    let opt = opt.args(SMALLER).args(rust_tools::FEATURES);
    opt.arg(&kept).arg("-o").arg(&kept).run()?;
    let built = machine::target()?.join("parts");
    fs::create_dir_all(&built).map_err(|error| format!("cannot make {}: {error}", built.display()))?;
    let (first, rest) = (built.join("first.wasm"), built.join("rest.wasm"));
    let list = machine::root().join(LIST);
    split()
        .arg("cut")
        .args([&kept, &linked()?, &list, &first, &rest])
        .run()?;
    let name = |part: &str| {
        Ok::<_, String>(format!(
            "roster-{part}-{:016x}.wasm",
            fingerprint::of(&built, &[&format!("{part}.wasm")])?
        ))
    };
    let (first_name, rest_name) = (name("first")?, name("rest")?);
    carry(&first, &folder.join(&first_name))?;
    carry(&rest, &folder.join(&rest_name))?;
    let page = folder.join("index.html");
    let named = naming(&read(&page)?, &whole, &first_name, &rest_name)?;
    write(&page, &behind(&named.replace(&glue, &glue_name))?)
}

/// Writes the list anew: the viewer as it is built now, watched in a browser.
pub(crate) fn record() -> Outcome {
    let stage = Stage::ready()?.ok_or_else(|| format!("{NO_BROWSER}: {}", browser::ADVICE))?;
    let watched = machine::target()?.join("watched");
    copy(&viewer::folder(), &watched)?;
    let page = watched.join("index.html");
    let (text, first) = unnaming(&read(&page)?)?;
    write(&page, &text)?;
    split().arg("watch").arg(kept()?).arg(watched.join(first)).run()?;
    let node = stage.node().env("ROSTER_DIST", &watched);
    node.arg("first.js").arg(machine::root().join(LIST)).run()?;
    println!("{LIST} is written; the next build cuts by it.");
    Ok(())
}

/// Has the program and its glue call each other by short names, and takes the program out of the folder. Gives the glue's
/// old name and its new one.
fn shorten(folder: &Path, whole: &str, kept: &Path) -> Outcome<(String, String)> {
    let glue = found(folder, ".js")?;
    split()
        .arg("shorten")
        .args([&folder.join(whole), &folder.join(&glue), kept])
        .run()?;
    fs::remove_file(folder.join(whole)).map_err(|error| format!("cannot remove {whole}: {error}"))?;
    let named = format!("{WHOLE}{:016x}.js", fingerprint::of(folder, &[&glue])?);
    carry(&folder.join(&glue), &folder.join(&named))?;
    Ok((glue, named))
}

fn split() -> Program {
    Program::new("cargo").args(["run", "--quiet", "--release", "--package", "roster-split", "--"])
}

/// The name of the build's file that ends so.
fn found(folder: &Path, end: &str) -> Outcome<String> {
    let cannot = |error| format!("cannot read {}: {error}", folder.display());
    let names = fs::read_dir(folder).map_err(cannot)?.flatten();
    let mut names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let found = names.find(|name| name.starts_with(WHOLE) && name.ends_with(end));
    found.ok_or_else(|| format!("expected {WHOLE}…{end} in {}", folder.display()))
}

/// Where the uncut program is kept, for the next list.
fn kept() -> Outcome<PathBuf> {
    Ok(machine::target()?.join("roster-web.wasm"))
}

/// The program as the linker left it, with its notes.
fn linked() -> Outcome<PathBuf> {
    let folder = machine::target()?.join(rust_tools::WASM).join("wasm-release");
    Ok(folder.join("roster-web.wasm"))
}

fn naming(page: &str, whole: &str, first: &str, rest: &str) -> Outcome<String> {
    if !page.contains(whole) || page.matches(PLAIN_REST).count() != 1 {
        return Err(format!("expected {whole} and {PLAIN_REST} in index.html"));
    }
    let named = PLAIN_REST.replace("\"\"", &format!("\"{rest}\""));
    Ok(page.replace(whole, first).replace(PLAIN_REST, &named))
}

/// The page with the style sheets that the first screen does not need behind it, each in its place: `start.js` loads them
/// with the second part.
fn behind(page: &str) -> Outcome<String> {
    let mut page = page.to_owned();
    for name in LATER {
        let address = format!("href=\"./{name}-");
        let at = page
            .find(&address)
            .ok_or_else(|| format!("expected {address} in index.html"))?;
        let start = page.get(..at).and_then(|before| before.rfind("<link"));
        let end = page.get(at..).and_then(|after| Some(at + after.find('>')? + 1));
        let link = start.zip(end).and_then(|(start, end)| page.get(start..end));
        let link = link
            .ok_or_else(|| format!("expected a link around {address} in index.html"))?
            .to_owned();
        let file = page
            .get(at + "href=\"".len()..)
            .and_then(|after| after.split('"').next());
        let meta = format!("<meta name=\"roster-style\" content=\"{}\">", file.unwrap_or_default());
        page = page.replace(&link, &meta);
    }
    Ok(page)
}

/// The page without a second part, and the name of the first.
fn unnaming(page: &str) -> Outcome<(String, String)> {
    let part = |beginning: &str| {
        let from = page.find(beginning)?;
        let len = page.get(from..)?.find('"')?;
        page.get(from..from + len)
    };
    match (part("roster-first-"), part("roster-rest-")) {
        (Some(first), Some(rest)) => Ok((page.replace(rest, ""), first.to_owned())),
        _ => Err("expected the names of both parts in index.html".to_owned()),
    }
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let cannot = |error| format!("cannot copy {} to {}: {error}", from.display(), to.display());
    if to.is_dir() {
        fs::remove_dir_all(to).map_err(cannot)?;
    }
    fs::create_dir_all(to).map_err(cannot)?;
    for entry in fs::read_dir(from).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        fs::copy(entry.path(), to.join(entry.file_name())).map_err(cannot)?;
    }
    Ok(())
}

/// The folder of the build and that of the compiler's files may lie on two disks, between which nothing can be renamed.
fn carry(from: &Path, to: &Path) -> Outcome {
    let carried = fs::copy(from, to).and_then(|_| fs::remove_file(from));
    carried.map_err(|error| format!("cannot move {} to {}: {error}", from.display(), to.display()))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Outcome {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<meta name=\"roster-rest\" content=\"\" /><meta name=\"roster-wasm\" content=\"./roster-web-1_bg.wasm\">\
                        <link href=\"./roster-web-1_bg.wasm\">";

    #[test]
    fn the_page_names_both_parts_and_can_forget_the_second() {
        let named = naming(
            PAGE,
            "roster-web-1_bg.wasm",
            "roster-first-2.wasm",
            "roster-rest-3.wasm",
        )
        .unwrap();
        assert!(!named.contains("roster-web"), "{named}");
        assert_eq!(named.matches("./roster-first-2.wasm").count(), 2);
        let (unnamed, first) = unnaming(&named).unwrap();
        assert_eq!(first, "roster-first-2.wasm");
        assert!(unnamed.contains(PLAIN_REST) && unnamed.contains(&first), "{unnamed}");
        assert!(naming(&named, "roster-web-1_bg.wasm", "a", "b").is_err());
        assert!(unnaming(PAGE).is_err());
    }

    #[test]
    fn what_the_first_screen_does_not_show_gets_its_looks_later_and_in_its_place() {
        let link = |name: &str| format!("<link rel=\"stylesheet\" href=\"./{name}-1.css\" data-integrity=\"none\"/>");
        let links: Vec<String> = LATER.iter().map(|name| link(name)).collect();
        let page = format!("{}{}{}", link("base"), links.concat(), link("list"));
        let found = behind(&page).unwrap();
        assert_eq!(found.matches("<link").count(), 2, "{found}");
        assert!(
            found.starts_with(&link("base")) && found.ends_with(&link("list")),
            "{found}"
        );
        assert!(
            found.contains("<meta name=\"roster-style\" content=\"./drawer-1.css\">"),
            "{found}"
        );
        assert!(behind(&link("base")).is_err());
    }
}
