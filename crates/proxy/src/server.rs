//! The public listener: every connection bounded in time, size and number.

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use roster_gateway::{Hosts, Limits};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tracing::debug;

use crate::app::{App, router};
use crate::source::Book;

/// Largest head of a request, in bytes. Beyond it the answer is 431.
const HEAD_BYTES: usize = 32 * 1024;

/// Connections at the same time. Beyond it they wait in the system's queue.
const N_CONNECTIONS: usize = 1024;

/// How long open connections may go on after the signal to stop, in milliseconds.
const DRAIN_MS: u64 = 10_000;

/// Pause after a connection that could not be accepted, in milliseconds: the process may be out of files.
const ACCEPT_PAUSE_MS: u64 = 50;

/// What a server is made of.
pub struct Setup {
    /// The sources.
    pub book: Book,
    /// The folder with the viewer's files.
    pub ui: Option<PathBuf>,
    /// Authorities (`host:port`) under which to answer beside those of loopback.
    pub allowed_hosts: Vec<String>,
    /// Bounds of an exchange with an API.
    pub limits: Limits,
    /// How long a client may take to send the head of a request, in milliseconds.
    pub header_read_ms: u64,
}

impl Setup {
    /// A server over these sources with the usual bounds, without the viewer.
    pub fn new(book: Book) -> Self {
        Self {
            book,
            ui: None,
            allowed_hosts: Vec::new(),
            limits: Limits::default(),
            header_read_ms: 10_000,
        }
    }
}

/// Serves until `stop` comes, then lets open requests end.
///
/// # Errors
/// If the listener has no address.
pub async fn serve(listener: TcpListener, setup: Setup, stop: impl Future<Output = ()>) -> io::Result<()> {
    let hosts = Hosts::new(listener.local_addr()?.port(), &setup.allowed_hosts);
    let app = Arc::new(App {
        book: setup.book,
        limits: setup.limits,
        hosts,
        ui: setup.ui,
        is_stopping: AtomicBool::new(false),
    });
    let stopping = app.clone();
    let stop = async move {
        stop.await;
        stopping.is_stopping.store(true, Ordering::Relaxed);
    };
    accept(listener, router(app), setup.header_read_ms, stop).await;
    Ok(())
}

/// Accepts connections for a service until `stop` comes.
pub(crate) async fn accept(
    listener: TcpListener,
    service: Router,
    header_read_ms: u64,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(N_CONNECTIONS));
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(permit) = free.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((socket, _)) = accepted else {
            sleep(Duration::from_millis(ACCEPT_PAUSE_MS)).await;
            continue;
        };
        let connection = connection(socket, service.clone(), header_read_ms, graceful.watcher());
        tokio::spawn(async move {
            connection.await;
            drop(permit);
        });
    }
    drop(listener);
    if timeout(Duration::from_millis(DRAIN_MS), graceful.shutdown())
        .await
        .is_err()
    {
        debug!("connections were still open at the end");
    }
}

async fn connection(socket: TcpStream, service: Router, header_read_ms: u64, watcher: Watcher) {
    if prepare(&socket).is_err() {
        return;
    }
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(header_read_ms))
        .max_buf_size(HEAD_BYTES);
    let connection = builder.serve_connection(TokioIo::new(socket), TowerToHyperService::new(service));
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
