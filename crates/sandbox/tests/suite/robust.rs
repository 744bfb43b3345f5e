//! Whatever is sent, something is answered: no query, path, header or body makes it panic.

use proptest::prelude::*;
use roster_core::UnixMs;
use roster_sandbox::{Request, Sandbox, Session, Settings};

use crate::play::{Play, signed};

const TARGETS: &[&str] = &[
    "/ayrshare/api/profiles",
    "/ayrshare/api/user",
    "/ayrshare/api/user/details/pinterest",
    "/insightiq/v1/profiles",
    "/insightiq/v1/work-platforms",
    "/upsun/profiles",
];

/// Parameters that are known, with values that are near to good ones, among any others.
fn query() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "title",
        "refId",
        "hasActiveSocialAccounts",
        "includesActiveSocialAccounts[0]",
        "includesActiveSocialAccounts",
        "isByokLinked",
        "actionLog",
        "limit",
        "cursor",
        "include",
        "profileKeys[0]",
        "instagramQuota",
        "validate",
        "offset",
        "user_id",
        "work_platform_id",
        "account_id",
        "page",
        "range",
        "filter[username]",
        "filter[",
        "filter[x][y]",
        "page[size]",
    ]);
    let value = prop_oneof![
        ".{0,20}",
        "[0-9]{1,20}",
        "[0-9a-f]{40}",
        "[a-z,\\[\\]\"%]{0,20}",
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "[A-Za-z0-9+/]{0,60}={0,2}",
        Just("true".to_owned()),
        Just("eyJmcm9tIjoxODQ0Njc0NDA3MzcwOTU1MTYxNSwicGFzcyI6MTg0NDY3NDQwNzM3MDk1NTE2MTV9".to_owned()),
    ];
    let pair = (name, value).prop_map(|(name, value)| format!("{name}={value}"));
    prop_oneof![
        4 => prop::collection::vec(pair, 0..5).prop_map(|pairs| pairs.join("&")),
        1 => ".{0,60}",
    ]
}

proptest! {
    #[test]
    fn any_query_gets_json_and_a_known_status(target in prop::sample::select(TARGETS), query in query(), key in ".{0,30}") {
        let play = Play::demo();
        let mut request = signed(target).with_header("Profile-Key", &key);
        request.query = query;
        let response = play.send(&request);
        prop_assert!(matches!(response.status, 200 | 400 | 403 | 404), "{}", response.status);
        prop_assert!(serde_json::from_slice::<serde_json::Value>(&response.body).is_ok());
    }

    #[test]
    fn any_request_at_any_time_is_answered(
        method in "[A-Z]{0,7}",
        path in prop_oneof!["(/[a-z0-9{}é.-]{0,12}){0,6}", ".{0,40}"],
        headers in prop::collection::vec(("[a-zA-Z-]{0,16}", ".{0,30}"), 0..4),
        body in prop::collection::vec(any::<u8>(), 0..50),
        now in any::<i64>(),
        n_profiles in 0_u64..20,
        seed in any::<u64>(),
    ) {
        let settings = Settings { n_profiles, seed, ..Settings::default() };
        let request = Request { method, path, query: String::new(), headers, body, base_url: String::new() };
        let response = Sandbox::new(settings).handle(&mut Session::default(), &request, UnixMs(now));
        prop_assert!((200..600).contains(&response.status));
    }

    #[test]
    fn any_clock_and_any_number_of_profiles_give_lists(now in any::<i64>(), n_profiles in any::<u64>(), target in prop::sample::select(TARGETS)) {
        let mut play = Play::of(n_profiles);
        play.now = UnixMs(now);
        let limit = if target.contains("profiles") { "limit=3&range=3&offset=7" } else { "" };
        prop_assert_eq!(play.get(&format!("{target}?{limit}")).status, 200);
    }
}
