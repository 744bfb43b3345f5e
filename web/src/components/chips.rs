//! The conditions that are asked of the APIs and of what is loaded, each with a button that takes it back.

use yew::{Callback, Html, Properties, component, html};

use crate::icon::Icon;
use crate::index::{Answer, Condition};
use crate::shared::Shared;
use crate::source::Source;
use crate::state::Action;
use crate::texts;

/// Properties of [`Chips`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChipsProps {
    /// Every source.
    pub sources: Vec<Shared<Source>>,
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// What happened.
    pub act: Callback<Action>,
}

/// One chip a condition, and one button for all.
#[component]
pub fn Chips(props: &ChipsProps) -> Html {
    let asked = props.sources.iter().flat_map(|source| chips_of(source, &props.act));
    let conditions = props.answer.conditions.iter().enumerate();
    let here = conditions.map(|(place, condition)| chip_here(place, condition, &props.act));
    let chips: Vec<Html> = asked.chain(here).collect();
    let n_chips = chips.len();
    let on_clear = props.act.reform(|_| Action::FiltersCleared);
    let clear = (n_chips > 0).then(|| {
        html! {
            <button type="button" class="button button--quiet" data-action="clear-all" onclick={on_clear}>
                { texts::clear_all(n_chips) }
            </button>
        }
    });
    html! {
        <div class="chips" data-testid="chips">
            <ul class="chips__list">{ for chips }</ul>
            <div>{ clear }</div>
        </div>
    }
}

fn chips_of(source: &Shared<Source>, act: &Callback<Action>) -> Vec<Html> {
    let chip = |(name, value): (&'static str, &str)| {
        let (param, provider) = (source.route.param(name)?, source.info.id);
        let text = format!(
            "{} · {}: {}",
            source.info.title,
            param.title,
            texts::filter_value(param, value)
        );
        let on_click = act.reform(move |_| Action::FilterChanged {
            provider,
            param: name,
            text: String::new(),
        });
        Some(html! {
            <li key={format!("{provider}.{name}")} class="chip">
                <bdi class="chip__text">{ &text }</bdi>
                <button type="button" class="chip__remove" aria-label={texts::remove(&text)} onclick={on_click}>{ Icon::Close.draw() }</button>
            </li>
        })
    };
    source.filters.valid().filter_map(chip).collect()
}

/// A condition of the query, as it was written.
fn chip_here(place: usize, condition: &Condition, act: &Callback<Action>) -> Html {
    let without = condition.without.clone();
    let on_click = act.reform(move |_| Action::QueryTyped(without.clone()));
    html! {
        <li key={format!("here.{place}")} class="chip chip--here" data-testid="chip-here">
            <bdi class="chip__text">{ &condition.text }</bdi>
            <button type="button" class="chip__remove" aria-label={texts::remove(&condition.text)} onclick={on_click}>{ Icon::Close.draw() }</button>
        </li>
    }
}
