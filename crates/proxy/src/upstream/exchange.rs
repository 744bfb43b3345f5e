//! An access token for a longer-lived one: asked for once, whoever waits for it, and again before it ends.

use std::sync::Mutex as Shared;
use std::sync::PoisonError;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use roster_core::UnixMs;
use roster_gateway::{Limits, Refusal, TokenAnswer, TokenLife, cause, may_exchange};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::live::{self, Clients};
use crate::clock::Clock;
use roster_shell::{Keys, sensitive};

/// How long a failed exchange is the answer for everybody, in milliseconds.
const FAILED_MS: i64 = 10_000;

/// Where an API token is exchanged, and what came of it.
pub(crate) struct Exchange {
    url: String,
    /// Name of the client, which has no password.
    client: String,
    api_token: SecretString,
    state: Mutex<Option<State>>,
    /// The number of the last token that an API refused.
    refused: Shared<u64>,
}

enum State {
    Token {
        value: SecretString,
        life: TokenLife,
        number: u64,
    },
    Failed {
        refusal: Refusal,
        at: UnixMs,
        number: u64,
    },
}

impl Exchange {
    pub(crate) fn new(url: String, client: &str, api_token: &str) -> Self {
        Self {
            url,
            client: client.to_owned(),
            api_token: api_token.into(),
            state: Mutex::new(None),
            refused: Shared::new(0),
        }
    }

    /// The value of `Authorization`, and the token's number. Everybody who asks while it is exchanged waits for the same
    /// exchange.
    pub(crate) async fn bearer(
        &self,
        clients: &Clients,
        keys: &Keys,
        limits: &Limits,
        clock: &Clock,
    ) -> Result<(HeaderValue, u64), Refusal> {
        let mut state = self.state.lock().await;
        let refused = *self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let last = match &*state {
            Some(State::Token { value, life, number }) if life.is_good(clock.now()) && *number > refused => {
                return Ok((sensitive(value)?, *number));
            }
            Some(State::Failed { refusal, at, .. }) if (0..FAILED_MS).contains(&clock.now().since(*at)) => {
                return Err(refusal.clone());
            }
            Some(State::Token { number, .. } | State::Failed { number, .. }) => *number,
            None => 0,
        };
        let number = last + 1;
        match self.exchanged(clients, keys, limits, clock).await {
            Ok((value, life)) => {
                let header = sensitive(&value)?;
                *state = Some(State::Token { value, life, number });
                Ok((header, number))
            }
            Err(refusal) => {
                let at = clock.now();
                *state = Some(State::Failed {
                    refusal: refusal.clone(),
                    at,
                    number,
                });
                Err(refusal)
            }
        }
    }

    /// The API refused this token although it should be good: the next caller gets another.
    pub(crate) fn refuse(&self, number: u64) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        *refused = number.max(*refused);
    }

    async fn exchanged(
        &self,
        clients: &Clients,
        keys: &Keys,
        limits: &Limits,
        clock: &Clock,
    ) -> Result<(SecretString, TokenLife), Refusal> {
        if !may_exchange(&self.url, &self.url) {
            return Err(cause::BUG.refusal("bug: the token would go to an unchecked place"));
        }
        let client = BASE64_STANDARD.encode(format!("{}:", self.client));
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "api_token")
            .append_pair("api_token", self.api_token.expose_secret())
            .finish();
        let (status, body) = live::exchange(clients, &self.url, &client, form, limits).await?;
        let answer = TokenAnswer::parse(status, &body, clock.now())?;
        keys.learn(&answer.access_token);
        Ok((format!("Bearer {}", answer.access_token).into(), answer.life))
    }
}
