//! One load without I/O: says what to do next, and takes what came of it. The [`crate::Loader`] and the npm module's
//! iterators both drive it.

use roster_core::{Call, End, Error, Page, Pager, Query, Request, Response, Ticket, UnixMs};

use crate::pace::{Pace, Waiting};

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<T> {
    /// Send this; hand what comes to `answer`.
    Send(Box<Request>),
    /// Wait, then ask `next` again.
    Wait(Waiting),
    /// Something came.
    Done(T),
    /// Nothing more will come.
    End(End),
}

/// The pages of one question, one after the other. After an error the next call asks for the same page again; nothing
/// that came is lost.
#[derive(Clone, Debug)]
pub struct Walk {
    pager: Pager,
    ticket: Option<Ticket>,
    attempt: u32,
    /// A wait is obeyed once; then the request goes, whatever a clock says that was set back meanwhile.
    has_waited: bool,
}

impl Walk {
    /// A load that starts, or goes on, where the pager stands.
    pub const fn new(pager: Pager) -> Self {
        Self {
            pager,
            ticket: None,
            attempt: 0,
            has_waited: false,
        }
    }

    /// The state of the load.
    pub const fn pager(&self) -> &Pager {
        &self.pager
    }

    /// The state of the load, to change its limits.
    pub const fn pager_mut(&mut self) -> &mut Pager {
        &mut self.pager
    }

    /// Begins a new page: tries are counted from here.
    pub const fn begin(&mut self) {
        self.attempt = 0;
    }

    /// `Send`, `Wait` or `End`. A request that is still in flight is given up.
    ///
    /// # Errors
    /// Of the pager.
    pub fn next(&mut self, pace: &mut Pace, now: UnixMs) -> Result<Step<Page>, Error> {
        self.pager.give_up();
        let (request, ticket) = match self.pager.request()? {
            Call::End(end) => return Ok(Step::End(end)),
            Call::Send(request, ticket) => (request, ticket),
        };
        let wait = pace.wait(request.provider, self.attempt, now);
        if let Some(waiting) = wait.filter(|_| !std::mem::replace(&mut self.has_waited, true)) {
            self.pager.give_up();
            return Ok(Step::Wait(waiting));
        }
        pace.depart(request.provider);
        self.has_waited = false;
        self.ticket = Some(ticket);
        self.attempt += 1;
        Ok(Step::Send(request))
    }

    /// Takes the answer to what `next` wanted sent: `Done`, `Wait`, or `End` for an answer that nobody waits for.
    ///
    /// # Errors
    /// Of the transport, of the provider, or of a page that cannot be read, when it is not worth another try.
    pub fn answer(
        &mut self,
        pace: &mut Pace,
        answer: &Result<Response, Error>,
        (chance, now): (f64, UnixMs),
    ) -> Result<Step<Page>, Error> {
        let Some(ticket) = self.ticket.take() else {
            let message = "bug: an answer came that nothing was sent for";
            return Err(Error::new(roster_core::ErrorKind::Pagination, message));
        };
        let provider = self.pager.query().provider_id();
        match accept(&mut self.pager, pace, ticket, answer) {
            Ok(Some(came)) => {
                pace.succeed();
                self.attempt = 0;
                Ok(Step::Done(came))
            }
            Ok(None) => Ok(Step::End(End::Truncated)),
            Err(error) => {
                let waiting = pace.fail(error.with_provider(provider), self.attempt, chance, now)?;
                self.has_waited = true;
                Ok(Step::Wait(waiting))
            }
        }
    }
}

fn accept(
    pager: &mut Pager,
    pace: &mut Pace,
    ticket: Ticket,
    answer: &Result<Response, Error>,
) -> Result<Option<Page>, Error> {
    let response = answer.as_ref().map_err(Clone::clone)?;
    pace.arrive(pager.query().provider_id(), response);
    pager.accept(ticket, response)
}

/// One question to a route that has no pages.
#[derive(Clone, Debug)]
pub struct Once {
    query: Query,
    attempt: u32,
    has_waited: bool,
}

impl Once {
    /// The question.
    pub const fn new(query: Query) -> Self {
        Self {
            query,
            attempt: 0,
            has_waited: false,
        }
    }

    /// `Send` or `Wait`.
    ///
    /// # Errors
    /// `InvalidQuery` if a rule of the question does not hold.
    pub fn next(&mut self, pace: &mut Pace, now: UnixMs) -> Result<Step<()>, Error> {
        let request = self.query.request()?;
        let wait = pace.wait(request.provider, self.attempt, now);
        if let Some(waiting) = wait.filter(|_| !std::mem::replace(&mut self.has_waited, true)) {
            return Ok(Step::Wait(waiting));
        }
        pace.depart(request.provider);
        self.has_waited = false;
        self.attempt += 1;
        Ok(Step::Send(Box::new(request)))
    }

    /// Takes the answer: `Done` if it holds data, or `Wait`.
    ///
    /// # Errors
    /// Of the transport or of the provider, when it is not worth another try.
    pub fn answer(
        &mut self,
        pace: &mut Pace,
        answer: &Result<Response, Error>,
        (chance, now): (f64, UnixMs),
    ) -> Result<Step<()>, Error> {
        let provider = self.query.provider_id();
        let error = match answer {
            Err(error) => Some(error.clone()),
            Ok(response) => {
                pace.arrive(provider, response);
                self.query.provider().and_then(|provider| provider.error(response))
            }
        };
        match error {
            None => {
                pace.succeed();
                Ok(Step::Done(()))
            }
            Some(error) => {
                let waiting = pace.fail(error.with_provider(provider), self.attempt, chance, now)?;
                self.has_waited = true;
                Ok(Step::Wait(waiting))
            }
        }
    }
}
