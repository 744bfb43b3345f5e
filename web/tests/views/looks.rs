//! The five looks of a list (empty, loading, failed, truncated, ready), and the controls around it.

use std::rc::Rc;

use roster_core::{End, ErrorKind, Progress};
use roster_web::intake::Taken;
use roster_web::origin::Origin;
use roster_web::source::{Goal, LoadEvent, Wait};
use roster_web::state::{Action, State};

use crate::stage::{
    Event, NOW, apply, assert_reads, began, between, hear, html, opened, page, screen, text, upstream, with,
};

/// The row of a source.
fn row(html: &str, provider: &str) -> String {
    between(html, &format!("data-source=\"{provider}\""), "</li>").to_owned()
}

fn actions(row: &str) -> Vec<&str> {
    row.match_indices("data-action=\"")
        .map(|(at, start)| row[at + start.len()..].split('"').next().unwrap())
        .collect()
}

#[test]
fn loading_shows_outlines_and_says_whom_it_asks() {
    let html = screen(&hear(&opened(), "upsun", [began("upsun")]));
    assert!(html.contains("class=\"skeleton\""));
    let row = row(&html, "upsun");
    assert_reads(&text(&row), &["Upsun", "Asking Upsun for the first profiles…", "Stop"]);
    assert!(row.contains("data-state=\"loading\""));
}

#[test]
fn ready_says_what_is_there_and_offers_more() {
    let html = screen(&with("insightiq", &[r#"{"id":"a"}"#, r#"{"id":"b"}"#]));
    let row = row(&html, "insightiq");
    assert_reads(&text(&row), &["2 profiles so far. More are available."]);
    assert_eq!(actions(&row), ["load-more", "load-all"]);
    assert_reads(&text(&html), &["2 loaded · more available", "All 2 shown."]);
}

#[test]
fn a_total_is_told_only_where_the_api_tells_one() {
    let so_far = |total| {
        let progress = Progress {
            n_pages: 1,
            n_items: 1,
            total,
        };
        let taken = Taken {
            n_added: 1,
            ..Taken::default()
        };
        let loaded = LoadEvent::PageLoaded {
            taken,
            freshness: None,
            progress,
            budget: None,
        };
        let state = hear(&opened(), "upsun", [began("upsun"), loaded.into()]);
        text(&row(&screen(&state), "upsun"))
    };
    assert_reads(&so_far(Some(2400)), &["1 of 2,400 profiles (0 %).", "1 page"]);
    assert_reads(&so_far(None), &["1 profile so far. More are coming."]);
}

#[test]
fn failed_keeps_the_cards_and_offers_the_one_page() {
    let state = hear(
        &with("insightiq", &[r#"{"id":"a"}"#]),
        "insightiq",
        [LoadEvent::LoadFailed(upstream("it broke")).into()],
    );
    let html = screen(&state);
    let row = row(&html, "insightiq");
    assert_eq!(actions(&row), ["retry"]);
    let seen = text(&row);
    assert_reads(
        &seen,
        &[
            "Retry page 2",
            "InsightIQ has a problem on its side (503). 1 profile is kept.",
            "it broke",
            "Details",
            "503",
            "E-17",
            "req-1",
            "Copy report",
        ],
    );
    assert!(html.contains("data-key=\"insightiq:a\""), "the card stays");
}

#[test]
fn truncated_is_told_apart_from_complete() {
    let ended = |end| {
        let state = hear(
            &with("upsun", &[r#"{"id":"a"}"#]),
            "upsun",
            [LoadEvent::Rested(Some(end)).into()],
        );
        row(&screen(&state), "upsun")
    };
    let truncated = ended(End::Truncated);
    assert_reads(
        &text(&truncated),
        &["Stopped at this page's limit of 1 profile; the API has more."],
    );
    assert_eq!(actions(&truncated), ["continue"]);
    let complete = ended(End::Complete);
    assert_reads(&text(&complete), &["The only profile loaded"]);
    assert_eq!(actions(&complete), ["refresh"]);
    assert!(complete.contains("data-state=\"done\""));
}

#[test]
fn empty_says_whether_the_account_or_the_question_is() {
    let complete: Event = LoadEvent::Rested(Some(End::Complete)).into();
    let bare = hear(
        &opened(),
        "ayrshare",
        [began("ayrshare"), page("ayrshare", &[]), complete.clone()],
    );
    let idle = |state: &Rc<State>, provider: &'static str| {
        let none = [began(provider), page(provider, &[]), LoadEvent::Rested(None).into()];
        hear(state, provider, none)
    };
    let bare = idle(&idle(&bare, "insightiq"), "upsun");
    assert_reads(
        &text(&screen(&bare)),
        &["Ayrshare answered: there are no profiles. The primary profile itself is never listed."],
    );
    let asked = apply(
        &opened(),
        [
            Action::QueryTyped("byok:linked".to_owned()),
            Action::AskingChosen("ayrshare", true),
        ],
    );
    let query = asked.queries().remove(0);
    let events = [LoadEvent::Began(query).into(), page("ayrshare", &[]), complete];
    let asked = idle(&idle(&hear(&asked, "ayrshare", events), "insightiq"), "upsun");
    assert_reads(
        &text(&screen(&asked)),
        &["Ayrshare returned none for: Own X key (BYOK). This was asked of the API, so it covers all profiles."],
    );
}

#[test]
fn a_rate_limit_counts_down_in_words_and_other_waits_say_which_try_it_is() {
    let wait = |kind| {
        LoadEvent::Waited(Wait {
            until: NOW.plus_ms(7000),
            attempt: 1,
            of: 3,
            error: roster_core::Error::new(kind, "x"),
        })
    };
    let waiting = |kind| {
        let events = [LoadEvent::Resumed(Goal::All).into(), wait(kind).into()];
        row(
            &screen(&hear(&with("upsun", &[r#"{"id":"a"}"#]), "upsun", events)),
            "upsun",
        )
    };
    let limited = waiting(ErrorKind::RateLimited);
    assert_reads(
        &text(&limited),
        &["Upsun asks us to wait 7 s. We continue by ourselves. 1 profile is safe."],
    );
    assert_eq!(actions(&limited), ["cancel"]);
    assert_reads(
        &text(&waiting(ErrorKind::Upstream)),
        &["Page 2 did not arrive. Trying again (2 of 3)."],
    );
}

#[test]
fn repeats_are_merged_and_told_and_unreadable_records_are_listed() {
    let records = [r#"{"id":"a"}"#, r#"{"id":"a"}"#, r#"{"id":"b"}"#, "7"];
    let state = hear(
        &with("upsun", &records),
        "upsun",
        [LoadEvent::Rested(Some(End::Complete)).into()],
    );
    let seen = text(&row(&screen(&state), "upsun"));
    assert_reads(
        &seen,
        &[
            "All 2 profiles loaded",
            "1 arrived twice and were merged.",
            "1 record has a form we do not know.",
            "profiles[3]",
        ],
    );
}

#[test]
fn the_ribbon_shows_exactly_while_everything_is_invented() {
    assert!(screen(&opened()).contains("data-testid=\"demo-ribbon\""));
    let live = Origin {
        proxy: Some("api/v1".to_owned()),
        sources: vec![roster_core::Source::default()],
        note: Some("config.json, line 2: broken. Started without it.".to_owned()),
    };
    let html = screen(&apply(&opened(), [Action::OriginFound(Rc::new(live))]));
    assert!(!html.contains("demo-ribbon"));
    assert_reads(&text(&html), &["config.json, line 2: broken. Started without it."]);
}

#[test]
fn a_report_names_parameters_and_never_their_values() {
    let typed = Action::QueryTyped("user-id:jane@private.example".to_owned());
    let state = apply(&opened(), [typed, Action::AskingChosen("insightiq", true)]);
    let query = state.queries().remove(1);
    let failed = [
        LoadEvent::Began(query).into(),
        LoadEvent::LoadFailed(upstream("x")).into(),
    ];
    let state = hear(&state, "insightiq", failed);
    let panel = between(&screen(&state), "data-testid=\"error\"", "</details>").to_owned();
    assert_reads(&text(&panel), &["GET insightiq/profiles?user_id=… (page 1)"]);
    assert!(!panel.contains("jane@private"));
}

#[test]
fn a_load_that_had_come_further_before_the_page_was_reloaded_can_be_gone_on_with() {
    let state = hear(
        &with("ayrshare", &[r#"{"refId":"a"}"#]),
        "ayrshare",
        [LoadEvent::PlaceFound(2400).into()],
    );
    let row = row(&screen(&state), "ayrshare");
    assert_reads(
        &text(&row),
        &[
            "Before this page was reloaded, 2,400 profiles had come.",
            "Go on after 2,400",
        ],
    );
    assert_eq!(actions(&row), ["load-more", "load-all", "go-on"]);
}

#[test]
fn a_component_with_nothing_to_show_draws_an_element_all_the_same() {
    use roster_web::components::{FactList, FactListProps, SafeLink, SafeLinkProps};
    let facts = FactListProps {
        block: roster_web::look::Block::default(),
        now: NOW,
    };
    for drawn in [
        html::<FactList>(facts),
        html::<SafeLink>(SafeLinkProps { href: "".into() }),
    ] {
        assert!(drawn.starts_with('<'), "{drawn:?}");
    }
}
