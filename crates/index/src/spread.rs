//! How the profiles that pass are spread: over the values of a field, for groups, or over ranges of it, for pictures.

use roster_core::UnixMs;

use crate::catalog::Field;
use crate::column::Column;
use crate::eval::{Facet, Facts};
use crate::query::{Filter, Nothing, Term};
use crate::roster::Roster;

/// How many profiles lie in each range of a field, and who was left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// Profiles from each edge on, up to the next one, which is not included; from the last edge on without end.
    pub n_rows: Vec<usize>,
    /// The smallest number, whether in a range or not.
    pub lowest: Option<f64>,
    /// The largest number.
    pub highest: Option<f64>,
    /// Profiles whose API has the field, without a value.
    pub n_not_set: usize,
    /// Profiles whose API has no such field.
    pub n_not_in_api: usize,
    /// Profiles for which it was not asked yet.
    pub n_not_loaded: usize,
}

impl Roster {
    /// Counts each value of a field among exactly the profiles that pass; conditions on the field itself count too,
    /// unlike in a facet.
    pub fn breakdown(&self, filter: &Filter, field: Field, now: UnixMs) -> Facet {
        let facts = Facts::new(self, now);
        facts.breakdown(field, &facts.passing(filter, |_| false))
    }

    /// Counts the profiles between edges, which ascend, under all conditions but those on the field itself. Only for
    /// fields of numbers and instants; any other is spread over nothing.
    pub fn spread(&self, filter: &Filter, field: Field, edges: &[f64], now: UnixMs) -> Spread {
        let facts = Facts::new(self, now);
        let base = facts.passing(filter, |term: &Term| term.field() == Some(field));
        let nothing = |why: Nothing| facts.nothing(field, why).count_and(&base);
        let mut spread = Spread {
            n_rows: vec![0; edges.len()],
            n_not_set: nothing(Nothing::NotSet),
            n_not_in_api: nothing(Nothing::NotInApi),
            n_not_loaded: nothing(Nothing::NotLoaded),
            ..Spread::default()
        };
        if let Some(Column::Number(numbers)) = self.columns.of(field) {
            let values = base.rows().filter_map(|row| numbers.get(row));
            values.for_each(|number| spread.add(edges, number));
        }
        spread
    }
}

impl Spread {
    fn add(&mut self, edges: &[f64], number: f64) {
        self.lowest = Some(self.lowest.map_or(number, |lowest| lowest.min(number)));
        self.highest = Some(self.highest.map_or(number, |highest| highest.max(number)));
        let range = edges.partition_point(|edge| *edge <= number).checked_sub(1);
        if let Some(n_rows) = range.and_then(|range| self.n_rows.get_mut(range)) {
            *n_rows += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_795_262_400_000);

    /// Followers 5, 10, 99, 100 and none; and one profile whose API has no such field.
    fn roster() -> Roster {
        let mut roster = Roster::new();
        let records: Vec<String> = ["5", "10", "99", "100", "null"]
            .iter()
            .enumerate()
            .map(|(id, n)| format!(r#"{{"id":"i{id}","reputation":{{"follower_count":{n}}},"country":"C{n}"}}"#))
            .collect();
        let page = format!(r#"{{"data":[{}]}}"#, records.join(","));
        roster.ingest("insightiq", page.into_bytes()).unwrap();
        let page = br#"{"profiles":[{"refId":"a","title":"a","activeSocialAccounts":["reddit","twitter"]}]}"#;
        roster.ingest("ayrshare", page.to_vec()).unwrap();
        roster
    }

    fn counted(facet: &Facet) -> Vec<(&str, usize)> {
        facet
            .values
            .iter()
            .map(|one| (one.value.as_str(), one.n_rows))
            .collect()
    }

    #[test]
    fn a_number_lies_from_its_edge_on_and_before_the_next() {
        let edges = [10.0, 100.0];
        let spread = roster().spread(&Filter::default(), Field::Followers, &edges, NOW);
        assert_eq!(spread.n_rows, [2, 1], "10 and 99, then 100; 5 is below the first edge");
        assert_eq!((spread.lowest, spread.highest), (Some(5.0), Some(100.0)));
        assert_eq!((spread.n_not_set, spread.n_not_in_api, spread.n_not_loaded), (1, 1, 0));
    }

    #[test]
    fn its_own_conditions_do_not_count_and_all_others_do() {
        let edges = [0.0];
        let of = |query: &str| {
            let spread = roster().spread(&Filter::parse(query), Field::Followers, &edges, NOW);
            spread.n_rows.first().copied()
        };
        assert_eq!(of("followers:>50"), Some(4));
        assert_eq!(of("source:ayrshare"), Some(0));
    }

    #[test]
    fn what_is_no_number_is_spread_over_nothing() {
        let spread = roster().spread(&Filter::default(), Field::Country, &[0.0], NOW);
        assert_eq!((spread.n_rows, spread.lowest), (vec![0], None));
    }

    #[test]
    fn a_breakdown_counts_exactly_what_passes() {
        let roster = roster();
        let all = roster.breakdown(&Filter::default(), Field::Platform, NOW);
        assert_eq!(counted(&all), [("reddit", 1), ("twitter", 1)]);
        let source = roster.breakdown(&Filter::parse("source:insightiq"), Field::Source, NOW);
        assert_eq!(counted(&source), [("insightiq", 5)], "the other source does not pass");
        assert!(source.values.iter().all(|one| !one.is_selected));
    }
}
