//! InsightIQ's error envelope: `{"error": {…}}`, with two spellings of its members, sent together by the live API.
//!
//! Source: <https://docs.insightiq.ai>, seen 2026-11.

use crate::json::members;
use crate::providers::fault::{Fault, code, message};

pub(super) fn read(body: &str) -> Option<Fault> {
    let envelope = members(body)?;
    let error = envelope.get("error").and_then(members).unwrap_or_default();
    let told = if envelope.has("error") { &error } else { &envelope };
    let fault = Fault {
        kind: None,
        code: code(told, &["code", "error_code", "type"]),
        message: message(told, &["message"]).or_else(|| message(&envelope, &["error", "message"])),
        request_id: code(told, &["request_id"]),
        is_certain: envelope.set("error").is_some() && !envelope.has("data"),
    };
    fault.says_something().then_some(fault)
}
