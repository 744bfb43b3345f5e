//! A mistake of ours that would end a connection without a word: it is answered, counted and told by its place, and the
//! next request is served as if nothing had been.

use std::panic::AssertUnwindSafe;

use axum::response::Response;
use futures_util::FutureExt;
use roster_gateway::cause;
use tracing::error;

use crate::api;
use crate::app::App;
use crate::log::Note;

/// Answers 500 where what makes the answer panics. What it was doing is dropped; what several requests share stands behind
/// locks that are taken up again after a panic.
pub(crate) async fn answered(app: &App, made: impl Future<Output = (Response, Note)>) -> (Response, Note) {
    let made = AssertUnwindSafe(made).catch_unwind().await;
    made.unwrap_or_else(|_| {
        let refusal = cause::BUG.refusal("bug: this request met a mistake of the proxy; its log says where");
        app.metrics.refused(&refusal);
        (api::refused(&refusal), Note::default())
    })
}

/// Tells the log where a panic was, and not what it said: its words may be a person's or a key's.
pub fn log_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(place, "bug: the proxy panicked");
    }));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::to_bytes;
    use http::{Request, StatusCode};
    use roster_gateway::Limits;
    use roster_sandbox::Settings;

    use super::*;
    use crate::accept::Peer;
    use crate::app::{PANIC, served};
    use crate::site::Site;

    async fn ask(app: &App, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("host", "127.0.0.1:8787").body(()).unwrap();
        let (head, ()) = request.into_parts();
        let (response, _) = served(app, &head, Peer([127, 0, 0, 1].into())).await;
        let status = response.status();
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_the_next_request_is_served() {
        let site = Site::sandbox(Settings::default());
        let app = Arc::new(App::new(site, 8787, None, Limits::default()));
        for _ in 0..3 {
            let (status, body) = ask(&app, PANIC).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(body.contains("urn:problem:bug") && !body.contains("CANARY"), "{body}");
            let (status, body) = ask(&app, "/api/v1/upsun/profiles").await;
            assert_eq!(status, StatusCode::OK, "{body}");
        }
    }
}
