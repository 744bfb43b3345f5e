//! One load: pager, transport and retry, driven page by page.

use std::rc::Rc;

use roster_core::{Error, Page, Pager, Query, Response};

use crate::pace::{Pace, Waiting};
use crate::retry::Retry;
use crate::transport::{Clock, Transport};
use crate::walk::{Step, Walk};

/// Loads the pages of one query. After an error the next call asks for the same page again; nothing that came is lost.
pub struct Loader {
    walk: Walk,
    transport: Rc<dyn Transport>,
    clock: Rc<dyn Clock>,
    pace: Pace,
}

impl Loader {
    /// A load that starts, or goes on, where the pager stands.
    pub fn new(pager: Pager, transport: Rc<dyn Transport>, clock: Rc<dyn Clock>, retry: Retry) -> Self {
        Self {
            walk: Walk::new(pager),
            transport,
            clock,
            pace: Pace::new(retry),
        }
    }

    /// The state of the load.
    pub fn pager(&self) -> &Pager {
        self.walk.pager()
    }

    /// The state of the load, to change its limits.
    pub fn pager_mut(&mut self) -> &mut Pager {
        self.walk.pager_mut()
    }

    /// The next page with the response that brought it, or `None` at the end ([`Pager::end`] says which).
    /// `on_wait` hears of every wait before it begins. Dropping the future stops the request in flight or the wait.
    ///
    /// # Errors
    /// Of the transport, of the provider, or of a page that cannot be read.
    pub async fn next(&mut self, on_wait: impl Fn(&Waiting)) -> Result<Option<(Page, Response)>, Error> {
        self.walk.begin();
        loop {
            let mut step = self.walk.next(&mut self.pace, self.clock.now())?;
            if let Step::Send(request) = step {
                let answer = self.transport.send(&request).await;
                let fate = (self.clock.chance(), self.clock.now());
                step = match (self.walk.answer(&mut self.pace, &answer, fate)?, answer) {
                    (Step::Done(page), Ok(response)) => return Ok(Some((page, response))),
                    (other, _) => other,
                };
            }
            let Step::Wait(waiting) = step else { return Ok(None) };
            on_wait(&waiting);
            self.clock.sleep(waiting.wait_ms).await;
        }
    }
}

/// Asks a route that has no pages, once.
///
/// # Errors
/// Of the transport, or what the provider said.
pub async fn get(transport: &dyn Transport, query: &Query) -> Result<Response, Error> {
    let request = query.request()?;
    let answer = transport.send(&request).await;
    let response = answer.map_err(|error| error.with_provider(request.provider))?;
    match query.provider().and_then(|provider| provider.error(&response)) {
        Some(error) => Err(error),
        None => Ok(response),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use futures_executor::block_on;
    use futures_util::FutureExt;
    use futures_util::future::LocalBoxFuture;
    use roster_core::{End, ErrorKind, Limits, Request, UnixMs};

    use super::*;

    /// Answers from a script and records what was asked.
    struct Script {
        answers: RefCell<Vec<Result<Response, Error>>>,
        asked: RefCell<Vec<String>>,
    }

    impl Transport for Script {
        fn send<'a>(&'a self, request: &'a Request) -> LocalBoxFuture<'a, Result<Response, Error>> {
            self.asked.borrow_mut().push(request.target());
            let answer = self.answers.borrow_mut().remove(0);
            async move { answer }.boxed_local()
        }
    }

    struct NoWait(RefCell<Vec<u64>>);

    impl Clock for NoWait {
        fn now(&self) -> UnixMs {
            UnixMs(0)
        }
        fn sleep(&self, ms: u64) -> LocalBoxFuture<'static, ()> {
            self.0.borrow_mut().push(ms);
            async {}.boxed_local()
        }
        fn chance(&self) -> f64 {
            1.0
        }
    }

    const LIMITS: Limits = Limits {
        max_pages: 100,
        max_items: 1000,
    };

    fn loader(answers: Vec<Result<Response, Error>>) -> (Loader, Rc<Script>, Rc<NoWait>) {
        let script = Rc::new(Script {
            answers: RefCell::new(answers),
            asked: RefCell::default(),
        });
        let clock = Rc::new(NoWait(RefCell::default()));
        let query = Query::new("insightiq", "profiles").unwrap().with("limit", "1").unwrap();
        let pager = Pager::new(query, LIMITS).unwrap();
        (
            Loader::new(pager, script.clone(), clock.clone(), Retry::default()),
            script,
            clock,
        )
    }

    fn page(id: &str) -> Response {
        Response::new(200, format!(r#"{{"data":[{{"id":"{id}"}}],"metadata":{{}}}}"#))
    }

    #[test]
    fn a_failed_page_is_asked_again_and_no_other() {
        let failed = Ok(Response::new(503, "{}"));
        let broken = Err(Error::new(ErrorKind::Network, "reset"));
        let end = Ok(Response::new(200, r#"{"data":[]}"#));
        let (mut loader, script, clock) = loader(vec![Ok(page("a")), failed, broken, Ok(page("b")), end]);
        let mut ids = Vec::new();
        while let Some((page, _)) = block_on(loader.next(|_| ())).unwrap() {
            ids.extend(page.records.iter().map(|record| record.id.to_string()));
        }
        assert_eq!(ids, ["a", "b"]);
        let first = "insightiq/profiles?limit=1";
        let second = "insightiq/profiles?limit=1&offset=1";
        let third = "insightiq/profiles?limit=1&offset=2";
        assert_eq!(*script.asked.borrow(), [first, second, second, second, third]);
        assert_eq!(*clock.0.borrow(), [500, 1000]);
        assert_eq!(loader.pager().end(), Some(End::Complete));
    }

    #[test]
    fn after_three_tries_the_error_comes_out_and_the_load_can_go_on() {
        let failed = || Ok(Response::new(500, "{}"));
        let (mut loader, ..) = loader(vec![failed(), failed(), failed(), Ok(page("a"))]);
        let error = block_on(loader.next(|_| ())).unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Upstream, Some(500)));
        assert!(block_on(loader.next(|_| ())).unwrap().is_some());
    }

    #[test]
    fn every_wait_is_told_before_it_begins() {
        let limited = Ok(Response::new(429, "{}").with_header("Retry-After", "7"));
        let (mut loader, ..) = loader(vec![limited, Ok(page("a"))]);
        let waits = RefCell::new(Vec::new());
        block_on(loader.next(|waiting| waits.borrow_mut().push((waiting.wait_ms, waiting.attempt)))).unwrap();
        assert_eq!(*waits.borrow(), [(7000, 1)]);
    }
}
