//! The viewer's files on the same origin.

use std::path::PathBuf;

use roster_gateway::PAGE_CSP;
use roster_sandbox::Settings;

use crate::world::{Proxy, Reply};

const WASM: &str = "roster-web-0123456789abcdef_bg.wasm";

/// A folder with a small viewer, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("roster-wire-{}-{name}", std::process::id()));
        std::fs::create_dir_all(path.join("part")).unwrap();
        let files = [
            ("index.html", "<!doctype html>"),
            (WASM, "plain wasm"),
            ("app-0123456789abcdef.js", "js"),
            ("style.css", "css"),
            ("part/icon.svg", "<svg/>"),
            (".hidden", "secret"),
        ];
        for (file, text) in files {
            std::fs::write(path.join(file), text).unwrap();
        }
        for (coding, text) in [("br", "brotli wasm"), ("gz", "gzip wasm")] {
            std::fs::write(path.join(format!("{WASM}.{coding}")), text).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind is the system's to clear.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn assert_secure(reply: &Reply) {
    assert_eq!(
        reply.header("content-security-policy"),
        Some(PAGE_CSP),
        "{}",
        reply.text
    );
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(reply.header("cross-origin-resource-policy"), Some("same-origin"));
    assert!(!reply.head().to_ascii_lowercase().contains("access-control"));
}

#[test]
fn files_have_their_types_and_every_page_its_policy() {
    let folder = Folder::new("types");
    let proxy = Proxy::with_ui(folder.0.clone());
    for (path, media_type, kept) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        (
            &format!("/{WASM}"),
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        (
            "/app-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("/style.css", "text/css; charset=utf-8", "no-cache"),
        ("/part/icon.svg?x=y", "image/svg+xml", "no-cache"),
    ] {
        let reply = proxy.get(path);
        assert_eq!(
            (reply.status(), reply.header("content-type")),
            (200, Some(media_type)),
            "{path}"
        );
        assert_eq!(reply.header("cache-control"), Some(kept), "{path}");
        assert_secure(&reply);
    }
}

#[test]
fn what_is_no_file_is_not_found_under_the_same_policy() {
    let folder = Folder::new("missing");
    let proxy = Proxy::with_ui(folder.0.clone());
    for path in [
        "/nothing",
        "/part",
        "/part/",
        "/.hidden",
        "/../Cargo.toml",
        "/part/../../x",
        "/%2e%2e/x",
        "/part%2ficon.svg",
        "//index.html",
        "/index.html/",
        "/config.json",
    ] {
        let reply = proxy.get(path);
        assert_eq!(reply.status(), 404, "{path}");
        assert_secure(&reply);
        assert!(!reply.text.contains("secret"));
    }
}

#[test]
fn the_smallest_form_that_the_client_takes_is_sent() {
    let folder = Folder::new("codings");
    let proxy = Proxy::with_ui(folder.0.clone());
    let ask = |accepted: &str| proxy.get_with(&format!("/{WASM}"), &format!("Accept-Encoding: {accepted}\r\n"));
    for (accepted, coding, body) in [
        ("gzip, br", Some("br"), "brotli wasm"),
        ("gzip, br;q=0", Some("gzip"), "gzip wasm"),
        ("identity", None, "plain wasm"),
    ] {
        let reply = ask(accepted);
        assert_eq!(
            (reply.header("content-encoding"), reply.body()),
            (coding, body),
            "{accepted}"
        );
        assert_eq!(reply.header("content-type"), Some("application/wasm"));
        assert_eq!(reply.header("vary"), Some("accept-encoding"));
    }
}

#[test]
fn a_file_that_the_client_has_is_not_sent_again() {
    let folder = Folder::new("etag");
    let proxy = Proxy::with_ui(folder.0.clone());
    let etag = proxy.get("/").header("etag").unwrap().to_owned();
    let again = proxy.get_with("/", &format!("If-None-Match: {etag}\r\n"));
    assert_eq!((again.status(), again.body()), (304, ""));
    assert_secure(&again);
    let other = proxy.get_with("/", "If-None-Match: W/\"other\"\r\n");
    assert_eq!(other.status(), 200);
}

#[test]
fn without_a_viewer_the_page_says_how_to_build_it() {
    let reply = Proxy::sandbox(Settings::default()).get("/");
    assert_eq!(
        (reply.status(), reply.header("content-type")),
        (200, Some("text/plain; charset=utf-8"))
    );
    assert!(reply.body().contains("cargo xtask build viewer"));
    assert_secure(&reply);
}

#[test]
fn a_link_elsewhere_may_open_the_page() {
    let folder = Folder::new("link");
    let proxy = Proxy::with_ui(folder.0.clone());
    let opened = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert_eq!(proxy.get_with("/", opened).status(), 200);
    assert_eq!(
        proxy
            .get_with("/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")
            .status(),
        403
    );
}
