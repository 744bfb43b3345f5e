//! The APIs themselves, over HTTPS. The request is built from nothing: what a client sent is not at hand here.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, RequestBuilder, retry};
use roster_gateway::{Cause, ERROR_BODY_BYTES, Limits, Origin, Refusal, all_public, cause, may_attach};
use tokio::time::timeout;
use tracing::debug;

use super::arrived::{Arrived, Gathered};

/// How we name ourselves to an API.
const USER_AGENT: &str = concat!("roster/", env!("CARGO_PKG_VERSION"));

/// The clients of all live sources: one for the internet, one for sources on loopback, which the configuration allowed
/// by name.
#[derive(Clone)]
pub(crate) struct Clients {
    public: Client,
    loopback: Client,
}

/// Finds the addresses of a name.
type LookUp = dyn Fn(String) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>> + Send + Sync;

impl Clients {
    /// Clients that follow no redirect, know no proxy of the environment, keep no cookie, decode no compression and
    /// send nothing twice.
    ///
    /// # Errors
    /// The reason, if TLS cannot be set up.
    pub(crate) fn new(limits: &Limits) -> Result<Self, String> {
        Self::with_look_up(limits, |name| {
            Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
        })
    }

    fn with_look_up(
        limits: &Limits,
        look_up: impl Fn(String) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>>
        + Send
        + Sync
        + 'static,
    ) -> Result<Self, String> {
        let build = |builder: ClientBuilder| builder.build().map_err(|error| error.to_string());
        let resolver = Arc::new(PublicOnly(Arc::new(look_up)));
        Ok(Self {
            public: build(builder(limits)?.dns_resolver(resolver))?,
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
struct PublicOnly(Arc<LookUp>);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let found = (self.0)(name.as_str().to_owned());
        Box::pin(async move {
            let public = all_public(found.await?, SocketAddr::ip).ok_or("expected public addresses only")?;
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
) -> Result<Arrived, Cause> {
    let url = format!("{base_url}{target}");
    if !may_attach(base_url, &url) {
        return Err(cause::BUG);
    }
    let headers = headers.iter().map(|(name, value)| (*name, value));
    let request = headers.fold(get(clients, &url), |request, (name, value)| request.header(name, value));
    send(request, limits).await
}

/// Fetches a file that an API named, without a credential.
pub(crate) async fn fetch(
    clients: &Clients,
    url: &str,
    headers: &[(HeaderName, HeaderValue)],
    limits: &Limits,
) -> Result<Arrived, Refusal> {
    let headers: HeaderMap = headers.iter().cloned().collect();
    let sent = send(get(clients, url).headers(headers), limits).await;
    sent.map_err(|cause| cause.refusal(sentence(cause)))
}

/// Sends a form to a token endpoint; gives status and body.
pub(crate) async fn exchange(
    clients: &Clients,
    url: &str,
    client: &str,
    form: String,
    limits: &Limits,
) -> Result<(u16, Vec<u8>), Refusal> {
    let broken = |cause: Cause| cause.refusal(sentence(cause));
    let mut authorization = HeaderValue::try_from(format!("Basic {client}"))
        .map_err(|_| cause::BUG.refusal("bug: the client's name is no header"))?;
    authorization.set_sensitive(true);
    let request = plain(clients.for_url(url).post(url))
        .header(AUTHORIZATION, authorization)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form);
    let mut arrived = send(request, limits).await.map_err(broken)?;
    let small = Limits {
        body_bytes: ERROR_BODY_BYTES,
        ..*limits
    };
    match arrived.gather(&small).await.map_err(broken)? {
        Gathered::Whole(body) => Ok((arrived.status, body)),
        Gathered::Long(_) => Err(broken(cause::TOO_LARGE)),
    }
}

fn get(clients: &Clients, url: &str) -> RequestBuilder {
    plain(clients.for_url(url).get(url))
}

fn plain(request: RequestBuilder) -> RequestBuilder {
    request
        .header(ACCEPT, "application/json")
        .header(ACCEPT_ENCODING, "identity")
}

async fn send(request: RequestBuilder, limits: &Limits) -> Result<Arrived, Cause> {
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::net::TcpListener;

    use super::*;

    /// Asks a name whose look-ups give these addresses one after the other, all at the port of a listener on loopback;
    /// says what came of each and whether anybody was connected to.
    async fn asked(look_ups: &[&[&str]]) -> (Vec<Cause>, bool) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let parse = |texts: &&[&str]| -> Vec<SocketAddr> {
            texts.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect()
        };
        let answers = Mutex::new(look_ups.iter().rev().map(parse).collect::<Vec<_>>());
        let limits = Limits {
            connect_ms: 200,
            first_byte_ms: 300,
            ..Limits::default()
        };
        let clients = Clients::with_look_up(&limits, move |name| {
            assert_eq!(name, "api.mixed.test");
            let found = answers.lock().unwrap().pop().unwrap_or_default();
            Box::pin(async move { Ok(found) })
        })
        .unwrap();
        let base_url = format!("https://api.mixed.test:{port}");
        let mut causes = Vec::new();
        for _ in look_ups {
            causes.push(ask(&clients, &base_url, "/profiles", &[], &limits).await.err().unwrap());
        }
        let connected = timeout(Duration::from_millis(50), listener.accept()).await.is_ok();
        (causes, connected)
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_never_dialled() {
        let inside = cause::UNREACHABLE;
        for look_up in [
            &["127.0.0.1"][..],
            &["8.8.8.8", "127.0.0.1"],
            &["127.0.0.1", "8.8.8.8"],
            &["2606:4700::1111", "::1"],
            &["::ffff:127.0.0.1"],
            &["169.254.169.254"],
            &[],
        ] {
            let (causes, connected) = asked(&[look_up]).await;
            assert_eq!((causes, connected), (vec![inside], false), "{look_up:?}");
        }
    }
}
