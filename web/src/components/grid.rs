//! The cards: a plain list of articles that grows only by a button.

use std::collections::BTreeMap;

use yew::{Callback, Html, Properties, component, html, use_memo};

use super::Wish;
use super::card::Card;
use crate::index::{Answer, Index};
use crate::roll::Row;
use crate::shared::Shared;
use crate::state::{Action, CARDS_STEP, Parts};
use crate::texts;
use roster_core::UnixMs;

/// Properties of [`Grid`].
#[derive(Clone, PartialEq, Properties)]
pub struct GridProps {
    /// Everything that is loaded.
    pub index: Index,
    /// Which of it is in the list, in order.
    pub answer: Shared<Answer>,
    /// How many cards may be drawn.
    pub n_cards: usize,
    /// What was loaded for single profiles.
    pub parts: BTreeMap<String, Parts>,
    /// Key of the open profile.
    pub open: Option<String>,
    /// Whether pictures are loaded.
    pub has_pictures: bool,
    /// Whether a first page is being asked for.
    pub is_loading: bool,
    /// Why there is no card, if there is none and nothing is loading.
    pub empty: Vec<String>,
    /// The time now, to the minute.
    pub now: UnixMs,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// The cards, or their outlines while the first ones are asked for, or why there is none.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let rows = &props.answer.rows;
    let n_shown = props.n_cards.min(rows.len());
    let drawn = use_memo(
        (props.index.clone(), props.answer.clone(), n_shown),
        |(index, answer, n_shown)| drawn(index, answer, *n_shown),
    );
    let cards = drawn.iter().map(|(row, n_of_person)| card(row, *n_of_person, props));
    let outlines = (rows.is_empty() && props.is_loading)
        .then(|| html! { { for (0..6).map(|_| html! { <li class="skeleton" /> }) } });
    let why = props.empty.iter().filter(|_| rows.is_empty() && !props.is_loading);
    let more = (n_shown < rows.len()).then(|| more(rows.len() - n_shown, &props.act));
    html! {
        <section class="results" aria-label={texts::PROFILES} aria-busy={props.is_loading.to_string()}>
            <ul class="grid" role="list">{ for cards }</ul>
            <ul class="grid grid--outlines" aria-hidden="true">{ outlines }</ul>
            <div class="empty" data-testid="empty">{ for why.map(|text| html! { <p key={text.clone()}><bdi>{ text }</bdi></p> }) }</div>
            <div class="results__more">
                <span>{ if rows.is_empty() { String::new() } else { texts::shown(n_shown, rows.len()) } }</span>
                <span>{ more }</span>
            </div>
        </section>
    }
}

/// The rows that have a card, each with the number of profiles of the same person.
fn drawn(index: &Index, answer: &Answer, n_shown: usize) -> Vec<(Row, usize)> {
    let rows = answer.rows.iter().take(n_shown);
    let rows = rows.filter_map(|row| index.row(*row));
    rows.map(|row| (row.clone(), index.n_of_person(&row))).collect()
}

fn card(row: &Row, n_of_person: usize, props: &GridProps) -> Html {
    let key = row.key();
    let parts = match props.parts.get(&key) {
        Some(Parts::Loaded(row)) => Some(row.clone()),
        _ => None,
    };
    html! {
        <li key={key.clone()} class="grid__item">
            <Card row={row.clone()} {parts} {n_of_person} is_open={props.open.as_ref() == Some(&key)}
                has_pictures={props.has_pictures} now={props.now} is_checking={props.parts.get(&key) == Some(&Parts::Loading)} act={&props.act} wish={&props.wish} />
        </li>
    }
}

fn more(n_left: usize, act: &Callback<Action>) -> Html {
    let on_click = act.reform(|_| Action::MoreShown);
    html! {
        <button type="button" class="button" data-action="show-more" onclick={on_click}>
            { texts::show_more(n_left.min(CARDS_STEP)) }
        </button>
    }
}
