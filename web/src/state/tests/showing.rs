//! How the list is shown is a part of the state, of the link, and of what is kept.

use super::*;
use crate::table;
use crate::view::{Density, Tab};

fn followed(state: &Rc<State>, fragment: &str) -> Rc<State> {
    reduced(state, [Action::LinkFollowed(Link::parse(fragment), None)])
}

#[test]
fn columns_come_from_the_link_else_from_what_is_kept_else_they_are_the_usual_ones() {
    let kept = Action::SettingsRead(Settings {
        columns: Some(vec![Field::Quota]),
        ..Settings::default()
    });
    let state = reduced(&Rc::default(), [kept]);
    assert_eq!(*followed(&state, "").columns, [Field::Quota]);
    assert_eq!(
        *followed(&state, "columns=status,email").columns,
        [Field::Status, Field::Email]
    );
    assert_eq!(*followed(&Rc::default(), "").columns, table::USUAL);
}

#[test]
fn chosen_columns_are_kept_and_the_usual_ones_need_not_be() {
    let state = reduced(&Rc::default(), [Action::ColumnsChosen(vec![Field::Quota])]);
    assert_eq!(state.settings.columns, Some(vec![Field::Quota]));
    assert_eq!(state.link().columns, Some(vec![Field::Quota]));
    let usual = reduced(&state, [Action::ColumnsChosen(table::USUAL.to_vec())]);
    assert_eq!((usual.settings.columns.clone(), usual.link().columns), (None, None));
    let again = usual.clone().reduce(Action::ColumnsChosen(table::USUAL.to_vec()));
    assert!(Rc::ptr_eq(&again, &usual), "nothing has changed");
}

#[test]
fn another_grouping_unfolds_everything_and_is_a_step_to_go_back_from() {
    let grouped = reduced(
        &Rc::default(),
        [
            Action::GroupChosen(Some(Field::Source)),
            Action::GroupFolded("upsun".to_owned()),
        ],
    );
    assert_eq!((grouped.folded.len(), grouped.n_steps), (1, 1));
    assert_eq!(grouped.link().to_fragment(), "group=source&fold=upsun");
    let other = reduced(&grouped, [Action::GroupChosen(Some(Field::Status))]);
    assert_eq!((other.folded.len(), other.n_steps), (0, 2));
    let open = reduced(&grouped, [Action::GroupFolded("upsun".to_owned())]);
    assert!(open.folded.is_empty());
}

#[test]
fn pictures_are_a_step_and_the_way_back_leads_to_the_list() {
    let charts = reduced(&Rc::default(), [Action::TabChosen(Tab::Charts)]);
    assert_eq!(
        (charts.link().to_fragment().as_str(), charts.n_steps),
        ("tab=charts", 1)
    );
    assert_eq!(followed(&charts, "").tab, Tab::Profiles);
}

#[test]
fn a_window_of_the_same_width_class_changes_nothing() {
    let wide: Rc<State> = Rc::default();
    assert!(Rc::ptr_eq(&wide.clone().reduce(Action::WidthFound(false)), &wide));
    let narrow = reduced(&wide, [Action::WidthFound(true), Action::DensityChosen(Density::Dense)]);
    assert_eq!(
        (narrow.settings.is_narrow, narrow.settings.density),
        (true, Density::Dense)
    );
}

#[test]
fn who_goes_back_to_an_open_profile_on_a_narrow_page_has_the_focus_in_it() {
    let wide: Rc<State> = Rc::default();
    assert_eq!(followed(&wide, "open=upsun:u1").focus, wide.focus, "nothing is covered");
    let narrow = reduced(&wide, [Action::WidthFound(true)]);
    let open = followed(&narrow, "open=upsun:u1");
    assert_eq!(open.focus, (1, DRAWER_TITLE_ID.to_owned()));
    let left = followed(&open, "");
    assert_eq!(left.focus.1, "open-upsun:u1", "the way back leads to its card");
    assert_eq!(followed(&left, "view=table").focus, left.focus);
}
