//! The composition root: one state, one set of effects, and the regions of the page.

use std::ops::Deref;
use std::rc::Rc;

use yew::{
    Callback, Html, Properties, UseReducerHandle, component, hook, html, use_effect_with, use_memo, use_reducer,
};

use crate::components::{
    Chips, Drawer, ErrorPanel, FilterRail, Grid, Header, QueryBar, Report, ResultBar, SourceRow, Wish,
};
use crate::effects::{Effects, Outside};
use crate::index::Answer;
use crate::shared::Shared;
use crate::source::Load;
use crate::state::{Action, QUERY_ID, State, minute};
use crate::url::Link;
use crate::{page, texts};

/// The place where the program runs; compared by identity.
#[derive(Clone)]
pub struct Place(Rc<dyn Outside>);

impl From<Rc<dyn Outside>> for Place {
    fn from(outside: Rc<dyn Outside>) -> Self {
        Self(outside)
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Place {
    type Target = Rc<dyn Outside>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Properties of [`App`].
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The place where the program runs.
    pub outside: Place,
}

/// The program.
#[component]
pub fn App(props: &AppProps) -> Html {
    let state = use_reducer(State::default);
    let act = state.dispatcher().to_callback();
    let effects = use_memo(props.outside.clone(), |outside| {
        Effects::new((**outside).clone(), act.clone())
    });
    use_start(&effects, &act);
    use_questions(&effects, &state);
    use_page(&state, &act);
    let wish = Callback::from(move |wish| match wish {
        Wish::Load(provider, goal) => effects.resume(provider, goal),
        Wish::Stop(provider) => effects.stop(provider),
        Wish::StartOver(provider, goal) => effects.start_over(provider, goal),
        Wish::Parts(key) => effects.load_parts(key),
        Wish::FindOrigin => effects.find_origin(),
    });
    html! { <Screen state={Current((*state).clone())} {act} {wish} /> }
}

/// Once: settings and link from the page, then the source.
#[hook]
fn use_start(effects: &Rc<Effects>, act: &Callback<Action>) {
    let (effects, act) = (effects.clone(), act.clone());
    use_effect_with((), move |()| {
        act.emit(Action::SettingsRead(page::settings()));
        act.emit(Action::LinkFollowed(Link::parse(&page::fragment())));
        effects.tick();
        effects.find_origin();
    });
}

/// Every change of what is asked starts the loads that it concerns.
#[hook]
fn use_questions(effects: &Rc<Effects>, state: &UseReducerHandle<State>) {
    let effects = effects.clone();
    use_effect_with((state.origin.clone(), state.queries()), move |(origin, queries)| {
        if origin.is_some() {
            effects.ask(queries);
        }
    });
}

/// Keeps address, theme and focus of the page as the state says, and hears what the page says.
#[hook]
fn use_page(state: &UseReducerHandle<State>, act: &Callback<Action>) {
    use_effect_with(
        (state.is_linked, state.link().to_fragment()),
        |(is_linked, fragment)| {
            if *is_linked {
                page::set_fragment(fragment);
            }
        },
    );
    use_effect_with((state.theme(), state.settings.theme), |(theme, chosen)| {
        page::show_theme(*theme);
        if let Some(chosen) = chosen {
            page::store_theme(*chosen);
        }
    });
    use_effect_with(
        (state.is_linked, state.settings.has_pictures),
        |(is_read, has_pictures)| {
            if *is_read {
                page::store_pictures(*has_pictures);
            }
        },
    );
    use_effect_with(state.focus.clone(), |(n_wishes, id)| {
        if *n_wishes > 0 {
            page::focus(id);
        }
    });
    let act = act.clone();
    use_effect_with((), move |()| {
        let on_fragment = act.reform(|fragment: String| Action::LinkFollowed(Link::parse(&fragment)));
        let on_escape = act.reform(|()| Action::ProfileClosed);
        let listeners = (
            page::Listener::on_fragment(on_fragment),
            page::Listener::on_escape(on_escape),
            page::Listener::on_slash(Callback::from(|()| page::focus(QUERY_ID))),
        );
        move || drop(listeners)
    });
}

/// The state as it is now; a new one is always drawn.
#[derive(Clone)]
pub struct Current(pub State);

impl PartialEq for Current {
    fn eq(&self, _other: &Self) -> bool {
        false
    }
}

/// Properties of [`Screen`].
#[derive(Clone, PartialEq, Properties)]
pub struct ScreenProps {
    /// Everything that is on it.
    pub state: Current,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// The regions of the page. Pure: a state in, HTML out.
#[component]
pub fn Screen(props: &ScreenProps) -> Html {
    let state = &props.state.0;
    let answer = use_memo((state.index.clone(), state.question()), |(index, question)| {
        Shared::from(index.answer(question))
    });
    let answer = &*answer;
    let class = if state.open.is_some() { "app app--drawer" } else { "app" };
    html! {
        <div class={class}>
            <div class="app__page">
                <a class="skip" href="#profiles" onclick={skip()}>{ texts::SKIP }</a>
                <Header theme={state.theme()} has_pictures={state.settings.has_pictures} act={&props.act} />
                <div class="app__ribbon">{ ribbon(state) }</div>
                <div class="app__outage">{ outage(state, &props.wish) }</div>
                <ul class="sources" role="list" aria-label={texts::SOURCES}>{ for rows(props) }</ul>
                <div class="app__columns">
                    <FilterRail sources={state.sources.clone()} answer={answer.clone()} has_sources={state.show.is_none()} is_open={!state.settings.is_narrow} act={&props.act} />
                    <main id="profiles" class="app__main" tabindex="-1">
                        <QueryBar query={state.query.clone()} answer={answer.clone()} act={&props.act} />
                        <Chips sources={state.sources.clone()} answer={answer.clone()} act={&props.act} />
                        <ResultBar sources={state.sources.clone()} show={state.show} answer={answer.clone()} order={state.order} act={&props.act} />
                        { grid(props, answer) }
                    </main>
                </div>
                <p class="visually-hidden" role="status" aria-live="polite">{ &state.announcement }</p>
            </div>
            <div class="app__drawer">{ drawer(props) }</div>
        </div>
    }
}

/// The link would change the fragment, which holds the filters; the focus is moved instead.
fn skip() -> Callback<yew::MouseEvent> {
    Callback::from(|event: yew::MouseEvent| {
        event.prevent_default();
        page::focus("profiles");
    })
}

fn ribbon(state: &State) -> Html {
    let Some(origin) = &state.origin else { return html! {} };
    let warning = origin
        .note
        .as_ref()
        .map(|note| html! { <p class="note" data-testid="config-note">{ note }</p> });
    let demo = origin
        .is_demo()
        .then(|| html! { <p class="ribbon" data-testid="demo-ribbon">{ texts::DEMO }</p> });
    html! { <><div>{ warning }</div><div>{ demo }</div></> }
}

fn outage(state: &State, wish: &Callback<Wish>) -> Html {
    let Some(error) = &state.outage else { return html! {} };
    let report = Report {
        title: texts::SOURCES.to_owned(),
        target: "sources".to_owned(),
        error: error.clone(),
        at: state.now,
    };
    html! {
        <ErrorPanel explained={texts::outage(error, &state.settings.page_address)} {report} again={texts::TRY_AGAIN}
            on_again={wish.reform(|()| Wish::FindOrigin)} />
    }
}

fn rows(props: &ScreenProps) -> Vec<Html> {
    let state = &props.state.0;
    let environment = |id: &str| {
        let source = state.origin.as_ref()?.source(id)?;
        Some(source.environment.clone()).filter(|name| !name.is_empty())
    };
    let row = |source: &Shared<crate::source::Source>| {
        let now = if source.is_running() {
            state.now
        } else {
            minute(state.now)
        };
        html! {
            <SourceRow key={source.info.id} source={source.clone()} environment={environment(source.info.id)} {now} wish={&props.wish} />
        }
    };
    state.sources.iter().map(row).collect()
}

fn grid(props: &ScreenProps, answer: &Shared<Answer>) -> Html {
    let state = &props.state.0;
    let shown = || {
        state
            .sources
            .iter()
            .filter(|source| state.show.is_none_or(|id| id == source.info.id))
    };
    let is_loading = state.outage.is_none() && shown().any(|source| source.load == Load::Idle || source.is_running());
    let n_loaded: usize = shown().map(|source| source.roll.len()).sum();
    let empty: Vec<String> = if n_loaded > 0 {
        let is_all = shown().all(|source| source.is_complete());
        vec![texts::no_match(answer, n_loaded, is_all)]
    } else {
        let answered = shown().filter(|source| source.is_complete());
        answered.map(|source| texts::nothing(source)).collect()
    };
    html! {
        <Grid index={state.index.clone()} answer={answer.clone()} n_cards={state.n_cards} parts={state.parts.clone()} open={state.open.clone()}
            has_pictures={state.settings.has_pictures} {is_loading} {empty} now={minute(state.now)} act={&props.act} wish={&props.wish} />
    }
}

fn drawer(props: &ScreenProps) -> Html {
    let state = &props.state.0;
    let Some(key) = state.open.clone() else { return html! {} };
    html! {
        <Drawer profile_key={key.clone()} row={state.row(&key)} parts={state.parts.get(&key).cloned()}
            section={state.section.clone()} neighbours={state.neighbours(&key)} now={minute(state.now)}
            act={&props.act} wish={&props.wish} />
    }
}
