//! What can lie over the page: the export, a comparison, everything of one person.

/// A sheet over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// What is taken along, and in which form.
    Export,
    /// These profiles side by side.
    Compare(Vec<String>),
    /// Every profile of one person, `insightiq:9f2c…`.
    Person(String),
}

/// Most profiles that stand side by side.
pub const MAX_COMPARED: usize = 4;

/// Fewest profiles that can be compared.
pub const MIN_COMPARED: usize = 2;

impl Sheet {
    /// These profiles side by side, if there are two to four.
    pub fn compare(keys: Vec<String>) -> Option<Self> {
        (MIN_COMPARED..=MAX_COMPARED)
            .contains(&keys.len())
            .then_some(Self::Compare(keys))
    }
}
