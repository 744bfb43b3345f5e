//! The ids that most profiles share, and the profiles of one id; against counting record by record.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use roster_core::UnixMs;
use roster_index::{Ask, Field, Roster, Sharing, Sort, Value, parse};

/// So many profiles at least, that it is worth to look ids up.
const N_OTHERS: usize = 1_500;

const QUESTIONS: [&str; 5] = ["", "t1", "-t2", "user-id:p7", "user-id:p7,p9 t"];

/// The number in the profile's id, the person, and the number in the title.
type Record = (usize, Option<String>, u8);

fn page(records: &[Record]) -> String {
    let one = |(id, person, title): &Record| {
        let user = person.as_ref().map_or_else(
            || "null".to_owned(),
            |id| format!(r#"{{"id":{}}}"#, serde_json::json!(id)),
        );
        format!(r#"{{"id":"i{id}","user":{user},"full_name":"t{title}"}}"#)
    };
    let records: Vec<String> = records.iter().map(one).collect();
    format!(r#"{{"data":[{}]}}"#, records.join(","))
}

fn others() -> Vec<Record> {
    (0..N_OTHERS)
        .map(|id| {
            (
                id,
                (id % 5 > 0).then(|| format!("p{}", id * id % 700)),
                u8::try_from(id % 3).unwrap(),
            )
        })
        .collect()
}

/// Counted over the records of all that pass, in their order.
fn counted(roster: &Roster, ask: &Ask) -> (Vec<Sharing>, usize) {
    let all = roster.query(&Ask {
        limit: usize::MAX,
        ..ask.clone()
    });
    let mut counted: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for (row, values) in all.rows.iter().zip(roster.values(&all.rows, &[Field::UserId], ask.now)) {
        if let Some(Value::Text(id)) = values.into_iter().flatten().next() {
            counted.entry(id).or_insert((0, *row)).0 += 1;
        }
    }
    let n_all = counted.len();
    let mut found: Vec<Sharing> = counted
        .into_iter()
        .map(|(id, (n_rows, row))| Sharing { id, n_rows, row })
        .collect();
    found.sort_by_key(|sharing| std::cmp::Reverse(sharing.n_rows));
    found.truncate(ask.limit);
    (found, n_all)
}

fn ask(question: &str, sort: &[&str], limit: usize) -> Ask {
    Ask {
        filter: parse(question, &()).filter,
        sort: Sort::parse(sort.iter().copied()).unwrap(),
        limit,
        now: UnixMs(0),
        ..Ask::default()
    }
}

fn person() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("p[0-9]{1,2}|[a-c]{0,2}|é")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_most_frequent_ids_are_those_of_the_records_whatever_is_replaced(
        pages in prop::collection::vec(prop::collection::vec((0..N_OTHERS + 20, person(), 0_u8..4), 1..60), 0..4),
        limit in 0_usize..90,
    ) {
        let mut roster = Roster::new();
        roster.ingest("ayrshare", &br#"{"profiles":[{"refId":"a","title":"t1"}]}"#[..]).unwrap();
        let mut pages = pages;
        pages.insert(0, others());
        for records in &pages {
            roster.ingest("insightiq", page(records).as_bytes()).unwrap();
            let is_folded = pages.iter().flatten().all(|(_, person, _)| person.as_deref() != Some("é"));
            for question in QUESTIONS {
                for sort in [&[][..], &["-title"]] {
                    let ask = ask(question, sort, limit);
                    let found = roster.sharing(Field::UserId, &ask);
                    prop_assert!(found.is_some() || !is_folded);
                    prop_assert_eq!(found.unwrap_or_else(|| counted(&roster, &ask)), counted(&roster, &ask), "{}", question);
                }
            }
        }
    }
}

#[test]
fn an_id_is_looked_up_among_many_and_pushes_no_other_answer_out() {
    let mut roster = Roster::new();
    roster.ingest("insightiq", page(&others()).as_bytes()).unwrap();
    let count = |roster: &Roster, question: &str| roster.count(&parse(question, &()).filter, UnixMs(0));
    let expected = |id: &str| {
        others()
            .iter()
            .filter(|(_, person, _)| person.as_deref() == Some(id))
            .count()
    };
    assert_eq!(count(&roster, "user-id:p9"), expected("p9"));
    assert!(expected("p9") > 1);
    assert_eq!(count(&roster, "user-id:P9"), 0, "byte for byte");
    assert_eq!(count(&roster, "user-id:p"), 0);
    let before = roster.memory_bytes().cache;
    for person in 0..99 {
        let id = format!("p{person}");
        assert_eq!(count(&roster, &format!("user-id:{id}")), expected(&id));
    }
    assert_eq!(roster.memory_bytes().cache, before);
}

#[test]
fn ids_that_are_not_as_sent_in_the_column_are_told_by_their_records() {
    let upper = |id: &str| (N_OTHERS, Some(id.to_owned()), 0);
    for id in ["P9", "p9 \n", "É", "p\\9\u{1F600}A"] {
        let mut roster = Roster::new();
        let records = [others(), vec![upper(id)]].concat();
        roster.ingest("insightiq", page(&records).as_bytes()).unwrap();
        assert_eq!(roster.sharing(Field::UserId, &ask("", &[], 9)), None, "{id:?}");
        let filter = parse("user-id:p9", &()).filter;
        let expected = records
            .iter()
            .filter(|(_, person, _)| person.as_deref() == Some("p9"))
            .count();
        assert_eq!(roster.count(&filter, UnixMs(0)), expected, "{id:?}");
    }
}
