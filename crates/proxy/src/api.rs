//! One request of the API: plan, ask, answer.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::header::AGE;
use http::{HeaderMap, HeaderValue, StatusCode};
use roster_core::Response as Answer;
use roster_gateway::{
    FileRange, Limits, OF_ONE_EXCHANGE, Plan, Refusal, Target, api_headers, cause, open_links, plan, template,
};

use crate::log::{Note, RouteName};
use crate::source::{Book, Source};
use crate::upstream::{Asked, Origin, Served, Trip, What, file};

/// The answer to a request target below the API's root. Of the client's headers, those of a file's part are read.
pub(crate) async fn respond(
    book: &Book,
    limits: Limits,
    path: &str,
    query: Option<&str>,
    headers: &HeaderMap,
    note: &mut Note,
) -> Response {
    let plan = match plan(path, query, limits) {
        Ok(plan) => plan,
        Err(refusal) => {
            note.route = template(path).map_or(RouteName::Unknown, RouteName::Api);
            return refused(&refusal);
        }
    };
    note.route = RouteName::Api(plan.template());
    let answered = match book.get(plan.provider) {
        Ok(source) => exchange(book, source, &plan, headers, &mut note.trip).await,
        Err(refusal) => Err(refusal),
    };
    answered.unwrap_or_else(|refusal| {
        let refusal = book.circle.scrub(refusal);
        refused(&refusal.with_provider(plan.provider))
    })
}

/// A refusal as an answer of the API.
pub(crate) fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    respond_with(status, refusal.headers(), Body::from(refusal.problem.to_json()))
}

/// An answer of the API: its own headers over ours.
pub(crate) fn respond_with(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = api_headers();
    response.headers_mut().extend(headers);
    response
}

async fn exchange(
    book: &Book,
    source: &Arc<Source>,
    plan: &Plan,
    headers: &HeaderMap,
    trip: &mut Option<Trip>,
) -> Result<Response, Refusal> {
    let (target, is_file) = match &plan.target {
        Target::Path(path) => (path, false),
        Target::BatchFile(path) => (path, true),
    };
    let question = Asked {
        provider: plan.provider,
        target: open_links(&source.seal, &plan.credential, target)?,
        credential: plan.credential.clone(),
        limits: plan.limits,
    };
    let clock = &book.upstream.clock;
    let served;
    (served, *trip) = book.upstream.get(&book.circle, source, question).await;
    let (kept, origin) = match served {
        Served::Whole(kept, origin) => (kept, origin),
        Served::Long(_) if is_file => {
            return Err(cause::BATCH_TARGET.refusal("expected a batch ticket, found a long answer"));
        }
        Served::Long(long) => return Ok(with(StatusCode::OK, long.headers, long.body)),
        Served::Refused(refusal) => return Err(refusal),
    };
    let age_s = kept.envelope.map_or(0, |envelope| envelope.age_s(clock.now()));
    let What::Data { headers: mut own, body } = Arc::unwrap_or_clone(kept).what else {
        return Err(cause::BUG.refusal("bug: what is missing was served as data"));
    };
    if is_file {
        let asked = FileRange::read(headers);
        return file(clock, source, &body, asked.as_ref(), &plan.limits, trip).await;
    }
    mark(&mut own, &origin, age_s);
    Ok(with(StatusCode::OK, own, Body::from(body)))
}

/// Says where an answer comes from, how old it is, and why it is not fresh.
fn mark(headers: &mut HeaderMap, origin: &Origin, age_s: u64) {
    let word = match origin {
        Origin::Api => return,
        Origin::Miss => "miss",
        Origin::Hit => "hit",
        Origin::Stale(_) => "stale",
    };
    if *origin != Origin::Miss {
        for name in OF_ONE_EXCHANGE {
            headers.remove(*name);
        }
    }
    headers.insert(Answer::CACHE_HEADER, HeaderValue::from_static(word));
    headers.insert(AGE, HeaderValue::from(age_s));
    if let Origin::Stale(code) = origin
        && let Ok(code) = HeaderValue::from_str(code)
    {
        headers.insert(Answer::STALE_HEADER, code);
    }
}

fn with(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
