//! What is drawn. One file a component; each draws its properties and calls back, and always draws at least one node
//! (Yew 0.23 loses its place beside a component that draws nothing).

mod avatar;
mod card;
mod chips;
mod copy_button;
mod drawer;
mod error_panel;
mod facets;
mod fact_list;
mod filter_control;
mod filter_rail;
mod grid;
mod header;
mod json_tree;
mod query_bar;
mod raw;
mod result_bar;
mod safe_link;
mod secret;
mod source_row;

pub use avatar::{Avatar, AvatarProps};
pub use card::{Card, CardProps};
pub use chips::{Chips, ChipsProps};
pub use copy_button::{CopyButton, CopyButtonProps};
pub use drawer::{Drawer, DrawerProps};
pub use error_panel::{ErrorPanel, ErrorPanelProps, Report};
pub use facets::{Facets, FacetsProps};
pub use fact_list::{FactList, FactListProps};
pub use filter_control::{FilterControl, FilterControlProps};
pub use filter_rail::{FilterRail, FilterRailProps};
pub use grid::{Grid, GridProps};
pub use header::{Header, HeaderProps};
pub use json_tree::{JsonTree, JsonTreeProps};
pub use query_bar::{QueryBar, QueryBarProps};
pub use raw::{Raw, RawProps};
pub use result_bar::{ResultBar, ResultBarProps};
pub use safe_link::{SafeLink, SafeLinkProps};
pub use secret::{Secret, SecretProps};
pub use source_row::{SourceRow, SourceRowProps};

use crate::source::Goal;

/// Something that a person wants and that takes time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Go on loading.
    Load(&'static str, Goal),
    /// Stop loading.
    Stop(&'static str),
    /// Load from the beginning and keep what is there.
    StartOver(&'static str, Goal),
    /// Everything about one profile.
    Parts(String),
    /// Find the proxy again.
    FindOrigin,
}
