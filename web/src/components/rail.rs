//! What can be chosen beside the list: problems first, then every field that a loaded profile has.

mod group;
mod places;
mod range;
mod search;
mod value;
mod values;
mod ways;

use std::collections::BTreeMap;

use roster_index::{Facet, Field, Filter};
use yew::{Callback, Html, Properties, component, html};

use self::group::Group;
use crate::index::Answer;
use crate::rail::{Preset, is_open};
use crate::shared::Shared;
use crate::state::Action;
use crate::{page, texts};

/// Id of the rail's heading, which takes the focus.
pub const RAIL_ID: &str = "filters";

/// Properties of [`Rail`].
#[derive(Clone, PartialEq, Properties)]
pub struct RailProps {
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// The query as written.
    pub query: String,
    /// The fields that any profile has.
    pub fields: Shared<Vec<Field>>,
    /// The problems, with the number of profiles that have them.
    pub presets: Shared<Vec<(Preset, usize)>>,
    /// How many profiles are worth a look, for whatever reason.
    pub n_urgent: usize,
    /// Whether the list stands by urgency.
    pub is_by_urgency: bool,
    /// Groups that a person folded or unfolded.
    pub folds: BTreeMap<Field, bool>,
    /// Whether chosen platforms are all wanted.
    pub wants_all_platforms: bool,
    /// Whether the controls are to be seen at first.
    pub is_open: bool,
    /// What happened.
    pub act: Callback<Action>,
}

/// The rail; on a narrow screen it folds away.
#[component]
pub fn Rail(props: &RailProps) -> Html {
    let groups = props.fields.iter().map(|field| group(*field, props));
    html! {
        <details class="rail" open={props.is_open} data-testid="rail">
            <summary id={RAIL_ID} class="rail__summary">{ texts::filters(props.answer.conditions.len()) }</summary>
            <Presets presets={&props.presets} chosen={chosen(props)} n_urgent={props.n_urgent} is_by_urgency={props.is_by_urgency} act={&props.act} />
            <div class="facets" data-testid="facets" >{ for groups }</div>
            <p class="rail__show">
                <button type="button" class="button button--accent" data-action="show-list" onclick={|_| page::focus("profiles")}>{ texts::show_found(props.answer.total) }</button>
            </p>
        </details>
    }
}

fn group(field: Field, props: &RailProps) -> Html {
    let facet: Option<Shared<Facet>> = props.answer.facets.iter().find(|facet| facet.field == field).cloned();
    let is_own = |term: &&roster_index::Term| concerns(term, field);
    let own = Filter {
        terms: props.answer.filter.terms.iter().filter(is_own).cloned().collect(),
    };
    let wants_all = field == Field::Platform && props.wants_all_platforms;
    let is_of_all = !props.answer.is_filtered();
    html! {
        <Group key={field.key()} {field} {facet} {own} {wants_all} {is_of_all} is_open={is_open(&props.folds, field)} act={&props.act} />
    }
}

/// Whether a condition is on this field.
fn concerns(term: &roster_index::Term, field: Field) -> bool {
    match &term.test {
        roster_index::Test::Field(own, _) => *own == field,
        roster_index::Test::Has(fields) | roster_index::Test::No(fields) => fields.contains(&field),
        roster_index::Test::Anywhere(_) => false,
    }
}

/// The problem that is asked for, and nothing else.
fn chosen(props: &RailProps) -> Option<&'static str> {
    let found = props
        .presets
        .iter()
        .find(|(preset, _)| preset.query == props.query.trim());
    found.map(|(preset, _)| preset.id)
}

/// Properties of [`Presets`].
#[derive(Clone, PartialEq, Properties)]
struct PresetsProps {
    /// The problems, with the number of profiles that have them.
    presets: Shared<Vec<(Preset, usize)>>,
    /// The one that is asked for.
    chosen: Option<&'static str>,
    /// How many profiles are worth a look, for whatever reason.
    n_urgent: usize,
    /// Whether the list stands by urgency.
    is_by_urgency: bool,
    /// What happened.
    act: Callback<Action>,
}

/// The problems. They count everything that is loaded, whatever else is asked, and so most questions leave them alone.
#[component]
fn Presets(props: &PresetsProps) -> Html {
    let one = |(preset, n_rows): &(Preset, usize)| {
        let is_chosen = props.chosen == Some(preset.id);
        let query = if is_chosen { "" } else { preset.query };
        let on_click = props.act.reform(move |_| Action::QueryChosen(query.to_owned()));
        preset_button(preset.id, *n_rows, is_chosen, on_click)
    };
    let by_urgency = if props.is_by_urgency { "" } else { "-urgency" };
    let on_urgency = props
        .act
        .reform(move |_| Action::OrderChosen(crate::index::order(by_urgency)));
    let is_shown = |(preset, n_rows): &&(Preset, usize)| *n_rows > 0 || props.chosen == Some(preset.id);
    let shown = props.presets.iter().filter(is_shown);
    html! {
        <section class="presets" data-testid="presets" aria-label={texts::ATTENTION}>
            <h2 class="rail__title">{ texts::ATTENTION }</h2>
            <div>{ preset_button("urgent", props.n_urgent, props.is_by_urgency, on_urgency) }</div>
            <div>{ for shown.map(one) }</div>
        </section>
    }
}

fn preset_button(id: &'static str, n_rows: usize, is_chosen: bool, onclick: Callback<yew::MouseEvent>) -> Html {
    html! {
        <button key={id} type="button" class="preset" data-preset={id} aria-pressed={is_chosen.to_string()} {onclick}>
            <span class="preset__title">{ texts::preset(id) }</span>{ " " }
            <span class="preset__count" data-count={n_rows.to_string()}>{ crate::format::length(n_rows) }</span>
        </button>
    }
}
