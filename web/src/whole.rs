//! The whole program: what ties the state to the page, around the [`Screen`].

use std::rc::Rc;

use roster_core::UnixMs;
use yew::{Callback, Html, Properties, component, hook, html, use_effect, use_effect_with, use_memo, use_mut_ref};

use crate::components::{HELP_ID, RAIL_ID, SHEET_ID, UNCOPIED_ID, Wish};
use crate::effects::Effects;
use crate::keys::{Command, command};
use crate::picking::Pick;
use crate::screen::{Current, Screen};
use crate::shared::Shared;
use crate::sheet::Sheet;
use crate::source::Source;
use crate::state::{Action, QUERY_ID, State, minute};
use crate::{format, page, texts};

/// The effects; compared by identity.
#[derive(Clone)]
pub struct Running(pub Rc<Effects>);

impl PartialEq for Running {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Properties of [`Whole`].
#[derive(Clone, PartialEq, Properties)]
pub struct WholeProps {
    /// Everything that is on the screen.
    pub state: Current,
    /// What takes time.
    pub effects: Running,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// The screen, with its address, its settings, its focus and its keys.
#[component]
pub fn Whole(props: &WholeProps) -> Html {
    let (state, effects, act) = (&props.state.0, &props.effects.0, &props.act);
    use_order(effects, state);
    use_address(state);
    use_settings(state);
    use_focus(state);
    use_hearing(state, act, effects);
    use_checks(state, effects);
    let on_found = {
        let effects = effects.clone();
        use_memo((), |()| Callback::from(move |text| effects.announce(text)))
    };
    // What holds no date would keep its texts, and so all of it is another screen.
    let key = if state.settings.zone == format::Zone::Utc {
        "utc"
    } else {
        "local"
    };
    html! { <Screen {key} state={props.state.clone()} act={&props.act} wish={&props.wish} on_found={(*on_found).clone()} /> }
}

/// The order is made in the pauses, also when it is another one a minute later.
#[hook]
fn use_order(effects: &Rc<Effects>, state: &State) {
    let effects = effects.clone();
    let minute = state.sort.depends_on_now().then(|| minute(state.now));
    use_effect_with((state.sort.clone(), minute), move |(sort, _)| {
        effects.prepare(sort.clone());
    });
}

/// Asks for what was wanted before there was anything that could.
#[hook]
fn use_checks(state: &State, effects: &Rc<Effects>) {
    let effects = effects.clone();
    use_effect_with(state.beginning.checks.clone(), move |keys| {
        for key in keys {
            effects.load_parts(key.clone());
        }
    });
}

/// Keeps the page's address as the state says. What a person may want to go back from is a step of its own.
#[hook]
fn use_address(state: &State) {
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
fn use_settings(state: &State) {
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
fn use_focus(state: &State) {
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
    use_effect_with(state.uncopied.is_some(), |is_shown| {
        if *is_shown {
            page::show_dialog(UNCOPIED_ID);
        }
    });
    use_effect_with(state.focus.clone(), |(n_wishes, id)| {
        if *n_wishes > 0 {
            page::focus(id);
        }
    });
    use_effect(page::mend_focus);
}

/// Hears what the page says: its address, and keys that are commands.
#[hook]
fn use_hearing(state: &State, act: &Callback<Action>, effects: &Rc<Effects>) {
    let heard = act.clone();
    use_effect_with((), move |()| {
        let act = heard;
        let on_link = act.reform(|(link, spot)| Action::LinkFollowed(link, spot));
        let on_resize = act.reform(|()| Action::WidthFound(page::is_narrow()));
        let listeners = (
            page::Listener::on_link(on_link),
            page::Listener::on_focus(),
            page::Listener::on_resize(on_resize),
        );
        move || drop(listeners)
    });
    // What the keys need to know is read when one is pressed: who listens anew has forgotten the first of two.
    let asked = use_mut_ref(Asked::default);
    *asked.borrow_mut() = Asked::of(state);
    let (act, effects, has_keys) = (act.clone(), effects.clone(), state.settings.has_keys);
    use_effect_with(has_keys, move |has_keys| {
        let has_keys = *has_keys;
        let on_key = Callback::from(move |key: String| match command(&key, has_keys) {
            Some(Command::Refresh) => {
                asked.borrow().refresh(&effects);
                true
            }
            Some(command) => obey(command, &act, &effects),
            None => false,
        });
        let listener = page::Listener::on_key(on_key);
        move || drop(listener)
    });
}

/// The sources that are asked, for the key that asks them anew.
#[derive(Default)]
struct Asked {
    sources: Vec<Shared<Source>>,
    now: UnixMs,
}

impl Asked {
    fn of(state: &State) -> Self {
        Self {
            sources: state.asked_sources().to_vec(),
            now: state.now,
        }
    }

    /// Asks every source anew that is at rest and may have something new. If there is none, it is said why.
    fn refresh(&self, effects: &Effects) {
        let resting = self.sources.iter().filter(|source| source.can_refresh());
        let (fresh, old): (Vec<_>, Vec<_>) = resting.partition(|source| source.is_fresh(self.now));
        for source in &old {
            effects.start_over(source.info.id, source.goal);
        }
        if let (Some(source), true) = (fresh.first(), old.is_empty()) {
            effects.announce(texts::not_yet(source, self.now));
        }
    }
}

/// Does what a key stands for. Says whether nobody else should hear it.
fn obey(command: Command, act: &Callback<Action>, effects: &Rc<Effects>) -> bool {
    match command {
        Command::Search => page::focus(QUERY_ID),
        Command::Filters => page::focus(RAIL_ID),
        Command::Pass(n_profiles) if page::is_focus_in(".drawer") => act.emit(Action::ProfilesPassed(n_profiles)),
        Command::Pass(n_cards) => act.emit(Action::CardsPassed(n_cards)),
        Command::Close => {
            act.emit(Action::ProfileClosed);
            return false;
        }
        Command::CopyId => {
            let Some(key) = page::focused_key() else { return false };
            let id = key.split_once(':').map_or(key.as_str(), |(_, id)| id);
            let (effects, told) = (effects.clone(), texts::copied(id));
            page::copy_then(id, move || effects.announce(told));
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
            act.emit(Action::Picked(pick));
        }
        Command::Export => act.emit(Action::SheetShown(Some(Sheet::Export))),
        Command::Go(tab) => act.emit(Action::TabChosen(tab)),
        Command::Page(n_cards) if page::is_focus_in(".list--cards") => act.emit(Action::CardsPassed(n_cards)),
        // What is asked anew is known to who hears the key.
        Command::Page(_) | Command::Refresh => return false,
        Command::Mask => {
            page::mask();
            effects.announce(texts::MASKED.to_owned());
        }
        Command::Show(view) => act.emit(Action::ViewChosen(view)),
        Command::Open => {
            let opened = page::focused_card().filter(|_| !page::is_focus_in("button, a, summary"));
            let Some((key, _)) = opened else { return false };
            act.emit(Action::ProfileOpened(key));
        }
        Command::Help => act.emit(Action::HelpShown(true)),
    }
    true
}
