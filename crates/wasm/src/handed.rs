//! Rows that the facade keeps, so that they need not leave again: while somebody types, most rows of an answer were in
//! the one before.

use roster_core::UnixMs;
use roster_index::{Roster, Row, View};

/// Most rows that the facade keeps.
const MAX_ROWS: usize = 1024;

/// What a row takes in a JavaScript engine beside its texts: the object, its lists, a head for each text and its place
/// among those that are kept.
const OBJECT_BYTES: usize = 800;

/// `2026-11-21T18:30:00.000Z`.
const INSTANT_LETTERS: usize = 24;

/// What the facade keeps.
#[derive(Debug, Default)]
pub(crate) struct Handed {
    /// Row numbers in ascending order.
    rows: Vec<u32>,
    /// About what these rows take in the facade.
    n_bytes: usize,
}

/// How a row of an answer leaves.
#[derive(Debug)]
pub(crate) enum Leaving {
    /// As the facade keeps it.
    Kept,
    /// In full, and the facade keeps it.
    New(Row),
    /// In full, for this answer alone.
    Once(Row),
}

impl Handed {
    /// Forgets all; so must the facade.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.n_bytes = 0;
    }

    /// Whether the facade is to forget all before it reads the rows of an answer.
    pub(crate) fn has_no_room(&self, view: &View) -> bool {
        self.rows.len().saturating_add(view.rows.len()) > MAX_ROWS
    }

    /// About what all of it takes, in bytes.
    pub(crate) const fn memory_bytes(&self) -> usize {
        self.rows.capacity() * size_of::<u32>() + self.n_bytes
    }

    /// Says how a row leaves; `None` for one that cannot be read.
    pub(crate) fn leave(&mut self, roster: &Roster, row: u32, now: UnixMs) -> Option<Leaving> {
        let Err(place) = self.rows.binary_search(&row) else {
            return Some(Leaving::Kept);
        };
        let shown = roster.row(row, now)?;
        if !shown.is_timeless || self.rows.len() >= MAX_ROWS {
            return Some(Leaving::Once(shown));
        }
        self.rows.insert(place, row);
        self.n_bytes += OBJECT_BYTES + text_bytes(&shown);
        Some(Leaving::New(shown))
    }
}

/// The texts of a row. Most engines take a byte a letter where all letters of an answer are Latin, and two elsewhere.
fn text_bytes(row: &Row) -> usize {
    let always = [row.key.as_str(), row.provider, &row.id, &row.title];
    let maybe = [&row.subtitle, &row.status, &row.image_url, &row.url];
    let lists = row.platforms.iter().chain(&row.problems);
    let texts = always
        .into_iter()
        .chain(maybe.into_iter().flatten().map(String::as_str));
    let letters: usize = texts.chain(lists.map(String::as_str)).map(str::len).sum();
    let n_instants = [row.created, row.updated].into_iter().flatten().count();
    2 * (letters + n_instants * INSTANT_LETTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_000_000);

    fn left(handed: &mut Handed, roster: &Roster, row: u32) -> &'static str {
        match handed.leave(roster, row, NOW) {
            Some(Leaving::Kept) => "kept",
            Some(Leaving::New(_)) => "new",
            Some(Leaving::Once(_)) => "once",
            None => "none",
        }
    }

    #[test]
    fn a_row_leaves_once_unless_it_depends_on_the_instant() {
        let mut roster = Roster::new();
        let page = r#"{"profiles":[{"refId":"1"},{"refId":"2","socialHealth":{"x":{"tokenExpiresAt":"2026-04-01T08:00:00Z"}}}]}"#;
        roster.ingest("ayrshare", page.as_bytes()).unwrap();
        let handed = &mut Handed::default();
        let rows = [0, 0, 1, 1, 2];
        assert_eq!(
            rows.map(|row| left(handed, &roster, row)),
            ["new", "kept", "once", "once", "none"]
        );
        let kept_bytes = handed.memory_bytes();
        handed.clear();
        assert!(
            kept_bytes > handed.memory_bytes() + OBJECT_BYTES,
            "what is kept is counted"
        );
        assert_eq!(left(handed, &roster, 0), "new");
    }

    #[test]
    fn no_more_rows_are_kept_than_there_is_room_for() {
        let records: Vec<String> = (0..=MAX_ROWS).map(|n| format!(r#"{{"refId":"{n}"}}"#)).collect();
        let mut roster = Roster::new();
        let page = format!(r#"{{"profiles":[{}]}}"#, records.join(","));
        roster.ingest("ayrshare", page.as_bytes()).unwrap();
        let handed = &mut Handed::default();
        let last = u32::try_from(MAX_ROWS).unwrap();
        assert!((0..last).all(|row| left(handed, &roster, row) == "new"));
        assert_eq!(left(handed, &roster, last), "once");
        let rows = vec![0];
        assert!(handed.has_no_room(&View {
            rows,
            ..View::default()
        }));
    }
}
