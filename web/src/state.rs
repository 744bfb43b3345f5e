//! Everything that is on the screen, as one value, and how it changes. Pure: no clock, no storage, no network.

mod action;

use std::collections::BTreeMap;
use std::rc::Rc;

use roster_core::{ALL, Error, Query, UnixMs};
use yew::Reducible;

use crate::filters::Filters;
use crate::index::{Answer, Index, Question};
use crate::origin::Origin;
use crate::roll::Row;
use crate::shared::Shared;
use crate::source::{Load, LoadEvent, Source};
use crate::texts;
use crate::theme::Theme;
use crate::url::Link;

pub use action::{Action, Parts, Settings};

/// Cards that are drawn at first, and how many more each time.
pub const CARDS_STEP: usize = 48;

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
    /// What is asked of them, in the query language.
    pub query: String,
    /// The order of the list, one of [`ORDERS`](crate::index::ORDERS) by its key.
    pub order: &'static str,
    /// The one source that is shown; all if `None`.
    pub show: Option<&'static str>,
    /// Cards that may be drawn.
    pub n_cards: usize,
    /// Key of the open profile.
    pub open: Option<String>,
    /// Section of the open profile; the first if `None`.
    pub section: Option<String>,
    /// What was loaded for single profiles, by key.
    pub parts: BTreeMap<String, Parts>,
    /// The time as last heard.
    pub now: UnixMs,
    /// What the page knew at the start, and what a person chose since.
    pub settings: Settings,
    /// The theme until a person chooses one.
    pub host_theme: Theme,
    /// The element that should have the focus, and a number that grows with every wish.
    pub focus: (u64, String),
    /// What a screen reader is told.
    pub announcement: String,
    /// Whether the page's link was read; before that it must not be overwritten.
    pub is_linked: bool,
}

/// Id of the element that opens a profile.
pub fn opener_id(key: &str) -> String {
    format!("open-{key}")
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
            order: "",
            show: None,
            n_cards: CARDS_STEP,
            open: None,
            section: None,
            parts: BTreeMap::new(),
            now: UnixMs::default(),
            settings: Settings::default(),
            host_theme: Theme::System,
            focus: (0, String::new()),
            announcement: String::new(),
            is_linked: false,
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
        let ids = self.sources.iter().map(|source| source.info.id);
        Question {
            text: self.query.clone(),
            order: self.order,
            sources: ids.filter(|id| self.show.is_none_or(|show| show == *id)).collect(),
            now: minute(self.now),
        }
    }

    /// The list, as the index answers.
    pub fn answer(&self) -> Answer {
        self.index.answer(&self.question())
    }

    /// What is asked of each source that can be asked.
    pub fn queries(&self) -> Vec<Query> {
        self.sources.iter().filter_map(|source| source.query().ok()).collect()
    }

    /// The keys of the profiles before and after one in the list.
    pub fn neighbours(&self, key: &str) -> (Option<String>, Option<String>) {
        let rows = self.answer().rows;
        let own = self.index.place(key);
        let Some(place) = rows.iter().position(|row| Some(*row) == own) else {
            return (None, None);
        };
        let at = |place: Option<usize>| self.index.key(*rows.get(place?)?);
        (at(place.checked_sub(1)), at(place.checked_add(1)))
    }

    /// Light, dark, or as the system has it.
    pub fn theme(&self) -> Theme {
        self.settings.theme.unwrap_or(self.host_theme)
    }

    /// How many conditions are asked of the APIs.
    pub fn n_conditions(&self) -> usize {
        self.sources.iter().map(|source| source.filters.valid().count()).sum()
    }

    /// The link that leads back here.
    pub fn link(&self) -> Link {
        let asked = |source: &&Shared<Source>| source.filters.valid().next().is_some();
        let filters = self.sources.iter().filter(asked);
        Link {
            filters: filters.map(|source| (source.info.id, source.filters.clone())).collect(),
            query: self.query.clone(),
            order: self.order,
            show: self.show,
            open: self.open.clone(),
            section: self.section.clone().filter(|_| self.open.is_some()),
        }
    }

    /// Whether any number on the screen counts seconds.
    fn counts_seconds(&self) -> bool {
        self.sources.iter().any(|source| source.is_running())
    }

    fn source_mut(&mut self, provider: &str) -> Option<&mut Source> {
        let found = self.sources.iter_mut().find(|source| source.info.id == provider);
        found.map(Shared::make_mut)
    }

    fn wish_focus(&mut self, id: String) {
        self.focus = (self.focus.0 + 1, id);
    }

    fn follow(&mut self, link: Link) {
        for source in self.sources.iter_mut().map(Shared::make_mut) {
            source.filters = link.filters.get(source.info.id).cloned().unwrap_or_default();
        }
        (self.query, self.order) = (link.query, link.order);
        (self.show, self.open, self.section) = (link.show, link.open, link.section);
        self.is_linked = true;
    }

    fn filter(&mut self, provider: &str, param: &str, text: &str) {
        self.n_cards = CARDS_STEP;
        let Some(source) = self.source_mut(provider) else {
            return;
        };
        if let Some(param) = source.route.param(param) {
            source.filters.set(param, text);
        }
    }

    fn hear(&mut self, provider: &str, generation: u64, event: LoadEvent, now: UnixMs) -> bool {
        self.now = now;
        let found = self.sources.iter_mut().find(|source| source.info.id == provider);
        let Some(source) = found.map(Shared::make_mut) else {
            return false;
        };
        let (was_running, had_rows) = (source.is_running(), !source.roll.is_empty());
        if !source.heard(generation, event, now, &mut self.index) {
            return false;
        }
        let has_left = had_rows && source.roll.is_empty();
        if was_running && !source.is_running() || matches!(source.load, Load::Waiting(_)) {
            self.announcement = texts::announcement(source, now);
        }
        if has_left {
            self.index = self.rebuilt();
        }
        self.learn_parts();
        true
    }

    /// Lets the index know what was loaded for single profiles of the list.
    fn learn_parts(&mut self) {
        for parts in self.parts.values() {
            if let Parts::Loaded(row) = parts {
                self.index.learn(row);
            }
        }
    }

    /// An index of what the sources still have.
    fn rebuilt(&self) -> Index {
        let pages = |source: &Shared<Source>| {
            let (id, source) = (source.info.id, source.clone());
            source
                .roll
                .pages()
                .iter()
                .map(|page| (id, page.clone()))
                .collect::<Vec<_>>()
        };
        Index::of(self.sources.iter().flat_map(pages))
    }

    fn ask(&mut self, query: String) {
        (self.query, self.n_cards) = (query, CARDS_STEP);
        let n_loaded = self.sources.iter().map(|source| source.roll.len()).sum();
        self.announcement = texts::found(self.answer().rows.len(), n_loaded);
    }

    fn show_more(&mut self) {
        let first_new = self.answer().rows.get(self.n_cards).copied();
        let first_new = first_new.and_then(|row| Some(opener_id(&self.index.key(row)?)));
        self.n_cards += CARDS_STEP;
        if let Some(id) = first_new {
            self.wish_focus(id);
        }
    }

    fn open(&mut self, key: String) {
        self.open = Some(key);
        self.wish_focus(DRAWER_TITLE_ID.to_owned());
    }

    fn close(&mut self) {
        if let Some(key) = self.open.take() {
            self.section = None;
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
            Action::LinkFollowed(link) => self.follow(link),
            Action::SettingsRead(settings) => self.settings = settings,
            Action::ThemeConfigured(theme) => self.host_theme = theme,
            Action::FilterChanged { provider, param, text } => self.filter(provider, param, &text),
            Action::FiltersCleared => {
                for source in self.sources.iter_mut().map(Shared::make_mut) {
                    source.filters = Filters::default();
                }
                self.query.clear();
                self.n_cards = CARDS_STEP;
            }
            Action::QueryTyped(query) if query == self.query => return false,
            Action::QueryTyped(query) => self.ask(query),
            Action::OrderChosen(order) => (self.order, self.n_cards) = (order, CARDS_STEP),
            Action::Loaded {
                provider,
                generation,
                event,
                now,
            } => return self.hear(provider, generation, event, now),
            Action::MoreShown => self.show_more(),
            Action::ShowChosen(show) => (self.show, self.n_cards) = (show, CARDS_STEP),
            Action::ProfileOpened(key) => self.open(key),
            Action::ProfileClosed if self.open.is_none() => return false,
            Action::ProfileClosed => self.close(),
            Action::SectionChosen(section) => self.section = Some(section),
            Action::PartsHeard(key, parts) => {
                self.parts.insert(key, parts);
                self.learn_parts();
            }
            Action::ThemeChosen(theme) => self.settings.theme = Some(theme),
            Action::PicturesChosen(has_pictures) => self.settings.has_pictures = has_pictures,
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
