//! The list as a native table: a head that sorts, and one body for each chunk of rows.

use roster_index::{By, Field, Kind, Sort, SortKey};
use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::ListProps;
use crate::icon::Icon;
use crate::state::Action;
use crate::{table, texts};

/// The table around its bodies.
pub(super) fn draw(props: &ListProps, bodies: Vec<Html>) -> Html {
    let columns = std::iter::once(Field::Title).chain(props.columns.iter().copied());
    let heads = columns.clone().map(|field| head(field, &props.answer.sort, &props.act));
    let widths = columns.map(|field| html! { <col class={["table__col table__col--", width(field)].concat()} /> });
    html! {
        <table class="table" aria-rowcount={(props.answer.total + 1).to_string()} data-testid="table">
            <caption class="visually-hidden">{ texts::PROFILES }</caption>
            <colgroup>{ for widths }</colgroup>
            <thead class="table__head"><tr aria-rowindex="1">{ for heads }</tr></thead>
            { for bodies }
        </table>
    }
}

/// Rows that are not in the document, as tall as they would be. A picture takes its height from an attribute.
pub(super) fn gap(key: String, height: String) -> Html {
    html! {
        <tbody {key} class="table__gap" aria-hidden="true">
            <tr><td><svg width="1" {height} aria-hidden="true" focusable="false" /></td></tr>
        </tbody>
    }
}

/// How wide a column is, as a word for styles.
fn width(field: Field) -> &'static str {
    match field.kind() {
        _ if field == Field::Title => "name",
        Kind::Number | Kind::Percent | Kind::Flag | Kind::Past | Kind::Future => "short",
        Kind::Category | Kind::Id => "middle",
        Kind::Categories | Kind::Text => "long",
    }
}

fn head(field: Field, sort: &Sort, act: &Callback<Action>) -> Html {
    let place = sort.keys().iter().position(|key| key.by == By::Field(field));
    let key = place.and_then(|place| sort.keys().get(place)).copied();
    // Only one head may say so; the others' places are told in words.
    let aria_sort = key.filter(|_| place == Some(0)).map(direction);
    let (sort, act) = (sort.clone(), act.clone());
    let on_click = Callback::from(move |event: MouseEvent| {
        act.emit(Action::OrderChosen(table::sorted(&sort, field, event.shift_key())));
    });
    let class = match field.kind() {
        Kind::Number | Kind::Percent => "table__label table__label--number",
        _ => "table__label",
    };
    html! {
        <th key={field.key()} scope="col" class={class} aria-sort={aria_sort} data-column={field.key()}>
            <button type="button" class="table__sort" data-action="sort" title={texts::SORT_HELP} onclick={on_click}>
                <span class="table__title">{ texts::facet(field) }</span>{ key.map(|key| arrow(key, place.unwrap_or(0))) }
            </button>
        </th>
    }
}

fn arrow(key: SortKey, place: usize) -> Html {
    let icon = if key.is_descending { Icon::Down } else { Icon::Up };
    let told = (place > 0).then(|| {
        html! { <><span aria-hidden="true">{ (place + 1).to_string() }</span><span class="visually-hidden">{ texts::sort_place(place, key.is_descending) }</span></> }
    });
    html! { <span class="table__arrow">{ icon.draw() }{ told }</span> }
}

fn direction(key: SortKey) -> &'static str {
    if key.is_descending { "descending" } else { "ascending" }
}
