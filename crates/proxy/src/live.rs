//! The APIs themselves, over HTTPS. The request is built from nothing: what a client sent is not at hand here.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use http::HeaderValue;
use http::header::{ACCEPT, ACCEPT_ENCODING};
use reqwest::redirect::Policy;
use reqwest::{Client, retry};
use roster_gateway::{Cause, Limits, Refusal, cause, may_attach};
use tokio::time::timeout;
use tracing::debug;

use crate::answer::Arrived;

/// How we name ourselves to an API.
const USER_AGENT: &str = concat!("roster/", env!("CARGO_PKG_VERSION"));

/// The client of all live sources. It follows no redirect, knows no proxy of the environment, keeps no cookie, decodes
/// no compression and sends nothing twice.
///
/// # Errors
/// The reason, if TLS cannot be set up.
pub(crate) fn client(limits: &Limits) -> Result<Client, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots: rustls::RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(USER_AGENT)
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .retry(retry::never())
        .http1_only()
        .connect_timeout(Duration::from_millis(limits.connect_ms))
        .build();
    client.map_err(|error| error.to_string())
}

/// Asks an API with its credential, if the credential may go to that URL.
pub(crate) async fn ask(
    client: &Client,
    base_url: &str,
    target: &str,
    headers: &[(&'static str, HeaderValue)],
    limits: &Limits,
) -> Result<Arrived, Refusal> {
    let url = format!("{base_url}{target}");
    if !may_attach(base_url, &url) {
        return Err(cause::BUG.refusal("bug: the planned URL is not the source's own"));
    }
    let arrived = send(client, &url, headers, limits).await;
    arrived.map_err(|cause| cause.refusal(sentence(cause)))
}

/// Fetches a file that an API named, without a credential.
pub(crate) async fn fetch(client: &Client, url: &str, limits: &Limits) -> Result<Arrived, Refusal> {
    let arrived = send(client, url, &[], limits).await;
    arrived.map_err(|cause| cause.refusal(sentence(cause)))
}

async fn send(
    client: &Client,
    url: &str,
    headers: &[(&'static str, HeaderValue)],
    limits: &Limits,
) -> Result<Arrived, Cause> {
    let request = client
        .get(url)
        .header(ACCEPT, "application/json")
        .header(ACCEPT_ENCODING, "identity");
    let request = headers
        .iter()
        .fold(request, |request, (name, value)| request.header(*name, value));
    let head = timeout(Duration::from_millis(limits.first_byte_ms), request.send()).await;
    let response = head.map_err(|_| cause::TIMEOUT)?.map_err(failed)?;
    Ok(Arrived {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        pieces: response.bytes_stream().map(|piece| piece.map_err(failed)).boxed(),
    })
}

/// The reason goes to the log without the URL, whose query is nobody's business.
fn failed(error: reqwest::Error) -> Cause {
    let cause = if error.is_timeout() {
        cause::TIMEOUT
    } else {
        cause::UNREACHABLE
    };
    let error = error.without_url();
    let reason = std::error::Error::source(&error).map(ToString::to_string);
    debug!(%error, reason, "no answer of an API");
    cause
}

/// What a client is told about a failed exchange.
pub(crate) fn sentence(cause: Cause) -> &'static str {
    match cause {
        cause::TIMEOUT => "expected an answer in time, found none",
        cause::TOO_LARGE => "expected an answer within the limit, found a larger one",
        _ => "expected an answer, found a connection that could not be made or broke off",
    }
}
