//! Ayrshare's `GET /profiles`: each parameter, each encoding, each of the three answer forms.

use roster_core::UnixMs;
use roster_sandbox::{Request, keys};
use serde_json::{Value, json};

use crate::play::{BASE_URL, DAY_MS, MINUTE_MS, NOW, Play, keys_of, signed, texts};

const LIST: &str = "/ayrshare/api/profiles";

fn list(play: &Play, query: &str) -> Vec<Value> {
    let body = play.json(&format!("{LIST}?{query}"));
    body["profiles"].as_array().unwrap().clone()
}

/// Reads the answer the way the demo's definitions read it.
fn platforms(profile: &Value) -> Vec<&str> {
    let accounts = profile.get("activeSocialAccounts").and_then(Value::as_array);
    accounts.map_or(Vec::new(), |list| {
        list.iter().map(|word| word.as_str().unwrap()).collect()
    })
}

#[test]
fn the_envelope_and_a_record_have_the_documented_keys_in_the_documented_order() {
    let play = Play::demo();
    let response = play.get(&format!("{LIST}?limit=100"));
    assert_eq!(response.header("content-type"), Some("application/json; charset=utf-8"));
    let text = String::from_utf8(response.body).unwrap();
    assert_eq!(
        keys_of(&text),
        ["profiles", "count", "lastUpdated", "nextUpdate", "pagination"]
    );
    let members = roster_core::members(&text).unwrap();
    assert_eq!(
        keys_of(members.get("pagination").unwrap()),
        ["hasMore", "nextCursor", "limit"]
    );
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["count"], 100);
    assert_eq!(body["pagination"]["limit"], 100);
    assert_eq!(body["pagination"]["hasMore"], true);
    let first = roster_core::members(&text).unwrap().get("profiles").unwrap().to_owned();
    let first: Vec<&serde_json::value::RawValue> = serde_json::from_str(&first).unwrap();
    let keys = keys_of(first[22].get());
    let documented = [
        "status",
        "title",
        "displayTitle",
        "created",
        "createdUTC",
        "refId",
        "activeSocialAccounts",
        "isByokLinked",
        "suspended",
    ];
    let known: Vec<&str> = documented
        .into_iter()
        .filter(|key| keys.iter().any(|found| found == key))
        .collect();
    assert_eq!(keys, known);
    assert_eq!(first[0].get().matches("_nanoseconds").count(), 1);
}

#[test]
fn the_next_update_is_five_minutes_after_the_last() {
    let body = Play::demo().json(LIST);
    let instant = |key: &str| UnixMs::parse(body[key].as_str().unwrap()).unwrap();
    assert_eq!(instant("nextUpdate").since(instant("lastUpdated")), 5 * MINUTE_MS);
    assert!((0..5 * MINUTE_MS).contains(&NOW.since(instant("lastUpdated"))));
    assert_eq!(body["lastUpdated"], "2026-11-21T09:30:00.000Z");
}

#[test]
fn the_last_page_has_no_cursor_and_the_limit_is_five_thousand() {
    let body = Play::demo().json(LIST);
    assert_eq!(
        body["pagination"],
        json!({"hasMore": false, "nextCursor": null, "limit": 5000})
    );
    assert_eq!(body["count"], 150);
    let body = Play::of(16_000).json(LIST);
    assert_eq!(body["count"], 5000);
}

#[test]
fn profiles_come_newest_first() {
    let stamps = texts(&Play::of(5_000).json(LIST)["profiles"], "createdUTC");
    assert!(stamps.is_sorted_by(|a, b| a > b));
}

#[test]
fn title_and_reference_id_find_exactly_one() {
    let play = Play::of(100_000);
    let body = play.json(&format!("{LIST}?limit=5000"));
    for place in [0, 22, 41, 42, 160, 3000, 4999] {
        let wanted = &body["profiles"][place];
        for key in ["title", "refId"] {
            let value: String = form_urlencoded::byte_serialize(wanted[key].as_str().unwrap().as_bytes()).collect();
            assert_eq!(
                list(&play, &format!("{key}={value}")),
                std::slice::from_ref(wanted),
                "{key}={value}"
            );
        }
    }
    assert_eq!(list(&play, "title=Nobody"), Vec::<Value>::new());
    assert_eq!(
        list(&play, "refId=160c8700bd6ade099b242d845e268fb986130c53"),
        Vec::<Value>::new()
    );
    let both = format!("refId={}&title=Nobody", body["profiles"][0]["refId"].as_str().unwrap());
    assert_eq!(list(&play, &both), Vec::<Value>::new());
}

#[test]
fn titles_are_unique_beyond_the_number_of_word_pairs() {
    let titles = texts(&Play::of(8_000).json(LIST)["profiles"], "title");
    let n_different = titles.iter().collect::<std::collections::HashSet<_>>().len();
    assert_eq!(n_different, titles.len());
}

#[test]
fn has_active_social_accounts_is_true_false_or_not_asked() {
    let play = Play::demo();
    let (with, without, all) = (
        list(&play, "hasActiveSocialAccounts=true"),
        list(&play, "hasActiveSocialAccounts=False"),
        list(&play, ""),
    );
    assert_eq!((with.len(), without.len(), all.len()), (136, 14, 150));
    assert!(with.iter().all(|profile| !platforms(profile).is_empty()));
    assert!(without.iter().all(|profile| platforms(profile).is_empty()));
}

#[test]
fn includes_active_social_accounts_means_all_of_them_in_every_encoding() {
    let play = Play::of(2_000);
    let name = "includesActiveSocialAccounts";
    let plain = list(&play, &format!("{name}=twitter,linkedin"));
    assert!(!plain.is_empty());
    for profile in &plain {
        let found = platforms(profile);
        assert!(found.contains(&"twitter") && found.contains(&"linkedin"), "{found:?}");
    }
    let all = list(&play, "");
    let counted = all.iter().filter(|profile| {
        let found = platforms(profile);
        found.contains(&"twitter") && found.contains(&"linkedin")
    });
    assert_eq!(plain.len(), counted.count());
    for query in [
        format!("{name}%5B0%5D=twitter&{name}%5B1%5D=linkedin&source=npm"),
        format!("{name}[0]=linkedin&{name}[1]=twitter&source=pypi"),
        format!("{name}=twitter&{name}=linkedin"),
        format!("{name}=%5B%22twitter%22%2C%22linkedin%22%5D"),
    ] {
        assert_eq!(list(&play, &query), plain, "{query}");
    }
}

#[test]
fn is_byok_linked_leaves_out_profiles_without_x_whenever_it_is_set() {
    let play = Play::of(1_000);
    let all = list(&play, "");
    let with_x = all
        .iter()
        .filter(|profile| platforms(profile).contains(&"twitter"))
        .count();
    let linked = list(&play, "isByokLinked=true");
    let missing = list(&play, "isByokLinked=false");
    assert_eq!(linked.len() + missing.len(), with_x);
    assert!(linked.iter().all(|profile| profile["isByokLinked"] == true));
    assert!(
        missing
            .iter()
            .all(|profile| profile.get("isByokLinked") != Some(&json!(true)))
    );
    let said = all.iter().filter(|profile| profile.get("isByokLinked").is_some());
    assert!(said.map(platforms).all(|found| found.contains(&"twitter")));
}

#[test]
fn profile_keys_find_their_profiles() {
    let play = Play::demo();
    let all = list(&play, "");
    let (_, key) = keys::AYRSHARE_PROFILE_KEYS[3];
    assert_eq!(list(&play, &format!("profileKeys[0]={key}")), [all[19].clone()]);
    assert_eq!(list(&play, "profileKeys[0]=nobody"), Vec::<Value>::new());
}

#[test]
fn bad_values_are_refused_with_a_clear_sentence() {
    let play = Play::demo();
    for (query, sentence) in [
        ("limit=0", "Parameter limit must be a whole number from 1 to 5000."),
        ("limit=5001", "Parameter limit must be a whole number from 1 to 5000."),
        ("limit=many", "Parameter limit must be a whole number from 1 to 5000."),
        ("limit=", "Parameter limit must be a whole number from 1 to 5000."),
        (
            "hasActiveSocialAccounts=1",
            "Parameter hasActiveSocialAccounts must be true or false.",
        ),
        ("isByokLinked=maybe", "Parameter isByokLinked must be true or false."),
        (
            "actionLog=366",
            "Parameter actionLog must be true, false or a whole number from 1 to 365.",
        ),
        (
            "actionLog=0",
            "Parameter actionLog must be true, false or a whole number from 1 to 365.",
        ),
        ("include=quota", "Parameter include must be used together with refId."),
        (
            "refId=x&include=everything",
            "Parameter include must be one or more of suspension, socialHealth, linkingErrors, activity, quota, \
             unlinkHistory, actionLog.",
        ),
        (
            "cursor=none",
            "Parameter cursor must be the nextCursor of an earlier answer.",
        ),
    ] {
        let (status, body) = play.refused(&format!("{LIST}?{query}"));
        assert_eq!((status, body["message"].as_str().unwrap()), (400, sentence), "{query}");
        assert_eq!((&body["status"], &body["action"]), (&json!("error"), &json!("request")));
    }
    let (_, body) = play.refused(&format!("{LIST}?includesActiveSocialAccounts=myspace"));
    assert!(body["message"].as_str().unwrap().contains("bluesky, facebook, gmb"));
}

#[test]
fn the_action_log_turns_profiles_into_an_object() {
    let play = Play::demo();
    let body = play.json(&format!("{LIST}?actionLog=true"));
    let log = &body["profiles"];
    let oldest = NOW.plus_ms(-61 * DAY_MS);
    let entries = log["actionLog"].as_array().unwrap();
    assert_eq!(
        entries.iter().filter(|entry| entry["action"] == "create").count(),
        6,
        "one in ten days"
    );
    assert_eq!(entries.iter().filter(|entry| entry["action"] == "delete").count(), 3);
    assert!(
        texts(&log["actionLog"], "created")
            .iter()
            .all(|text| UnixMs::parse(text).unwrap() > oldest)
    );
    assert!(texts(&log["actionLog"], "created").is_sorted_by(|a, b| a > b));
    assert_eq!(log["userProfilesReport"].as_array().unwrap().len(), 60);
    assert!(log["lastUpdated"].is_string() && log["nextUpdate"].is_string());
    assert_eq!(body.as_object().unwrap().len(), 1, "the stamps stand inside");
    let ten = play.json(&format!("{LIST}?actionLog=10"));
    assert_eq!(ten["profiles"]["userProfilesReport"].as_array().unwrap().len(), 10);
    assert!(play.json(&format!("{LIST}?actionLog=false"))["profiles"].is_array());
}

#[test]
fn include_gives_the_parts_that_were_asked_for_and_no_others() {
    let play = Play::demo();
    let ref_id = texts(&play.json(LIST)["profiles"], "refId")[0].clone();
    let target = format!("{LIST}?refId={ref_id}&include=suspension,socialHealth,activity,quota");
    let response = play.get(&target);
    let text = String::from_utf8(response.body).unwrap();
    assert_eq!(
        keys_of(&text),
        ["profiles", "count", "pagination"],
        "no stamps in this form"
    );
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&body["count"], &body["pagination"]["limit"]),
        (&json!(1), &json!(5000))
    );
    let profile = &body["profiles"][0];
    assert_eq!(profile["suspension"]["isSuspended"], true);
    assert_eq!(profile["suspension"]["reason"], "Too many duplicate posts");
    assert_eq!(profile["quota"], json!({"used": 450, "limit": 1000}));
    assert_eq!(profile["socialHealth"]["instagram"]["relinkRecommended"], true);
    assert_eq!(profile["socialHealth"]["twitter"]["relinkRecommended"], false);
    assert!(profile["activity"]["lastPost"].is_string());
    for absent in ["linkingErrors", "unlinkHistory", "actionLog", "created", "createdUTC"] {
        assert!(profile.get(absent).is_none(), "{absent}");
    }
    let other = play.json(&format!(
        "{LIST}?refId={ref_id}&include[]=unlinkHistory&include[]=actionLog"
    ));
    assert_eq!(other["profiles"][0]["actionLog"][0]["action"], "create");
    let none = play.json(&format!("{LIST}?refId=nobody&include=quota"));
    assert_eq!((&none["profiles"], &none["count"]), (&json!([]), &json!(0)));
}

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
