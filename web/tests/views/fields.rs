//! The drawer field by field: what each API sends has its place, its name and its form.

use roster_web::state::{Action, Parts};

use crate::drawers::drawer;
use crate::stage::{apply, assert_reads, between, screen, text, told, with};

/// Two accounts of `/user`, as the reference has them, and what only the newer answers hold.
const USER: &str = r#"{"activeSocialAccounts":["instagram","telegram"],"ayrlinkUrl":"https://ayrl.ink/bio/acme",
    "created":{"_seconds":1667351022,"_nanoseconds":814000000,"utc":"2022-11-02T01:03:42Z"},"email":null,
    "monthlyApiCalls":49,"monthlyApiCallsQuota":500,"refId":"13a9","title":"Acme","lastUpdated":"2026-11-21T11:00:00Z","later":1,
    "displayNames":[
        {"created":"2022-11-09T20:36:58.659Z","displayName":"Ayrshare","id":"1784144322","pageName":"Social Media API","platform":"instagram",
            "profileUrl":"https://www.instagram.com/ayrshare","type":"business","usedQuota":34,"userImage":"https://img.example/i.jpeg","username":"ayrshare"},
        {"platform":"gmb","displayName":"Shop","mapsUrl":"https://maps.example/1","placeId":"ChIJ","reviewUrl":"https://review.example/1"},
        {"created":"2022-11-17T18:55:16.320Z","displayName":"News","id":-10017122,"platform":"telegram","type":"channel","brandNew":true},
        {"platform":"twitter","twitterUsage":{"monthlyUsage":99000,"monthlyLimit":100000,"monthlyReset":"2026-12-02"}}]}"#;

#[test]
fn a_record_of_the_batch_file_names_each_account_with_everything_that_was_sent() {
    let seen = text(&drawer("ayrshare", USER, "accounts"));
    assert_reads(
        &seen,
        &[
            "Instagram",
            "Ayrshare",
            "Handle",
            "ayrshare",
            "Page",
            "Social Media API",
            "1784144322",
            "business",
            "instagram.com/ayrshare",
            "Picture when linked",
            "Linked on",
            "9 Nov 2022",
            "Google Business",
            "Shop",
            "On the map",
            "maps.example/1",
            "Place id",
            "ChIJ",
            "Write a review",
            "Telegram",
            "News",
            "-10017122",
            "channel",
            "brand new",
            "true",
        ],
    );
    assert!(!seen.contains("Profile Key"), "nothing is missing: {seen}");
    let seen = text(&drawer("ayrshare", USER, "overview"));
    assert_reads(
        &seen,
        &[
            "Told by /user",
            "E-mail",
            "not set",
            "Link page",
            "ayrl.ink/bio/acme",
            "As of",
            "21 Nov 2026",
        ],
    );
    let others = text(&drawer("ayrshare", USER, "other"));
    assert_reads(&others, &["Later", "1"]);
    assert!(
        !others.contains("Display names") && !others.contains("ayrl.ink"),
        "{others}"
    );
}

#[test]
fn the_accounts_of_the_batch_file_are_found_by_their_names() {
    let state = with("ayrshare", &[USER, r#"{"refId":"2","title":"Ayr"}"#]);
    for text in ["social media api", "shop", "handle-that-nobody-has"] {
        let n_found = apply(&state, [Action::QueryTyped(text.to_owned())]).answer().total;
        assert_eq!(n_found, usize::from(!text.contains("nobody")), "{text}");
    }
}

#[test]
fn what_is_used_of_a_limit_is_told_with_the_limit_and_without_one_as_a_number() {
    let seen = text(&drawer("ayrshare", USER, "quota"));
    assert_reads(
        &seen,
        &[
            "Health is not part of the list.",
            "This month",
            "API calls that posted",
            "49 of 500 (9 %)",
            "Instagram",
            "Posts, rolling 24 h",
            "34 of 50 (68 %)",
            "X",
            "99,000 of 100,000 (99 %)",
            "Counted anew from",
            "2026-12-02",
        ],
    );
    let unlimited = text(&drawer(
        "ayrshare",
        &USER.replace("\"monthlyApiCallsQuota\":500,", ""),
        "quota",
    ));
    assert!(unlimited.contains("49") && !unlimited.contains("49 of"), "{unlimited}");
    let record = r#"{"refId":"r1","quota":{"used":450,"limit":1000}}"#;
    let html = drawer("ayrshare", record, "quota");
    assert_reads(
        &text(&html),
        &["Quota", "450 of 1,000 (45 %)", "Used", "450", "Limit", "1,000"],
    );
    assert!(html.contains("value=\"45\"") && !html.contains("load-parts"), "{html}");
}

#[test]
fn an_entry_of_the_log_says_why_it_has_no_title_and_which_tags_were_sent() {
    let record = r#"{"refId":"r1","actionLog":[{"action":"create","created":"2024-05-01T00:00:00Z"},
        {"action":"update","title":"Acme","created":"2026-05-01T00:00:00Z","tags":["vip","eu"]}],"activity":{}}"#;
    let seen = text(&drawer("ayrshare", record, "log"));
    assert_reads(
        &seen,
        &[
            "create",
            "Title not recorded before March 2025.",
            "When",
            "update",
            "Acme",
            "Tags",
            "vip, eu",
        ],
    );
}

#[test]
fn an_unknown_field_that_two_requests_tell_stands_there_once() {
    let listed = r#"{"refId":"r1","brandNew":1}"#;
    let state = with("ayrshare", &[listed]);
    let key = state.index.key_at(&state.answer(), 0).unwrap();
    let more = with(
        "ayrshare",
        &[r#"{"refId":"r1","brandNew":1,"other":2,"quota":{"used":1,"limit":2}}"#],
    );
    let state = told(&state, &key, Parts::Loaded(more.index.find(&key).unwrap()));
    let open = [Action::ProfileOpened(key), Action::SectionChosen("other".to_owned())];
    let html = screen(&apply(&state, open));
    let seen = text(between(&html, "data-testid=\"drawer\"", "help-place"));
    assert_eq!(seen.matches("Brand new").count(), 1, "{seen}");
    assert_reads(&seen, &["Brand new", "1", "Other", "2"]);
}

#[test]
fn the_platforms_logo_the_handle_once_more_and_an_odd_country_are_told() {
    let record = r#"{"id":"p1","username":"robert","country":"San Francisco","work_platform":{"name":"X","logo_url":"https://logo.example/x.png"},
        "account":{"id":"a","username":"rob@private.example"},"emails":[{"type":"WORK","email_id":"a@b.example","verified":true}]}"#;
    let html = drawer("insightiq", record, "overview");
    let seen = text(&html);
    assert_reads(
        &seen,
        &[
            "San Francisco",
            "As sent by the platform.",
            "Platform's logo",
            "logo.example/x.png",
            "robert",
            "again",
            "r••••@private.example",
        ],
    );
    let usual = text(&drawer("insightiq", &record.replace("San Francisco", "US"), "overview"));
    assert!(!usual.contains("As sent"), "{usual}");
    assert_reads(
        &text(&drawer("insightiq", record, "other")),
        &["Emails verified", "true"],
    );
}

#[test]
fn background_stands_in_folds_that_say_how_much_is_in_them() {
    let record = r#"{"id":"p1","work_experiences":[
        {"title":"Chef","company":{"name":"Acme","industries":["Food","Travel"],"logo_url":"https://logo.example/a.png","employee_count":{"min":11,"max":50}},
            "location":{"name":"Paris","country":"FR"}},{"title":"Cook"}],
        "education":[{"degree":"BSc","school":{"name":"MIT","logo_url":"https://logo.example/m.png"},"field_study":"Physics"}]}"#;
    let html = drawer("insightiq", record, "background");
    assert_eq!(html.matches("class=\"fold\"").count(), 2);
    assert_reads(
        &text(&html),
        &[
            "Work (2)",
            "Chef",
            "Acme",
            "Trades",
            "Food, Travel",
            "People who work there",
            "11 – 50",
            "Company's logo",
            "Paris",
            "Country",
            "FR",
            "Cook",
            "Education (1)",
            "BSc",
            "MIT",
            "School's logo",
            "Subject",
            "Physics",
        ],
    );
}

#[test]
fn the_address_of_an_upsun_account_and_what_bills_need_are_masked_where_they_belong() {
    let record = r#"{"id":"u1","email":"jane@example.com","vat_number":"DE123","billing_contact":"bills@example.com","currency":"EUR","invoiced":true}"#;
    let html = drawer("upsun", record, "overview");
    assert_reads(&text(&html), &["E-mail", "j••••@example.com"]);
    let html = drawer("upsun", record, "company");
    assert_reads(
        &text(&html),
        &[
            "Company and billing",
            "Billing",
            "VAT number",
            "D••••",
            "Billing contact",
            "b••••@example.com",
            "EUR",
            "Bills are sent",
            "yes",
        ],
    );
    assert!(!html.contains("DE123") && !html.contains("bills@"));
}

#[test]
fn money_names_its_currency_where_the_sign_alone_would_not() {
    let record = r#"{"id":"u1","current_trial":{"active":true,"created":"2026-11-01T00:00:00Z","spend":{"formatted":"$34.10","amount":"34.10","currency":"CAD"},
        "current":{"formatted":"100.00 USD","currency":"USD","odd_one":1},"projects":[{"id":"p","name":"Shop","region":"eu"}]}}"#;
    let seen = text(&drawer("upsun", record, "trial"));
    assert_reads(
        &seen,
        &[
            "Current",
            "100.00 USD",
            "Spent",
            "$34.10 · CAD",
            "Started",
            "1 Nov 2026",
            "Shop",
        ],
    );
    assert!(!seen.contains("100.00 USD · USD"), "{seen}");
    let others = text(&drawer("upsun", record, "other"));
    assert_reads(
        &others,
        &[
            "Current trial current odd one",
            "1",
            "Current trial projects region",
            "\"eu\"",
        ],
    );
}

#[test]
fn a_profile_that_its_api_does_not_know_any_more_is_not_blamed_on_filters() {
    let state = with("ayrshare", &[r#"{"refId":"r1"}"#]);
    let key = state.index.key_at(&state.answer(), 0).unwrap();
    let gone = roster_core::Error::new(roster_core::ErrorKind::NotFound, "expected one, found none");
    let state = told(&state, &key, Parts::Failed(gone));
    let open = [Action::ProfileOpened(key), Action::SectionChosen("health".to_owned())];
    let html = screen(&apply(&state, open));
    let seen = text(between(&html, "data-testid=\"drawer\"", "help-place"));
    assert_reads(
        &seen,
        &["Ayrshare does not know this profile any more. It may have been deleted."],
    );
    assert!(!seen.contains("filters"), "{seen}");
}
