//! One question to an API: as many requests as it may take, within one deadline.

use std::time::Duration;

use axum::body::Bytes;
use http::{HeaderMap, HeaderValue};
use roster_core::{Provider, Response as Answer, provider};
use roster_gateway::{
    Cause, Credential, Hold, Limits, Next, Outcome, Refusal, Tried, answer, api_headers, cause, has_links, head_reply,
    reply, seal_links,
};
use roster_shell::Circle;
use tokio::time::{sleep, timeout};

use super::arrived::{Arrived, Gathered};
use super::live::sentence;
use super::long::Long;
use crate::clock::{Clock, Watch};
use crate::source::Source;

/// What is asked.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) provider: &'static str,
    /// Path with query below the base URL.
    pub(crate) target: String,
    pub(crate) credential: Credential,
    pub(crate) limits: Limits,
}

/// The last request to an API that a question took, for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trip {
    /// What the API answered with, if it did.
    pub(crate) status: Option<u16>,
    /// Until all of the answer was here that is held; of one that goes on while it arrives, until its head was.
    pub(crate) ms: f64,
}

/// What came.
pub(crate) enum Got {
    /// An answer, whole, with all headers for the client.
    Whole { headers: HeaderMap, body: Bytes },
    /// An answer that is too long to hold.
    Long(Box<Long>),
}

/// What one request brought.
enum Tries {
    Whole(Answer),
    /// Data that is too long to hold, with its head.
    Long(Answer, Arrived, Bytes),
    /// Something that is no data by its head.
    Odd(Answer, Refusal),
}

impl Tries {
    fn status(&self) -> u16 {
        match self {
            Self::Whole(answer) | Self::Long(answer, ..) | Self::Odd(answer, _) => answer.status,
        }
    }
}

/// Asks a source until it answers, it may not be asked again, or the time is over.
pub(crate) async fn call(
    clock: &Clock,
    circle: &Circle,
    source: &Source,
    question: &Question,
    trip: &mut Option<Trip>,
) -> Result<Got, Refusal> {
    let known =
        provider(question.provider).ok_or_else(|| cause::BUG.refusal("bug: a planned provider is not known"))?;
    let watch = Watch::start();
    let left_ms = || question.limits.whole_ms.saturating_sub(watch.whole_ms());
    let (mut n, mut has_renewed) = (1, false);
    loop {
        let proof = timeout(Duration::from_millis(left_ms()), source.proof(clock, question)).await;
        let (headers, token) = proof.unwrap_or_else(|_| Err(broken(cause::TIMEOUT)))?;
        let place = source.care.place().await.map_err(Hold::refusal)?;
        let permit = source.care.admit(clock.now()).map_err(Hold::refusal)?;
        if !permit.wait().is_zero() {
            sleep(permit.wait()).await;
        }
        permit.sent();
        let (sent, time) = (Watch::start(), Duration::from_millis(left_ms()));
        let tried = timeout(time, one(clock, known, source, question, &headers)).await;
        let tried = tried.unwrap_or(Err(cause::TIMEOUT));
        *trip = Some(Trip {
            status: tried.as_ref().ok().map(Tries::status),
            ms: sent.ms(),
        });
        let (outcome, judged) = match tried {
            Err(cause) => (permit.broke(cause, clock.now()), Err(broken(cause))),
            Ok(Tries::Odd(answer, refusal)) => (permit.answered(&answer, clock.now()), Err(refusal)),
            Ok(Tries::Long(head, arrived, first)) => {
                permit.answered(&head, clock.now());
                let headers = outgoing(source, reply_head(known, &head)?);
                let long = Long::new(circle, headers, arrived, first, place, &question.limits)?;
                return Ok(Got::Long(Box::new(long)));
            }
            Ok(Tries::Whole(answer)) => {
                let outcome = permit.answered(&answer, clock.now());
                if answer.status == 401 && !has_renewed && source.renew(token) {
                    has_renewed = true;
                    continue;
                }
                (outcome, judge(circle, known, source, question, answer))
            }
        };
        drop(place);
        match pause(clock, source, outcome, n, left_ms()) {
            Next::Retry { pause_ms } => sleep(Duration::from_millis(pause_ms)).await,
            Next::Give => return judged.map_err(|refusal| with_wait(clock, source, outcome, refusal)),
        }
        n += 1;
    }
}

/// A client that is told to wait is told how long this source will be left alone, if that is longer than what the API
/// said: before that there is no request in it.
fn with_wait(clock: &Clock, source: &Source, outcome: Outcome, refusal: Refusal) -> Refusal {
    if !matches!(outcome, Outcome::Throttled { .. }) {
        return refusal;
    }
    let wait_ms = source.care.standing().wait_ms(clock.now());
    let longer = wait_ms.max(refusal.problem.retry_after_ms);
    refusal.with_retry_after_ms(longer)
}

fn pause(clock: &Clock, source: &Source, outcome: Outcome, n: u32, left_ms: u64) -> Next {
    let now = clock.now();
    let tried = Tried {
        n,
        n_allowed: source.care.policy().n_tries,
        deadline: now.plus_ms(i64::try_from(left_ms).unwrap_or(i64::MAX)),
        jitter: fastrand::f64(),
    };
    source.care.next_try(tried, outcome, now)
}

/// One request: its answer as far as it is held.
async fn one(
    clock: &Clock,
    provider: &dyn Provider,
    source: &Source,
    question: &Question,
    headers: &[(&'static str, HeaderValue)],
) -> Result<Tries, Cause> {
    let mut arrived = source.ask(&question.target, headers, &question.limits).await?;
    let mut head = answer(arrived.status, &arrived.headers, Vec::new(), clock.now());
    if let Err(refusal) = head_reply(provider, &head) {
        return Ok(Tries::Odd(head, refusal));
    }
    Ok(match arrived.gather(&question.limits).await? {
        Gathered::Whole(body) => {
            head.body = body;
            head.received = clock.now();
            Tries::Whole(head)
        }
        // Links stand anywhere in a body, so one that has some is held whole or not at all.
        Gathered::Long(_) if has_links(question.provider, &question.target) => {
            Tries::Odd(head, too_long_to_seal(&question.limits))
        }
        Gathered::Long(first) => Tries::Long(head, arrived, first),
    })
}

fn too_long_to_seal(limits: &Limits) -> Refusal {
    cause::TOO_LARGE.refusal(format!(
        "expected a list of at most {} bytes, because its links are sealed before any of it goes on; found a longer one",
        limits.held_bytes
    ))
}

/// Data under the headers that go on, or what the API said instead. What holds a secret does not go on.
fn judge(
    circle: &Circle,
    provider: &dyn Provider,
    source: &Source,
    question: &Question,
    answer: Answer,
) -> Result<Got, Refusal> {
    let headers = outgoing(source, reply(provider, &answer)?);
    if circle.is_told_in(&answer.body) || headers.values().any(|value| circle.is_told_in(value.as_bytes())) {
        return Err(cause::ECHO.refusal("expected an answer without the credential, found it in there"));
    }
    let (base_url, target) = (&source.base_url, &question.target);
    let sealed = seal_links(&source.seal, &question.credential, base_url, target, &answer.body);
    let sealed = sealed.map_err(|refusal| refusal.with_provider(question.provider))?;
    let mut body = sealed.unwrap_or(answer.body);
    // It may be kept for a day, and is counted by its length.
    body.shrink_to_fit();
    let body = Bytes::from(body);
    Ok(Got::Whole { headers, body })
}

fn reply_head(provider: &dyn Provider, head: &Answer) -> Result<HeaderMap, Refusal> {
    reply(provider, head)
}

/// All headers of an answer of the API: ours, those that pass, and where it comes from.
fn outgoing(source: &Source, passed: HeaderMap) -> HeaderMap {
    let mut headers = api_headers();
    headers.reserve(passed.len() + 4);
    headers.extend(passed);
    if let Ok(base_url) = HeaderValue::from_str(&source.base_url) {
        headers.insert(Answer::UPSTREAM_HEADER, base_url);
    }
    headers
}

/// What a client is told about a failed exchange.
fn broken(cause: Cause) -> Refusal {
    cause.refusal(sentence(cause))
}
