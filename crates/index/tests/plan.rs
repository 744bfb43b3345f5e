//! What is asked of the API and what remains give together what all-here gives.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

mod sandbox;

use std::collections::BTreeSet;

use roster_core::UnixMs;
use roster_index::{Ask, Roster, parse, plan};
use roster_sandbox::Sandbox;

/// 2026-11-20T00:00:00Z.
const NOW: UnixMs = UnixMs(1_795_132_800_000);

/// The keys that pass a filter, of those that one API answers under these parameters.
fn keys(sandbox: &Sandbox, query: &roster_core::Query, filter: &roster_index::Filter) -> BTreeSet<String> {
    let mut roster = Roster::new();
    for body in sandbox::pages(sandbox, query, NOW) {
        roster.ingest(query.provider_id(), body).unwrap();
    }
    let view = roster.query(&Ask {
        filter: filter.clone(),
        limit: usize::MAX,
        now: NOW,
        ..Ask::default()
    });
    view.rows.iter().map(|row| roster.key(*row).unwrap()).collect()
}

/// Values that occur, so that conditions on them are not all empty.
fn sample(sandbox: &Sandbox) -> Vec<String> {
    let mut roster = Roster::new();
    for provider in ["ayrshare", "insightiq"] {
        for body in sandbox::pages(sandbox, &sandbox::all(provider), NOW) {
            roster.ingest(provider, body).unwrap();
        }
    }
    let n_rows = u32::try_from(roster.len()).unwrap();
    let mut texts = Vec::new();
    for row in (0..n_rows).step_by(7) {
        let raw: serde_json::Value = serde_json::from_str(roster.raw(row).unwrap()).unwrap();
        let paths = [
            ("title", "/title"),
            ("ref", "/refId"),
            ("user-id", "/user/id"),
            ("account", "/account/id"),
            ("platform-id", "/work_platform/id"),
        ];
        for (key, path) in paths {
            let value = raw.pointer(path).and_then(serde_json::Value::as_str);
            texts.extend(value.map(|value| format!("{key}:{}", serde_json::Value::from(value))));
        }
    }
    texts
}

const CONDITIONS: &[&str] = &[
    "has:accounts",
    "no:accounts",
    "-has:accounts",
    "-no:accounts",
    "platform:instagram",
    "platform:X",
    "platform:youtube",
    "platform:\"Google Business\"",
    "platform:friendster",
    "platform:instagram,facebook",
    "-platform:tiktok",
    "byok:linked",
    "byok:pending",
    "byok:na",
    "-byok:linked",
    "source:ayrshare",
    "-source:ayrshare",
    "source:upsun,insightiq",
    "status:active",
    "verified:yes",
    "an",
    "-e",
    "followers:not-in-api",
    "title:~an",
];

#[test]
fn pushed_down_and_remaining_together_equal_all_here() {
    let sandbox = sandbox::sandbox(240);
    let samples = sample(&sandbox);
    let mut n_pushed = 0;
    for round in 0..160 {
        let pick = |list: &[String], step: usize| list[(round * step + round / 7) % list.len()].clone();
        let conditions: Vec<String> = CONDITIONS.iter().map(|text| (*text).to_owned()).collect();
        let mut text = vec![pick(&conditions, 5), pick(&conditions, 11)];
        if round % 3 == 0 {
            text.push(pick(&samples, 13));
        }
        let text = text.join(" ");
        let filter = parse(&text, &()).filter;
        for provider in ["ayrshare", "insightiq", "upsun"] {
            let all = sandbox::all(provider);
            let plan = plan(&filter, provider).unwrap();
            let pushed = if plan.is_nothing {
                BTreeSet::new()
            } else {
                keys(&sandbox, &plan.query(all.clone()).unwrap(), &plan.remains)
            };
            assert_eq!(pushed, keys(&sandbox, &all, &filter), "{provider}: {text} as {plan:?}");
            n_pushed += plan.pushed.len();
        }
    }
    assert!(n_pushed > 60, "{n_pushed}");
}
