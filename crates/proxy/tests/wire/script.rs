//! The script of a bad day: everything that an API, or whoever stands in its place, has been seen to answer. Each shell
//! plays it from here, so that a fault that is added is met by both.

use crate::upstream::{Act, Upstream, answer, json};
use crate::world::KEY;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/// One thing that goes wrong.
pub(crate) struct Fault {
    /// What it is, for a test that fails.
    pub(crate) name: &'static str,
    /// What the API does.
    pub(crate) act: Act,
    /// What a client may be answered with.
    pub(crate) statuses: &'static [u16],
}

/// A body without end, in pieces of 16 KiB.
pub(crate) fn endless() -> Act {
    let piece = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    Act::SayForever(format!("{HEAD}transfer-encoding: chunked\r\n\r\n"), piece.leak())
}

/// All of them. Where one names another place, the place is the thief's.
pub(crate) fn faults(thief: &Upstream) -> Vec<Fault> {
    let thief = format!("http://127.0.0.1:{}", thief.port);
    let mut all = broken();
    all.extend(refusals(&thief));
    all.extend(lies(&thief));
    all
}

/// Answers that do not end as they should.
fn broken() -> Vec<Fault> {
    let half = format!("{HEAD}content-length: 100\r\n\r\n{{\"profiles\"");
    let lost: &[u16] = &[502, 503];
    let fault = |name, act| Fault {
        name,
        act,
        statuses: lost,
    };
    vec![
        fault("a reset before the head", Act::Reset(String::new())),
        fault(
            "a reset in the head",
            Act::Reset("HTTP/1.1 200 OK\r\ncontent-ty".to_owned()),
        ),
        fault("a reset in the body", Act::Reset(half.clone())),
        fault("half a body", Act::Say(half)),
        fault(
            "half a chunk",
            Act::Say(format!("{HEAD}transfer-encoding: chunked\r\n\r\nff\r\n{{\"profiles\"")),
        ),
        fault("an end before the head", Act::Say(String::new())),
        fault(
            "another language",
            Act::Say("\u{16}\u{3}\u{1} not http\r\n\r\n".to_owned()),
        ),
        fault("a body without end", endless()),
        fault(
            "ten gigabytes of zeros, compressed",
            Act::SayForever(
                format!("{HEAD}content-encoding: gzip\r\ncontent-length: 10737418240\r\n\r\n"),
                "\u{1f}\u{0}\u{0}\u{0}\u{0}\u{0}",
            ),
        ),
        fault(
            "a head without end",
            Act::SayForever(
                format!("{HEAD}x-a: b\r\n"),
                "x-long: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n",
            ),
        ),
    ]
}

/// Answers that say no, in every way.
fn refusals(thief: &str) -> Vec<Fault> {
    let telling = format!("content-type: application/json\r\nwww-authenticate: Bearer {KEY}\r\nx-echo: {KEY}\r\n");
    let failing: &[u16] = &[502, 503, 504];
    let mut all: Vec<Fault> = ["500 X", "502 X", "503 X", "504 X", "599 X"]
        .into_iter()
        .map(|status| Fault {
            name: "a burst of 5xx",
            act: answer(status, &telling, &format!("{{\"message\":\"{KEY}\"}}")),
            statuses: failing,
        })
        .collect();
    all.push(Fault {
        name: "a 500 in HTML",
        act: answer("500 X", &telling, &format!("<p>{KEY}</p>")),
        statuses: failing,
    });
    all.push(Fault {
        name: "a redirect to a thief",
        act: answer("302 Found", &format!("location: {thief}/?key={KEY}\r\n"), ""),
        statuses: failing,
    });
    // Seconds, a date, one that is over, nothing, no number, more than a number holds, the key.
    for wait in [
        "7",
        "0",
        "Sun, 06 Nov 2094 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "-1",
        "1.5",
        "soon",
        "99999999999999999999",
        KEY,
    ] {
        all.push(Fault {
            name: "a 429 with a wait in one of its forms",
            act: answer("429 X", &format!("{telling}retry-after: {wait}\r\n"), "{}"),
            statuses: &[429],
        });
    }
    all.push(Fault {
        name: "a 429 without a wait",
        act: answer("429 X", &telling, "{}"),
        statuses: &[429],
    });
    all
}

/// Data that means harm.
fn lies(thief: &str) -> Vec<Fault> {
    let harm = |name, body: &str| Fault {
        name,
        act: json(body),
        // A source without links passes on what is JSON, whatever it says; the bodies of the test are looked at.
        statuses: &[200, 502, 503],
    };
    vec![
        harm(
            "links to a thief",
            &format!(r#"{{"profiles":[],"_links":{{"next":{{"href":"{thief}/profiles?page=2"}}}}}}"#),
        ),
        harm(
            "a batch file at a thief",
            &format!(r#"{{"success":true,"url":"{thief}/users.json"}}"#),
        ),
        harm("the key in the data", &format!(r#"{{"profiles":["{KEY}"]}}"#)),
        harm(
            "a hundred thousand lists in each other",
            &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
        ),
        harm(
            "a number of ten thousand digits",
            &format!(r#"{{"profiles":[{}]}}"#, "9".repeat(10_000)),
        ),
        harm(
            "a name twice",
            r#"{"profiles":[],"profiles":[],"_links":{},"_links":{"next":{}}}"#,
        ),
    ]
}
