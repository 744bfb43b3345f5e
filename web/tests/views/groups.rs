//! The list in groups: a head with its count for each, in every drawing of the list.

use roster_index::Field;
use roster_web::state::Action;
use roster_web::url::Link;
use roster_web::view::View;

use crate::stage::{apply, between, screen, text, with};

const RECORDS: [&str; 3] = [
    r#"{"refId":"a","title":"Ann","activeSocialAccounts":["instagram","tiktok"]}"#,
    r#"{"refId":"b","title":"Bob","activeSocialAccounts":["instagram"]}"#,
    r#"{"refId":"c","title":"Cy","activeSocialAccounts":[]}"#,
];

fn shown(actions: impl IntoIterator<Item = Action>) -> String {
    let grouped = apply(
        &with("ayrshare", &RECORDS),
        [Action::GroupChosen(Some(Field::Platform))],
    );
    screen(&apply(&grouped, actions))
}

fn heads(html: &str) -> Vec<String> {
    let heads = html.split("class=\"group__head\"").skip(1);
    heads
        .map(|head| text(between(head, ">", "</h2>")).replace('|', "").trim().to_owned())
        .collect()
}

#[test]
fn each_group_has_a_head_with_its_count_in_every_drawing() {
    for view in View::ALL {
        let html = shown([Action::ViewChosen(view)]);
        assert_eq!(
            heads(&html),
            ["Instagram 2", "TikTok 1", "No accounts connected 1"],
            "{view:?}"
        );
        assert_eq!(
            html.matches("data-key=\"ayrshare:a\"").count(),
            2,
            "it stands in both groups"
        );
    }
}

#[test]
fn places_run_through_all_groups_and_no_id_is_given_twice() {
    let html = shown([]);
    for place in 0..4 {
        assert_eq!(html.matches(&format!("data-place=\"{place}\"")).count(), 1, "{place}");
    }
    let ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert!(
        distinct.len() == ids.len() && distinct.contains("slot-1-0") && distinct.contains("slot-2-0"),
        "{ids:?}"
    );
    assert!(html.contains("aria-setsize=\"4\""));
}

#[test]
fn a_folded_group_keeps_its_head_and_is_part_of_the_link() {
    let html = shown([Action::GroupFolded("instagram".to_owned())]);
    assert_eq!(heads(&html).len(), 3);
    assert_eq!(
        html.matches("data-key=\"ayrshare:b\"").count(),
        0,
        "Bob is in the folded group only"
    );
    assert_eq!(
        html.matches("aria-expanded=\"false\" aria-controls=\"group-0\"")
            .count(),
        1
    );
    let state = apply(
        &with("ayrshare", &RECORDS),
        [
            Action::GroupChosen(Some(Field::Platform)),
            Action::GroupFolded("instagram".to_owned()),
        ],
    );
    assert_eq!(state.link().to_fragment(), "group=platform&fold=instagram");
    let followed = apply(
        &with("ayrshare", &RECORDS),
        [Action::LinkFollowed(Link::parse("group=platform&fold=instagram"), None)],
    );
    assert_eq!(heads(&screen(&followed)), heads(&html));
}
