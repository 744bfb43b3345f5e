//! Ayrshare's `GET /profiles`: each parameter, each encoding, each of the three answer forms.

use roster_core::UnixMs;
use roster_sandbox::keys;
use serde_json::{Value, json};

use crate::play::{MINUTE_MS, NOW, Play, keys_of, texts};

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
