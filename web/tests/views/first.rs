//! The first screen: records as they came, before the whole program is there.

use std::rc::Rc;

use roster_web::first_screen::{FirstScreen, FirstScreenProps};
use roster_web::roll::Row;
use roster_web::screen::Current;
use roster_web::state::{Action, State};
use yew::Callback;

use crate::stage::{apply, assert_reads, began, hear, html, opened, text};

fn drawn(state: &Rc<State>) -> String {
    html::<FirstScreen>(FirstScreenProps {
        state: Current(state.clone()),
        act: Callback::noop(),
        wish: Callback::noop(),
    })
}

#[test]
fn outlines_stand_where_the_first_records_will_be_and_one_can_write_already() {
    let html = drawn(&hear(&opened(), "upsun", [began("upsun")]));
    assert_eq!(html.matches("class=\"skeleton\"").count(), 9);
    assert!(
        html.contains("id=\"query\"") && html.contains("data-action=\"theme\""),
        "{html}"
    );
    assert_reads(&text(&html), &["Asking Upsun for the first profiles…", "Stop"]);
}

#[test]
fn the_first_records_are_the_cards_that_the_list_has_and_a_hostile_name_is_text() {
    let record = r#"{"id":"a","display_name":"<img src=x onerror=alert(1)>"}"#;
    let row = Row::new("upsun:a", record).unwrap();
    let html = drawn(&apply(&opened(), [Action::FirstCame(vec![row])]));
    assert!(!html.contains("class=\"skeleton\"") && !html.contains("<img"), "{html}");
    for part in [
        "data-key=\"upsun:a\"",
        "data-action=\"open\"",
        "&lt;img src=x onerror=alert(1)&gt;",
    ] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
}

#[test]
fn a_check_that_is_wanted_before_anything_can_ask_is_kept_and_its_button_says_so() {
    let record = r#"{"refId":"a","title":"Acme"}"#;
    let row = Row::new("ayrshare:a", record).unwrap();
    let state = apply(&opened(), [Action::FirstCame(vec![row])]);
    assert_reads(&text(&drawn(&state)), &["Acme", "Health not checked", "Check"]);
    let state = apply(&state, [Action::CheckWanted("ayrshare:a".to_owned())]);
    assert_reads(&text(&drawn(&state)), &["Acme", "Health not checked", "Asking…"]);
    assert_eq!(state.beginning.checks, ["ayrshare:a"]);
}
