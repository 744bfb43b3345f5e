//! The way to a socket: the name looked up, every address held against what is allowed, TLS where the scheme says so.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::{PathAndQuery, Scheme};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use roster_gateway::{Cause, all_public, cause};
use tokio::time::timeout;
use tower::{Service, ServiceExt};
use tracing::debug;

use super::line::Line;
use super::pool::Place;

/// What a look-up ends with.
pub(super) type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>>;

/// Finds the addresses of a name.
pub(super) type LookUp = dyn Fn(String) -> Found + Send + Sync;

/// Opens connections.
#[derive(Clone)]
pub(super) struct Connector {
    sockets: HttpsConnector<HttpConnector<Names>>,
    connect_ms: u64,
}

impl Connector {
    /// One that leads to the internet only, or to wherever a name leads.
    ///
    /// # Errors
    /// The reason, if TLS cannot be set up.
    pub(super) fn new(look_up: Arc<LookUp>, is_public_only: bool, connect_ms: u64) -> Result<Self, String> {
        let mut sockets = HttpConnector::new_with_resolver(Names {
            look_up,
            is_public_only,
        });
        sockets.enforce_http(false);
        sockets.set_nodelay(true);
        let sockets = HttpsConnectorBuilder::new()
            .with_tls_config(tls()?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(sockets);
        Ok(Self { sockets, connect_ms })
    }

    /// A new connection.
    pub(super) async fn connect(&self, place: &Place) -> Result<Line, Cause> {
        let uri = place.uri().ok_or(cause::BUG)?;
        let opened = self.sockets.clone().oneshot(uri);
        let opened = timeout(Duration::from_millis(self.connect_ms), opened).await;
        let wire = opened.map_err(|_| cause::TIMEOUT)?.map_err(|error| {
            let reason = error.source().map(ToString::to_string);
            debug!(%error, reason, "no connection to an API");
            cause::UNREACHABLE
        })?;
        Line::over(wire).await
    }
}

impl Place {
    fn uri(&self) -> Option<Uri> {
        let scheme = if self.is_https { Scheme::HTTPS } else { Scheme::HTTP };
        let uri = Uri::builder().scheme(scheme).authority(self.authority.clone());
        uri.path_and_query(PathAndQuery::from_static("/")).build().ok()
    }
}

/// Names and their addresses. The address that was looked at is the one that is dialled.
#[derive(Clone)]
struct Names {
    look_up: Arc<LookUp>,
    /// Whether a name may resolve to addresses on the internet, and to nothing else.
    is_public_only: bool,
}

impl Service<Name> for Names {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = std::io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (found, is_public_only) = ((self.look_up)(name.as_str().to_owned()), self.is_public_only);
        Box::pin(async move {
            let found = found.await?;
            if !is_public_only {
                return Ok(found.into_iter());
            }
            let public = all_public(found, SocketAddr::ip);
            public
                .map(Vec::into_iter)
                .ok_or_else(|| std::io::Error::other("expected public addresses only"))
        })
    }
}

fn tls() -> Result<rustls::ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots: rustls::RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
