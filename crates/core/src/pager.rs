//! The one pagination loop, as a state machine without I/O.
//!
//! [`Pager::request`] gives the next request or the end, [`Pager::accept`] takes the answer and gives the page.
//! A stream, a "load more" button and a JavaScript iterator all drive this object. The rules it keeps:
//! an empty page with a next position is not the end; `total` never ends anything; a position that came before is an
//! error, not a loop; page and item limits are required, and reaching one is "truncated", not "complete"; one request
//! is in flight at a time, and a late answer is dropped; after an error the same page can be asked for again.

use crate::error::{Error, ErrorKind};
use crate::http::{Request, Response};
use crate::page::{Next, Page};
use crate::query::Query;

/// How far a load may go at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pages.
    pub max_pages: u64,
    /// No further page is asked for once this many items have come; a page is never cut.
    pub max_items: u64,
}

/// Why there is nothing more to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The API said that this was the last page.
    Complete,
    /// A limit was reached while the API has more.
    Truncated,
}

/// Names one request of one pager; an answer to an older one is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// Send this, then hand the answer to [`Pager::accept`] with the ticket.
    Send(Box<Request>, Ticket),
    /// Nothing more.
    End(End),
}

/// What has come so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Pages accepted.
    pub n_pages: u64,
    /// Records and rejected ones in them.
    pub n_items: u64,
    /// How many there are over all pages, if the API states it; at the end, what came.
    pub total: Option<u64>,
}

/// The state of one load.
#[derive(Clone, Debug)]
pub struct Pager {
    pub(crate) query: Query,
    limits: Limits,
    pub(crate) position: Position,
    pub(crate) progress: Progress,
    /// Every position that was handed out by the API, sorted, to find a loop of any length.
    seen: Vec<Next>,
    generation: u64,
    in_flight: Option<Box<Request>>,
}

/// Where a load stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Position {
    First,
    At(Next),
    Done,
}

impl Pager {
    /// A load from the first page.
    ///
    /// # Errors
    /// `InvalidQuery` if the query's route has no pages, or a rule of the query does not hold.
    pub fn new(query: Query, limits: Limits) -> Result<Self, Error> {
        if query.route().pagination.is_none() {
            let message = format!("{} has no pages", query.route().name);
            return Err(Error::new(ErrorKind::InvalidQuery, message).with_provider(query.provider_id()));
        }
        query.request()?;
        let (position, progress) = (Position::First, Progress::default());
        Ok(Self {
            query,
            limits,
            position,
            progress,
            seen: Vec::new(),
            generation: 0,
            in_flight: None,
        })
    }

    /// The question.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// What has come so far.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Whether nothing more will be asked, and why.
    pub fn end(&self) -> Option<End> {
        let at_limit = self.progress.n_pages >= self.limits.max_pages || self.progress.n_items >= self.limits.max_items;
        match self.position {
            Position::Done => Some(End::Complete),
            _ if at_limit => Some(End::Truncated),
            _ => None,
        }
    }

    /// Lets a truncated load go on to new limits, counted from its beginning.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Asks for pages of so many items from now on, or of as many as the API gives at most; a load whose API chooses
    /// the size is as before.
    pub fn set_page_size(&mut self, n_items: u64) {
        let pagination = self.query.route().pagination.as_ref();
        let Some(size) = pagination.and_then(|pagination| pagination.size.as_ref()) else {
            return;
        };
        let sized = self
            .query
            .clone()
            .with(size.param, &n_items.clamp(1, size.max).to_string());
        self.query = sized.unwrap_or_else(|_| self.query.clone());
    }

    /// The next request, or the end.
    ///
    /// # Errors
    /// `Pagination` while another request of this pager is in flight.
    pub fn request(&mut self) -> Result<Call, Error> {
        if self.in_flight.is_some() {
            return Err(self.error("expected one request at a time, found one in flight"));
        }
        if let Some(end) = self.end() {
            return Ok(Call::End(end));
        }
        let provider = self
            .query
            .provider()
            .ok_or_else(|| self.error("bug: the provider is gone"))?;
        let request = match &self.position {
            Position::At(next) => provider.next(&self.query, next)?,
            Position::First | Position::Done => provider.first(&self.query)?,
        };
        let request = Box::new(request);
        self.in_flight = Some(request.clone());
        self.generation += 1;
        Ok(Call::Send(request, Ticket(self.generation)))
    }

    /// Takes the answer to the request with this ticket. `None` if it comes too late: the request was given up.
    ///
    /// # Errors
    /// What the provider said, or what is wrong with the page. The pager stays where it was: asking again asks for
    /// the same page.
    pub fn accept(&mut self, ticket: Ticket, response: &Response) -> Result<Option<Page>, Error> {
        let Some(request) = self.in_flight.take_if(|_| ticket.0 == self.generation) else {
            return Ok(None);
        };
        let provider = self
            .query
            .provider()
            .ok_or_else(|| self.error("bug: the provider is gone"))?;
        let page = provider.parse(&request, response)?;
        self.advance(&page)?;
        Ok(Some(page))
    }

    /// Gives up the request in flight; its answer, if one comes, is dropped.
    pub fn give_up(&mut self) {
        self.in_flight = None;
    }

    /// Takes the place of an earlier load.
    pub(crate) fn go_to(&mut self, position: Position, progress: Progress) {
        if let Position::At(next) = &position {
            self.is_new(next);
        }
        self.position = position;
        self.progress = progress;
    }

    /// Remembers a position, and says whether it did not come before.
    fn is_new(&mut self, next: &Next) -> bool {
        let place = self.seen.binary_search(next);
        if let Err(place) = place {
            self.seen.insert(place, next.clone());
        }
        place.is_err()
    }

    fn advance(&mut self, page: &Page) -> Result<(), Error> {
        if let Some(next) = &page.next
            && !self.is_new(next)
        {
            return Err(self.error("expected a new position for the next page, found one that came before"));
        }
        self.position = page.next.clone().map_or(Position::Done, Position::At);
        self.progress.n_pages = self.progress.n_pages.saturating_add(1);
        self.progress.n_items = self.progress.n_items.saturating_add(page.n_items());
        self.progress.total = match self.position {
            Position::Done => Some(self.progress.n_items),
            _ => page.total,
        };
        Ok(())
    }

    fn error(&self, message: &str) -> Error {
        Error::new(ErrorKind::Pagination, message).with_provider(self.query.provider_id())
    }
}

#[cfg(test)]
mod tests;
