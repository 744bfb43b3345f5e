//! Answers that are kept: whose they are, and which are too long to be held.

use std::sync::atomic::Ordering;
use std::thread;

use crate::upstream::{Act, Upstream, json};
use crate::world::{Proxy, config};

const TARGET: &str = "/api/v1/upsun/profiles";
const UPSTREAM: &str = "/up/profiles";

fn two_profiles(port: u16) -> String {
    config(port).replace(
        "brand-a = { env = \"PROFILE\" }",
        "brand-a = { env = \"PROFILE\" }\nbrand-b = { env = \"PROFILE_B\" }",
    )
}

/// Who the upstream believes is asking, without telling the key.
fn by_profile(head: &str) -> String {
    let who = match head
        .to_ascii_lowercase()
        .lines()
        .find(|line| line.starts_with("profile-key:"))
    {
        Some(line) if line.ends_with("01") => "brand-a",
        Some(line) if line.ends_with("02") => "brand-b",
        Some(_) => "somebody",
        None => "nobody",
    };
    let body = format!(r#"{{"who":"{who}","padding":"{}"}}"#, "x".repeat(3000));
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

#[test]
fn two_aliases_a_thousand_times_in_parallel_never_see_each_other() {
    for cache in ["true", "false"] {
        let upstream = Upstream::start();
        upstream.expect("/api/user", Act::Tell(by_profile));
        let limits = format!("[ayrshare.limits]\nrequests = 0\nwaiting = 1000\ncache = {cache}\n");
        let text = format!("{}{limits}", two_profiles(upstream.port));
        let (proxy, time) = Proxy::timed(&text);
        thread::scope(|scope| {
            for worker in 0..8 {
                let (proxy, time) = (&proxy, &time);
                scope.spawn(move || {
                    for n in 0..125 {
                        let (query, who) = match (worker + n) % 3 {
                            0 => ("?profile=brand-a", "brand-a"),
                            1 => ("?profile=brand-b", "brand-b"),
                            _ => ("", "nobody"),
                        };
                        let reply = proxy.get(&format!("/api/v1/ayrshare/user{query}"));
                        assert_eq!(reply.status(), 200, "{}", reply.text);
                        assert!(
                            reply.body().starts_with(&format!(r#"{{"who":"{who}""#)),
                            "{who}: {}",
                            reply.body()
                        );
                        // Now and then everything that is kept turns old.
                        if n % 25 == 24 {
                            time.fetch_add(61_000, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
    }
}

/// A list whose pages hold no links, so that it may be handed on before its end is seen.
const LONG_TARGET: &str = "/api/v1/ayrshare/profiles";
const LONG_UPSTREAM: &str = "/api/profiles";

#[test]
fn a_long_answer_is_handed_on_while_it_arrives_and_not_kept() {
    let limits = roster_gateway::Limits {
        held_bytes: 1024,
        ..crate::world::LIMITS
    };
    let body = format!(r#"{{"profiles":"{}"}}"#, "x".repeat(20_000));
    for announced in [true, false] {
        let upstream = Upstream::start();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
        let length = if announced {
            format!("content-length: {}\r\n", body.len())
        } else {
            String::new()
        };
        upstream.expect(LONG_UPSTREAM, Act::Say(format!("{head}{length}\r\n{body}")));
        let proxy = Proxy::limited(&config(upstream.port), limits);
        for n in 1..=2 {
            let reply = proxy.get(LONG_TARGET);
            assert_eq!((reply.status(), upstream.n_heads()), (200, n));
            assert!(reply.text.contains(&"x".repeat(900)), "{announced}");
            assert_eq!(
                reply.text.matches('x').count() - reply.head().matches('x').count(),
                20_000
            );
        }
    }
}

#[test]
fn a_long_answer_that_tells_a_key_breaks_off_before_it() {
    let limits = roster_gateway::Limits {
        held_bytes: 1024,
        ..crate::world::LIMITS
    };
    let body = format!(
        r#"{{"profiles":"{}{}{}"}}"#,
        "x".repeat(20_000),
        crate::world::KEY,
        "y".repeat(9_000)
    );
    let upstream = Upstream::start();
    upstream.expect(LONG_UPSTREAM, json(&body));
    let reply = Proxy::limited(&config(upstream.port), limits).get(LONG_TARGET);
    assert!(!reply.text.contains("CANARY"), "{}", reply.text.len());
    assert!(reply.body().len() < body.len());
}

#[test]
fn everybody_who_waits_for_a_long_answer_gets_it() {
    let limits = roster_gateway::Limits {
        held_bytes: 16,
        ..crate::world::LIMITS
    };
    let (upstream, door) = (Upstream::start(), crate::upstream::Door::default());
    upstream.expect(
        LONG_UPSTREAM,
        crate::upstream::behind(&door, r#"{"profiles":["a","b","c","d"]}"#),
    );
    let proxy = Proxy::limited(&config(upstream.port), limits);
    let sockets: Vec<_> = (0..5).map(|_| proxy.send_get(LONG_TARGET)).collect();
    door.wait_for(1);
    door.open();
    for socket in sockets {
        let reply = crate::world::read(socket);
        assert_eq!(
            (reply.status(), reply.body()),
            (200, r#"{"profiles":["a","b","c","d"]}"#)
        );
    }
}

#[test]
fn a_list_with_links_is_held_whole_or_refused() {
    let limits = roster_gateway::Limits {
        held_bytes: 1024,
        ..crate::world::LIMITS
    };
    let upstream = Upstream::start();
    let body = format!(
        r#"{{"profiles":"{}","_links":{{"next":{{"href":"?page=2"}}}}}}"#,
        "x".repeat(20_000)
    );
    upstream.expect(UPSTREAM, json(&body));
    let reply = Proxy::limited(&config(upstream.port), limits).get(TARGET);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (502, "urn:problem:upstream-too-large")
    );
    let message = reply.problem("message");
    assert!(message.contains("at most 1024 bytes"), "{message}");
}
