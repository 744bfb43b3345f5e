//! Upsun: pages by links, the filter, the token, and the error bodies.

use roster_sandbox::{Request, Settings, keys};
use serde_json::{Value, json};

use crate::play::{BASE_URL, Play, basic, keys_of, signed};

const LIST: &str = "/upsun/profiles";

fn href(body: &Value, link: &str) -> String {
    body["_links"][link]["href"].as_str().unwrap().to_owned()
}

#[test]
fn the_envelope_and_a_profile_have_the_documented_keys_in_the_documented_order() {
    let response = Play::demo().get(LIST);
    assert_eq!(response.header("content-type"), Some("application/json"));
    let text = String::from_utf8(response.body).unwrap();
    assert_eq!(keys_of(&text), ["count", "profiles", "_links"]);
    let list = roster_core::members(&text).unwrap().get("profiles").unwrap();
    let records: Vec<&serde_json::value::RawValue> = serde_json::from_str(list).unwrap();
    let documented = "id display_name email username type picture company_type company_name currency vat_number \
                      company_role website_url new_ui ui_colorscheme default_catalog project_options_url marketing \
                      created_at updated_at billing_contact current_trial invoiced";
    assert_eq!(
        keys_of(records[0].get()),
        documented.split_whitespace().collect::<Vec<_>>()
    );
    let trial = roster_core::members(records[0].get())
        .unwrap()
        .get("current_trial")
        .unwrap();
    let documented = "active created description expiration current spend spend_remaining projects \
                      pending_verification model days_remaining";
    assert_eq!(keys_of(trial), documented.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn one_page_has_only_a_link_to_itself() {
    let body = Play::demo().json(LIST);
    assert_eq!(body["count"], 30);
    assert_eq!(
        body["_links"],
        json!({"self": {"title": "Self", "href": format!("{BASE_URL}{LIST}")}})
    );
}

#[test]
fn the_links_lead_forth_and_back_and_the_last_page_has_no_next() {
    let play = Play::of(1_000);
    let first = play.json(LIST);
    assert_eq!(
        (&first["count"], first["profiles"].as_array().unwrap().len()),
        (&json!(125), 50)
    );
    assert!(first["_links"].get("previous").is_none());
    assert_eq!(href(&first, "next"), format!("{BASE_URL}{LIST}?page=2"));
    let second = play.json(href(&first, "next").strip_prefix(BASE_URL).unwrap());
    assert_eq!(href(&second, "previous"), format!("{BASE_URL}{LIST}?page=1"));
    assert_eq!(href(&second, "self"), format!("{BASE_URL}{LIST}"), "the bare address");
    let last = play.json(href(&second, "next").strip_prefix(BASE_URL).unwrap());
    assert_eq!(last["profiles"].as_array().unwrap().len(), 25);
    assert!(last["_links"].get("next").is_none());
}

#[test]
fn a_range_can_only_be_lowered_and_stays_in_the_links() {
    let play = Play::of(1_000);
    let body = play.json(&format!("{LIST}?range=20&page=2"));
    assert_eq!(body["profiles"].as_array().unwrap().len(), 20);
    assert_eq!(href(&body, "next"), format!("{BASE_URL}{LIST}?page=3&range=20"));
    let body = play.json(&format!("{LIST}?range=500"));
    assert_eq!(body["profiles"].as_array().unwrap().len(), 50);
}

#[test]
fn bad_values_are_refused_in_the_words_of_the_server() {
    let play = Play::demo();
    let page = "\"Page\" property should be numeric and equal or higher than 1.";
    let range = "\"Range\" property should be numeric and higher than 0.";
    for (query, detail) in [
        ("page=0", page),
        ("page=x", page),
        ("page=", page),
        ("page=-1", page),
        ("range=0", range),
        ("range=many", range),
        ("filter[mail]=x", "The filter mail is not allowed for this path."),
        ("filter%5Bmail%5D=x", "The filter mail is not allowed for this path."),
    ] {
        let response = play.get(&format!("{LIST}?{query}"));
        assert_eq!(
            response.header("content-type"),
            Some("application/problem+json; charset=utf-8")
        );
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(
            (response.status, body["detail"].as_str().unwrap()),
            (400, detail),
            "{query}"
        );
        assert_eq!((&body["title"], &body["status"]), (&json!("Bad Request"), &json!(400)));
    }
    assert_eq!(
        play.json(&format!("{LIST}?page[size]=5&sort=id&source=npm"))["count"],
        30,
        "others are ignored"
    );
}

#[test]
fn the_user_name_finds_one_profile() {
    let play = Play::demo();
    let all = play.json(LIST);
    let wanted = &all["profiles"][12];
    let name = wanted["username"].as_str().unwrap();
    for query in [
        format!("filter[username]={name}"),
        format!("filter%5Busername%5D={name}"),
        format!("filter[username][value]={name}&filter[username][operator]=="),
    ] {
        let body = play.json(&format!("{LIST}?{query}"));
        assert_eq!(
            (&body["count"], &body["profiles"]),
            (&json!(1), &json!([wanted])),
            "{query}"
        );
    }
    for nobody in ["alice", "upsun-demo-0", "upsun-demo-31", "upsun-demo-01"] {
        let body = play.json(&format!("{LIST}?filter[username]={nobody}"));
        assert_eq!((&body["count"], &body["profiles"]), (&json!(0), &json!([])), "{nobody}");
    }
    assert_eq!(
        play.json(&format!("/upsun/v1/profiles?filter[username]={name}"))["count"],
        1
    );
}

#[test]
fn the_hal_content_type_is_a_setting() {
    let play = Play::new(Settings {
        upsun_sends_hal_type: true,
        ..Settings::default()
    });
    assert_eq!(
        play.get(LIST).header("content-type"),
        Some("application/hal+json; charset=utf-8")
    );
}

#[test]
fn a_bad_access_token_is_401_as_the_vendors_tool_expects() {
    let play = Play::demo();
    let bare = Request::get(LIST, "", BASE_URL);
    for request in [bare.clone(), bare.clone().with_header("authorization", "Bearer wrong")] {
        let response = play.send(&request);
        assert_eq!(response.status, 401);
        assert_eq!(
            response.body,
            br#"{"error":"invalid_token","error_description":"Invalid access token."}"#
        );
    }
    let api_token = format!("Bearer {}", keys::UPSUN_API_TOKEN);
    assert_eq!(play.send(&bare.with_header("authorization", &api_token)).status, 401);
}

fn exchange(content_type: &str, user: &str, body: &str) -> Request {
    let mut request = Request::get("/upsun/oauth2/token", "", BASE_URL);
    request.method = "POST".to_owned();
    request.body = body.as_bytes().to_vec();
    request
        .with_header("Content-Type", content_type)
        .with_header("Authorization", &basic(user, ""))
}

#[test]
fn a_token_is_exchanged_by_form_and_by_json() {
    let play = Play::demo();
    let form = format!("grant_type=api_token&api_token={}", keys::UPSUN_API_TOKEN);
    let json = json!({"grant_type": "api_token", "api_token": keys::UPSUN_API_TOKEN}).to_string();
    for request in [
        exchange(
            "application/x-www-form-urlencoded;charset=UTF-8",
            "platform-api-user",
            &form,
        ),
        exchange("application/json", "platform-cli", &json),
    ] {
        let response = play.send(&request);
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(
            (response.status, &body["expires_in"], &body["token_type"]),
            (200, &json!(900), &json!("bearer"))
        );
        let key = format!("Bearer {}", body["access_token"].as_str().unwrap());
        assert_eq!(
            play.send(&Request::get(LIST, "", BASE_URL).with_header("authorization", &key))
                .status,
            200
        );
    }
}

#[test]
fn an_access_token_ends_if_the_settings_say_so() {
    let mut play = Play::new(Settings {
        upsun_token_life_ms: Some(10_000),
        ..Settings::default()
    });
    let form = format!("grant_type=api_token&api_token={}", keys::UPSUN_API_TOKEN);
    let given = play.send(&exchange(
        "application/x-www-form-urlencoded",
        "platform-api-user",
        &form,
    ));
    let body: Value = serde_json::from_slice(&given.body).unwrap();
    assert_eq!(body["expires_in"], 10);
    let key = format!("Bearer {}", body["access_token"].as_str().unwrap());
    let ask = |play: &Play, key: &str| {
        let request = Request::get(LIST, "", BASE_URL).with_header("authorization", key);
        play.send(&request).status
    };
    assert_eq!(ask(&play, &key), 200);
    assert_eq!(ask(&play, &format!("Bearer {}", keys::UPSUN_ACCESS_TOKEN)), 401);
    assert_eq!(ask(&play, &format!("Bearer {}.x", keys::UPSUN_ACCESS_TOKEN)), 401);
    play.now = play.now.plus_ms(10_000);
    assert_eq!(ask(&play, &key), 401);
}

#[test]
fn a_bad_exchange_says_what_is_wrong() {
    let play = Play::demo();
    let form = "application/x-www-form-urlencoded";
    for (request, status, error) in [
        (
            exchange(form, "somebody", "grant_type=api_token&api_token=x"),
            401,
            "invalid_client",
        ),
        (
            exchange(form, "platform-cli", "grant_type=api_token&api_token=x"),
            400,
            "invalid_grant",
        ),
        (
            exchange(form, "platform-cli", "grant_type=api_token"),
            400,
            "invalid_request",
        ),
        (
            exchange(form, "platform-cli", "grant_type=password"),
            400,
            "unsupported_grant_type",
        ),
        (
            exchange("application/json", "platform-cli", "{"),
            400,
            "invalid_request",
        ),
        (exchange("text/plain", "platform-cli", "x"), 400, "invalid_request"),
    ] {
        let response = play.send(&request);
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!((response.status, body["error"].as_str().unwrap()), (status, error));
    }
    assert_eq!(play.get("/upsun/oauth2/token").status, 405);
}

#[test]
fn other_paths_and_methods_are_problems() {
    let play = Play::demo();
    let (status, body) = play.refused("/upsun/nothing");
    assert_eq!((status, &body["title"]), (404, &json!("Not Found")));
    let mut delete = signed(LIST);
    delete.method = "DELETE".to_owned();
    assert_eq!(play.send(&delete).status, 405);
}
