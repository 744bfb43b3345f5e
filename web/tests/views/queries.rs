//! The query over what is loaded, and the counts beside it.

use std::rc::Rc;

use roster_core::End;
use roster_web::source::LoadEvent;
use roster_web::state::{Action, State};

use crate::stage::{apply, assert_reads, between, hear, opened, page, screen, text};

const RECORDS: [&str; 3] = [
    r#"{"refId":"a","title":"Ann","activeSocialAccounts":["instagram"]}"#,
    r#"{"refId":"b","title":"Bob","activeSocialAccounts":["instagram","tiktok"],"suspended":true}"#,
    r#"{"refId":"c","title":"<b>Cy","activeSocialAccounts":[]}"#,
];

fn loaded(end: Option<End>) -> Rc<State> {
    let events = |events: [LoadEvent; 2]| [LoadEvent::Began].into_iter().chain(events);
    let state = hear(
        &opened(),
        "ayrshare",
        events([page("ayrshare", &RECORDS), LoadEvent::Rested(end)]),
    );
    let state = hear(
        &state,
        "insightiq",
        events([page("insightiq", &[]), LoadEvent::Rested(Some(End::Complete))]),
    );
    hear(
        &state,
        "upsun",
        events([
            page("upsun", &[r#"{"id":"u","display_name":"Uma"}"#]),
            LoadEvent::Rested(Some(End::Complete)),
        ]),
    )
}

fn asked(end: Option<End>, query: &str) -> String {
    screen(&apply(&loaded(end), [Action::QueryTyped(query.to_owned())]))
}

/// What is read in one group of counts.
fn facet(html: &str, key: &str) -> String {
    text(between(html, &format!("data-facet=\"{key}\""), "</fieldset>"))
}

fn checkbox<'a>(html: &'a str, key: &str, value: &str) -> &'a str {
    let group = between(html, &format!("data-facet=\"{key}\""), "</fieldset>");
    let inputs = group
        .match_indices("<input")
        .map(|(at, _)| between(&group[at..], "<input", ">"));
    let mut own = inputs.filter(|input| input.contains(&format!("value=\"{value}\"")));
    own.next().unwrap_or_else(|| panic!("{value} is not in {group}"))
}

#[test]
fn the_list_the_bar_the_chips_and_the_counts_say_the_same() {
    let html = asked(Some(End::Complete), "platform:instagram status:suspended");
    let main = text(between(&html, "<main", "</main>"));
    assert_reads(&main, &["platform:instagram", "status:suspended", "Clear all (2)"]);
    assert_reads(
        &main,
        &["1 of 4 profiles loaded", "applied here", "Bob", "All 1 shown."],
    );
    assert!(!main.contains("Ann") && !main.contains("Uma"));
    let platforms = facet(&html, "platform");
    assert_reads(&platforms, &["Platforms", "Instagram", "1", "TikTok", "1"]);
    let statuses = facet(&html, "status");
    assert_reads(&statuses, &["Suspended", "1"]);
    assert!(checkbox(&html, "platform", "instagram").contains("checked"));
    assert!(!checkbox(&html, "platform", "tiktok").contains("checked"));
}

#[test]
fn a_chosen_value_stays_with_no_profile_and_kinds_of_nothing_have_their_words() {
    let html = asked(None, "platform:linkedin");
    assert_reads(
        &facet(&html, "platform"),
        &["LinkedIn", "0", "not set", "1", "not in this API", "1"],
    );
    assert!(checkbox(&html, "platform", "linkedin").contains("checked"));
    assert_reads(&facet(&asked(None, ""), "health"), &["not checked yet", "3"]);
    assert!(checkbox(&asked(None, "platform:not-set"), "platform", "not-set").contains("checked"));
}

#[test]
fn no_match_names_the_condition_that_is_in_the_way_and_whether_there_is_more() {
    let html = asked(Some(End::Complete), "status:suspended platform:linkedin");
    let said = "No profile matches these 2 conditions. Without “platform:linkedin” there would be 1.";
    assert_reads(&text(&html), &[said]);
    assert_reads(
        &text(&asked(None, "nobody")),
        &["Applied here", "there is nothing to count"],
    );
    let html = asked(None, "platform:linkedin");
    assert_reads(
        &text(&html),
        &["None of the 4 loaded profiles match. More are available."],
    );
}

#[test]
fn what_is_not_understood_is_text_with_a_suggestion_and_never_markup() {
    let html = asked(None, "platfrom:tiktok");
    let remarks = text(between(&html, "data-testid=\"query-remarks\"", "</ul>"));
    assert_reads(
        &remarks,
        &["platfrom:tiktok", "Did you mean platform:tiktok?", "Use suggestion"],
    );
    let html = asked(None, "\"<b>cy\"");
    assert!(!html.contains("<b>"));
    assert_reads(&text(between(&html, "<main", "</main>")), &["1 of 4 loaded", "<b>Cy"]);
}

#[test]
fn one_shown_source_needs_no_choice_of_sources_and_the_order_is_a_choice_of_six() {
    let state = loaded(None);
    assert!(screen(&state).contains("data-facet=\"source\""));
    let html = screen(&apply(
        &state,
        [Action::ShowChosen(Some("upsun")), Action::OrderChosen("title")],
    ));
    assert!(!html.contains("data-facet=\"source\""));
    let order = text(between(&html, "data-testid=\"order\"", "</select>"));
    assert_reads(
        &order,
        &["As loaded", "Title", "Created", "Updated", "Followers", "Urgency"],
    );
    assert_reads(&text(between(&html, "<main", "</main>")), &["Uma"]);
}
