//! Connections: how many, how long, and how they end. Each is bounded in every direction.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutWriter;
use tokio_rustls::TlsAcceptor;
use tower::Service;
use tracing::{debug, warn};

/// Largest head of a request, in bytes. Beyond it the answer is 431.
const HEAD_BYTES: usize = 32 * 1024;

/// Pause after a connection that could not be accepted, in milliseconds: the process may be out of files.
const ACCEPT_PAUSE_MS: u64 = 50;

/// Bounds of connections.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How long a client may take to send the head of a request, and to agree on TLS, in milliseconds.
    pub header_read_ms: u64,
    /// How long a client may take no byte of an answer, in milliseconds.
    pub write_stall_ms: u64,
    /// How long open connections may go on after the signal to stop, in milliseconds.
    pub drain_ms: u64,
    /// Connections at the same time. Beyond it they wait in the system's queue.
    pub n_connections: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            header_read_ms: 10_000,
            write_stall_ms: 30_000,
            drain_ms: 10_000,
            n_connections: 1024,
        }
    }
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The certificate for new connections, as it is now.
pub(crate) type Certificate = Arc<dyn Fn() -> Option<Arc<ServerConfig>> + Send + Sync>;

/// Accepts connections for a service until `stop` comes, then lets open ones end.
pub(crate) async fn accept(
    listener: TcpListener,
    service: Router,
    bounds: Bounds,
    certificate: Certificate,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(bounds.n_connections));
    let start = |(socket, peer): (TcpStream, SocketAddr), permit| {
        let connection = connection(
            socket,
            peer.ip(),
            service.clone(),
            bounds,
            certificate(),
            graceful.watcher(),
        );
        tokio::spawn(async move {
            connection.await;
            drop(permit);
        });
    };
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(permit) = free.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok(accepted) => start(accepted, Some(permit)),
            Err(_) => sleep(Duration::from_millis(ACCEPT_PAUSE_MS)).await,
        }
    }
    // The system has greeted these clients in our name; closing the listener would hang up on them.
    while let Some(accepted) = waiting(&listener).await {
        start(accepted, None);
    }
    drop(listener);
    let drained = timeout(Duration::from_millis(bounds.drain_ms), graceful.shutdown()).await;
    if drained.is_err() {
        warn!(ms = bounds.drain_ms, "connections were still open at the end");
    }
}

/// A connection that is in the queue already.
async fn waiting(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    poll_fn(|context| match listener.poll_accept(context) {
        Poll::Ready(accepted) => Poll::Ready(accepted.ok()),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

async fn connection(
    socket: TcpStream,
    peer: IpAddr,
    service: Router,
    bounds: Bounds,
    certificate: Option<Arc<ServerConfig>>,
    watcher: Watcher,
) {
    if prepare(&socket).is_err() {
        return;
    }
    match certificate {
        None => exchange(socket, peer, service, bounds, watcher).await,
        Some(certificate) => {
            let agreed = TlsAcceptor::from(certificate).accept(socket);
            let agreed = timeout(Duration::from_millis(bounds.header_read_ms), agreed).await;
            match agreed {
                Ok(Ok(stream)) => exchange(stream, peer, service, bounds, watcher).await,
                Ok(Err(error)) => debug!(%error, "a client did not agree on TLS"),
                Err(_) => debug!("a client took too long to agree on TLS"),
            }
        }
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + 'static,
    peer: IpAddr,
    service: Router,
    bounds: Bounds,
    watcher: Watcher,
) {
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(Duration::from_millis(bounds.write_stall_ms)));
    let answer = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(Peer(peer));
        let answer = service.clone().call(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(bounds.header_read_ms))
        .max_buf_size(HEAD_BYTES);
    let connection = builder.serve_connection(TokioIo::new(Box::pin(stream)), answer);
    if let Err(error) = watcher.watch(connection).await {
        debug!(%error, "a connection ended early");
    }
}

/// Without this, small pieces of a streamed body wait for the client's acknowledgement: 40 ms each.
fn prepare(socket: &TcpStream) -> io::Result<()> {
    socket.set_nodelay(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn small_pieces_are_sent_at_once() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (socket, _) = listener.accept().await.unwrap();
        assert!(!socket.nodelay().unwrap(), "the system's default would do");
        prepare(&socket).unwrap();
        assert!(socket.nodelay().unwrap());
        drop(client);
    }
}
