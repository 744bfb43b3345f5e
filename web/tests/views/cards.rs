//! The cards of each provider, slot by slot, and what hostile data does to them.

use roster_web::state::{Action, Parts};

use crate::stage::{apply, assert_reads, began, between, card, hear, page, screen, told, upstream, with};

const AYRSHARE: &str = r#"{"status":"suspended","title":"Digg It Title","displayTitle":"Your title",
    "createdUTC":"2022-03-02T16:11:00.839Z","refId":"160c8700bd6ade099b242d845e268fb986130c53",
    "activeSocialAccounts":["twitter","facebook","mastodon"],"isByokLinked":true,"suspended":true}"#;

const AYRSHARE_KEY: &str = "ayrshare:160c8700bd6ade099b242d845e268fb986130c53";

const AYRSHARE_PARTS: &str = r#"{"title":"Digg It Title","refId":"160c8700bd6ade099b242d845e268fb986130c53","status":"suspended",
    "activeSocialAccounts":["twitter","facebook"],
    "suspension":{"isSuspended":true,"reason":"Too many duplicate posts","unsuspendAt":"2026-11-22T12:00:00Z","suspensionCount":2},
    "socialHealth":{"facebook":{"linked":true,"relinkRecommended":true,"tokenExpiresAt":"2026-12-03T12:00:00Z"}},
    "activity":{"lastPost":"2026-11-20T12:00:00Z"},"quota":{"used":450,"limit":1000}}"#;

const INSIGHTIQ: &str = r#"{"id":"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822","updated_at":"2021-11-08T18:53:18.337805",
    "user":{"id":"u1","name":"Robert Downey"},"work_platform":{"id":"w1","name":"Instagram"},
    "platform_username":"robertdowney","full_name":"Robert Downey Jr.","introduction":"They call me Jonah",
    "platform_account_type":"CREATOR","category":"Blog","country":"US","platform_profile_published_at":"2018-01-01T00:00:00",
    "reputation":{"follower_count":78976,"following_count":567,"subscriber_count":null},"is_verified":true,"is_business":true}"#;

const UPSUN: &str = r#"{"id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","display_name":"Jane Smith","email":"jsmith@example.com",
    "username":"jsmith","type":"user","company_name":"Acme GmbH","company_role":"CTO","created_at":"2023-11-07T05:31:56Z",
    "current_trial":{"active":true,"days_remaining":12,"pending_verification":"credit-card",
        "spend":{"formatted":"$34.10","amount":"34.10","currency":"USD"},
        "spend_remaining":{"formatted":"$65.90","amount":"65.90","currency":"USD"}}}"#;

#[test]
fn an_ayrshare_card_has_every_slot() {
    let html = screen(&with("ayrshare", &[AYRSHARE]));
    assert_reads(
        &card(&html, AYRSHARE_KEY),
        &[
            "YT",
            "Your title",
            "Suspended",
            "Digg It Title",
            "X",
            "Fb",
            "mas",
            "3 accounts",
            "Health not checked",
            "Check",
            "BYOK linked",
            "Created 2 Mar 2022",
            "160c87…0c53",
        ],
    );
}

#[test]
fn an_ayrshare_card_tells_trouble_once_health_is_loaded_troubled_accounts_first() {
    let state = with("ayrshare", &[AYRSHARE]);
    let other = with("ayrshare", &[AYRSHARE_PARTS]);
    let row = other.index.find(AYRSHARE_KEY).unwrap();
    let state = told(&state, AYRSHARE_KEY, Parts::Loaded(row));
    let html = screen(&state);
    assert_reads(
        &card(&html, AYRSHARE_KEY),
        &[
            "Fb",
            "X",
            "lifts in 1 day · suspended 2 times · Too many duplicate posts",
            "3 accounts",
            "Facebook: relink advised · Quota 45 %",
            "BYOK linked · posted 1 day ago",
        ],
    );
    assert!(html.contains("title=\"Facebook, needs attention · "));
}

#[test]
fn the_worst_of_an_account_stands_on_the_card_however_the_api_orders_it() {
    let seen = |extra: &str| {
        let record = [
            r#"{"refId":"a","title":"Acme","activeSocialAccounts":["instagram"],"#,
            extra,
            "}",
        ]
        .concat();
        card(&screen(&with("ayrshare", &[&record])), "ayrshare:a")
    };
    let health = r#""socialHealth":{"tiktok":{"tokenExpiresAt":"2026-11-30T00:00:00Z"},"instagram":{"relinkRecommended":true},
        "twitter":{"tokenExpiresAt":"2026-11-25T00:00:00Z"},"linkedin":{"tokenExpiresAt":"2026-11-01T00:00:00Z"}}"#;
    let error = r#""linkingErrors":{"pinterest":{"message":"Password changed"}}"#;
    assert_reads(
        &seen(&[health, ",", error].concat()),
        &["Acme", "LinkedIn: token ended 1 Nov 2026"],
    );
    let living = health.replace("2026-11-01", "2027-11-01");
    assert_reads(
        &seen(&[&living, ",", error].concat()),
        &["Acme", "Pinterest: Password changed"],
    );
    assert_reads(&seen(&living), &["Acme", "Instagram: relink advised"]);
    let soonest = living.replace("true", "false");
    assert_reads(&seen(&soonest), &["Acme", "X: token ends in"]);
}

#[test]
fn an_answer_with_parts_that_was_kept_as_a_file_needs_no_check() {
    let seen = card(&screen(&with("ayrshare", &[AYRSHARE_PARTS])), AYRSHARE_KEY);
    assert_reads(
        &seen,
        &[
            "lifts in 1 day",
            "Facebook: relink advised · Quota 45 %",
            "posted 1 day ago",
        ],
    );
    assert!(!seen.contains("not checked"), "{seen}");
}

#[test]
fn a_check_that_failed_says_so_on_the_card_and_to_who_does_not_see_it() {
    let state = with("ayrshare", &[AYRSHARE]);
    let state = told(&state, AYRSHARE_KEY, Parts::Failed(upstream("x")));
    let html = screen(&state);
    assert_reads(
        &card(&html, AYRSHARE_KEY),
        &["Health could not be checked", "Try again"],
    );
    assert!(
        state.announcement.starts_with("Ayrshare has a problem on its side"),
        "{}",
        state.announcement
    );
}

#[test]
fn a_record_of_the_batch_file_has_the_picture_of_its_first_account_and_tells_which_access_ends() {
    let record = r#"{"refId":"a","title":"Acme","activeSocialAccounts":["gmb","linkedin"],"displayNames":[
        {"platform":"gmb","displayName":"Shop"},
        {"platform":"linkedin","displayName":"Acme","userImage":"https://pictures.example/l.jpeg","refreshDaysRemaining":3,
            "refreshRequired":"2026-11-24T12:00:00Z"}]}"#;
    let state = apply(&with("ayrshare", &[record]), [Action::PicturesChosen(true)]);
    let html = screen(&state);
    assert_reads(
        &card(&html, "ayrshare:a"),
        &["Acme", "2 accounts", "LinkedIn: token ends in 3 days", "Check"],
    );
    assert!(html.contains("src=\"https://pictures.example/l.jpeg\""));
}

#[test]
fn what_is_drawn_on_a_card_is_not_named_again_as_found() {
    let state = with("ayrshare", &[AYRSHARE]);
    let found = |query: &str| {
        let html = screen(&apply(&state, [Action::QueryTyped(query.to_owned())]));
        card(&html, AYRSHARE_KEY).contains("Found in")
    };
    assert!(!found("status:suspended") && !found("platform:twitter") && !found("platform:mastodon"));
    assert!(found("160c8700bd6ade"), "an id is drawn in part only");
}

#[test]
fn an_insightiq_card_has_every_slot_and_adds_no_counts_up() {
    let second = INSIGHTIQ.replace("9bd39495", "00000000");
    let html = screen(&with("insightiq", &[INSIGHTIQ, &second]));
    assert_reads(
        &card(&html, "insightiq:9bd39495-ad21-40f7-a8a6-9c8cf9d6a822"),
        &[
            "RD",
            "Robert Downey Jr.",
            "Verified",
            "Business",
            "IG",
            "@robertdowney · CREATOR · Blog",
            "78,976 followers · 567 following",
            "They call me Jonah",
            "US · on Instagram since 2018",
            "Person: Robert Downey (2 profiles)",
            "Updated 8 Nov 2021",
            "9bd394…a822",
        ],
    );
}

#[test]
fn an_insightiq_card_of_nulls_leaves_no_gaps() {
    let bare = r#"{"id":"11111111-2222","user":null,"work_platform":null,"full_name":null,"reputation":null,"is_verified":null}"#;
    let seen = card(&screen(&with("insightiq", &[bare])), "insightiq:11111111-2222");
    assert_reads(&seen, &["11111111-2222", "Audience not reported"]);
    assert!(!seen.contains("null") && !seen.contains("Person"), "{seen}");
}

#[test]
fn an_upsun_card_has_every_slot_and_masks_the_address() {
    let html = screen(&with("upsun", &[UPSUN]));
    let seen = card(&html, "upsun:3c90c3cc-0d44-4b50-8888-8dd25736052a");
    assert_reads(
        &seen,
        &[
            "JS",
            "Jane Smith",
            "user",
            "jsmith · j••••@example.com",
            "Acme GmbH · CTO",
            "Trial active · 12 days left",
            "$34.10 spent, $65.90 left",
            "34 % of the trial is spent",
            "Waiting for: credit-card",
            "Created 7 Nov 2023",
            "3c90c3…052a",
        ],
    );
    assert!(!html.contains("jsmith@"));
}

#[test]
fn a_bar_is_drawn_only_if_both_amounts_can_be_compared() {
    let bar = |record: &str| screen(&with("upsun", &[record])).contains("of the trial is spent");
    assert!(bar(UPSUN));
    assert!(!bar(&UPSUN.replacen("USD", "EUR", 1)), "two currencies");
    assert!(!bar(&UPSUN.replace("\"65.90\"", "\"a lot\"")), "no number");
    assert!(
        !bar(&UPSUN.replace("\"formatted\":\"$65.90\"", "\"unlimited\":true")),
        "no limit"
    );
}

#[test]
fn hostile_names_are_text_and_unsafe_addresses_are_no_links_and_no_pictures() {
    let hostile = r#"{"id":"<x>","full_name":"<img src=x onerror=alert(1)>","url":"javascript:alert(1)","website":"JaVaScRiPt:alert(2)",
        "image_url":"data:image/svg+xml,<svg onload=alert(3)>","introduction":"</p><script>alert(4)</script>",
        "work_platform":{"name":"\"><script>alert(5)</script>"},"user":{"id":"u","name":"<b>bold</b>"}}"#;
    let state = with("insightiq", &[hostile]);
    let key = state.index.key_at(&state.answer(), 0).unwrap();
    let open = [Action::PicturesChosen(true), Action::ProfileOpened(key)];
    let html = screen(&apply(&state, open));
    for tag in [
        "<script",
        "<img",
        "<b>",
        "onerror=alert(1)>\"",
        "href=\"javascript",
        "src=\"data:",
    ] {
        assert!(!html.to_lowercase().contains(tag), "{tag} is in the page");
    }
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(html.contains("javascript:alert(1)"), "what is no link is still told");
}

#[test]
fn pictures_are_loaded_only_when_they_are_wanted_without_a_referrer_and_only_from_https() {
    let with_picture = |href: &str| INSIGHTIQ.replacen('{', &format!(r#"{{"image_url":"{href}","#), 1);
    let state = with("insightiq", &[&with_picture("https://pictures.example/a.png")]);
    assert!(!screen(&state).contains("<img"));
    let html = screen(&apply(&state, [Action::PicturesChosen(true)]));
    let picture = between(&html, "<img", ">");
    for needed in [
        "src=\"https://pictures.example/a.png\"",
        "referrerpolicy=\"no-referrer\"",
        "loading=\"lazy\"",
        "alt=\"\"",
    ] {
        assert!(picture.contains(needed), "{needed} is not in {picture}");
    }
    let plain = with("insightiq", &[&with_picture("http://pictures.example/a.png")]);
    assert!(!screen(&apply(&plain, [Action::PicturesChosen(true)])).contains("<img"));
}

#[test]
fn profiles_stand_in_the_order_in_which_they_came() {
    let state = with("ayrshare", &[AYRSHARE]);
    let state = hear(
        &state,
        "insightiq",
        [began("insightiq"), page("insightiq", &[INSIGHTIQ])],
    );
    let state = hear(&state, "upsun", [began("upsun"), page("upsun", &[UPSUN])]);
    let html = screen(&state);
    let order: Vec<&str> = html
        .match_indices("data-provider=\"")
        .map(|(at, start)| html[at + start.len()..].split('"').next().unwrap())
        .collect();
    assert_eq!(order, ["ayrshare", "insightiq", "upsun"]);
}
