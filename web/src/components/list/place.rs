//! The place of the list that is to be seen.

use yew::Context;

use super::{List, ListProps};
use crate::page;
use crate::state::Action;

impl List {
    /// Scrolls to the place that is wished for, once the list is that long; moves the focus if it was wished for.
    pub(super) fn go_to_place(&mut self, ctx: &Context<Self>) {
        let (wished, total) = (ctx.props().place, ctx.props().answer.total);
        let props = ctx.props();
        let Some(own) = props.own(wished.at) else {
            return;
        };
        // A place among groups is found by its number; in one list the profile itself is looked for.
        let wanted = props.wanted.as_ref().filter(|_| props.scope == 0);
        if wished.n_wishes == self.done || total == 0 || own >= total && !wished.takes_focus && wanted.is_none() {
            return;
        }
        let found = wanted.map(|key| props.index.position(&props.answer, key));
        // It may stand elsewhere than it did, but only once it has come.
        if found == Some(None) && props.is_starting {
            return;
        }
        self.done = wished.n_wishes;
        let at = found.flatten().unwrap_or(own).min(total - 1);
        let is_start = props.before + at == 0 && !wished.takes_focus;
        // Asking the page where it stands would make it lay everything out before its time.
        if is_start && self.mount.top_px <= 0.0 {
            return;
        }
        let shape = &self.mount.shape;
        self.scrolled_px = None;
        page::show_row(&self.root, shape.top_px(at, total), shape.row_px, is_start);
        if wished.takes_focus {
            self.focus(ctx.props(), own, at);
        }
    }

    fn focus(&self, props: &ListProps, wished: usize, at: usize) {
        if wished != at {
            props.act.emit(Action::CardFocused(props.before + at));
        }
        if let Some(key) = props.index.key_at(&props.answer, at) {
            page::focus_opener(&self.root, &key);
        }
    }
}
