//! What can be chosen: counts of what is loaded, and the filters of every source, from the tables of the APIs.

use yew::{Callback, Html, Properties, component, html};

use super::facets::Facets;
use super::filter_control::FilterControl;
use crate::filters::params;
use crate::icon::Icon;
use crate::index::Answer;
use crate::shared::Shared;
use crate::source::Source;
use crate::state::Action;
use crate::texts;

/// Properties of [`FilterRail`].
#[derive(Clone, PartialEq, Properties)]
pub struct FilterRailProps {
    /// Every source.
    pub sources: Vec<Shared<Source>>,
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// Whether every source is shown.
    pub has_sources: bool,
    /// Whether the controls are to be seen at first.
    pub is_open: bool,
    /// What happened.
    pub act: Callback<Action>,
}

/// The counts, and one group of controls a source; on a narrow screen they fold away.
#[component]
pub fn FilterRail(props: &FilterRailProps) -> Html {
    let n_asked: usize = props.sources.iter().map(|source| source.filters.valid().count()).sum();
    let n_conditions = n_asked + props.answer.conditions.len();
    html! {
        <details class="rail" open={props.is_open}>
            <summary class="rail__summary">{ texts::filters(n_conditions) }</summary>
            <Facets answer={props.answer.clone()} has_sources={props.has_sources} act={&props.act} />
            <p class="rail__legend">{ Icon::Bolt.draw() }{ texts::ASKED_OF_API }</p>
            <div class="rail__groups">{ for props.sources.iter().map(|source| group(source, &props.act)) }</div>
        </details>
    }
}

fn group(source: &Shared<Source>, act: &Callback<Action>) -> Html {
    let controls: Vec<Html> = params(source.route)
        .map(|param| {
            let provider = source.info.id;
            let on_change = act.reform(move |text| Action::FilterChanged {
                provider,
                param: param.name,
                text,
            });
            let entry = source.filters.entry(param.name).cloned();
            html! { <FilterControl key={param.name} {provider} {param} {entry} {on_change} /> }
        })
        .collect();
    let instead = controls
        .is_empty()
        .then(|| html! { <p class="rail__none">{ texts::NO_FILTERS }</p> });
    html! {
        <section key={source.info.id} class="rail__group" aria-label={texts::filters_of(source.info.title)}>
            <h2 class="rail__title">{ source.info.title }</h2>
            <div>{ instead }</div>
            <div class="rail__controls">{ for controls }</div>
        </section>
    }
}
