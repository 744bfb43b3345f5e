//! A button that puts a text on the clipboard and says so, to the eye and to the ear.

use yew::{AttrValue, Html, Properties, classes, component, html, use_state};

use crate::icon::Icon;
use crate::texts::raw::COPIED;

/// Properties of [`CopyButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct CopyButtonProps {
    /// What is copied.
    pub text: AttrValue,
    /// What the button does, in words.
    pub label: AttrValue,
    /// The word beside the icon; the icon alone if `None`.
    #[prop_or_default]
    pub word: Option<AttrValue>,
    /// What it is called in tests.
    #[prop_or_default]
    pub action: Option<AttrValue>,
}

/// Says "Copied", once that is true, until the focus or the pointer leaves it.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let is_done = use_state(|| false);
    let on_click = {
        let (is_done, text) = (is_done.clone(), props.text.clone());
        move |_| {
            let is_done = is_done.clone();
            crate::page::copy_then(&text, move || is_done.set(true));
        }
    };
    let reset = |is_done: &yew::UseStateHandle<bool>| {
        let is_done = is_done.clone();
        move || {
            if *is_done {
                is_done.set(false);
            }
        }
    };
    let (left, blurred) = (reset(&is_done), reset(&is_done));
    let icon = if *is_done { Icon::Check } else { Icon::Copy };
    let class = if props.word.is_some() {
        classes!("button", "button--small")
    } else {
        classes!("icon-button")
    };
    html! {
        <span class="copy">
            <button type="button" {class} aria-label={props.label.clone()} title={props.label.clone()} data-action={props.action.clone()}
                onclick={on_click} onmouseleave={move |_| left()} onblur={move |_| blurred()}>
                { icon.draw() }<span>{ props.word.clone() }</span>
            </button>
            <span class="copy__done" role="status">{ if *is_done { COPIED } else { "" } }</span>
        </span>
    }
}
