//! The sandbox as a server for programs of others: it takes what they send, and answers as the APIs do.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::response::Response;
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderMap, HeaderValue, StatusCode};
use hyper::body::Incoming;
use roster_sandbox::{Delivery, Settings};
use roster_shell::{Demo, header_map};
use tokio::net::TcpListener;

use crate::accept::{Bounds, Seam, accept};
use crate::clock;
use crate::demo::pieces;
use futures_util::StreamExt;

/// Largest body of a request, in bytes: a token exchange is small.
const REQUEST_BYTES: usize = 64 * 1024;

struct Server {
    demo: Demo,
    address: SocketAddr,
}

/// Serves the sandbox until `stop` comes.
///
/// # Errors
/// If the listener has no address.
pub async fn serve_sandbox(
    listener: TcpListener,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let server = Arc::new(Server {
        demo: Demo::new(settings),
        address: listener.local_addr()?,
    });
    let answer = move |request, _| play(server.clone(), request);
    accept(listener, answer, Bounds::default(), Seam::plain(), stop).await;
    Ok(())
}

async fn play(server: Arc<Server>, request: hyper::Request<Incoming>) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(Body::new(body), REQUEST_BYTES).await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    let asked = roster_sandbox::Request {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        base_url: base_url(&head.headers, server.address),
        headers,
        body: body.to_vec(),
    };
    let played = tokio::task::spawn_blocking(move || server.demo.handle(&asked, clock::now())).await;
    played.map_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR), sent)
}

/// Where the client reaches us, for absolute links: the host that it names, if it is one.
fn base_url(headers: &HeaderMap, address: SocketAddr) -> String {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok());
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '[' | ']');
    let host = host.filter(|host| !host.is_empty() && host.chars().all(is_plain));
    host.map_or_else(|| format!("http://{address}"), |host| format!("http://{host}"))
}

fn sent(played: roster_sandbox::Response) -> Response {
    let length = played.body.len();
    let mut headers = header_map(&played.headers);
    let body = match played.delivery {
        Delivery::Whole => Body::from(Bytes::from(played.body)),
        delivery => {
            // The announced length is that of the whole body, so that a client sees what is missing.
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
            let pieces = pieces(played.body, delivery);
            Body::from_stream(pieces.map(|piece| piece.map_err(|cause| io::Error::other(cause.title))))
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(played.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
}

fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
