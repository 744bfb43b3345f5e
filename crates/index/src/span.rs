//! Where each row's record stands in its page: eight bytes a row, as records are mostly short.

use crate::compact::Kept;

/// Where a record stands in its page, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Its opening brace.
    pub(crate) start: u32,
    /// Its length.
    pub(crate) len: u32,
    /// Where its id stands.
    pub(crate) id_at: u32,
}

/// The spans of all rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    short: Vec<Short>,
    /// The others by row, in order: their length and the id's offset do not fit.
    long: Vec<(u32, Span)>,
}

/// A span whose record is shorter than 64 KiB. A length of 0, which no record has, stands for a longer one.
#[derive(Clone, Copy, Debug)]
struct Short {
    start: u32,
    len: u16,
    /// From the record's start.
    id_at: u16,
}

impl Spans {
    /// How many rows.
    pub(crate) const fn len(&self) -> usize {
        self.short.len()
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, span: Span) {
        let start = span.start;
        let fits = |number: u32| u16::try_from(number).ok();
        let both = fits(span.len).zip(fits(span.id_at.saturating_sub(start)));
        if both.is_none() {
            self.long
                .extend(u32::try_from(self.short.len()).ok().map(|row| (row, span)));
        }
        let (len, id_at) = both.unwrap_or((0, 0));
        self.short.push(Short { start, len, id_at });
    }

    /// The span of a row.
    pub(crate) fn get(&self, row: usize) -> Option<Span> {
        let Short { start, len, id_at } = *self.short.get(row)?;
        if len > 0 {
            return Some(Span {
                start,
                len: len.into(),
                id_at: start + u32::from(id_at),
            });
        }
        let found = self.long.binary_search_by_key(&row, |(row, _)| *row as usize).ok()?;
        self.long.get(found).map(|(_, span)| *span)
    }

    /// Forgets all rows from `n_rows` on.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.short.truncate(n_rows);
        self.long
            .truncate(self.long.partition_point(|(row, _)| (*row as usize) < n_rows));
    }

    /// Keeps some rows, which move up.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        kept.retain(&mut self.short);
        self.long.retain(|(row, _)| kept.rows.has(*row as usize));
        for (row, _) in &mut self.long {
            *row = kept.number(*row as usize).unwrap_or(*row);
        }
    }

    /// Moves a row's record to another place.
    pub(crate) fn shift(&mut self, row: usize, start: u32) {
        let Some(short) = self.short.get_mut(row) else { return };
        short.start = start;
        if short.len == 0
            && let Ok(found) = self.long.binary_search_by_key(&row, |(row, _)| *row as usize)
            && let Some((_, span)) = self.long.get_mut(found)
        {
            (span.id_at, span.start) = (span.id_at - span.start + start, start);
        }
    }

    /// Makes room for so many more rows.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        self.short.reserve(n_rows);
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.short.shrink_to_fit();
        self.long.shrink_to_fit();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.short.capacity() * size_of::<Short>() + self.long.capacity() * size_of::<(u32, Span)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn short_and_long_records_are_found_again(
            spans in prop::collection::vec((any::<u32>(), prop_oneof![1_u32..200, 65_530_u32..65_540], 0_u32..70_000), 0..60),
            n_kept in 0_usize..70,
        ) {
            let expected: Vec<Span> = spans.iter().map(|(start, len, id)| Span {
                start: start / 2, len: *len, id_at: start / 2 + id,
            }).collect();
            let mut kept = Spans::default();
            for span in &expected {
                kept.push(*span);
            }
            kept.truncate(n_kept);
            kept.settle();
            let found: Vec<Span> = (0..kept.len()).filter_map(|row| kept.get(row)).collect();
            prop_assert_eq!(&found, &expected[..n_kept.min(expected.len())]);
            prop_assert_eq!(kept.get(kept.len()), None);
        }
    }
}
