//! Connections: how many, how long, and how they end. Each is bounded in every direction.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use prometheus_client::metrics::gauge::Gauge;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutWriter;
use tokio_rustls::TlsAcceptor;
use tracing::{debug, warn};

use crate::metrics::While;

/// Largest head of a request, in bytes. Beyond it the answer is 431.
const HEAD_BYTES: usize = 32 * 1024;

/// Pause after a connection that could not be accepted, in milliseconds: the process may be out of files.
const ACCEPT_PAUSE_MS: u64 = 50;

/// How long after the signal to stop a request may still come in, in milliseconds. hyper hangs up on a connection that it
/// has read nothing of, even if the request waits in the system's buffer.
const LINGER_MS: u64 = 250;

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

/// What a listener asks of the server around it.
pub(crate) struct Seam {
    /// The certificate for new connections, as it is now.
    pub(crate) certificate: Box<dyn Fn() -> Option<Arc<ServerConfig>> + Send + Sync>,
    /// Counts open connections.
    pub(crate) connections: Gauge,
}

impl Seam {
    /// No certificate, and nobody reads the count.
    pub(crate) fn plain() -> Self {
        Self {
            certificate: Box::new(|| None),
            connections: Gauge::default(),
        }
    }
}

/// Accepts connections for who answers until `stop` comes, then lets open ones end.
pub(crate) async fn accept<A, F>(
    listener: TcpListener,
    answer: A,
    bounds: Bounds,
    seam: Seam,
    stop: impl Future<Output = ()>,
) where
    A: Fn(hyper::Request<Incoming>, Peer) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let (stopping, told) = watch::channel(());
    let (open, mut closed) = mpsc::channel::<()>(1);
    let free = Arc::new(Semaphore::new(bounds.n_connections));
    let start = |(socket, peer): (TcpStream, SocketAddr), permit| {
        let client = Client {
            peer: Peer(peer.ip()),
            answer: answer.clone(),
            bounds,
            stopping: told.clone(),
        };
        let certificate = (seam.certificate)();
        let during = (While::counted(&seam.connections), open.clone(), permit);
        tokio::spawn(async move {
            client.serve(socket, certificate).await;
            drop(during);
        });
    };
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = next(&listener, &free) => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((accepted, permit)) => start(accepted, Some(permit)),
            Err(_) => sleep(Duration::from_millis(ACCEPT_PAUSE_MS)).await,
        }
    }
    // The system has greeted these clients in our name; closing the listener would hang up on them.
    for accepted in queued(listener) {
        start(accepted, None);
    }
    // Nobody listens only if nobody is connected.
    let _ = stopping.send(());
    drop(open);
    let drained = timeout(Duration::from_millis(bounds.drain_ms), closed.recv()).await;
    if drained.is_err() {
        warn!(ms = bounds.drain_ms, "connections were still open at the end");
    }
}

/// The next connection, once there is room for it.
async fn next(
    listener: &TcpListener,
    free: &Arc<Semaphore>,
) -> io::Result<((TcpStream, SocketAddr), OwnedSemaphorePermit)> {
    let permit = free.clone().acquire_owned().await.map_err(io::Error::other)?;
    Ok((listener.accept().await?, permit))
}

/// The connections that are in the system's queue when the listener closes. The system is asked itself: the runtime may
/// not have heard of them yet.
fn queued(listener: TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    let Ok(listener) = listener.into_std() else {
        return Vec::new();
    };
    let take = || {
        let (socket, peer) = listener.accept().ok()?;
        socket.set_nonblocking(true).ok()?;
        Some((TcpStream::from_std(socket).ok()?, peer))
    };
    std::iter::from_fn(take).collect()
}

/// One connection of a client.
struct Client<A> {
    peer: Peer,
    answer: A,
    bounds: Bounds,
    stopping: watch::Receiver<()>,
}

impl<A, F> Client<A>
where
    A: Fn(hyper::Request<Incoming>, Peer) -> F + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    async fn serve(self, socket: TcpStream, certificate: Option<Arc<ServerConfig>>) {
        if prepare(&socket).is_err() {
            return;
        }
        let Some(certificate) = certificate else {
            return self.exchange(socket).await;
        };
        let agreed = TlsAcceptor::from(certificate).accept(socket);
        match timeout(Duration::from_millis(self.bounds.header_read_ms), agreed).await {
            Ok(Ok(stream)) => self.exchange(stream).await,
            Ok(Err(error)) => debug!(%error, "a client did not agree on TLS"),
            Err(_) => debug!("a client took too long to agree on TLS"),
        }
    }

    async fn exchange(mut self, stream: impl AsyncRead + AsyncWrite + Send + 'static) {
        let mut stream = TimeoutWriter::new(stream);
        stream.set_timeout(Some(Duration::from_millis(self.bounds.write_stall_ms)));
        let (peer, answer) = (self.peer, self.answer);
        let answer = service_fn(move |request| {
            let answered = answer(request, peer);
            async move { Ok::<_, Infallible>(answered.await) }
        });
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_millis(self.bounds.header_read_ms))
            .max_buf_size(HEAD_BYTES);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(Box::pin(stream)), answer));
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            _ = self.stopping.changed() => {
                let lingered = timeout(Duration::from_millis(LINGER_MS), connection.as_mut()).await;
                if let Ok(ended) = lingered {
                    ended
                } else {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            }
        };
        if let Err(error) = ended {
            debug!(%error, "a connection ended early");
        }
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
