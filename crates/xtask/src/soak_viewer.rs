//! `cargo xtask soak viewer`: random use of the viewer with 100,000 profiles, by steps that a seed decides.

use crate::journeys::Stage;
use crate::report::Verdict;
use crate::{Outcome, browser};

/// Steps in CI, of which each takes a person about two seconds; a whole run has as many as half an hour, and five times
/// the profiles.
const SHORT: [&str; 7] = ["soak.js", "--steps", "60", "--seed", "1", "--profiles", "20000"];

/// Runs it as the command line says, and says whether nothing was found.
pub(crate) fn run(words: &[String]) -> Outcome<bool> {
    let is_known = |word: &&String| matches!(word.as_str(), "--steps" | "--seed" | "--profiles");
    if let Some(odd) = words.chunks(2).find(|pair| !is_number_of(pair, is_known)) {
        return Err(format!(
            "expected `soak viewer [--steps N] [--seed N] [--profiles N]`, found `{}`",
            odd.join(" ")
        ));
    }
    let stage = Stage::ready()?.ok_or_else(|| format!("{}: {}", browser::NO_BROWSER, browser::ADVICE))?;
    Ok(stage.node().arg("soak.js").args(words).run().is_ok())
}

fn is_number_of(pair: &[String], is_known: impl Fn(&&String) -> bool) -> bool {
    match pair {
        [name, number] => is_known(&name) && number.parse::<u32>().is_ok_and(|number| number > 0),
        _ => false,
    }
}

/// The short form, for CI.
pub(crate) fn short() -> Outcome<Verdict> {
    let Some(stage) = Stage::ready()? else {
        return Ok(Verdict::Skipped(format!(
            "{}: {}",
            browser::NO_BROWSER,
            browser::ADVICE
        )));
    };
    stage.node().args(SHORT).run().map(|()| Verdict::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_or_not_known_is_named() {
        for line in ["--steps", "--steps many", "--fast 3", "--seed 0"] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let sentence = run(&words).unwrap_err();
            assert!(sentence.ends_with(&format!("found `{line}`")), "{sentence}");
        }
    }
}
