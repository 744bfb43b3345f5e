//! What can happen to the screen, as past-tense facts.

use std::rc::Rc;

use roster_core::{Error, UnixMs};
use roster_index::{Field, Sort};

use super::Spot;
use crate::choice::Choice;
use crate::export::Written;
use crate::file_source::FileSource;
use crate::format::Zone;
use crate::index::Index;
use crate::origin::{Origin, Outage};
use crate::picking::Pick;
use crate::roll::Row;
use crate::sheet::Sheet;
use crate::source::LoadEvent;
use crate::suggestions::Suggestions;
use crate::theme::{Contrast, Theme};
use crate::url::Link;
use crate::view::{Density, Tab, View};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Time passed.
    Ticked(UnixMs),
    /// It is known where profiles come from.
    OriginFound(Rc<Origin>),
    /// It could not be found out.
    OriginFailed(Outage),
    /// Something needs a network and there is none, or there is one again.
    ConnectionHeard(Connection),
    /// The browser refused to copy this text; `None` once a person has seen it.
    CopyRefused(Option<String>),
    /// The proxy said how its sources are.
    SourcesHeard(Vec<roster_core::Source>, UnixMs),
    /// What the page knows at the start.
    SettingsRead(Settings),
    /// The host wants this theme unless a person chose one.
    ThemeConfigured(Theme),
    /// The address of the page says this; and where in the list a person was then.
    LinkFollowed(Link, Option<Spot>),
    /// A person wrote this into the query bar.
    QueryTyped(String),
    /// A person changed the query by a chip, a count, a preset or a suggestion.
    QueryChosen(String),
    /// A person wants the list in this order.
    OrderChosen(Sort),
    /// A person chose something beside the list.
    Chosen(Choice),
    /// A person took all conditions back.
    FiltersCleared,
    /// A person wants this source to be asked for the conditions that its API takes, or not any more.
    AskingChosen(&'static str, bool),
    /// The whole program is there.
    Completed,
    /// The first records of a page, which the index has not taken in yet.
    FirstCame(Vec<Row>),
    /// A person wants to know more of a profile than its record says, before there is anything that could ask for it.
    CheckWanted(String),
    /// Something happened in a load.
    Loaded {
        /// The provider's id.
        provider: &'static str,
        /// Which load.
        generation: u64,
        /// What.
        event: LoadEvent,
        /// Everything that is loaded, with what came.
        index: Index,
        /// When.
        now: UnixMs,
    },
    /// The reading of a file went on, or ended; and everything that is loaded, with it.
    FileHeard(Box<FileSource>, Index),
    /// A file has left, and its profiles with it.
    FileClosed(u64, Index),
    /// Everything that is loaded stands in this order, made as of a minute.
    Ordered(Sort, UnixMs, Index),
    /// The profiles of a source that is not asked any more have left.
    RowsLeft(Index),
    /// What is taken along was written so far; `None`: no more.
    ExportHeard(Option<Written>),
    /// A person chose profiles.
    Picked(Pick),
    /// A sheet was laid over the page, or taken off.
    SheetShown(Option<Sheet>),
    /// What could stand at the cursor of the query bar was looked up.
    Suggested(Suggestions),
    /// A group of counts was unfolded, or folded.
    FacetFolded(Field, bool),
    /// There is room for one column only, or for more.
    WidthFound(bool),
    /// A person wants the list drawn like this.
    ViewChosen(View),
    /// A person wants to see the list, or pictures of it.
    TabChosen(Tab),
    /// A person wants the list in groups, or not.
    GroupChosen(Option<Field>),
    /// A group was folded, or unfolded.
    GroupFolded(String),
    /// A person wants the table to have these columns.
    ColumnsChosen(Vec<Field>),
    /// A card of the list has the focus, at this place.
    CardFocused(usize),
    /// A person went so many cards on, or back.
    CardsPassed(isize),
    /// A person went so many profiles on, or back, from the open one.
    ProfilesPassed(isize),
    /// A person opened a profile.
    ProfileOpened(String),
    /// A person closed it.
    ProfileClosed,
    /// A person wants a section of it.
    SectionChosen(String),
    /// More is known, or not, of a profile; and everything that is loaded, with it.
    PartsHeard(String, Parts, Index),
    /// A person chose a theme.
    ThemeChosen(Theme),
    /// A person chose a contrast.
    ContrastChosen(Contrast),
    /// A person wants dates in this zone.
    ZoneChosen(Zone),
    /// A person wants things to stand close, or not.
    DensityChosen(Density),
    /// A person wants pictures, or not.
    PicturesChosen(bool),
    /// A person wants single letters to be commands, or not.
    KeysChosen(bool),
    /// The help was opened, or closed.
    HelpShown(bool),
    /// Something is to be said to people who do not see the screen.
    Announced(String),
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

/// Whether there is a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// There is one, as far as is known.
    #[default]
    Online,
    /// There is none, and something waits for it.
    Offline,
}

/// What becomes of settings when the page is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// They are kept on this device.
    #[default]
    Kept,
    /// The browser keeps nothing.
    Refused,
}

/// What the page knows at the start: its address, its width, and what was kept on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The theme that a person chose, if one was.
    pub theme: Option<Theme>,
    /// How strong the contrast is.
    pub contrast: Contrast,
    /// The time zone of dates.
    pub zone: Zone,
    /// How close things stand.
    pub density: Density,
    /// Whether pictures are loaded.
    pub has_pictures: bool,
    /// How the list was drawn last.
    pub view: View,
    /// The columns that a person chose for the table.
    pub columns: Option<Vec<Field>>,
    /// Whether single letters are commands.
    pub has_keys: bool,
    /// The page's address.
    pub page_address: String,
    /// Whether there is room for one column only.
    pub is_narrow: bool,
    /// Whether the browser keeps anything on this device.
    pub storage: Storage,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: None,
            contrast: Contrast::default(),
            zone: Zone::default(),
            density: Density::default(),
            has_pictures: false,
            view: View::default(),
            columns: None,
            has_keys: true,
            page_address: String::new(),
            is_narrow: false,
            storage: Storage::Kept,
        }
    }
}
