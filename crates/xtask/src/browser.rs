//! The browsers that the journeys and the consumers of the npm module run in.

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::machine;
use crate::process::Program;

/// Where systems keep it, in the order of preference.
const PLACES: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/// How the reason of a run without some browser begins.
pub(crate) const NO_BROWSER: &str = "no browser";

/// The other engines: what to call them, a file that is there with them, their packages, and the variable that names one.
const ENGINES: &[Engine] = &[
    Engine {
        name: "Firefox",
        program: "firefox-esr",
        packages: &["firefox-esr"],
        variable: "ROSTER_FIREFOX",
    },
    Engine {
        name: "WebKit",
        program: "WebKitWebDriver",
        packages: &["webkit2gtk-driver", "xvfb"],
        variable: "ROSTER_WEBKIT",
    },
];

struct Engine {
    name: &'static str,
    program: &'static str,
    packages: &'static [&'static str],
    variable: &'static str,
}

impl Engine {
    fn is_there(&self) -> bool {
        machine::variable(self.variable).is_some() || Path::new("/usr/bin").join(self.program).is_file()
    }
}

/// The names of the engines that are missing, after installing those that are ours to install.
pub(crate) fn engines() -> Outcome<Vec<&'static str>> {
    let missing = || ENGINES.iter().filter(|engine| !engine.is_there());
    if is_debian_root() {
        for engine in missing() {
            install(engine.name, engine.packages)?;
        }
    }
    let chromium = ready()?.is_none().then_some("Chromium");
    Ok(chromium
        .into_iter()
        .chain(missing().map(|engine| engine.name))
        .collect())
}

/// What to do where there is none.
pub(crate) const ADVICE: &str = "install Chromium or Chrome, or name one with ROSTER_CHROMIUM=/path/to/it, or run \
                                 `npx playwright-core install chromium` in tests/e2e";

/// The browser's file: the one that `ROSTER_CHROMIUM` names, else the system's, else Playwright's own.
pub(crate) fn find() -> Outcome<Option<PathBuf>> {
    if let Some(named) = machine::variable("ROSTER_CHROMIUM") {
        let named = PathBuf::from(named);
        let missing = format!("ROSTER_CHROMIUM names {}, which is not there", named.display());
        return if named.is_file() { Ok(Some(named)) } else { Err(missing) };
    }
    let of_the_system = PLACES.iter().map(Path::new).find(|place| place.is_file());
    Ok(of_the_system.map(Path::to_owned).or_else(of_playwright))
}

/// The browser's file, installing one where that is ours to do: on Debian, as root.
pub(crate) fn ready() -> Outcome<Option<PathBuf>> {
    match find()? {
        None if is_debian_root() => {
            install("Chromium", &["chromium"])?;
            find()
        }
        found => Ok(found),
    }
}

fn of_playwright() -> Option<PathBuf> {
    let script = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    let folder = machine::root().join("tests").join("e2e");
    let said = Program::new("node").dir(&folder).args(["-e", script]).text().ok()?;
    Some(PathBuf::from(said)).filter(|path| path.is_file())
}

fn is_debian_root() -> bool {
    let is_root = || Program::new("id").arg("-u").text().is_ok_and(|user| user == "0");
    Path::new("/usr/bin/apt-get").is_file() && is_root()
}

fn install(name: &str, packages: &[&str]) -> Outcome {
    println!("Installing {name}, once, about a minute…");
    Program::new("apt-get").args(["--quiet", "--quiet", "update"]).run()?;
    let install = Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    let quiet = ["--quiet", "--quiet", "install", "--yes", "--no-install-recommends"];
    install.args(quiet).args(packages).run()
}
