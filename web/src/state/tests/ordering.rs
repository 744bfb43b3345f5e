//! Orders: a long list stands as it did until the one that is wanted is made.

use super::*;
use crate::index::{order, order_text};

/// A list too long to be put in order at once.
fn long() -> World {
    let ids: Vec<String> = (0..5_000).map(|id| id.to_string()).collect();
    World::loaded(&ids.iter().map(String::as_str).collect::<Vec<_>>())
}

fn chosen(state: &Rc<State>, sort: &str) -> Rc<State> {
    reduced(state, [Action::OrderChosen(order(sort))])
}

fn made(world: &World, state: &Rc<State>, sort: &str) -> Rc<State> {
    reduced(state, [Action::Ordered(order(sort), NOW, world.intake.index())])
}

/// The order that is wanted, and the one in which the list stands.
fn orders(state: &State) -> (String, String) {
    (order_text(&state.sort), order_text(&state.question().sort))
}

fn both(wanted: &str, listed: &str) -> (String, String) {
    (wanted.to_owned(), listed.to_owned())
}

#[test]
fn a_short_list_is_put_in_another_order_at_once() {
    let state = chosen(&World::loaded(&["a", "b"]).state, "title");
    assert_eq!(orders(&state), both("title", "title"));
}

#[test]
fn a_long_list_stands_as_it_did_until_the_other_order_is_made() {
    let world = long();
    let state = chosen(&world.state, "title");
    assert_eq!(orders(&state), both("title", ""));
    let state = made(&world, &state, "");
    assert_eq!(orders(&state), both("title", ""), "one that was under way before");
    let state = made(&world, &state, "title");
    assert_eq!(orders(&state), both("title", "title"));
    let again = made(&world, &state, "title");
    assert!(Rc::ptr_eq(&state, &again), "nothing is drawn for what is known");
}

#[test]
fn who_goes_back_to_the_order_that_stands_needs_no_other() {
    let world = long();
    let state = chosen(&chosen(&world.state, "title"), "created");
    assert_eq!(orders(&state), both("created", ""));
    assert_eq!(orders(&chosen(&state, "")), both("", ""));
}

#[test]
fn the_minute_turns_for_the_order_by_urgency_when_that_is_made() {
    let minutes = |n: i64| crate::state::minute(NOW.plus_ms(n * 60_000));
    let world = long();
    let state = made(&world, &chosen(&world.state, "-urgency"), "-urgency");
    let later = reduced(&state, [Action::Ticked(minutes(5))]);
    assert_eq!(later.question().now, NOW);
    let index = world.intake.index();
    let later = reduced(&later, [Action::Ordered(order("-urgency"), minutes(5), index)]);
    assert_eq!(later.question().now, minutes(5));
    let by_name = made(&world, &chosen(&later, "title"), "title");
    let later = reduced(&by_name, [Action::Ticked(minutes(6))]);
    assert_eq!(later.question().now, minutes(6), "names stand as they did");
}
