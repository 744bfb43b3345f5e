//! The program in a browser: its network, its clock, its start.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use roster_client::{BrowserClock, BrowserTransport, Clock, Transport};
use roster_core::{Error, ErrorKind, Request, Response};

use crate::app::{App, AppProps};
use crate::demo::module::Module;
use crate::demo::{DemoTransport, failed};
use crate::effects::{Outside, Sink};
use crate::turns::Turns;
use crate::{page, texts};

/// Longest time for one answer, in milliseconds. The proxy gives up on an API before that.
const TIMEOUT_MS: u64 = 60_000;

#[derive(Default)]
struct Browser(Rc<Turns>);

/// Sends requests with the page's `fetch`. To bring a large answer over costs as much as a slice; it is taken apart in
/// the next turn, but for the first one, for which a person waits.
struct Network {
    fetch: BrowserTransport,
    turns: Rc<Turns>,
    has_answered: Cell<bool>,
}

/// Asks, and asks again each time that there is a network again. What did not come for want of one says nothing of who
/// was asked, and a second try before there is one is of no use.
async fn connected<F: Future<Output = Result<Response, Error>>>(ask: impl Fn() -> F) -> Result<Response, Error> {
    loop {
        let answer = ask().await;
        let is_lost = matches!(&answer, Err(error) if error.kind() == ErrorKind::Network);
        if !is_lost {
            return answer;
        }
        // What follows is in the second part of the program, which cannot be fetched at once without a network.
        page::whole().await;
        if !page::is_offline() {
            return answer;
        }
        page::online().await;
    }
}

impl Transport for Network {
    fn send<'a>(&'a self, request: &'a Request) -> LocalBoxFuture<'a, Result<Response, Error>> {
        async move {
            let response = connected(|| self.fetch.send(request)).await;
            if self.has_answered.replace(true) {
                self.turns.next().await;
            }
            response
        }
        .boxed_local()
    }
}

impl Outside for Browser {
    fn fetch(&self, base_url: &str, target: &str) -> LocalBoxFuture<'static, Result<Response, Error>> {
        let (transport, target) = (BrowserTransport::new(base_url, TIMEOUT_MS), target.to_owned());
        async move { connected(|| transport.get(&target)).await }.boxed_local()
    }

    fn transport(&self, base_url: &str) -> Rc<dyn Transport> {
        Rc::new(Network {
            fetch: BrowserTransport::new(base_url, TIMEOUT_MS),
            turns: self.0.clone(),
            has_answered: Cell::new(false),
        })
    }

    fn demo(&self) -> LocalBoxFuture<'static, Result<Rc<dyn Transport>, Error>> {
        let file = page::demo_file().map(|file| self.fetch(".", &file));
        async move {
            let file = file.ok_or_else(|| failed("the page names no file for it"))?.await?;
            let player = Box::new(Module::start(file).await?);
            let transport: Rc<dyn Transport> = Rc::new(DemoTransport::new(player, Rc::new(BrowserClock)));
            Ok(transport)
        }
        .boxed_local()
    }

    fn clock(&self) -> Rc<dyn Clock> {
        Rc::new(BrowserClock)
    }

    /// A timer would make the fifth turn, and each after it, wait four milliseconds; a message does not.
    fn pass(&self) -> LocalBoxFuture<'static, ()> {
        self.0.next().boxed_local()
    }

    fn whole(&self) -> LocalBoxFuture<'static, ()> {
        page::whole().boxed_local()
    }

    fn sink(&self) -> Box<dyn Sink> {
        Box::new(page::Parts::default())
    }

    fn copy(&self, text: &str) -> LocalBoxFuture<'static, bool> {
        page::copy(text).boxed_local()
    }

    fn kept(&self, name: &str) -> Option<String> {
        page::stored(name)
    }

    fn keep(&self, name: &str, text: Option<&str>) {
        page::store(name, text);
    }
}

/// Draws the program in place of the shell that the page came with.
pub(crate) fn start() {
    // Yew would set a hook of its own that only writes to the console.
    yew::set_custom_panic_hook(Box::new(|info| {
        page::say_stopped(&texts::stopped_by_bug(&info.to_string()));
    }));
    let outside: Rc<dyn Outside> = Rc::new(Browser::default());
    if let Some(root) = page::app_root() {
        yew::Renderer::<App>::with_root_and_props(
            root,
            AppProps {
                outside: outside.into(),
            },
        )
        .render();
    }
}
