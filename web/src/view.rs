//! How the list is drawn: cards, table or compact lines; and how close things stand.

/// One of three drawings of the same list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A card for each profile.
    #[default]
    Cards,
    /// A table with columns.
    Table,
    /// One line for each profile.
    Compact,
}

/// How close things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// With room between them.
    #[default]
    Roomy,
    /// Close together, to scan many.
    Dense,
}

impl Density {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Roomy => Self::Dense,
            Self::Dense => Self::Roomy,
        }
    }
}

/// What stands below the query: the profiles, or pictures of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The list.
    #[default]
    Profiles,
    /// The pictures.
    Charts,
}

impl Tab {
    /// All of them, in their order.
    pub const ALL: [Self; 2] = [Self::Profiles, Self::Charts];

    /// The word for it in links.
    pub fn word(self) -> &'static str {
        match self {
            Self::Profiles => "profiles",
            Self::Charts => "charts",
        }
    }

    /// The tab of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.word() == word)
    }
}

impl View {
    /// All of them, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Cards, Self::Table, Self::Compact];

    /// The word for it in links and settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Table => "table",
            Self::Compact => "compact",
        }
    }

    /// The view of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}
