//! The demo as a transport: no proxy, no network, invented data. Who plays comes from outside, because in a browser it
//! is a module of its own that is loaded only when it is needed.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use roster_client::{Clock, Transport};
use roster_core::{Error, ErrorKind, Request, Response, UnixMs};
use roster_demo::message;

#[cfg(target_arch = "wasm32")]
pub(crate) mod module;

/// How long an answer takes, in milliseconds: long enough that pages arrive one by one and a load can be stopped.
const PACE_MS: u64 = 40;

/// Plays the APIs.
pub trait Player {
    /// The answer to `ayrshare/profiles?limit=100`, as the bytes of a [`message`].
    ///
    /// # Errors
    /// What went wrong, in words.
    fn answer(&self, target: &str, now: UnixMs) -> Result<Vec<u8>, String>;
}

/// Asks a player.
pub struct DemoTransport {
    player: Box<dyn Player>,
    clock: Rc<dyn Clock>,
}

impl DemoTransport {
    /// Asks this player at the time of this clock.
    pub fn new(player: Box<dyn Player>, clock: Rc<dyn Clock>) -> Self {
        Self { player, clock }
    }

    fn answer(&self, request: &Request) -> Result<Response, Error> {
        let received = self.clock.now();
        let answer = self.player.answer(&request.target(), received);
        answer
            .and_then(|bytes| message::read(&bytes, received).ok_or_else(|| "its answer cannot be read".to_owned()))
            .map_err(|reason| failed(&reason).with_provider(request.provider))
    }
}

impl Transport for DemoTransport {
    fn send<'a>(&'a self, request: &'a Request) -> LocalBoxFuture<'a, Result<Response, Error>> {
        async move {
            self.clock.sleep(PACE_MS).await;
            self.answer(request)
        }
        .boxed_local()
    }
}

/// The demo cannot play.
pub(crate) fn failed(reason: &str) -> Error {
    Error::new(ErrorKind::Upstream, format!("the demo cannot play: {reason}"))
}
