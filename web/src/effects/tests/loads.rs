//! Loads: their beginning, their end, and everything that stands between.

use super::*;

#[test]
fn the_first_page_of_each_source_comes_by_itself_with_one_request_each() {
    run(async {
        let world = World::settled(&[]).await;
        assert_eq!((world.load("ayrshare"), world.n_rows("ayrshare")), (Load::Ready, 100));
        assert_eq!((world.load("insightiq"), world.n_rows("insightiq")), (DONE, 60));
        assert_eq!((world.load("upsun"), world.n_rows("upsun")), (DONE, 30));
        assert_eq!(world.asked("ayrshare"), ["ayrshare/profiles?limit=100"]);
        assert_eq!(world.asked("insightiq"), ["insightiq/profiles?limit=100"]);
        assert_eq!(world.asked("upsun"), ["upsun/profiles"]);
        assert_eq!(world.state().answer().total, 190);
    });
}

#[test]
fn the_first_cards_are_there_before_the_first_page_is_read_to_its_end_and_none_of_them_moves() {
    run(async {
        let world = World::asking(with(&[]), Device::default()).await;
        let keys = |n_rows: usize| {
            let (state, answer) = (world.state(), world.state().answer());
            (0..n_rows)
                .map(|place| state.index.key_at(&answer, place).unwrap())
                .collect::<Vec<_>>()
        };
        world
            .until("the first profiles are seen", |state| !state.index.is_empty())
            .await;
        let n_first = world.state().answer().n_loaded;
        assert!((1..100).contains(&n_first), "{n_first}");
        assert_eq!(world.n_rows("ayrshare"), 0, "a page is counted when it is whole");
        assert_eq!(world.load("ayrshare"), Load::Loading);
        let first = keys(n_first);
        world.until_load("ayrshare", |load| *load == Load::Ready).await;
        assert_eq!(world.n_rows("ayrshare"), 100);
        assert_eq!(keys(n_first), first);
    });
}

#[test]
fn stopping_gives_the_request_up_and_continuing_asks_for_the_same_page() {
    run(async {
        let world = World::settled(&[]).await;
        world.effects.resume("ayrshare", Goal::All);
        world
            .until("the second page is asked for", |_| world.asked("ayrshare").len() == 2)
            .await;
        world.effects.stop("ayrshare");
        world.until_load("ayrshare", |load| *load == Load::Stopped).await;
        assert_eq!(world.n_rows("ayrshare"), 100, "what came stays");
        world.transport.gate.add_permits(1);
        world.effects.resume("ayrshare", Goal::All);
        world.until_load("ayrshare", |load| *load == DONE).await;
        let asked = world.asked("ayrshare");
        assert_eq!(asked.len(), 3);
        assert_eq!(asked[1], asked[2]);
        assert_eq!(world.n_rows("ayrshare"), 150);
    });
}

#[test]
fn a_page_that_fails_three_times_keeps_the_cards_and_is_the_only_one_asked_again() {
    run(async {
        let world = World::settled(&["ayrshare/profiles:status-500@2x3"]).await;
        world.transport.gate.add_permits(4);
        world.effects.resume("ayrshare", Goal::All);
        world
            .until_load("ayrshare", |load| matches!(load, Load::Failed(_)))
            .await;
        assert_eq!(world.n_rows("ayrshare"), 100);
        assert_eq!(world.state().source("ayrshare").unwrap().page_number(), 2);
        assert_eq!(world.load("upsun"), DONE, "the other sources are as they were");
        world.effects.resume("ayrshare", Goal::All);
        world.until_load("ayrshare", |load| *load == DONE).await;
        let asked = world.asked("ayrshare");
        assert_eq!(asked.len(), 5);
        assert!(asked[2..].iter().all(|target| *target == asked[1]));
    });
}

#[test]
fn a_rate_limit_is_waited_for_and_the_load_goes_on_by_itself() {
    run(async {
        let world = World::settled(&["ayrshare/profiles:rate-limit=7@2x1"]).await;
        let waits = Rc::new(RefCell::new(Vec::new()));
        world.transport.gate.add_permits(1);
        world.effects.resume("ayrshare", Goal::Page);
        let heard = waits.clone();
        let wait = move |load: &Load| match load {
            Load::Waiting(wait) => {
                heard.borrow_mut().push(wait.clone());
                true
            }
            _ => false,
        };
        world.until_load("ayrshare", wait).await;
        let wait = waits.borrow()[0].clone();
        assert_eq!((wait.attempt, wait.error.retry_after_ms()), (1, Some(7000)));
        assert_eq!(world.n_rows("ayrshare"), 100, "what came stays");
        world.transport.gate.add_permits(1);
        world.until_load("ayrshare", |load| *load == DONE).await;
        assert_eq!(world.n_rows("ayrshare"), 150);
    });
}

#[test]
fn a_place_that_the_api_forgot_is_left_by_starting_over_and_nothing_is_lost_or_doubled() {
    run(async {
        let world = World::settled(&["ayrshare/profiles:expired-cursor@2x1"]).await;
        world.transport.gate.add_permits(1);
        world.effects.resume("ayrshare", Goal::All);
        world
            .until_load("ayrshare", |load| matches!(load, Load::Failed(_)))
            .await;
        assert!(world.state().source("ayrshare").unwrap().can_start_over());
        world.effects.start_over("ayrshare", Goal::All);
        assert_eq!(world.n_rows("ayrshare"), 100, "what came stays");
        world.transport.gate.add_permits(2);
        world.until_load("ayrshare", |load| *load == DONE).await;
        let state = world.state();
        let roll = &state.source("ayrshare").unwrap().roll;
        assert_eq!((roll.len(), roll.n_merged), (150, 100));
        let asked = world.asked("ayrshare");
        assert_eq!(
            asked[2], "ayrshare/profiles?limit=5000",
            "from the beginning, and by the largest pages since everything is wanted"
        );
    });
}

#[test]
fn a_changed_filter_starts_that_source_anew_and_drops_the_late_answer() {
    run(async {
        let world = World::settled(&[]).await;
        world.effects.resume("ayrshare", Goal::All);
        world
            .until("the second page is asked for", |_| world.asked("ayrshare").len() == 2)
            .await;
        world.act(Action::QueryTyped("no:platform".to_owned()));
        assert_eq!(world.asked("ayrshare").len(), 2, "a query is applied to what is loaded");
        world.act(Action::AskingChosen("ayrshare", true));
        world
            .until("the filter is asked", |_| world.asked("ayrshare").len() == 3)
            .await;
        assert_eq!(
            world.n_rows("ayrshare"),
            0,
            "the old answer does not stand under the new question"
        );
        world.transport.gate.add_permits(2);
        world
            .until_load("ayrshare", |load| matches!(load, Load::Ended(_) | Load::Ready))
            .await;
        let asked = world.asked("ayrshare");
        assert_eq!(asked[2], "ayrshare/profiles?hasActiveSocialAccounts=false&limit=100");
        assert_eq!(asked.len(), 3, "the old load asks for nothing more");
        let state = world.state();
        let has_none = |row: &u32| !state.index.row(*row).unwrap().text().contains("\"instagram\"");
        let rows = state.index.window(&state.answer(), 0, usize::MAX).rows;
        assert!(!rows.is_empty() && rows.iter().all(has_none));
        assert_eq!(
            (state.index.len(), world.n_rows("insightiq"), world.n_rows("upsun")),
            (rows.len() + 90, 60, 30)
        );
        assert_eq!(world.asked("upsun").len(), 1, "no other source is asked");
    });
}

#[test]
fn a_question_that_changes_with_every_letter_is_asked_once_it_stands() {
    run(async {
        let world = World::settled(&[]).await;
        world.act(Action::QueryTyped("title:\"A".to_owned()));
        world.act(Action::AskingChosen("ayrshare", true));
        for text in ["title:\"Ac", "title:\"Acm", "title:\"Acme\""] {
            world.act(Action::QueryTyped(text.to_owned()));
        }
        world.until("it is asked", |_| world.asked("ayrshare").len() > 1).await;
        for _ in 0..20 {
            yield_now().await;
        }
        assert_eq!(world.asked("ayrshare")[1..], ["ayrshare/profiles?title=Acme&limit=100"]);
    });
}

#[test]
fn after_a_reload_the_load_goes_on_where_it_had_stopped() {
    run(async {
        let device = Device::default();
        let many = &["ayrshare/profiles:status-500@3x9"];
        let world = World::settled_on(device.clone(), many).await;
        world.transport.gate.add_permits(9);
        world.effects.resume("ayrshare", Goal::Page);
        world.until_load("ayrshare", |load| *load == DONE).await;
        assert_eq!(device.borrow().len(), 0, "what is complete needs no place");

        let place = "v=roster1&provider=ayrshare&route=profiles&q.limit=100&cursor=";
        device.borrow_mut().insert(
            "roster.place.ayrshare".to_owned(),
            [place, "x&pages=7&items=700"].concat(),
        );
        let world = World::settled_on(device.clone(), &[]).await;
        assert_eq!(world.state().source("ayrshare").unwrap().earlier, Some(700));
        assert_eq!(
            device.borrow().len(),
            1,
            "a load that is behind it does not overwrite it"
        );
        world.transport.gate.add_permits(1);
        world.effects.go_on("ayrshare");
        world
            .until("the place is asked for", |_| world.asked("ayrshare").len() == 2)
            .await;
        assert_eq!(world.asked("ayrshare")[1], "ayrshare/profiles?limit=5000&cursor=x");
    });
}

#[test]
fn what_is_typed_is_completed_from_what_is_loaded_and_a_newer_text_wins() {
    run(async {
        let world = World::settled(&[]).await;
        world.effects.suggest("pla".to_owned(), 3);
        world.effects.suggest("plat".to_owned(), 4);
        world
            .until("they are there", |state| !state.suggestions.list.is_empty())
            .await;
        let suggestions = world.state().suggestions.clone();
        assert_eq!(
            (suggestions.text.as_str(), suggestions.list[0].text.as_str()),
            ("plat", "platform:")
        );
        assert!(suggestions.list[0].count > Some(0));
    });
}

#[test]
fn the_same_words_are_said_again_and_only_the_last_ones_after_a_pause() {
    run(async {
        let world = World::settled(&[]).await;
        world.effects.announce("1 of 2 profiles.".to_owned());
        world.effects.announce("2 of 2 profiles.".to_owned());
        world
            .until("it is said", |state| state.announcement == "2 of 2 profiles.")
            .await;
    });
}

#[test]
fn health_is_one_request_and_its_answer_belongs_to_one_profile() {
    run(async {
        let world = World::settled(&[]).await;
        let state = world.state();
        let answer = state.index.answer(&typed("source:ayrshare"));
        let key = state.index.key_at(&answer, 0).unwrap();
        world.transport.gate.add_permits(1);
        world.effects.load_parts(key.clone());
        world
            .until("the parts are there", |state| {
                matches!(state.parts.get(&key), Some(Parts::Loaded(_)))
            })
            .await;
        let Some(Parts::Loaded(row)) = world.state().parts.get(&key).cloned() else {
            panic!("the parts are gone")
        };
        assert_eq!(row.key(), key);
        assert!(row.text().contains("socialHealth"));
        assert_eq!(world.asked("ayrshare").len(), 2);
        let checked = world.state().index.answer(&typed("-health:unchecked source:ayrshare"));
        assert_eq!(checked.total, 1, "filters know it");
    });
}

#[test]
fn dropping_the_effects_ends_what_runs() {
    run(async {
        let world = World::settled(&[]).await;
        world.effects.resume("ayrshare", Goal::All);
        world
            .until("the second page is asked for", |_| world.asked("ayrshare").len() == 2)
            .await;
        let (state, transport) = (world.state.clone(), world.transport.clone());
        drop(world);
        transport.gate.add_permits(5);
        for _ in 0..100 {
            yield_now().await;
        }
        assert_eq!(transport.gate.available_permits(), 5, "no request goes on");
        assert_eq!(state.borrow().source("ayrshare").unwrap().roll.len(), 100);
    });
}

#[test]
fn without_a_proxy_the_demo_is_brought_and_what_keeps_it_away_is_told() {
    run(async {
        let world = World::new(with(&[]), Device::default());
        let place = TestPlace {
            clock: Rc::new(TestClock(Cell::new(NOW))),
            transport: world.transport.clone(),
            device: Device::default(),
        };
        let proxied = Origin {
            proxy: Some("api/v1".to_owned()),
            ..Origin::demo(None)
        };
        assert!(reach(&place, Ok(proxied)).await.is_ok());
        let missing = reach(&place, Ok(Origin::demo(None))).await.err().unwrap();
        assert_eq!(missing.message(), "the module is broken");
    });
}

#[test]
fn what_had_come_before_a_reload_is_loaded_again_when_the_end_is_reached() {
    run(async {
        let device = Device::default();
        let many = || Settings {
            n_profiles: 1_200,
            ..Settings::default()
        };
        let world = World::settled_with(many(), device.clone()).await;
        world.transport.gate.add_permits(2);
        world.effects.resume("ayrshare", Goal::Page);
        world.until_load("ayrshare", |load| *load == Load::Ready).await;
        world.effects.resume("ayrshare", Goal::Page);
        world
            .until("three pages came", |_| world.n_rows("ayrshare") == 300)
            .await;

        let world = World::settled_with(many(), device.clone()).await;
        assert_eq!(world.state().source("ayrshare").unwrap().earlier, Some(300));
        world.transport.gate.add_permits(9);
        world.effects.go_on("ayrshare");
        world.until_load("ayrshare", |load| *load == DONE).await;
        assert_eq!(world.n_rows("ayrshare"), 750, "none is missing in the middle");
        assert_eq!(
            world.state().source("ayrshare").unwrap().roll.n_merged,
            0,
            "and none came twice"
        );
        assert_eq!(device.borrow().len(), 0, "what is complete needs no place");
    });
}
