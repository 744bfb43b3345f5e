//! Upsun's error envelopes: problem+json, the plain one of other endpoints, and that of OAuth 2.
//!
//! The sentence is looked for in the order of the vendor's own PHP client: `message`, `detail`, `title`, `type`, `error`;
//! `error_description` goes before the `error` that it explains. `detail` may be an object, `status` a number or text.
//! Source: <https://github.com/platformsh/platformsh-client-php>, seen 2026-11.

use crate::json::members;
use crate::providers::fault::{Fault, code, message, object_text};

pub(super) fn read(body: &str) -> Option<Fault> {
    let envelope = members(body)?;
    let said = message(&envelope, &["message", "detail"])
        .or_else(|| object_text(&envelope, "detail"))
        .or_else(|| message(&envelope, &["title", "type", "error_description", "error"]));
    // `error` is a code in OAuth 2 and a sentence in the newer plain envelope.
    let word = code(&envelope, &["error"]).filter(|error| !error.contains(' '));
    let fault = Fault {
        kind: None,
        code: code(&envelope, &["code"]).or(word),
        message: said,
        request_id: None,
        is_certain: envelope.set("error").is_some() && !envelope.has("profiles"),
    };
    fault.says_something().then_some(fault)
}
