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

/// A body, as far as it is held.
pub(crate) enum Gathered {
    Whole(Vec<u8>),
    /// It is longer than what is held; this is its beginning.
    Long(Bytes),
}

impl Arrived {
    /// The body: data whole, or its beginning if it is longer than what is held; of an error, whose status says enough,
    /// as much as comes and fits.
    pub(crate) async fn gather(&mut self, limits: &Limits) -> Result<Gathered, Cause> {
        if !(200..300).contains(&self.status) {
            return Ok(Gathered::Whole(self.error_body(limits).await));
        }
        let announced_bytes = self.announced_bytes().unwrap_or_default();
        if announced_bytes > limits.body_bytes {
            return Err(cause::TOO_LARGE);
        }
        if announced_bytes > limits.held_bytes {
            return Ok(Gathered::Long(Bytes::new()));
        }
        let mut body = Vec::with_capacity(usize::try_from(announced_bytes).unwrap_or_default());
        while let Some(piece) = next(&mut self.pieces, limits.chunk_ms).await {
            append(&mut body, &piece?, limits.held_bytes);
            let length = body.len() as u64;
            if length > limits.body_bytes {
                return Err(cause::TOO_LARGE);
            }
            if length > limits.held_bytes {
                return Ok(Gathered::Long(Bytes::from(body)));
            }
        }
        Ok(Gathered::Whole(body))
    }

    async fn error_body(&mut self, limits: &Limits) -> Vec<u8> {
        let mut body = Vec::new();
        while let Some(Ok(piece)) = next(&mut self.pieces, limits.chunk_ms).await {
            body.extend_from_slice(&piece);
            if body.len() as u64 > ERROR_BODY_BYTES {
                break;
            }
        }
        body
    }

    /// The body, handed on while it arrives. Beyond the limit the answer breaks off, so that a client sees that it is
    /// not whole.
    pub(crate) fn into_pieces(self, chunk_ms: u64, limit_bytes: u64) -> Pieces {
        let stream = unfold(Some((self.pieces, limit_bytes)), move |state| async move {
            let (mut pieces, left) = state?;
            let piece = next(&mut pieces, chunk_ms).await?;
            let counted = piece.and_then(|bytes| {
                let left = left.checked_sub(bytes.len() as u64).ok_or(cause::TOO_LARGE)?;
                Ok((bytes, left))
            });
            Some(match counted {
                Ok((bytes, left)) => (Ok(bytes), Some((pieces, left))),
                Err(cause) => (Err(cause), None),
            })
        });
        stream.boxed()
    }

    /// The length that its head announces, in bytes.
    pub(crate) fn announced_bytes(&self) -> Option<u64> {
        self.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }
}

/// Up to here room is doubled as a body grows, in bytes.
const DOUBLED_BYTES: usize = 256 * 1024;

/// Adds a piece. Room is doubled while it is small; then there is room for all that is held. Room that nothing was written
/// into takes no memory, but each smaller room that was left behind does, until the allocator gives it back: many answers
/// without a length that arrive at once would else take more than twice of what is held.
fn append(body: &mut Vec<u8>, piece: &[u8], held_bytes: u64) {
    let needed = body.len() + piece.len();
    if needed > body.capacity() {
        let most = usize::try_from(held_bytes).unwrap_or(usize::MAX);
        let room = if needed > DOUBLED_BYTES {
            most
        } else {
            most.min(body.capacity() * 2)
        };
        body.reserve_exact(needed.max(room) - body.len());
    }
    body.extend_from_slice(piece);
}

/// Pieces as the body of an answer; one that fails breaks the connection off.
pub(crate) fn body(pieces: impl futures_util::Stream<Item = Result<Bytes, Cause>> + Send + 'static) -> Body {
    Body::from_stream(pieces.map(|piece| piece.map_err(|cause| std::io::Error::other(cause.title))))
}

async fn next(pieces: &mut Pieces, chunk_ms: u64) -> Option<Result<Bytes, Cause>> {
    let piece = timeout(Duration::from_millis(chunk_ms), pieces.next()).await;
    piece.unwrap_or(Some(Err(cause::TIMEOUT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_doubled_up_to_what_is_held() {
        let (mut body, mut rooms) = (Vec::new(), Vec::new());
        for _ in 0..10 {
            append(&mut body, b"0123456789", 70);
            rooms.push(body.capacity());
        }
        assert_eq!(rooms, [10, 20, 40, 40, 70, 70, 70, 80, 90, 100]);
        assert_eq!(body, b"0123456789".repeat(10));
    }

    #[test]
    fn a_body_that_grows_long_is_moved_a_few_times_and_then_never() {
        let (mut body, mut n_moves) = (Vec::new(), 0);
        let held_bytes = 16 * DOUBLED_BYTES;
        for _ in 0..16 * 16 {
            let before = body.capacity();
            append(&mut body, &[b' '; DOUBLED_BYTES / 16], held_bytes as u64);
            n_moves += u32::from(body.capacity() != before);
        }
        assert_eq!((body.capacity(), n_moves), (held_bytes, 6));
    }
}
