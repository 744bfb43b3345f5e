//! Loads as state machines: `next` says what to do, `answer` and `fail` take what came of it.

use std::cell::RefCell;
use std::rc::Rc;

use roster_client::{Once, Pace, Step, Waiting, Walk};
use roster_core::{Budget, Error, ErrorKind, Headers, Page, Response, UnixMs};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Thrown, thrown};
use crate::pack::{Pack, Packed};

/// The kinds of step, as `npm/src/steps.ts` reads them.
const SEND: f64 = 0.0;
const WAIT: f64 = 1.0;
pub(crate) const DONE: f64 = 2.0;
const END: f64 = 3.0;

/// The pages of one question.
#[wasm_bindgen(js_name = RawPages)]
#[derive(Debug)]
pub struct Pages {
    walk: Walk,
    pace: Rc<RefCell<Pace>>,
    budget: Option<Budget>,
}

#[wasm_bindgen(js_class = RawPages)]
impl Pages {
    /// Begins a new page: tries are counted from here.
    pub fn begin(&mut self) {
        self.walk.begin();
    }

    /// What to do next: send, wait, or nothing more.
    ///
    /// # Errors
    /// Of the pager.
    pub fn next(&mut self, now: f64) -> Thrown<Packed> {
        let step = self.walk.next(&mut self.pace.borrow_mut(), unix_ms(now));
        step.map(|step| self.packed(step)).map_err(thrown)
    }

    /// Takes an answer: a page, or a wait.
    ///
    /// # Errors
    /// Of the provider, or of a page that cannot be read.
    pub fn answer(&mut self, status: u16, headers: &str, body: Vec<u8>, now: f64, chance: f64) -> Thrown<Packed> {
        let response = response(status, headers, body, now);
        self.budget = Budget::read(&response.headers).or(self.budget);
        self.take(&Ok(response), now, chance)
    }

    /// Takes that no answer came: a wait.
    ///
    /// # Errors
    /// The same, once it is not worth another try.
    pub fn fail(&mut self, kind: &str, message: String, now: f64, chance: f64) -> Thrown<Packed> {
        self.take(&Err(failure(kind, message)), now, chance)
    }
}

impl Pages {
    pub(crate) const fn new(walk: Walk, pace: Rc<RefCell<Pace>>) -> Self {
        Self {
            walk,
            pace,
            budget: None,
        }
    }

    fn take(&mut self, answer: &Result<Response, Error>, now: f64, chance: f64) -> Thrown<Packed> {
        let step = self
            .walk
            .answer(&mut self.pace.borrow_mut(), answer, (chance, unix_ms(now)));
        step.map(|step| self.packed(step)).map_err(thrown)
    }

    fn packed(&self, step: Step<Page>) -> Packed {
        let pack = &mut Pack::default();
        match step {
            Step::Done(page) => self.page(pack.number(DONE), &page),
            other => common(pack, other),
        };
        pack.finish()
    }

    fn page<'a>(&self, pack: &'a mut Pack, page: &Page) -> &'a mut Pack {
        let pager = self.walk.pager();
        let place = (pager.progress().n_pages, pager.resume_token());
        write_page(pack, page, place, self.budget)
    }
}

/// A page, with its number and the token of the place after it.
pub(crate) fn write_page<'a>(
    pack: &'a mut Pack,
    page: &Page,
    (number, resume): (u64, Option<String>),
    window: Option<Budget>,
) -> &'a mut Pack {
    let instant = |at: Option<UnixMs>| at.map(|at| at.to_string());
    let freshness = page.freshness.unwrap_or_default();
    pack.text(page.provider)
        .whole(number)
        .maybe_whole(page.total)
        .maybe_text(resume.as_deref())
        .maybe_text(instant(freshness.last_updated).as_deref())
        .maybe_text(instant(freshness.next_update).as_deref());
    budget(pack, window);
    rejected(pack, &page.rejected);
    pack.list(&page.records, |pack, record| {
        pack.count(record.range.start).count(record.range.end)
    })
}

/// One answer of a route that has no pages.
#[wasm_bindgen(js_name = RawAnswer)]
#[derive(Debug)]
pub struct Answer {
    once: Once,
    pace: Rc<RefCell<Pace>>,
}

#[wasm_bindgen(js_class = RawAnswer)]
impl Answer {
    /// What to do next: send, or wait.
    ///
    /// # Errors
    /// `invalid_query`.
    pub fn next(&mut self, now: f64) -> Thrown<Packed> {
        let step = self.once.next(&mut self.pace.borrow_mut(), unix_ms(now));
        step.map(plain).map_err(thrown)
    }

    /// Takes an answer: it is data, or a wait.
    ///
    /// # Errors
    /// Of the provider.
    pub fn answer(&mut self, status: u16, headers: &str, body: Vec<u8>, now: f64, chance: f64) -> Thrown<Packed> {
        self.take(&Ok(response(status, headers, body, now)), now, chance)
    }

    /// Takes that no answer came: a wait.
    ///
    /// # Errors
    /// The same, once it is not worth another try.
    pub fn fail(&mut self, kind: &str, message: String, now: f64, chance: f64) -> Thrown<Packed> {
        self.take(&Err(failure(kind, message)), now, chance)
    }
}

impl Answer {
    pub(crate) const fn new(once: Once, pace: Rc<RefCell<Pace>>) -> Self {
        Self { once, pace }
    }

    fn take(&mut self, answer: &Result<Response, Error>, now: f64, chance: f64) -> Thrown<Packed> {
        let step = self
            .once
            .answer(&mut self.pace.borrow_mut(), answer, (chance, unix_ms(now)));
        step.map(plain).map_err(thrown)
    }
}

pub(crate) fn plain(step: Step<()>) -> Packed {
    let pack = &mut Pack::default();
    match step {
        Step::Done(()) => pack.number(DONE),
        other => common(pack, other),
    };
    pack.finish()
}

/// The steps that every load has.
fn common<T>(pack: &mut Pack, step: Step<T>) -> &mut Pack {
    match step {
        Step::Send(request) => pack.number(SEND).text(&request.target()),
        Step::Wait(Waiting { wait_ms, .. }) => pack.number(WAIT).whole(wait_ms),
        Step::Done(_) | Step::End(_) => pack.number(END),
    }
}

/// Rejected records: where, why, and their text.
pub(crate) fn rejected(pack: &mut Pack, rejected: &[roster_core::Rejected]) {
    pack.list(rejected, |pack, one| {
        pack.text(&one.path).text(&one.reason).text(&one.raw)
    });
}

fn budget(pack: &mut Pack, budget: Option<Budget>) {
    match budget {
        Some(budget) => pack.whole(budget.used).whole(budget.limit).whole(budget.window_ms),
        None => pack.number(f64::NAN),
    };
}

pub(crate) fn response(status: u16, headers: &str, body: Vec<u8>, now: f64) -> Response {
    let pairs = headers.lines().filter_map(|line| line.split_once(':'));
    let headers: Headers = pairs.map(|(name, value)| (name, value.trim())).collect();
    Response {
        status,
        headers,
        body,
        received: unix_ms(now),
    }
}

pub(crate) fn failure(kind: &str, message: String) -> Error {
    Error::new(ErrorKind::from_code(kind).unwrap_or(ErrorKind::Network), message)
}

/// JavaScript's instant.
#[expect(clippy::cast_possible_truncation, reason = "a cast stops at the ends of the range")]
pub(crate) const fn unix_ms(now: f64) -> UnixMs {
    UnixMs(now as i64)
}
