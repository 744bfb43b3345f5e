//! Why no profile is shown, and what can be done about it.

use roster_core::provider;
use roster_index::{Field, Filter, Match, Nothing, Term, Test, parse, plan};

use super::{counted, facet, nothing, plural, profiles};
use crate::extension;
use crate::format::length;
use crate::index::Answer;
use crate::rail::PRESETS;
use crate::shared::Shared;
use crate::source::{Load, Source};
use crate::state::State;

/// A reason with what helps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Empty {
    /// What is the matter.
    pub text: String,
    /// The condition without which there would be some, and the query without it.
    pub without: Option<(String, String)>,
    /// What a button says that asks for what was perhaps meant, and the query that does.
    pub instead: Option<(String, String)>,
    /// The sources that have more.
    pub open: Vec<&'static str>,
    /// Key of a profile that can be asked for alone.
    pub look_up: Option<String>,
    /// What an API can be asked for with the same text.
    pub offers: Vec<Offer>,
    /// Whether taking all conditions back helps.
    pub can_clear: bool,
    /// Whether a file of this device would help.
    pub can_open: bool,
}

/// Suggestions that are tried for one that somebody has.
const MAX_MEANT: usize = 3;

/// What can be done without any API.
const FROM_FILE: &str =
    "Saved answers of any of these APIs can be looked at all the same; they are read on this device.";

/// A question to an API that has more than is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What its button says.
    pub text: String,
    /// Who is asked.
    pub provider: &'static str,
    /// The query that asks it.
    pub query: String,
}

/// Why no profile is shown.
pub fn empty(state: &State, answer: &Answer) -> Vec<Empty> {
    if answer.n_loaded > 0 && answer.is_filtered() {
        return vec![no_match(state, answer)];
    }
    if let Some(text) = unreached(state, answer) {
        return vec![Empty {
            text,
            can_open: true,
            ..Empty::default()
        }];
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

/// Nothing came because something failed; what it was stands above, at the source or the proxy.
fn unreached(state: &State, answer: &Answer) -> Option<String> {
    if answer.n_loaded > 0 {
        return None;
    }
    if state.outage.is_some() {
        return Some(["Nothing is loaded, because the proxy cannot be used. ", FROM_FILE].concat());
    }
    let has_failed = |source: &Shared<Source>| matches!(source.load, Load::Failed(_));
    let is_over = |source: &Shared<Source>| has_failed(source) || source.is_complete();
    let is_unreached = state.sources.iter().any(has_failed) && state.sources.iter().all(is_over);
    is_unreached.then(|| {
        [
            "No profile came. What went wrong stands above, at each source. ",
            FROM_FILE,
        ]
        .concat()
    })
}

fn no_match(state: &State, answer: &Answer) -> Empty {
    let n_loaded = length(answer.n_loaded);
    let news = good_news(state, answer);
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
        text: news.unwrap_or(text),
        without: answer
            .hardest
            .as_ref()
            .map(|hardest| (hardest.text.clone(), hardest.without.clone())),
        instead: instead(state, answer),
        open: state.open_sources(),
        look_up: look_up(state),
        offers: offers(state, answer),
        can_clear: true,
        can_open: false,
    }
}

/// A word that stands in no text may be the value of a field, or nearly another word.
fn instead(state: &State, answer: &Answer) -> Option<(String, String)> {
    let meant = state.suggestions.list.iter().enumerate();
    let meant = meant.filter(|(_, one)| state.suggestions.text == state.query && !one.text.ends_with(':'));
    meant.take(MAX_MEANT).find_map(|(place, one)| {
        let query = state.suggestions.taken(place)?.trim_end().to_owned();
        let filter = parse(&query, &()).filter;
        let n_rows = Some(state.index.count(&filter, answer.now)).filter(|n_rows| *n_rows > 0)?;
        Some((["Show ", &profiles(n_rows), " with ", &one.text].concat(), query))
    })
}

/// That nobody has a problem is good news, as far as it is known.
fn good_news(state: &State, answer: &Answer) -> Option<String> {
    let query = state.query.trim();
    PRESETS.iter().find(|preset| preset.query == query)?;
    let field = match &answer.filter.terms.first()?.test {
        Test::Field(field, _) => *field,
        Test::Has(fields) | Test::No(fields) => *fields.first()?,
        Test::Anywhere(_) => return None,
    };
    let count = |why| {
        let without = Term::wanted(Test::Field(field, vec![Match::Nothing(why)]));
        state.index.count(&Filter { terms: vec![without] }, answer.now)
    };
    let (n_unchecked, n_others) = (count(Nothing::NotLoaded), count(Nothing::NotInApi));
    let n_checked = answer.n_loaded.saturating_sub(n_unchecked + n_others);
    let told = [
        "Nothing needs attention here in the ",
        &profiles(n_checked),
        " checked.",
    ]
    .concat();
    let unchecked = [
        " ",
        &counted(n_unchecked as u64, &plural::PROFILES_ARE),
        " not checked yet.",
    ]
    .concat();
    Some(if n_unchecked == 0 { told } else { told + &unchecked })
}

/// Whether a word looks like an id.
fn is_id(word: &str) -> bool {
    const MIN_CHARS: usize = 16;
    word.len() >= MIN_CHARS && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Plain text may be the exact title of a profile that is not loaded, and an id that of a person or an account: what
/// the APIs that have more can be asked for directly.
fn offers(state: &State, answer: &Answer) -> Vec<Offer> {
    let is_plain = |term: &Term| !term.is_negated && matches!(term.test, Test::Anywhere(_));
    if !answer.filter.terms.iter().all(is_plain) {
        return Vec::new();
    }
    let text = state.query.trim().trim_matches('"');
    let fields: &[Field] = if is_id(text) {
        &[Field::UserId, Field::Account]
    } else {
        &[Field::Title]
    };
    let one = |(field, provider): (Field, &'static str)| {
        let wanted = Term::wanted(Test::Field(field, vec![Match::Is(text.to_owned())]));
        let filter = Filter { terms: vec![wanted] };
        let is_asked = plan(&filter, provider).is_ok_and(|plan| !plan.params.is_empty() && !plan.is_nothing);
        is_asked.then(|| Offer {
            text: ask_for(provider, facet(field), text),
            provider,
            query: filter.to_string(),
        })
    };
    let open = state.open_sources();
    let pairs = fields
        .iter()
        .flat_map(|field| open.iter().map(|provider| (*field, *provider)));
    pairs.filter_map(one).collect()
}

/// Asks an API for a text in one of its fields.
fn ask_for(id: &str, field: &str, text: &str) -> String {
    let title = provider(id).map_or(id, |provider| provider.info().title);
    [
        "Ask ",
        title,
        " for the ",
        &field.to_lowercase(),
        " “",
        text,
        "” (1 request)",
    ]
    .concat()
}

/// A query that is a single word like an id may be one that an API can be asked for.
fn look_up(state: &State) -> Option<String> {
    let word = state.query.trim().trim_matches('"');
    let word = word.strip_prefix("ref:").unwrap_or(word);
    let offered = state
        .sources
        .iter()
        .find(|source| extension::is_offered(source.info.id));
    offered
        .filter(|_| is_id(word))
        .map(|source| [source.info.id, ":", word].concat())
}
