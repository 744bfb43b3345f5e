//! The query is the one home of every condition: the list, the counts, the link and what an API is asked follow from it.

use super::*;
use crate::index::{Hardest, order};
use crate::roll::Row;

fn loaded_ayrshare() -> World {
    let record = |id: &str, platforms: &str, rest: &str| {
        format!(r#"{{"refId":"{id}","title":"{id}","activeSocialAccounts":[{platforms}]{rest}}}"#)
    };
    let records = [
        record("zoe", r#""instagram""#, ""),
        record("ann", r#""instagram","tiktok""#, r#","suspended":true"#),
        record("bob", r#""tiktok""#, ""),
    ];
    let mut world = World::loaded(&["a", "b"]);
    world.hear("ayrshare", 7, began("ayrshare"));
    world.take(
        "ayrshare",
        7,
        parsed("ayrshare", &format!(r#"{{"profiles":[{}]}}"#, records.join(","))),
    );
    world
}

/// The counts of a facet, as `value count`, with a star for what is selected.
fn counts(state: &State, field: Field) -> Vec<String> {
    let facets = state.answer().facets;
    let facet = facets.iter().find(|facet| facet.field == field).unwrap();
    let count = |value: &roster_index::FacetValue| {
        let star = if value.is_selected { "*" } else { "" };
        format!("{star}{} {}", value.value, value.n_rows)
    };
    facet.values.iter().map(count).collect()
}

fn targets(state: &State) -> Vec<String> {
    let queries = state.queries();
    queries.iter().map(|query| query.request().unwrap().target()).collect()
}

#[test]
fn a_query_filters_counts_and_orders_everything_that_is_loaded() {
    let state = loaded_ayrshare().state;
    let tiktok = typed(&state, "platform:tiktok");
    assert_eq!(keys(&tiktok), ["ayrshare:ann", "ayrshare:bob"]);
    assert_eq!(
        counts(&tiktok, Field::Platform),
        ["instagram 2", "*tiktok 2"],
        "counts of a field are not under its own condition"
    );
    assert_eq!(counts(&tiktok, Field::Source), ["ayrshare 2"]);
    let sorted = reduced(&state, [Action::OrderChosen(order("title"))]);
    assert_eq!(keys(&sorted)[..3], ["ayrshare:ann", "ayrshare:bob", "ayrshare:zoe"]);
    assert_eq!(
        sorted.index.neighbours(&sorted.answer(), "ayrshare:bob"),
        (Some("ayrshare:ann".into()), Some("ayrshare:zoe".into()))
    );
    let none = typed(&state, "status:suspended platform:linkedin").answer();
    let hardest = Hardest {
        text: "platform:linkedin".to_owned(),
        without: "status:suspended".to_owned(),
        n_rows: 1,
    };
    assert_eq!((none.total, none.hardest), (0, Some(hardest)));
}

#[test]
fn what_is_not_understood_is_told_with_what_to_write_instead() {
    let answer = typed(&loaded_ayrshare().state, "platfrom:tiktok ann").answer();
    let [remark] = answer.remarks.as_slice() else {
        panic!("{:?}", answer.remarks)
    };
    assert_eq!(
        (remark.about.as_str(), remark.instead.as_deref()),
        ("platfrom:tiktok", Some("platform:tiktok ann"))
    );
    let written: Vec<_> = answer.conditions.iter().map(|one| one.without.as_str()).collect();
    assert_eq!(written, ["ann", "platfrom:tiktok"], "a chip takes back its own part");
}

#[test]
fn the_link_leads_back_to_the_same_question() {
    let chosen = [
        Action::OrderChosen(order("-urgency")),
        Action::AskingChosen("ayrshare", true),
    ];
    let state = reduced(&typed(&loaded_ayrshare().state, "title:\"acme\" <10k"), chosen);
    let link = state.link().to_fragment();
    assert_eq!(link, "q=title%3A%22acme%22+%3C10k&sort=-urgency&ask=ayrshare");
    let followed = reduced(
        &Rc::default(),
        [Action::LinkFollowed(
            Link::parse(&link),
            Some(crate::state::Spot { at: 3, key: None }),
        )],
    );
    assert_eq!((followed.link(), followed.place.at), (state.link(), 3));
    assert_eq!(targets(&followed), targets(&state));
    let cleared = reduced(&followed, [Action::FiltersCleared]);
    assert_eq!(
        (cleared.query.as_str(), cleared.link().to_fragment().as_str()),
        ("", "sort=-urgency")
    );
    let same = cleared.clone().reduce(Action::QueryTyped(String::new()));
    assert!(Rc::ptr_eq(&same, &cleared), "the same text draws nothing");
}

#[test]
fn an_api_is_asked_only_if_somebody_wants_that_and_only_for_what_it_takes() {
    let base = [
        "ayrshare/profiles?limit=100",
        "insightiq/profiles?limit=100",
        "upsun/profiles",
    ];
    let state = typed(&Rc::default(), "ref:r1 acme user-id:p");
    assert_eq!(targets(&state), base);
    assert!(
        state.plan("ayrshare").is_none(),
        "it has no persons, so none of its profiles can pass"
    );
    let asking = reduced(&state, [Action::AskingChosen("insightiq", true)]);
    assert_eq!(targets(&asking)[1], "insightiq/profiles?user_id=p&limit=100");
    assert_eq!(targets(&asking)[0], base[0], "nobody wanted that");
    let without = typed(&asking, "ref:r1 acme");
    assert_eq!(targets(&without), base, "what is taken back is not asked");
    assert!(
        without.asking.is_empty(),
        "and a later condition is asked only if somebody wants that"
    );
    assert!(state.plan("upsun").is_none(), "it takes nothing of the query");
}

#[test]
fn a_choice_beside_the_list_is_a_change_of_the_query() {
    let state = loaded_ayrshare().state;
    let toggled = |value: &str| {
        Action::Chosen(Choice::Toggled(
            Field::Platform,
            roster_index::Match::Is(value.to_owned()),
        ))
    };
    let any = reduced(&state, [toggled("instagram"), toggled("tiktok")]);
    assert_eq!((any.query.as_str(), any.n_steps), ("platform:instagram,tiktok", 2));
    let all = reduced(&any, [Action::Chosen(Choice::All(Field::Platform, true))]);
    assert_eq!(
        (all.query.as_str(), keys(&all)),
        ("platform:instagram platform:tiktok", vec!["ayrshare:ann".to_owned()])
    );
    let back = reduced(&all, [toggled("instagram"), toggled("instagram")]);
    assert_eq!(
        back.query, "platform:tiktok platform:instagram",
        "further ones are wanted too"
    );
    let nonsense = Action::Chosen(Choice::Range(Field::Quota, "lots".to_owned(), String::new()));
    assert_eq!(reduced(&all, [nonsense]).query, all.query);
}

#[test]
fn what_one_more_request_tells_is_filtered_and_counted_while_the_card_keeps_its_record() {
    let mut world = loaded_ayrshare();
    let listed = world.state.row("ayrshare:zoe").unwrap();
    let text = r#"{"refId":"zoe","title":"zoe","activeSocialAccounts":["instagram"],"socialHealth":{"instagram":{"linked":true,"relinkRecommended":true}}}"#;
    let mut tell = |key: &str, text: &str| {
        let row = Row::new(key, text).unwrap();
        world.intake.learn(&row);
        let heard = Action::PartsHeard(key.to_owned(), Parts::Loaded(row), world.intake.index());
        world.state = world.state.clone().reduce(heard);
        world.state.clone()
    };
    let before = loaded_ayrshare().state;
    let state = tell("ayrshare:zoe", text);
    assert_eq!(keys(&typed(&state, "health:relink")), ["ayrshare:zoe"]);
    assert_eq!(state.row("ayrshare:zoe"), Some(listed), "exactly as the list sent it");
    assert_eq!(keys(&state), keys(&before), "nothing moves");
    let stranger = tell("ayrshare:new", r#"{"refId":"new"}"#);
    assert_eq!(
        keys(&stranger),
        keys(&state),
        "a profile that is not in the list does not enter it"
    );
}
