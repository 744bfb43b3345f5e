//! One request of the API: plan, ask, judge, answer.

use http::HeaderMap;
use js_sys::Uint8Array;
use roster_core::{Response as Answer, provider};
use roster_gateway::{
    FileRange, Limits, Plan, Refusal, Target, Ticket, answer, batch_target, cause, file_reply, open_links, plan,
};
use wasm_bindgen::JsValue;
use web_sys::Response;
use worker::{Context, Env};

use super::data::{Data, OWN_HEADERS, get, play};
use super::{bridge, clock, refused, respond as respond_with};
use crate::book::{Book, Source};

/// What a request is answered with.
pub(crate) struct Desk<'a> {
    pub(crate) book: &'a Book,
    pub(crate) env: &'a Env,
    pub(crate) context: &'a Context,
}

/// What the client gets.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: JsValue,
}

/// The answer to a request target below the API's root. `shared` are headers that every answer of the API gets.
pub(crate) async fn respond(
    desk: &Desk<'_>,
    path: &str,
    query: Option<&str>,
    range: Option<&FileRange>,
    shared: HeaderMap,
) -> Response {
    let plan = match plan(path, query, desk.book.limits) {
        Ok(plan) => plan,
        Err(refusal) => return refused(&refusal, shared),
    };
    let answered = match desk.book.get(plan.provider) {
        Ok(source) => exchange(desk, source, &plan, range).await,
        Err(refusal) => Err(refusal),
    };
    match answered {
        Ok(mut reply) => {
            reply.headers.extend(shared);
            respond_with(reply.status, reply.headers, &reply.body)
        }
        Err(refusal) => refused(&desk.book.circle.scrub(refusal).with_provider(plan.provider), shared),
    }
}

async fn exchange(desk: &Desk<'_>, source: &Source, plan: &Plan, range: Option<&FileRange>) -> Result<Reply, Refusal> {
    let known = provider(plan.provider).ok_or_else(|| cause::BUG.refusal("bug: a planned provider is not known"))?;
    match &plan.target {
        Target::Path(path) => {
            let path = open_links(&source.seal()?, &plan.credential, path)?;
            get(desk, source, known, &path, plan).await
        }
        Target::BatchFile(path) => {
            // A ticket is asked for anew: it says when the file will be there.
            let Data { answer, .. } = super::data::ask(desk, source, known, path, plan).await?;
            file(desk.book, source, &answer, range, &plan.limits).await
        }
    }
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
    let place = batch_target(&source.storage, &ticket.url)?;
    let (head, body) = if source.is_demo {
        let head = play(book, &place.path, &[])?;
        let body = Uint8Array::from(head.body.as_slice()).into();
        (head, body)
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
