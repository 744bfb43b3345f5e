//! Answers that are kept by the Cache API: whose they are.

use std::thread;

use crate::upstream::{Act, Upstream};
use crate::world::{Proxy, Reply, config};

/// Often enough for a `put` that ends after its answer.
const N_TRIES: usize = 50;

fn two_profiles(port: u16) -> String {
    config(port).replace(
        "brand-a = { env = \"PROFILE\" }",
        "brand-a = { env = \"PROFILE\" }\nbrand-b = { env = \"PROFILE_B\" }",
    )
}

/// Who the upstream believes is asking, without telling the key, in a body of several pieces.
fn by_profile(head: &str) -> String {
    let key = head.lines().find_map(|line| line.strip_prefix("profile-key:"));
    let who = match key.map(str::trim) {
        Some(crate::world::PROFILE_KEY) => "brand-a",
        Some(crate::world::PROFILE_KEY_B) => "brand-b",
        Some(_) => "somebody",
        None => "nobody",
    };
    let body = format!(r#"{{"who":"{who}","padding":"{}"}}"#, who.repeat(3000));
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn world() -> (Upstream, Proxy) {
    let upstream = Upstream::start();
    upstream.expect("/api/user", Act::Tell(by_profile));
    let proxy = Proxy::keeping(&two_profiles(upstream.port));
    (upstream, proxy)
}

fn ask(proxy: &Proxy, who: &str) -> Reply {
    let query = match who {
        "nobody" => String::new(),
        alias => format!("?profile={alias}"),
    };
    let reply = proxy.get(&format!("/api/v1/ayrshare/user{query}"));
    assert_eq!(reply.status(), 200, "{}", reply.text);
    let body = by_profile(match who {
        "brand-a" => "profile-key: CANARY-PROFILE-KEY-01",
        "brand-b" => "profile-key: CANARY-PROFILE-KEY-02",
        _ => "",
    });
    let (_, body) = body.split_once("\r\n\r\n").unwrap();
    assert!(reply.whole_body() == body, "{who}: {}", reply.text);
    reply
}

#[test]
fn what_is_kept_for_one_alias_is_not_given_to_another() {
    let (upstream, proxy) = world();
    assert_eq!(ask(&proxy, "brand-a").header("roster-cache"), Some("miss"));
    let again = (0..N_TRIES).map(|_| ask(&proxy, "brand-a"));
    let hit = again
        .into_iter()
        .find(|reply| reply.header("roster-cache") == Some("hit"));
    assert!(hit.is_some(), "the same alias gets what is kept");
    let asked = upstream.n_heads();
    for who in ["brand-b", "nobody"] {
        assert_eq!(ask(&proxy, who).header("roster-cache"), Some("miss"), "{who}");
    }
    assert_eq!(upstream.n_heads(), asked + 2);
}

#[test]
fn two_aliases_a_thousand_times_in_parallel_never_see_each_other() {
    let (upstream, proxy) = world();
    let n_hits: usize = thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                let proxy = &proxy;
                scope.spawn(move || {
                    let who = |n: usize| ["brand-a", "brand-b", "nobody"][(worker + n) % 3];
                    let replies = (0..125).map(|n| ask(proxy, who(n)));
                    replies
                        .filter(|reply| reply.header("roster-cache") == Some("hit"))
                        .count()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    // Who waits for somebody else's question costs none either.
    assert!(n_hits + upstream.n_heads() <= 1000);
    assert!(n_hits > 500, "expected most answers from the cache, found {n_hits}");
}
