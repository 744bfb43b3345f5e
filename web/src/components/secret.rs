//! Personal data: masked until asked for.

use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_state};

use crate::look::masked;
use crate::{page, texts};

/// Properties of [`Secret`].
#[derive(Clone, PartialEq, Properties)]
pub struct SecretProps {
    /// What it is, for the button: "E-mail".
    pub label: AttrValue,
    /// The text.
    pub text: AttrValue,
}

/// The text with a button that shows it.
#[component]
pub fn Secret(props: &SecretProps) -> Html {
    let is_shown = use_state(|| false);
    let shown = is_shown.setter();
    use_effect_with((), move |()| {
        let listener = page::Listener::on_mask(Callback::from(move |()| shown.set(false)));
        move || drop(listener)
    });
    let text = if *is_shown {
        props.text.to_string()
    } else {
        masked(&props.text)
    };
    let (word, label) = if *is_shown {
        (texts::HIDE, texts::hide(&props.label))
    } else {
        (texts::SHOW, texts::show(&props.label))
    };
    let on_click = {
        let is_shown = is_shown.clone();
        move |_| is_shown.set(!*is_shown)
    };
    html! {
        <span class="secret">
            <bdi class="secret__text">{ text }</bdi>
            <button type="button" class="button button--small" aria-label={label} onclick={on_click}>{ word }</button>
        </span>
    }
}
