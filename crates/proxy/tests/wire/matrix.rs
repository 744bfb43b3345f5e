//! The raw matrix: what somebody may put on a wire, and the answer that is wanted in every cell. Where the runtime under a
//! shell answers before us, or reads a request otherwise, its world says so for that cell, with the reason.

use crate::upstream::{Upstream, json};
use crate::world::{CANARIES, KEY, OTHERWISE, Proxy, config};

const TARGET: &str = "/api/v1/ayrshare/profiles?limit=5";
const UPSTREAM: &str = "/api/profiles?limit=5";
const END: &str = "Connection: close\r\n\r\n";

/// What comes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// This status, and no API is asked.
    Refused(u16),
    /// Data: the API of our table is asked, with our key.
    Data,
}

/// One request as it stands on the wire.
pub(crate) struct Cell {
    pub(crate) name: &'static str,
    pub(crate) request: String,
    pub(crate) wanted: Wanted,
}

/// A cell that a shell answers otherwise: its name, what comes of it, and why.
pub(crate) type Otherwise = (&'static str, Wanted, &'static str);

/// All cells, for a proxy on this port.
pub(crate) fn cells(port: u16) -> Vec<Cell> {
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let mut all = targets(&host);
    all.extend(methods(&host));
    all.extend(framings(&host));
    all.extend(heads(&host));
    all
}

/// Another spelling of a target is another target, and there is none.
fn targets(host: &str) -> Vec<Cell> {
    let cell = |(name, target, status)| Cell {
        name,
        request: format!("GET {target} HTTP/1.1\r\n{host}{END}"),
        wanted: Wanted::Refused(status),
    };
    let all = [
        ("dots in the path", "/api/v1/ayrshare/../ayrshare/profiles", 404),
        (
            "dots in the path, encoded",
            "/api/v1/ayrshare/%2e%2e/ayrshare/profiles",
            404,
        ),
        ("a slash, encoded", "/api/v1%2fayrshare/profiles", 404),
        ("two slashes at first", "//api/v1/ayrshare/profiles", 404),
        ("two slashes", "/api/v1//ayrshare/profiles", 404),
        ("a parameter of the path", "/api/v1/ayrshare/profiles;x=1", 404),
        ("a zero, encoded", "/api/v1/ayrshare/profiles%00", 404),
        ("capitals", "/API/v1/ayrshare/profiles", 404),
        ("a slash at last", "/api/v1/ayrshare/profiles/", 404),
        ("a parameter twice", "/api/v1/ayrshare/profiles?limit=5&limit=5", 400),
        (
            "a parameter out of its bounds",
            "/api/v1/ayrshare/profiles?limit=0",
            400,
        ),
        (
            "another host as target",
            "http://169.254.169.254/api/v1/ayrshare/profiles?limit=5",
            421,
        ),
    ];
    all.map(cell).into()
}

fn methods(host: &str) -> Vec<Cell> {
    let cell = |(name, line): (&'static str, &str)| Cell {
        name,
        request: format!("{line} HTTP/1.1\r\n{host}{END}"),
        wanted: Wanted::Refused(405),
    };
    let post = format!("POST {TARGET}");
    let all = [
        ("CONNECT", "CONNECT 169.254.169.254:80"),
        ("POST", post.as_str()),
        ("OPTIONS of everything", "OPTIONS *"),
    ];
    all.map(cell).into()
}

/// A body, said in every way.
fn framings(host: &str) -> Vec<Cell> {
    let cell = |(name, lines, body, status)| Cell {
        name,
        request: format!("GET {TARGET} HTTP/1.1\r\n{host}{lines}{END}{body}"),
        wanted: Wanted::Refused(status),
    };
    let all = [
        ("a length", "Content-Length: 5\r\n", "12345", 413),
        ("chunks", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", 413),
        (
            "a length and chunks",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "0\r\n\r\n",
            413,
        ),
        (
            "two lengths",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "12345",
            400,
        ),
        ("an unknown coding", "Transfer-Encoding: xchunked\r\n", "", 400),
    ];
    all.map(cell).into()
}

fn heads(host: &str) -> Vec<Cell> {
    let big = format!("{host}X-Big: {}\r\n", "x".repeat(600 * 1024));
    let (refused, data) = (Wanted::Refused, Wanted::Data);
    let cell = |(name, lines, wanted): (&'static str, String, Wanted)| Cell {
        name,
        request: format!("GET {TARGET} HTTP/1.1\r\n{lines}\r\n"),
        wanted,
    };
    let all = [
        (
            "a blank before the colon",
            format!("{host}X-A : b\r\nConnection: close\r\n"),
            refused(400),
        ),
        (
            "a folded line",
            format!("{host}X-A: b\r\n c\r\nConnection: close\r\n"),
            refused(400),
        ),
        ("no Host", "Connection: close\r\n".to_owned(), refused(400)),
        ("Host twice", format!("{host}{host}Connection: close\r\n"), refused(400)),
        (
            "a foreign Host",
            "Host: evil.example\r\nConnection: close\r\n".to_owned(),
            refused(421),
        ),
        (
            "a foreign port",
            "Host: 127.0.0.1:1\r\nConnection: close\r\n".to_owned(),
            refused(421),
        ),
        ("a head of 600 KB", format!("{big}Connection: close\r\n"), refused(431)),
        (
            "our credential as a header of the hop",
            format!("{host}Connection: close, authorization\r\n"),
            data,
        ),
        (
            "a credential of the client",
            format!("{host}Authorization: Bearer mine\r\nConnection: close\r\n"),
            data,
        ),
    ];
    all.map(cell).into()
}

#[test]
fn the_raw_matrix_is_answered_as_wanted() {
    let upstream = Upstream::start();
    upstream.expect(UPSTREAM, json(r#"{"profiles":[]}"#));
    let port = upstream.port;
    let proxy = Proxy::configured(&format!("{}[ayrshare.limits]\ncache = false\n", config(port)));
    for Cell { name, request, wanted } in cells(proxy.port) {
        let wanted = OTHERWISE
            .iter()
            .find(|(cell, ..)| *cell == name)
            .map_or(wanted, |(_, found, _)| *found);
        let n_before = upstream.n_heads();
        let reply = proxy.raw(&request);
        let heads = upstream.heads().split_off(n_before);
        assert!(CANARIES.iter().all(|canary| !reply.text.contains(canary)), "{name}");
        match wanted {
            Wanted::Refused(status) => {
                assert_eq!(reply.status(), status, "{name}: {}", reply.text);
                assert!(heads.is_empty(), "{name} asks for {heads:?}");
            }
            Wanted::Data => {
                assert_eq!((reply.status(), heads.len()), (200, 1), "{name}: {}", reply.text);
                let is_planned = heads[0].starts_with(&format!("GET {UPSTREAM} HTTP/1.1\r\n"))
                    && heads[0].contains(&format!("host: 127.0.0.1:{port}\r\n"))
                    && heads[0].contains(&format!("authorization: Bearer {KEY}\r\n"));
                assert!(is_planned, "{name} asks for {heads:?}");
            }
        }
    }
}

#[test]
fn what_is_answered_otherwise_is_a_cell_and_has_a_reason() {
    let cells = cells(1);
    for (cell, found, why) in OTHERWISE {
        let known = cells.iter().find(|known| known.name == *cell);
        assert!(known.is_some_and(|known| known.wanted != *found), "{cell}");
        assert!(why.split(' ').count() > 5, "{cell}: {why}");
    }
}
