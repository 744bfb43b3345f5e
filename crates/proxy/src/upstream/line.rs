//! One connection to an API, driven by whoever waits for its answer. It has no task of its own, so that nothing of an
//! exchange is handed from one task to another and back.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use axum::body::Bytes;
use futures_util::Stream;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::rt::TokioIo;
use roster_gateway::{Cause, cause};
use tokio::net::TcpStream;
use tokio::task::unconstrained;
use tracing::debug;

use super::pool::{Place, Pool};

/// Most that is read at once, in bytes, and so the longest head of an answer. Larger pieces would be fewer, but each
/// of many answers under way holds one.
const READ_BYTES: usize = 128 * 1024;

/// A socket to an API, with TLS or without.
pub(super) type Wire = MaybeHttpsStream<TokioIo<TcpStream>>;

/// A request as it goes out.
pub(super) type Ask = Request<Full<Bytes>>;

/// A connection.
pub(super) struct Line {
    sender: SendRequest<Full<Bytes>>,
    connection: Connection<Wire, Full<Bytes>>,
    has_ended: bool,
}

/// Why there is no answer.
pub(super) enum Unanswered {
    /// The connection had ended before any of the request was sent; here it is again.
    Unsent(Box<Ask>),
    /// The exchange broke.
    Broken,
}

impl Line {
    pub(super) async fn over(wire: Wire) -> Result<Self, Cause> {
        let mut builder = Builder::new();
        let (sender, connection) = builder
            .max_buf_size(READ_BYTES)
            .handshake(wire)
            .await
            .map_err(|error| broken(&error))?;
        Ok(Self {
            sender,
            connection,
            has_ended: false,
        })
    }

    /// Whether it can be asked now; nobody waits for anything here.
    pub(super) fn is_free(&mut self) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        !self.has_ended && self.sender.is_ready()
    }

    /// Sends a request and waits for the head of its answer.
    pub(super) async fn ask(&mut self, request: Ask) -> Result<Response<Incoming>, Unanswered> {
        // What completes it happens while the connection is driven, a moment before it is looked at: it needs to wake
        // nobody, and may not put itself off for the sake of others.
        let mut answer = pin!(unconstrained(self.sender.try_send_request(request)));
        let answer = poll_fn(|context| {
            drive(&mut self.connection, &mut self.has_ended, context);
            match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                Poll::Pending if self.has_ended => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            }
        });
        match answer.await {
            Some(Ok(response)) => Ok(response),
            Some(Err(mut error)) => {
                broken(error.error());
                Err(error
                    .take_message()
                    .map_or(Unanswered::Broken, |ask| Unanswered::Unsent(Box::new(ask))))
            }
            None => Err(Unanswered::Broken),
        }
    }

    fn drive(&mut self, context: &mut Context<'_>) {
        drive(&mut self.connection, &mut self.has_ended, context);
    }
}

/// Sends and reads what can be sent and read now. A connection that has ended is not touched again.
fn drive(connection: &mut Connection<Wire, Full<Bytes>>, has_ended: &mut bool, context: &mut Context<'_>) {
    if !*has_ended {
        *has_ended = Pin::new(connection).poll(context).is_ready();
    }
}

/// The reason goes to the log.
fn broken(error: &hyper::Error) -> Cause {
    let reason = std::error::Error::source(error).map(ToString::to_string);
    debug!(%error, reason, "no answer of an API");
    cause::UNREACHABLE
}

/// The body of an answer, with the connection that it comes over. When all of it is here the connection goes back to
/// where others find it; a body that nobody wants to its end takes the connection with it.
pub(super) struct Flow {
    body: Incoming,
    line: Option<Line>,
    home: (Pool, Place),
}

impl Flow {
    pub(super) fn new(body: Incoming, line: Line, home: (Pool, Place)) -> Self {
        Self {
            body,
            line: Some(line),
            home,
        }
    }

    fn end(&mut self) {
        if let Some(line) = self.line.take() {
            self.home.0.put(self.home.1.clone(), line);
        }
    }

    /// What the connection has handed over.
    fn handed(&mut self) -> Poll<Option<Result<Bytes, Cause>>> {
        loop {
            let context = &mut Context::from_waker(Waker::noop());
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    let Ok(bytes) = frame.into_data() else { continue };
                    // Who knows the length does not ask for what comes after the last piece.
                    if self.body.is_end_stream() {
                        self.end();
                    }
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(broken(&error)))),
                Poll::Ready(None) => {
                    self.end();
                    return Poll::Ready(None);
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl Stream for Flow {
    type Item = Result<Bytes, Cause>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let handed = self.handed();
        if handed.is_ready() {
            return handed;
        }
        if let Some(line) = &mut self.line {
            line.drive(context);
        }
        let handed = self.handed();
        match &self.line {
            Some(line) if line.has_ended && handed.is_pending() => Poll::Ready(Some(Err(cause::UNREACHABLE))),
            _ => handed,
        }
    }
}
