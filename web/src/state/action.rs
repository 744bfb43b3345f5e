//! What can happen to the screen, as past-tense facts.

use std::rc::Rc;

use roster_core::{Error, UnixMs};

use crate::origin::Origin;
use crate::roll::Row;
use crate::source::LoadEvent;
use crate::theme::Theme;
use crate::url::Link;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Time passed.
    Ticked(UnixMs),
    /// It is known where profiles come from.
    OriginFound(Rc<Origin>),
    /// It could not be found out.
    OriginFailed(Error),
    /// What the page knows at the start.
    SettingsRead(Settings),
    /// The host wants this theme unless a person chose one.
    ThemeConfigured(Theme),
    /// The address of the page says this.
    LinkFollowed(Link),
    /// A person entered a condition.
    FilterChanged {
        /// The provider's id.
        provider: &'static str,
        /// The parameter's name.
        param: &'static str,
        /// The text; empty takes it back.
        text: String,
    },
    /// A person wrote this into the query bar, or changed it by a chip or a count.
    QueryTyped(String),
    /// A person wants the list in this order, one of [`ORDERS`](crate::index::ORDERS) by its key.
    OrderChosen(&'static str),
    /// A person took all conditions back, those of the query too.
    FiltersCleared,
    /// Something happened in a load.
    Loaded {
        /// The provider's id.
        provider: &'static str,
        /// Which load.
        generation: u64,
        /// What.
        event: LoadEvent,
        /// When.
        now: UnixMs,
    },
    /// A person wants more cards.
    MoreShown,
    /// A person wants one source, or all.
    ShowChosen(Option<&'static str>),
    /// A person opened a profile.
    ProfileOpened(String),
    /// A person closed it.
    ProfileClosed,
    /// A person wants a section of it.
    SectionChosen(String),
    /// More is known, or not, of a profile.
    PartsHeard(String, Parts),
    /// A person chose a theme.
    ThemeChosen(Theme),
    /// A person wants pictures, or not.
    PicturesChosen(bool),
}

/// What is known of a profile beyond the list, after one more request.
#[derive(Clone, Debug, PartialEq)]
pub enum Parts {
    /// The request is in flight.
    Loading,
    /// The answer.
    Loaded(Row),
    /// There is none.
    Failed(Error),
}

/// What the page knows at the start: its address, its width, and what was kept on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The theme that a person chose, if one was.
    pub theme: Option<Theme>,
    /// Whether pictures are loaded.
    pub has_pictures: bool,
    /// The page's address.
    pub page_address: String,
    /// Whether there is room for one column only.
    pub is_narrow: bool,
}
