//! Runs one hot loop so many times, for callgrind: `hot_loops <loop> <provider> <turns> <pages file>`.

use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::process::ExitCode;

use roster_bench::{Desk, Question};

/// A word for each turn: one that was typed before would be found in memory.
const WORDS: [&str; 4] = ["bakery", "travel", "market", "sports"];

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "hot_loops: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, provider, n_turns, file] = arguments.as_slice() else {
        return Err("expected <loop> <provider> <turns> <pages file>".into());
    };
    let (n_turns, bytes): (usize, _) = (n_turns.parse()?, fs::read(file)?);
    let pages: Vec<&[u8]> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|page| !page.is_empty())
        .collect();
    match name.as_str() {
        "ingest" => (0..n_turns).try_for_each(|_| loaded(provider, &pages).map(|desk| drop(black_box(desk)))),
        "sort" => (0..n_turns).try_for_each(|_| loaded(provider, &pages).map(|desk| ask(&desk, ""))),
        "keystrokes" => {
            let desk = loaded(provider, &pages)?;
            ask(&desk, "");
            WORDS
                .iter()
                .cycle()
                .take(n_turns)
                .for_each(|word| type_word(&desk, word));
            Ok(())
        }
        unknown => Err(format!("expected ingest, sort or keystrokes, found {unknown:?}").into()),
    }
}

/// A desk with all pages.
fn loaded(provider: &str, pages: &[&[u8]]) -> Outcome<Desk> {
    let mut desk = Desk::default();
    for page in pages {
        desk.page(page.len()).copy_from_slice(page);
        desk.begin(provider)?;
        while desk.step(usize::MAX)?.is_none() {}
    }
    Ok(desk)
}

/// The thirteen states of `suites/states.js`.
fn type_word(desk: &Desk, word: &str) {
    for typed in (0..=word.len()).filter_map(|end| word.get(..end)) {
        ask(desk, typed);
    }
    let (two, three) = (
        "platform:facebook platform:instagram",
        "platform:facebook platform:instagram status:active",
    );
    for chips in ["platform:facebook", two, three] {
        ask(desk, &format!("{word} {chips}"));
    }
    ask(desk, three);
    ask(desk, &format!("{three} platform:youtube"));
    ask(desk, "platform:youtube status:suspended");
}

fn ask(desk: &Desk, text: &str) {
    let question = Question {
        text,
        sort: "title",
        facets: "platform,status",
    };
    black_box(desk.ask(&question, 0, 50));
}
