//! The whole way of a load without a browser: effects, sandbox and reducer together. Time is a number that each sleep
//! moves on; a gate holds requests until the test lets them through.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use roster_client::{Clock, Transport};
use roster_core::{End, Error, Request, Response, Source, Sources, UnixMs};
use roster_demo::{Demo, message};
use roster_sandbox::Settings;
use tokio::sync::Semaphore;
use tokio::task::{LocalSet, yield_now};
use yew::{Callback, Reducible};

mod files;

use super::*;
use crate::demo::{DemoTransport, Player};
use crate::source::Load;
use crate::state::State;

/// 21 November 2026.
const NOW: UnixMs = UnixMs(1_795_219_200_000);

struct TestClock(Cell<UnixMs>);

impl Clock for TestClock {
    fn now(&self) -> UnixMs {
        self.0.get()
    }

    fn sleep(&self, ms: u64) -> LocalBoxFuture<'static, ()> {
        self.0.set(self.0.get().plus_ms(i64::try_from(ms).unwrap()));
        yield_now().boxed_local()
    }

    fn chance(&self) -> f64 {
        1.0
    }
}

/// The demo without its module, and with chosen faults.
struct Native(RefCell<Demo>);

impl Player for Native {
    fn answer(&self, target: &str, now: UnixMs) -> Result<Vec<u8>, String> {
        Ok(message::write(&self.0.borrow_mut().answer(target, now)))
    }
}

/// The sandbox behind a gate, with a record of what was asked.
struct Gated {
    sandbox: DemoTransport,
    gate: Semaphore,
    asked: RefCell<Vec<String>>,
}

impl Transport for Gated {
    fn send<'a>(&'a self, request: &'a Request) -> LocalBoxFuture<'a, Result<Response, Error>> {
        self.asked.borrow_mut().push(request.target());
        async move {
            self.gate.acquire().await.unwrap().forget();
            self.sandbox.send(request).await
        }
        .boxed_local()
    }
}

struct TestPlace {
    clock: Rc<TestClock>,
    transport: Rc<Gated>,
    device: Device,
}

impl Outside for TestPlace {
    fn fetch(&self, _base_url: &str, target: &str) -> LocalBoxFuture<'static, Result<Response, Error>> {
        let answer = match target {
            "sources" => {
                let provider = "ayrshare".to_owned();
                let sources = vec![Source {
                    provider,
                    ..Source::default()
                }];
                Response::new(200, Sources { sources }.to_json())
            }
            _ => Response::new(404, "not found"),
        };
        async move { Ok(answer) }.boxed_local()
    }

    fn transport(&self, _base_url: &str) -> Rc<dyn Transport> {
        self.transport.clone()
    }

    fn demo(&self) -> LocalBoxFuture<'static, Result<Rc<dyn Transport>, Error>> {
        let error = Error::new(roster_core::ErrorKind::Upstream, "the module is broken".to_owned());
        async move { Err(error) }.boxed_local()
    }

    fn clock(&self) -> Rc<dyn Clock> {
        self.clock.clone()
    }

    fn sink(&self) -> Box<dyn Sink> {
        Box::new(TestSink(self.device.clone(), String::new()))
    }

    fn copy(&self, text: &str) {
        self.keep("clipboard", Some(text));
    }

    fn kept(&self, name: &str) -> Option<String> {
        self.device.borrow().get(name).cloned()
    }

    fn keep(&self, name: &str, text: Option<&str>) {
        let mut device = self.device.borrow_mut();
        match text {
            Some(text) => device.insert(name.to_owned(), text.to_owned()),
            None => device.remove(name),
        };
    }
}

/// Files are kept on the device, under their names.
struct TestSink(Device, String);

impl Sink for TestSink {
    fn push(&mut self, text: &str) {
        self.1 += text;
    }

    fn save(&self, name: &str, media_type: &str) {
        let file = [media_type, "\n", &self.1].concat();
        self.0.borrow_mut().insert(name.to_owned(), file);
    }
}

/// What is kept on a device, also when the page is left.
type Device = Rc<RefCell<BTreeMap<String, String>>>;

/// A screen that effects and reducer keep up to date.
struct World {
    state: Rc<RefCell<Rc<State>>>,
    effects: Effects,
    transport: Rc<Gated>,
}

impl World {
    fn new(faults: &[&str], device: Device) -> Self {
        let clock = Rc::new(TestClock(Cell::new(NOW)));
        let settings = Settings {
            faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
            ..Settings::default()
        };
        let transport = Rc::new(Gated {
            sandbox: DemoTransport::new(Box::new(Native(Demo::playing(settings).into())), clock.clone()),
            gate: Semaphore::new(0),
            asked: RefCell::default(),
        });
        let state = Rc::new(RefCell::new(Rc::new(State::default())));
        let send = {
            let state = state.clone();
            Callback::from(move |action| {
                let next = state.borrow().clone().reduce(action);
                *state.borrow_mut() = next;
            })
        };
        let place = Rc::new(TestPlace {
            clock,
            transport: transport.clone(),
            device,
        });
        Self {
            state,
            effects: Effects::new(place, send),
            transport,
        }
    }

    /// A screen whose three first pages have come.
    async fn settled(faults: &[&str]) -> Self {
        Self::settled_on(Device::default(), faults).await
    }

    /// The same on a device that keeps something.
    async fn settled_on(device: Device, faults: &[&str]) -> Self {
        let world = Self::new(faults, device);
        world.effects.find_origin();
        world.until("the proxy is found", |state| state.origin.is_some()).await;
        world.ask();
        world.transport.gate.add_permits(3);
        let rests = |state: &State| {
            state
                .sources
                .iter()
                .all(|source| !source.is_running() && source.load != Load::Idle)
        };
        world.until("the first pages are there", rests).await;
        world
    }

    fn ask(&self) {
        self.effects.ask(self.state().queries());
    }

    fn act(&self, action: Action) {
        let next = self.state().reduce(action);
        *self.state.borrow_mut() = next;
        self.ask();
    }

    fn state(&self) -> Rc<State> {
        self.state.borrow().clone()
    }

    fn load(&self, provider: &str) -> Load {
        self.state().source(provider).unwrap().load.clone()
    }

    fn n_rows(&self, provider: &str) -> usize {
        self.state().source(provider).unwrap().roll.len()
    }

    fn asked(&self, provider: &str) -> Vec<String> {
        let asked = self.transport.asked.borrow();
        asked
            .iter()
            .filter(|target| target.starts_with(provider))
            .cloned()
            .collect()
    }

    /// Lets other tasks run until the state is as wanted.
    async fn until(&self, what: &str, is_so: impl Fn(&State) -> bool) {
        for _ in 0..10_000 {
            if is_so(&self.state()) {
                return;
            }
            yield_now().await;
        }
        panic!("it never came to this: {what}");
    }

    async fn until_load(&self, provider: &str, is_so: impl Fn(&Load) -> bool) {
        let load = |state: &State| is_so(&state.source(provider).unwrap().load);
        self.until("the load is as wanted", load).await;
    }
}

fn typed(text: &str) -> crate::index::Question {
    crate::index::Question {
        text: text.to_owned(),
        now: NOW,
        ..crate::index::Question::default()
    }
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    LocalSet::new().block_on(&runtime, test);
}

const DONE: Load = Load::Ended(End::Complete);

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
        let world = World::new(&[], Device::default());
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
