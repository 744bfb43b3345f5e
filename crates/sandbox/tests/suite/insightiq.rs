//! InsightIQ: each parameter of `GET /v1/profiles`, one profile, the work platforms, and the error bodies.

use roster_sandbox::{Request, Settings, keys};
use serde_json::{Value, json};

use crate::play::{BASE_URL, Play, basic, keys_of, signed, texts};

const LIST: &str = "/insightiq/v1/profiles";

fn list(play: &Play, query: &str) -> Vec<Value> {
    play.json(&format!("{LIST}?{query}"))["data"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn ten_profiles_come_by_default_and_metadata_repeats_the_query() {
    let play = Play::demo();
    let body = play.json(LIST);
    assert_eq!(body["data"].as_array().unwrap().len(), 10);
    let metadata = json!({"offset": 0, "limit": 10, "from_date": null, "to_date": null});
    assert_eq!(body["metadata"], metadata);
    let body = play.json(&format!("{LIST}?limit=25&offset=50&from_date=2020-12-31&source=npm"));
    assert_eq!(body["data"].as_array().unwrap().len(), 10, "a short page is the end");
    let metadata = json!({"offset": 50, "limit": 25, "from_date": "2020-12-31", "to_date": null});
    assert_eq!(body["metadata"], metadata);
    assert_eq!(list(&play, "offset=60"), Vec::<Value>::new());
}

#[test]
fn a_profile_has_the_documented_keys_in_the_documented_order() {
    let response = Play::demo().get(&format!("{LIST}?limit=1"));
    assert_eq!(response.header("content-type"), Some("application/json"));
    let text = String::from_utf8(response.body).unwrap();
    assert_eq!(keys_of(&text), ["data", "metadata"]);
    let list = roster_core::members(&text).unwrap().get("data").unwrap();
    let record = list.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap();
    let documented = "id created_at updated_at user account work_platform platform_username full_name first_name \
                      last_name nick_name url introduction image_url date_of_birth external_id platform_account_type \
                      category website reputation emails phone_numbers addresses gender country platform_profile_name \
                      platform_profile_id platform_profile_published_at is_verified is_business";
    assert_eq!(keys_of(record), documented.split_whitespace().collect::<Vec<_>>());
    let reputation = roster_core::members(record).unwrap().get("reputation").unwrap();
    let counts =
        "follower_count following_count subscriber_count content_count content_group_count watch_time_in_hours";
    assert_eq!(keys_of(reputation), counts.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn user_platform_and_account_find_theirs_and_combine() {
    let play = Play::of(4_000);
    let all: Vec<Value> = (0..10)
        .flat_map(|page| list(&play, &format!("limit=100&offset={}", page * 100)))
        .collect();
    assert_eq!(all.len(), 1000);
    let id = |profile: &Value, part: &str| profile[part]["id"].as_str().unwrap().to_owned();
    for wanted in [&all[0], &all[3], &all[7], &all[999]] {
        let (user, account, platform) = (id(wanted, "user"), id(wanted, "account"), id(wanted, "work_platform"));
        let of_user: Vec<Value> = all.iter().filter(|p| id(p, "user") == user).cloned().collect();
        assert_eq!(list(&play, &format!("user_id={user}")), of_user);
        assert_eq!(
            list(&play, &format!("account_id={account}")),
            std::slice::from_ref(wanted)
        );
        assert_eq!(
            list(&play, &format!("account_id={}", account.to_uppercase())),
            std::slice::from_ref(wanted)
        );
        let of_platform: Vec<Value> = all
            .iter()
            .filter(|p| id(p, "work_platform") == platform)
            .cloned()
            .collect();
        let found = list(&play, &format!("work_platform_id={platform}&limit=100"));
        assert_eq!(found, of_platform[..found.len()]);
        assert_eq!(found.len(), of_platform.len().min(100));
        let second = list(&play, &format!("work_platform_id={platform}&limit=3&offset=2"));
        assert_eq!(second, of_platform.iter().skip(2).take(3).cloned().collect::<Vec<_>>());
        let all_three = format!("user_id={user}&account_id={account}&work_platform_id={platform}");
        assert_eq!(list(&play, &all_three), std::slice::from_ref(wanted));
        let other = id(all.iter().find(|p| id(p, "user") != user).unwrap(), "user");
        assert_eq!(
            list(&play, &format!("user_id={other}&account_id={account}")),
            Vec::<Value>::new()
        );
    }
    assert_eq!(list(&play, "user_id=nobody"), Vec::<Value>::new());
    assert_eq!(list(&play, "work_platform_id=nothing"), Vec::<Value>::new());
}

#[test]
fn an_unknown_account_is_404_or_by_setting_an_empty_page() {
    let query = format!("{LIST}?account_id=12ccaf87-66c2-4b8e-9bf0-d0e8705334d1");
    let (status, body) = Play::demo().refused(&query);
    assert_eq!(
        (status, &body["error"]["type"], &body["error"]["code"]),
        (404, &json!("RECORD_NOT_FOUND"), &json!("incorrect_account_id"))
    );
    let lenient = Play::new(Settings {
        unknown_account_is_404: false,
        ..Settings::default()
    });
    assert_eq!(lenient.json(&query)["data"], json!([]));
}

#[test]
fn errors_have_both_spellings_and_the_id_of_the_header() {
    let play = Play::demo();
    for (query, sentence) in [
        ("limit=0", "Parameter limit must be a whole number from 1 to 100."),
        ("limit=101", "Parameter limit must be a whole number from 1 to 100."),
        ("offset=-1", "Parameter offset must be a whole number of at least 0."),
        ("account_id=7", "Parameter account_id must be a UUID."),
    ] {
        let response = play.get(&format!("{LIST}?{query}"));
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        let error = &body["error"];
        assert_eq!((response.status, error["message"].as_str().unwrap()), (400, sentence));
        assert_eq!(error["code"], error["error_code"]);
        assert_eq!(
            (&error["status_code"], &error["http_status_code"]),
            (&json!(400), &json!(400))
        );
        assert_eq!(error["request_id"].as_str(), response.header("request-id"));
    }
}

#[test]
fn every_answer_has_a_request_id_of_its_own() {
    let play = Play::demo();
    let ids: Vec<String> = (0..3)
        .map(|_| play.get(LIST).header("request-id").unwrap().to_owned())
        .collect();
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
    assert!(ids.iter().all(|id| roster_core::Kind::Uuid.check(id).is_ok()));
}

#[test]
fn a_bad_user_or_password_is_401() {
    let play = Play::demo();
    let bare = Request::get(LIST, "", BASE_URL);
    for value in [
        "Basic ".to_owned(),
        "Basic !!!".to_owned(),
        basic(keys::INSIGHTIQ_USER, "wrong"),
        basic("wrong", keys::INSIGHTIQ_PASSWORD),
        format!("Bearer {}", keys::INSIGHTIQ_PASSWORD),
    ] {
        let response = play.send(&bare.clone().with_header("authorization", &value));
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(
            (response.status, &body["error"]["type"]),
            (401, &json!("UNAUTHORIZED")),
            "{value}"
        );
    }
    assert_eq!(play.send(&bare).status, 401);
}

#[test]
fn one_profile_is_found_by_its_id() {
    let play = Play::demo();
    let listed = list(&play, "limit=60");
    for wanted in [&listed[0], &listed[59]] {
        assert_eq!(
            &play.json(&format!("{LIST}/{}", wanted["id"].as_str().unwrap())),
            wanted
        );
    }
    assert_eq!(
        play.refused(&format!("{LIST}/12ccaf87-66c2-4b8e-9bf0-d0e8705334d1")).0,
        404
    );
    assert_eq!(play.refused("/insightiq/v2/profiles").0, 404);
    let mut post = signed(LIST);
    post.method = "POST".to_owned();
    assert_eq!(play.send(&post).status, 405);
}

#[test]
fn work_platforms_are_listed_with_the_ids_that_profiles_carry() {
    let play = Play::demo();
    let body = play.json("/insightiq/v1/work-platforms?limit=100");
    let ids = texts(&body["data"], "id");
    for profile in list(&play, "limit=60") {
        assert!(ids.iter().any(|id| *id == profile["work_platform"]["id"]));
    }
    let instagram = &body["data"][0];
    assert_eq!(instagram["products"]["identity"]["audience"]["is_supported"], true);
    assert_eq!(instagram["products"]["income"], json!({"is_supported": false}));
    assert_eq!(
        play.json("/insightiq/v1/work-platforms")["data"]
            .as_array()
            .unwrap()
            .len(),
        10
    );
}
