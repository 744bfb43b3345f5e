//! The file behind a batch ticket. The ticket is ours: the client never says where the file is.

use std::sync::Arc;

use axum::response::Response;
use http::StatusCode;
use roster_gateway::{FileRange, Hold, Limits, Refusal, Ticket, answer, api_headers, batch_target, cause, file_reply};

use super::arrived::body;
use super::call::Trip;
use super::live::sentence;
use crate::clock::{Clock, Watch};
use crate::source::Source;

/// The file, or the part of it that is asked for, handed on while it arrives.
///
/// # Errors
/// That it is not there yet or no more, that it is at a place where nothing is fetched, that it is too large.
pub(crate) async fn file(
    clock: &Clock,
    source: &Arc<Source>,
    ticket: &[u8],
    asked: Option<&FileRange>,
    limits: &Limits,
    trip: &mut Option<Trip>,
) -> Result<Response, Refusal> {
    let ticket = Ticket::parse(ticket)?;
    ticket.check(clock.now())?;
    let place = batch_target(&source.storage, &ticket.url)?;
    let seat = source.care.place().await.map_err(Hold::refusal)?;
    let headers = asked.map(FileRange::headers).unwrap_or_default();
    let watch = Watch::start();
    let arrived = source.fetch(&ticket.url, &place, &headers, limits).await;
    *trip = Some(Trip {
        status: arrived.as_ref().ok().map(|arrived| arrived.status),
        ms: watch.ms(),
    });
    let arrived = arrived?;
    let head = answer(arrived.status, &arrived.headers, Vec::new(), clock.now());
    let (status, passed) = file_reply(&head, asked)?;
    if arrived
        .announced_bytes()
        .is_some_and(|bytes| bytes > limits.batch_bytes)
    {
        return Err(cause::TOO_LARGE.refusal(sentence(cause::TOO_LARGE)));
    }
    let pieces = arrived.into_pieces(limits.chunk_ms, limits.batch_bytes);
    let pieces = futures_util::StreamExt::map(pieces, move |piece| {
        let _seat = &seat;
        piece
    });
    let mut response = Response::new(body(pieces));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    *response.headers_mut() = api_headers();
    response.headers_mut().extend(passed);
    Ok(response)
}
