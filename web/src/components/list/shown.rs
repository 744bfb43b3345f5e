//! What the list is given, and how its rows are shown.

use std::collections::BTreeMap;

use roster_core::UnixMs;
use roster_index::{Field, Filter};
use yew::{Callback, Properties};

use super::super::Wish;
use crate::index::{Answer, Index};
use crate::marks::Needles;
use crate::picking::Picked;
use crate::shared::Shared;
use crate::state::{Action, Parts, Place};
use crate::view::View;

/// Properties of [`List`](super::List).
#[derive(Clone, PartialEq, Properties)]
pub struct ListProps {
    /// Everything that is loaded.
    pub index: Index,
    /// Which of it is in the list.
    pub answer: Shared<Answer>,
    /// How it is drawn.
    pub view: View,
    /// The columns of the table.
    pub columns: Shared<Vec<Field>>,
    /// What was loaded for single profiles.
    pub parts: Shared<BTreeMap<String, Parts>>,
    /// Key of the open profile.
    pub open: Option<String>,
    /// The chosen profiles.
    pub picked: Shared<Picked>,
    /// Profiles in the lists before this one, where the list is in groups.
    pub before: usize,
    /// Which of several lists this is, from 1; 0 if it is the only one.
    pub scope: usize,
    /// Profiles in all lists together.
    pub n_listed: usize,
    /// The place to show.
    pub place: Place,
    /// Key of the profile that was seen at that place, which may stand elsewhere now.
    pub wanted: Option<String>,
    /// Whether it may still come.
    pub is_starting: bool,
    /// The place of the card that keys start from.
    pub active: usize,
    /// Whether pictures are loaded.
    pub has_pictures: bool,
    /// The time now, to the minute.
    pub now: UnixMs,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

impl ListProps {
    /// The place in this list of a place in all of them; `None` if it is in another one.
    pub(super) fn own(&self, place: usize) -> Option<usize> {
        if self.scope == 0 {
            return Some(place);
        }
        place
            .checked_sub(self.before)
            .filter(|place| *place < self.answer.total)
    }
}

/// How rows are shown, for all chunks.
#[derive(Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) index: Index,
    pub(crate) filter: Filter,
    pub(crate) needles: Needles,
    pub(crate) view: View,
    pub(crate) columns: Shared<Vec<Field>>,
    pub(crate) before: usize,
    pub(crate) scope: usize,
    pub(crate) parts: Shared<BTreeMap<String, Parts>>,
    pub(crate) has_pictures: bool,
    pub(crate) now: UnixMs,
}

impl Shown {
    pub(super) fn of(props: &ListProps) -> Self {
        let mut filter = props.answer.filter.clone();
        if props.scope > 0 {
            // The condition of the group stands last. Nobody has looked for it, and so it is not marked.
            filter.terms.pop();
        }
        Self {
            index: props.index.clone(),
            needles: Needles::of(&filter),
            filter,
            view: props.view,
            columns: props.columns.clone(),
            before: props.before,
            scope: props.scope,
            parts: props.parts.clone(),
            has_pictures: props.has_pictures,
            now: props.now,
        }
    }
}
