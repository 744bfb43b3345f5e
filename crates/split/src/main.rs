//! Cuts the viewer's WebAssembly in two, by a list of the functions that run until the first cards are drawn: the page
//! starts with these and loads the rest behind them. Both parts share memory, tables and globals, and call each other.
//!
//! A function of the rest that the first part calls or exports has a *door* there: a few instructions that load the rest
//! unless it is there, and go on in it. So nothing depends on the list but how soon the first cards come: with a list that
//! is out of date the page loads both parts before it draws.
//!
//! Data goes to the part that reaches it, and functions of the rest that only the rest can call over the table have no door:
//! both by what the linker noted of each function, which is true as long as no function was put into another since.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks by printing"
)]

mod body;
mod first;
mod glue;
mod linked;
mod module;
mod plan;
mod rest;
mod share;
mod watch;

use std::fs;
use std::process::ExitCode;

use linked::Linked;
use module::Module;
use plan::Plan;

/// What a step ends in: nothing, or a sentence that says what went wrong.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
roster-split cut IN LINKED LIST FIRST REST
                write the part of the module IN whose functions LIST has, one number a line, and the rest; the data
                goes to the part that needs it by what LINKED says, the same module as the linker left it
roster-split shorten IN GLUE OUT
                write the same module with short names for what it shares with its glue, and write these into GLUE too
roster-split watch IN OUT
                write the same module with a global for each function, exported as `ran NUMBER`: 1 once it has run
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["cut", input, linked, list, first, rest] => cut(input, linked, list, [first, rest]),
        ["shorten", input, glue, output] => shorten(input, glue, output),
        ["watch", input, output] => watch(input, output),
        _ => Err(HELP.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn cut(input: &str, linked: &str, list: &str, parts: [&str; 2]) -> Outcome {
    let bytes = read(input)?;
    let listed = String::from_utf8(read(list)?).map_err(|_| format!("expected UTF-8 text in {list}"))?;
    let linked = Linked::read(&read(linked)?).map_err(|sentence| format!("{linked}: {sentence}"))?;
    let module = Module::read(&bytes).map_err(|sentence| format!("{input}: {sentence}"))?;
    let listed = listed.lines().collect();
    let plan = Plan::of(&module, &listed, &linked).map_err(|sentence| format!("{input}: {sentence}"))?;
    println!("{}", plan.summary());
    write(parts[0], &first::part(&module, &plan)?)?;
    write(parts[1], &rest::part(&module, &plan)?)
}

fn shorten(input: &str, glue: &str, output: &str) -> Outcome {
    let text = String::from_utf8(read(glue)?).map_err(|_| format!("expected UTF-8 text in {glue}"))?;
    let (module, text) = glue::shortened(&read(input)?, &text).map_err(|sentence| format!("{input}: {sentence}"))?;
    write(output, &module)?;
    write(glue, text.as_bytes())
}

fn watch(input: &str, output: &str) -> Outcome {
    let bytes = read(input)?;
    let module = Module::read(&bytes).map_err(|sentence| format!("{input}: {sentence}"))?;
    write(output, &watch::watched(&module)?)
}

fn read(path: &str) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))
}

fn write(path: &str, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error| format!("cannot write {path}: {error}"))
}

#[cfg(test)]
mod tests;
