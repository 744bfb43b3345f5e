//! The APIs themselves, over HTTPS. The request is built from nothing: what a client sent is not at hand here.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::StreamExt;
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, USER_AGENT};
use http::{HeaderValue, Method, Request, Uri};
use http_body_util::Full;
use roster_gateway::{Cause, ERROR_BODY_BYTES, Limits, Origin, Refusal, cause, may_attach};
use tokio::time::timeout;

use super::arrived::{Arrived, Gathered};
use super::connect::{Connector, Found, LookUp};
use super::line::{Ask, Flow, Line, Unanswered};
use super::pool::{Place, Pool};

/// How we name ourselves to an API.
const OUR_NAME: &str = concat!("roster/", env!("CARGO_PKG_VERSION"));

/// The clients of all live sources: one for the internet, one for sources on loopback, which the configuration allowed
/// by name.
#[derive(Clone)]
pub(crate) struct Clients {
    public: Client,
    loopback: Client,
}

/// Asks over connections of its own. It follows no redirect, knows no proxy of the environment, keeps no cookie, decodes
/// no compression and sends nothing twice.
#[derive(Clone)]
struct Client {
    connector: Connector,
    pool: Pool,
}

impl Clients {
    /// # Errors
    /// The reason, if TLS cannot be set up.
    pub(crate) fn new(limits: &Limits) -> Result<Self, String> {
        Self::with_look_up(limits, |name| {
            Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
        })
    }

    fn with_look_up(
        limits: &Limits,
        look_up: impl Fn(String) -> Found + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let look_up: Arc<LookUp> = Arc::new(look_up);
        let client = |is_public_only| {
            let connector = Connector::new(look_up.clone(), is_public_only, limits.connect_ms)?;
            let pool = Pool::default();
            Ok::<_, String>(Client { connector, pool })
        };
        Ok(Self {
            public: client(true)?,
            loopback: client(false)?,
        })
    }

    fn at(&self, is_loopback: bool) -> &Client {
        if is_loopback { &self.loopback } else { &self.public }
    }
}

impl Client {
    /// Sends a request and waits for the head of its answer. A connection that waited and has ended meanwhile, before
    /// anything was sent over it, makes room for a new one.
    async fn send(&self, place: Place, ask: Ask) -> Result<Arrived, Cause> {
        let mut ask = ask;
        if let Some(line) = self.pool.take(&place) {
            match self.over(line, &place, ask).await {
                Ok(arrived) => return Ok(arrived),
                Err(Unanswered::Broken) => return Err(cause::UNREACHABLE),
                Err(Unanswered::Unsent(again)) => ask = *again,
            }
        }
        let line = self.connector.connect(&place).await?;
        let answered = self.over(line, &place, ask).await;
        answered.map_err(|_| cause::UNREACHABLE)
    }

    async fn over(&self, mut line: Line, place: &Place, ask: Ask) -> Result<Arrived, Unanswered> {
        let (head, body) = line.ask(ask).await?.into_parts();
        let home = (self.pool.clone(), place.clone());
        Ok(Arrived {
            status: head.status.as_u16(),
            headers: head.headers,
            pieces: Flow::new(body, line, home).boxed(),
        })
    }
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
    let own = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.clone()));
    send(clients, Method::GET, url, own, Bytes::new(), limits).await
}

/// Fetches a file that an API named, without a credential.
pub(crate) async fn fetch(
    clients: &Clients,
    url: &str,
    headers: &[(HeaderName, HeaderValue)],
    limits: &Limits,
) -> Result<Arrived, Refusal> {
    let own = headers.iter().cloned();
    let sent = send(clients, Method::GET, url.to_owned(), own, Bytes::new(), limits).await;
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
    let own = [
        (AUTHORIZATION, authorization),
        (
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        ),
    ];
    let sent = send(
        clients,
        Method::POST,
        url.to_owned(),
        own.into_iter(),
        form.into(),
        limits,
    );
    let mut arrived = sent.await.map_err(broken)?;
    let small = Limits {
        body_bytes: ERROR_BODY_BYTES,
        ..*limits
    };
    match arrived.gather(&small).await.map_err(broken)? {
        Gathered::Whole(body) => Ok((arrived.status, body)),
        Gathered::Long(_) => Err(broken(cause::TOO_LARGE)),
    }
}

async fn send(
    clients: &Clients,
    method: Method,
    url: String,
    own: impl Iterator<Item = (HeaderName, HeaderValue)>,
    body: Bytes,
    limits: &Limits,
) -> Result<Arrived, Cause> {
    let is_loopback = Origin::parse(&url).is_some_and(|origin| origin.is_loopback());
    let (place, ask) = request(method, url, own, body).ok_or(cause::BUG)?;
    let sent = clients.at(is_loopback).send(place, ask);
    let head = timeout(Duration::from_millis(limits.first_byte_ms), sent).await;
    head.unwrap_or(Err(cause::TIMEOUT))
}

/// The request for a URL, and where it goes. `None` if the URL is none.
fn request(
    method: Method,
    url: String,
    own: impl Iterator<Item = (HeaderName, HeaderValue)>,
    body: Bytes,
) -> Option<(Place, Ask)> {
    let parts = Uri::try_from(url).ok()?.into_parts();
    let authority = parts.authority?;
    let mut request = Request::new(Full::new(body));
    *request.method_mut() = method;
    *request.uri_mut() = Uri::from(parts.path_and_query?);
    let headers = request.headers_mut();
    headers.reserve(8);
    headers.insert(HOST, HeaderValue::from_str(authority.as_str()).ok()?);
    headers.insert(USER_AGENT, HeaderValue::from_static(OUR_NAME));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers.extend(own);
    let is_https = parts.scheme? == http::uri::Scheme::HTTPS;
    Some((Place { is_https, authority }, request))
}

/// What a client is told about a failed exchange.
pub(crate) fn sentence(cause: Cause) -> &'static str {
    cause.sentence()
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
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
