//! The conditions, each with where it is applied and a button that takes it back.

use std::collections::BTreeSet;

use roster_index::Filter;
use yew::{Callback, Html, Properties, component, html};

use crate::icon::Icon;
use crate::index::{Answer, Condition};
use crate::shared::Shared;
use crate::state::Action;
use crate::texts;

/// Properties of [`Chips`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChipsProps {
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// The sources whose APIs are asked for what they take.
    pub asking: BTreeSet<&'static str>,
    /// What happened.
    pub act: Callback<Action>,
}

/// One chip a condition, and one button for all.
#[component]
pub fn Chips(props: &ChipsProps) -> Html {
    let conditions = &props.answer.conditions;
    let chips = conditions
        .iter()
        .enumerate()
        .map(|(place, one)| chip(place, one, props));
    let on_clear = props.act.reform(|_| Action::FiltersCleared);
    let clear = (!conditions.is_empty()).then(|| {
        html! {
            <button type="button" class="button button--quiet" data-action="clear-all" onclick={on_clear}>
                { texts::clear_all(conditions.len()) }
            </button>
        }
    });
    html! {
        <div class="chips" data-testid="chips">
            <ul class="chips__list" role="list" aria-label={texts::CONDITIONS}>{ for chips }</ul>
            <div>{ clear }</div>
        </div>
    }
}

/// The sources that are asked for this very condition.
fn asked_of(condition: &Condition, asking: &BTreeSet<&'static str>) -> Vec<&'static str> {
    let alone = Filter {
        terms: vec![condition.term.clone()],
    };
    let is_pushed =
        |provider: &&&'static str| roster_index::plan(&alone, provider).is_ok_and(|plan| !plan.pushed.is_empty());
    let titles = asking
        .iter()
        .filter(is_pushed)
        .filter_map(|provider| roster_core::provider(provider));
    titles.map(|provider| provider.info().title).collect()
}

fn chip(place: usize, condition: &Condition, props: &ChipsProps) -> Html {
    let without = condition.without.clone();
    let on_click = props.act.reform(move |_| Action::QueryChosen(without.clone()));
    let sources = asked_of(condition, &props.asking);
    let (class, icon) = match (condition.term.is_negated, sources.is_empty()) {
        (true, _) => ("chip chip--not", Icon::Not),
        (false, true) => ("chip", Icon::Here),
        (false, false) => ("chip chip--asked", Icon::Bolt),
    };
    let applied = texts::applied(&sources, props.answer.n_loaded);
    let text = texts::condition(&condition.term);
    html! {
        <li key={place} class={class} data-testid="chip" data-asked={(!sources.is_empty()).to_string()}>
            <span class="chip__where" title={applied.clone()}>{ icon.draw() }<span class="visually-hidden">{ applied }{ ": " }</span></span>
            <bdi class="chip__text">{ text.clone() }</bdi>
            <button type="button" class="chip__remove" aria-label={texts::remove(&text)} onclick={on_click}>{ Icon::Close.draw() }</button>
        </li>
    }
}
