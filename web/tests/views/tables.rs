//! The list as a table: a native one, with what a person chose as columns, and heads that sort.

use std::rc::Rc;

use roster_index::Field;
use roster_web::index::order;
use roster_web::state::{Action, State};
use roster_web::view::View;

use crate::stage::{apply, between, screen, text, with};

fn shown(actions: impl IntoIterator<Item = Action>) -> String {
    let state = with(
        "insightiq",
        &[
            r#"{"id":"i1","full_name":"Bo <b>","is_verified":true,"reputation":{"follower_count":78976},"emails":[{"email_id":"bo@x.example"}]}"#,
            r#"{"id":"i2","platform_username":"ann"}"#,
        ],
    );
    let table = apply(&state, [Action::ViewChosen(View::Table)]);
    let state: Rc<State> = apply(&table, actions);
    screen(&state)
}

fn row<'a>(html: &'a str, key: &str) -> &'a str {
    between(html, &format!("data-key=\"{key}\""), "</tr>")
}

#[test]
fn it_is_a_native_table_that_tells_its_size_and_the_place_of_each_row() {
    let html = shown([]);
    let table = between(&html, "<table", "</table>");
    assert!(table.contains("aria-rowcount=\"3\""), "two profiles and the head");
    assert!(row(&html, "insightiq:i1").contains("aria-rowindex=\"2\""));
    assert!(
        row(&html, "insightiq:i2").contains("scope=\"row\""),
        "the name heads its row"
    );
    assert_eq!(
        table.matches("scope=\"col\"").count(),
        7,
        "the name and the usual columns"
    );
}

#[test]
fn a_cell_has_the_value_or_the_reason_why_there_is_none_and_nothing_is_markup() {
    let html = shown([]);
    let first = text(row(&html, "insightiq:i1"));
    assert!(first.contains("Bo <b>") && first.contains("78,976"), "{first}");
    let second = text(row(&html, "insightiq:i2"));
    assert!(
        second.contains("ann") && second.contains("not set") && second.contains("not in this API"),
        "{second}"
    );
}

#[test]
fn a_person_s_columns_stand_in_their_order_and_private_life_is_masked() {
    let html = shown([Action::ColumnsChosen(vec![Field::Email, Field::Verified])]);
    let head = text(between(&html, "<thead", "</thead>"));
    let places = ["Title", "E-mail", "Verified"].map(|title| head.find(title).unwrap());
    assert!(places.is_sorted() && !head.contains("Followers"), "{head}");
    let first = text(row(&html, "insightiq:i1"));
    assert!(
        first.contains("b••••@x.example") && !first.contains("bo@x.example"),
        "{first}"
    );
    assert!(html.contains("Columns (2)"));
}

#[test]
fn the_head_of_the_first_key_says_how_it_sorts_and_further_keys_say_their_place() {
    let html = shown([Action::OrderChosen(order("-followers,status"))]);
    let head = between(&html, "<thead", "</thead>");
    assert_eq!(head.matches("aria-sort").count(), 1, "one head at a time");
    assert!(between(head, "data-column=\"followers\"", "</th>").len() > 1);
    let followers = head.split("<th").find(|one| one.contains("\"followers\"")).unwrap();
    assert!(followers.contains("aria-sort=\"descending\""), "{followers}");
    let status = head.split("<th").find(|one| one.contains("\"status\"")).unwrap();
    assert!(text(status).contains("sort key 2, ascending"), "{status}");
}

#[test]
fn the_chooser_is_there_with_the_table_and_only_then() {
    assert!(shown([]).contains("popovertarget=\"columns\""));
    assert!(!shown([Action::ViewChosen(View::Cards)]).contains("data-action=\"columns\""));
}
