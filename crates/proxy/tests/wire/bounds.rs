//! Every exchange with an API is bounded in time and size.

use crate::upstream::{Act, Upstream};
use crate::world::{LIMITS, Proxy, Reply};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

fn ask(act: Act) -> Reply {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", act);
    Proxy::before(&upstream).get("/api/v1/upsun/profiles")
}

fn assert_problem(reply: &Reply, status: u16, slug: &str, code: &str) {
    let found = (reply.status(), reply.problem("type"), reply.problem("code"));
    assert_eq!(found, (status, format!("urn:problem:{slug}"), code.to_owned()));
    assert_eq!(reply.problem("provider"), "upsun");
}

#[test]
fn a_body_that_announces_too_much_is_not_read() {
    let length = LIMITS.body_bytes + 1;
    let reply = ask(Act::SayAndHang(format!("{HEAD}content-length: {length}\r\n\r\n")));
    assert_problem(&reply, 502, "upstream-too-large", "decode");
}

#[test]
fn a_body_without_end_is_cut_off_at_the_limit() {
    let piece = "7\r\n       \r\n";
    let reply = ask(Act::SayForever(
        format!("{HEAD}transfer-encoding: chunked\r\n\r\n"),
        piece,
    ));
    assert_problem(&reply, 502, "upstream-too-large", "decode");
}

#[test]
fn a_body_of_exactly_the_limit_passes() {
    let length = usize::try_from(LIMITS.body_bytes).unwrap();
    let body = format!("\"{}\"", "x".repeat(length - 2));
    let reply = ask(Act::Say(format!(
        "{HEAD}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )));
    assert_eq!((reply.status(), reply.body().len()), (200, length));
}

#[test]
fn the_endless_body_of_an_error_is_still_an_error() {
    let head = "HTTP/1.1 500 X\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n";
    let reply = ask(Act::SayForever(head.to_owned(), "8\r\n<p>no</p\r\n"));
    assert_problem(&reply, 502, "upstream", "upstream");
}

#[test]
fn an_upstream_that_says_nothing_is_given_up() {
    assert_problem(&ask(Act::SayAndHang(String::new())), 504, "upstream-timeout", "timeout");
}

#[test]
fn an_upstream_that_stops_in_its_body_is_given_up() {
    let reply = ask(Act::SayAndHang(format!(
        "{HEAD}content-length: 100\r\n\r\n{{\"profiles\""
    )));
    assert_problem(&reply, 504, "upstream-timeout", "timeout");
}

#[test]
fn a_body_cut_short_is_no_data() {
    let reply = ask(Act::Say(format!(
        "{HEAD}content-length: 100\r\n\r\n{{\"profiles\":[]}}"
    )));
    assert_problem(&reply, 502, "upstream-unreachable", "network");
}

#[test]
fn an_upstream_that_hangs_up_or_speaks_another_language_is_told_so() {
    assert_problem(&ask(Act::Say(String::new())), 502, "upstream-unreachable", "network");
    assert_problem(
        &ask(Act::Say("SSH-2.0-x\r\n\r\n".to_owned())),
        502,
        "upstream-unreachable",
        "network",
    );
}

#[test]
fn an_upstream_that_is_not_there_is_told_so() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let proxy = Proxy::configured(&crate::world::config(port));
    assert_problem(
        &proxy.get("/api/v1/upsun/profiles"),
        502,
        "upstream-unreachable",
        "network",
    );
}

#[test]
fn compression_that_was_not_asked_for_is_refused() {
    let reply = ask(Act::Say(format!(
        "{HEAD}content-encoding: gzip\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}"
    )));
    assert_problem(&reply, 502, "upstream-not-json", "decode");
}

#[test]
fn an_error_whose_body_breaks_off_is_still_that_error() {
    let head = "HTTP/1.1 429 X\r\ncontent-type: application/json\r\nretry-after: 7\r\ncontent-length: 100\r\n\r\n{";
    for act in [Act::Say(head.to_owned()), Act::SayAndHang(head.to_owned())] {
        let reply = ask(act);
        assert_problem(&reply, 429, "rate_limited", "rate_limited");
        assert_eq!(reply.problem("retryAfterMs"), "7000");
    }
}
