//! Every odd case that the demo data must contain, one list per provider.

use roster_core::UnixMs;
use roster_sandbox::{Settings, keys};
use serde_json::{Value, json};

use crate::demo::{has_no_accounts, health, is_expiring, members, needs_relink, play_of_seed, token_ends};
use crate::play::{DAY_MS, NOW, Play, signed};

/// What is odd, and how to tell.
type Case<'a> = (&'a str, &'a dyn Fn(&Value) -> bool);

fn user(index: u64) -> Value {
    let key = format!("{}{index}", keys::AYRSHARE_PROFILE_KEY_PREFIX);
    let request = signed("/ayrshare/api/user?instagramQuota=true").with_header("Profile-Key", &key);
    serde_json::from_slice(&Play::demo().send(&request).body).unwrap()
}

#[test]
fn every_odd_ayrshare_profile_is_there() {
    let members = members(&play_of_seed(Settings::default().seed));
    let ends_of = |profile: &Value| token_ends(profile).next();
    let is_future = |text: &Value| text.as_str().and_then(UnixMs::parse).is_some_and(|at| at > NOW);
    let quota = |profile: &Value| profile["quota"]["used"].as_u64().unwrap() / 10;
    let last_unlink = |profile: &Value| profile["unlinkHistory"]["source"].clone();
    let accounts = |profile: &Value| profile.get("activeSocialAccounts").cloned().unwrap_or_default();
    let title = |profile: &Value| profile["title"].as_str().unwrap().to_owned();
    let cases: &[Case<'_>] = &[
        ("suspended with a future end", &|p| {
            is_future(&p["suspension"]["unsuspendAt"])
        }),
        ("suspended without an end", &|p| {
            p["suspension"]["isSuspended"] == true && p["suspension"]["unsuspendAt"].is_null()
        }),
        ("second suspension", &|p| p["suspension"]["suspensionCount"] == 2),
        ("active, yet suspended", &|p| {
            p["status"] == "active" && p["suspended"] == true
        }),
        ("suspended, yet not", &|p| {
            p["status"] == "suspended" && p["suspended"] == false
        }),
        ("no accounts key", &|p| p.get("activeSocialAccounts").is_none()),
        ("empty accounts", &|p| p.get("activeSocialAccounts") == Some(&json!([]))),
        ("no displayTitle", &|p| p.get("displayTitle").is_none()),
        ("stamps years apart", &|p| {
            let seconds = p["created"]["_seconds"].as_i64().unwrap() * 1000;
            let utc = UnixMs::parse(p["createdUTC"].as_str().unwrap()).unwrap();
            utc.0 - seconds > 365 * DAY_MS
        }),
        ("BYOK true", &|p| p["isByokLinked"] == true),
        ("BYOK false", &|p| p["isByokLinked"] == false),
        ("BYOK absent with X", &|p| {
            accounts(p).to_string().contains("twitter") && p.get("isByokLinked").is_none()
        }),
        ("relink with expiry", &|p| needs_relink(p) && is_expiring(p)),
        ("relink without expiry", &|p| {
            health(p).any(|a| a["relinkRecommended"] == true && a["tokenExpiresAt"].is_null())
        }),
        ("no token ends", &|p| {
            !has_no_accounts(p) && health(p).all(|a| a["tokenExpiresAt"].is_null())
        }),
        ("token has ended", &|p| ends_of(p).is_some_and(|at| at < NOW)),
        ("linking error", &|p| {
            p["linkingErrors"].as_object().is_some_and(|errors| !errors.is_empty())
        }),
        ("unlinked by user", &|p| last_unlink(p) == "user"),
        ("unlinked by system", &|p| last_unlink(p) == "system"),
        ("quota 0 %", &|p| quota(p) == 0),
        ("quota 45 %", &|p| quota(p) == 45),
        ("quota 80 %", &|p| quota(p) == 80),
        ("quota 100 %", &|p| quota(p) == 100),
        ("quota over", &|p| quota(p) > 100),
        ("never posted", &|p| p["activity"]["lastPost"].is_null()),
        ("a platform nobody knows", &|p| {
            accounts(p).to_string().contains("mastodon")
        }),
        ("very long name", &|p| title(p).chars().count() > 200),
        ("right to left", &|p| title(p).starts_with('م')),
        ("title starts with =", &|p| title(p).starts_with('=')),
        ("markup in a title", &|p| title(p).contains("<img")),
    ];
    for (name, is_so) in cases {
        assert!(members.iter().any(is_so), "{name}");
    }
}

#[test]
fn every_odd_account_is_there() {
    let find = |user: &Value, platform: &str| {
        let accounts = user["displayNames"].as_array().unwrap();
        accounts
            .iter()
            .find(|account| account["platform"] == platform)
            .unwrap()
            .clone()
    };
    let telegram = find(&user(34), "telegram");
    assert!(telegram["id"].as_i64().unwrap() < 0);
    assert!(telegram["userImage"].as_str().unwrap().ends_with(".octo-stream"));
    assert!(find(&user(35), "gmb")["reviewUrl"].is_string());
    let personal = find(&user(18), "linkedin");
    assert_eq!(
        (&personal["type"], &personal["refreshDaysRemaining"]),
        (&json!("personal"), &json!(3))
    );
    let corporate = find(&user(19), "linkedin");
    assert_eq!(
        (&corporate["type"], &corporate["refreshDaysRemaining"]),
        (&json!("corporate"), &json!(364))
    );
    assert_eq!(
        find(&user(10), "linkedin")["refreshDaysRemaining"],
        -3,
        "the end that socialHealth gives"
    );
    assert_eq!(find(&user(36), "instagram")["usedQuota"], 50);
    assert!(user(0).get("monthlyApiCallsQuota").is_none() && user(0)["monthlyApiCalls"].is_number());
    let primary = Play::demo().json("/ayrshare/api/user");
    assert_eq!(find(&primary, "twitter")["twitterUsage"]["monthlyLimit"], 100_000);
}

#[test]
fn every_odd_insightiq_profile_is_there() {
    let body = Play::demo().json("/insightiq/v1/profiles?limit=100");
    let profiles = body["data"].as_array().unwrap();
    let text = |profile: &Value, key: &str| profile[key].as_str().unwrap_or_default().to_owned();
    let cases: &[Case<'_>] = &[
        ("all nulls", &|p| {
            ["full_name", "platform_username", "country", "gender", "website"]
                .iter()
                .all(|key| p[key].is_null())
                && p["reputation"].as_object().unwrap().values().all(Value::is_null)
        }),
        ("only subscribers", &|p| {
            let counts = p["reputation"].as_object().unwrap();
            counts
                .iter()
                .all(|(key, count)| count.is_null() == (key != "subscriber_count"))
        }),
        ("country is a city", &|p| p["country"] == "San Francisco"),
        ("birth date with slashes", &|p| p["date_of_birth"] == "11/26/1989"),
        ("birth date with dashes", &|p| p["date_of_birth"] == "1989-11-26"),
        ("picture is a page", &|p| text(p, "image_url").ends_with("/photo")),
        ("stamp without fraction", &|p| {
            text(p, "updated_at").len() == "2021-11-08T18:53:18".len()
        }),
        ("stamp with six digits", &|p| {
            text(p, "updated_at").len() == "2021-11-08T18:53:18.337805".len()
        }),
        ("sections filled", &|p| {
            p["projects"].is_array() && p["work_experiences"].is_array()
        }),
        ("sections null", &|p| p.get("honors") == Some(&Value::Null)),
        ("sections absent", &|p| p.get("honors").is_none()),
        ("live counts", &|p| {
            p["reputation"].as_object().unwrap().len() == 11 && p["reputation"]["watch_time_in_hours"].is_f64()
        }),
        ("website is a biography", &|p| text(p, "website").contains('\n')),
        ("empty introduction", &|p| p["introduction"] == ""),
        ("right to left", &|p| text(&p["user"], "name").starts_with('ع')),
        ("very long name", &|p| text(&p["user"], "name").len() > 120),
        ("several contacts", &|p| p["emails"].as_array().unwrap().len() == 3),
    ];
    for (name, is_so) in cases {
        assert!(profiles.iter().any(is_so), "{name}");
    }
    assert!(
        profiles
            .iter()
            .all(|profile| !text(profile, "updated_at").ends_with('Z'))
    );
    let people: std::collections::HashSet<String> = profiles.iter().map(|p| text(&p["user"], "id")).collect();
    assert_eq!((profiles.len(), people.len()), (60, 45));
}

#[test]
fn every_odd_upsun_profile_is_there() {
    let body = Play::demo().json("/upsun/profiles");
    let profiles = body["profiles"].as_array().unwrap();
    let trial = |profile: &Value| profile.get("current_trial").cloned().unwrap_or_default();
    let cases: &[Case<'_>] = &[
        ("trial active", &|p| {
            trial(p)["active"] == true && trial(p)["days_remaining"].as_i64() > Some(0)
        }),
        ("trial ended", &|p| {
            trial(p)["active"] == false && trial(p)["days_remaining"] == 0
        }),
        ("unlimited", &|p| trial(p)["spend_remaining"]["unlimited"] == true),
        ("waits for a credit card", &|p| {
            trial(p)["pending_verification"] == "credit-card"
        }),
        ("two currencies", &|p| {
            trial(p)["spend"]["currency"] != trial(p)["spend_remaining"]["currency"]
        }),
        ("projects as object", &|p| {
            trial(p)["projects"]["total"]["amount"].is_u64()
        }),
        ("projects as list", &|p| {
            trial(p)["projects"].as_array().is_some_and(|list| list.len() == 2)
        }),
        ("projects as empty list", &|p| trial(p)["projects"] == json!([])),
        ("no trial", &|p| p.get("current_trial").is_none()),
        ("null trial", &|p| p.get("current_trial") == Some(&Value::Null)),
        ("no picture", &|p| p.get("picture").is_none()),
        ("organization", &|p| p["type"] == "organization"),
        ("later fields", &|p| {
            p["customer_type"].is_string() && p["legal_entity_name"].is_string() && p["security_contact"].is_string()
        }),
        ("amount as text", &|p| trial(p)["spend"]["amount"].is_string()),
        ("right to left", &|p| {
            p["display_name"].as_str().unwrap().starts_with('נ')
        }),
        ("very long name", &|p| {
            p["display_name"].as_str().unwrap().chars().count() > 120
        }),
    ];
    for (name, is_so) in cases {
        assert!(profiles.iter().any(is_so), "{name}");
    }
    let currencies: std::collections::HashSet<&str> =
        profiles.iter().map(|p| p["currency"].as_str().unwrap()).collect();
    assert_eq!(currencies.len(), 2);
}
