//! Ayrshare's three error envelopes: flat, in `errors[]`, and in `posts[].errors[]`.
//!
//! An answer is an error if its HTTP status is not 200 or its `status` is `error`.
//! Source: <https://www.ayrshare.com/docs/errors/errors-ayrshare>, seen 2026-11.

use crate::error::ErrorKind;
use crate::json::{Members, elements, members};
use crate::providers::fault::{Fault, code, message};

/// "API Key not valid": sent with 403 in the endpoint's own sample and with 401 by the page on errors.
const BAD_KEY: &str = "102";

pub(super) fn read(body: &str) -> Option<Fault> {
    let envelope = members(body)?;
    let is_certain = states_error(&envelope);
    let inner = nested(&envelope);
    let told = inner.as_ref().unwrap_or(&envelope);
    let code = code(told, &["code"]).or_else(|| code(&envelope, &["code"]));
    let fault = Fault {
        kind: (code.as_deref() == Some(BAD_KEY)).then_some(ErrorKind::Unauthorized),
        message: message(told, &["message", "details"]).or_else(|| message(&envelope, &["message"])),
        code,
        request_id: None,
        is_certain: is_certain || inner.is_some_and(|inner| states_error(&inner)),
    };
    fault.says_something().then_some(fault)
}

fn states_error(members: &Members<'_>) -> bool {
    members.get("status") == Some(r#""error""#)
}

/// The first entry of `errors[]`, or of the first `posts[].errors[]` that has one.
fn nested<'a>(envelope: &Members<'a>) -> Option<Members<'a>> {
    first_error(envelope).or_else(|| {
        let posts = envelope.get("posts").and_then(elements)?;
        posts.into_iter().find_map(|post| first_error(&members(post)?))
    })
}

fn first_error<'a>(holder: &Members<'a>) -> Option<Members<'a>> {
    let errors = holder.get("errors").and_then(elements)?;
    errors.into_iter().find_map(members)
}
