//! The batch file of Ayrshare without I/O: ask for the ticket, wait until the file is there, take it in while it comes.

use roster_core::providers::ayrshare::{BatchTimes, split_batch_file};
use roster_core::{End, Error, ErrorKind, Headers, Page, Query, Response, Splitter, UnixMs};

use crate::pace::{Pace, Waiting};
use crate::walk::{Once, Step};

/// Names the form of a resume token; a later form gets another number.
const VERSION: &str = "roster1-batch";

/// Times that a file may be said to be not there yet before that is an error.
const MAX_NOT_READY: u32 = 10;

/// One load of the batch file.
#[derive(Clone, Debug)]
pub struct Batch {
    stage: Stage,
    ticket: Query,
    file: Query,
    times: Option<BatchTimes>,
    /// The file's `ETag`, so that a second try is known to bring the same file.
    etag: Option<String>,
    /// When the file was begun of which an earlier run has read some.
    made_before: Option<String>,
    n_items: u64,
    n_pages: u64,
    max_pages: u64,
    n_not_ready: u32,
}

#[derive(Clone, Debug)]
enum Stage {
    Ticket(Once),
    /// The file is not there yet.
    Waiting,
    File(Once),
    /// It arrives.
    Reading(Once, Splitter, Passed),
    Done,
}

/// How far a file was read again, up to where an earlier try had come.
#[derive(Clone, Copy, Debug, Default)]
struct Passed {
    n_seen: u64,
    until: u64,
}

impl Batch {
    /// A load from the file's beginning, or from where a token says.
    ///
    /// # Errors
    /// `InvalidQuery` if the text is no such token.
    pub fn new(resume: Option<&str>, max_pages: u64) -> Result<Self, Error> {
        let (ticket, file) = (
            Query::new("ayrshare", "user/batch")?,
            Query::new("ayrshare", "user/batch/file")?,
        );
        let mut batch = Self {
            stage: Stage::Ticket(Once::new(ticket.clone())),
            ticket,
            file,
            times: None,
            etag: None,
            made_before: None,
            n_items: 0,
            n_pages: 0,
            max_pages,
            n_not_ready: 0,
        };
        if let Some(token) = resume {
            batch.go_on(token)?;
        }
        Ok(batch)
    }

    fn go_on(&mut self, token: &str) -> Result<(), Error> {
        let invalid = || {
            Error::unexpected(
                ErrorKind::InvalidQuery,
                "resume",
                "a resume token of a batch",
                "other text",
            )
        };
        let parts: Vec<&str> = token.splitn(4, ' ').collect();
        let [VERSION, n_pages, n_items, made] = parts.as_slice() else {
            return Err(invalid());
        };
        let count = |text: &str| text.parse().map_err(|_| invalid());
        (self.n_pages, self.n_items) = (count(n_pages)?, count(n_items)?);
        self.made_before = Some((*made).to_owned());
        self.max_pages = self.max_pages.saturating_add(self.n_pages);
        Ok(())
    }

    /// The place after the last page, as text; `None` once the last page has come.
    pub fn resume_token(&self) -> Option<String> {
        let is_open = match &self.stage {
            Stage::Reading(_, splitter, _) => splitter.is_open(),
            Stage::Done => false,
            _ => true,
        };
        let made = self.times.as_ref().and_then(|times| times.made.as_deref());
        is_open.then(|| {
            format!(
                "{VERSION} {} {} {}",
                self.n_pages,
                self.n_items,
                made.unwrap_or_default()
            )
        })
    }

    /// Pages of this file so far, those of earlier runs included.
    pub const fn n_pages(&self) -> u64 {
        self.n_pages
    }

    /// Whether as many pages have come as were asked for.
    pub const fn is_full(&self) -> bool {
        self.n_pages >= self.max_pages
    }

    /// Begins anew after an error: tries are counted from here.
    pub fn begin(&mut self) {
        self.stage = match &self.stage {
            Stage::Ticket(_) => Stage::Ticket(Once::new(self.ticket.clone())),
            Stage::File(_) => Stage::File(Once::new(self.file.clone())),
            other => other.clone(),
        };
    }

    /// `Send`, `Wait` or `End`.
    ///
    /// # Errors
    /// None that the question does not bring about.
    pub fn next(&mut self, pace: &mut Pace, now: UnixMs) -> Result<Step<()>, Error> {
        if self.is_full() {
            return Ok(Step::End(End::Truncated));
        }
        match &mut self.stage {
            Stage::Ticket(once) | Stage::File(once) => once.next(pace, now),
            Stage::Waiting => Ok(self.wait(now)),
            // Nobody reads any more: the same file is asked for again, and what came is passed over.
            Stage::Reading(..) => {
                let mut once = Once::new(self.file.clone());
                let step = once.next(pace, now);
                self.stage = Stage::File(once);
                step
            }
            Stage::Done => Ok(Step::End(End::Complete)),
        }
    }

    fn wait(&mut self, now: UnixMs) -> Step<()> {
        let wait_ms = self.times.as_ref().map_or(0, |times| times.wait_ms(now));
        self.stage = Stage::File(Once::new(self.file.clone()));
        Step::Wait(self.waiting(wait_ms))
    }

    fn waiting(&self, wait_ms: u64) -> Waiting {
        let message = "the file is not there yet";
        Waiting {
            wait_ms,
            attempt: 0,
            of: 0,
            error: Error::new(ErrorKind::NotFound, message).with_provider(self.file.provider_id()),
        }
    }

    /// Whether the answer to what `next` wanted sent is the file, which is taken by [`Batch::open`].
    pub const fn is_at_file(&self) -> bool {
        matches!(self.stage, Stage::File(_))
    }

    /// Takes a whole answer: the ticket, or what was said instead of the file.
    ///
    /// # Errors
    /// Of the transport or of the provider, when it is not worth another try.
    pub fn answer(
        &mut self,
        pace: &mut Pace,
        answer: &Result<Response, Error>,
        fate: (f64, UnixMs),
    ) -> Result<Step<()>, Error> {
        let step = match &mut self.stage {
            Stage::Ticket(once) => once.answer(pace, answer, fate)?,
            Stage::File(once) | Stage::Reading(once, ..) => match once.answer(pace, answer, fate) {
                Err(error) => return self.not_ready(error).map(Step::Wait),
                Ok(step) => step,
            },
            Stage::Waiting | Stage::Done => Step::End(End::Complete),
        };
        if let (Stage::Reading(once, ..), Step::Wait(_)) = (&self.stage, &step) {
            self.stage = Stage::File(once.clone());
        }
        if let (Stage::Ticket(_), Step::Done(()), Ok(ticket)) = (&self.stage, &step, answer) {
            self.take_ticket(&ticket.body)?;
            return Ok(self.wait(fate.1));
        }
        Ok(step)
    }

    fn take_ticket(&mut self, body: &[u8]) -> Result<(), Error> {
        let times = BatchTimes::parse(body)?;
        if let Some(before) = self
            .made_before
            .take()
            .filter(|before| Some(before) != times.made.as_ref())
        {
            let message = format!("expected the file that was begun at {before}, found a newer one; begin anew");
            return Err(Error::new(ErrorKind::Pagination, message).with_provider(self.file.provider_id()));
        }
        self.times = Some(times);
        self.stage = Stage::Waiting;
        Ok(())
    }

    /// The proxy's clock decides when the file is there: it answers 409 with the wait that remains.
    fn not_ready(&mut self, error: Error) -> Result<Waiting, Error> {
        self.n_not_ready += 1;
        match (error.status(), error.retry_after_ms()) {
            (Some(409), Some(wait_ms)) if self.n_not_ready <= MAX_NOT_READY => {
                self.stage = Stage::File(Once::new(self.file.clone()));
                Ok(self.waiting(wait_ms))
            }
            _ => Err(error),
        }
    }

    /// The file begins to arrive.
    ///
    /// # Errors
    /// `Pagination` if it is another one than that of which some was read.
    pub fn open(&mut self, pace: &mut Pace, headers: &Headers) -> Result<(), Error> {
        let etag = headers.get("etag").map(str::to_owned);
        if self.etag.is_some() && self.etag != etag {
            let message = "expected the file that was read before, found another; begin anew";
            return Err(Error::new(ErrorKind::Pagination, message).with_provider(self.file.provider_id()));
        }
        self.etag = etag;
        pace.succeed();
        let once = match &self.stage {
            Stage::File(once) => once.clone(),
            _ => Once::new(self.file.clone()),
        };
        let passed = Passed {
            n_seen: 0,
            until: self.n_items,
        };
        self.stage = Stage::Reading(once, split_batch_file(), passed);
        Ok(())
    }

    /// Takes the next bytes of the file: `Done` with the users that they complete.
    ///
    /// # Errors
    /// `Decode` if the file is not of the form.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Option<Page>, Error> {
        let Stage::Reading(_, splitter, passed) = &mut self.stage else {
            return Ok(None);
        };
        let Some(mut page) = splitter.push(bytes)? else {
            return Ok(None);
        };
        passed.leave_out(&mut page);
        if page.n_items() == 0 {
            return Ok(None);
        }
        self.n_items += page.n_items();
        self.n_pages += 1;
        Ok(Some(page))
    }

    /// The file has come to its end.
    ///
    /// # Errors
    /// `Decode` if it breaks off.
    pub fn finish(&mut self) -> Result<(), Error> {
        if let Stage::Reading(_, splitter, _) = &self.stage {
            splitter.finish()?;
            self.stage = Stage::Done;
        }
        Ok(())
    }
}

impl Passed {
    /// Leaves out what an earlier try has brought.
    fn leave_out(&mut self, page: &mut Page) {
        let n_before = self.until.saturating_sub(self.n_seen).min(page.n_items());
        self.n_seen += page.n_items();
        // Rejected ones stand among the records; where, says their number in the list.
        let is_before = |path: &str| number_in(path).is_some_and(|number| number < self.until);
        let n_rejected = page.rejected.iter().filter(|one| is_before(&one.path)).count();
        page.rejected.drain(..n_rejected);
        let n_records = usize::try_from(n_before)
            .unwrap_or(usize::MAX)
            .saturating_sub(n_rejected);
        page.records.drain(..n_records.min(page.records.len()));
    }
}

/// The number in `users[7]`.
fn number_in(path: &str) -> Option<u64> {
    path.rsplit_once('[')?.1.strip_suffix(']')?.parse().ok()
}

#[cfg(test)]
mod tests;
