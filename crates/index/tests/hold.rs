//! What is held back is not seen, in any interleaving of pages, orders and questions; against rosters that were given only
//! what is seen.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use proptest::prelude::*;
use roster_core::UnixMs;
use roster_index::{Ask, Facet, Field, Roster, Sort, parse};

/// 2026-11-20T00:00:00Z.
const NOW: UnixMs = UnixMs(1_795_132_800_000);

const SORTS: [&[&str]; 5] = [
    &[],
    &["title"],
    &["-status", "title"],
    &["-urgency"],
    &["platform", "-ref"],
];

const QUESTIONS: [&str; 7] = [
    "",
    "a",
    "title:~b",
    "-status:active",
    "platform:reddit",
    "no:platform",
    "ref:id3",
];

/// What happens to a roster.
#[derive(Clone, Debug)]
enum Step {
    Ingest(Vec<Record>),
    Hold,
    Release,
    /// Works on an order, for so many rows.
    Order(usize, usize),
    Prepare(usize),
    Ask(usize, usize),
}

/// The number in the id, the title, whether it is suspended, and a platform.
type Record = (u8, String, bool, Option<bool>);

fn record() -> impl Strategy<Value = Record> {
    (0_u8..90, "[abC ]{0,3}", any::<bool>(), any::<Option<bool>>())
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(record(), 0..40).prop_map(Step::Ingest),
        2 => Just(Step::Hold),
        2 => Just(Step::Release),
        3 => (0..SORTS.len(), 1_usize..200).prop_map(|(sort, n_rows)| Step::Order(sort, n_rows)),
        1 => (1_usize..200).prop_map(Step::Prepare),
        4 => (0..QUESTIONS.len(), 0..SORTS.len()).prop_map(|(question, sort)| Step::Ask(question, sort)),
    ]
}

fn page(records: &[Record]) -> String {
    let one = |(id, title, is_suspended, platform): &Record| {
        let status = if *is_suspended { "suspended" } else { "active" };
        let platform = platform.map_or("", |is_reddit| if is_reddit { r#""reddit""# } else { r#""x""# });
        format!(r#"{{"refId":"id{id}","title":"{title}","status":"{status}","activeSocialAccounts":[{platform}]}}"#)
    };
    let records: Vec<String> = records.iter().map(one).collect();
    format!(r#"{{"profiles":[{}]}}"#, records.join(","))
}

fn sort(place: usize) -> Sort {
    Sort::parse(SORTS.iter().copied().nth(place).unwrap().iter().copied()).unwrap()
}

/// The keys of the list, how many have no value of the order's key, and the counts.
fn answer(roster: &Roster, question: &str, sort: Sort) -> (Vec<String>, usize, Vec<Facet>) {
    let view = roster.query(&Ask {
        filter: parse(question, &()).filter,
        sort,
        facets: vec![Field::Status, Field::Platform, Field::Health, Field::Source],
        limit: usize::MAX,
        now: NOW,
        ..Ask::default()
    });
    assert_eq!(view.total, view.rows.len());
    let keys = view.rows.iter().map(|row| roster.key(*row).unwrap());
    (keys.collect(), view.n_unsorted, view.facets)
}

/// A roster, and the pages of which it should be known.
#[derive(Default)]
struct Both {
    roster: Roster,
    pages: Vec<String>,
    n_seen: usize,
    is_held: bool,
}

impl Both {
    fn go(&mut self, step: &Step) {
        match step {
            Step::Ingest(records) => {
                self.pages.push(page(records));
                self.roster.ingest("ayrshare", page(records).as_bytes()).unwrap();
            }
            Step::Hold => {
                self.roster.hold();
                self.is_held = true;
            }
            Step::Release => {
                self.roster.release();
                self.is_held = false;
            }
            Step::Order(place, n_rows) => _ = self.roster.prepare_order(&sort(*place), NOW, *n_rows),
            Step::Prepare(n_rows) => _ = self.roster.prepare(*n_rows),
            Step::Ask(question, order) => {
                let question = QUESTIONS.iter().copied().nth(*question).unwrap();
                let found = answer(&self.roster, question, sort(*order));
                assert_eq!(
                    found,
                    answer(&self.plain(), question, sort(*order)),
                    "{question:?} {:?}",
                    sort(*order)
                );
            }
        }
        if !self.is_held {
            self.n_seen = self.pages.len();
        }
        assert_eq!(self.roster.len(), self.plain().len());
    }

    /// One that was given only what is seen, and nothing held back.
    fn plain(&self) -> Roster {
        let mut plain = Roster::new();
        for page in self.pages.iter().take(self.n_seen) {
            plain.ingest("ayrshare", page.as_bytes()).unwrap();
        }
        plain
    }
}

proptest! {
    #[test]
    fn nothing_that_is_held_back_is_seen_and_what_is_seen_stands_in_its_order(steps in prop::collection::vec(step(), 1..24)) {
        let mut both = Both::default();
        for step in &steps {
            both.go(step);
        }
        both.go(&Step::Release);
        for sort in 0..SORTS.len() {
            both.go(&Step::Ask(0, sort));
        }
    }
}

#[test]
fn the_order_of_what_is_held_back_is_made_before_it_is_seen() {
    let mut roster = Roster::new();
    let records =
        |ids: std::ops::Range<u8>| -> Vec<Record> { ids.map(|id| (id, format!("t{}", id % 7), false, None)).collect() };
    roster.ingest("ayrshare", page(&records(0..40)).as_bytes()).unwrap();
    let before = answer(&roster, "", sort(1)).0;
    roster.hold();
    assert!(!roster.is_behind());
    roster.ingest("ayrshare", page(&records(40..90)).as_bytes()).unwrap();
    assert!(roster.is_behind());
    assert_eq!((roster.len(), roster.n_all()), (40, 90));
    let mut n_turns = 1;
    while !roster.prepare_order(&sort(1), NOW, 16).is_done() {
        n_turns += 1;
        assert_eq!(answer(&roster, "", sort(1)).0, before);
    }
    assert!(n_turns > 10, "{n_turns}");
    roster.release();
    assert!(!roster.is_behind());
    assert!(roster.prepare_order(&sort(1), NOW, 1).is_done(), "it was made");
    assert_eq!(answer(&roster, "", sort(1)).0.len(), 90);
}
