//! The composition root: one state, one set of effects, and what ties them to the page.

use std::ops::Deref;
use std::rc::Rc;

use yew::{
    Callback, Html, Properties, UseReducerHandle, component, hook, html, use_effect_with, use_memo, use_reducer,
};

use crate::components::Wish;
use crate::effects::{Effects, Outside};
use crate::first_screen::FirstScreen;
use crate::screen::Current;
use crate::source::Load;
use crate::state::{Action, Connection, State};
use crate::url::Link;
use crate::whole::{Running, Whole};
use crate::{format, page};

/// The place where the program runs; compared by identity.
#[derive(Clone)]
pub struct Surroundings(Rc<dyn Outside>);

impl From<Rc<dyn Outside>> for Surroundings {
    fn from(outside: Rc<dyn Outside>) -> Self {
        Self(outside)
    }
}

impl PartialEq for Surroundings {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Surroundings {
    type Target = Rc<dyn Outside>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Properties of [`App`].
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The place where the program runs.
    pub outside: Surroundings,
}

/// The program.
#[component]
pub fn App(props: &AppProps) -> Html {
    let state = use_reducer(begun);
    let act = use_memo((), |()| state.dispatcher().to_callback());
    let effects = use_memo(props.outside.clone(), |outside| {
        Effects::new((**outside).clone(), (*act).clone())
    });
    use_start(&effects, &act);
    use_questions(&effects, &state);
    use_rest(&state, &effects);
    let wish = {
        let effects = effects.clone();
        use_memo((), |()| Callback::from(move |wish| fulfil(&effects, wish)))
    };
    format::show_in(state.settings.zone);
    if state.is_first() {
        return html! { <FirstScreen state={Current((*state).clone().into())} act={(*act).clone()} wish={(*wish).clone()} /> };
    }
    html! { <Whole state={Current((*state).clone().into())} effects={Running(effects.clone())} act={(*act).clone()} wish={(*wish).clone()} /> }
}

/// Before anything is read; the width is known, or a narrow page would first be drawn as a wide one.
fn begun() -> State {
    let mut state = State::default();
    state.settings.is_narrow = page::is_narrow();
    state
}

fn fulfil(effects: &Effects, wish: Wish) {
    match wish {
        Wish::Load(provider, goal) => effects.resume(provider, goal),
        Wish::LoadEach(providers, goal) => providers.iter().for_each(|provider| effects.resume(provider, goal)),
        Wish::GoOn(provider) => effects.go_on(provider),
        Wish::Unask(provider) => effects.unask(provider),
        Wish::Stop(provider) => effects.stop(provider),
        Wish::StartOver(provider, goal) => effects.start_over(provider, goal),
        Wish::OpenFiles(uploads) => effects.open_files(uploads),
        Wish::OpenLarge(file) => effects.open_large((*file).clone()),
        Wish::StopFile(id) => effects.stop_file(id),
        Wish::CloseFile(id) => effects.close_file(id),
        Wish::Export(order) => effects.export(*order),
        Wish::StopExport => effects.stop_export(),
        Wish::Parts(key) => effects.load_parts(key),
        Wish::FindOrigin => effects.find_origin(),
        Wish::Suggest(text, cursor_bytes) => effects.suggest(text, cursor_bytes),
        Wish::Announce(text) => effects.announce(text),
    }
}

/// Once: what the page says wherever the program is, settings and link from it, then the source.
#[hook]
fn use_start(effects: &Rc<Effects>, act: &Callback<Action>) {
    let (effects, act) = (effects.clone(), act.clone());
    use_effect_with((), move |()| {
        let listeners = (
            page::Listener::on_uncopied(act.reform(|text| Action::CopyRefused(Some(text)))),
            page::Listener::on_offline(act.reform(|()| Action::ConnectionHeard(Connection::Offline))),
            page::Listener::on_online(act.reform(|()| Action::ConnectionHeard(Connection::Online))),
        );
        act.emit(Action::SettingsRead(page::settings()));
        let link = Link::parse(&page::fragment());
        effects.sort_by(link.sort.clone());
        act.emit(Action::LinkFollowed(link, page::spot()));
        effects.tick();
        effects.watch_sources();
        effects.find_origin();
        // The answer is on its way.
        crate::format::prepare();
        move || drop(listeners)
    });
}

/// Every change of what is asked starts the loads that it concerns.
#[hook]
fn use_questions(effects: &Rc<Effects>, state: &UseReducerHandle<State>) {
    let effects = effects.clone();
    let queries = if state.origin.is_some() {
        state.queries()
    } else {
        Vec::new()
    };
    use_effect_with(queries, move |queries| effects.ask(queries.clone()));
}

/// The whole program comes behind the first records, or when something else is wanted than they, or after a moment.
#[hook]
fn use_rest(state: &UseReducerHandle<State>, effects: &Rc<Effects>) {
    let later = effects.clone();
    use_effect_with((), move |()| later.complete_later());
    let effects = effects.clone();
    let has_failed = state
        .sources
        .iter()
        .any(|source| matches!(source.load, Load::Failed(_)));
    let is_kept = !state.beginning.wishes.is_empty() || !state.beginning.checks.is_empty();
    let is_more_wanted = !state.is_plain() || is_kept;
    use_effect_with(is_more_wanted || has_failed, move |is_wanted| {
        if *is_wanted {
            effects.complete();
        }
    });
}
