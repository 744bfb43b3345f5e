//! Ayrshare's `GET /user`, `/user/details/pinterest`, `/user/batch` and the file behind it.

use roster_core::UnixMs;
use roster_core::providers::ayrshare::PLATFORMS;
use roster_sandbox::{Request, Settings, keys};
use serde_json::{Value, json};

use crate::play::{BASE_URL, DAY_MS, MINUTE_MS, NOW, Play, keys_of, signed, texts};

const USER: &str = "/ayrshare/api/user";

/// The user object of the profile that the proxy would know by this alias.
fn user_of(play: &Play, alias: &str, query: &str) -> Value {
    let request = signed(&format!("{USER}?{query}")).with_header("Profile-Key", key_of(alias));
    let response = play.send(&request);
    assert_eq!(response.status, 200);
    serde_json::from_slice(&response.body).unwrap()
}

fn key_of(alias: &str) -> &'static str {
    keys::AYRSHARE_PROFILE_KEYS
        .iter()
        .find(|(name, _)| *name == alias)
        .unwrap()
        .1
}

fn account<'a>(user: &'a Value, platform: &str) -> &'a Value {
    let accounts = user["displayNames"].as_array().unwrap();
    accounts.iter().find(|account| account["platform"] == platform).unwrap()
}

#[test]
fn the_primary_profile_is_on_all_thirteen_platforms_in_alphabetical_order() {
    let play = Play::demo();
    let user = play.json(USER);
    assert_eq!(user["title"], "Primary Profile");
    assert_eq!(user["activeSocialAccounts"], json!(PLATFORMS));
    assert_eq!(texts(&user["displayNames"], "platform"), PLATFORMS);
    assert!(user["ayrlinkUrl"].is_string() && user["email"].is_string() && user["refId"].is_string());
    assert!(user["created"]["utc"].as_str().unwrap().ends_with('Z'));
    assert_eq!(
        user["created"]["_seconds"],
        UnixMs::parse(user["created"]["utc"].as_str().unwrap()).unwrap().0 / 1000
    );
    let instant = |key: &str| UnixMs::parse(user[key].as_str().unwrap()).unwrap();
    assert_eq!(instant("nextUpdate").since(instant("lastUpdated")), 30_000);
}

#[test]
fn each_platform_has_and_lacks_what_is_documented() {
    let user = Play::demo().json(USER);
    let account = |platform: &str| account(&user, platform).clone();
    for platform in PLATFORMS {
        let found = account(platform);
        for key in ["created", "displayName", "profileUrl"] {
            assert!(found[key].is_string(), "{platform} {key}");
        }
    }
    let gmb = account("gmb");
    for key in ["description", "mapsUrl", "placeId", "reviewUrl"] {
        assert!(gmb[key].is_string(), "{key}");
    }
    for (platform, key) in [
        ("gmb", "id"),
        ("gmb", "username"),
        ("gmb", "userImage"),
        ("reddit", "id"),
        ("telegram", "username"),
        ("facebook", "username"),
        ("instagram", "usedQuota"),
        ("instagram", "type"),
    ] {
        assert!(account(platform).get(key).is_none(), "{platform} {key}");
    }
    assert!(account("telegram")["id"].as_i64().unwrap() < 0);
    assert!(account("bluesky")["id"].as_str().unwrap().starts_with("did:plc:"));
    assert!(account("tiktok")["id"].as_str().unwrap().parse::<u64>().is_err());
    assert!(account("youtube")["username"].as_str().unwrap().starts_with('@'));
    assert_eq!(account("linkedin")["type"], "corporate");
    assert_eq!(account("twitter")["twitterUsage"]["monthlyUsage"], 98_700);
    assert_eq!(account("twitter")["twitterUsage"]["monthlyReset"], "2026-12-02");
}

#[test]
fn keys_of_an_account_are_in_alphabetical_order_as_documented() {
    let response = Play::demo().get(&format!("{USER}?instagramQuota=true"));
    let text = String::from_utf8(response.body).unwrap();
    let members = roster_core::members(&text).unwrap();
    let accounts: Vec<&serde_json::value::RawValue> =
        serde_json::from_str(members.get("displayNames").unwrap()).unwrap();
    for account in accounts {
        assert!(keys_of(account.get()).is_sorted(), "{}", account.get());
    }
}

#[test]
fn the_instagram_quota_comes_only_when_asked_under_either_name() {
    let play = Play::demo();
    for query in [
        "instagramQuota=true",
        "instagramQuota=True&source=pypi",
        "instagramDetails=true",
    ] {
        let user = play.json(&format!("{USER}?{query}"));
        assert_eq!(account(&user, "instagram")["usedQuota"], 34, "{query}");
        assert_eq!(account(&user, "instagram")["type"], "business");
    }
    assert!(
        account(&play.json(&format!("{USER}?instagramQuota=false")), "instagram")
            .get("usedQuota")
            .is_none()
    );
    assert_eq!(play.refused(&format!("{USER}?instagramQuota=yes")).0, 400);
}

#[test]
fn a_profile_key_gives_that_profile_without_email_and_without_quota() {
    let play = Play::demo();
    let listed = play.json("/ayrshare/api/profiles");
    let user = user_of(&play, "brand-marketing", "");
    assert_eq!(user["refId"], listed["profiles"][0]["refId"]);
    assert_eq!((&user["email"], user.get("monthlyApiCallsQuota")), (&Value::Null, None));
    assert_eq!(user["suspended"], true);
    assert!(
        account(&user, "twitter").get("twitterUsage").is_none(),
        "of the Primary Profile only"
    );
    let bare = user_of(&play, "no-accounts", "");
    assert!(bare.get("activeSocialAccounts").is_none());
    assert_eq!(bare["displayNames"], json!([]));
}

#[test]
fn an_unknown_profile_key_is_refused() {
    let play = Play::demo();
    for key in ["nonsense", "SANDBOX-PROFILE-KEY-150", "SANDBOX-PROFILE-KEY--1", ""] {
        for target in [USER, "/ayrshare/api/user/details/pinterest"] {
            let response = play.send(&signed(target).with_header("Profile-Key", key));
            assert_eq!(response.status, 403, "{key}");
        }
    }
}

#[test]
fn validate_tells_a_deleted_profile_from_one_that_is_there() {
    let play = Play::demo();
    let there = user_of(&play, "google-business", "validate=true");
    assert_eq!(there["title"], "Corner Café");
    let deleted = user_of(&play, "deleted", "validate=true");
    assert_eq!(deleted["action"], "delete");
    assert!(deleted["refId"].is_string() && deleted["created"].is_string());
    let unasked = play.send(&signed(USER).with_header("Profile-Key", key_of("deleted")));
    assert_eq!(unasked.status, 403);
    let (status, body) = play.refused(&format!("{USER}?validate=true"));
    assert_eq!(
        (status, body["message"].as_str().unwrap()),
        (
            400,
            "Parameter validate must be used together with the header Profile-Key."
        )
    );
}

#[test]
fn pinterest_boards_are_those_of_the_profile() {
    let play = Play::demo();
    let target = "/ayrshare/api/user/details/pinterest";
    let boards = play.json(target);
    let first = &boards["pinterest"][0];
    assert_eq!(
        (&first["privacy"], &first["name"], &first["description"]),
        (&json!("PUBLIC"), &json!("Coworking"), &json!(""))
    );
    assert!(first["id"].as_str().unwrap().parse::<u64>().is_ok() && first["owner"]["username"].is_string());
    let without = play.send(&signed(target).with_header("Profile-Key", key_of("google-business")));
    assert_eq!(without.body, br#"{"pinterest":[]}"#);
}

#[test]
fn a_ticket_says_when_the_file_is_there_and_stays_the_same_until_the_next() {
    let mut play = Play::demo();
    let ticket = play.json("/ayrshare/api/user/batch");
    assert_eq!(ticket["success"], true);
    assert!(
        ticket["url"]
            .as_str()
            .unwrap()
            .ends_with("/users-batch-2026-11-21-09-30.json")
    );
    for (key, text) in [
        ("urlAvailable", "2026-11-21T09:35:00Z"),
        ("urlExpires", "2026-11-28T09:30:00Z"),
        ("lastUpdated", "2026-11-21T09:30:00.250Z"),
        ("nextUpdate", "2026-11-21T09:42:00.250Z"),
    ] {
        assert_eq!(ticket[key], text, "{key}");
    }
    play.now = NOW.plus_ms(12 * MINUTE_MS - 1);
    assert_eq!(play.json("/ayrshare/api/user/batch"), ticket);
    play.now = NOW.plus_ms(12 * MINUTE_MS);
    assert_ne!(play.json("/ayrshare/api/user/batch")["url"], ticket["url"]);
}

#[test]
fn the_file_is_there_from_url_available_to_url_expires_without_a_key() {
    let mut play = Play::demo();
    let ticket = play.json("/ayrshare/api/user/batch");
    let path = ticket["url"]
        .as_str()
        .unwrap()
        .strip_prefix(BASE_URL)
        .unwrap()
        .to_owned();
    let fetch = |play: &Play, path: &str| play.send(&Request::get(path, "", BASE_URL));
    for (after_ms, status) in [
        (0, 404),
        (5 * MINUTE_MS - 1, 404),
        (5 * MINUTE_MS, 200),
        (7 * DAY_MS - 1, 200),
        (7 * DAY_MS, 404),
    ] {
        play.now = NOW.plus_ms(after_ms);
        assert_eq!(fetch(&play, &path).status, status, "after {after_ms} ms");
    }
    let missing = fetch(&play, &path);
    assert_eq!(missing.header("content-type"), Some("application/xml; charset=UTF-8"));
    assert!(
        String::from_utf8(missing.body)
            .unwrap()
            .contains("<Code>NoSuchKey</Code>")
    );
    play.now = NOW.plus_ms(10 * MINUTE_MS);
    assert_eq!(fetch(&play, &path.replace("09-30", "09-31")).status, 404);
    assert_eq!(fetch(&play, &path.replace("/users/", "/users/x")).status, 404);
    let strange = fetch(&play, "/storage/batch.ayrshare.com/users/a/<script>&");
    assert!(
        String::from_utf8(strange.body)
            .unwrap()
            .contains("users/script</Details>")
    );
}

#[test]
fn the_file_holds_every_profile_as_get_user_gives_it() {
    let mut play = Play::demo();
    let ticket = play.json("/ayrshare/api/user/batch");
    play.now = NOW.plus_ms(6 * MINUTE_MS);
    let target = ticket["url"]
        .as_str()
        .unwrap()
        .strip_prefix(BASE_URL)
        .unwrap()
        .to_owned();
    let users = play.json(&target);
    let listed = play.json("/ayrshare/api/profiles");
    assert_eq!(texts(&users, "refId"), texts(&listed["profiles"], "refId"));
    assert_eq!(users[18], user_of(&play, "linkedin-ends-soon", ""));
}

#[test]
fn the_times_of_a_batch_file_are_settings() {
    let play = Play::new(Settings {
        batch_available_after_ms: 0,
        batch_next_after_ms: 3 * 60 * MINUTE_MS,
        ..Settings::default()
    });
    let ticket = play.json("/ayrshare/api/user/batch");
    assert_eq!(ticket["nextUpdate"], "2026-11-21T12:30:00.250Z");
    let path = ticket["url"].as_str().unwrap().strip_prefix(BASE_URL).unwrap();
    assert_eq!(play.get(path).status, 200);
}

#[test]
fn a_part_of_the_file_is_that_part_while_the_file_is_the_same() {
    let play = Play::new(Settings {
        batch_available_after_ms: 0,
        ..Settings::default()
    });
    let ticket = play.json("/ayrshare/api/user/batch");
    let path = ticket["url"].as_str().unwrap().strip_prefix(BASE_URL).unwrap();
    let whole = play.get(path);
    let etag = whole.header("etag").unwrap().to_owned();
    let part = |range: &str, tag: &str| {
        let request = Request::get(path, "", BASE_URL);
        play.send(&request.with_header("range", range).with_header("if-range", tag))
    };
    let length = whole.body.len();
    let rest = part("bytes=100-", &etag);
    assert_eq!((rest.status, &rest.body[..]), (206, &whole.body[100..]));
    assert_eq!(
        rest.header("content-range").unwrap(),
        format!("bytes 100-{}/{length}", length - 1)
    );
    assert_eq!(part("bytes=2-4", &etag).body, &whole.body[2..5]);
    assert_eq!(part(&format!("bytes={length}-"), &etag).status, 416);
    assert_eq!(part("bytes=9-2", &etag).status, 416);
    let changed = part("bytes=100-", "\"other\"");
    assert_eq!((changed.status, changed.body.len()), (200, length));
}
