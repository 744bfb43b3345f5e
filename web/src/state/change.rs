//! How what happened changes a state.

use std::rc::Rc;

use roster_core::UnixMs;
use roster_index::{Field, Filter, Sort};

use super::{
    Action, Connection, DRAWER_TITLE_ID, HELP_TITLE_ID, Parts, Place, Spot, State, ZONE_ID, minute, opener_id,
};
use crate::choice::Choice;
use crate::format::Zone;
use crate::index::Index;
use crate::source::{Load, LoadEvent};
use crate::url::Link;
use crate::view::{Tab, View};
use crate::{table, texts};

/// Profiles that are put in another order at once: a few milliseconds.
const AT_ONCE: usize = 4_096;

impl State {
    pub(super) fn wish_focus(&mut self, id: String) {
        self.focus = (self.focus.0 + 1, id);
    }

    fn follow(&mut self, link: Link, spot: Option<Spot>) {
        let left = self.open.take().filter(|_| link.open.is_none());
        (self.query, self.asking) = (link.query, link.asking);
        self.sort_by(link.sort);
        (self.open, self.section, self.sheet) = (link.open, link.section, link.sheet);
        // What was kept on this device holds until an address says otherwise, or is left again.
        let kept = if self.is_linked {
            View::default()
        } else {
            self.settings.view
        };
        (self.view, self.tab) = (link.view.unwrap_or(kept), link.tab);
        (self.group, self.folded) = (link.group, link.folded);
        let columns = link.columns.or_else(|| self.settings.columns.clone());
        self.columns = columns.unwrap_or_else(|| table::USUAL.to_vec()).into();
        self.is_linked = true;
        self.n_followed += 1;
        let spot = spot.unwrap_or_default();
        self.show_place(spot.at, false);
        self.wanted = spot.key;
        // The way back from a profile leads to its card.
        if let Some(key) = left {
            self.wish_focus(opener_id(&key));
        }
        // An open profile covers a narrow page: nothing behind it can keep the focus.
        if self.open.is_some() && self.settings.is_narrow {
            self.wish_focus(DRAWER_TITLE_ID.to_owned());
        }
    }

    /// A list of other profiles, or in another order, is seen from its beginning.
    fn show_place(&mut self, at: usize, takes_focus: bool) {
        (self.active, self.wanted) = (at, None);
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
        if let LoadEvent::PageBegun | LoadEvent::PageLoaded { .. } = event {
            self.beginning.rows = None;
        }
        if !source.make_mut().heard(generation, event, now) {
            return false;
        }
        if was_running && !source.is_running() || matches!(source.load, Load::Waiting(_)) {
            self.announcement = texts::announcement(source, now);
        }
        true
    }

    /// A short list is put in another order at once, a long one stands as it does until that is made in the pauses.
    fn sort_by(&mut self, sort: Sort) {
        let before = std::mem::replace(&mut self.sort, sort);
        if self.index.len() > AT_ONCE {
            self.listed.get_or_insert(before);
            self.listed.take_if(|listed| *listed == self.sort);
        }
    }

    fn show_order(&mut self, made: Sort, now: UnixMs, index: Index) -> bool {
        let listed = (made != self.sort).then_some(made);
        let is_news = self.index != index || self.listed != listed || self.counted_at != now;
        (self.index, self.listed, self.counted_at) = (index, listed, now);
        is_news
    }

    /// Counts as of another minute, unless that is another order of a long list, which is made in the pauses.
    fn count_at(&mut self, now: UnixMs) {
        if self.index.len() <= AT_ONCE || !self.list_sort().depends_on_now() {
            self.counted_at = minute(now);
        }
    }

    // Of its own, so that the first part of the program can do without it.
    #[inline(never)]
    fn hear_connection(&mut self, connection: Connection) {
        self.connection = connection;
        self.announcement = match connection {
            Connection::Online => texts::ONLINE.to_owned(),
            Connection::Offline => texts::offline(self.loaded_at(), self.now),
        };
    }

    #[inline(never)]
    fn hear_parts(&mut self, key: String, parts: Parts) {
        if let Parts::Loaded(_) = parts {
            self.parts_at.make_mut().insert(key.clone(), self.now);
        }
        if let Parts::Failed(error) = &parts {
            self.announcement = texts::explain_one(error, &key).what;
        }
        self.parts.make_mut().insert(key, parts);
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

    pub(super) fn open(&mut self, key: String) {
        self.sheet = None;
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

    /// Everything is drawn anew; the place and the button that was pressed stay.
    fn choose_zone(&mut self, zone: Zone) {
        self.settings.zone = zone;
        self.show_place(self.active, false);
        self.wish_focus(ZONE_ID.to_owned());
    }

    /// Applies what happened. Returns whether anything changed.
    pub(super) fn apply(&mut self, action: Action) -> bool {
        match action {
            Action::Ticked(now) => {
                let is_seen = self.counts_seconds() || minute(now) != minute(self.now);
                self.now = now;
                if !self.is_loading_all() {
                    self.count_at(now);
                }
                return is_seen;
            }
            Action::OriginFound(origin) => (self.origin, self.outage) = (Some(origin), None),
            Action::SourcesHeard(sources, now) => self.hear_sources(sources, now),
            Action::OriginFailed(outage) => self.outage = Some(outage),
            Action::ConnectionHeard(connection) if connection == self.connection => return false,
            Action::ConnectionHeard(connection) => self.hear_connection(connection),
            Action::LinkFollowed(link, spot) => self.follow(link, spot),
            Action::SettingsRead(settings) => {
                self.view = settings.view;
                self.settings = settings;
            }
            Action::ThemeConfigured(theme) => self.host_theme = theme,
            Action::Completed => self.complete(),
            Action::FirstCame(rows) => return self.show_first(rows),
            Action::CheckWanted(key) => self.beginning.checks.push(key),
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
                if self.index != index || !self.is_loading_all() {
                    self.count_at(now);
                }
                (self.index, self.now) = (index, now);
            }
            Action::PartsHeard(key, parts, index) => {
                self.hear_parts(key, parts);
                self.index = index;
            }
            Action::FileHeard(file, index) => self.hear_file(*file, index),
            Action::FileClosed(id, index) => self.close_file(id, index),
            Action::Ordered(sort, now, index) => return self.show_order(sort, now, index),
            Action::RowsLeft(index) => self.index = index,
            Action::ExportHeard(written) => self.written = written,
            Action::WidthFound(is_narrow) if is_narrow == self.settings.is_narrow => return false,
            Action::WidthFound(is_narrow) => self.settings.is_narrow = is_narrow,
            Action::Suggested(suggestions) => self.suggestions = suggestions.into(),
            Action::Announced(text) => self.announcement = text,
            wish if !self.beginning.is_whole => self.beginning.wishes.push(Rc::new(wish)),
            wish => return self.choose(wish),
        }
        true
    }

    /// Applies what a person chose. Returns whether anything changed.
    // Of its own, so that the first part of the program can do without it.
    #[inline(never)]
    pub(super) fn choose(&mut self, action: Action) -> bool {
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
                self.n_steps += 1;
                self.sort_by(sort);
                self.show_place(0, false);
            }
            Action::AskingChosen(provider, true) => _ = self.asking.insert(provider),
            Action::AskingChosen(provider, false) => _ = self.asking.remove(provider),
            Action::FacetFolded(field, is_open) => _ = self.folds.insert(field, is_open),
            Action::ViewChosen(view) if view == self.view && self.tab == Tab::Profiles => return false,
            // A drawing of the list is of no use behind the pictures.
            Action::ViewChosen(view) => {
                (self.view, self.settings.view, self.tab) = (view, view, Tab::Profiles);
                self.n_steps += 1;
                self.show_place(self.active, false);
            }
            Action::TabChosen(tab) if tab == self.tab => return false,
            Action::TabChosen(tab) => {
                (self.tab, self.n_steps) = (tab, self.n_steps + 1);
                self.show_place(self.active, false);
            }
            Action::GroupChosen(group) if group == self.group => return false,
            Action::GroupChosen(group) => {
                (self.group, self.n_steps) = (group, self.n_steps + 1);
                self.folded.clear();
                self.show_place(0, false);
            }
            Action::GroupFolded(word) => {
                if !self.folded.remove(&word) {
                    self.folded.insert(word);
                }
            }
            Action::ColumnsChosen(columns) if columns == *self.columns => return false,
            Action::ColumnsChosen(columns) => {
                self.columns = columns.clone().into();
                self.settings.columns = Some(columns).filter(|columns| *columns != table::USUAL);
            }
            Action::CopyRefused(text) if text == self.uncopied => return false,
            Action::CopyRefused(text) => self.uncopied = text,
            Action::CardFocused(place) if place == self.active => return false,
            Action::CardFocused(place) => self.active = place,
            Action::CardsPassed(n_cards) => self.show_place(self.active.saturating_add_signed(n_cards), true),
            Action::ProfilesPassed(n_profiles) => return self.pass_profiles(n_profiles),
            Action::ProfileOpened(key) => self.open(key),
            Action::ProfileClosed if self.open.is_none() => return false,
            Action::ProfileClosed => self.close(),
            Action::Picked(pick) => return self.pick(pick),
            Action::SheetShown(sheet) if sheet == self.sheet => return false,
            Action::SheetShown(sheet) => self.show_sheet(sheet),
            Action::SectionChosen(section) => self.section = Some(section),
            Action::ThemeChosen(theme) => self.settings.theme = Some(theme),
            Action::ZoneChosen(zone) => self.choose_zone(zone),
            Action::ContrastChosen(contrast) => self.settings.contrast = contrast,
            Action::DensityChosen(density) => self.settings.density = density,
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
