//! The pictures: every mark is a button that says what it counts, and the same numbers stand in a table.

use roster_web::state::Action;
use roster_web::view::Tab;

use crate::stage::{apply, assert_reads, between, opened, screen, text, with};

const RECORDS: [&str; 3] = [
    r#"{"refId":"a","title":"Ann","activeSocialAccounts":["instagram"],"createdUTC":"2026-10-02T00:00:00Z"}"#,
    r#"{"refId":"b","title":"Bob","activeSocialAccounts":["instagram","<i>"],"createdUTC":"2026-11-02T00:00:00Z"}"#,
    r#"{"refId":"c","title":"Cy","activeSocialAccounts":[]}"#,
];

fn shown(query: &str) -> String {
    let actions = [Action::TabChosen(Tab::Charts), Action::QueryTyped(query.to_owned())];
    screen(&apply(&with("ayrshare", &RECORDS), actions))
}

fn chart<'a>(html: &'a str, field: &str) -> &'a str {
    between(html, &format!("data-chart=\"{field}\""), "</figure>")
}

#[test]
fn each_mark_is_a_button_that_says_what_it_counts() {
    let html = shown("");
    let platforms = chart(&html, "platform");
    assert!(text(platforms).contains("Platforms: 3 of 3 profiles loaded"));
    let buttons = platforms.matches("role=\"button\"").count();
    assert_eq!((buttons, platforms.matches("tabindex=\"0\"").count()), (3, 3));
    assert!(platforms.contains("aria-label=\"Instagram: 2 profiles\""));
    assert!(platforms.contains("aria-label=\"No accounts connected: 1 profile\""));
    assert!(!platforms.contains("<i>"), "what an API sends is no markup");
}

#[test]
fn what_is_chosen_has_a_sign_and_the_others_keep_their_counts() {
    let html = shown("platform:instagram");
    let platforms = chart(&html, "platform");
    assert_eq!(platforms.matches("aria-pressed=\"true\"").count(), 1);
    assert!(
        platforms.contains("aria-label=\"No accounts connected: 1 profile\""),
        "it could be chosen too"
    );
    assert!(text(platforms).contains("✓ Instagram"));
}

#[test]
fn the_same_numbers_stand_in_a_table_and_who_is_left_out_is_told() {
    let html = shown("");
    let created = chart(&html, "created");
    let twin = text(between(created, "<details", "</details>"));
    assert_reads(
        &twin,
        &["Show as table", "Created", "Profiles", "Oct 2026", "1", "Nov 2026", "1"],
    );
    assert!(text(created).contains("Not drawn: 1 not set."));
}

#[test]
fn without_profiles_there_is_a_word_and_not_an_empty_frame() {
    let html = screen(&apply(&opened(), [Action::TabChosen(Tab::Charts)]));
    assert!(text(&html).contains("Nothing is loaded that could be drawn."));
    assert!(!html.contains("data-chart"));
}

#[test]
fn a_picture_in_which_nothing_would_stand_says_so() {
    let html = shown("title:Cy");
    assert!(text(chart(&html, "created")).contains("0 of 3 profiles have this value, too few to draw."));
}
