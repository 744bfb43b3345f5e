//! Connections that wait for the next question.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http::uri::Authority;
use tokio::time::sleep;

use super::line::Line;
use crate::clock::Watch;

/// Most connections that wait for one place.
const N_IDLE: usize = 64;

/// How long a connection may wait, in milliseconds: less than the minute after which load balancers hang up.
const IDLE_MS: u64 = 55_000;

/// How often those that wait are looked at, in milliseconds.
const SWEEP_MS: u64 = 1_000;

/// Where a connection leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) is_https: bool,
    pub(super) authority: Authority,
}

/// Connections by place.
#[derive(Clone, Default)]
pub(super) struct Pool(Arc<Mutex<Idle>>);

#[derive(Default)]
struct Idle {
    lines: HashMap<Place, Vec<Waiting>>,
    /// Whether somebody looks at them from time to time.
    is_swept: bool,
}

struct Waiting {
    line: Line,
    since: Watch,
}

impl Waiting {
    fn is_good(&mut self) -> bool {
        self.since.whole_ms() < IDLE_MS && self.line.is_free()
    }
}

impl Pool {
    /// A connection that waits, the last one first; others are let go when nobody needs as many.
    pub(super) fn take(&self, place: &Place) -> Option<Line> {
        let mut idle = self.idle();
        let lines = idle.lines.get_mut(place)?;
        std::iter::from_fn(|| lines.pop()).find_map(|mut waiting| waiting.is_good().then_some(waiting.line))
    }

    /// Takes in a connection whose exchange is over, if another one can follow.
    pub(super) fn put(&self, place: Place, mut line: Line) {
        if !line.is_free() {
            return;
        }
        let mut idle = self.idle();
        let lines = idle.lines.entry(place).or_default();
        if lines.len() < N_IDLE {
            let since = Watch::start();
            lines.push(Waiting { line, since });
        }
        if !idle.is_swept {
            idle.is_swept = true;
            tokio::spawn(sweep(Arc::downgrade(&self.0)));
        }
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets go of what an API has hung up on, or what has waited too long, until nothing waits any more. Nobody else would
/// notice: a connection that waits has no task.
async fn sweep(pool: Weak<Mutex<Idle>>) {
    loop {
        sleep(Duration::from_millis(SWEEP_MS)).await;
        let Some(pool) = pool.upgrade() else { return };
        let mut idle = pool.lock().unwrap_or_else(PoisonError::into_inner);
        idle.lines.retain(|_, lines| {
            lines.retain_mut(Waiting::is_good);
            !lines.is_empty()
        });
        if idle.lines.is_empty() {
            idle.is_swept = false;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use http::{HeaderValue, Request};
    use http_body_util::Full;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::super::connect::Connector;
    use super::super::line::Flow;
    use super::*;

    const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

    /// Answers each piece that comes, so many times.
    async fn answer(socket: &mut TcpStream, n: usize) {
        for _ in 0..n {
            let mut head = [0; 4096];
            if socket.read(&mut head).await.unwrap() == 0 {
                return;
            }
            socket.write_all(ANSWER).await.unwrap();
        }
    }

    fn connector() -> Connector {
        let look_up = |_| -> super::super::connect::Found { Box::pin(async { Ok(Vec::<SocketAddr>::new()) }) };
        Connector::new(Arc::new(look_up), false, 1_000).unwrap()
    }

    async fn place() -> (TcpListener, Place) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = listener.local_addr().unwrap().to_string().parse().unwrap();
        let place = Place {
            is_https: false,
            authority,
        };
        (listener, place)
    }

    async fn ask(mut line: Line, pool: &Pool, place: &Place) {
        let mut request = Request::new(Full::default());
        request.headers_mut().insert("host", HeaderValue::from_static("x"));
        let answered = line.ask(request).await.ok().unwrap();
        let flow = Flow::new(answered.into_body(), line, (pool.clone(), place.clone()));
        let body: Vec<_> = futures_util::StreamExt::collect(flow).await;
        assert_eq!(body, [Ok(axum::body::Bytes::from("{}"))]);
    }

    #[tokio::test]
    async fn a_connection_serves_one_question_after_the_other() {
        let ((listener, place), pool) = (place().await, Pool::default());
        let server = tokio::spawn(async move { answer(&mut listener.accept().await.unwrap().0, 3).await });
        ask(connector().connect(&place).await.unwrap(), &pool, &place).await;
        for _ in 0..2 {
            let line = pool.take(&place).unwrap();
            assert!(pool.take(&place).is_none(), "there is one");
            ask(line, &pool, &place).await;
        }
        server.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_hung_up_on_is_let_go_and_so_is_who_looks() {
        let ((listener, place), pool) = (place().await, Pool::default());
        let (hang_up, told) = tokio::sync::oneshot::channel();
        let server = tokio::spawn(async move {
            let mut socket = listener.accept().await.unwrap().0;
            answer(&mut socket, 1).await;
            told.await.unwrap();
        });
        ask(connector().connect(&place).await.unwrap(), &pool, &place).await;
        assert!(pool.idle().is_swept && pool.idle().lines.len() == 1);
        hang_up.send(()).unwrap();
        server.await.unwrap();
        sleep(Duration::from_millis(3 * SWEEP_MS)).await;
        assert!(!pool.idle().is_swept && pool.idle().lines.is_empty());
    }

    #[tokio::test]
    async fn a_body_that_nobody_wants_takes_its_connection_with_it() {
        let ((listener, place), pool) = (place().await, Pool::default());
        let server = tokio::spawn(async move {
            let mut socket = listener.accept().await.unwrap().0;
            socket.read_u8().await.unwrap();
            socket
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}")
                .await
                .unwrap();
            let mut rest = Vec::new();
            // Ends when the other side hangs up.
            let _ = socket.read_to_end(&mut rest).await;
        });
        let mut line = connector().connect(&place).await.unwrap();
        let answered = line.ask(Request::new(Full::default())).await.ok().unwrap();
        let mut flow = Flow::new(answered.into_body(), line, (pool.clone(), place.clone()));
        assert!(futures_util::StreamExt::next(&mut flow).await.unwrap().is_ok());
        drop(flow);
        server.await.unwrap();
        assert!(pool.take(&place).is_none());
    }
}
