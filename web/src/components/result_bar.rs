//! How much is loaded, and of which source cards are shown.

use yew::{Callback, Html, Properties, component, html};

use crate::shared::Shared;
use crate::source::Source;
use crate::state::Action;
use crate::texts;

/// Properties of [`ResultBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct ResultBarProps {
    /// Every source.
    pub sources: Vec<Shared<Source>>,
    /// The one that is shown; all if `None`.
    pub show: Option<&'static str>,
    /// What happened.
    pub act: Callback<Action>,
}

/// The line above the cards.
#[component]
pub fn ResultBar(props: &ResultBarProps) -> Html {
    let is_shown = |source: &&Source| props.show.is_none_or(|id| id == source.info.id);
    let shown: Vec<&Source> = props.sources.iter().map(|source| &**source).filter(is_shown).collect();
    let n_rows = shown.iter().map(|source| source.roll.len()).sum();
    let choice = |id: Option<&'static str>, title: &'static str| {
        let on_click = props.act.reform(move |_| Action::ShowChosen(id));
        html! {
            <button key={id.unwrap_or("all")} type="button" class="segment" data-show={id.unwrap_or("all")}
                aria-pressed={(props.show == id).to_string()} onclick={on_click}>{ title }</button>
        }
    };
    let each = props
        .sources
        .iter()
        .map(|source| choice(Some(source.info.id), source.info.title));
    html! {
        <div class="result-bar">
            <p class="result-bar__count" data-testid="result-bar">{ texts::loaded(n_rows, &shown) }</p>
            <div class="segments" role="group" aria-label={texts::SHOWN_SOURCES}>
                { for std::iter::once(choice(None, texts::ALL_SOURCES)).chain(each) }
            </div>
        </div>
    }
}
