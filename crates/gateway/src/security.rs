//! Headers of our own that stand on every answer. No `Access-Control-*` is among them: viewer and API share an origin.

use std::sync::LazyLock;

use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue};

/// What a page of ours may load: its own files, its own API, and pictures over https.
pub const PAGE_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     connect-src 'self'; img-src 'self' https:; font-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'";

/// What an answer of the API may load if somebody opens it as a page: nothing.
pub const API_CSP: &str = "default-src 'none'; frame-ancestors 'none'";

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Headers of every answer of the API. Profiles are personal data: no cache keeps them.
pub fn api_headers() -> HeaderMap {
    API.clone()
}

/// Made once: a copy is a fraction of the work.
static API: LazyLock<HeaderMap> = LazyLock::new(|| {
    let mut headers = shared(API_CSP);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers
});

/// Headers of every other answer, found or not. How long it may be kept is the file's matter.
pub fn page_headers() -> HeaderMap {
    shared(PAGE_CSP)
}

fn shared(csp: &'static str) -> HeaderMap {
    HeaderMap::from_iter([
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(csp)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
    ])
}
