//! Which chunks are in the document, and whether they show what the newest answer says. What is seen is brought up to
//! date at once, everything else in the pauses, and so is how long a list each card says that it is of.

use std::collections::BTreeMap;
use std::ops::Range;

use super::anchor::Anchor;
use super::shape::{MAX_WHOLE, Shape};
use super::{ListProps, Shown};
use crate::index::Window;
use crate::page;
use crate::shared::Shared;
use crate::view::View;

/// Chunks beside what is seen that are kept up to date, at each side.
const NEAR: usize = 2;

/// Rows that are brought up to date in one pause; twice as many are taken away.
const PAUSE_ROWS: usize = 24;

/// The same for cards, which are much more than rows.
const PAUSE_CARD_ROWS: usize = 4;

/// A chunk in the document.
pub(super) struct Mounted {
    pub(super) window: Shared<Window>,
    pub(super) shown: Shared<Shown>,
    /// How many profiles its cards say there are, which nobody sees.
    pub(super) total: usize,
    /// Whether it shows what the newest answer says.
    pub(super) is_fresh: bool,
}

/// The shape of another list that was measured just before, or a usual one.
fn beginning(view: View) -> Shape {
    let rows = rows_of(view);
    let measured = page::last_list_size().filter(|_| view == View::Cards);
    measured.map_or_else(
        || Shape::assumed(rows),
        |size| Shape {
            columns: size.columns,
            row_px: size.row_px,
            rows,
            window_px: size.window_px,
        },
    )
}

/// The chunks in the document.
pub(super) struct Mount {
    pub(super) shape: Shape,
    /// How far the window's upper edge is below the list's.
    pub(super) top_px: f64,
    pub(super) chunks: BTreeMap<usize, Mounted>,
    shown: Shared<Shown>,
}

impl Mount {
    /// What is seen at first.
    pub(super) fn new(props: &ListProps) -> Self {
        let mut mount = Self {
            shape: beginning(props.view),
            top_px: 0.0,
            chunks: BTreeMap::new(),
            shown: Shown::of(props).into(),
        };
        mount.draw(props, 0);
        mount
    }

    /// Takes another answer, or another way of showing it, in.
    pub(super) fn renew(&mut self, props: &ListProps, old: &ListProps) {
        let shown = Shown::of(props);
        let is_shown_so = shown == *self.shown;
        if !is_shown_so {
            self.shown = shown.into();
        }
        if props.view != old.view {
            self.chunks.clear();
            self.shape.rows = rows_of(props.view);
            self.shape.columns = 1;
        }
        if !is_shown_so || props.answer != old.answer {
            self.chunks.values_mut().for_each(|chunk| chunk.is_fresh = false);
        }
        self.draw(props, 0);
    }

    /// Takes another shape in, in which one row stays where it is seen. Returns whether it is another.
    pub(super) fn reshape(&mut self, props: &ListProps, shape: Option<Shape>, anchor: Option<&Anchor>) -> bool {
        let shape = shape.unwrap_or(self.shape);
        let shape = Shape {
            rows: rows_of(props.view),
            ..shape
        };
        let is_other = shape != self.shape;
        if is_other {
            // Chunks of the same size stay what they are.
            if shape.per_chunk() != self.shape.per_chunk() {
                self.chunks.clear();
            }
            self.shape = shape;
            let held = anchor.map(|anchor| anchor.top_px(&shape, props.answer.total));
            self.top_px = held.unwrap_or(self.top_px);
            self.draw(props, 0);
        }
        is_other
    }

    /// Takes in that the list was scrolled. Returns whether anything is drawn anew.
    pub(super) fn scroll(&mut self, props: &ListProps, top_px: f64) -> bool {
        let total = props.answer.total;
        let before = self.shape.seen(self.top_px, total, NEAR);
        let is_jump = (top_px - self.top_px).abs() > self.shape.window_px;
        self.top_px = top_px;
        let is_other = self.shape.seen(top_px, total, NEAR) != before;
        if is_other {
            // After a jump what is seen comes first, and its neighbours in the pause.
            self.draw(props, if is_jump { 0 } else { NEAR });
            self.leave_few(props);
        }
        is_other
    }

    /// Whether a list is short enough to be in the document whole.
    fn is_whole(props: &ListProps) -> bool {
        props.n_listed <= MAX_WHOLE
    }

    /// The chunk of the card that keys start from.
    fn active(&self, props: &ListProps) -> Option<usize> {
        let last = props.answer.total.checked_sub(1)?;
        Some(props.own(props.active)?.min(last) / self.shape.per_chunk())
    }

    /// The chunks that are seen, and those beside them.
    fn near(&self, props: &ListProps) -> Range<usize> {
        self.shape.seen(self.top_px, props.answer.total, NEAR)
    }

    /// How many chunks are brought up to date in one pause.
    fn per_pause(&self) -> usize {
        let is_cards = self.shape.rows == CARD_ROWS;
        if is_cards {
            PAUSE_CARD_ROWS
        } else {
            PAUSE_ROWS / self.shape.rows.max(1)
        }
    }

    /// Whether a chunk must be in the document: it is seen, or beside what is seen, or has the focus.
    fn is_needed(&self, props: &ListProps, number: usize) -> bool {
        self.near(props).contains(&number) || self.active(props) == Some(number)
    }

    /// Brings what is seen up to date, with so many chunks beside it.
    fn draw(&mut self, props: &ListProps, margin: usize) {
        let seen = self.shape.seen(self.top_px, props.answer.total, margin);
        for number in seen.chain(self.active(props)) {
            if self.is_old(number) {
                self.refresh(props, number);
            }
        }
    }

    fn is_old(&self, number: usize) -> bool {
        self.chunks.get(&number).is_none_or(|chunk| !chunk.is_fresh)
    }

    /// A scrolled list loses a chunk or two at once; many are taken away in the pauses.
    fn leave_few(&mut self, props: &ListProps) {
        let far: Vec<usize> = self
            .chunks
            .keys()
            .copied()
            .filter(|number| !self.is_needed(props, *number))
            .collect();
        if !Self::is_whole(props) && far.len() <= self.per_pause() {
            self.chunks.retain(|number, _| !far.contains(number));
        }
    }

    fn refresh(&mut self, props: &ListProps, number: usize) {
        let size = self.shape.per_chunk();
        let window = props.index.window(&props.answer, number * size, size);
        let before = self.chunks.get(&number).filter(|chunk| *chunk.window == window);
        // The same rows keep their identity: nothing is drawn again for them.
        let window = before.map_or_else(|| window.into(), |chunk| chunk.window.clone());
        let mounted = Mounted {
            window,
            shown: self.shown.clone(),
            total: self.chunks.get(&number).map_or(props.n_listed, |chunk| chunk.total),
            is_fresh: true,
        };
        self.chunks.insert(number, mounted);
    }

    /// The chunks whose cards say that they are of a list of another length.
    fn miscounting(&self, props: &ListProps) -> impl Iterator<Item = usize> {
        let (chunks, n_listed) = (self.chunks.iter(), props.n_listed);
        chunks.filter_map(move |(number, chunk)| (chunk.total != n_listed).then_some(*number))
    }

    /// Has the cards of a few chunks say how long the list is. Returns whether any did not.
    fn count(&mut self, props: &ListProps) -> bool {
        let wrong: Vec<usize> = self.miscounting(props).take(self.per_pause()).collect();
        for number in &wrong {
            if let Some(chunk) = self.chunks.get_mut(number) {
                chunk.total = props.n_listed;
            }
        }
        !wrong.is_empty()
    }

    /// Takes a few chunks away that nobody needs, or brings a few up to date. Returns whether it found something to do.
    pub(super) fn work(&mut self, props: &ListProps) -> bool {
        let gone: Vec<usize> = self.gone(props).take(2 * self.per_pause()).collect();
        if !gone.is_empty() {
            self.chunks.retain(|number, _| !gone.contains(number));
            return true;
        }
        // What is near comes first.
        let mut missing: Vec<usize> = self.near(props).filter(|number| self.is_old(*number)).collect();
        if missing.is_empty() {
            missing = self.missing(props).take(self.per_pause()).collect();
        }
        for number in &missing {
            self.refresh(props, *number);
        }
        !missing.is_empty() || self.count(props)
    }

    /// Whether there is something to do in a pause.
    pub(super) fn has_work(&self, props: &ListProps) -> bool {
        let is_placed = self.gone(props).next().is_none() && self.missing(props).next().is_none();
        !is_placed || self.miscounting(props).next().is_some()
    }

    /// Whether a chunk beside what is seen is missing or old.
    pub(super) fn has_near_work(&self, props: &ListProps) -> bool {
        self.near(props).into_iter().any(|number| self.is_old(number))
    }

    /// The chunks that nobody needs, from the end.
    fn gone(&self, props: &ListProps) -> impl Iterator<Item = usize> {
        let (n_chunks, is_whole) = (self.shape.n_chunks(props.answer.total), Self::is_whole(props));
        let is_gone = move |number: &usize| *number >= n_chunks || !is_whole && !self.is_needed(props, *number);
        self.chunks.keys().rev().copied().filter(is_gone)
    }

    /// The chunks that should be there and are not, or are old.
    fn missing(&self, props: &ListProps) -> impl Iterator<Item = usize> {
        let total = props.answer.total;
        let wanted = if Self::is_whole(props) {
            0..self.shape.n_chunks(total)
        } else {
            self.near(props)
        };
        wanted.filter(|number| self.is_old(*number))
    }
}

/// Rows of a chunk of cards: what is not seen is not drawn before the frame.
const CARD_ROWS: usize = 1;

/// Rows of a chunk.
fn rows_of(view: View) -> usize {
    if view == View::Cards { CARD_ROWS } else { 12 }
}
