//! Choosing and giving up single values of a field, as a click on a facet does.

use crate::catalog::Field;
use crate::query::filter::{Filter, Match, Term, Test};
use crate::query::parser::canonical;

impl Filter {
    /// Whether a condition asks for this value of the field.
    pub fn chooses(&self, field: Field, value: &Match) -> bool {
        let is_chosen = |term: &Term| wanted(term, field).is_some_and(|matches| has(matches, field, value));
        self.terms.iter().any(is_chosen)
    }

    /// The filter with this value of the field chosen, or given up if it was. A value joins the field's first
    /// condition as one more alternative; a condition without any alternative left goes.
    #[must_use]
    pub fn toggled(&self, field: Field, value: Match) -> Self {
        let mut terms = self.terms.clone();
        if self.chooses(field, &value) {
            terms.retain_mut(|term| {
                let Some(matches) = wanted_mut(term, field) else {
                    return true;
                };
                matches.retain(|own| !is_same(field, own, &value));
                !matches.is_empty()
            });
        } else if let Some(matches) = terms.iter_mut().find_map(|term| wanted_mut(term, field)) {
            matches.push(value);
        } else {
            terms.push(Term::wanted(Test::Field(field, vec![value])));
        }
        Self { terms }
    }
}

fn has(matches: &[Match], field: Field, value: &Match) -> bool {
    matches.iter().any(|own| is_same(field, own, value))
}

/// Words of categories are one in all their spellings.
fn is_same(field: Field, one: &Match, other: &Match) -> bool {
    match (one, other) {
        (Match::Is(one), Match::Is(other)) => canonical(field, one) == canonical(field, other),
        _ => one == other,
    }
}

const fn wanted(term: &Term, field: Field) -> Option<&Vec<Match>> {
    match &term.test {
        Test::Field(own, matches) if !term.is_negated && *own as u8 == field as u8 => Some(matches),
        _ => None,
    }
}

const fn wanted_mut(term: &mut Term, field: Field) -> Option<&mut Vec<Match>> {
    match &mut term.test {
        Test::Field(own, matches) if !term.is_negated && *own as u8 == field as u8 => Some(matches),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::filter::Nothing;

    fn toggled(text: &str, field: Field, value: Match) -> String {
        Filter::parse(text).toggled(field, value).to_string()
    }

    fn is(word: &str) -> Match {
        Match::Is(word.to_owned())
    }

    #[test]
    fn a_value_is_chosen_and_given_up_and_nothing_else_changes() {
        let both = toggled("acme -platform:tiktok platform:x", Field::Platform, is("youtube"));
        assert_eq!(both, "acme -platform:tiktok platform:x,youtube");
        assert_eq!(
            toggled(&both, Field::Platform, is("youtube")),
            "acme -platform:tiktok platform:x"
        );
        assert_eq!(toggled("", Field::Status, is("active")), "status:active");
        assert_eq!(toggled("status:active acme", Field::Status, is("active")), "acme");
    }

    #[test]
    fn a_value_is_found_under_any_of_its_names_and_wherever_it_stands() {
        assert_eq!(toggled("platform:X", Field::Platform, is("twitter")), "");
        assert_eq!(
            toggled("platform:x,reddit platform:TWITTER", Field::Platform, is("twitter")),
            "platform:reddit"
        );
        assert!(!Filter::parse("-status:active").chooses(Field::Status, &is("active")));
    }

    #[test]
    fn having_no_value_can_be_chosen_too() {
        let nothing = || Match::Nothing(Nothing::NotInApi);
        let chosen = toggled("status:active", Field::Status, nothing());
        assert_eq!(chosen, "status:active,not-in-api");
        assert!(Filter::parse(&chosen).chooses(Field::Status, &nothing()));
        assert_eq!(toggled(&chosen, Field::Status, nothing()), "status:active");
    }
}
