//! An answer that is too long to hold. It is handed on while it arrives, and held against the secrets on its way: what
//! could be the beginning of one stays back until the next piece shows that it is none.

use axum::body::{Body, Bytes};
use futures_util::StreamExt;
use futures_util::stream::{once, unfold};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use roster_gateway::{Cause, Limits, Refusal, cause};
use roster_shell::Circle;
use tokio::sync::OwnedSemaphorePermit;

use super::arrived::{Arrived, Pieces, body};

/// An answer on its way.
pub(crate) struct Long {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl Long {
    /// The answer behind this head, of which `first` was read already. It keeps its `place` until it ends.
    ///
    /// # Errors
    /// 502 if a header holds a secret.
    pub(crate) fn new(
        circle: &Circle,
        mut headers: HeaderMap,
        arrived: Arrived,
        first: Bytes,
        place: OwnedSemaphorePermit,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        if headers.values().any(|value| circle.is_told_in(value.as_bytes())) {
            return Err(cause::ECHO.refusal("expected an answer without the credential, found it in there"));
        }
        if let Some(bytes) = arrived.announced_bytes() {
            headers.insert(CONTENT_LENGTH, bytes.into());
        }
        let left_bytes = limits.body_bytes.saturating_sub(first.len() as u64);
        let rest = arrived.into_pieces(limits.chunk_ms, left_bytes);
        let all = once(async move { Ok(first) }).chain(rest).boxed();
        let sieved = sieved(circle.clone(), all);
        // Moved into the stream, so that the place is free when the stream is gone.
        let sieved = sieved.map(move |piece| {
            let _place = &place;
            piece
        });
        Ok(Self {
            headers,
            body: body(sieved),
        })
    }
}

struct Sieve {
    circle: Circle,
    pieces: Pieces,
    /// The end of what came, which may be the beginning of a secret.
    tail: Vec<u8>,
}

fn sieved(circle: Circle, pieces: Pieces) -> Pieces {
    let sieve = Sieve {
        circle,
        pieces,
        tail: Vec::new(),
    };
    unfold(Some(sieve), |sieve| async move {
        let mut sieve = sieve?;
        match sieve.pieces.next().await {
            Some(Ok(piece)) => Some(match sieve.pass(piece) {
                Ok(bytes) => (Ok(bytes), Some(sieve)),
                Err(cause) => (Err(cause), None),
            }),
            Some(Err(cause)) => Some((Err(cause), None)),
            None => Some((Ok(Bytes::from(sieve.tail)), None)),
        }
    })
    .boxed()
}

impl Sieve {
    /// What may go on now that this piece is here: the piece itself, unless a secret could begin at its end.
    fn pass(&mut self, piece: Bytes) -> Result<Bytes, Cause> {
        let mut bytes = if self.tail.is_empty() {
            piece
        } else {
            self.tail.extend_from_slice(&piece);
            Bytes::from(std::mem::take(&mut self.tail))
        };
        if self.circle.is_told_in(&bytes) {
            return Err(cause::ECHO);
        }
        let n_back = self.circle.begun_bytes(&bytes);
        self.tail = bytes.split_off(bytes.len() - n_back).into();
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;
    use std::sync::Arc;

    use roster_shell::Keys;

    async fn sieve(chunk_bytes: usize, text: &str) -> (String, bool) {
        let circle = Circle::from_iter([Arc::new(Keys::bearer("SECRET-0123"))]);
        let chunks: Vec<Result<Bytes, Cause>> = text
            .as_bytes()
            .chunks(chunk_bytes)
            .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
            .collect();
        let passed: Vec<_> = sieved(circle, stream::iter(chunks).boxed()).collect().await;
        let is_whole = passed.iter().all(Result::is_ok);
        let bytes: Vec<u8> = passed.into_iter().flatten().flatten().collect();
        (String::from_utf8(bytes).unwrap(), is_whole)
    }

    #[tokio::test]
    async fn a_secret_is_found_wherever_the_pieces_end() {
        let text = "a long text, then SECRET-0123 and more";
        for chunk_bytes in 1..=text.len() {
            let (passed, is_whole) = sieve(chunk_bytes, text).await;
            assert!(!is_whole && !passed.contains('S'), "{chunk_bytes}: {passed}");
        }
    }

    #[tokio::test]
    async fn what_only_looks_like_one_passes_byte_for_byte() {
        let text = "SECRET-012 SECRET-01234 is longer: no, it holds one";
        assert!(!sieve(7, text).await.1);
        let text = "SECRET-012, SECRET-O123, secret-0123, SECRET-012";
        for chunk_bytes in 1..=text.len() {
            assert_eq!(sieve(chunk_bytes, text).await, (text.to_owned(), true));
        }
        assert_eq!(sieve(1, "").await, (String::new(), true));
    }
}
