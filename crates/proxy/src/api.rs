//! One request of the API: plan, ask, judge, answer.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode};
use roster_core::{Provider, Response as Answer, provider};
use roster_gateway::{
    Limits, Plan, Refusal, Target, Ticket, answer, api_headers, batch_target, cause, file_reply, plan, reply, template,
};
use tokio::time::timeout;

use crate::clock;
use crate::live::sentence;
use crate::log::Template;
use crate::source::{Book, Source};

/// The answer to a request target below the API's root.
pub(crate) async fn respond(book: &Book, limits: Limits, path: &str, query: Option<&str>) -> Response {
    let plan = match plan(path, query, limits) {
        Ok(plan) => plan,
        Err(refusal) => return on_route(refused(&refusal), template(path)),
    };
    let answered = match book.get(plan.provider) {
        Ok(source) => exchange(book, source, &plan)
            .await
            .map_err(|refusal| book.scrub(refusal)),
        Err(refusal) => Err(refusal),
    };
    let response = answered.unwrap_or_else(|refusal| refused(&refusal.with_provider(plan.provider)));
    on_route(response, Some(plan.template()))
}

fn on_route(mut response: Response, template: Option<String>) -> Response {
    if let Some(template) = template {
        response.extensions_mut().insert(Template(template));
    }
    response
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

async fn exchange(book: &Book, source: &Source, plan: &Plan) -> Result<Response, Refusal> {
    let known = provider(plan.provider).ok_or_else(|| cause::BUG.refusal("bug: a planned provider is not known"))?;
    let (path, is_file) = match &plan.target {
        Target::Path(path) => (path, false),
        Target::BatchFile(path) => (path, true),
    };
    let whole = Duration::from_millis(plan.limits.whole_ms);
    let asked = timeout(whole, data(source, known, path, plan)).await;
    let (headers, answer) = asked.unwrap_or_else(|_| Err(cause::TIMEOUT.refusal(sentence(cause::TIMEOUT))))?;
    if book.has_secret_in(&answer.body) || headers.values().any(|value| book.has_secret_in(value.as_bytes())) {
        return Err(cause::ECHO.refusal("expected an answer without the credential, found it in there"));
    }
    if is_file {
        return file(source, &answer, &plan.limits).await;
    }
    let body = Body::from(Bytes::from(answer.body));
    Ok(respond_with(StatusCode::OK, headers, body))
}

/// Data of the API with the headers under which it goes on, or what the API said instead.
async fn data(
    source: &Source,
    provider: &'static dyn Provider,
    path: &str,
    plan: &Plan,
) -> Result<(HeaderMap, Answer), Refusal> {
    let mut arrived = source.ask(path, &plan.credential, &plan.limits).await?;
    let body = arrived
        .body(&plan.limits)
        .await
        .map_err(|cause| cause.refusal(sentence(cause)))?;
    let answer = answer(arrived.status, &arrived.headers, body, clock::now());
    let mut headers = reply(provider, &answer)?;
    if let Ok(base_url) = HeaderValue::from_str(&source.base_url) {
        headers.insert(Answer::UPSTREAM_HEADER, base_url);
    }
    Ok((headers, answer))
}

/// The file behind a ticket. The ticket is ours: the client never says where the file is.
async fn file(source: &Source, ticket: &Answer, limits: &Limits) -> Result<Response, Refusal> {
    let ticket = Ticket::parse(&ticket.body)?;
    ticket.check(clock::now())?;
    let place = batch_target(&source.storage, &ticket.url)?;
    let arrived = source.fetch(&ticket.url, &place, limits).await?;
    let head = answer(arrived.status, &arrived.headers, Vec::new(), clock::now());
    let (_, headers) = file_reply(&head, None)?;
    let body = arrived
        .into_stream(limits)
        .map_err(|cause| cause.refusal(sentence(cause)))?;
    Ok(respond_with(StatusCode::OK, headers, body))
}
