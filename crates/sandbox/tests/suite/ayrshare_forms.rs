//! Ayrshare's `GET /profiles` in its other two forms: action log and include.

use roster_core::UnixMs;
use serde_json::{Value, json};

use crate::play::{DAY_MS, NOW, Play, keys_of, texts};

const LIST: &str = "/ayrshare/api/profiles";

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
fn entries_of_the_log_before_march_2025_have_no_title_and_no_tags() {
    let mut play = Play::demo();
    play.now = UnixMs::parse("2025-04-15T08:00:00Z").unwrap();
    let body = play.json(&format!("{LIST}?actionLog=90"));
    let entries = body["profiles"]["actionLog"].as_array().unwrap();
    let created = entries.iter().filter(|entry| entry["action"] == "create");
    let (late, early): (Vec<&Value>, Vec<&Value>) =
        created.partition(|entry| entry["created"].as_str() >= Some("2025-03"));
    assert!(
        !late.is_empty()
            && late
                .iter()
                .all(|entry| entry["title"].is_string() && entry["tags"].is_array())
    );
    assert!(
        !early.is_empty()
            && early
                .iter()
                .all(|entry| entry.get("title").is_none() && entry.get("tags").is_none())
    );
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
