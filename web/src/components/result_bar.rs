//! How much is loaded and how much of it passes, of which source cards are shown, and in which order.

use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, Properties, TargetCast, component, html};

use crate::index::{Answer, ORDERS};
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
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// The order, by its key.
    pub order: &'static str,
    /// What happened.
    pub act: Callback<Action>,
}

/// The line above the cards.
#[component]
pub fn ResultBar(props: &ResultBarProps) -> Html {
    let is_shown = |source: &&Source| props.show.is_none_or(|id| id == source.info.id);
    let shown: Vec<&Source> = props.sources.iter().map(|source| &**source).filter(is_shown).collect();
    let n_rows = shown.iter().map(|source| source.roll.len()).sum();
    let is_filtered = !props.answer.filter.terms.is_empty();
    let n_found = is_filtered.then_some(props.answer.rows.len());
    let here = is_filtered.then(|| html! { <span class="result-bar__here">{ texts::APPLIED_HERE_MARK }</span> });
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
            <p class="result-bar__count" data-testid="result-bar">
                { texts::found_of(n_found, n_rows, &shown) }{ " " }{ here }
            </p>
            <div class="segments" role="group" aria-label={texts::SHOWN_SOURCES}>
                { for std::iter::once(choice(None, texts::ALL_SOURCES)).chain(each) }
            </div>
            { orders(props) }
        </div>
    }
}

fn orders(props: &ResultBarProps) -> Html {
    let on_change = props.act.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let chosen = select.map(|select| select.value()).unwrap_or_default();
        let known = ORDERS.iter().find(|(key, _)| *key == chosen);
        Action::OrderChosen(known.map_or("", |(key, _)| key))
    });
    let option = |(key, title): &(&'static str, &'static str)| {
        html! { <option value={*key} selected={*key == props.order}>{ *title }</option> }
    };
    html! {
        <label class="order">{ texts::ORDER }
            <select class="order__select" data-testid="order" onchange={on_change}>{ for ORDERS.iter().map(option) }</select>
        </label>
    }
}
