//! Live counts of what is loaded; each can be chosen, and a choice is a condition of the query.

use roster_index::{Facet, Field, Filter, Match, Nothing};
use yew::{Callback, Html, Properties, component, html};

use crate::format::length;
use crate::index::Answer;
use crate::shared::Shared;
use crate::state::Action;
use crate::texts;

/// Properties of [`Facets`].
#[derive(Clone, PartialEq, Properties)]
pub struct FacetsProps {
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// Whether every source is shown, so that there is a choice of sources.
    pub has_sources: bool,
    /// What happened.
    pub act: Callback<Action>,
}

/// One group of counts a field. Every count is under the conditions on the other fields.
#[component]
pub fn Facets(props: &FacetsProps) -> Html {
    let shown = props.answer.facets.iter().filter(|facet| has_any(facet));
    let wanted = shown.filter(|facet| props.has_sources || facet.field != Field::Source);
    let groups: Vec<Html> = wanted.map(|facet| group(facet, props)).collect();
    // Before anything is loaded there is nothing to count; a query that leaves nothing still has its place here.
    if groups.is_empty() && props.answer.filter.terms.is_empty() {
        return html! { <div /> };
    }
    let note = if groups.is_empty() {
        texts::NOTHING_TO_COUNT
    } else {
        texts::APPLIED_HERE_NOTE
    };
    html! {
        <section class="facets" data-testid="facets" aria-label={texts::APPLIED_HERE}>
            <h2 class="rail__title">{ texts::APPLIED_HERE }</h2>
            <p class="facets__note">{ note }</p>
            <div>{ for groups }</div>
        </section>
    }
}

fn has_any(facet: &Facet) -> bool {
    !facet.values.is_empty() || facet.n_not_set + facet.n_not_loaded > 0
}

fn group(facet: &Facet, props: &FacetsProps) -> Html {
    let (field, filter) = (facet.field, &props.answer.filter);
    let values = facet.values.iter().map(|value| {
        let title = texts::facet_value(field, &value.value);
        (
            Match::Is(value.value.clone()),
            value.value.as_str(),
            title,
            value.n_rows,
        )
    });
    let left_out = [
        (Nothing::NotSet, texts::NOT_SET, facet.n_not_set),
        (Nothing::NotInApi, texts::NOT_IN_API, facet.n_not_in_api),
        (Nothing::NotLoaded, texts::NOT_LOADED, facet.n_not_loaded),
    ];
    let left_out = left_out.into_iter().filter_map(|(why, title, n_rows)| {
        let value = Match::Nothing(why);
        let is_shown = n_rows > 0 || filter.chooses(field, &value);
        is_shown.then(|| (value, why.word(), title.to_owned(), n_rows))
    });
    html! {
        <fieldset key={field.key()} class="facet" data-facet={field.key()}>
            <legend class="filter__label">{ texts::facet(field) }</legend>
            <div class="facet__choices">
                { for values.chain(left_out).map(|one| choice(field, filter, one, &props.act)) }
            </div>
        </fieldset>
    }
}

fn choice(
    field: Field,
    filter: &Filter,
    (value, word, title, n_rows): (Match, &str, String, usize),
    act: &Callback<Action>,
) -> Html {
    let is_chosen = filter.chooses(field, &value);
    let is_left_out = matches!(value, Match::Nothing(_));
    let next = filter.toggled(field, value).to_string();
    let on_change = act.reform(move |_| Action::QueryTyped(next.clone()));
    let class = if is_left_out {
        "facet__choice facet__choice--none"
    } else {
        "facet__choice"
    };
    html! {
        <label key={word.to_owned()} class={class}>
            <input type="checkbox" value={word.to_owned()} checked={is_chosen} onchange={on_change} />
            <bdi class="facet__value">{ title }</bdi>{ " " }<span class="facet__count" data-count={n_rows.to_string()}>{ length(n_rows) }</span>
        </label>
    }
}
