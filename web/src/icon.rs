//! Icons as inline shapes. Each stands beside a word and is hidden from screen readers.

use yew::{Html, html};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Fine.
    Check,
    /// Look at this.
    Warn,
    /// Stopped.
    Stop,
    /// To know.
    Info,
    /// To look for.
    Search,
    /// Asked of the API.
    Bolt,
    /// Close, remove.
    Close,
    /// Copy.
    Copy,
    /// Back.
    Back,
    /// Forth.
    Forth,
    /// Keep as a file.
    Save,
    /// Something is going on.
    Busy,
    /// Applied to what is loaded.
    Here,
    /// Not this.
    Not,
    /// The largest first.
    Down,
    /// The smallest first.
    Up,
    /// Cards.
    Cards,
    /// A table.
    Table,
    /// Lines.
    Lines,
    /// Open a file.
    Open,
    /// What else there is.
    More,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M3 8.5l3.2 3.2L13 4.8",
            Self::Warn => "M8 2.2L14.6 13.6H1.4zM8 6.4v3.4M8 11.7v.1",
            Self::Stop => "M5 1.8h6L14.2 5v6L11 14.2H5L1.8 11V5zM5 8h6",
            Self::Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.2v4M8 4.8v.1",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14",
            Self::Bolt => "M9 1.5L3.5 9H8l-1 5.5L12.5 7H8z",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Back => "M10 3L5 8l5 5",
            Self::Forth => "M6 3l5 5-5 5",
            Self::Save => "M8 2v7M4.8 6.2L8 9.4l3.2-3.2M2.5 11v2.5h11V11",
            Self::Busy => "M8 2a6 6 0 1 1-5.2 3",
            Self::Here => "M2.5 7.5L8 2.5l5.5 5M4.2 6.5v7h7.6v-7",
            Self::Not => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM3.8 12.2l8.4-8.4",
            Self::Down => "M8 3v10M4 9l4 4 4-4",
            Self::Up => "M8 13V3M4 7l4-4 4 4",
            Self::Cards => "M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z",
            Self::Table => "M2 3h12v10H2zM2 6.5h12M2 9.8h12M6.5 3v10",
            Self::Open => "M2 12.8V3.2h4l1.5 1.6h6v2M2 12.8l2-6h10.5l-2 6z",
            Self::More => "M3 8v.1M8 8v.1M13 8v.1",
            Self::Lines => "M2.5 4h11M2.5 8h11M2.5 12h11",
        }
    }

    /// Draws it.
    pub fn draw(self) -> Html {
        let class = if self == Self::Busy { "icon icon--busy" } else { "icon" };
        html! {
            <svg class={class} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d={self.path()} />
            </svg>
        }
    }
}
