//! The Durable Object of one source: the same keeper for every isolate, in the order in which they ask.

use std::cell::RefCell;

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::clock;
use crate::keeper::Keeper;

/// The name under which the standing is stored.
const STANDING: &str = "standing";

/// One source.
#[durable_object(fetch)]
pub struct SourceObject {
    state: State,
    keeper: RefCell<Option<Keeper>>,
}

impl DurableObject for SourceObject {
    fn new(state: State, _env: Env) -> Self {
        Self {
            state,
            keeper: RefCell::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let letter = request.text().await?;
        if self.keeper.borrow().is_none() {
            let stored: Option<String> = self.state.storage().get(STANDING).await?;
            // Another request may have been here meanwhile.
            self.keeper
                .borrow_mut()
                .get_or_insert_with(|| Keeper::restored(stored.as_deref()));
        }
        let (word, stored) = {
            let mut keeper = self.keeper.borrow_mut();
            let keeper = keeper.get_or_insert_with(Keeper::default);
            (keeper.read(&letter, clock::now()), keeper.stored())
        };
        let Some(word) = word else {
            return Response::error("expected a letter", 400);
        };
        self.state.storage().put(STANDING, stored).await?;
        Response::ok(word)
    }
}
