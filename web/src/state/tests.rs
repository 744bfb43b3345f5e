use roster_core::{End, ErrorKind, Progress, Query, Response};

use super::*;
use crate::source::{Goal, Wait};

const NOW: UnixMs = UnixMs(1_000_000);

fn reduced(state: &Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state.clone(), Reducible::reduce)
}

fn heard(generation: u64, event: LoadEvent) -> Action {
    Action::Loaded {
        provider: "insightiq",
        generation,
        event,
        now: NOW,
    }
}

fn page(ids: &[&str]) -> LoadEvent {
    let records: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"id":"{id}","user":{{"id":"p"}}}}"#))
        .collect();
    let body = format!(r#"{{"data":[{}]}}"#, records.join(","));
    let query = Query::new("insightiq", "profiles").unwrap();
    let parsed = query
        .provider()
        .unwrap()
        .parse(&query.request().unwrap(), &Response::new(200, body));
    let n_items = ids.len() as u64;
    LoadEvent::PageLoaded {
        page: parsed.unwrap(),
        progress: Progress {
            n_pages: 1,
            n_items,
            total: None,
        },
        budget: None,
    }
}

fn loaded(ids: &[&str]) -> Rc<State> {
    let events = [
        LoadEvent::Began,
        LoadEvent::Resumed(Goal::Page),
        page(ids),
        LoadEvent::Rested(None),
    ];
    reduced(&Rc::default(), events.map(|event| heard(1, event)))
}

fn source(state: &State) -> &Source {
    state.source("insightiq").unwrap()
}

fn ids(state: &State) -> Vec<String> {
    let rows = state.index.rows_of("insightiq");
    let ids = rows.iter().map(|row| state.index.row(*row).unwrap().id().to_owned());
    ids.collect()
}

fn failure() -> LoadEvent {
    LoadEvent::LoadFailed(Error::new(ErrorKind::Upstream, "x"))
}

#[test]
fn a_late_answer_is_dropped_and_draws_nothing() {
    let state = loaded(&["a"]);
    let newer = reduced(&state, [heard(2, LoadEvent::Began)]);
    assert!(ids(&newer).is_empty(), "a new question begins with an empty list");
    let late = newer.clone().reduce(heard(1, page(&["late"])));
    assert!(Rc::ptr_eq(&late, &newer));
    let older = newer.clone().reduce(heard(1, LoadEvent::Began));
    assert!(Rc::ptr_eq(&older, &newer), "an older load does not begin again");
    let unknown = newer.clone().reduce(heard(3, page(&["early"])));
    assert!(Rc::ptr_eq(&unknown, &newer), "a load that did not begin is not heard");
}

#[test]
fn a_failed_second_page_keeps_the_first() {
    let state = reduced(
        &loaded(&["a", "b"]),
        [heard(1, LoadEvent::Resumed(Goal::All)), heard(1, failure())],
    );
    assert_eq!(ids(&state), ["a", "b"]);
    assert_eq!(
        (source(&state).state_word(), source(&state).page_number()),
        ("failed", 2)
    );
    let again = reduced(
        &state,
        [heard(1, LoadEvent::Resumed(Goal::All)), heard(1, page(&["c"]))],
    );
    assert_eq!(ids(&again), ["a", "b", "c"]);
}

#[test]
fn every_state_of_a_load_has_its_word() {
    let wait = Wait {
        until: NOW.plus_ms(7000),
        attempt: 1,
        of: 3,
        error: Error::new(ErrorKind::RateLimited, "x"),
    };
    let events = [
        (LoadEvent::Began, "loading"),
        (LoadEvent::Waited(wait), "waiting"),
        (LoadEvent::Stopped, "stopped"),
        (LoadEvent::Resumed(Goal::All), "loading"),
        (page(&["a"]), "loading"),
        (LoadEvent::Rested(None), "ready"),
        (LoadEvent::Rested(Some(End::Truncated)), "stopped"),
        (failure(), "failed"),
        (LoadEvent::Rested(Some(End::Complete)), "done"),
    ];
    let mut state = Rc::new(State::default());
    assert_eq!(source(&state).state_word(), "idle");
    for (event, word) in events {
        state = state.reduce(heard(1, event));
        assert_eq!(source(&state).state_word(), word);
    }
}

#[test]
fn a_profile_that_comes_again_is_merged_in_its_place_and_counted() {
    let state = loaded(&["a", "b", "a"]);
    assert_eq!(ids(&state), ["a", "b"]);
    let row = state.index.find("insightiq:a").unwrap();
    assert_eq!(
        (source(&state).roll.n_merged, state.index.n_of_person(&row)),
        (1, 2),
        "the person is counted once a profile"
    );
}

#[test]
fn time_is_counted_while_it_runs_and_not_while_it_rests() {
    let at = |ms: i64, event: LoadEvent| Action::Loaded {
        provider: "insightiq",
        generation: 1,
        event,
        now: UnixMs(ms),
    };
    let events = [
        at(0, LoadEvent::Began),
        at(1000, LoadEvent::Stopped),
        at(5000, LoadEvent::Resumed(Goal::All)),
    ];
    let state = reduced(&Rc::default(), events);
    assert_eq!(source(&state).elapsed_ms(UnixMs(7000)), 3000);
}

#[test]
fn a_tick_draws_only_what_counts_seconds() {
    let resting = loaded(&["a"]);
    let later = resting.clone().reduce(Action::Ticked(NOW.plus_ms(1)));
    assert!(Rc::ptr_eq(&resting, &later));
    let minute = resting.clone().reduce(Action::Ticked(NOW.plus_ms(60_000)));
    assert!(!Rc::ptr_eq(&resting, &minute), "relative dates change with the minute");
    let running = reduced(&resting, [heard(1, LoadEvent::Resumed(Goal::All))]);
    let later = running.clone().reduce(Action::Ticked(NOW.plus_ms(1)));
    assert!(!Rc::ptr_eq(&running, &later));
}

#[test]
fn what_is_asked_follows_the_filters_and_clearing_takes_all_back() {
    let filter = |provider, param, text: &str| Action::FilterChanged {
        provider,
        param,
        text: text.to_owned(),
    };
    let state = reduced(
        &Rc::default(),
        [
            filter("ayrshare", "isByokLinked", "false"),
            filter("insightiq", "user_id", "p"),
            filter("insightiq", "account_id", "not an id"),
        ],
    );
    let targets = |state: &State| -> Vec<String> {
        state
            .queries()
            .iter()
            .map(|query| query.request().unwrap().target())
            .collect()
    };
    assert_eq!(
        targets(&state),
        [
            "ayrshare/profiles?isByokLinked=false&limit=100",
            "insightiq/profiles?user_id=p&limit=100",
            "upsun/profiles"
        ]
    );
    assert_eq!(state.n_conditions(), 2, "what is not asked is no condition");
    let followed = reduced(
        &Rc::default(),
        [Action::LinkFollowed(Link::parse(&state.link().to_fragment()))],
    );
    assert_eq!(targets(&followed), targets(&state), "the link asks the same");
    let cleared = reduced(&state, [Action::FiltersCleared]);
    assert_eq!(targets(&cleared), targets(&State::default()));
    assert_eq!(
        source(&cleared).filters.entry("account_id"),
        None,
        "an invalid text goes too"
    );
}

#[test]
fn opening_closing_and_showing_more_move_the_focus_where_it_belongs() {
    let many: Vec<String> = (0..60).map(|n| format!("id{n}")).collect();
    let state = loaded(&many.iter().map(String::as_str).collect::<Vec<_>>());
    let more = reduced(&state, [Action::MoreShown]);
    assert_eq!((more.n_cards, more.focus.1.as_str()), (96, "open-insightiq:id48"));
    let open = reduced(&more, [Action::ProfileOpened("insightiq:id3".to_owned())]);
    assert_eq!(open.focus.1, DRAWER_TITLE_ID);
    assert_eq!(
        open.neighbours("insightiq:id3"),
        (Some("insightiq:id2".to_owned()), Some("insightiq:id4".to_owned()))
    );
    assert_eq!(open.neighbours("insightiq:id0").0, None);
    let closed = reduced(&open, [Action::ProfileClosed]);
    assert_eq!(
        (closed.open.clone(), closed.focus.1.as_str()),
        (None, "open-insightiq:id3")
    );
    let again = closed.clone().reduce(Action::ProfileClosed);
    assert!(Rc::ptr_eq(&again, &closed));
}

#[test]
fn the_host_s_theme_counts_until_a_person_has_chosen_one() {
    let read = |theme| {
        Action::SettingsRead(Settings {
            theme,
            ..Settings::default()
        })
    };
    let fresh = reduced(&Rc::default(), [read(None), Action::ThemeConfigured(Theme::Dark)]);
    assert_eq!(fresh.theme(), Theme::Dark);
    let chosen = reduced(
        &Rc::default(),
        [read(Some(Theme::Light)), Action::ThemeConfigured(Theme::Dark)],
    );
    assert_eq!(chosen.theme(), Theme::Light);
}

#[test]
fn one_source_can_be_shown_alone_and_no_source_hides_behind_another() {
    let state = loaded(&["a", "b"]);
    let ayrshare = Action::Loaded {
        provider: "ayrshare",
        generation: 2,
        event: LoadEvent::Began,
        now: NOW,
    };
    let state = reduced(&state, [ayrshare]);
    assert_eq!(state.answer().rows.len(), 2);
    assert!(
        reduced(&state, [Action::ShowChosen(Some("upsun"))])
            .answer()
            .rows
            .is_empty()
    );
    assert_eq!(
        reduced(&state, [Action::ShowChosen(Some("insightiq"))])
            .answer()
            .rows
            .len(),
        2
    );
}

fn loaded_ayrshare() -> Rc<State> {
    let record = |id: &str, platforms: &str, rest: &str| {
        format!(r#"{{"refId":"{id}","title":"{id}","activeSocialAccounts":[{platforms}]{rest}}}"#)
    };
    let records = [
        record("zoe", r#""instagram""#, ""),
        record("ann", r#""instagram","tiktok""#, r#","suspended":true"#),
        record("bob", r#""tiktok""#, ""),
    ];
    let body = format!(r#"{{"profiles":[{}]}}"#, records.join(","));
    let query = Query::new("ayrshare", "profiles").unwrap();
    let request = query.request().unwrap();
    let page = query.provider().unwrap().parse(&request, &Response::new(200, body));
    let event = LoadEvent::PageLoaded {
        page: page.unwrap(),
        progress: Progress::default(),
        budget: None,
    };
    let heard = |event| Action::Loaded {
        provider: "ayrshare",
        generation: 7,
        event,
        now: NOW,
    };
    reduced(&loaded(&["a", "b"]), [heard(LoadEvent::Began), heard(event)])
}

fn typed(state: &Rc<State>, text: &str) -> Rc<State> {
    reduced(state, [Action::QueryTyped(text.to_owned())])
}

fn keys(state: &State) -> Vec<String> {
    let rows = state.answer().rows;
    rows.iter().map(|row| state.index.key(*row).unwrap()).collect()
}

/// The counts of a facet, as `value count`, with a star for what is selected.
fn counts(state: &State, key: &str) -> Vec<String> {
    let facets = state.answer().facets;
    let facet = facets.iter().find(|facet| facet.field.key() == key).unwrap();
    let count = |value: &roster_index::FacetValue| {
        let star = if value.is_selected { "*" } else { "" };
        format!("{star}{} {}", value.value, value.n_rows)
    };
    facet.values.iter().map(count).collect()
}

#[test]
fn a_query_filters_counts_and_orders_everything_that_is_loaded() {
    let state = loaded_ayrshare();
    assert_eq!(keys(&state)[..2], ["ayrshare:zoe", "insightiq:a"], "no source hides");
    let tiktok = typed(&state, "platform:tiktok");
    assert_eq!(keys(&tiktok), ["ayrshare:ann", "ayrshare:bob"]);
    assert_eq!(
        counts(&tiktok, "platform"),
        ["instagram 2", "*tiktok 2"],
        "counts of a field are not under its own condition"
    );
    assert_eq!(counts(&tiktok, "source"), ["ayrshare 2"]);
    assert_eq!(tiktok.announcement, "2 of 5 profiles shown.");
    let sorted = reduced(&state, [Action::OrderChosen("title")]);
    assert_eq!(keys(&sorted)[..3], ["ayrshare:ann", "ayrshare:bob", "ayrshare:zoe"]);
    assert_eq!(
        sorted.neighbours("ayrshare:bob"),
        (Some("ayrshare:ann".into()), Some("ayrshare:zoe".into()))
    );
    let none = typed(&state, "status:suspended platform:linkedin").answer();
    assert!(none.rows.is_empty());
    assert_eq!(none.hardest, Some(("platform:linkedin".to_owned(), 1)));
}

#[test]
fn what_is_not_understood_is_told_with_what_to_write_instead() {
    let answer = typed(&loaded_ayrshare(), "platfrom:tiktok ann").answer();
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
fn the_query_is_kept_in_the_link_and_taken_back_with_the_filters() {
    let state = reduced(
        &typed(&loaded_ayrshare(), "acme <10k"),
        [Action::OrderChosen("-urgency")],
    );
    let link = state.link().to_fragment();
    assert_eq!(link, "q=acme+%3C10k&sort=-urgency");
    let followed = reduced(&Rc::default(), [Action::LinkFollowed(Link::parse(&link))]);
    assert_eq!((followed.query.as_str(), followed.order), ("acme <10k", "-urgency"));
    let cleared = reduced(&followed, [Action::FiltersCleared]);
    assert_eq!((cleared.query.as_str(), cleared.order), ("", "-urgency"));
    let same = cleared.clone().reduce(Action::QueryTyped(String::new()));
    assert!(Rc::ptr_eq(&same, &cleared), "the same text draws nothing");
}

#[test]
fn a_new_question_to_one_api_takes_its_profiles_out_and_leaves_the_others() {
    let before = loaded_ayrshare();
    let state = reduced(&before, [heard(9, LoadEvent::Began)]);
    assert_eq!(keys(&state), ["ayrshare:zoe", "ayrshare:ann", "ayrshare:bob"]);
    assert_eq!(keys(&before).len(), 5, "an older screen still has what it showed");
    assert!(state.row("insightiq:a").is_none());
    let again = reduced(&state, [heard(9, page(&["b", "c"]))]);
    assert_eq!(
        (keys(&again).len(), ids(&again)),
        (5, vec!["b".to_owned(), "c".to_owned()])
    );
    let restarted = reduced(&again, [heard(10, LoadEvent::Restarted)]);
    assert_eq!(ids(&restarted), ["b", "c"], "starting over keeps what is there");
}

#[test]
fn what_one_more_request_tells_is_filtered_and_counted_while_the_card_keeps_its_record() {
    let before = loaded_ayrshare();
    let listed = before.row("ayrshare:zoe").unwrap();
    let text = r#"{"refId":"zoe","title":"zoe","activeSocialAccounts":["instagram"],"socialHealth":{"instagram":{"linked":true,"relinkRecommended":true}}}"#;
    let heard_of = |key: &str, text: &str| {
        let row = Row::new(key, text).unwrap();
        Action::PartsHeard(key.to_owned(), Parts::Loaded(row))
    };
    let state = reduced(&before, [heard_of("ayrshare:zoe", text)]);
    assert_eq!(keys(&typed(&state, "health:relink")), ["ayrshare:zoe"]);
    assert_eq!(
        state.row("ayrshare:zoe"),
        Some(listed.clone()),
        "exactly as the list sent it"
    );
    assert_eq!(keys(&state), keys(&before), "nothing moves");

    // The index is made anew without the other API's profiles; what was learned stays.
    let state = reduced(&state, [heard(9, LoadEvent::Began)]);
    assert_eq!(keys(&typed(&state, "health:relink")), ["ayrshare:zoe"]);
    assert_eq!(state.row("ayrshare:zoe"), Some(listed));

    let stranger = reduced(&state, [heard_of("ayrshare:new", r#"{"refId":"new"}"#)]);
    assert_eq!(
        keys(&stranger),
        keys(&state),
        "a profile that is not in the list does not enter it"
    );
}
