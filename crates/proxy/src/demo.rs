//! The sandbox as a source in this process: requests go the same way as to an API, only no socket is between.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, unfold};
use http::HeaderValue;
use roster_gateway::{Cause, cause};
use roster_sandbox::Delivery;
use roster_shell::{Demo, header_map};

use crate::clock;
use crate::upstream::{Arrived, Pieces};

/// How often a slow body sends a piece, in milliseconds.
const SLOW_STEP_MS: u64 = 100;

/// The answer to a GET of a path with query, as an API's answer arrives. A list over a million profiles takes a while, so
/// it is made beside the threads that serve.
pub(crate) async fn play(
    demo: &Arc<Demo>,
    target: String,
    headers: Vec<(&'static str, HeaderValue)>,
) -> Result<Arrived, Cause> {
    let demo = demo.clone();
    let played = tokio::task::spawn_blocking(move || demo.ask(&target, &headers, clock::now())).await;
    let played = played.map_err(|_| cause::BUG)?;
    Ok(Arrived {
        status: played.status,
        headers: header_map(&played.headers),
        pieces: pieces(played.body, played.delivery),
    })
}

/// The body as the sandbox says that it goes over the wire.
pub(crate) fn pieces(body: Vec<u8>, delivery: Delivery) -> Pieces {
    let body = Bytes::from(body);
    match delivery {
        Delivery::Whole => stream::iter([Ok(body)]).boxed(),
        Delivery::CutAfter { bytes } => {
            let kept = body.slice(..bytes.min(body.len()));
            stream::iter([Ok(kept)]).chain(stream::once(cut())).boxed()
        }
        Delivery::Slow { bytes_per_second } => slow(body, bytes_per_second),
    }
}

/// The end that comes too early. A server sends what it has when a body makes it wait; without the wait it would drop
/// the kept bytes together with the connection.
async fn cut() -> Result<Bytes, Cause> {
    tokio::task::yield_now().await;
    Err(cause::UNREACHABLE)
}

fn slow(body: Bytes, bytes_per_second: u64) -> Pieces {
    let step_bytes = usize::try_from(bytes_per_second * SLOW_STEP_MS / 1000)
        .unwrap_or(usize::MAX)
        .max(1);
    let step_ms = if bytes_per_second * SLOW_STEP_MS < 1000 {
        1000 / bytes_per_second.max(1)
    } else {
        SLOW_STEP_MS
    };
    let stream = unfold(body, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(step_ms)).await;
        let piece = left.split_to(step_bytes.min(left.len()));
        Some((Ok::<_, Cause>(piece), left))
    });
    stream.boxed()
}
