//! The query over what is loaded, and the counts beside it.

use std::rc::Rc;

use roster_core::End;
use roster_index::{Field, Match};
use roster_web::choice::Choice;
use roster_web::index::order;
use roster_web::source::LoadEvent;
use roster_web::state::{Action, State};
use roster_web::suggestions::Suggestions;

use crate::stage::{NOW, apply, assert_reads, began, between, hear, opened, page, screen, text, with};

const RECORDS: [&str; 3] = [
    r#"{"refId":"a","title":"Ann","activeSocialAccounts":["instagram"]}"#,
    r#"{"refId":"b","title":"Bob","activeSocialAccounts":["instagram","tiktok"],"suspended":true}"#,
    r#"{"refId":"c","title":"<b>Cy","activeSocialAccounts":[]}"#,
];

fn loaded(end: Option<End>) -> Rc<State> {
    let events =
        |provider, records: &[&str], end| [began(provider), page(provider, records), LoadEvent::Rested(end).into()];
    let complete = Some(End::Complete);
    let state = hear(&opened(), "ayrshare", events("ayrshare", &RECORDS, end));
    let state = hear(&state, "insightiq", events("insightiq", &[], complete));
    hear(
        &state,
        "upsun",
        events("upsun", &[r#"{"id":"u","display_name":"Uma"}"#], complete),
    )
}

fn asked(end: Option<End>, query: &str) -> String {
    screen(&apply(&loaded(end), [Action::QueryTyped(query.to_owned())]))
}

/// What is read in one group of counts.
fn facet(html: &str, key: &str) -> String {
    text(between(html, &format!("data-facet=\"{key}\""), "</section>"))
}

fn checkbox<'a>(html: &'a str, key: &str, value: &str) -> &'a str {
    let group = between(html, &format!("data-facet=\"{key}\""), "</section>");
    let inputs = group
        .match_indices("<input")
        .map(|(at, _)| between(&group[at..], "<input", ">"));
    let mut own = inputs.filter(|input| input.contains(&format!("value=\"{value}\"")));
    own.next().unwrap_or_else(|| panic!("{value} is not in {group}"))
}

#[test]
fn a_word_that_stands_in_no_text_offers_the_value_or_the_word_that_was_perhaps_meant() {
    let offered = |query: &str| {
        let state = apply(&loaded(None), [Action::QueryTyped(query.to_owned())]);
        let list = state.index.suggest(query, query.len(), NOW);
        let suggestions = Suggestions {
            text: query.to_owned(),
            list,
        };
        let html = screen(&apply(&state, [Action::Suggested(suggestions)]));
        html.contains("data-action=\"ask-instead\"")
            .then(|| text(between(&html, "data-action=\"ask-instead\"", "</button>")))
    };
    assert_reads(&offered("tiktok").unwrap(), &["Show 1 profile with platform:tiktok"]);
    assert_reads(
        &offered("source:ayrshare instagram").unwrap(),
        &["Show 2 profiles with platform:instagram"],
    );
    assert_reads(&offered("uam").unwrap(), &["Show 1 profile with uma"]);
    assert_eq!(offered("qqqqqqqq"), None);
    assert_eq!(offered("ann"), None, "there is one");
}

#[test]
fn the_list_the_bar_the_chips_and_the_counts_say_the_same() {
    let html = asked(Some(End::Complete), "platform:instagram status:suspended");
    let main = text(between(&html, "<main", "</main>"));
    assert_reads(
        &main,
        &[
            "applied here to 4 loaded: ",
            "Platforms: Instagram",
            "applied here to 4 loaded: ",
            "Status: Suspended",
            "Clear all (2)",
        ],
    );
    assert_reads(&main, &["1 of 4 profiles loaded", "Bob", "This is the only one."]);
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
        &["LinkedIn", "0", "No accounts connected", "1", "not in this API", "1"],
    );
    assert!(checkbox(&html, "platform", "linkedin").contains("checked"));
    assert_reads(&facet(&asked(None, ""), "health"), &["not checked yet", "3"]);
    assert!(checkbox(&asked(None, "platform:not-set"), "platform", "not-set").contains("checked"));
}

#[test]
fn no_match_names_the_condition_that_is_in_the_way_and_whether_there_is_more() {
    let html = asked(Some(End::Complete), "status:suspended platform:linkedin");
    let said = "No profile matches these 2 conditions. Without “platform:linkedin” there would be 1 profile.";
    assert_reads(&text(&html), &[said]);
    let html = asked(None, "platform:linkedin");
    assert_reads(
        &text(&html),
        &["None of the 4 loaded profiles match. More are available."],
    );
}

#[test]
fn a_problem_that_nobody_has_is_good_news_as_far_as_it_was_checked() {
    let html = asked(None, "health:relink");
    let said = "Nothing needs attention here in the 0 profiles checked. 3 profiles are not checked yet.";
    assert_reads(&text(&html), &[said]);
    assert!(!text(&asked(None, "health:relink acme")).contains("Nothing needs attention"));
}

#[test]
fn plain_text_that_is_not_here_can_be_asked_of_the_apis_that_have_more() {
    let offers = |html: &str| text(between(html, "class=\"empty__actions\"", "</div>"));
    let title = offers(&asked(None, "Acme Corp"));
    assert_reads(&title, &["Ask Ayrshare for the title “Acme Corp” (1 request)"]);
    assert!(!title.contains("InsightIQ"), "whose API takes no title");
    let html = asked(None, "0bb3c1b2-7b1e-4a8a-9c0e-000000000001");
    assert_reads(&offers(&html), &["Ask Ayrshare for this id (1 request)"]);
    assert!(
        !offers(&asked(Some(End::Complete), "Acme Corp")).contains("Ask "),
        "everything is here"
    );
    assert!(
        !offers(&asked(None, "-acme status:gone")).contains("for the title"),
        "that is no title"
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
fn an_order_has_up_to_three_keys_and_counts_the_blanks() {
    let html = screen(&apply(&loaded(None), [Action::OrderChosen(order("-created"))]));
    assert_reads(
        &text(between(&html, "<main", "</main>")),
        &["4 without a value stand last."],
    );
    let n_choices = |text: &str| {
        let html = screen(&apply(&loaded(None), [Action::OrderChosen(order(text))]));
        between(&html, "data-testid=\"sorting\"", "data-testid=\"group-by\"")
            .matches("<option value=\"\"")
            .count()
    };
    assert_eq!(
        [n_choices(""), n_choices("title"), n_choices("title,created,updated")],
        [1, 2, 3]
    );
}

#[test]
fn a_filter_says_whether_the_api_is_asked_for_it() {
    let chosen = [
        Action::QueryTyped("platform:instagram acme".to_owned()),
        Action::AskingChosen("ayrshare", true),
    ];
    let html = screen(&apply(&loaded(None), chosen));
    let chips = text(between(&html, "data-testid=\"chips\"", "data-testid=\"result-bar\""));
    assert_reads(
        &chips,
        &["asked of Ayrshare", "Platforms: Instagram", "applied here", "“acme”"],
    );
    assert_reads(&text(&html), &["Asked of Ayrshare"]);
    let before = screen(&apply(
        &loaded(None),
        [Action::QueryTyped("platform:instagram".to_owned())],
    ));
    assert!(between(&before, "data-action=\"ask-api\"", ">").contains("aria-pressed=\"false\""));
    let all = screen(&apply(
        &loaded(Some(End::Complete)),
        [Action::QueryTyped("platform:instagram".to_owned())],
    ));
    assert!(!all.contains("data-action=\"ask-api\""), "everything is here already");
}

#[test]
fn problems_are_counted_whatever_else_is_asked() {
    let html = asked(None, "Ann");
    let presets = between(&html, "data-testid=\"presets\"", "</section>");
    assert_reads(
        &text(presets),
        &[
            "Needs attention",
            "Everything urgent",
            "1",
            "Suspended",
            "1",
            "No accounts",
            "1",
        ],
    );
    assert!(
        !presets.contains("data-preset=\"quota\""),
        "a problem that nobody has is not offered"
    );
    let chosen = asked(None, "status:suspended");
    assert!(between(&chosen, "data-preset=\"suspended\"", ">").contains("aria-pressed=\"true\""));
}

#[test]
fn a_word_is_marked_where_it_stands_and_its_field_is_named_if_it_is_not_on_the_card() {
    let html = asked(None, "bo");
    assert!(html.contains("<mark>Bo</mark>b"), "{html}");
    let record =
        r#"{"id":"i","full_name":"Ida","website":"https://acme.example","emails":[{"email_id":"secret@x.example"}]}"#;
    let found = |word: &str| {
        let state = with("insightiq", &[record]);
        let html = screen(&apply(&state, [Action::QueryTyped(word.to_owned())]));
        text(between(&html, "data-slot=\"found\"", "</p>"))
    };
    assert_reads(&found("acme"), &["Found in Website: ", "acme"]);
    let personal = found("secret");
    assert_reads(&personal, &["Found in E-mail: "]);
    assert!(!personal.contains("secret"), "personal data is named and not shown");
}

#[test]
fn three_ways_count_who_is_left_out() {
    let state = apply(&loaded(None), [Action::FacetFolded(Field::Byok, true)]);
    let html = screen(&state);
    let seen = facet(&html, "byok");
    assert_reads(&seen, &["Own X key (BYOK)", "Any", "No eligible platform", "3"]);
    let chosen = screen(&apply(
        &state,
        [Action::Chosen(Choice::Presence(Field::Platform, Some(false)))],
    ));
    assert!(between(&chosen, "data-way=\"none\"", ">").contains("aria-pressed=\"true\""));
    assert_reads(
        &text(between(&chosen, "<main", "</main>")),
        &["without Platforms", "1 of 4 loaded"],
    );
}

#[test]
fn a_value_can_be_excluded_and_a_chip_says_so() {
    let not = Action::Chosen(Choice::Excluded(Field::Platform, Match::Is("tiktok".to_owned())));
    let html = screen(&apply(&loaded(None), [not]));
    assert_reads(
        &text(between(&html, "<main", "</main>")),
        &["Platform is not TikTok", "3 of 4 loaded"],
    );
    assert!(between(&html, "data-exclude=\"tiktok\"", ">").contains("aria-pressed=\"true\""));
}
