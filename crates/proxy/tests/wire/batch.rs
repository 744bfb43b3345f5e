//! The file behind a batch ticket: fetched from listed places only, without a key.

use crate::upstream::{Act, Upstream, answer, json};
use crate::world::{CANARIES, KEEPS, LIMITS, Proxy, Reply};

const FILE: &str = "/api/v1/ayrshare/user/batch/file";

fn ticket(url: &str, more: &str) -> Act {
    json(&format!(
        r#"{{"success":true,"url":{}{more}}}"#,
        serde_json::to_string(url).unwrap()
    ))
}

/// Asks for a file that is at the API's own origin.
fn ask_own(file: Act) -> (Upstream, Reply) {
    let upstream = Upstream::start();
    let url = format!("http://127.0.0.1:{}/files/users.json?signature=x", upstream.port);
    upstream.expect("/api/user/batch", ticket(&url, ""));
    upstream.expect("/files/users.json?signature=x", file);
    let reply = Proxy::before(&upstream).get(FILE);
    (upstream, reply)
}

#[test]
fn the_file_comes_without_our_key_being_sent() {
    let body = r#"[{"refId":"a"}]"#;
    let (upstream, reply) = ask_own(answer(
        "200 OK",
        "content-type: application/octet-stream\r\nx-goog: y\r\n",
        body,
    ));
    assert_eq!(
        (reply.status(), reply.header("content-type")),
        (200, Some("application/json"))
    );
    assert!(
        reply.body().contains(body) && !reply.text.contains("x-goog"),
        "{}",
        reply.text
    );
    let heads = upstream.heads();
    assert!(heads[0].contains("authorization: "), "the ticket needs the key");
    let file = heads[1].to_ascii_lowercase();
    assert!(
        !file.contains("authorization") && CANARIES.iter().all(|canary| !heads[1].contains(canary)),
        "{file}"
    );
}

#[test]
fn no_other_place_is_asked() {
    let thief = Upstream::start();
    let port = thief.port;
    for url in [
        format!("http://127.0.0.1:{port}/x"),
        format!("https://127.0.0.1:{port}/x"),
        format!("http://localhost:{port}/x"),
        format!("http://storage.googleapis.com:{port}/x"),
        format!("https://storage.googleapis.com@127.0.0.1:{port}/x"),
        format!("https://storage.googleapis.com\\@127.0.0.1:{port}/x"),
        format!("http://[::1]:{port}/x"),
        format!("http://0x7f000001:{port}/x"),
        format!("http://2130706433:{port}/x"),
        format!("http://127.1:{port}/x"),
        format!("//127.0.0.1:{port}/x"),
        "file:///etc/passwd".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
    ] {
        let upstream = Upstream::start();
        upstream.expect("/api/user/batch", ticket(&url, ""));
        let reply = Proxy::before(&upstream).get(FILE);
        assert_eq!(
            (reply.status(), reply.problem("type").as_str()),
            (502, "urn:problem:batch-target"),
            "{url}"
        );
        assert!(!reply.text.contains(&url), "the place is not told");
    }
    assert!(thief.heads().is_empty());
}

#[test]
fn a_file_that_redirects_is_not_followed() {
    let thief = Upstream::start();
    let location = format!("location: http://127.0.0.1:{}/\r\n", thief.port);
    let (_upstream, reply) = ask_own(answer("302 Found", &location, ""));
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:upstream-redirect")
    );
    assert!(thief.heads().is_empty());
}

#[test]
fn a_file_that_is_not_there_yet_says_how_long_to_wait() {
    let upstream = Upstream::start();
    let url = format!("http://127.0.0.1:{}/files/x", upstream.port);
    upstream.expect(
        "/api/user/batch",
        ticket(&url, r#","urlAvailable":"2999-01-01T00:00:00Z""#),
    );
    let reply = Proxy::before(&upstream).get(FILE);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (409, "urn:problem:batch-not-ready")
    );
    assert!(reply.problem("retryAfterMs").parse::<u64>().unwrap() > 0);
    assert!(reply.header("retry-after").is_some());
    upstream.expect(
        "/api/user/batch",
        ticket(&url, r#","urlExpires":"2001-01-01T00:00:00Z""#),
    );
    let reply = Proxy::before(&upstream).get(FILE);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (410, "urn:problem:batch-expired")
    );
}

#[test]
fn an_xml_error_of_the_storage_is_not_passed_on() {
    let (_upstream, reply) = ask_own(answer("403 Forbidden", "content-type: application/xml\r\n", "<Error/>"));
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:batch-target")
    );
    assert!(!reply.text.contains("<Error/>"));
}

#[test]
fn a_file_beyond_the_limit_is_refused_or_broken_off() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let length = LIMITS.batch_bytes + 1;
    let (_upstream, reply) = ask_own(Act::SayAndHang(format!("{head}content-length: {length}\r\n\r\n")));
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:upstream-too-large")
    );
    let (_upstream, reply) = ask_own(Act::SayForever(
        format!("{head}transfer-encoding: chunked\r\n\r\n"),
        "7\r\n       \r\n",
    ));
    assert_eq!(
        (reply.status(), reply.header("transfer-encoding")),
        (200, Some("chunked"))
    );
    assert!(
        !reply.text.ends_with("0\r\n\r\n"),
        "a chunked body without its end says that it is not whole"
    );
}

#[test]
fn the_error_of_a_ticket_is_the_apis_error() {
    let upstream = Upstream::start();
    let body = r#"{"action":"authorization","status":"error","code":102,"message":"API Key not valid."}"#;
    upstream.expect(
        "/api/user/batch",
        answer("403 X", "content-type: application/json\r\n", body),
    );
    let reply = Proxy::before(&upstream).get(FILE);
    assert_eq!((reply.status(), reply.problem("providerCode").as_str()), (502, "102"));
    upstream.expect("/api/user/batch", json(r#"{"success":true}"#));
    let reply = Proxy::before(&upstream).get(FILE);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:batch-target")
    );
}

/// What object storage answers to a range: part 5 to 9 of twenty bytes.
fn storage(head: &str) -> String {
    let line = |name: &str| {
        head.lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default()
            .to_owned()
    };
    let (status, headers, body) = match (line("range").as_str(), line("if-range").as_str()) {
        ("range: bytes=5-", "" | "if-range: \"tag\"") => (
            "206 Partial Content",
            "content-range: bytes 5-19/20\r\n",
            &"01234567890123456789"[5..],
        ),
        ("range: bytes=5-9", "") => ("206 Partial Content", "content-range: bytes 5-9/20\r\n", "56789"),
        ("range: bytes=99-", "") => ("416 X", "content-range: bytes */20\r\n", ""),
        ("range: bytes=7-", "") => (
            "206 Partial Content",
            "content-range: bytes 0-19/20\r\n",
            "01234567890123456789",
        ),
        _ => ("200 OK", "accept-ranges: bytes\r\n", "01234567890123456789"),
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\netag: \"tag\"\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

#[test]
fn a_download_that_broke_off_goes_on_where_it_ended() {
    let upstream = Upstream::start();
    let url = format!("http://127.0.0.1:{}/files/x", upstream.port);
    upstream.expect("/api/user/batch", ticket(&url, ""));
    upstream.expect("/files/x", Act::Tell(storage));
    let proxy = Proxy::before(&upstream);
    let whole = proxy.get(FILE);
    assert_eq!((whole.status(), whole.body().len()), (200, 20));
    let told = ["etag", "accept-ranges", "content-length"].map(|name| whole.header(name).unwrap().to_owned());
    assert_eq!(told, ["\"tag\"", "bytes", "20"]);
    for (headers, status, range, body) in [
        ("Range: bytes=5-\r\n", 206, Some("bytes 5-19/20"), "567890123456789"),
        (
            "Range: bytes=5-\r\nIf-Range: \"tag\"\r\n",
            206,
            Some("bytes 5-19/20"),
            "567890123456789",
        ),
        ("Range: bytes=5-9\r\n", 206, Some("bytes 5-9/20"), "56789"),
        (
            "Range: bytes=5-\r\nIf-Range: \"old\"\r\n",
            200,
            None,
            "01234567890123456789",
        ),
        ("Range: bytes=0-1,3-4\r\n", 200, None, "01234567890123456789"),
        (
            "Range: bytes=5-\r\nIf-Range: W/\"tag\"\r\n",
            200,
            None,
            "01234567890123456789",
        ),
    ] {
        let reply = proxy.get_with(FILE, headers);
        assert_eq!(
            (reply.status(), reply.header("content-range")),
            (status, range),
            "{headers}"
        );
        assert_eq!(reply.body(), body, "{headers}");
    }
    let beyond = proxy.get_with(FILE, "Range: bytes=99-\r\n");
    assert_eq!(
        (beyond.status(), beyond.problem("type").as_str()),
        (416, "urn:problem:range")
    );
    let other = proxy.get_with(FILE, "Range: bytes=7-\r\n");
    assert_eq!(
        (other.status(), other.problem("type").as_str()),
        (502, "urn:problem:batch-target"),
        "another part"
    );
    let n_tickets = upstream
        .heads()
        .iter()
        .filter(|head| head.contains("/user/batch"))
        .count();
    assert_eq!(n_tickets == 1, KEEPS, "a ticket is kept where answers are");
}
