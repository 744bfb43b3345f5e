//! What the page says where something outside of it is in the way: the proxy, the network, the clipboard, an API.

use std::rc::Rc;

use roster_core::{Error, ErrorKind};
use roster_web::origin::Outage;
use roster_web::source::LoadEvent;
use roster_web::state::{Action, Connection, Settings};

use crate::stage::{apply, assert_reads, between, hear, opened, screen, text};

/// The page after its proxy could not be reached.
fn outage(proxy: &str, page: &str) -> String {
    let read = Action::SettingsRead(Settings {
        page_address: page.to_owned(),
        ..Default::default()
    });
    let failed = Action::OriginFailed(Outage {
        error: Error::new(ErrorKind::Network, "Failed to fetch"),
        proxy: Some(proxy.to_owned()).filter(|proxy| !proxy.is_empty()),
    });
    screen(&apply(&Rc::default(), [read, failed]))
}

#[test]
fn a_proxy_that_does_not_answer_is_one_error_with_a_way_to_try_again() {
    let html = outage("", "https://viewer.example/#x");
    assert_reads(
        &text(&html),
        &[
            "The proxy at viewer.example did not answer (Failed to fetch).",
            "Try again",
        ],
    );
    assert!(!html.contains("class=\"skeleton\""), "nothing is coming");
}

#[test]
fn a_proxy_of_another_origin_may_have_to_know_the_page() {
    let page = "http://viewer.example:8080/sub/";
    let beside = text(&outage("/api/v1", page));
    assert_reads(
        &beside,
        &["The proxy at viewer.example:8080 did not answer (Failed to fetch)."],
    );
    assert!(!beside.contains("Copy setting"));
    assert_reads(
        &text(&outage("https://proxy.example:8443/api/v1", page)),
        &[
            "The proxy at proxy.example:8443 did not answer, or does not let this page read",
            "this page (http://viewer.example:8080) is not on its list",
            "allowed_origins = [\"http://viewer.example:8080\"]",
            "Copy setting",
        ],
    );
    let mixed = text(&outage("http://proxy.example/api/v1", "https://viewer.example/"));
    assert_reads(
        &mixed,
        &["This page is secure and the proxy is not, so the browser blocks it."],
    );
    assert!(!mixed.contains("Copy setting"));
}

#[test]
fn without_a_network_the_page_says_so_and_how_old_what_is_shown_is() {
    let state = apply(&opened(), [Action::ConnectionHeard(Connection::Offline)]);
    assert_reads(
        &text(&screen(&state)),
        &["You are offline.", "Loading goes on by itself."],
    );
    let again = apply(&state, [Action::ConnectionHeard(Connection::Online)]);
    assert!(!screen(&again).contains("offline-note"));
    assert_reads(&text(&screen(&again)), &["You are online again."]);
}

#[test]
fn what_the_browser_refused_to_copy_is_shown() {
    let state = apply(&opened(), [Action::CopyRefused(Some("an id".to_owned()))]);
    let html = screen(&state);
    let dialog = between(&html, "data-testid=\"uncopied\"", "</dialog>");
    assert_reads(&text(dialog), &["Copying was refused", "an id"]);
    let closed = apply(&state, [Action::CopyRefused(None)]);
    assert!(!screen(&closed).contains("data-testid=\"uncopied\""));
}

#[test]
fn a_condition_that_an_api_refuses_can_be_taken_back_from_it() {
    let typed = Action::QueryTyped("user-id:jane@private.example".to_owned());
    let state = apply(&opened(), [typed, Action::AskingChosen("insightiq", true)]);
    let query = state.queries().remove(1);
    let refused = Error::new(ErrorKind::InvalidQuery, "unknown field");
    let hear_of = |query| {
        let failed = [
            LoadEvent::Began(query).into(),
            LoadEvent::LoadFailed(refused.clone()).into(),
        ];
        screen(&hear(&state, "insightiq", failed))
    };
    assert_reads(&text(&hear_of(query)), &["Remove condition (user_id)"]);
    let plain = opened().queries().remove(1);
    assert!(
        !hear_of(plain).contains("data-action=\"unask\""),
        "nothing was asked that could be taken back"
    );
}
