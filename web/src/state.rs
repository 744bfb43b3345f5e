//! Everything that is on the screen, as one value, and how it changes. Pure: no clock, no storage, no network, and
//! nothing is read or counted here; pages are taken in by the effects, and what follows from a state is worked out by
//! functions of it.

mod action;
mod change;
mod derived;
mod first;
mod gather;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use roster_core::{ALL, UnixMs};
use roster_index::{Field, Sort};
use yew::Reducible;

use crate::export::Written;
use crate::file_source::FileSource;
use crate::index::Index;
use crate::origin::{Origin, Outage};
use crate::picking::Picked;
use crate::shared::Shared;
use crate::sheet::Sheet;
use crate::source::Source;
use crate::suggestions::Suggestions;
use crate::table;
use crate::theme::Theme;
use crate::view::{Tab, View};

pub use action::{Action, Connection, Parts, Settings, Storage};
pub use first::{Beginning, MAX_FIRST};
pub use gather::{SHEET_TITLE_ID, Told};

/// The screen.
#[derive(Clone)]
pub struct State {
    /// Where profiles come from; `None` while it is being found out.
    pub origin: Option<Rc<Origin>>,
    /// When the proxy said last how its sources are.
    pub heard_at: UnixMs,
    /// Why nothing can be asked at all.
    pub outage: Option<Outage>,
    /// Whether there is a network.
    pub connection: Connection,
    /// What the browser refused to copy, until a person has seen it.
    pub uncopied: Option<String>,
    /// One for each API of this build.
    pub sources: Vec<Shared<Source>>,
    /// The files that were opened.
    pub files: Vec<Shared<FileSource>>,
    /// What there is before the whole program.
    pub beginning: Beginning,
    /// Every profile that is loaded.
    pub index: Index,
    /// What is asked of them, in the query language: the one home of every condition.
    pub query: String,
    /// The order of the list.
    pub sort: Sort,
    /// The order in which a long list stands as long as the one that is wanted is being made.
    pub listed: Option<Sort>,
    /// The sources whose APIs are asked for the conditions that they take.
    pub asking: BTreeSet<&'static str>,
    /// How the list is drawn.
    pub view: View,
    /// What stands below the query.
    pub tab: Tab,
    /// What the list is grouped by.
    pub group: Option<Field>,
    /// The words of the groups that are folded.
    pub folded: BTreeSet<String>,
    /// The columns of the table.
    pub columns: Shared<Vec<Field>>,
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
    /// Key of the profile that was seen at that place, which may stand elsewhere now.
    pub wanted: Option<String>,
    /// Key of the open profile.
    pub open: Option<String>,
    /// Section of the open profile; the first if `None`.
    pub section: Option<String>,
    /// The chosen profiles.
    pub picked: Shared<Picked>,
    /// Key of the profile that was chosen last, from which a range goes.
    pub anchor: Option<String>,
    /// What lies over the page.
    pub sheet: Option<Sheet>,
    /// How far the export is.
    pub written: Option<Written>,
    /// What was loaded for single profiles, by key.
    pub parts: Shared<BTreeMap<String, Parts>>,
    /// When that was loaded, by key.
    pub parts_at: Shared<BTreeMap<String, UnixMs>>,
    /// The time as last heard.
    pub now: UnixMs,
    /// The minute as of which everything is counted.
    pub counted_at: UnixMs,
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

/// Where a person was in the list, as it is kept with the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The place, counted from 0.
    pub at: usize,
    /// Key of the profile that stood there.
    pub key: Option<String>,
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

/// How a wish names the element that opens a profile. It has no such id in the document: its id is that of its place.
pub fn opener_id(key: &str) -> String {
    ["open-", key].concat()
}

/// Id of the element that opens the profile at a place of a list, whichever that is: what is only written anew need not
/// be named anew. Of several lists at once `scope` is the number, from 1.
pub fn slot_id(scope: usize, own: usize) -> String {
    match scope {
        0 => ["slot-", &own.to_string()].concat(),
        scope => format!("slot-{scope}-{own}"),
    }
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

/// Id of the button that chooses the zone of dates.
pub const ZONE_ID: &str = "zone";

/// Id of the heading of what could not be copied.
pub const UNCOPIED_TITLE_ID: &str = "uncopied-title";

/// Id of the heading of the help.
pub const HELP_TITLE_ID: &str = "help-title";

impl Default for State {
    fn default() -> Self {
        Self {
            origin: None,
            heard_at: UnixMs::default(),
            outage: None,
            connection: Connection::default(),
            uncopied: None,
            sources: ALL
                .iter()
                .filter_map(|provider| Source::new(*provider))
                .map(Shared::from)
                .collect(),
            files: Vec::new(),
            beginning: Beginning::default(),
            index: Index::default(),
            query: String::new(),
            sort: Sort::default(),
            listed: None,
            asking: BTreeSet::new(),
            view: View::default(),
            tab: Tab::default(),
            group: None,
            folded: BTreeSet::new(),
            columns: table::USUAL.to_vec().into(),
            suggestions: Shared::default(),
            folds: BTreeMap::new(),
            wants_all_platforms: false,
            active: 0,
            place: Place::default(),
            wanted: None,
            open: None,
            section: None,
            picked: Shared::default(),
            anchor: None,
            sheet: None,
            written: None,
            parts: Shared::default(),
            parts_at: Shared::default(),
            now: UnixMs::default(),
            counted_at: UnixMs::default(),
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
