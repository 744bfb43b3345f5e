//! Where a folded needle stands in a column of text.

use memchr::memmem::Finder;

use crate::column::{Bits, Texts};

/// Adds the rows whose text has the needle.
pub(super) fn find(texts: &Texts, needle: &Finder<'_>, out: &mut Bits) {
    let (arena, starts) = (texts.arena(), texts.starts());
    let (mut row, mut at) = (0, 0);
    while let Some(offset) = arena.get(at..).and_then(|rest| needle.find(rest)) {
        let hit = at + offset;
        row += row_of(starts.get(row..).unwrap_or_default(), hit);
        out.set(row);
        at = starts.get(row + 1).map_or(arena.len(), |start| *start as usize);
        row += 1;
    }
}

/// How many rows lie between the first of `starts` and the row in which `hit` stands. Most hits are near.
fn row_of(starts: &[u32], hit: usize) -> usize {
    let is_before = |start: &u32| *start as usize <= hit;
    let mut reach = 8;
    while starts.get(reach).is_some_and(is_before) {
        reach *= 2;
    }
    let near = starts.get(..reach.min(starts.len())).unwrap_or_default();
    near.partition_point(is_before).saturating_sub(1)
}

/// Of the rows in `among`, adds those whose text has the needle.
pub(super) fn find_among(texts: &Texts, needle: &Finder<'_>, among: &Bits, out: &mut Bits) {
    for row in among.rows().take_while(|row| *row < texts.starts().len()) {
        if texts.get(row).is_some_and(|text| needle.find(text).is_some()) {
            out.set(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_needle_is_found_in_every_row_that_has_it_and_in_no_other(
            rows in prop::collection::vec(prop_oneof![Just(None), "[ab]{0,6}".prop_map(Some)], 0..60),
            needle in "[ab]{1,3}",
        ) {
            let mut texts = Texts::default();
            for (row, text) in rows.iter().enumerate() {
                let _ = text.as_ref().map(|text| texts.add(row, text));
            }
            let has = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains(&needle));
            let expected: Vec<usize> = rows.iter().enumerate().filter(|(_, text)| has(text)).map(|(row, _)| row).collect();
            let finder = Finder::new(&needle);
            let (mut all, mut among) = (Bits::default(), Bits::default());
            find(&texts, &finder, &mut all);
            find_among(&texts, &finder, &Bits::first(rows.len()), &mut among);
            prop_assert_eq!(all.rows().collect::<Vec<_>>(), expected.clone());
            prop_assert_eq!(among.rows().collect::<Vec<_>>(), expected);
        }
    }
}
