//! One request of the API: plan, ask, judge, answer.

use http::HeaderMap;
use roster_core::{Response as Answer, provider};
use roster_gateway::{
    FileRange, Limits, Plan, Refusal, Target, Ticket, answer, batch_target, cause, file_reply, open_links, plan,
};

use super::bridge::{Body, Keep, lines};
use super::data::{Data, OWN_HEADERS, get, play};
use super::task::Wire;
use super::{bridge, clock, refused, respond as respond_with};
use crate::book::Source;

/// What a request is answered with.
pub(crate) struct Desk<'a> {
    pub(crate) book: &'a crate::book::Book,
    pub(crate) wire: &'a Wire,
    /// Whether the Durable Objects of the sources are bound.
    pub(crate) has_objects: bool,
}

/// What the client gets, and what is kept of it.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) keep: Option<Keep>,
}

/// The answer to a request target below the API's root. `shared` are headers that every answer of the API gets.
pub(crate) async fn respond(
    desk: &Desk<'_>,
    path: &str,
    query: Option<&str>,
    range: Option<&FileRange>,
    shared: HeaderMap,
) -> String {
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
            respond_with(reply.status, reply.headers, &reply.body, reply.keep.as_ref())
        }
        Err(refusal) => refused(&desk.book.circle.scrub(refusal).with_provider(plan.provider), shared),
    }
}

async fn exchange(desk: &Desk<'_>, source: &Source, plan: &Plan, range: Option<&FileRange>) -> Result<Reply, Refusal> {
    let known = provider(plan.provider).ok_or_else(|| cause::BUG.refusal("bug: a planned provider is not known"))?;
    match &plan.target {
        Target::Path(path) => {
            let path = open_links(source.seal()?, &plan.credential, path)?;
            get(desk, source, known, &path, plan).await
        }
        Target::BatchFile(path) => {
            // A ticket is asked for anew: it says when the file will be there.
            let Data { answer, .. } = super::data::ask(desk, source, known, path, plan).await?;
            file(desk, source, &answer, range, &plan.limits).await
        }
    }
}

/// The file behind a ticket, or the part of it that the client asks for. The ticket is ours: the client never says where
/// the file is.
async fn file(
    desk: &Desk<'_>,
    source: &Source,
    ticket: &Answer,
    range: Option<&FileRange>,
    limits: &Limits,
) -> Result<Reply, Refusal> {
    let ticket = Ticket::parse(&ticket.body)?;
    ticket.check(clock::now())?;
    let place = batch_target(&source.storage, &ticket.url)?;
    let (head, body) = if source.is_demo {
        let mut head = play(desk.book, &place.path, &[])?;
        let text = String::from_utf8_lossy(&std::mem::take(&mut head.body)).into_owned();
        (head, Body::Text(text))
    } else {
        let part = range.map(FileRange::headers).unwrap_or_default();
        let part = part
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));
        let headers = lines(OWN_HEADERS.into_iter().chain(part));
        let arrived = bridge::fetch(desk.wire, &ticket.url, &headers, limits).await;
        let arrived = arrived.map_err(|cause| cause.unanswered())?;
        let head = answer(arrived.status, &arrived.headers, Vec::new(), clock::now());
        (head, Body::Came)
    };
    let (status, headers) = file_reply(&head, range)?;
    Ok(Reply {
        status,
        headers,
        body,
        keep: None,
    })
}
