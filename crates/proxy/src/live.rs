//! The APIs themselves, over HTTPS. The request is built from nothing: what a client sent is not at hand here.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use http::HeaderValue;
use http::header::{ACCEPT, ACCEPT_ENCODING};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, retry};
use roster_gateway::{Cause, Limits, Origin, Refusal, all_public, cause, may_attach};
use tokio::time::timeout;
use tracing::debug;

use crate::answer::Arrived;

/// How we name ourselves to an API.
const USER_AGENT: &str = concat!("roster/", env!("CARGO_PKG_VERSION"));

/// The clients of all live sources: one for the internet, one for sources on loopback, which the configuration allowed
/// by name.
#[derive(Clone)]
pub(crate) struct Clients {
    public: Client,
    loopback: Client,
}

impl Clients {
    /// Clients that follow no redirect, know no proxy of the environment, keep no cookie, decode no compression and
    /// send nothing twice.
    ///
    /// # Errors
    /// The reason, if TLS cannot be set up.
    pub(crate) fn new(limits: &Limits) -> Result<Self, String> {
        let build = |builder: ClientBuilder| builder.build().map_err(|error| error.to_string());
        Ok(Self {
            public: build(builder(limits)?.dns_resolver(Arc::new(PublicOnly)))?,
            loopback: build(builder(limits)?)?,
        })
    }

    fn for_url(&self, url: &str) -> &Client {
        let is_loopback = Origin::parse(url).is_some_and(|origin| origin.is_loopback());
        if is_loopback { &self.loopback } else { &self.public }
    }
}

/// Names that resolve to addresses on the internet, and to nothing else. The address that was looked at is the one that
/// is dialled.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public = all_public(found.collect(), SocketAddr::ip).ok_or("expected public addresses only")?;
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

fn builder(limits: &Limits) -> Result<ClientBuilder, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots: rustls::RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(USER_AGENT)
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .retry(retry::never())
        .http1_only()
        .connect_timeout(Duration::from_millis(limits.connect_ms));
    Ok(builder)
}

/// Asks an API with its credential, if the credential may go to that URL.
pub(crate) async fn ask(
    clients: &Clients,
    base_url: &str,
    target: &str,
    headers: &[(&'static str, HeaderValue)],
    limits: &Limits,
) -> Result<Arrived, Refusal> {
    let url = format!("{base_url}{target}");
    if !may_attach(base_url, &url) {
        return Err(cause::BUG.refusal("bug: the planned URL is not the source's own"));
    }
    let arrived = send(clients.for_url(&url), &url, headers, limits).await;
    arrived.map_err(|cause| cause.refusal(sentence(cause)))
}

/// Fetches a file that an API named, without a credential.
pub(crate) async fn fetch(clients: &Clients, url: &str, limits: &Limits) -> Result<Arrived, Refusal> {
    let arrived = send(clients.for_url(url), url, &[], limits).await;
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
    cause.sentence()
}
