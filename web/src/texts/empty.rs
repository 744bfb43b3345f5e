//! Why no profile is shown, and what can be done about it.

use super::{nothing, profiles};
use crate::extension;
use crate::format::length;
use crate::index::Answer;
use crate::state::State;

/// A reason with what helps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Empty {
    /// What is the matter.
    pub text: String,
    /// The condition without which there would be some, and the query without it.
    pub without: Option<(String, String)>,
    /// The sources that have more.
    pub open: Vec<&'static str>,
    /// Key of a profile that can be asked for alone.
    pub look_up: Option<String>,
    /// Whether taking all conditions back helps.
    pub can_clear: bool,
}

/// Why no profile is shown.
pub fn empty(state: &State, answer: &Answer) -> Vec<Empty> {
    if answer.n_loaded > 0 && answer.is_filtered() {
        return vec![no_match(state, answer)];
    }
    let complete = state.sources.iter().filter(|source| source.is_complete());
    complete
        .map(|source| Empty {
            text: nothing(source),
            can_clear: source.conditions().next().is_some(),
            ..Empty::default()
        })
        .collect()
}

fn no_match(state: &State, answer: &Answer) -> Empty {
    let n_loaded = length(answer.n_loaded);
    let text = match (state.is_complete(), answer.conditions.len(), &answer.hardest) {
        (false, ..) => ["None of the ", &n_loaded, " loaded profiles match. More are available."].concat(),
        (true, n_conditions, hardest) => {
            let what = match n_conditions {
                1 => "No profile matches this condition.".to_owned(),
                n_conditions => ["No profile matches these ", &length(n_conditions), " conditions."].concat(),
            };
            match hardest {
                Some(hardest) => {
                    let n_rows = profiles(hardest.n_rows);
                    [&what, " Without “", &hardest.text, "” there would be ", &n_rows, "."].concat()
                }
                None => what,
            }
        }
    };
    Empty {
        text,
        without: answer
            .hardest
            .as_ref()
            .map(|hardest| (hardest.text.clone(), hardest.without.clone())),
        open: state.open_sources(),
        look_up: look_up(state),
        can_clear: true,
    }
}

/// A query that is a single word like an id may be one that an API can be asked for.
fn look_up(state: &State) -> Option<String> {
    const MIN_CHARS: usize = 16;
    let word = state.query.trim().trim_matches('"');
    let word = word.strip_prefix("ref:").unwrap_or(word);
    let is_id = word.len() >= MIN_CHARS && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let offered = state
        .sources
        .iter()
        .find(|source| extension::is_offered(source.info.id));
    offered
        .filter(|_| is_id)
        .map(|source| [source.info.id, ":", word].concat())
}
