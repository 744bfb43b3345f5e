//! The sandbox behind the proxy, in this process and as a server, and what the proxy says about itself.

use roster_core::{Call, End, Headers, Response, UnixMs};
use roster_core::{Limits as PageLimits, Pager, Query, Sources};
use roster_sandbox::{Settings, keys};
use serde_json::Value;

use crate::upstream::Upstream;
use crate::world::{Proxy, Reply};

fn json(reply: &Reply) -> Value {
    assert_eq!(reply.status(), 200, "{}", reply.text);
    serde_json::from_str(reply.body()).unwrap()
}

fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_first_three_requests_of_a_new_user_have_the_documented_shape() {
    let proxy = Proxy::sandbox(Settings::default());
    let insightiq = json(&proxy.get("/api/v1/insightiq/profiles?limit=10"));
    assert_eq!(insightiq["data"].as_array().unwrap().len(), 10);
    assert_eq!(
        (&insightiq["metadata"]["limit"], &insightiq["metadata"]["offset"]),
        (&10.into(), &0.into())
    );
    for name in [
        "id",
        "user",
        "account",
        "work_platform",
        "platform_username",
        "reputation",
        "gender",
    ] {
        assert!(insightiq["data"][0].get(name).is_some(), "{name}");
    }
    let ayrshare =
        json(&proxy.get("/api/v1/ayrshare/profiles?limit=100&includesActiveSocialAccounts=twitter,linkedin"));
    let profiles = ayrshare["profiles"].as_array().unwrap();
    assert!(!profiles.is_empty());
    for profile in profiles {
        let accounts = profile["activeSocialAccounts"].as_array().unwrap();
        assert!(
            ["twitter", "linkedin"]
                .iter()
                .all(|platform| accounts.contains(&(*platform).into())),
            "{profile}"
        );
    }
    assert_eq!(ayrshare["pagination"]["limit"], 100);
    assert!(ayrshare["lastUpdated"].is_string() && ayrshare["nextUpdate"].is_string());
    let upsun = json(&proxy.get("/api/v1/upsun/profiles"));
    assert_eq!(names(&upsun), ["_links", "count", "profiles"]);
    assert!(upsun["profiles"][0]["display_name"].is_string() && upsun["_links"]["self"]["href"].is_string());
}

#[test]
fn every_page_of_every_source_comes_through_the_proxy() {
    let proxy = Proxy::sandbox(Settings {
        n_profiles: 800,
        ..Settings::default()
    });
    for (provider, size, n_expected) in [
        ("ayrshare", Some("64"), 500),
        ("insightiq", Some("32"), 200),
        ("upsun", None, 100),
    ] {
        let mut query = Query::new(provider, "profiles").unwrap();
        if let Some(size) = size {
            query = query.with("limit", size).unwrap();
        }
        assert_eq!(
            ids_through(&proxy, query),
            (n_expected, Some(End::Complete)),
            "{provider}"
        );
    }
}

/// How many ids a load through the proxy brings, and how it ends.
fn ids_through(proxy: &Proxy, query: Query) -> (usize, Option<End>) {
    let limits = PageLimits {
        max_pages: 100,
        max_items: 1_000,
    };
    let mut pager = Pager::new(query, limits).unwrap();
    let mut ids = std::collections::BTreeSet::new();
    while let Call::Send(request, ticket) = pager.request().unwrap() {
        let response = as_response(&proxy.get(&format!("/api/v1/{}", request.target())));
        let page = pager.accept(ticket, &response).unwrap().unwrap();
        ids.extend(page.records.iter().map(|record| record.id.to_string()));
    }
    (ids.len(), pager.end())
}

fn as_response(reply: &Reply) -> Response {
    let lines = reply.head().lines().skip(1).filter_map(|line| line.split_once(": "));
    Response {
        status: reply.status(),
        headers: lines.collect::<Headers>(),
        body: reply.body().as_bytes().to_vec(),
        received: UnixMs(0),
    }
}

#[test]
fn faults_of_the_sandbox_come_as_problems() {
    let faults = [
        "ayrshare/profiles:rate-limit=7@1x1",
        "insightiq/profiles:html",
        "upsun/profiles:cut=10",
    ];
    let faults = faults.map(|fault| fault.parse().unwrap()).to_vec();
    let proxy = Proxy::sandbox(Settings {
        faults,
        ..Settings::default()
    });
    let limited = proxy.get("/api/v1/ayrshare/profiles");
    assert_eq!((limited.status(), limited.header("retry-after")), (429, Some("7")));
    assert_eq!(proxy.get("/api/v1/ayrshare/profiles").status(), 200);
    assert_eq!(
        proxy.get("/api/v1/insightiq/profiles").problem("type"),
        "urn:problem:upstream-not-json"
    );
    assert_eq!(
        proxy.get("/api/v1/upsun/profiles").problem("type"),
        "urn:problem:upstream-unreachable"
    );
}

#[test]
fn the_batch_file_of_the_sandbox_comes_when_it_is_there() {
    let settings = Settings {
        batch_available_after_ms: 0,
        ..Settings::default()
    };
    let proxy = Proxy::sandbox(settings);
    let file = proxy.get("/api/v1/ayrshare/user/batch/file");
    assert_eq!(
        (file.status(), file.header("content-type")),
        (200, Some("application/json"))
    );
    assert!(file.body().contains("activeSocialAccounts"));
    let early = Proxy::sandbox(Settings::default()).get("/api/v1/ayrshare/user/batch/file");
    assert_eq!(
        (early.status(), early.problem("type").as_str()),
        (409, "urn:problem:batch-not-ready")
    );
}

#[test]
fn sources_are_told_in_the_order_of_the_table_without_keys() {
    let reply = Proxy::sandbox(Settings::default()).get("/api/v1/sources");
    let sources = Sources::parse(reply.body()).unwrap().sources;
    let told: Vec<_> = sources
        .iter()
        .map(|source| (source.provider.as_str(), source.is_demo, source.is_ready))
        .collect();
    assert_eq!(
        told,
        [
            ("ayrshare", true, true),
            ("insightiq", true, true),
            ("upsun", true, true)
        ]
    );
    assert_eq!(sources[0].profiles.len(), keys::AYRSHARE_PROFILE_KEYS.len());
    let upstream = Upstream::start();
    let live = Proxy::before(&upstream).get("/api/v1/sources");
    let sources = Sources::parse(live.body()).unwrap().sources;
    assert_eq!((sources[0].environment.as_str(), sources[0].is_demo), ("custom", false));
    assert_eq!(sources[0].profiles, ["brand-a"]);
    assert!(!live.text.contains("CANARY"));
}

#[test]
fn a_provider_without_a_section_has_no_source() {
    let proxy = Proxy::configured("[upsun]\nsource = \"sandbox\"\n");
    let reply = proxy.get("/api/v1/ayrshare/profiles");
    assert_eq!(
        (reply.status(), reply.problem("type").as_str()),
        (404, "urn:problem:not-configured")
    );
    let sources = Sources::parse(proxy.get("/api/v1/sources").body()).unwrap().sources;
    let ready: Vec<bool> = sources.iter().map(|source| source.is_ready).collect();
    assert_eq!(ready, [false, false, true]);
}

#[test]
fn health_needs_nothing_and_readiness_names_what_is_missing() {
    let proxy = Proxy::sandbox(Settings::default());
    assert_eq!(json(&proxy.get("/healthz"))["status"], "ok");
    assert_eq!(json(&proxy.get("/readyz"))["status"], "ready");
    let empty = Proxy::configured("").get("/readyz");
    assert_eq!(empty.status(), 503);
    assert!(empty.body().contains("a source in the configuration"));
    let no_viewer = Proxy::with_ui(std::env::temp_dir().join("roster-has-no-such-folder")).get("/readyz");
    assert_eq!(no_viewer.status(), 503);
    assert!(no_viewer.body().contains("index.html"));
}

#[test]
fn a_next_link_is_never_fetched_wherever_it_leads() {
    let thief = Upstream::start();
    let upstream = Upstream::start();
    for href in [
        format!("http://127.0.0.1:{}/profiles?page=2", thief.port),
        format!("//127.0.0.1:{}/up/profiles?page=2", thief.port),
        format!(
            "http://127.0.0.1:{}@127.0.0.1:{}/up/profiles?page=2",
            upstream.port, thief.port
        ),
        format!("http://127.0.0.1:{}/up/users?page=2", upstream.port),
    ] {
        let proxy = Proxy::before(&upstream);
        let body = format!(r#"{{"count":2,"profiles":[{{"id":"a"}}],"_links":{{"next":{{"href":"{href}"}}}}}}"#);
        upstream.expect("/up/profiles", crate::upstream::json(&body));
        let query = Query::new("upsun", "profiles").unwrap();
        let mut pager = Pager::new(
            query,
            PageLimits {
                max_pages: 9,
                max_items: 9,
            },
        )
        .unwrap();
        let Call::Send(request, ticket) = pager.request().unwrap() else {
            panic!("a first page")
        };
        let response = as_response(&proxy.get(&format!("/api/v1/{}", request.target())));
        assert!(pager.accept(ticket, &response).is_err(), "{href}");
        assert!(proxy.get(&format!("/api/v1/upsun/profiles?next={href}")).status() == 400);
    }
    let own = format!("http://127.0.0.1:{}/up/profiles?page=2&token=x", upstream.port);
    let body = format!(r#"{{"count":2,"profiles":[{{"id":"a"}}],"_links":{{"next":{{"href":"{own}"}}}}}}"#);
    upstream.expect("/up/profiles", crate::upstream::json(&body));
    upstream.expect(
        "/up/profiles?page=2",
        crate::upstream::json(r#"{"count":2,"profiles":[{"id":"b"}]}"#),
    );
    let proxy = Proxy::before(&upstream);
    assert_eq!(ids_through(&proxy, Query::new("upsun", "profiles").unwrap()).0, 2);
    assert!(thief.heads().is_empty());
}
