//! The Worker among others: a second isolate with the same Durable Objects, a login in front, and the rate-limit binding.

use serde_json::{Value, json};

use crate::both::{raw, send};
use crate::upstream::{Upstream, answer, json as ok};
use crate::worker::{Beside, Bindings, Entry};
use crate::world::{LIMITS, Proxy, bindings, config};

const TARGET: &str = "/api/v1/upsun/profiles";
const TYPE: &str = "content-type: application/json\r\n";

fn twins(text: &str) -> Proxy {
    let bindings = Bindings {
        beside: Beside::Twin,
        ..bindings(text, LIMITS)
    };
    Proxy::start(bindings, None)
}

/// The two isolates.
fn ports(proxy: &Proxy) -> [u16; 2] {
    [proxy.port, proxy.worker.port_beside]
}

#[test]
fn what_one_isolate_is_told_to_wait_another_waits_too() {
    let upstream = Upstream::start();
    upstream.expect(
        "/up/profiles",
        answer("429 X", &format!("{TYPE}retry-after: 30\r\n"), "{}"),
    );
    let proxy = twins(&config(upstream.port));
    let [one, other] = ports(&proxy);
    assert_eq!(send(one, TARGET).status(), 429);
    let reply = send(other, TARGET);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (429, "urn:problem:cooling-down")
    );
    assert_eq!(upstream.n_heads(), 1, "the second isolate asks nothing");
    let sources: Value = serde_json::from_str(send(other, "/api/v1/sources").body()).unwrap();
    assert_eq!(sources["sources"][2]["state"], json!("cooling"));
    // Each source has an object of its own.
    upstream.expect("/iq/v1/profiles", ok(r#"{"data":[]}"#));
    assert_eq!(send(other, "/api/v1/insightiq/profiles").status(), 200);
}

#[test]
fn two_isolates_spend_one_allowance() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", ok("{}"));
    let limit = "[upsun.limits]\nrequests = 100\nwindow_s = 3600\n";
    let proxy = twins(&format!("{}{limit}", config(upstream.port)));
    let [one, other] = ports(&proxy);
    let statuses: Vec<u16> = (0..40)
        .map(|n| send(if n % 2 == 0 { one } else { other }, TARGET).status())
        .collect();
    let n_good = statuses.iter().filter(|status| **status == 200).count();
    // A fifth of the window may be asked at once; what is taken along and not used is lost.
    assert!((10..=20).contains(&n_good), "{statuses:?}");
    assert_eq!(upstream.n_heads(), n_good);
    assert_eq!((send(one, TARGET).status(), send(other, TARGET).status()), (429, 429));
}

#[test]
fn an_api_that_keeps_failing_one_isolate_rests_for_both() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", answer("500 X", TYPE, "{}"));
    let proxy = twins(&config(upstream.port));
    let [one, other] = ports(&proxy);
    let is_resting = |port| send(port, TARGET).problem("type") == "urn:problem:source-resting";
    assert!((0..10).any(|_| is_resting(one)), "enough failures close it");
    let n_heads = upstream.n_heads();
    let reply = send(other, TARGET);
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (503, "urn:problem:source-resting")
    );
    assert_eq!(upstream.n_heads(), n_heads);
}

#[test]
fn a_login_in_front_opens_with_the_token_and_nobody_passes_it_by() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", ok(r#"{"profiles":[]}"#));
    let text = format!(
        "[access.tokens]\nlogin = {{ env = \"TOKEN\" }}\n{}",
        config(upstream.port)
    );
    let bindings = Bindings {
        beside: Beside::Login,
        ..bindings(&text, LIMITS)
    };
    let proxy = Proxy::start(bindings, None);
    let [worker, login] = ports(&proxy);
    let ask = |port: u16, lines: &str| {
        raw(
            port,
            &format!("GET {TARGET} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{lines}\r\n"),
        )
    };
    let session = "Cookie: session=CANARY-SESSION\r\n";
    for lines in ["", "Cookie: session=guessed\r\n"] {
        assert_eq!((ask(login, lines).status(), ask(worker, lines).status()), (401, 401));
    }
    assert_eq!(ask(worker, session).status(), 401, "a session is nothing to the Worker");
    assert_eq!(upstream.n_heads(), 0);
    for lines in [session.to_owned(), format!("{session}Authorization: Bearer mine\r\n")] {
        let reply = ask(login, &lines);
        assert_eq!(
            (reply.status(), reply.body()),
            (200, r#"{"profiles":[]}"#),
            "{}",
            reply.text
        );
        assert!(!reply.text.contains("CANARY"), "{}", reply.text);
    }
    for head in upstream.heads() {
        let is_foreign = ["cookie", "CANARY-SESSION", "CANARY-TOKEN", "mine"].map(|word| head.contains(word));
        assert_eq!(is_foreign, [false; 4], "{head}");
    }
    let other = ask(login, &format!("{session}Sec-Fetch-Site: cross-site\r\n"));
    assert_eq!(other.status(), 403, "the gate stands behind the login too");
}

#[test]
fn the_rate_limit_binding_counts_each_client_by_what_proves_it() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", ok("{}"));
    let text = format!("[access.tokens]\nci = {{ env = \"TOKEN\" }}\n{}", config(upstream.port));
    let start = |text: &str| {
        let bindings = Bindings {
            entry: Entry::Counting,
            ..bindings(text, LIMITS)
        };
        Proxy::start(bindings, None)
    };
    let (guarded, open) = (start(&text), start(&config(upstream.port)));
    let from = |address: &str| format!("CF-Connecting-IP: {address}\r\n");
    let token = "Authorization: Bearer CANARY-TOKEN-0123456789abcdef0123\r\n";
    let statuses = |proxy: &Proxy, lines: &str| [0; 3].map(|_| proxy.get_with(TARGET, lines).status());
    assert_eq!(statuses(&open, &from("192.0.2.1")), [200, 200, 429]);
    assert_eq!(
        statuses(&open, &from("192.0.2.2")),
        [200, 200, 429],
        "another client has its own"
    );
    // Whoever holds a block of addresses is one client.
    assert_eq!(open.get_with(TARGET, &from("2001:db8:1:2::1")).status(), 200);
    assert_eq!(open.get_with(TARGET, &from("2001:db8:1:2:ffff::2")).status(), 200);
    assert_eq!(open.get_with(TARGET, &from("2001:db8:1:2::3")).status(), 429);
    assert_eq!(statuses(&open, ""), [200, 200, 429], "who is not named is one client");
    assert_eq!(
        statuses(&open, &from("192.0.2.66")),
        [200; 3],
        "a binding that fails lets nobody suffer"
    );
    for n in 1..=3 {
        let lines = format!("{token}{}", from(&format!("192.0.2.{n}")));
        assert_eq!(guarded.get_with(TARGET, &lines).status(), if n < 3 { 200 } else { 429 });
    }
    let n_heads = upstream.n_heads();
    let refused = open.get_with(TARGET, &from("192.0.2.1"));
    assert_eq!(
        (refused.problem("type").as_str(), refused.header("retry-after")),
        ("urn:problem:client-limit", Some("10"))
    );
    assert_eq!(upstream.n_heads(), n_heads, "it costs no quota");
    assert_eq!(
        statuses(&guarded, &from("192.0.2.9")),
        [401; 3],
        "a stranger is refused uncounted"
    );
    for _ in 0..4 {
        assert_eq!(open.get("/healthz").status(), 200, "whoever watches is not counted");
    }
    let counts = |proxy: &Proxy| serde_json::from_str::<Value>(&proxy.get("/counts").whole_body()).unwrap();
    assert_eq!(counts(&guarded), json!({ "token ci": 3 }));
    let names: Vec<String> = counts(&open).as_object().unwrap().keys().cloned().collect();
    assert_eq!(names.len(), 5, "{names:?}");
}
