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
mod loads;

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

    fn copy(&self, text: &str) -> LocalBoxFuture<'static, bool> {
        self.keep("clipboard", Some(text));
        std::future::ready(true).boxed_local()
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

/// The sandbox with these faults.
fn with(faults: &[&str]) -> Settings {
    Settings {
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..Settings::default()
    }
}

/// A screen that effects and reducer keep up to date.
struct World {
    state: Rc<RefCell<Rc<State>>>,
    effects: Effects,
    transport: Rc<Gated>,
}

impl World {
    fn new(settings: Settings, device: Device) -> Self {
        let clock = Rc::new(TestClock(Cell::new(NOW)));
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

    /// A screen whose three first pages are on their way.
    async fn asking(settings: Settings, device: Device) -> Self {
        let world = Self::new(settings, device);
        world.effects.find_origin();
        world.until("the proxy is found", |state| state.origin.is_some()).await;
        world.ask();
        world.transport.gate.add_permits(3);
        world
    }

    /// The same on a device that keeps something.
    async fn settled_on(device: Device, faults: &[&str]) -> Self {
        Self::settled_with(with(faults), device).await
    }

    /// The same with other profiles.
    async fn settled_with(settings: Settings, device: Device) -> Self {
        let world = Self::asking(settings, device).await;
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
