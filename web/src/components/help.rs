//! The keyboard map, and the switch for single letters.

use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, Properties, TargetCast, component, html};

use crate::keys::KEYS;
use crate::state::{Action, HELP_TITLE_ID};
use crate::texts;

/// Id of the dialog.
pub const HELP_ID: &str = "help";

/// Properties of [`Help`].
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// Whether it is open.
    pub is_open: bool,
    /// Whether single letters are commands.
    pub has_keys: bool,
    /// What happened.
    pub act: Callback<Action>,
}

/// A dialog of the browser's own: it keeps the focus inside, and Escape closes it.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let on_close = props.act.reform(|_: Event| Action::HelpShown(false));
    html! {
        <div class="help-place">
            { props.is_open.then(|| html! {
                <dialog id={HELP_ID} class="help" aria-labelledby={HELP_TITLE_ID} data-testid="help" onclose={on_close}>{ body(props) }</dialog>
            }) }
        </div>
    }
}

fn body(props: &HelpProps) -> Html {
    let on_keys = props.act.reform(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        Action::KeysChosen(input.is_none_or(|input| input.checked()))
    });
    let row = |key: &crate::keys::Key| {
        html! { <tr key={key.key}><th scope="row"><kbd>{ key.key }</kbd></th><td>{ key.does }</td></tr> }
    };
    html! {
        <div>
            <h2 id={HELP_TITLE_ID} class="help__title" tabindex="-1">{ texts::KEYBOARD }</h2>
            <table class="help__keys"><tbody>{ for KEYS.iter().map(row) }</tbody></table>
            <label class="help__switch"><input type="checkbox" data-testid="keys-switch" checked={props.has_keys} onchange={on_keys} />{ texts::LETTER_KEYS }</label>
            <button type="button" class="button button--accent" data-action="close-help" onclick={props.act.reform(|_| Action::HelpShown(false))}>{ texts::CLOSE }</button>
        </div>
    }
}
