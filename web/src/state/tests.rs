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

fn ids(state: &State) -> Vec<&str> {
    source(state).roll.rows().iter().map(Row::id).collect()
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
    let roll = &source(&state).roll;
    assert_eq!(
        (roll.n_merged, roll.n_of_person(&roll.rows()[0])),
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
    assert_eq!(state.rows().len(), 2);
    assert!(reduced(&state, [Action::ShowChosen(Some("upsun"))]).rows().is_empty());
    assert_eq!(reduced(&state, [Action::ShowChosen(Some("insightiq"))]).rows().len(), 2);
}
