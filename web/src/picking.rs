//! Profiles that a person has chosen, by their keys: the choice stays when filters, order or sources change.

use std::collections::BTreeSet;
use std::rc::Rc;

/// The chosen profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    keys: BTreeSet<Rc<str>>,
}

/// How a person chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// One profile, by its key, or not any more.
    Toggled(String),
    /// Everything from the one that was chosen last to this place of the list.
    UpTo(usize),
    /// Everything that is in the list.
    All,
    /// Nothing any more.
    Nothing,
}

impl Picked {
    /// How many.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether this profile is among them.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Their keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| &**key)
    }

    /// Chooses one, or takes the choice back.
    pub fn toggle(&mut self, key: &str) {
        if !self.keys.remove(key) {
            self.keys.insert(key.into());
        }
    }

    /// Chooses these too.
    pub fn extend(&mut self, keys: impl IntoIterator<Item = String>) {
        self.keys.extend(keys.into_iter().map(Rc::from));
    }
}
