//! When the next request may go, and which failed one goes again: one rule for all loads of a client.

use roster_core::{Budget, Error, ErrorKind, Response, UnixMs};

use crate::allowance::Allowance;
use crate::quota::Quota;
use crate::retry::{Retry, wait_ms};

/// A wait before a request is sent, or sent again.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// How long, in milliseconds.
    pub wait_ms: u64,
    /// Requests for this page so far.
    pub attempt: u32,
    /// Requests for this page at most.
    pub of: u32,
    /// What made the wait necessary.
    pub error: Error,
}

/// What all loads of one client share: patience, the purse for retries, and what every API's window has left.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    retry: Retry,
    quota: Quota,
    /// By provider, as they were first asked.
    allowances: Vec<(&'static str, Allowance)>,
}

impl Pace {
    /// A pace with this patience.
    pub fn new(retry: Retry) -> Self {
        Self {
            retry,
            ..Self::default()
        }
    }

    /// The wait before the next request may be sent to a provider, after `attempt` others for the same page; `None`: it
    /// may go at once.
    pub(crate) fn wait(&self, provider: &'static str, attempt: u32, now: UnixMs) -> Option<Waiting> {
        let wait_ms = self
            .allowances
            .iter()
            .find(|(known, _)| *known == provider)?
            .1
            .wait_ms(now)?;
        let error = Error::new(ErrorKind::RateLimited, "the request window is used up");
        Some(Waiting {
            wait_ms,
            attempt,
            of: self.retry.attempts,
            error: error.with_provider(provider).with_retry_after_ms(Some(wait_ms)),
        })
    }

    fn change(&mut self, provider: &'static str, change: impl FnOnce(&mut Allowance)) {
        if let Some((_, allowance)) = self.allowances.iter_mut().find(|(known, _)| *known == provider) {
            return change(allowance);
        }
        let mut allowance = Allowance::default();
        change(&mut allowance);
        self.allowances.push((provider, allowance));
    }

    /// Counts a request that is about to be sent.
    pub(crate) fn depart(&mut self, provider: &'static str) {
        self.change(provider, Allowance::send);
    }

    /// Takes over what the headers of an answer say.
    pub(crate) fn arrive(&mut self, provider: &'static str, response: &Response) {
        if let Some(budget) = Budget::read(&response.headers) {
            self.change(provider, |allowance| allowance.read(budget, response.received));
        }
    }

    /// Counts a request whose answer could be used.
    pub(crate) fn succeed(&mut self) {
        self.quota.earn();
    }

    /// The wait before a failed request is sent again, or the error if it is not.
    pub(crate) fn fail(&mut self, error: Error, attempt: u32, chance: f64, now: UnixMs) -> Result<Waiting, Error> {
        if let (Some(provider), Some(asked), ErrorKind::RateLimited) =
            (error.provider(), error.retry_after_ms(), error.kind())
        {
            self.change(provider, |allowance| allowance.pause(asked, now));
        }
        match wait_ms(&self.retry, &error, attempt, chance) {
            Some(wait_ms) if self.quota.take() => Ok(Waiting {
                wait_ms,
                attempt,
                of: self.retry.attempts,
                error,
            }),
            _ => Err(error),
        }
    }
}
