//! The chooser of the table's columns: which, and in what order.

use roster_index::Field;
use yew::{Callback, Html, Properties, component, html};

use crate::icon::Icon;
use crate::shared::Shared;
use crate::state::Action;
use crate::{table, texts};

/// Id of the chooser.
const ID: &str = "columns";

/// Ids of the headings of its two lists.
const SHOWN_ID: &str = "columns-shown";
const OTHERS_ID: &str = "columns-others";

/// The table's columns, and what could be one.
pub type Choice = (Shared<Vec<Field>>, Shared<Vec<Field>>);

/// Properties of [`Columns`].
#[derive(Clone, PartialEq, Properties)]
pub struct ColumnsProps {
    /// The columns that are shown.
    pub columns: Shared<Vec<Field>>,
    /// What can be a column.
    pub offered: Shared<Vec<Field>>,
    /// What happened.
    pub act: Callback<Action>,
}

/// A button, and what the browser pops up: Escape and a click elsewhere close it, and the focus returns.
#[component]
pub fn Columns(props: &ColumnsProps) -> Html {
    let chosen = props.columns.iter().map(|field| chosen(props, *field));
    let others = props.offered.iter().filter(|field| !props.columns.contains(field));
    let others = others.map(|field| choice(props, *field, false));
    let usual = props.act.reform(|_| Action::ColumnsChosen(table::USUAL.to_vec()));
    html! {
        <div class="columns">
            <button type="button" class="button" data-action="columns" popovertarget={ID}>{ texts::columns(props.columns.len()) }</button>
            <div id={ID} class="columns__panel" popover="auto" role="group" aria-label={texts::COLUMNS} data-testid="columns">
                <p id={SHOWN_ID} class="columns__head">{ texts::SHOWN_COLUMNS }</p>
                <ol class="columns__list" role="list" aria-labelledby={SHOWN_ID}>{ for chosen }</ol>
                <p id={OTHERS_ID} class="columns__head columns__head--others">{ texts::OTHER_COLUMNS }</p>
                <ul class="columns__list" role="list" aria-labelledby={OTHERS_ID}>{ for others }</ul>
                <button type="button" class="button" data-action="usual-columns" onclick={usual}>{ texts::USUAL_COLUMNS }</button>
            </div>
        </div>
    }
}

fn chosen(props: &ColumnsProps, field: Field) -> Html {
    choice(props, field, true)
}

fn choice(props: &ColumnsProps, field: Field, is_chosen: bool) -> Html {
    let on_change = columns(props, move |columns| table::toggled(columns, field));
    let is_last = is_chosen && props.columns.len() == 1;
    let moves = is_chosen.then(|| html! { <>{ step(props, field, -1) }{ step(props, field, 1) }</> });
    html! {
        <li key={field.key()} class="columns__one">
            <label class="columns__label">
                <input type="checkbox" value={field.key()} checked={is_chosen} disabled={is_last} onchange={on_change.reform(|_| ())} />
                { texts::facet(field) }
            </label>
            <span class="columns__moves">{ moves }</span>
        </li>
    }
}

fn step(props: &ColumnsProps, field: Field, n_places: isize) -> Html {
    let on_click = columns(props, move |columns| table::moved(columns, field, n_places));
    let (icon, label) = if n_places < 0 {
        (Icon::Up, texts::earlier_column(texts::facet(field)))
    } else {
        (Icon::Down, texts::later_column(texts::facet(field)))
    };
    html! {
        <button type="button" class="icon-button" data-move={n_places.to_string()} aria-label={label.clone()} title={label}
            onclick={on_click.reform(|_| ())}>{ icon.draw() }</button>
    }
}

fn columns(props: &ColumnsProps, change: impl Fn(&[Field]) -> Vec<Field> + 'static) -> Callback<()> {
    let now = props.columns.clone();
    props.act.reform(move |()| Action::ColumnsChosen(change(&now)))
}
