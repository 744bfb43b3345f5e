//! One request of the API: plan, ask, judge, answer.

use http::{HeaderMap, HeaderValue};
use js_sys::Uint8Array;
use roster_core::{Provider, Response as Answer, provider};
use roster_gateway::{
    FileRange, Limits, Plan, Refusal, Target, Ticket, answer, batch_target, cause, file_reply, may_attach, plan, reply,
};
use wasm_bindgen::JsValue;
use web_sys::Response;

use super::{bridge, clock, refused, respond as respond_with};
use crate::book::{Book, Source};
use crate::demo::DEMO_ORIGIN;

/// How we name ourselves to an API.
const USER_AGENT: &str = concat!("roster/", env!("CARGO_PKG_VERSION"));

/// The answer to a request target below the API's root. `shared` are headers that every answer of the API gets.
pub(crate) async fn respond(
    book: &Book,
    path: &str,
    query: Option<&str>,
    range: Option<&FileRange>,
    shared: HeaderMap,
) -> Response {
    let plan = match plan(path, query, book.limits) {
        Ok(plan) => plan,
        Err(refusal) => return refused(&refusal, shared),
    };
    let answered = match book.get(plan.provider) {
        Ok(source) => exchange(book, source, &plan, range).await,
        Err(refusal) => Err(refusal),
    };
    match answered {
        Ok(mut reply) => {
            reply.headers.extend(shared);
            respond_with(reply.status, reply.headers, &reply.body)
        }
        Err(refusal) => refused(&book.scrub(refusal).with_provider(plan.provider), shared),
    }
}

/// What the client gets.
struct Reply {
    status: u16,
    headers: HeaderMap,
    body: JsValue,
}

/// Data of an API: the headers under which it goes on, the answer to look at, and the same bytes as the runtime has
/// them, so that they need not be copied back.
struct Data {
    headers: HeaderMap,
    answer: Answer,
    body: JsValue,
}

async fn exchange(book: &Book, source: &Source, plan: &Plan, range: Option<&FileRange>) -> Result<Reply, Refusal> {
    let known = provider(plan.provider).ok_or_else(|| cause::BUG.refusal("bug: a planned provider is not known"))?;
    let (path, is_file) = match &plan.target {
        Target::Path(path) => (path, false),
        Target::BatchFile(path) => (path, true),
    };
    let data = ask(book, source, known, path, plan).await?;
    if book.has_secret_in(&data.answer.body) || data.headers.values().any(|value| book.has_secret_in(value.as_bytes()))
    {
        return Err(cause::ECHO.refusal("expected an answer without the credential, found it in there"));
    }
    if is_file {
        return file(book, source, &data.answer, range, &plan.limits).await;
    }
    Ok(Reply {
        status: 200,
        headers: data.headers,
        body: data.body,
    })
}

async fn ask(
    book: &Book,
    source: &Source,
    provider: &'static dyn Provider,
    path: &str,
    plan: &Plan,
) -> Result<Data, Refusal> {
    let url = format!("{}{path}", source.base_url);
    let mut headers = source.credential(&plan.credential)?;
    let (answer, body) = if source.is_demo {
        play(book, &url, &headers)?
    } else {
        if !may_attach(&source.base_url, &url) {
            return Err(cause::BUG.refusal("bug: the planned URL is not the source's own"));
        }
        headers.extend(OWN_HEADERS);
        let arrived = bridge::ask(&url, &headers, &plan.limits).await;
        let arrived = arrived.map_err(|cause| cause.unanswered())?;
        let bytes = arrived.body.to_vec();
        (
            answer(arrived.status, &arrived.headers, bytes, clock::now()),
            arrived.body.into(),
        )
    };
    let mut headers = reply(provider, &answer)?;
    if let Ok(base_url) = HeaderValue::from_str(&source.base_url) {
        headers.insert(Answer::UPSTREAM_HEADER, base_url);
    }
    Ok(Data { headers, answer, body })
}

const OWN_HEADERS: [(&str, &str); 3] = [
    ("accept", "application/json"),
    ("accept-encoding", "identity"),
    ("user-agent", USER_AGENT),
];

fn play(book: &Book, url: &str, headers: &[(&str, &str)]) -> Result<(Answer, JsValue), Refusal> {
    let target = url.strip_prefix(DEMO_ORIGIN).unwrap_or_default();
    let played = book.demo.ask(target, headers, clock::now());
    let played = played.map_err(|cause| cause.unanswered())?;
    let body = Uint8Array::from(played.body.as_slice()).into();
    Ok((answer(played.status, &played.headers, played.body, clock::now()), body))
}

/// The file behind a ticket, or the part of it that the client asks for. The ticket is ours: the client never says where
/// the file is.
async fn file(
    book: &Book,
    source: &Source,
    ticket: &Answer,
    range: Option<&FileRange>,
    limits: &Limits,
) -> Result<Reply, Refusal> {
    let ticket = Ticket::parse(&ticket.body)?;
    ticket.check(clock::now())?;
    batch_target(&source.storage, &ticket.url)?;
    let (head, body) = if source.is_demo {
        play(book, &ticket.url, &[])?
    } else {
        let part = range.map(FileRange::headers).unwrap_or_default();
        let part = part
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));
        let headers: Vec<(&str, &str)> = OWN_HEADERS.into_iter().chain(part).collect();
        let arrived = bridge::fetch(&ticket.url, &headers, limits).await;
        let arrived = arrived.map_err(|cause| cause.unanswered())?;
        let head = answer(arrived.status, &arrived.headers, Vec::new(), clock::now());
        (head, arrived.body)
    };
    let (status, headers) = file_reply(&head, range)?;
    Ok(Reply { status, headers, body })
}
