//! The pictures: what is counted, and what each mark chooses. Counted under all conditions but those on the field of
//! the picture, so that a second mark can be judged before it is chosen.

pub mod drawing;

use roster_core::UnixMs;
use roster_index::{Facet, Field, Filter, Match, Nothing, Range, Term, When};

use crate::choice::{Choice, with_ends};
use crate::format::{count_short, month, month_short};
use crate::index::{Answer, Index};
use crate::texts;

/// Months that are drawn one by one; what is older is one mark.
const MONTHS: i32 = 12;

/// Where the ranges of an audience begin, each ten times the one before: the picture has a logarithmic scale.
const AUDIENCE: [f64; 7] = [0.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0, 10_000_000.0];

/// One mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it counts, in words.
    pub title: String,
    /// The same in a few letters, below the mark.
    pub short: String,
    /// How many profiles.
    pub n_rows: usize,
    /// What a click on it chooses, or takes back.
    pub choice: Choice,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// One picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it is about.
    pub field: Field,
    /// Its marks in order.
    pub marks: Vec<Mark>,
    /// Everything older than the first mark; too much to stand beside it on one scale.
    pub earlier: Option<Mark>,
    /// Whether the marks lie one below the other, for names; numbers and months stand side by side.
    pub is_lying: bool,
    /// Profiles that pass but have no value, by reason.
    pub left_out: Vec<(Nothing, usize)>,
}

impl Chart {
    /// How many profiles have the most frequent value.
    pub fn most(&self) -> usize {
        self.marks.iter().map(|mark| mark.n_rows).max().unwrap_or(0)
    }

    /// Its marks as a file for spreadsheets.
    pub fn csv(&self) -> String {
        let line = |mark: &Mark| format!("\"{}\",{}\r\n", mark.title.replace('"', "\"\""), mark.n_rows);
        let head = format!("\"{}\",\"{}\"\r\n", texts::facet(self.field), texts::PROFILES);
        self.earlier
            .iter()
            .chain(&self.marks)
            .fold(head, |file, mark| file + &line(mark))
    }
}

/// The pictures of what is loaded, as far as the profiles have the values.
pub fn charts(index: &Index, answer: &Answer) -> Vec<Chart> {
    let audience = |field| audience(index, answer, field);
    let all = [
        platforms(index, answer),
        created(index, answer),
        audience(Field::Followers),
        audience(Field::Subscribers),
    ];
    let has_values = |chart: &Chart| index.count(&Filter::parse(&["has:", chart.field.key()].concat()), answer.now) > 0;
    all.into_iter().filter(has_values).collect()
}

fn left_out(n_not_set: usize, n_not_loaded: usize, n_not_in_api: usize) -> Vec<(Nothing, usize)> {
    let all = [
        (Nothing::NotSet, n_not_set),
        (Nothing::NotLoaded, n_not_loaded),
        (Nothing::NotInApi, n_not_in_api),
    ];
    all.into_iter().filter(|(_, n_rows)| *n_rows > 0).collect()
}

fn platforms(index: &Index, answer: &Answer) -> Chart {
    let field = Field::Platform;
    let facet: Facet = index.facet(&answer.filter, field, answer.now);
    let mark = |value: Match, title: String, n_rows: usize| Mark {
        is_chosen: answer.filter.chooses(field, &value),
        short: title.clone(),
        title,
        n_rows,
        choice: Choice::Toggled(field, value),
    };
    let values = facet.values.iter().map(|one| {
        let title = texts::facet_value(field, &one.value);
        mark(Match::Is(one.value.clone()), title, one.n_rows)
    });
    let without = Match::Nothing(Nothing::NotSet);
    let none = Mark {
        short: texts::NO_ACCOUNTS_SHORT.to_owned(),
        ..mark(without, texts::NO_ACCOUNTS.to_owned(), facet.n_not_set)
    };
    Chart {
        field,
        marks: values.chain([none]).collect(),
        earlier: None,
        is_lying: true,
        left_out: left_out(0, facet.n_not_loaded, facet.n_not_in_api),
    }
}

/// A mark's title, its short one, and the ends of its range as they are written.
type Drawn = (String, String, (String, String));

/// The conditions on a field.
fn own(filter: &Filter, field: Field) -> Vec<&Term> {
    filter.terms.iter().filter(|term| term.field() == Some(field)).collect()
}

/// Marks over ranges between edges. A click on a chosen one takes the range back.
fn ranges(index: &Index, answer: &Answer, field: Field, edges: &[f64], marks: Vec<Drawn>) -> Chart {
    let spread = index.spread(&answer.filter, field, edges, answer.now);
    let chosen = own(&answer.filter, field);
    let one = |((title, short, (from, to)), n_rows): (Drawn, &usize)| {
        let asked = with_ends(&Filter::default(), field, &from, &to).unwrap_or_default();
        let is_chosen = !chosen.is_empty() && own(&asked, field) == chosen;
        let (from, to) = if is_chosen { Default::default() } else { (from, to) };
        Mark {
            title,
            short,
            n_rows: *n_rows,
            choice: Choice::Range(field, from, to),
            is_chosen,
        }
    };
    Chart {
        field,
        marks: marks.into_iter().zip(&spread.n_rows).map(one).collect(),
        earlier: None,
        is_lying: false,
        left_out: left_out(spread.n_not_set, spread.n_not_loaded, spread.n_not_in_api),
    }
}

/// Months are counted from the year 0, so that the one before January is December.
fn month_at(number: i32) -> Option<(When, UnixMs)> {
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    let when = When::month(u16::try_from(year).ok()?, u8::try_from(month).ok()?)?;
    let starts = Range::Exactly(when).resolve(UnixMs(0), false).start;
    Some((when, UnixMs(starts)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "instants are whole and far below 2^53"
)]
fn created(index: &Index, answer: &Answer) -> Chart {
    let field = Field::Created;
    let newest = index.spread(&answer.filter, field, &[], answer.now).highest;
    let newest = newest.and_then(|at| UnixMs(at as i64).date());
    let last = newest.map_or(0, |(year, month, _)| i32::from(year) * 12 + i32::from(month) - 1);
    let months = ((last - MONTHS + 1)..=last).filter_map(month_at);
    let (mut edges, mut marks) = (Vec::new(), Vec::new());
    for (when, starts) in months {
        let word = when.to_string();
        if edges.is_empty() {
            edges.push(f64::MIN);
            let before = (String::new(), ["<", &word].concat());
            marks.push((texts::before(&month(starts)), String::new(), before));
        }
        edges.push(starts.0 as f64);
        marks.push((month(starts), month_short(starts), (word.clone(), word)));
    }
    let mut chart = ranges(index, answer, field, &edges, marks);
    if !chart.marks.is_empty() {
        let earlier = chart.marks.remove(0);
        chart.earlier = Some(earlier).filter(|mark| mark.n_rows > 0 || mark.is_chosen);
    }
    chart
}

fn audience(index: &Index, answer: &Answer, field: Field) -> Chart {
    let next = AUDIENCE.iter().skip(1).map(Some).chain([None]);
    let mark = |(from, to): (&f64, Option<&f64>)| {
        let (first, last) = (count_short(*from), to.map(|to| to - 1.0));
        let title = match last {
            _ if *from == 0.0 => texts::under(&count_short(last.map_or(0.0, |last| last + 1.0))),
            Some(last) => texts::from_to(&crate::format::decimal(*from), &crate::format::decimal(last)),
            None => texts::or_more(&first),
        };
        let own = (
            if *from == 0.0 { String::new() } else { from.to_string() },
            last.map(|last| last.to_string()).unwrap_or_default(),
        );
        (title, [&first, "+"].concat(), own)
    };
    let marks = AUDIENCE.iter().zip(next).map(mark).collect();
    ranges(index, answer, field, &AUDIENCE, marks)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::index::Question;

    const NOW: UnixMs = UnixMs(1_795_262_400_000);

    fn index() -> Index {
        let index = Index::default();
        let take = |provider: &str, body: &str| {
            let mut ingest = index.begin(provider, Arc::from(body.as_bytes())).unwrap();
            index.step(&mut ingest, usize::MAX).unwrap();
        };
        take(
            "insightiq",
            r#"{"data":[
                {"id":"a","created_at":"2026-11-02T00:00:00","work_platform":{"name":"X"},"reputation":{"follower_count":5}},
                {"id":"b","created_at":"2026-10-31T00:00:00","work_platform":{"name":"X"},"reputation":{"follower_count":1000}},
                {"id":"c","created_at":"2020-01-01T00:00:00","work_platform":{"name":"Reddit"},"reputation":{"subscriber_count":9}}]}"#,
        );
        take(
            "upsun",
            r#"{"profiles":[{"id":"u","created_at":"2026-11-30T23:59:59Z"}]}"#,
        );
        index.changed()
    }

    fn drawn(query: &str) -> Vec<Chart> {
        let index = index();
        let question = Question {
            text: query.to_owned(),
            now: NOW,
            ..Question::default()
        };
        charts(&index, &index.answer(&question))
    }

    fn counts(chart: &Chart) -> Vec<(&str, usize)> {
        let marks = chart.marks.iter().filter(|mark| mark.n_rows > 0);
        marks.map(|mark| (mark.title.as_str(), mark.n_rows)).collect()
    }

    #[test]
    fn platforms_are_counted_and_who_has_none_or_cannot_have_any_is_told() {
        let all = drawn("");
        assert_eq!(counts(&all[0]), [("X", 2), ("Reddit", 1)]);
        assert_eq!(all[0].left_out, [(Nothing::NotInApi, 1)]);
        assert_eq!(all[0].most(), 2);
        assert_eq!(
            all[0].csv(),
            "\"Platforms\",\"Profiles\"\r\n\"X\",2\r\n\"Reddit\",1\r\n\"No accounts connected\",0\r\n"
        );
    }

    #[test]
    fn months_end_with_the_newest_and_what_is_older_is_one_mark() {
        let all = drawn("");
        let created = &all[1];
        assert_eq!((created.field, created.marks.len()), (Field::Created, 12));
        assert_eq!(counts(created), [("Oct 2026", 1), ("Nov 2026", 2)]);
        let earlier = created.earlier.as_ref().unwrap();
        assert_eq!((earlier.title.as_str(), earlier.n_rows), ("before Dec 2025", 1));
        assert!(created.csv().contains("\"before Dec 2025\",1\r\n"));
    }

    #[test]
    fn followers_and_subscribers_are_kept_apart_and_blanks_are_counted() {
        let all = drawn("source:insightiq");
        assert_eq!(counts(&all[2]), [("under 100", 1), ("1,000 to 9,999", 1)]);
        assert_eq!(all[2].left_out, [(Nothing::NotSet, 1)]);
        assert_eq!(counts(&all[3]), [("under 100", 1)]);
    }

    #[test]
    fn a_mark_filters_to_what_it_counts_and_a_chosen_one_gives_it_back() {
        for chart in drawn("") {
            for mark in chart.marks.iter().chain(&chart.earlier).filter(|mark| mark.n_rows > 0) {
                let filter = mark.choice.clone().apply(&Filter::default(), false);
                assert_eq!(index().count(&filter, NOW), mark.n_rows, "{}", mark.title);
                let again = drawn(&filter.to_string());
                let chosen: Vec<&Mark> = again
                    .iter()
                    .flat_map(|chart| chart.marks.iter().chain(&chart.earlier))
                    .filter(|mark| mark.is_chosen)
                    .collect();
                assert_eq!((chosen.len(), &chosen[0].title), (1, &mark.title), "{filter}");
                assert_eq!(chosen[0].choice.clone().apply(&filter, false), Filter::default());
            }
        }
    }

    #[test]
    fn what_nobody_has_is_not_drawn() {
        assert!(charts(&Index::default(), &Answer::default()).is_empty());
    }
}
