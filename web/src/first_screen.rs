//! What stands on the screen until the program is whole: the sources, and the first records as they came. It has the
//! places of the [`Screen`](crate::screen::Screen) that follows it, so that nothing moves, and none of its machinery.

use yew::{
    Callback, Html, InputEvent, NodeRef, Properties, TargetCast, component, hook, html, use_effect_with, use_node_ref,
    use_state,
};

use crate::components::{Card, Found, Header, Wish, copy_id};
use crate::icon::Icon;
use crate::marks::Needles;
use crate::picking::Pick;
use crate::roll::Row;
use crate::screen::{Current, is_demo, notes, source_rows};
use crate::state::{Action, QUERY_ID, minute, slot_id};
use crate::{page, texts};

/// Outlines of cards, and cards until it is known how many there is room for.
const N_OUTLINES: usize = 9;

/// Properties of [`FirstScreen`].
#[derive(Clone, PartialEq, Properties)]
pub struct FirstScreenProps {
    /// Everything that is on it.
    pub state: Current,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// The page at its beginning.
#[component]
pub fn FirstScreen(props: &FirstScreenProps) -> Html {
    let state = &props.state.0;
    let list = use_node_ref();
    let size = use_columns(&list);
    let rows: &[Row] = state
        .beginning
        .rows
        .as_ref()
        .map(|rows| rows.as_slice())
        .unwrap_or_default();
    let (columns, n_cards) = *size;
    let cards = rows.iter().take(n_cards).enumerate();
    let cards = cards.map(|(place, row)| card(place, row, rows.len(), &props.state));
    let outlines = rows
        .is_empty()
        .then(|| html! { { for (0..N_OUTLINES).map(|slot| html! { <li key={slot} class="skeleton" /> }) } });
    html! {
        <div class="app app--first">
            <div class="app__page">
                <Header theme={state.theme()} contrast={state.settings.contrast} zone={state.settings.zone} density={state.settings.density} has_pictures={state.settings.has_pictures} is_demo={is_demo(state)} act={&props.act} wish={&props.wish} />
                <section aria-label={texts::SOURCES}>
                    <div class="app__note">{ notes(state) }</div>
                    <ul class="sources" role="list">{ for source_rows(state, &props.wish) }</ul>
                </section>
                <div class="app__columns">
                    <aside class="app__rail" aria-label={texts::FILTERS}><div class="rail rail--outline" aria-hidden="true" /></aside>
                    <main id="profiles" class="app__main" tabindex="-1">
                        <div class="app__tools">{ query(&props.act) }</div>
                        <section class="results" aria-label={texts::PROFILES} aria-busy="true">
                            <div ref={&list} class={["list list--cards list--c", &columns.to_string()].concat()} onclick={listening(props)}>
                                <span class="list__probe" aria-hidden="true" />
                                <ul class="chunk" role="list">{ for cards }</ul>
                            </div>
                            <ul class="outlines" aria-hidden="true">{ outlines }</ul>
                        </section>
                    </main>
                </div>
            </div>
        </div>
    }
}

fn card(place: usize, row: &Row, total: usize, state: &Current) -> Html {
    let state = &state.0;
    let key = row.key();
    let (is_picked, is_checking) = (state.picked.has(&key), state.beginning.checks.contains(&key));
    html! {
        <li key={place} class="chunk__item">
            <Card row={row.clone()} {place} {total} {is_picked} has_pictures={state.settings.has_pictures} now={minute(state.now)}
                id={slot_id(0, place)} n_of_person={0} {is_checking} has_failed={false} is_open={false} needles={Needles::default()} parts={None::<Row>} found={None::<Found>} />
        </li>
    }
}

/// Cards side by side, and how many are seen, as the style sheets have it.
#[hook]
fn use_columns(list: &NodeRef) -> yew::UseStateHandle<(usize, usize)> {
    let found = use_state(|| (1, N_OUTLINES));
    let (list, own) = (list.clone(), found.clone());
    use_effect_with((), move |()| {
        let measure = Callback::from(move |()| {
            if let Some(size) = page::list_size(&list) {
                own.set((size.columns, size.columns * size.n_rows_seen()));
            }
        });
        measure.emit(());
        let listener = page::Listener::on_resize(measure);
        move || drop(listener)
    });
    found
}

/// A click says what is wanted by the attributes of what was clicked. What nobody can do yet is kept; only the clipboard
/// cannot wait.
fn listening(props: &FirstScreenProps) -> Callback<yew::MouseEvent> {
    let (act, wish) = (props.act.clone(), props.wish.clone());
    Callback::from(move |event: yew::MouseEvent| {
        let Some((action, key)) = page::clicked(&event) else {
            return;
        };
        match action.as_str() {
            "open" | "details" => act.emit(Action::ProfileOpened(key)),
            "pick" => act.emit(Action::Picked(Pick::Toggled(key))),
            "check" => act.emit(Action::CheckWanted(key)),
            "copy-id" => copy_id(&key, &wish),
            _ => {}
        }
    })
}

/// What is written here is kept until there is something that can search.
fn query(act: &Callback<Action>) -> Html {
    let act = act.clone();
    let on_input = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
            act.emit(Action::QueryTyped(input.value()));
        }
    });
    html! {
        <div class="query" role="search">
            <div class="query__line">
                <span class="query__icon">{ Icon::Search.draw() }</span>
                <input id={QUERY_ID} class="query__input" type="text" enterkeyhint="search" data-testid="query-bar"
                    aria-label={texts::QUERY} placeholder={texts::QUERY_EXAMPLE} autocomplete="off" autocapitalize="none" spellcheck="false" oninput={on_input} />
            </div>
        </div>
    }
}
