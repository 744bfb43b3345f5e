//! The viewer's files. Only plain names below the folder are served; nothing in a path is decoded.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::response::Response;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use roster_gateway::page_headers;

/// The page.
pub(crate) const INDEX: &str = "index.html";

const TEXT: &str = "text/plain; charset=utf-8";

/// Media types by a file's last extension. With `nosniff` a wrong one stops the viewer, so each is written down.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("css", "text/css; charset=utf-8"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("webp", "image/webp"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("txt", TEXT),
];

/// Compressed neighbours of a file: coding and extension, the smaller one first.
const CODINGS: &[(&str, &str)] = &[("br", "br"), ("gzip", "gz")];

/// A name that changes with the content may be kept for a year; any other is asked about each time.
const KEEP: &str = "public, max-age=31536000, immutable";
const ASK: &str = "no-cache";

/// Length of the hash that Trunk puts into a file's name, in hex digits.
const HASH_DIGITS: usize = 16;

/// A file below `root`, its compressed form where there is one, 304 where the client has it, or 404.
pub(crate) async fn respond(root: &Path, path: &str, asked: &HeaderMap) -> Response {
    match find(root, path).await {
        Some(file) => send(&file, asked).await,
        None => text(StatusCode::NOT_FOUND, "There is no such file.\n"),
    }
}

/// What stands at `/` when no folder was given.
pub(crate) fn without_viewer(path: &str) -> Response {
    if path != "/" {
        return text(StatusCode::NOT_FOUND, "There is no such page.\n");
    }
    text(
        StatusCode::OK,
        "The proxy runs, without the viewer.\n\n\
         Build it with `cargo xtask build viewer` and start the proxy with `--ui dist`,\n\
         or let `cargo xtask run` do both.\n\n\
         The API is below /api/v1/, its sources are at /api/v1/sources.\n",
    )
}

struct File {
    path: PathBuf,
    etag: String,
    modified_ms: u128,
}

async fn find(root: &Path, path: &str) -> Option<File> {
    let name = path.strip_prefix('/')?;
    let name = if name.is_empty() { INDEX } else { name };
    if !name.split('/').all(is_plain) {
        return None;
    }
    file(root.join(name)).await
}

/// Letters, digits, `-`, `_` and dots inside: no way up, no hidden file, no drive, no escape.
fn is_plain(part: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && part.chars().all(known)
}

async fn file(path: PathBuf) -> Option<File> {
    let found = tokio::fs::metadata(&path)
        .await
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    let modified = found.modified().ok()?;
    let modified_ms = modified.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let etag = format!("W/\"{modified_ms:x}-{:x}\"", found.len());
    Some(File {
        path,
        etag,
        modified_ms,
    })
}

async fn send(file: &File, asked: &HeaderMap) -> Response {
    let (sent, coding) = smallest(file, asked).await;
    let mut headers = page_headers();
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put(CONTENT_TYPE, media_type(&file.path));
    put(CACHE_CONTROL, if is_hashed(&file.path) { KEEP } else { ASK });
    put(ETAG, &sent.etag);
    put(VARY, "accept-encoding");
    if let Some(coding) = coding {
        put(CONTENT_ENCODING, coding);
    }
    if has(asked, &sent.etag) {
        return with(StatusCode::NOT_MODIFIED, headers, Body::empty());
    }
    match tokio::fs::read(&sent.path).await {
        Ok(bytes) => with(StatusCode::OK, headers, Body::from(bytes)),
        Err(_) => text(StatusCode::NOT_FOUND, "There is no such file.\n"),
    }
}

/// The compressed neighbour that the client takes, if it is not older than the file itself.
async fn smallest(found: &File, asked: &HeaderMap) -> (File, Option<&'static str>) {
    for (coding, extension) in CODINGS {
        let mut name = found.path.clone().into_os_string();
        name.push(format!(".{extension}"));
        if accepts(asked, coding)
            && let Some(neighbour) = file(name.into()).await
            && neighbour.modified_ms >= found.modified_ms
        {
            return (neighbour, Some(coding));
        }
    }
    let own = File {
        path: found.path.clone(),
        etag: found.etag.clone(),
        modified_ms: found.modified_ms,
    };
    (own, None)
}

fn accepts(asked: &HeaderMap, coding: &str) -> bool {
    let values = asked
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut items = values.flat_map(|value| value.split(','));
    items.any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_it = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        is_it && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn has(asked: &HeaderMap, etag: &str) -> bool {
    let values = asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == etag)
}

fn media_type(path: &Path) -> &'static str {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    let known = TYPES.iter().find(|(known, _)| *known == extension);
    known.map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// `roster-web-0123456789abcdef_bg.wasm`: one part of the name is the hash.
fn is_hashed(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.split(['-', '_', '.'])
        .any(|part| part.len() == HASH_DIGITS && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn text(status: StatusCode, text: &'static str) -> Response {
    let mut headers = page_headers();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(TEXT));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(ASK));
    with(status, headers, Body::from(text))
}

fn with(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_below_the_folder_are_files() {
        for part in ["index.html", "roster-web-0123456789abcdef_bg.wasm", "a"] {
            assert!(is_plain(part), "{part}");
        }
        for part in ["", ".", "..", ".git", "a.", "%2e%2e", "a\\b", "c:", "ä", "a b", "a%00"] {
            assert!(!is_plain(part), "{part}");
        }
    }

    #[test]
    fn only_a_name_with_its_hash_is_kept_for_long() {
        assert!(is_hashed(Path::new("dist/roster-web-0123456789abcdef_bg.wasm")));
        assert!(is_hashed(Path::new("dist/style-0123456789abcdef.css")));
        assert!(!is_hashed(Path::new("dist/index.html")));
        assert!(!is_hashed(Path::new("dist/roster-web-0123.js")));
    }

    #[test]
    fn a_coding_counts_only_where_it_is_accepted() {
        let asked = |value: &'static str| HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        assert!(accepts(&asked("gzip, deflate, br;q=0.9"), "br"));
        assert!(!accepts(&asked("gzip, br;q=0"), "br"));
        assert!(!accepts(&asked("brotli"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }
}
