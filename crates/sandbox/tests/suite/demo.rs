//! The demo data: its counts, and that it is the same every time.

use roster_core::UnixMs;
use roster_sandbox::Settings;
use serde_json::Value;

use crate::play::{DAY_MS, NOW, Play};

const PARTS: &str = "suspension,socialHealth,linkingErrors,activity,quota,unlinkHistory,actionLog";

/// Every Ayrshare profile of the demo as the list has it, with all parts of `include` laid into it.
pub(crate) fn members(play: &Play) -> Vec<Value> {
    let mut profiles = play.json("/ayrshare/api/profiles")["profiles"]
        .as_array()
        .unwrap()
        .clone();
    for profile in &mut profiles {
        let ref_id = profile["refId"].as_str().unwrap();
        let more = play.json(&format!("/ayrshare/api/profiles?refId={ref_id}&include={PARTS}"));
        let more = more["profiles"][0].as_object().unwrap().clone();
        profile.as_object_mut().unwrap().extend(more);
    }
    profiles
}

fn is_suspended(profile: &Value) -> bool {
    profile["status"] == "suspended" || profile["suspended"] == true
}

pub(crate) fn health(profile: &Value) -> impl Iterator<Item = &Value> {
    profile["socialHealth"].as_object().unwrap().values()
}

pub(crate) fn needs_relink(profile: &Value) -> bool {
    health(profile).any(|account| account["relinkRecommended"] == true)
}

pub(crate) fn token_ends(profile: &Value) -> impl Iterator<Item = UnixMs> {
    health(profile).filter_map(|account| UnixMs::parse(account["tokenExpiresAt"].as_str()?))
}

pub(crate) fn is_expiring(profile: &Value) -> bool {
    token_ends(profile).any(|at| (0..=14 * DAY_MS).contains(&at.since(NOW)))
}

pub(crate) fn has_no_accounts(profile: &Value) -> bool {
    profile
        .get("activeSocialAccounts")
        .and_then(Value::as_array)
        .is_none_or(Vec::is_empty)
}

/// Each profile costs a request of its own, so the limit is raised.
pub(crate) fn play_of_seed(seed: u64) -> Play {
    Play::new(Settings {
        seed,
        ayrshare_n_requests: 10_000,
        ..Settings::default()
    })
}

/// Needs attention, suspended, relink, expiring in 14 days, no accounts.
fn trouble_strip(members: &[Value]) -> [usize; 5] {
    let count = |is_so: &dyn Fn(&Value) -> bool| members.iter().filter(|profile| is_so(profile)).count();
    let any = |profile: &Value| {
        is_suspended(profile) || needs_relink(profile) || is_expiring(profile) || has_no_accounts(profile)
    };
    [
        count(&any),
        count(&is_suspended),
        count(&needs_relink),
        count(&is_expiring),
        count(&has_no_accounts),
    ]
}

#[test]
fn the_trouble_strip_counts_31_6_12_9_and_14() {
    let play = play_of_seed(Settings::default().seed);
    assert_eq!(trouble_strip(&members(&play)), [31, 6, 12, 9, 14]);
}

#[test]
fn the_counts_hold_for_any_seed() {
    for seed in [0, 1, u64::MAX] {
        assert_eq!(
            trouble_strip(&members(&play_of_seed(seed))),
            [31, 6, 12, 9, 14],
            "seed {seed}"
        );
    }
}

#[test]
fn the_same_seed_and_instant_give_the_same_bytes_and_another_seed_does_not() {
    let targets = [
        "/ayrshare/api/profiles",
        "/ayrshare/api/profiles?actionLog=true",
        "/ayrshare/api/user",
        "/insightiq/v1/profiles?limit=100",
        "/upsun/profiles",
    ];
    let other = Play::new(Settings {
        seed: 7,
        ..Settings::default()
    });
    for target in targets {
        assert_eq!(Play::demo().get(target), Play::demo().get(target), "{target}");
        assert_ne!(Play::demo().get(target).body, other.get(target).body, "{target}");
    }
}

#[test]
fn the_first_records_of_a_million_are_those_of_the_demo() {
    let (demo, million) = (Play::demo(), Play::of(1_000_000));
    let of_demo = demo.json("/ayrshare/api/profiles?limit=150");
    assert_eq!(
        of_demo["profiles"],
        million.json("/ayrshare/api/profiles?limit=150")["profiles"]
    );
}

#[test]
fn nothing_leads_to_anybody_real() {
    let play = Play::demo();
    for target in [
        "/ayrshare/api/user",
        "/ayrshare/api/profiles",
        "/insightiq/v1/profiles?limit=100",
        "/upsun/profiles",
    ] {
        let text = String::from_utf8(play.get(target).body).unwrap();
        for (at, _) in text.match_indices("://") {
            let host: String = text[at + 3..]
                .chars()
                .take_while(|c| !matches!(c, '/' | '"' | '\\'))
                .collect();
            let is_reserved = host.ends_with(".example") || host == "127.0.0.1:8788" || host == "cdn.insightiq.ai";
            assert!(is_reserved, "{target}: {host}");
        }
        for (at, _) in text.match_indices('@') {
            let rest: String = text[at + 1..].chars().take(11).collect();
            let is_handle = text[..at].ends_with(['"', '/']);
            assert!(is_handle || rest == "example.com", "{target}: {rest}");
        }
    }
}
