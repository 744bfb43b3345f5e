//! Two to four profiles side by side: what differs first, what is the same folded away.

use std::collections::BTreeMap;

use roster_core::UnixMs;
use yew::{Callback, Html, Properties, component, html};

use super::fact_list::value;
use crate::compare::{Compared, Side, compare};
use crate::index::Index;
use crate::shared::Shared;
use crate::state::{Action, Parts};
use crate::texts;

/// Properties of [`CompareSheet`].
#[derive(Clone, PartialEq, Properties)]
pub struct CompareSheetProps {
    /// Everything that is loaded.
    pub index: Index,
    /// The profiles.
    pub keys: Vec<String>,
    /// What was loaded for single profiles.
    pub parts: Shared<BTreeMap<String, Parts>>,
    /// The time now, to the minute.
    pub now: UnixMs,
    /// What happened.
    pub act: Callback<Action>,
}

/// A table with a column for each profile.
#[component]
pub fn CompareSheet(props: &CompareSheetProps) -> Html {
    let parts = |key: &str| match props.parts.get(key) {
        Some(Parts::Loaded(row)) => Some(row.clone()),
        _ => None,
    };
    let profiles: Vec<_> = props
        .keys
        .iter()
        .map(|key| (key.clone(), props.index.find(key), parts(key)))
        .collect();
    let (sides, rows) = compare(&profiles, props.now);
    let (same, different): (Vec<Compared>, Vec<Compared>) = rows.into_iter().partition(Compared::is_same);
    let none = different.is_empty().then_some(texts::NO_DIFFERENCE);
    html! {
        <div class="compare">
            { table(&sides, &different, props) }
            <p>{ none }</p>
            <details class="compare__same" data-testid="same">
                <summary>{ texts::same(same.len()) }</summary>
                { table(&sides, &same, props) }
            </details>
        </div>
    }
}

fn table(sides: &[Side], rows: &[Compared], props: &CompareSheetProps) -> Html {
    let head = |side: &Side| {
        let key = side.key.clone();
        let on_click = props.act.reform(move |_| Action::ProfileOpened(key.clone()));
        let name = side.name.clone().unwrap_or_else(|| texts::GONE.to_owned());
        html! {
            <th key={side.key.clone()} scope="col">
                <button type="button" class="text-button" data-action="open-compared" onclick={on_click}><bdi>{ name }</bdi></button>
                <code class="compare__key">{ side.key.clone() }</code>
            </th>
        }
    };
    let row = |row: &Compared| {
        let cell = |fact: &Option<crate::look::Fact>| match fact {
            Some(fact) => value(fact, props.now),
            None => html! { <span class="nothing">{ texts::NOT_IN_API }</span> },
        };
        let cells = row.facts.iter().map(|fact| html! { <td>{ cell(fact) }</td> });
        html! { <tr key={row.title.clone()}><th scope="row"><bdi>{ row.title.clone() }</bdi></th>{ for cells }</tr> }
    };
    html! {
        <div class="compare__scroll" tabindex="0" role="group" aria-label={texts::COMPARE}>
            <table class="compare__table">
                <thead><tr><th key="field" scope="col">{ texts::FIELD }</th>{ for sides.iter().map(head) }</tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
