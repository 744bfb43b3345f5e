//! `roster-proxy check`: what a stranger reads when a key or an address is wrong.

use std::process::Command;

use crate::program::{PROGRAM, config_file};
use crate::upstream::{Upstream, answer, json};
use crate::world::{CANARIES, KEY, PASSWORD, PROFILE_KEY, config};

/// Runs it; gives the exit code and everything that it said.
fn check(name: &str, text: &str) -> (Option<i32>, String) {
    let file = config_file(name, text);
    let mut command = Command::new(PROGRAM);
    command
        .args(["check", "--config"])
        .arg(&file)
        .env("ROSTER_LOG", "trace");
    command
        .env("KEY", KEY)
        .env("USER", "client-id")
        .env("PASSWORD", PASSWORD)
        .env("PROFILE", PROFILE_KEY);
    let output = command.output().unwrap();
    std::fs::remove_file(file).unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    for secret in CANARIES.iter().chain(&[KEY, PASSWORD, PROFILE_KEY]) {
        assert!(!said.contains(secret), "{said}");
    }
    (output.status.code(), said)
}

fn refused() -> crate::upstream::Act {
    let body = format!(r#"{{"status":"error","code":102,"message":"API Key {KEY} not valid."}}"#);
    answer("403 Forbidden", "content-type: application/json\r\n", &body)
}

#[test]
fn every_key_of_every_source_is_tried_once() {
    let upstream = Upstream::start();
    upstream.expect("/api/profiles", json(r#"{"profiles":[]}"#));
    upstream.expect("/api/user", json(r#"{"refId":"a"}"#));
    upstream.expect("/iq/v1/profiles", json(r#"{"data":[]}"#));
    upstream.expect("/up/profiles", json(r#"{"count":0,"profiles":[]}"#));
    let (code, said) = check("all-good", &config(upstream.port));
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(said.matches("  ok      ").count(), 4, "{said}");
    assert!(said.contains("the profile key brand-a is taken"), "{said}");
    assert_eq!(upstream.heads().len(), 4);
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_without_the_key() {
    let upstream = Upstream::start();
    upstream.expect("/api/profiles", json(r#"{"profiles":[]}"#));
    upstream.expect("/api/user", refused());
    upstream.expect(
        "/iq/v1/profiles",
        answer("200 OK", "content-type: text/html\r\n", "<p>a login page</p>"),
    );
    upstream.expect(
        "/up/profiles",
        answer("401 X", "content-type: application/json\r\n", "{}"),
    );
    let text = config(upstream.port);
    let line = |section: &str| 1 + text.lines().position(|line| line == section).unwrap();
    let (code, said) = check("all-bad", &text);
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(
        (said.matches("  ok ").count(), said.matches("  FAILED  ").count()),
        (1, 3),
        "{said}"
    );
    for expected in [
        "FAILED  the profile key brand-a: API Key [removed] not valid.".to_owned(),
        "See brand-a below [ayrshare.profiles], ".to_owned(),
        "something answered that is not this API: is the address right? See [insightiq], ".to_owned(),
        format!("toml:{}\n", line("[insightiq]")),
        "the API did not take this key: is it whole, of the environment \"custom\", still valid? See [upsun], "
            .to_owned(),
        format!("toml:{}\n", line("[upsun]")),
    ] {
        assert!(said.contains(&expected), "{expected} in\n{said}");
    }
}

#[test]
fn a_source_that_is_not_there_is_told_from_one_that_is_full() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let place =
        format!("[upsun]\nbase_url = \"http://127.0.0.1:{port}\"\nallow_insecure_loopback = true\nkey_env = \"KEY\"\n");
    let (code, said) = check("absent", &place);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("nothing answered: is the address right"), "{said}");
    assert!(
        said.contains("without a section, so without a source: ayrshare, insightiq"),
        "{said}"
    );
    let upstream = Upstream::start();
    upstream.expect(
        "/up/profiles",
        answer("429 X", "content-type: application/json\r\nretry-after: 60\r\n", "{}"),
    );
    let text = config(upstream.port);
    let (code, said) = check("full", &text[text.find("[upsun]").unwrap()..]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("is taken, but the API wants a pause"), "{said}");
}

#[test]
fn a_mistake_in_the_configuration_is_found_before_anybody_is_asked() {
    let (code, said) = check("mistake", "[upsun]\nkey_env = \"ROSTER_TEST_UNSET\"\n");
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains(":2: expected the environment variable ROSTER_TEST_UNSET, which is not set"),
        "{said}"
    );
    let (code, said) = check("empty", "allowed_hosts = []\n");
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("expected a section such as [ayrshare], [insightiq], [upsun]"),
        "{said}"
    );
}
