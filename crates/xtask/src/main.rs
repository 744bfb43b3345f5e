//! The developer's commands: `cargo xtask <command>`.
//!
//! Each command installs what it needs and is missing, says so, and prints what it does. It depends on the standard
//! library alone, so that the first command of a fresh clone starts within seconds.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks by printing"
)]

mod bench;
mod bench_edge;
mod bench_instructions;
mod bench_proxy;
mod bench_viewer;
mod browser;
mod demo;
mod doctor;
mod edge;
mod edge_proof;
mod edge_run;
mod fingerprint;
mod gallery;
mod journeys;
mod machine;
mod modules;
mod node_tests;
mod npm;
mod options;
mod packaging;
mod parts;
mod process;
mod reference;
mod report;
mod run;
mod rust_tools;
mod sizes;
mod soak;
mod soak_viewer;
mod steps;
mod tools;
mod viewer;

use std::process::ExitCode;

use options::Options;

/// What a command ends in: nothing, or a sentence that says what went wrong and what to do.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask <command>

  run [--port N] [--open] [--config FILE] [--edge]
                  build the viewer, start the proxy, print its address
                  --port N       the port of 127.0.0.1 (8787; 0 takes a free one)
                  --open         open the page in the browser
                  --config FILE  live sources, see roster.example.toml (without it: the sandbox)
                  --edge         the Worker under workerd in the proxy's place, with the sandbox behind it
  test [STEP...]  everything that CI runs, in the same order; with names, those steps only
                  (fmt, clippy, clippy-wasm, tests, docs, deny, advisories, viewer, npm, sizes, soak,
                  edge, journeys, engines, soak-viewer, packaging)
  build viewer    make dist/, a folder for any static host
  build npm       make crates/wasm/npm/dist and the package in target/npm
  build docs      make the API reference of the npm module, pages for any static host, in target/docs/api
  build edge      make a folder for Cloudflare Workers, which `wrangler deploy` takes
  bench NAME... [--quick] [--write] [--cell=PART]
                  the index against what JavaScript experts write, see benches/README.md
                  (decode, ingest, query, memory, scale, instructions), the npm module as its users
                  call it (npm; Chromium too, where there is one), the proxy against nginx
                  (proxy; needs wrk and nginx), the Worker against a plain one (edge; needs them too), and
                  the viewer against the same cards by React (viewer; needs Chromium)
  soak proxy [--seconds N | --minutes N]
                  the proxy at its limit before an upstream whose faults change (10 minutes): leaks, wrong bodies,
                  answers lost at SIGTERM, kill -9
  soak viewer [--steps N] [--seed N] [--profiles N]
                  random use of the viewer with 100,000 profiles (900 steps): memory, complaints, lost focus
  example NAME    start an example against the sandbox (page, react, csv, worker)
  sizes           raw and brotli sizes of dist/, and source files over the house's budget
  first           write web/first.txt: what the viewer needs for its first cards, as Chromium sees it
  gallery         redraw the screenshots in docs/
  looks [STATE]   draw every state of the viewer (or those whose name holds STATE) in both themes at four widths
  doctor          what is installed and what is missing
  help            this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", Default::default()),
    };
    match dispatch(command, rest) {
        Ok(true) => ExitCode::SUCCESS,
        // What failed has been said by the command itself.
        Ok(false) => ExitCode::FAILURE,
        Err(sentence) => {
            eprintln!("\nxtask {command}: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command, and says whether it found everything in order.
fn dispatch(command: &str, rest: &[String]) -> Outcome<bool> {
    match command {
        "run" => run::run(&Options::parse(rest)?).map(|()| true),
        "test" => steps::test(rest),
        "build" => build(rest).map(|()| true),
        "bench" => bench::run(rest).map(|()| true),
        "soak" => match rest {
            [what, rest @ ..] if what == "viewer" => soak_viewer::run(rest),
            _ => soak::run(rest),
        },
        "example" => packaging::example(rest).map(|()| true),
        "sizes" => none(rest).and_then(|()| sizes::print()).map(|()| true),
        "first" => none(rest).and_then(|()| parts::record()).map(|()| true),
        "gallery" => none(rest).and_then(|()| gallery::redraw()).map(|()| true),
        "looks" => gallery::draw_all(rest).map(|()| true),
        "doctor" => none(rest).and_then(|()| doctor::examine()),
        run::OPEN_WHEN_READY => run::open_when_ready(rest).map(|()| true),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(true)
        }
        unknown => Err(format!("there is no command `{unknown}`\n\n{HELP}")),
    }
}

fn build(rest: &[String]) -> Outcome {
    match rest {
        [what] if what == "viewer" => viewer::build(),
        [what] if what == "npm" => npm::build(),
        [what] if what == "docs" => reference::build(),
        [what] if what == "edge" => edge::build(),
        _ => Err(format!(
            "expected `build viewer`, `build npm`, `build docs` or `build edge`, found `build {}`",
            rest.join(" ")
        )),
    }
}

/// Refuses arguments that a command would otherwise ignore.
fn none(rest: &[String]) -> Outcome {
    match rest {
        [] => Ok(()),
        [first, ..] => Err(format!("expected no argument, found `{first}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn an_unknown_command_lists_the_commands() {
        let sentence = dispatch("biuld", &[]).unwrap_err();
        assert!(sentence.contains("`biuld`"), "{sentence}");
        assert!(sentence.contains("build viewer"), "{sentence}");
    }

    #[test]
    fn a_build_of_something_else_is_refused() {
        let sentence = build(&words("proxy")).unwrap_err();
        assert_eq!(
            sentence,
            "expected `build viewer`, `build npm`, `build docs` or `build edge`, found `build proxy`"
        );
    }

    #[test]
    fn an_argument_that_would_be_ignored_is_refused() {
        assert_eq!(
            dispatch("doctor", &words("--all")).unwrap_err(),
            "expected no argument, found `--all`"
        );
    }
}
