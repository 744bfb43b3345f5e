//! The drawer: three words for nothing, secrets masked, every field shown, raw JSON untouched.

use roster_web::source::LoadEvent;
use roster_web::state::{Action, Parts};

use crate::stage::{apply, assert_reads, began, between, hear, opened, page, screen, text, told, upstream, with};

/// The drawer of the only profile, at a section.
pub(crate) fn drawer(provider: &'static str, record: &str, section: &str) -> String {
    let state = with(provider, &[record]);
    let key = state.index.key_at(&state.answer(), 0).unwrap();
    let actions = [Action::ProfileOpened(key), Action::SectionChosen(section.to_owned())];
    let html = screen(&apply(&state, actions));
    between(&html, "data-testid=\"drawer\"", "help-place").to_owned()
}

#[test]
fn not_set_not_in_this_api_and_not_checked_yet_are_three_words() {
    let html = drawer("ayrshare", r#"{"refId":"r1","title":"Acme"}"#, "overview");
    let seen = text(&html);
    assert_reads(
        &seen,
        &[
            "Title",
            "Acme",
            "Display title",
            "not set",
            "Updated",
            "not in this API",
            "Last API call",
            "not checked yet",
        ],
    );
    for kind in ["not-set", "not-in-api", "not-loaded"] {
        assert!(html.contains(&format!("nothing--{kind}")), "{kind}");
    }
}

#[test]
fn health_is_offered_as_one_request_and_its_failure_is_told() {
    let html = drawer("ayrshare", r#"{"refId":"r1"}"#, "health");
    assert_reads(
        &text(&html),
        &[
            "Health is not part of the list.",
            "Load health, suspension, quota (1 request)",
        ],
    );
    let state = with("ayrshare", &[r#"{"refId":"r1"}"#]);
    let key = state.index.key_at(&state.answer(), 0).unwrap();
    let state = told(&state, &key, Parts::Failed(upstream("x")));
    let open = [Action::ProfileOpened(key), Action::SectionChosen("health".to_owned())];
    let state = apply(&state, open);
    assert_reads(
        &text(between(&screen(&state), "data-testid=\"drawer\"", "help-place")),
        &["has a problem on its side (503)", "Try again"],
    );
    assert!(
        !drawer("upsun", r#"{"id":"u1"}"#, "trial").contains("load-parts"),
        "Upsun has no such request"
    );
}

#[test]
fn two_creation_dates_that_disagree_are_both_told() {
    let record = r#"{"refId":"r1","created":{"_seconds":1604094099,"_nanoseconds":530000000},"createdUTC":"2022-03-02T16:11:00.839Z"}"#;
    let seen = text(&drawer("ayrshare", record, "overview"));
    assert_reads(
        &seen,
        &["Two creation dates were sent: 30 Oct 2020 and 2 Mar 2022. We show 2 Mar 2022."],
    );
}

#[test]
fn contacts_are_masked_until_they_are_asked_for() {
    let record = r#"{"id":"p1","emails":[{"type":"WORK","email_id":"mark@example.com"}],"phone_numbers":[{"type":null,"phone_number":"+1987654321"}],
        "date_of_birth":"1989-11-26","account":{"id":"a","platform_username":"mark@private.example"}}"#;
    let html = drawer("insightiq", record, "contact");
    assert_reads(
        &text(&html),
        &[
            "E-mail, work",
            "m••••@example.com",
            "Show",
            "Phone",
            "+••••",
            "Date of birth",
            "1••••",
        ],
    );
    assert!(!html.contains("mark@") && !html.contains("987654321") && !html.contains("1989-11"));
    assert!(!drawer("insightiq", record, "overview").contains("mark@private"));
}

#[test]
fn background_lists_are_shown_whatever_form_their_years_have() {
    let record = r#"{"id":"p1","work_experiences":[{"title":"Chef","company":{"name":"Acme"},"time_period":{"start_date":{"year":2019,"month":"4"},"end_date":null}}],
        "education":null,"honors":[{"title":"Star","date":{"year":"2020"}}]}"#;
    let seen = text(&drawer("insightiq", record, "background"));
    assert_reads(
        &seen,
        &[
            "Work (1)",
            "Chef",
            "Acme",
            "2019-04 – now",
            "Honors (1)",
            "Star",
            "2020",
        ],
    );
    assert_reads(
        &text(&drawer("insightiq", r#"{"id":"p1"}"#, "background")),
        &["Nothing was sent for this profile."],
    );
}

#[test]
fn trial_money_is_shown_as_the_api_writes_it_and_projects_come_as_one_or_many() {
    let record = r#"{"id":"u1","current_trial":{"active":true,"spend":{"formatted":"€1.50"},"spend_remaining":{"unlimited":true},
        "current":{"amount":100,"currency":"EUR"},"projects":{"id":"p","name":"Shop","total":{"amount":1.5,"currency_code":"EUR"}}}}"#;
    let seen = text(&drawer("upsun", record, "trial"));
    assert_reads(
        &seen,
        &[
            "Current",
            "100 · EUR",
            "Spent",
            "€1.50",
            "Remaining",
            "unlimited",
            "Project",
            "Shop",
            "1.5 · EUR",
        ],
    );
}

#[test]
fn nothing_is_dropped_unknown_fields_and_odd_forms_have_their_section() {
    let record = r#"{"id":"u1","brand_new":{"a":[1,2]},"display_name":7,"current_trial":{"later":"x"}}"#;
    let seen = text(&drawer("upsun", record, "other"));
    assert_reads(
        &seen,
        &[
            "Brand new",
            r#"{"a":[1,2]}"#,
            "Current trial later",
            "\"x\"",
            "Display name",
            "number 7",
        ],
    );
    let clean = text(&drawer("upsun", r#"{"id":"u1"}"#, "other"));
    assert_reads(&clean, &["Every field of this profile is known"]);
}

#[test]
fn raw_json_is_exactly_what_was_received() {
    let record = "{\"id\" : \"u1\",  \"n\":1.10,\"n\":-0.0, \"display_name\":\"a<b>&\\u00e9\"}";
    let html = drawer("upsun", record, "raw");
    let escaped = between(&html, "data-testid=\"raw-json\"", "</pre>");
    let raw = escaped.split_once('>').unwrap().1;
    let plain = raw
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    assert_eq!(plain, record);
}

#[test]
fn a_link_to_a_profile_that_is_not_loaded_says_so_and_can_look_it_up() {
    let first = |state, provider| {
        hear(
            &state,
            provider,
            [began(provider), page(provider, &[]), LoadEvent::Rested(None).into()],
        )
    };
    let state = first(first(first(opened(), "ayrshare"), "insightiq"), "upsun");
    let state = apply(&state, [Action::ProfileOpened("ayrshare:gone".to_owned())]);
    let html = screen(&state);
    assert_reads(
        &text(&html),
        &[
            "This link points to ayrshare:gone, which is not among the loaded profiles.",
            "Look it up (1 request)",
        ],
    );
    let elsewhere = apply(&state, [Action::ProfileOpened("upsun:gone".to_owned())]);
    assert!(
        !screen(&elsewhere).contains("Look it up"),
        "Upsun cannot be asked for one profile"
    );
}

#[test]
fn a_link_to_a_profile_is_not_called_lost_while_the_first_profiles_are_on_their_way() {
    let html = screen(&apply(&opened(), [Action::ProfileOpened("ayrshare:r1".to_owned())]));
    let seen = text(between(&html, "data-testid=\"drawer\"", "help-place"));
    assert_reads(&seen, &["Profile", "Asking…"]);
    assert!(!seen.contains("not among"), "{seen}");
}

#[test]
fn where_it_covers_the_page_it_is_a_dialog_and_the_page_behind_it_is_out_of_reach() {
    let open = |is_narrow| {
        let state = with("upsun", &[r#"{"id":"u","display_name":"Uma"}"#]);
        let actions = [
            Action::WidthFound(is_narrow),
            Action::ProfileOpened("upsun:u".to_owned()),
        ];
        screen(&apply(&state, actions))
    };
    let narrow = open(true);
    assert!(narrow.contains("role=\"dialog\"") && narrow.contains("aria-modal=\"true\""));
    let page_tag = |html: &str| {
        let mut tags = html
            .split('<')
            .map(|tag| tag.split('>').next().unwrap_or_default().to_owned());
        tags.find(|tag| tag.contains("app__page")).unwrap()
    };
    assert!(page_tag(&narrow).contains("inert"));
    let wide = open(false);
    assert!(wide.contains("role=\"complementary\"") && !wide.contains("aria-modal"));
    assert!(!page_tag(&wide).contains("inert"));
}
