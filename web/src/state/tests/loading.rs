//! Loads: what is late is dropped, what came stays, every state has its word.

use roster_core::{End, Error, ErrorKind};

use super::*;
use crate::source::{Load, Wait};

fn failure() -> LoadEvent {
    LoadEvent::LoadFailed(Error::new(ErrorKind::Upstream, "x"))
}

#[test]
fn a_late_answer_is_dropped_and_draws_nothing() {
    let mut world = World::loaded(&["a"]);
    world.intake = Intake::default();
    let newer = world.hear("insightiq", 2, began("insightiq")).state.clone();
    assert!(keys(&newer).is_empty(), "a new question begins with an empty list");
    for (generation, event) in [(1, failure()), (1, began("insightiq")), (3, failure())] {
        let state = world.hear("insightiq", generation, event).state.clone();
        assert!(Rc::ptr_eq(&state, &newer), "{generation}");
    }
}

#[test]
fn a_failed_second_page_keeps_the_first() {
    let mut world = World::loaded(&["a", "b"]);
    world
        .hear("insightiq", 1, LoadEvent::Resumed(Goal::All))
        .hear("insightiq", 1, failure());
    assert_eq!(keys(&world.state), ["insightiq:a", "insightiq:b"]);
    assert_eq!(
        (world.source().state_word(), world.source().page_number()),
        ("failed", 2)
    );
    world
        .hear("insightiq", 1, LoadEvent::Resumed(Goal::All))
        .take("insightiq", 1, page(&["c"]));
    assert_eq!(keys(&world.state), ["insightiq:a", "insightiq:b", "insightiq:c"]);
}

#[test]
fn while_everything_loads_a_minute_turns_for_the_counts_only_with_what_comes() {
    let at = |n_minutes: i64| crate::state::minute(NOW.plus_ms(n_minutes * 60_000));
    let tick = |world: &mut World, n_minutes: i64| {
        let now = NOW.plus_ms(n_minutes * 60_000);
        world.state = world.state.clone().reduce(Action::Ticked(now));
        world.state.question().now
    };
    let mut world = World::loaded(&["a", "b"]);
    assert_eq!(tick(&mut world, 1), at(1));
    world.hear("insightiq", 1, LoadEvent::Resumed(Goal::All));
    assert_eq!(tick(&mut world, 2), at(1));
    world.take("insightiq", 1, page(&["c"]));
    assert_eq!(
        world.state.question().now,
        at(0),
        "events of this test happen at one instant"
    );
    assert_eq!(tick(&mut world, 3), at(0));
    world.hear("insightiq", 1, LoadEvent::Rested(None));
    assert_eq!(tick(&mut world, 4), at(4));
}

#[test]
fn every_state_of_a_load_has_its_word() {
    let wait = Wait {
        until: NOW.plus_ms(7000),
        attempt: 1,
        of: 3,
        error: Error::new(ErrorKind::RateLimited, "x"),
    };
    let mut world = World::default();
    assert_eq!(world.source().state_word(), "idle");
    for (event, word) in [
        (began("insightiq"), "loading"),
        (LoadEvent::Waited(wait), "waiting"),
        (LoadEvent::Stopped, "stopped"),
        (LoadEvent::Resumed(Goal::All), "loading"),
        (LoadEvent::Rested(None), "ready"),
        (LoadEvent::Rested(Some(End::Truncated)), "stopped"),
        (failure(), "failed"),
        (LoadEvent::Rested(Some(End::Complete)), "done"),
    ] {
        assert_eq!(world.hear("insightiq", 1, event).source().state_word(), word);
    }
}

#[test]
fn a_profile_that_comes_again_is_merged_and_one_that_changed_is_counted() {
    let mut world = World::loaded(&["a", "b", "a"]);
    assert_eq!(keys(&world.state), ["insightiq:a", "insightiq:b"]);
    let row = world.state.index.find("insightiq:a").unwrap();
    let n_of_person = world.state.index.n_of_person(&row);
    assert_eq!(n_of_person, 2, "the person is counted once a profile");
    world.take(
        "insightiq",
        1,
        parsed("insightiq", r#"{"data":[{"id":"a","full_name":"Ann"}]}"#),
    );
    let roll = &world.source().roll;
    assert_eq!((roll.len(), roll.n_merged, roll.n_changed), (2, 2, 1));
}

#[test]
fn time_is_counted_while_it_runs_and_not_while_it_rests() {
    let at = |ms: i64, event: LoadEvent| Action::Loaded {
        provider: "insightiq",
        generation: 1,
        event,
        index: Index::default(),
        now: UnixMs(ms),
    };
    let events = [
        at(0, began("insightiq")),
        at(1000, LoadEvent::Stopped),
        at(5000, LoadEvent::Resumed(Goal::All)),
    ];
    let state = reduced(&Rc::default(), events);
    assert_eq!(state.source("insightiq").unwrap().elapsed_ms(UnixMs(7000)), 3000);
}

#[test]
fn a_place_from_before_a_reload_is_offered_until_the_load_has_passed_it() {
    let mut world = World::loaded(&["a", "b"]);
    world.hear("insightiq", 1, LoadEvent::PlaceFound(3));
    assert_eq!(world.source().earlier, Some(3));
    world.take("insightiq", 1, page(&["c", "d", "e"]));
    assert_eq!(world.source().earlier, None);
}

#[test]
fn people_who_do_not_see_the_screen_hear_when_a_load_rests() {
    let mut world = World::loaded(&["a", "b"]);
    assert_eq!(
        world.state.announcement,
        "InsightIQ: 2 profiles so far. More are available."
    );
    world.hear("insightiq", 1, LoadEvent::Resumed(Goal::All));
    assert!(matches!(world.source().load, Load::Loading));
    world.hear("insightiq", 1, failure());
    assert!(
        world.state.announcement.contains("has a problem on its side"),
        "{}",
        world.state.announcement
    );
}
