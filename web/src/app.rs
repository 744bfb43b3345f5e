//! The composition root: one state, one set of effects, and what ties them to the page.

use std::ops::Deref;
use std::rc::Rc;

use yew::{
    Callback, Html, Properties, UseReducerDispatcher, UseReducerHandle, component, hook, html, use_effect,
    use_effect_with, use_memo, use_mut_ref, use_reducer,
};

use crate::components::{HELP_ID, RAIL_ID, SHEET_ID, Wish};
use crate::effects::{Effects, Outside};
use crate::keys::{Command, command};
use crate::picking::Pick;
use crate::screen::{Current, Screen};
use crate::sheet::Sheet;
use crate::source::Goal;
use crate::state::{Action, QUERY_ID, State};
use crate::url::Link;
use crate::{format, page, texts};

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
    use_order(&effects, &state);
    use_address(&state);
    use_settings(&state);
    use_focus(&state);
    use_hearing(&state, &act, &effects);
    use_rest(&state);
    let wish = {
        let effects = effects.clone();
        use_memo((), |()| Callback::from(move |wish| fulfil(&effects, wish)))
    };
    let on_found = {
        let effects = effects.clone();
        use_memo((), |()| Callback::from(move |text| effects.announce(text)))
    };
    let zone = state.settings.zone;
    format::show_in(zone);
    // What holds no date would keep its texts, and so all of it is another screen.
    let key = if zone == format::Zone::Utc { "utc" } else { "local" };
    html! { <Screen {key} state={Current((*state).clone())} act={(*act).clone()} wish={(*wish).clone()} on_found={(*on_found).clone()} /> }
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

/// Once: settings and link from the page, then the source.
#[hook]
fn use_start(effects: &Rc<Effects>, act: &Callback<Action>) {
    let (effects, act) = (effects.clone(), act.clone());
    use_effect_with((), move |()| {
        act.emit(Action::SettingsRead(page::settings()));
        act.emit(Action::LinkFollowed(Link::parse(&page::fragment()), page::spot()));
        effects.tick();
        effects.watch_sources();
        effects.find_origin();
        // The answer is on its way.
        crate::format::prepare();
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

/// The order is prepared before it is needed again.
#[hook]
fn use_order(effects: &Rc<Effects>, state: &UseReducerHandle<State>) {
    let effects = effects.clone();
    use_effect_with(state.sort.clone(), move |sort| effects.prepare(sort.clone()));
}

/// Keeps the page's address as the state says. What a person may want to go back from is a step of its own.
#[hook]
fn use_address(state: &UseReducerHandle<State>) {
    let heard = use_mut_ref(|| (0, 0));
    let fragment = state.link().to_fragment();
    use_effect_with(
        (state.is_linked, (state.n_steps, state.n_followed), fragment),
        move |(is_linked, now, fragment)| {
            let before = heard.replace(*now);
            // What was followed stands in the address already; by now the address may even be that of the next step.
            let is_followed = now.1 > 1 && now.1 != before.1;
            if is_followed {
                page::forget_fragments();
            } else if *is_linked {
                page::set_fragment(fragment, now.0 != before.0);
            }
        },
    );
}

/// Keeps what a person chose on this device.
#[hook]
fn use_settings(state: &UseReducerHandle<State>) {
    use_effect_with((state.theme(), state.settings.theme), |(theme, chosen)| {
        page::show_theme(*theme);
        if let Some(chosen) = chosen {
            page::store_theme(*chosen);
        }
    });
    use_effect_with((state.is_linked, state.settings.contrast), |(is_read, contrast)| {
        if *is_read {
            page::show_contrast(*contrast);
        }
    });
    use_effect_with((state.is_linked, state.settings.density), |(is_read, density)| {
        if *is_read {
            page::show_density(*density);
        }
    });
    let settings = &state.settings;
    use_effect_with((state.is_linked, settings.columns.clone()), |(is_read, columns)| {
        if *is_read {
            page::store_columns(columns.as_deref());
        }
    });
    use_effect_with((state.is_linked, settings.zone), |(is_read, zone)| {
        if *is_read {
            page::store_zone(*zone);
        }
    });
    let kept = (state.is_linked, settings.has_pictures, settings.view, settings.has_keys);
    use_effect_with(kept, |(is_read, has_pictures, view, has_keys)| {
        if *is_read {
            page::store_pictures(*has_pictures);
            page::store_view(*view);
            page::store_keys(*has_keys);
        }
    });
}

/// Moves the focus where the state wants it.
#[hook]
fn use_focus(state: &UseReducerHandle<State>) {
    use_effect_with(state.has_help, |has_help| {
        if *has_help {
            page::show_dialog(HELP_ID);
        }
    });
    use_effect_with(state.sheet.is_some(), |is_shown| {
        if *is_shown {
            page::show_dialog(SHEET_ID);
        }
    });
    use_effect_with(state.focus.clone(), |(n_wishes, id)| {
        if *n_wishes > 0 {
            page::focus(id);
        }
    });
    use_effect(page::mend_focus);
}

/// Behind the first cards, or what stands in their place, comes the rest of the program.
#[hook]
fn use_rest(state: &UseReducerHandle<State>) {
    let has_page = state.sources.iter().any(|source| source.progress.n_pages > 0);
    let has_begun = has_page || (state.origin.is_some() && !state.is_starting());
    use_effect_with(has_begun, |has_begun| {
        let timer = has_begun.then(|| page::Timer::after_frame(Callback::from(|()| page::load_rest())));
        move || drop(timer)
    });
}

/// Hears what the page says: its address, and keys that are commands.
#[hook]
fn use_hearing(state: &UseReducerHandle<State>, act: &Callback<Action>, effects: &Rc<Effects>) {
    let act = act.clone();
    use_effect_with((), move |()| {
        let on_link = act.reform(|(link, spot)| Action::LinkFollowed(link, spot));
        let on_resize = act.reform(|()| Action::WidthFound(page::is_narrow()));
        let listeners = (
            page::Listener::on_link(on_link),
            page::Listener::on_focus(),
            page::Listener::on_resize(on_resize),
        );
        move || drop(listeners)
    });
    let (dispatcher, effects, has_keys) = (state.dispatcher(), effects.clone(), state.settings.has_keys);
    use_effect_with(has_keys, move |has_keys| {
        let has_keys = *has_keys;
        let on_key = Callback::from(move |key: String| {
            command(&key, has_keys).is_some_and(|command| obey(command, &dispatcher, &effects))
        });
        let listener = page::Listener::on_key(on_key);
        move || drop(listener)
    });
}

/// Does what a key stands for. Says whether nobody else should hear it.
fn obey(command: Command, act: &UseReducerDispatcher<State>, effects: &Effects) -> bool {
    match command {
        Command::Search => page::focus(QUERY_ID),
        Command::Filters => page::focus(RAIL_ID),
        Command::Pass(n_profiles) if page::is_focus_in(".drawer") => act.dispatch(Action::ProfilesPassed(n_profiles)),
        Command::Pass(n_cards) => act.dispatch(Action::CardsPassed(n_cards)),
        Command::Close => {
            act.dispatch(Action::ProfileClosed);
            return false;
        }
        Command::CopyId => {
            let Some(key) = page::focused_key() else { return false };
            let id = key.split_once(':').map_or(key.as_str(), |(_, id)| id);
            page::copy(id);
            effects.announce(texts::copied(id));
        }
        Command::Pick(is_range) => {
            let Some((key, place)) = page::focused_card() else {
                return false;
            };
            let pick = if is_range {
                Pick::UpTo(place)
            } else {
                Pick::Toggled(key)
            };
            act.dispatch(Action::Picked(pick));
        }
        Command::Export => act.dispatch(Action::SheetShown(Some(Sheet::Export))),
        Command::Go(tab) => act.dispatch(Action::TabChosen(tab)),
        Command::Page(n_cards) if page::is_focus_in(".list--cards") => act.dispatch(Action::CardsPassed(n_cards)),
        Command::Page(_) => return false,
        Command::Mask => {
            page::mask();
            effects.announce(texts::MASKED.to_owned());
        }
        Command::Show(view) => act.dispatch(Action::ViewChosen(view)),
        Command::Refresh => {
            let ids = roster_core::ALL.iter().map(|provider| provider.info().id);
            ids.for_each(|provider| effects.start_over(provider, Goal::Page));
        }
        Command::Help => act.dispatch(Action::HelpShown(true)),
    }
    true
}
