//! Data of an API: what is kept and fresh, else what the API says, else what was kept for a bad day.

use http::header::AGE;
use http::{HeaderMap, HeaderName, HeaderValue};
use js_sys::Uint8Array;
use roster_core::{Provider, Response as Answer};
use roster_gateway::{
    CacheKey, Cause, Envelope, Limits, Outcome, Plan, Refusal, Worth, answer, cause, is_covered, may_attach, reply,
    seal_links,
};
use roster_sandbox::Delivery;
use roster_shell::{DEMO_ORIGIN, header_map};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::api::{Desk, Reply};
use super::care::{Call, Then};
use super::{bridge, clock};
use crate::book::{Book, Source};

/// How we name ourselves to an API.
const USER_AGENT: &str = concat!("roster/", env!("CARGO_PKG_VERSION"));

/// What every request to an API says beside its credential.
pub(crate) const OWN_HEADERS: [(&str, &str); 3] = [
    ("accept", "application/json"),
    ("accept-encoding", "identity"),
    ("user-agent", USER_AGENT),
];

/// Data: the headers under which it goes on, the answer to look at, and the same bytes as the runtime has them, so that
/// they need not be copied back.
pub(crate) struct Data {
    headers: HeaderMap,
    pub(crate) answer: Answer,
    body: JsValue,
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
    // An alias that is none and a key that is not bound are said before anything is looked up.
    source.credential(&plan.credential)?;
    let key = CacheKey::new(&source.identity(), path, plan.credential.profile.as_deref()).to_hex();
    let kept = kept(&key).await;
    let worth = |about: &About| about.envelope.worth(clock::now());
    if let Some((about, body)) = &kept
        && worth(about) == Worth::Fresh
    {
        return Ok(given_again(about, body, "hit", None));
    }
    match (ask(desk, source, provider, path, plan).await, kept) {
        (Ok(data), _) => {
            keep(desk, &key, &data);
            let mut reply = data.into_reply();
            mark(&mut reply.headers, "miss", 0);
            Ok(reply)
        }
        (Err(refusal), Some((about, body))) if is_covered(&refusal) && worth(&about) == Worth::Stale => {
            Ok(given_again(&about, &body, "stale", Some(refusal.problem.code.as_str())))
        }
        (Err(refusal), _) => Err(refusal),
    }
}

async fn kept(key: &str) -> Option<(About, JsValue)> {
    let (about, body) = bridge::kept(key).await?;
    Some((serde_json::from_str(&about).ok()?, body))
}

/// Keeps data that is whole JSON, with the headers that are the data's own.
fn keep(desk: &Desk<'_>, key: &str, data: &Data) {
    let now = clock::now();
    let Some(envelope) = Envelope::of_data(&data.answer.body, now) else {
        return;
    };
    let pair = |(name, value): (&HeaderName, &HeaderValue)| {
        let is_own = !OF_ONE_EXCHANGE.contains(&name.as_str());
        is_own
            .then(|| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .flatten()
    };
    let headers = data.headers.iter().filter_map(pair).collect();
    let seconds = u64::try_from(envelope.stale_until_ms - now.0).unwrap_or_default() / 1000;
    if let Ok(about) = serde_json::to_string(&About { envelope, headers }) {
        bridge::keep(desk.context, key, &about, seconds, &data.body);
    }
}

/// Headers that tell of one exchange: an answer that is given again goes without them.
const OF_ONE_EXCHANGE: &[&str] = &[
    "retry-after",
    "request-id",
    "x-ratelimit-max",
    "x-ratelimit-count",
    "x-rate-limit-limit",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
];

fn given_again(about: &About, body: &JsValue, word: &'static str, code: Option<&str>) -> Reply {
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
        body: body.clone(),
    }
}

/// Says where an answer comes from and how old it is.
fn mark(headers: &mut HeaderMap, word: &'static str, age_s: u64) {
    headers.insert(HeaderName::from_static("roster-cache"), HeaderValue::from_static(word));
    headers.insert(AGE, HeaderValue::from(age_s));
}

impl Data {
    fn into_reply(self) -> Reply {
        Reply {
            status: 200,
            headers: self.headers,
            body: self.body,
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
    let headers = source.credential(&plan.credential)?;
    let url = format!("{}{path}", source.base_url);
    if source.is_demo {
        let target = url.strip_prefix(DEMO_ORIGIN).unwrap_or_default();
        let answer = play(desk.book, target, &headers)?;
        let body = Uint8Array::from(answer.body.as_slice()).into();
        return judged(desk.book, source, provider, answer, body).and_then(|data| sealed(source, path, plan, data));
    }
    if !may_attach(&source.base_url, &url) {
        return Err(cause::BUG.refusal("bug: the planned URL is not the source's own"));
    }
    let proof = headers
        .iter()
        .map(|(name, value)| (*name, value.to_str().unwrap_or_default()));
    let headers: Vec<(&str, &str)> = proof.chain(OWN_HEADERS).collect();
    let mut call = Call::new(desk.env, source, &plan.limits);
    loop {
        let permit = call.admit().await?;
        let limits = Limits {
            whole_ms: call.left_ms(),
            ..plan.limits
        };
        let (outcome, then, judged) = match exchange(&url, &headers, &limits).await {
            Ok((answer, body)) => {
                let then = call.answered(permit, &answer).await;
                let outcome = Outcome::of(&answer);
                let judged = judged(desk.book, source, provider, answer, body);
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

async fn exchange(url: &str, headers: &[(&str, &str)], limits: &Limits) -> Result<(Answer, JsValue), Cause> {
    let arrived = bridge::ask(url, headers, limits).await?;
    let bytes = arrived.body.to_vec();
    let answer = answer(arrived.status, &arrived.headers, bytes, clock::now());
    Ok((answer, arrived.body.into()))
}

/// Data under the headers that go on, or what the API said instead. What holds a secret does not go on.
fn judged(
    book: &Book,
    source: &Source,
    provider: &dyn Provider,
    answer: Answer,
    body: JsValue,
) -> Result<Data, Refusal> {
    let mut headers = reply(provider, &answer)?;
    if let Ok(base_url) = HeaderValue::from_str(&source.base_url) {
        headers.insert(Answer::UPSTREAM_HEADER, base_url);
    }
    if book.circle.is_told_in(&answer.body) || headers.values().any(|value| book.circle.is_told_in(value.as_bytes())) {
        return Err(cause::ECHO.refusal("expected an answer without the credential, found it in there"));
    }
    Ok(Data { headers, answer, body })
}

/// The same data with our cursor in the place of the API's links.
fn sealed(source: &Source, path: &str, plan: &Plan, mut data: Data) -> Result<Data, Refusal> {
    let body = &data.answer.body;
    let sealed = seal_links(&source.seal()?, &plan.credential, &source.base_url, path, body)?;
    if let Some(sealed) = sealed {
        data.body = Uint8Array::from(sealed.as_slice()).into();
        data.answer.body = sealed;
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
