//! The bodies of the fuzz targets over a bounded number of generated request heads and answers.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has found something; the exemption of clippy.toml does not reach its own functions"
)]

#[path = "hostile/body.rs"]
mod body;
#[path = "hostile/seeds.rs"]
mod seeds;

use proptest::prelude::*;

fn of(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

const TARGETS: &[&str] = &[
    "/api/v1/ayrshare/profiles",
    "/api/v1/ayrshare/user",
    "/api/v1/ayrshare/user/batch/file",
    "/api/v1/insightiq/profiles",
    "/api/v1/upsun/profiles",
    "http://127.0.0.1:8787/api/v1/upsun/profiles",
    "http://evil.example/api/v1/upsun/profiles",
    "/api/v1/upsun/../ayrshare/user",
    "/api/v1/%75psun/profiles",
    "//evil.example/api/v1/upsun/profiles",
    "*",
];

const QUERIES: &[&str] = &[
    "",
    "?",
    "?limit=5",
    "?page=2&range=50",
    "?profile=brand-a",
    "?profile=a%0d%0ab",
    "?limit=5&limit=6",
    "?url=http://evil.example/",
    "?page[after]=%23%3f%26%00",
    "?refId=%ff",
    "?cursor=%2e%2e%2f",
];

const HEADERS: &[&str] = &[
    "Host: 127.0.0.1:8787",
    "Host: evil.example",
    "Origin: null",
    "Sec-Fetch-Site: cross-site",
    "Range: bytes=0-",
    "Range: bytes=5-2",
    "Range: bytes=0-1,4-5",
    "If-Range: \"a\"",
    "If-Range: W/\"a\"",
    "Transfer-Encoding: chunked",
    "Content-Length: 1",
    "X_Forwarded_User: root",
    ": x",
    "Host : x",
];

const ANSWER_HEADERS: &[&str] = &[
    "content-type: application/json",
    "content-type: text/html",
    "content-type: application/hal+json; charset=x",
    "content-encoding: gzip",
    "retry-after: 7",
    "retry-after: Sun, 06 Nov 2094 08:49:37 GMT",
    "retry-after: 99999999999999999999999",
    "retry-after: CANARY-0123456789",
    "request-id: CANARY-0123456789",
    "x-ratelimit-max: 300",
    "x-ratelimit-count: 18446744073709551615",
    "x-rate-limit-limit: 1",
    "x-rate-limit-remaining: 9",
    "x-rate-limit-reset: 18446744073709551615",
    "content-range: bytes 5-9/20",
    "content-range: bytes 9-5/*",
    "content-length: -1",
    "etag: \"CANARY\"",
    "set-cookie: a=b",
    "location: http://evil.example/",
];

const BODIES: &[&str] = &[
    "{}",
    "[]",
    "",
    "{\"nextUpdate\":\"2999-01-01T00:00:00Z\"}",
    "{\"nextUpdate\":-1,",
    "{\"status\":\"error\",\"code\":102,\"message\":\"CANARY-0123456789\"}",
    "{\"error\":{\"error_code\":\"CANARY-0123456789\",\"message\":\"x\\r\\ny\",\"http_status_code\":1}}",
    "{\"url\":\"https://storage.googleapis.com/x\",\"urlAvailable\":\"2999-01-01T00:00:00Z\"}",
    "{\"url\":\"https://storage.googleapis.com@169.254.169.254/x\"}",
    "{\"access_token\":\"CANARY-0123456789\",\"expires_in\":1e300}",
    "{\"access_token\":\"a b\",\"expires_in\":-5}",
    "{\"type\":\"urn:problem:x\",\"status\":429,\"code\":\"rate_limited\",\"retryAfterMs\":18446744073709551615}",
    "{\"_links\":{\"next\":{\"href\":\"https://api.upsun.com/profiles?page=2&page[after]=x\"}}}",
    "{\"_links\":{\"next\":[{\"href\":\"?range=5\"}],\"self\":{\"href\":\"http://evil.example/\"}}}",
    "<html>CANARY-0123456789</html>",
    "\u{0}\u{1}\u{2}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_request_head_is_refused_or_planned(
        method in of(&["GET", "HEAD", "POST", "get", "\u{0}"]),
        target in of(TARGETS),
        query in of(QUERIES),
        headers in prop::collection::vec(of(HEADERS), 0..5),
        noise in prop::collection::vec(any::<u8>(), 0..12),
        at in any::<prop::sample::Index>(),
    ) {
        let mut head = format!("{method} {target}{query} HTTP/1.1\r\n{}\r\n\r\n", headers.join("\r\n")).into_bytes();
        body::request(&head);
        let at = at.index(head.len());
        head.splice(at..at, noise);
        body::request(&head);
    }

    #[test]
    fn any_answer_goes_on_by_the_list_or_is_a_problem(
        select in any::<u8>(),
        status in of(&["200", "201", "206", "301", "401", "403", "404", "416", "429", "500", "503", "", "99999"]),
        headers in prop::collection::vec(of(ANSWER_HEADERS), 0..6),
        text in of(BODIES),
        noise in prop::collection::vec(any::<u8>(), 0..12),
        at in any::<prop::sample::Index>(),
    ) {
        let mut answer = vec![select];
        answer.extend(format!("{status}\n{}\n\n{text}", headers.join("\n")).into_bytes());
        body::response(&answer);
        let at = at.index(answer.len());
        answer.splice(at..at, noise);
        body::response(&answer);
    }

    #[test]
    fn any_bytes_at_all_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        body::request(&bytes);
        body::response(&bytes);
    }
}

#[test]
fn what_the_fuzzers_have_found_still_breaks_nothing() {
    let heads = seeds::read(include_str!("../../../fuzz/seeds/request.txt"));
    let answers = seeds::read(include_str!("../../../fuzz/seeds/response.txt"));
    assert!(heads.len() >= 300 && answers.len() >= 300);
    for head in heads {
        body::request(&head);
    }
    for answer in answers {
        body::response(&answer);
    }
}
