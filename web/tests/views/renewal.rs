//! What is told of data that is renewed: how old it is, what a refresh has brought, and how a limit that lasts is told.

use roster_core::{End, ErrorKind, Freshness};
use roster_web::source::LoadEvent;
use roster_web::state::{Action, Settings, Storage};

use crate::stage::{Event, NOW, apply, assert_reads, began, between, hear, opened, page, screen, text, with};

const DONE: LoadEvent = LoadEvent::Rested(Some(End::Complete));

fn row(html: &str) -> String {
    text(between(html, "data-source=\"upsun\"", "</li>"))
}

#[test]
fn the_age_of_the_data_is_told_in_minutes_and_then_as_a_date() {
    let told = |age_ms: i64| {
        let Event::Page(mut one) = page("upsun", &[r#"{"id":"a"}"#]) else {
            unreachable!("a page is a page")
        };
        one.freshness = Some(Freshness {
            last_updated: Some(NOW.plus_ms(-age_ms)),
            next_update: Some(NOW.plus_ms(130_000)),
        });
        row(&screen(&hear(
            &opened(),
            "upsun",
            [began("upsun"), Event::Page(one), DONE.into()],
        )))
    };
    assert_reads(&told(20_000), &["Data of just now · new data in 2 min 10 s"]);
    assert_reads(&told(150_000), &["Data 2 min old · new data in 2 min 10 s"]);
    assert_reads(&told(3 * 86_400_000), &["Data of 18 Nov 2026, 12:00 UTC"]);
}

#[test]
fn a_refresh_says_what_it_has_brought() {
    let first = [r#"{"id":"a"}"#, r#"{"id":"b"}"#, r#"{"id":"c"}"#];
    let state = hear(&with("upsun", &first), "upsun", [DONE.into()]);
    let again = [r#"{"id":"a","display_name":"Ada"}"#, r#"{"id":"b"}"#, r#"{"id":"d"}"#];
    let events = [LoadEvent::Restarted.into(), page("upsun", &again), DONE.into()];
    let refreshed = screen(&hear(&state, "upsun", events));
    let said = "Up to date. 1 changed, 1 new. 1 profile has not come again and is kept.";
    assert_reads(&row(&refreshed), &["4", said]);
}

#[test]
fn what_changed_while_the_pages_came_is_told() {
    let pages = [
        page("upsun", &[r#"{"id":"a","display_name":"Before"}"#]),
        page("upsun", &[r#"{"id":"a","display_name":"After"}"#, r#"{"id":"b"}"#]),
        DONE.into(),
    ];
    let state = hear(&hear(&opened(), "upsun", [began("upsun")]), "upsun", pages);
    let said = [
        "All 2 profiles loaded",
        "1 arrived twice and were merged.",
        "1 profile changed while loading.",
    ];
    assert_reads(&row(&screen(&state)), &said);
}

#[test]
fn a_limit_that_lasts_says_how_often_it_was_tried_and_when_to_try_again() {
    let error = roster_core::Error::new(ErrorKind::RateLimited, "too many").with_retry_after_ms(Some(240_000));
    let state = hear(
        &with("upsun", &[r#"{"id":"a"}"#]),
        "upsun",
        [LoadEvent::LoadFailed(error).into()],
    );
    let html = screen(&state);
    let said = [
        "Upsun still limits us after 3 tries. 1 profile is kept.",
        "so we stopped. Try again in 4 min.",
    ];
    assert_reads(&row(&html), &said);
    assert!(html.contains("data-action=\"retry\""));
}

#[test]
fn a_browser_that_keeps_nothing_is_told_of() {
    let settings = |storage| {
        Action::SettingsRead(Settings {
            storage,
            ..Settings::default()
        })
    };
    let said = "Settings cannot be kept on this device. Everything else works.";
    assert!(text(&screen(&apply(&opened(), [settings(Storage::Refused)]))).contains(said));
    assert!(!text(&screen(&apply(&opened(), [settings(Storage::Kept)]))).contains(said));
}
