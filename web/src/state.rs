//! Everything that is on the screen, as one value, and how it changes. Pure: no clock, no storage, no network, and
//! nothing is read or counted here; pages are taken in by the effects, and what follows from a state is worked out by
//! functions of it.

mod action;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use roster_core::{ALL, Error, Query, UnixMs};
use roster_index::{Field, Filter, Plan, Sort, plan};
use yew::Reducible;

use crate::choice::Choice;
use crate::index::{Answer, Index, Question};
use crate::origin::Origin;
use crate::rail;
use crate::roll::Row;
use crate::shared::Shared;
use crate::source::{Load, LoadEvent, Source};
use crate::suggestions::Suggestions;
use crate::texts;
use crate::theme::Theme;
use crate::url::Link;
use crate::view::View;

pub use action::{Action, Parts, Settings};

/// The screen.
#[derive(Clone)]
pub struct State {
    /// Where profiles come from; `None` while it is being found out.
    pub origin: Option<Rc<Origin>>,
    /// Why nothing can be asked at all.
    pub outage: Option<Error>,
    /// One for each API of this build.
    pub sources: Vec<Shared<Source>>,
    /// Every profile that is loaded.
    pub index: Index,
    /// What is asked of them, in the query language: the one home of every condition.
    pub query: String,
    /// The order of the list.
    pub sort: Sort,
    /// The sources whose APIs are asked for the conditions that they take.
    pub asking: BTreeSet<&'static str>,
    /// How the list is drawn.
    pub view: View,
    /// What could stand at the cursor of the query bar.
    pub suggestions: Shared<Suggestions>,
    /// Groups of counts that a person folded (`false`) or unfolded (`true`).
    pub folds: BTreeMap<Field, bool>,
    /// Whether chosen platforms are all wanted, not any of them.
    pub wants_all_platforms: bool,
    /// The place in the list of the card that keys start from.
    pub active: usize,
    /// The place to show.
    pub place: Place,
    /// Key of the open profile.
    pub open: Option<String>,
    /// Section of the open profile; the first if `None`.
    pub section: Option<String>,
    /// What was loaded for single profiles, by key.
    pub parts: Shared<BTreeMap<String, Parts>>,
    /// The time as last heard.
    pub now: UnixMs,
    /// What the page knew at the start, and what a person chose since.
    pub settings: Settings,
    /// The theme until a person chooses one.
    pub host_theme: Theme,
    /// Whether the help is open.
    pub has_help: bool,
    /// The element that should have the focus, and a number that grows with every wish.
    pub focus: (u64, String),
    /// What a screen reader is told.
    pub announcement: String,
    /// Whether the page's link was read; before that it must not be overwritten.
    pub is_linked: bool,
    /// Grows with every change that a person may want to go back from.
    pub n_steps: u64,
    /// Grows with every address that was followed.
    pub n_followed: u64,
}

/// A place of the list that is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Grows with every wish.
    pub n_wishes: u64,
    /// Counted from 0.
    pub at: usize,
    /// Whether its card takes the focus.
    pub takes_focus: bool,
}

/// Id of the element that opens a profile.
pub fn opener_id(key: &str) -> String {
    ["open-", key].concat()
}

/// The time to the minute, so that what shows no seconds is not worked out every second.
pub fn minute(now: UnixMs) -> UnixMs {
    const MINUTE_MS: i64 = 60_000;
    UnixMs(now.0 - now.0.rem_euclid(MINUTE_MS))
}

/// Id of the query bar.
pub const QUERY_ID: &str = "query";

/// Id of the heading of the open profile.
pub const DRAWER_TITLE_ID: &str = "drawer-title";

/// Id of the heading of the help.
pub const HELP_TITLE_ID: &str = "help-title";

impl Default for State {
    fn default() -> Self {
        Self {
            origin: None,
            outage: None,
            sources: ALL
                .iter()
                .filter_map(|provider| Source::new(*provider))
                .map(Shared::from)
                .collect(),
            index: Index::default(),
            query: String::new(),
            sort: Sort::default(),
            asking: BTreeSet::new(),
            view: View::default(),
            suggestions: Shared::default(),
            folds: BTreeMap::new(),
            wants_all_platforms: false,
            active: 0,
            place: Place::default(),
            open: None,
            section: None,
            parts: Shared::default(),
            now: UnixMs::default(),
            settings: Settings::default(),
            host_theme: Theme::System,
            has_help: false,
            focus: (0, String::new()),
            announcement: String::new(),
            is_linked: false,
            n_steps: 0,
            n_followed: 0,
        }
    }
}

impl State {
    /// The source of a provider.
    pub fn source(&self, provider: &str) -> Option<&Source> {
        self.sources
            .iter()
            .map(|source| &**source)
            .find(|source| source.info.id == provider)
    }

    /// The profile with this key, if it is loaded.
    pub fn row(&self, key: &str) -> Option<Row> {
        self.index.find(key).or_else(|| match self.parts.get(key) {
            Some(Parts::Loaded(row)) => Some(row.clone()),
            _ => None,
        })
    }

    /// What is asked of everything that is loaded. It is the same for a minute, so that the answer is.
    pub fn question(&self) -> Question {
        Question {
            text: self.query.clone(),
            sort: self.sort.clone(),
            facets: rail::counted(&self.folds),
            now: minute(self.now),
        }
    }

    /// The list, as the index answers.
    pub fn answer(&self) -> Answer {
        self.index.answer(&self.question())
    }

    /// What of the query this source's API can be asked for; `None` where it takes nothing of it.
    pub fn plan(&self, provider: &str) -> Option<Plan> {
        let plan = plan(&Filter::parse(&self.query), provider).ok()?;
        (!plan.params.is_empty() && !plan.is_nothing).then_some(plan)
    }

    /// What is asked of each source that can be asked.
    pub fn queries(&self) -> Vec<Query> {
        let query = |source: &Shared<Source>| {
            let base = source.query().ok()?;
            let is_asked = self.asking.contains(source.info.id);
            match is_asked.then(|| self.plan(source.info.id)).flatten() {
                Some(plan) => plan.query(base).ok(),
                None => Some(base),
            }
        };
        self.sources.iter().filter_map(query).collect()
    }

    /// Light, dark, or as the system has it.
    pub fn theme(&self) -> Theme {
        self.settings.theme.unwrap_or(self.host_theme)
    }

    /// Whether every source has told everything.
    pub fn is_complete(&self) -> bool {
        self.sources.iter().all(|source| source.is_complete())
    }

    /// Whether a first page may still come.
    pub fn is_starting(&self) -> bool {
        let is_open = |source: &Shared<Source>| source.progress.n_pages == 0 && source.is_open();
        self.outage.is_none() && self.sources.iter().any(is_open)
    }

    /// The link that leads back here.
    pub fn link(&self) -> Link {
        Link {
            query: self.query.clone(),
            sort: self.sort.clone(),
            asking: self.asking.clone(),
            view: Some(self.view).filter(|view| *view != View::default()),
            open: self.open.clone(),
            section: self.section.clone().filter(|_| self.open.is_some()),
        }
    }

    /// Whether any number on the screen counts seconds.
    fn counts_seconds(&self) -> bool {
        let counts = |source: &Shared<Source>| source.is_running() || source.is_fresh(self.now);
        self.sources.iter().any(counts)
    }

    fn wish_focus(&mut self, id: String) {
        self.focus = (self.focus.0 + 1, id);
    }

    fn follow(&mut self, link: Link, place: Option<usize>) {
        (self.query, self.sort, self.asking) = (link.query, link.sort, link.asking);
        (self.open, self.section) = (link.open, link.section);
        // What was kept on this device holds until an address says otherwise, or is left again.
        let kept = if self.is_linked {
            View::default()
        } else {
            self.settings.view
        };
        self.view = link.view.unwrap_or(kept);
        self.is_linked = true;
        self.n_followed += 1;
        self.show_place(place.unwrap_or(0), false);
    }

    /// A list of other profiles, or in another order, is seen from its beginning.
    fn show_place(&mut self, at: usize, takes_focus: bool) {
        self.active = at;
        self.place = Place {
            n_wishes: self.place.n_wishes + 1,
            at,
            takes_focus,
        };
    }

    fn hear(&mut self, provider: &str, generation: u64, event: LoadEvent, now: UnixMs) -> bool {
        let Some(source) = self.sources.iter_mut().find(|source| source.info.id == provider) else {
            return false;
        };
        let was_running = source.is_running();
        if !source.make_mut().heard(generation, event, now) {
            return false;
        }
        if was_running && !source.is_running() || matches!(source.load, Load::Waiting(_)) {
            self.announcement = texts::announcement(source, now);
        }
        true
    }

    fn ask(&mut self, query: String) {
        self.query = query;
        let is_asked = |provider: &&'static str| self.plan(provider).is_some();
        self.asking = self.asking.iter().copied().filter(is_asked).collect();
        self.show_place(0, false);
    }

    fn take(&mut self, choice: Choice) {
        if let Choice::All(Field::Platform, wants_all) = choice {
            self.wants_all_platforms = wants_all;
        }
        let has_all = self.wants_all_platforms && matches!(choice, Choice::Toggled(Field::Platform, _));
        let filter = choice.apply(&Filter::parse(&self.query), has_all);
        let query = filter.to_string();
        if query != self.query {
            self.n_steps += 1;
            self.ask(query);
        }
    }

    fn open(&mut self, key: String) {
        self.open = Some(key);
        self.n_steps += 1;
        self.wish_focus(DRAWER_TITLE_ID.to_owned());
    }

    fn close(&mut self) {
        if let Some(key) = self.open.take() {
            self.section = None;
            self.n_steps += 1;
            self.wish_focus(opener_id(&key));
        }
    }

    /// Applies what happened. Returns whether anything changed.
    fn apply(&mut self, action: Action) -> bool {
        match action {
            Action::Ticked(now) => {
                let is_seen = self.counts_seconds() || minute(now) != minute(self.now);
                self.now = now;
                return is_seen;
            }
            Action::OriginFound(origin) => (self.origin, self.outage) = (Some(origin), None),
            Action::OriginFailed(error) => self.outage = Some(error),
            Action::LinkFollowed(link, place) => self.follow(link, place),
            Action::SettingsRead(settings) => {
                self.view = settings.view;
                self.settings = settings;
            }
            Action::ThemeConfigured(theme) => self.host_theme = theme,
            Action::Loaded {
                provider,
                generation,
                event,
                index,
                now,
            } => {
                if !self.hear(provider, generation, event, now) {
                    return false;
                }
                (self.index, self.now) = (index, now);
            }
            Action::PartsHeard(key, parts, index) => {
                self.parts.make_mut().insert(key, parts);
                self.index = index;
            }
            Action::Suggested(suggestions) => self.suggestions = suggestions.into(),
            Action::Announced(text) => self.announcement = text,
            wish => return self.choose(wish),
        }
        true
    }

    /// Applies what a person chose. Returns whether anything changed.
    fn choose(&mut self, action: Action) -> bool {
        match action {
            Action::QueryTyped(query) | Action::QueryChosen(query) if query == self.query => return false,
            Action::QueryTyped(query) => self.ask(query),
            Action::QueryChosen(query) => {
                self.n_steps += 1;
                self.ask(query);
            }
            Action::Chosen(choice) => self.take(choice),
            Action::FiltersCleared => {
                self.n_steps += 1;
                self.ask(String::new());
            }
            Action::OrderChosen(sort) => {
                (self.sort, self.n_steps) = (sort, self.n_steps + 1);
                self.show_place(0, false);
            }
            Action::AskingChosen(provider, true) => _ = self.asking.insert(provider),
            Action::AskingChosen(provider, false) => _ = self.asking.remove(provider),
            Action::FacetFolded(field, is_open) => _ = self.folds.insert(field, is_open),
            Action::ViewChosen(view) if view == self.view => return false,
            Action::ViewChosen(view) => {
                (self.view, self.settings.view) = (view, view);
                self.n_steps += 1;
                self.show_place(self.active, false);
            }
            Action::CardFocused(place) if place == self.active => return false,
            Action::CardFocused(place) => self.active = place,
            Action::CardsPassed(n_cards) => self.show_place(self.active.saturating_add_signed(n_cards), true),
            Action::ProfileOpened(key) => self.open(key),
            Action::ProfileClosed if self.open.is_none() => return false,
            Action::ProfileClosed => self.close(),
            Action::SectionChosen(section) => self.section = Some(section),
            Action::ThemeChosen(theme) => self.settings.theme = Some(theme),
            Action::PicturesChosen(has_pictures) => self.settings.has_pictures = has_pictures,
            Action::KeysChosen(has_keys) => self.settings.has_keys = has_keys,
            Action::HelpShown(has_help) => {
                self.has_help = has_help;
                if has_help {
                    self.wish_focus(HELP_TITLE_ID.to_owned());
                }
            }
            _ => return false,
        }
        true
    }
}

impl Reducible for State {
    type Action = Action;

    /// Returns the same state for what changes nothing, so that nothing is drawn again.
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        if next.apply(action) { Rc::new(next) } else { self }
    }
}

#[cfg(test)]
mod tests;
