//! The list with what stands around it: outlines while the first profiles are asked for, why there is none, the divider
//! for blanks, and the end.

use std::collections::BTreeSet;

use roster_index::Field;
use yew::{Callback, Html, Properties, component, html};

use super::Wish;
use super::groups::Groups;
use super::list::{List, ListProps};
use super::open_file::INPUT_ID;
use crate::index::Answer;
use crate::page;
use crate::shared::Shared;
use crate::source::Goal;
use crate::state::Action;
use crate::texts::{self, Empty, Offer};

/// Properties of [`Results`].
#[derive(Clone, PartialEq, Properties)]
pub struct ResultsProps {
    /// The list.
    pub list: ListProps,
    /// What it is grouped by.
    pub group: Option<Field>,
    /// The groups that are folded.
    pub folded: BTreeSet<String>,
    /// Whether first profiles may still come.
    pub is_starting: bool,
    /// Whether what is listed is about to become what is wanted.
    pub is_busy: bool,
    /// Why there is no profile, if there is none.
    pub empty: Vec<Empty>,
}

/// The cards, or their outlines while the first ones are asked for, or why there is none.
#[component]
pub fn Results(props: &ResultsProps) -> Html {
    let answer: &Shared<Answer> = &props.list.answer;
    let is_none = answer.total == 0;
    let outlines = (is_none && props.is_starting && !answer.is_filtered())
        .then(|| html! { { for (0..9).map(|slot| html! { <li key={slot} class="skeleton" /> }) } });
    let is_empty = is_none && outlines.is_none();
    let why = props.empty.iter().filter(|_| is_empty);
    let list = props.list.clone();
    let listed = match props.group.filter(|_| !is_none) {
        Some(by) => html! { <Groups {list} {by} folded={props.folded.clone()} /> },
        None => html! { <List ..list /> },
    };
    html! {
        <section class="results" aria-label={texts::PROFILES} aria-busy={props.is_busy.to_string()}>
            <h2 class="visually-hidden">{ texts::PROFILES }</h2>
            <p class="results__blanks" data-testid="blanks">{ texts::blanks(answer) }</p>
            <div>{ listed }</div>
            <ul class="outlines" aria-hidden="true">{ outlines }</ul>
            <div class="empty" data-testid="empty">{ for why.map(|one| empty(one, &props.list.act, &props.list.wish)) }</div>
            <p id="list-end" class="results__end" tabindex="-1">{ texts::shown(answer.total) }</p>
        </section>
    }
}

/// Has an API asked directly for what is not among the loaded.
fn asking(offer: &Offer, act: &Callback<Action>) -> Html {
    let (act, provider, query) = (act.clone(), offer.provider, offer.query.clone());
    let on_click = Callback::from(move |_: yew::MouseEvent| {
        act.emit(Action::QueryChosen(query.clone()));
        act.emit(Action::AskingChosen(provider, true));
    });
    html! {
        <button key={offer.query.clone()} type="button" class="button" data-action="ask-for" data-provider={provider} onclick={on_click}><bdi>{ offer.text.clone() }</bdi></button>
    }
}

fn empty(one: &Empty, act: &Callback<Action>, wish: &Callback<Wish>) -> Html {
    let button = |name: &'static str, text: String, onclick: Callback<yew::MouseEvent>| {
        html! { <button key={name} type="button" class="button" data-action={name} {onclick}>{ text }</button> }
    };
    let without = one.without.clone().map(|(text, query)| {
        let on_click = act.reform(move |_| Action::QueryChosen(query.clone()));
        button("remove-hardest", texts::remove(&text), on_click)
    });
    let instead = one.instead.clone().map(|(text, query)| {
        let on_click = act.reform(move |_| Action::QueryChosen(query.clone()));
        button("ask-instead", text, on_click)
    });
    let clear = one.can_clear.then(|| {
        button(
            "clear",
            texts::CLEAR_FILTERS.to_owned(),
            act.reform(|_| Action::FiltersCleared),
        )
    });
    let rest = (!one.open.is_empty()).then(|| {
        let open = one.open.clone();
        button(
            "go-on-loading",
            texts::LOAD_REST.to_owned(),
            wish.reform(move |_| Wish::LoadEach(open.clone(), Goal::All)),
        )
    });
    let look_up = one.look_up.clone().map(|key| {
        let opened = key.clone();
        let (act, wish) = (act.clone(), wish.clone());
        let on_click = Callback::from(move |_| {
            wish.emit(Wish::Parts(key.clone()));
            act.emit(Action::ProfileOpened(key.clone()));
        });
        button("look-up", texts::look_up(&opened), on_click)
    });
    let open_file = one.can_open.then(|| {
        let on_click = Callback::from(|_| page::click(INPUT_ID));
        button("open-file", texts::OPEN_FILE.to_owned(), on_click)
    });
    let offers = one.offers.iter().map(|offer| asking(offer, act));
    html! {
        <div key={one.text.clone()} class="empty__reason">
            <p><bdi>{ one.text.clone() }</bdi></p>
            <div class="empty__actions">{ instead }{ rest }{ without }{ look_up }{ for offers }{ open_file }{ clear }</div>
        </div>
    }
}
