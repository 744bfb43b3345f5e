//! What arrives from a source, live or played, piece by piece, and how it is taken in within bounds.

use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::StreamExt;
use futures_util::stream::{BoxStream, unfold};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use roster_gateway::{Cause, ERROR_BODY_BYTES, Limits, cause};
use tokio::time::timeout;

/// The pieces of a body, or why it ends early.
pub(crate) type Pieces = BoxStream<'static, Result<Bytes, Cause>>;

/// An answer whose head is here.
pub(crate) struct Arrived {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) pieces: Pieces,
}

impl Arrived {
    /// The body: data whole or not at all; of an error, whose status says enough, as much as comes and fits.
    pub(crate) async fn body(&mut self, limits: &Limits) -> Result<Vec<u8>, Cause> {
        let is_data = (200..300).contains(&self.status);
        let cap = if is_data { limits.body_bytes } else { ERROR_BODY_BYTES };
        if is_data && self.announced_bytes().is_some_and(|bytes| bytes > cap) {
            return Err(cause::TOO_LARGE);
        }
        let mut body = Vec::new();
        while let Some(piece) = next(&mut self.pieces, limits.chunk_ms).await {
            match piece {
                Ok(bytes) => body.extend_from_slice(&bytes),
                Err(cause) if is_data => return Err(cause),
                Err(_) => break,
            }
            if body.len() as u64 > cap {
                return if is_data { Err(cause::TOO_LARGE) } else { Ok(body) };
            }
        }
        Ok(body)
    }

    /// The body of a batch file, handed on while it arrives. Beyond the limit the answer breaks off, so that a client
    /// sees that it is not whole.
    pub(crate) fn into_stream(self, limits: &Limits) -> Result<Body, Cause> {
        if self.announced_bytes().is_some_and(|bytes| bytes > limits.batch_bytes) {
            return Err(cause::TOO_LARGE);
        }
        let (chunk_ms, left) = (limits.chunk_ms, limits.batch_bytes);
        let stream = unfold((self.pieces, left), move |(mut pieces, left)| async move {
            let piece = next(&mut pieces, chunk_ms).await?;
            let counted = piece.and_then(|bytes| {
                let left = left.checked_sub(bytes.len() as u64).ok_or(cause::TOO_LARGE)?;
                Ok((bytes, left))
            });
            Some(match counted {
                Ok((bytes, left)) => (Ok(bytes), (pieces, left)),
                Err(cause) => (Err(std::io::Error::other(cause.title)), (pieces, 0)),
            })
        });
        Ok(Body::from_stream(stream))
    }

    fn announced_bytes(&self) -> Option<u64> {
        self.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }
}

async fn next(pieces: &mut Pieces, chunk_ms: u64) -> Option<Result<Bytes, Cause>> {
    let piece = timeout(Duration::from_millis(chunk_ms), pieces.next()).await;
    piece.unwrap_or(Some(Err(cause::TIMEOUT)))
}
