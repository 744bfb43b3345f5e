//! The batch file for JavaScript: a load whose second answer is taken in while it arrives.

use std::cell::RefCell;
use std::rc::Rc;

use roster_client::{Batch as Load, Pace};
use roster_core::{Error, Page, Response};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Thrown, thrown};
use crate::load::{failure, plain, response, unix_ms, write_page};
use crate::pack::{Pack, Packed};

/// The users of a batch file.
#[wasm_bindgen(js_name = RawBatch)]
#[derive(Debug)]
pub struct Batch {
    load: Load,
    pace: Rc<RefCell<Pace>>,
}

#[wasm_bindgen(js_class = RawBatch)]
impl Batch {
    /// Begins anew after an error: tries are counted from here.
    pub fn begin(&mut self) {
        self.load.begin();
    }

    /// What to do next: send, wait, or nothing more.
    ///
    /// # Errors
    /// `invalid_query`.
    pub fn next(&mut self, now: f64) -> Thrown<Packed> {
        let step = self.load.next(&mut self.pace.borrow_mut(), unix_ms(now));
        step.map(plain).map_err(thrown)
    }

    /// Whether the answer to what is sent is the file.
    #[wasm_bindgen(getter, js_name = isAtFile)]
    pub fn is_at_file(&self) -> bool {
        self.load.is_at_file()
    }

    /// Whether as many pages have come as were asked for.
    #[wasm_bindgen(getter, js_name = isFull)]
    pub fn is_full(&self) -> bool {
        self.load.is_full()
    }

    /// Takes the ticket, or what was said instead of the file: a wait.
    ///
    /// # Errors
    /// Of the provider.
    pub fn answer(&mut self, status: u16, headers: &str, body: Vec<u8>, now: f64, chance: f64) -> Thrown<Packed> {
        self.take(&Ok(response(status, headers, body, now)), now, chance)
    }

    /// Takes that no answer came, or that the file broke off: a wait.
    ///
    /// # Errors
    /// The same, once it is not worth another try.
    pub fn fail(&mut self, kind: &str, message: String, now: f64, chance: f64) -> Thrown<Packed> {
        self.take(&Err(failure(kind, message)), now, chance)
    }

    /// The file begins to arrive.
    ///
    /// # Errors
    /// `pagination` if it is another one than that of which some was read.
    pub fn open(&mut self, headers: &str) -> Thrown<()> {
        let headers = response(200, headers, Vec::new(), 0.0).headers;
        self.load.open(&mut self.pace.borrow_mut(), &headers).map_err(thrown)
    }

    /// Takes the next bytes; the answer of `body` is the page that they complete, if the answer is not empty.
    ///
    /// # Errors
    /// `decode` if the file is not of the form.
    pub fn push(&mut self, bytes: &[u8]) -> Thrown<Option<FilePage>> {
        let page = self.load.push(bytes).map_err(thrown)?;
        let place = (self.load.n_pages(), self.load.resume_token());
        Ok(page.map(|page| FilePage { page, place }))
    }

    /// The file has come to its end.
    ///
    /// # Errors
    /// `decode` if it breaks off.
    pub fn finish(&mut self) -> Thrown<()> {
        self.load.finish().map_err(thrown)
    }
}

impl Batch {
    pub(crate) const fn new(load: Load, pace: Rc<RefCell<Pace>>) -> Self {
        Self { load, pace }
    }

    fn take(&mut self, answer: &Result<Response, Error>, now: f64, chance: f64) -> Thrown<Packed> {
        let step = self
            .load
            .answer(&mut self.pace.borrow_mut(), answer, (chance, unix_ms(now)));
        step.map(plain).map_err(thrown)
    }
}

/// Users of a batch file that have arrived.
#[wasm_bindgen(js_name = RawFilePage)]
#[derive(Debug)]
pub struct FilePage {
    page: Page,
    place: (u64, Option<String>),
}

#[wasm_bindgen(js_class = RawFilePage)]
impl FilePage {
    /// A JSON array of their exact texts.
    pub fn body(&self) -> Vec<u8> {
        self.page.body.as_bytes().to_vec()
    }

    /// Everything else.
    pub fn facts(&self) -> Packed {
        let pack = &mut Pack::default();
        write_page(pack, &self.page, self.place.clone(), None);
        pack.finish()
    }
}
