//! What the browser refused to copy, to be copied by hand.

use web_sys::HtmlTextAreaElement;
use yew::{Callback, Event, FocusEvent, Html, Properties, TargetCast, component, html};

use crate::state::{Action, UNCOPIED_TITLE_ID};
use crate::texts;

/// Id of the dialog.
pub const UNCOPIED_ID: &str = "uncopied";

/// Properties of [`Uncopied`].
#[derive(Clone, PartialEq, Properties)]
pub struct UncopiedProps {
    /// The text, if there is one.
    pub text: Option<String>,
    /// What happened.
    pub act: Callback<Action>,
}

/// A dialog with the text, which is selected as soon as it has the focus.
#[component]
pub fn Uncopied(props: &UncopiedProps) -> Html {
    html! {
        <div class="sheet-place">{ props.text.as_ref().map(|text| dialog(text, &props.act)) }</div>
    }
}

fn dialog(text: &str, act: &Callback<Action>) -> Html {
    let on_close = act.reform(|_: Event| Action::CopyRefused(None));
    let on_click = act.reform(|_| Action::CopyRefused(None));
    let select = |event: FocusEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            area.select();
        }
    };
    html! {
        <dialog id={UNCOPIED_ID} class="help" aria-labelledby={UNCOPIED_TITLE_ID} data-testid="uncopied" onclose={on_close}>
            <h2 id={UNCOPIED_TITLE_ID} class="help__title">{ texts::raw::REFUSED }</h2>
            <p>{ texts::raw::BY_HAND }</p>
            <p><textarea class="uncopied" readonly={true} autofocus={true} rows="4" aria-label={texts::raw::UNCOPIED} value={text.to_owned()} onfocus={select} /></p>
            <button type="button" class="button button--accent" data-action="close-uncopied" onclick={on_click}>{ texts::CLOSE }</button>
        </dialog>
    }
}
