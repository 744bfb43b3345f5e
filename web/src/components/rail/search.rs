//! A box to search among many values.

use roster_index::Field;
use yew::{Callback, Html, InputEvent, Properties, TargetCast, component, html};

use crate::texts;

/// Properties of [`Search`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SearchProps {
    /// The field.
    pub(super) field: Field,
    /// What is looked for.
    pub(super) text: String,
    /// Something else is looked for.
    pub(super) on_text: Callback<String>,
}

/// The box. Another answer leaves it alone.
#[component]
pub(super) fn Search(props: &SearchProps) -> Html {
    let on_input = props.on_text.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
        input.map(|input| input.value()).unwrap_or_default()
    });
    let label = texts::search_in(texts::facet(props.field));
    html! {
        <input type="search" class="facet__search" data-testid="facet-search" aria-label={label.clone()} placeholder={label}
            value={props.text.clone()} autocomplete="off" spellcheck="false" oninput={on_input} />
    }
}
