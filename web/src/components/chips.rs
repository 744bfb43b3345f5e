//! The conditions that are asked, each with a button that takes it back.

use yew::{Callback, Html, Properties, component, html};

use crate::icon::Icon;
use crate::shared::Shared;
use crate::source::Source;
use crate::state::Action;
use crate::texts;

/// Properties of [`Chips`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChipsProps {
    /// Every source.
    pub sources: Vec<Shared<Source>>,
    /// What happened.
    pub act: Callback<Action>,
}

/// One chip a condition, and one button for all.
#[component]
pub fn Chips(props: &ChipsProps) -> Html {
    let chips: Vec<Html> = props
        .sources
        .iter()
        .flat_map(|source| chips_of(source, &props.act))
        .collect();
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
