//! The place of what lies over the page: a dialog of the browser's own, which keeps the focus inside and closes with
//! Escape.

use yew::{Callback, Children, Event, Html, Properties, component, html};

use crate::icon::Icon;
use crate::state::{Action, SHEET_TITLE_ID};
use crate::texts;

/// Id of the dialog.
pub const SHEET_ID: &str = "sheet";

/// Properties of [`SheetPlace`].
#[derive(Clone, PartialEq, Properties)]
pub struct SheetPlaceProps {
    /// Its heading.
    pub title: String,
    /// Its word for tests and styles.
    pub kind: &'static str,
    /// What happened.
    pub act: Callback<Action>,
    /// What stands in it.
    pub children: Children,
}

/// A sheet with its heading and the button that takes it off.
#[component]
pub fn SheetPlace(props: &SheetPlaceProps) -> Html {
    let on_close = props.act.reform(|_: Event| Action::SheetShown(None));
    let on_click = props.act.reform(|_| Action::SheetShown(None));
    html! {
        <dialog id={SHEET_ID} class={["sheet sheet--", props.kind].concat()} aria-labelledby={SHEET_TITLE_ID} data-testid={props.kind} onclose={on_close}>
            <div class="sheet__head">
                <h2 id={SHEET_TITLE_ID} class="sheet__title" tabindex="-1"><bdi>{ props.title.clone() }</bdi></h2>
                <button type="button" class="icon-button" data-action="close-sheet" aria-label={texts::CLOSE} onclick={on_click}>{ Icon::Close.draw() }</button>
            </div>
            <div class="sheet__body">{ props.children.clone() }</div>
        </dialog>
    }
}
