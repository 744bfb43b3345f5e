mod asking;
mod loading;
mod ordering;
mod showing;

use std::rc::Rc;

use roster_core::{Page, Progress, Query, Response};

use super::*;
use crate::choice::Choice;
use crate::intake::Intake;
use crate::source::{Goal, LoadEvent};
use crate::url::Link;

const NOW: UnixMs = UnixMs(1_000_000);

fn reduced(state: &Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state.clone(), Reducible::reduce)
}

/// A screen with the intake that fills it.
#[derive(Default)]
struct World {
    state: Rc<State>,
    intake: Intake,
}

impl World {
    fn hear(&mut self, provider: &'static str, generation: u64, event: LoadEvent) -> &mut Self {
        let action = Action::Loaded {
            provider,
            generation,
            event,
            index: self.intake.index(),
            now: NOW,
        };
        self.state = self.state.clone().reduce(action);
        self
    }

    fn take(&mut self, provider: &'static str, generation: u64, page: Page) -> &mut Self {
        let event = LoadEvent::PageLoaded {
            freshness: page.freshness,
            progress: Progress {
                n_pages: 1,
                n_items: page.n_items(),
                total: None,
            },
            taken: self.intake.take(page),
            budget: None,
        };
        self.hear(provider, generation, event)
    }

    /// A first page of InsightIQ with these ids.
    fn loaded(ids: &[&str]) -> Self {
        let mut world = Self::default();
        world.hear("insightiq", 1, began("insightiq"));
        world.hear("insightiq", 1, LoadEvent::Resumed(Goal::Page));
        world.take("insightiq", 1, page(ids));
        world.hear("insightiq", 1, LoadEvent::Rested(None));
        world
    }

    fn source(&self) -> &Source {
        self.state.source("insightiq").unwrap()
    }
}

fn began(provider: &str) -> LoadEvent {
    LoadEvent::Began(State::default().source(provider).unwrap().query().unwrap())
}

fn page(ids: &[&str]) -> Page {
    let records: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"id":"{id}","user":{{"id":"p"}}}}"#))
        .collect();
    parsed("insightiq", &format!(r#"{{"data":[{}]}}"#, records.join(",")))
}

fn parsed(provider: &str, body: &str) -> Page {
    let query = Query::new(provider, "profiles").unwrap();
    let parsed = query
        .provider()
        .unwrap()
        .parse(&query.request().unwrap(), &Response::new(200, body));
    parsed.unwrap()
}

fn keys(state: &State) -> Vec<String> {
    let rows = state.index.window(&state.answer(), 0, usize::MAX).rows;
    rows.iter().map(|row| state.index.key(*row).unwrap()).collect()
}

fn typed(state: &Rc<State>, text: &str) -> Rc<State> {
    reduced(state, [Action::QueryTyped(text.to_owned())])
}

#[test]
fn a_tick_draws_only_what_counts_seconds() {
    let mut world = World::loaded(&["a"]);
    let resting = world.state.clone();
    let later = resting.clone().reduce(Action::Ticked(NOW.plus_ms(1)));
    assert!(Rc::ptr_eq(&resting, &later));
    let minute = resting.clone().reduce(Action::Ticked(NOW.plus_ms(60_000)));
    assert!(!Rc::ptr_eq(&resting, &minute), "relative dates change with the minute");
    world.hear("insightiq", 1, LoadEvent::Resumed(Goal::All));
    let later = world.state.clone().reduce(Action::Ticked(NOW.plus_ms(1)));
    assert!(!Rc::ptr_eq(&world.state, &later));
}

#[test]
fn opening_and_closing_move_the_focus_where_it_belongs_and_are_steps_to_go_back_from() {
    let state = World::loaded(&["id0", "id1", "id2"]).state;
    let open = reduced(&state, [Action::ProfileOpened("insightiq:id1".to_owned())]);
    assert_eq!((open.focus.1.as_str(), open.n_steps), (DRAWER_TITLE_ID, 1));
    let answer = open.answer();
    assert_eq!(
        open.index.neighbours(&answer, "insightiq:id1"),
        (Some("insightiq:id0".to_owned()), Some("insightiq:id2".to_owned()))
    );
    assert_eq!(open.index.neighbours(&answer, "insightiq:id0").0, None);
    let closed = reduced(&open, [Action::ProfileClosed]);
    assert_eq!(
        (closed.open.clone(), closed.focus.1.as_str(), closed.n_steps),
        (None, "open-insightiq:id1", 2)
    );
    let again = closed.clone().reduce(Action::ProfileClosed);
    assert!(Rc::ptr_eq(&again, &closed));
}

#[test]
fn keys_go_from_card_to_card_and_a_new_question_begins_at_the_first() {
    let state = World::loaded(&["a", "b", "c"]).state;
    let on = reduced(&state, [Action::CardsPassed(1), Action::CardsPassed(1)]);
    assert_eq!((on.place.at, on.place.takes_focus, on.place.n_wishes), (2, true, 2));
    assert_eq!(reduced(&on, [Action::CardsPassed(-5)]).place.at, 0);
    let focused = reduced(&on, [Action::CardFocused(1), Action::CardsPassed(1)]);
    assert_eq!(focused.place.at, 2, "they start from the card that has the focus");
    let asked = typed(&on, "a");
    assert_eq!((asked.place.at, asked.active, asked.place.takes_focus), (0, 0, false));
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
fn the_kept_view_is_shown_unless_the_address_says_another() {
    let read = Action::SettingsRead(Settings {
        view: View::Compact,
        ..Settings::default()
    });
    let follow = |fragment: &str| Action::LinkFollowed(Link::parse(fragment), None);
    assert_eq!(reduced(&Rc::default(), [read.clone(), follow("")]).view, View::Compact);
    let state = reduced(&Rc::default(), [read, follow("view=table")]);
    assert_eq!(state.view, View::Table);
    assert_eq!(
        reduced(&state, [follow("")]).view,
        View::Cards,
        "the way back leads to what was there"
    );
}

#[test]
fn a_single_letter_is_no_command_once_that_is_switched_off() {
    let state = reduced(&Rc::default(), [Action::KeysChosen(false), Action::HelpShown(true)]);
    assert!(!state.settings.has_keys && state.has_help);
    assert_eq!(state.focus.1, HELP_TITLE_ID);
}
