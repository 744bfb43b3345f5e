//! What all loads of one client share.

use std::cell::RefCell;
use std::rc::Rc;

use roster_client::{Once, Pace, Retry, Walk};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::ask::{pager, query};
use crate::batch::Batch;
use crate::fault::{Thrown, thrown};
use crate::load::{Answer, Pages};

/// The pace of a client: patience, the purse for retries, and what every API's window has left.
#[wasm_bindgen(js_name = RawClient)]
#[derive(Debug)]
pub struct Client(Rc<RefCell<Pace>>);

#[wasm_bindgen(js_class = RawClient)]
impl Client {
    /// A client that sends a request at most `attempts` times, waiting `base_delay_ms` to `max_delay_ms` in between.
    #[wasm_bindgen(constructor)]
    pub fn new(attempts: u32, base_delay_ms: u32, max_delay_ms: u32) -> Self {
        let retry = Retry {
            attempts,
            base_delay_ms: base_delay_ms.into(),
            max_delay_ms: max_delay_ms.into(),
            ..Retry::default()
        };
        Self(Rc::new(RefCell::new(Pace::new(retry))))
    }

    /// The pages of a provider's list, from the beginning (an empty token) or from where a resume token was made.
    ///
    /// # Errors
    /// `invalid_query`.
    pub fn pages(&self, provider: &str, params: &str, resume: &str, max_pages: u32) -> Thrown<Pages> {
        let asked = query(provider, "profiles", params);
        let pager = asked
            .and_then(|query| pager(query, Some(resume).filter(|token| !token.is_empty()), max_pages.into()))
            .map_err(thrown)?;
        Ok(Pages::new(Walk::new(pager), Rc::clone(&self.0)))
    }

    /// One answer of a route that has no pages.
    ///
    /// # Errors
    /// `invalid_query`.
    pub fn ask(&self, provider: &str, route: &str, params: &str) -> Thrown<Answer> {
        let query = query(provider, route, params).map_err(thrown)?;
        Ok(Answer::new(Once::new(query), Rc::clone(&self.0)))
    }

    /// The users of Ayrshare's batch file, from its beginning (an empty token) or from where a resume token was made.
    ///
    /// # Errors
    /// `invalid_query`.
    pub fn batch(&self, resume: &str, max_pages: u32) -> Thrown<Batch> {
        let token = Some(resume).filter(|token| !token.is_empty());
        let batch = roster_client::Batch::new(token, max_pages.into()).map_err(thrown)?;
        Ok(Batch::new(batch, Rc::clone(&self.0)))
    }
}
