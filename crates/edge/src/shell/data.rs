//! Data of an API: what is kept and fresh, else what the API says, else what was kept for a bad day.

use std::rc::Rc;

use http::header::AGE;
use http::{HeaderMap, HeaderName, HeaderValue};
use roster_core::{Provider, Response as Answer};
use roster_gateway::{
    CacheKey, Cause, Envelope, Limits, OF_ONE_EXCHANGE, Outcome, Plan, Refusal, Worth, answer, cause, is_covered,
    may_attach, reply, seal_links,
};
use roster_sandbox::Delivery;
use roster_shell::{DEMO_ORIGIN, header_map};
use serde::{Deserialize, Serialize};

use super::api::{Desk, Reply};
use super::bridge::{Body, Keep, lines};
use super::care::{Call, Then};
use super::flight::{Landed, Seat};
use super::proof::proof;
use super::{bridge, clock, flight};
use crate::book::{Book, Source};

/// How we name ourselves to an API.
const USER_AGENT: &str = concat!("roster/", env!("CARGO_PKG_VERSION"));

/// What every request to an API says beside its credential.
pub(crate) const OWN_HEADERS: [(&str, &str); 3] = [
    ("accept", "application/json"),
    ("accept-encoding", "identity"),
    ("user-agent", USER_AGENT),
];

/// Data: the headers under which it goes on, and the answer to look at. The runtime has the same bytes, so that they need
/// not be copied back, unless they are the sandbox's or our cursor is among them.
pub(crate) struct Data {
    headers: HeaderMap,
    pub(crate) answer: Answer,
    is_ours: bool,
}

/// What stands beside a body that is kept.
#[derive(Serialize, Deserialize)]
struct About {
    envelope: Envelope,
    headers: Vec<(String, String)>,
}

/// The answer to a question, from what is kept or from the API.
pub(crate) async fn get(
    desk: &Desk<'_>,
    source: &Source,
    provider: &'static dyn Provider,
    path: &str,
    plan: &Plan,
) -> Result<Reply, Refusal> {
    if source.is_demo {
        let data = ask(desk, source, provider, path, plan).await?;
        return Ok(data.into_reply());
    }
    if !source.policy.keeps {
        let data = ask(desk, source, provider, path, plan).await?;
        return Ok(data.into_reply());
    }
    // An alias that is none and a key that is not bound are said before anything is looked up.
    source
        .keys()?
        .headers(&plan.credential, Some(HeaderValue::from_static("")))?;
    let key = CacheKey::new(&source.identity(), path, plan.credential.profile.as_deref()).to_hex();
    let kept = kept(desk, &key).await;
    let worth = |about: &About| about.envelope.worth(clock::now());
    if let Some(about) = kept.as_ref().filter(|about| worth(about) == Worth::Fresh) {
        return Ok(given_again(about, "hit", None));
    }
    if let Some(refusal) = flight::missing(&key) {
        return Err(refusal);
    }
    let until = clock::now().plus_ms(i64::try_from(plan.limits.whole_ms).unwrap_or(i64::MAX));
    let outcome = match flight::board(desk.wire, &key, until).await {
        Seat::Pilot(flight) => {
            let asked = ask(desk, source, provider, path, plan).await;
            // Who waits is told what a client may see.
            let asked = asked.map_err(|refusal| desk.book.circle.scrub(refusal));
            flight.land(|| landed(&asked));
            if let Err(refusal) = asked.as_ref()
                && refusal.status == 404
            {
                flight::remember_missing(&key, refusal);
            }
            asked.map(|data| {
                let keep = keep(key, &data);
                Reply {
                    keep,
                    ..data.into_reply()
                }
            })
        }
        Seat::Passenger(landed) => match landed.as_ref() {
            Ok((headers, body)) => Ok(Reply {
                status: 200,
                headers: headers.clone(),
                body: Body::Text(body.clone()),
                keep: None,
            }),
            Err(refusal) => Err(refusal.clone()),
        },
    };
    match (outcome, kept) {
        (Ok(mut reply), _) => {
            mark(&mut reply.headers, "miss", 0);
            Ok(reply)
        }
        (Err(refusal), Some(about)) if is_covered(&refusal) && worth(&about) == Worth::Stale => {
            Ok(given_again(&about, "stale", Some(refusal.problem.code.as_str())))
        }
        (Err(refusal), _) => Err(refusal),
    }
}

/// The same for those who waited; `None` for data that is no text, which each asks for then.
fn landed(asked: &Result<Data, Refusal>) -> Option<Landed> {
    Some(Rc::new(match asked {
        Ok(data) => Ok((data.headers.clone(), String::from_utf8(data.answer.body.clone()).ok()?)),
        Err(refusal) => Err(refusal.clone()),
    }))
}

async fn kept(desk: &Desk<'_>, key: &str) -> Option<About> {
    let about = bridge::kept(desk.wire, key).await?;
    serde_json::from_str(&about).ok()
}

/// Data that is whole JSON is kept, with the headers that are the data's own.
fn keep(key: String, data: &Data) -> Option<Keep> {
    let now = clock::now();
    let envelope = Envelope::of_data(&data.answer.body, now)?;
    let pair = |(name, value): (&HeaderName, &HeaderValue)| {
        let is_own = !OF_ONE_EXCHANGE.contains(&name.as_str());
        is_own
            .then(|| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .flatten()
    };
    let headers = data.headers.iter().filter_map(pair).collect();
    let seconds = u64::try_from(envelope.stale_until_ms - now.0).unwrap_or_default() / 1000;
    let about = serde_json::to_string(&About { envelope, headers }).ok()?;
    Some(Keep { key, about, seconds })
}

fn given_again(about: &About, word: &'static str, code: Option<&str>) -> Reply {
    let pair = |(name, value): &(String, String)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(value).ok()?))
    };
    let mut headers: HeaderMap = about.headers.iter().filter_map(pair).collect();
    mark(&mut headers, word, about.envelope.age_s(clock::now()));
    if let Some(code) = code.and_then(|code| HeaderValue::from_str(code).ok()) {
        headers.insert(HeaderName::from_static("roster-stale"), code);
    }
    Reply {
        status: 200,
        headers,
        body: Body::Kept,
        keep: None,
    }
}

/// Says where an answer comes from and how old it is.
fn mark(headers: &mut HeaderMap, word: &'static str, age_s: u64) {
    headers.insert(HeaderName::from_static("roster-cache"), HeaderValue::from_static(word));
    headers.insert(AGE, HeaderValue::from(age_s));
}

impl Data {
    fn into_reply(self) -> Reply {
        let body = if self.is_ours {
            Body::Text(String::from_utf8_lossy(&self.answer.body).into_owned())
        } else {
            Body::Came
        };
        Reply {
            status: 200,
            headers: self.headers,
            body,
            keep: None,
        }
    }
}

/// Asks a source until it answers, it may not be asked again, or the time is over.
pub(crate) async fn ask(
    desk: &Desk<'_>,
    source: &Source,
    provider: &'static dyn Provider,
    path: &str,
    plan: &Plan,
) -> Result<Data, Refusal> {
    let url = format!("{}{path}", source.base_url);
    if source.is_demo {
        let target = url.strip_prefix(DEMO_ORIGIN).unwrap_or_default();
        let headers = source.keys()?.headers(&plan.credential, None)?;
        let answer = play(desk.book, target, &headers)?;
        return judged(desk.book, source, provider, answer).and_then(|data| sealed(source, path, plan, data));
    }
    if !may_attach(&source.base_url, &url) {
        return Err(cause::BUG.refusal("bug: the planned URL is not the source's own"));
    }
    let mut call = Call::new(desk, source, &plan.limits);
    let (mut refused, mut has_renewed) = (0, false);
    loop {
        let proof = proof(desk, source, plan, refused).await?;
        let shown = proof
            .headers
            .iter()
            .map(|(name, value)| (*name, value.to_str().unwrap_or_default()));
        let headers = lines(shown.chain(OWN_HEADERS));
        let permit = call.admit().await?;
        let limits = Limits {
            whole_ms: call.left_ms(),
            ..plan.limits
        };
        let (outcome, then, judged) = match exchange(desk, &url, &headers, &limits).await {
            Ok(answer) => {
                let then = call.answered(permit, &answer).await;
                if let (401, false, Some(number)) = (answer.status, has_renewed, proof.number) {
                    (refused, has_renewed) = (number, true);
                    continue;
                }
                let outcome = Outcome::of(&answer);
                let judged = judged(desk.book, source, provider, answer);
                let judged = judged.and_then(|data| sealed(source, path, plan, data));
                (outcome, then, judged)
            }
            Err(cause) => {
                let then = call.broke(permit, cause).await;
                (Outcome::of_cause(cause), then, Err(cause.unanswered()))
            }
        };
        if let Then::Give { wait_ms } = then {
            return judged.map_err(|refusal| with_wait(outcome, wait_ms, refusal));
        }
    }
}

/// A client that is told to wait is told how long this source will be left alone, if that is longer than what the API
/// said: before that there is no request in it.
fn with_wait(outcome: Outcome, wait_ms: Option<u64>, refusal: Refusal) -> Refusal {
    if !matches!(outcome, Outcome::Throttled { .. }) {
        return refusal;
    }
    let longer = wait_ms.max(refusal.problem.retry_after_ms);
    refusal.with_retry_after_ms(longer)
}

async fn exchange(desk: &Desk<'_>, url: &str, headers: &str, limits: &Limits) -> Result<Answer, Cause> {
    let arrived = bridge::ask(desk.wire, url, headers, limits).await?;
    Ok(answer(arrived.status, &arrived.headers, arrived.body, clock::now()))
}

/// Data under the headers that go on, or what the API said instead. What holds a secret does not go on.
fn judged(book: &Book, source: &Source, provider: &dyn Provider, answer: Answer) -> Result<Data, Refusal> {
    let mut headers = reply(provider, &answer)?;
    if let Ok(base_url) = HeaderValue::from_str(&source.base_url) {
        headers.insert(Answer::UPSTREAM_HEADER, base_url);
    }
    if book.circle.is_told_in(&answer.body) || headers.values().any(|value| book.circle.is_told_in(value.as_bytes())) {
        return Err(cause::ECHO.refusal("expected an answer without the credential, found it in there"));
    }
    Ok(Data {
        headers,
        answer,
        is_ours: source.is_demo,
    })
}

/// The same data with our cursor in the place of the API's links.
fn sealed(source: &Source, path: &str, plan: &Plan, mut data: Data) -> Result<Data, Refusal> {
    let body = &data.answer.body;
    if let Some(sealed) = seal_links(source.seal()?, &plan.credential, &source.base_url, path, body)? {
        data.answer.body = sealed;
        data.is_ours = true;
    }
    Ok(data)
}

/// The sandbox's answer.
pub(crate) fn play(book: &Book, target: &str, headers: &[(&'static str, HeaderValue)]) -> Result<Answer, Refusal> {
    let played = book.demo.ask(target, headers, clock::now());
    match played.delivery {
        // A slow body differs on a wire alone, and none is here.
        Delivery::Whole | Delivery::Slow { .. } => {
            let headers = header_map(&played.headers);
            Ok(answer(played.status, &headers, played.body, clock::now()))
        }
        Delivery::CutAfter { .. } => Err(cause::UNREACHABLE.unanswered()),
    }
}
