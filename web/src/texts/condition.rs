//! Conditions, fields and their values in words.

use roster_core::{Platform, provider};
use roster_index::{Field, Kind, Match, Nothing, Term, Test};

use crate::format::length;

/// The name of a group of counts.
pub fn facet(field: Field) -> &'static str {
    field.info().title
}

/// Where a condition is applied.
pub fn applied(sources: &[&str], n_loaded: usize) -> String {
    if sources.is_empty() {
        return ["applied here to ", &length(n_loaded), " loaded"].concat();
    }
    ["asked of ", &sources.join(", ")].concat()
}

/// A condition in words.
pub fn condition(term: &Term) -> String {
    match &term.test {
        Test::Anywhere(word) => [if term.is_negated { "without “" } else { "“" }, word, "”"].concat(),
        Test::Has(fields) => [if term.is_negated { "without " } else { "with " }, &names(fields)].concat(),
        Test::No(fields) => [if term.is_negated { "with " } else { "without " }, &names(fields)].concat(),
        Test::Field(field, matches) if term.is_negated => excluded(*field, matches),
        Test::Field(field, matches) => {
            let values: Vec<String> = matches.iter().map(|one| value(*field, one)).collect();
            [facet(*field), ": ", &values.join(" or ")].concat()
        }
    }
}

/// Values that are not wanted: "Platform is not TikTok". A kind of nothing is quoted, or its own "not" would read wrong.
fn excluded(field: Field, matches: &[Match]) -> String {
    let values = matches.iter().map(|one| match one {
        Match::Nothing(_) => ["“", &value(field, one), "”"].concat(),
        _ => value(field, one),
    });
    let values: Vec<String> = values.collect();
    let subject = match field {
        // One of its values is meant, and its title names all.
        Field::Platform => super::PLATFORM,
        field => facet(field),
    };
    [subject, " is not ", &values.join(" or ")].concat()
}

fn names(fields: &[Field]) -> String {
    let titles: Vec<&str> = fields.iter().map(|field| facet(*field)).collect();
    titles.join(" or ")
}

fn value(field: Field, one: &Match) -> String {
    match one {
        Match::Is(word) => facet_value(field, word),
        Match::Flag(is_on) => super::yes_no(*is_on).to_owned(),
        Match::Nothing(why) => nothing_of(field, *why).to_owned(),
        // Ranges and parts of texts read as they are written.
        one => {
            let written = Term::wanted(Test::Field(field, vec![one.clone()]));
            let text = roster_index::Filter { terms: vec![written] }.to_string();
            text.split_once(':').map_or(text.clone(), |(_, value)| value.to_owned())
        }
    }
}

/// A kind of nothing, in words.
pub fn nothing_of(field: Field, why: Nothing) -> &'static str {
    match (field, why) {
        (Field::Platform, Nothing::NotSet) => super::NO_ACCOUNTS,
        (_, Nothing::NotSet) => super::NOT_SET,
        (_, Nothing::NotInApi) => super::NOT_IN_API,
        (_, Nothing::NotLoaded) => super::NOT_LOADED,
    }
}

/// A value that is counted, in words; a value nobody here knows stays as it is.
pub fn facet_value(field: Field, value: &str) -> String {
    let known = match (field, value) {
        (Field::Source, id) => provider(id).map(|provider| provider.info().title),
        (Field::Platform, code) => return Platform::named(code).title().to_owned(),
        (Field::Status | Field::Trial, "active") => Some("Active"),
        (Field::Status, "suspended") => Some("Suspended"),
        (Field::Health, "expired") => Some("Token ended"),
        (Field::Health, "error") => Some("Linking error"),
        (Field::Health, "relink") => Some("Relink advised"),
        (Field::Health, "expiring") => Some("Token ends soon"),
        (Field::Health, "ok") => Some("Fine"),
        (Field::Byok, "linked") => Some("Linked"),
        (Field::Byok, "pending") => Some("Not yet"),
        (Field::Byok, "na") => Some("No eligible platform"),
        (Field::Trial, "ended") => Some("Ended"),
        _ if field.kind() == Kind::Flag && value == "yes" => Some("Yes"),
        _ if field.kind() == Kind::Flag && value == "no" => Some("No"),
        _ => None,
    };
    known.unwrap_or(value).to_owned()
}
