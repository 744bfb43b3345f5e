//! What stays where it is when the list is laid out anew, because the window, the density or the room beside the drawer
//! is another: the open card, else the one that keys start from, else the first that is seen. The focus stays too.

use yew::NodeRef;

use super::ListProps;
use super::shape::Shape;
use crate::page;

/// A row that stays where it is seen, and the card that keeps the focus.
pub(super) struct Anchor {
    place: usize,
    /// How far the row's upper edge is below the window's.
    at_px: f64,
    focused: Option<String>,
}

impl Anchor {
    /// What is to stay, while the list still has its old shape, with the window's upper edge so far below its own.
    pub(super) fn of(props: &ListProps, shape: &Shape, top_px: f64) -> Option<Self> {
        let total = props.answer.total;
        let open = props.open.as_ref().filter(|_| props.scope == 0);
        let open = open.and_then(|key| props.index.position(&props.answer, key));
        let active = props.own(props.active).filter(|place| *place < total);
        let first = shape.is_at(top_px, total).then(|| shape.first_seen(top_px, total));
        let at_px = |place: usize| shape.top_px(place, total) - top_px;
        let is_seen = |place: &usize| at_px(*place) > -shape.row_px && at_px(*place) < shape.window_px;
        let place = [open, active, first].into_iter().flatten().find(is_seen)?;
        let focused = page::focused_card().filter(|(_, place)| props.own(*place).is_some());
        Some(Self {
            place,
            at_px: at_px(place),
            focused: focused.map(|(key, _)| key),
        })
    }

    /// How far the window's upper edge will be below the list's.
    pub(super) fn top_px(&self, shape: &Shape, total: usize) -> f64 {
        (shape.top_px(self.place, total) - self.at_px).max(0.0)
    }

    /// Puts it back, in the new shape.
    pub(super) fn hold(&self, props: &ListProps, shape: &Shape, root: &NodeRef) {
        page::hold_row(root, shape.top_px(self.place, props.answer.total), self.at_px);
        if let Some(key) = self
            .focused
            .as_ref()
            .filter(|key| page::focused_key().as_ref() != Some(*key))
        {
            page::focus_opener(root, key);
        }
    }
}
