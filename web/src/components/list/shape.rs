//! The arithmetic of a list of which only a part is in the document: which chunks are seen, which stand where.
//!
//! The list is cut into chunks of the same number of rows. A chunk is known by its number, not by what it shows, so that
//! another answer changes texts in place, and scrolling adds a chunk at one end and takes one away at the other.

use std::ops::Range;

/// Up to so many profiles all of them stay in the document, so that the browser's own search finds them.
pub(crate) const MAX_WHOLE: usize = 2_000;

/// Tallest list that browsers can lay out, with room to spare, in pixels. Firefox stops at 17.8 million.
const MAX_PX: f64 = 15_000_000.0;

/// Height of the head of a group with the room around it, in pixels; the style sheets have it too.
const HEAD_PX: f64 = 64.0;

/// How large things are on the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shape {
    /// Cards side by side.
    pub(crate) columns: usize,
    /// Height of a row with the gap below it.
    pub(crate) row_px: f64,
    /// Rows of a chunk.
    pub(crate) rows: usize,
    /// Height of the window.
    pub(crate) window_px: f64,
}

impl Shape {
    /// What is assumed before anything was measured: a usual screen.
    pub(crate) fn assumed(rows: usize) -> Self {
        Self {
            columns: 3,
            row_px: 256.0,
            rows,
            window_px: 900.0,
        }
    }

    /// Whether each place stands where it stands in another shape.
    #[expect(clippy::float_cmp, reason = "both are what the browser says of the same style")]
    pub(crate) fn is_laid_out_as(&self, other: &Self) -> bool {
        self.columns == other.columns && self.row_px == other.row_px
    }

    /// Profiles of a chunk.
    pub(crate) fn per_chunk(&self) -> usize {
        self.columns * self.rows
    }

    /// Chunks of a list.
    pub(crate) fn n_chunks(&self, total: usize) -> usize {
        total.div_ceil(self.per_chunk())
    }

    fn chunk_px(&self) -> f64 {
        let rows = f64::from(u32::try_from(self.rows).unwrap_or(u32::MAX));
        self.row_px * rows
    }

    /// The chunks that are seen when the window's upper edge is so far below the list's, and so many beside them.
    pub(crate) fn seen(&self, top_px: f64, total: usize, margin: usize) -> Range<usize> {
        let n_chunks = self.n_chunks(total);
        let top_px = top_px * self.squeeze(total);
        let first = whole(top_px / self.chunk_px()).saturating_sub(margin);
        let last = whole((top_px + self.window_px).max(0.0) / self.chunk_px()) + 1 + margin;
        first.min(n_chunks.saturating_sub(1))..last.min(n_chunks)
    }

    /// The place of the first card that is seen.
    pub(crate) fn first_seen(&self, top_px: f64, total: usize) -> usize {
        let row = whole((top_px * self.squeeze(total) / self.row_px).ceil());
        (row * self.columns).min(total.saturating_sub(1))
    }

    /// Whether the window's upper edge is within a list, or at the head above it.
    pub(crate) fn is_at(&self, top_px: f64, total: usize) -> bool {
        top_px >= -HEAD_PX && top_px < self.gap_px(self.n_chunks(total), total)
    }

    /// How far below the list's upper edge a place is.
    pub(crate) fn top_px(&self, place: usize, total: usize) -> f64 {
        let row = u32::try_from(place / self.columns.max(1)).unwrap_or(u32::MAX);
        f64::from(row) * self.row_px / self.squeeze(total)
    }

    /// The height of so many chunks that are not in the document.
    pub(crate) fn gap_px(&self, n_chunks: usize, total: usize) -> f64 {
        f64::from(u32::try_from(n_chunks).unwrap_or(u32::MAX)) * self.chunk_px() / self.squeeze(total)
    }

    /// By how much a list that is too tall is squeezed: 1 for any other.
    fn squeeze(&self, total: usize) -> f64 {
        let rows = u32::try_from(total.div_ceil(self.columns.max(1))).unwrap_or(u32::MAX);
        (f64::from(rows) * self.row_px / MAX_PX).max(1.0)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "negative and huge numbers saturate"
)]
fn whole(number: f64) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(columns: usize, rows: usize) -> Shape {
        Shape {
            columns,
            row_px: 250.0,
            rows,
            window_px: 900.0,
        }
    }

    #[test]
    fn what_is_seen_has_a_neighbour_at_each_side() {
        let shape = shape(3, 4);
        assert_eq!(shape.seen(0.0, 1000, 1), 0..2);
        assert_eq!(shape.seen(5000.0, 1000, 1), 4..7);
        assert_eq!(shape.seen(1e9, 1000, 0), 83..84, "beyond the end there is the last one");
        assert_eq!(shape.seen(-400.0, 5, 1), 0..1);
        assert_eq!(shape.seen(0.0, 0, 1), 0..0);
    }

    #[test]
    fn a_list_too_tall_for_a_browser_is_squeezed_and_still_reaches_its_end() {
        let shape = shape(1, 4);
        let total = 1_000_000;
        assert!(shape.top_px(total - 1, total) <= MAX_PX);
        // Chunks in the document keep their height, so that the page is a little taller than that.
        assert!(shape.seen(MAX_PX, total, 0).contains(&(shape.n_chunks(total) - 1)));
    }

    #[test]
    fn a_list_is_left_when_its_last_row_is_passed() {
        let shape = shape(1, 1);
        assert!(
            !shape.is_at(-HEAD_PX - 1.0, 2) && shape.is_at(-1.0, 2) && shape.is_at(499.0, 2) && !shape.is_at(500.0, 2)
        );
    }

    proptest! {
        #[test]
        fn the_place_that_is_scrolled_to_is_seen(
            total in 1_usize..200_000, at in any::<prop::sample::Index>(), columns in 1_usize..7, rows in 1_usize..20,
        ) {
            let shape = shape(columns, rows);
            let place = at.index(total);
            let seen = shape.seen(shape.top_px(place, total), total, 0);
            prop_assert!(seen.contains(&(place / shape.per_chunk())), "{place} is not in {seen:?}");
        }
    }
}
