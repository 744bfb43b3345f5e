//! Who may ask Ayrshare, how often, and what is answered at other paths.

use roster_sandbox::{Request, keys};
use serde_json::{Value, json};

use crate::play::{BASE_URL, MINUTE_MS, NOW, Play, signed};

const LIST: &str = "/ayrshare/api/profiles";

#[test]
fn a_bad_key_is_403_with_code_102_and_the_documented_sentence() {
    let play = Play::demo();
    let bare = Request::get(LIST, "", BASE_URL);
    for request in [
        bare.clone(),
        bare.clone().with_header("authorization", "Bearer wrong"),
        bare.clone().with_header("authorization", keys::AYRSHARE_KEY),
        bare.clone().with_header("authorization", "Basic eDp5"),
    ] {
        let response = play.send(&request);
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        let documented = json!({
            "action": "authorization",
            "status": "error",
            "code": 102,
            "message": "API Key not valid. Please be sure to send a Header Authorization containing 'Bearer API_KEY'. \
                        .../ayrshare.com/rest-api/overview#authorization",
        });
        assert_eq!((response.status, body), (403, documented));
    }
    let key = format!("Bearer {}", keys::AYRSHARE_PROFILE_KEYS[0].1);
    let body: Value = serde_json::from_slice(&play.send(&bare.with_header("authorization", &key)).body).unwrap();
    assert!(
        body["message"]
            .as_str()
            .unwrap()
            .starts_with("You cannot use a Profile Key")
    );
}

#[test]
fn a_profile_key_on_the_list_is_ignored() {
    let play = Play::demo();
    let request = signed(LIST).with_header("Profile-Key", "nonsense");
    let body: Value = serde_json::from_slice(&play.send(&request).body).unwrap();
    assert_eq!(body["count"], 150);
}

#[test]
fn every_answer_counts_in_a_window_of_five_minutes_and_the_301st_is_refused() {
    let mut play = Play::demo();
    for n in 1..=300 {
        let response = play.get(&format!("{LIST}?limit=1"));
        assert_eq!(response.status, 200);
        assert_eq!(response.header("x-ratelimit-max"), Some("300"));
        assert_eq!(response.header("x-ratelimit-count"), Some(n.to_string().as_str()));
    }
    let refused = play.get(&format!("{LIST}?limit=1"));
    let body: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(
        (refused.status, &body["status"], &body["code"]),
        (429, &json!("error"), &json!(429))
    );
    assert_eq!(
        (refused.header("x-ratelimit-count"), refused.header("retry-after")),
        (Some("301"), None)
    );
    let other = signed("/ayrshare/api/user").with_header("Profile-Key", keys::AYRSHARE_PROFILE_KEYS[0].1);
    assert_eq!(play.send(&other).status, 200, "another profile has a window of its own");
    play.now = NOW.plus_ms(5 * MINUTE_MS);
    assert_eq!(play.get(LIST).header("x-ratelimit-count"), Some("1"));
}

#[test]
fn other_paths_and_methods_are_answered_in_the_envelope() {
    let play = Play::demo();
    let (status, body) = play.refused("/ayrshare/api/nothing");
    assert_eq!((status, &body["status"]), (404, &json!("error")));
    let mut post = signed(LIST);
    post.method = "POST".to_owned();
    let response = play.send(&post);
    assert_eq!((response.status, response.header("allow")), (405, Some("GET")));
    let mut head = signed(LIST);
    head.method = "HEAD".to_owned();
    assert_eq!(play.send(&head).status, 200);
    assert_eq!(play.get("/elsewhere").status, 404);
    assert_eq!(play.get("/healthz").body, br#"{"status":"ok"}"#);
}
