//! What is drawn. One file a component; each draws its properties and calls back, and always draws at least one node
//! (Yew 0.23 loses its place beside a component that draws nothing).

mod avatar;
mod card;
mod charts;
mod chips;
mod columns;
mod compare_sheet;
mod copy_button;
mod drawer;
mod error_panel;
mod export_sheet;
mod fact_list;
mod file_row;
mod groups;
mod header;
mod help;
mod json_tree;
mod line;
mod list;
mod open_file;
mod person_sheet;
mod pick_bar;
mod query_bar;
mod rail;
mod raw;
mod result_bar;
mod results;
mod safe_link;
mod secret;
mod sheet;
mod sorting;
mod source_row;
mod uncopied;

pub(crate) use card::Card;
pub use charts::{Charts, ChartsProps};
pub use chips::{Chips, ChipsProps};
pub use columns::{Choice as ColumnChoice, Columns, ColumnsProps};
pub use compare_sheet::{CompareSheet, CompareSheetProps};
pub use copy_button::{CopyButton, CopyButtonProps};
pub use drawer::{Drawer, DrawerProps};
pub use error_panel::{ErrorPanel, ErrorPanelProps, Report};
pub use export_sheet::{ExportSheet, ExportSheetProps};
pub use fact_list::{FactList, FactListProps};
pub use file_row::{FileRow, FileRowProps};
pub use groups::{Groups, GroupsProps};
pub use header::{Header, HeaderProps};
pub use help::{HELP_ID, Help, HelpProps};
pub use json_tree::{JsonTree, JsonTreeProps};
pub(crate) use list::{Found, copy_id};
pub use list::{List, ListMsg, ListProps};
pub use open_file::{OpenFile, OpenFileProps};
pub use person_sheet::{PersonSheet, PersonSheetProps};
pub use pick_bar::{PickBar, PickBarProps};
pub use query_bar::{QueryBar, QueryBarProps, QueryMsg};
pub use rail::{RAIL_ID, Rail, RailProps};
pub use raw::{Raw, RawProps};
pub use result_bar::{ResultBar, ResultBarProps};
pub use results::{Results, ResultsProps};
pub use safe_link::{SafeLink, SafeLinkProps};
pub use secret::{Secret, SecretProps};
pub use sheet::{SHEET_ID, SheetPlace, SheetPlaceProps};
pub use sorting::{Sorting, SortingProps};
pub use source_row::{SourceRow, SourceRowProps};
pub use uncopied::{UNCOPIED_ID, Uncopied, UncopiedProps};

use crate::export::Order;
use crate::file_source::{FileSource, Upload};
use crate::shared::Shared;
use crate::source::Goal;

/// Something that a person wants and that takes time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Go on loading.
    Load(&'static str, Goal),
    /// Go on loading each of these.
    LoadEach(Vec<&'static str>, Goal),
    /// Go on where an earlier load had come before the page was reloaded.
    GoOn(&'static str),
    /// Ask an API for none of the conditions any more.
    Unask(&'static str),
    /// Stop loading.
    Stop(&'static str),
    /// Load from the beginning and keep what is there.
    StartOver(&'static str, Goal),
    /// Look at these files.
    OpenFiles(Vec<Upload>),
    /// Look at this file, though it is large.
    OpenLarge(Shared<FileSource>),
    /// Stop reading a file.
    StopFile(u64),
    /// Take a file off the list.
    CloseFile(u64),
    /// Take profiles along.
    Export(Box<Order>),
    /// Stop writing them.
    StopExport,
    /// Everything about one profile.
    Parts(String),
    /// Find the proxy again.
    FindOrigin,
    /// What could stand in this text at this place, in bytes.
    Suggest(String, usize),
    /// Say this to people who do not see the screen.
    Announce(String),
}
