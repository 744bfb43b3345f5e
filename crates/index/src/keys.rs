//! The newest row of each key, found by the key's hash.
//!
//! A table that grows places all of its rows anew. To work out their hashes for that would cost a look into the page of
//! each, more than a second for half a million, so half of each hash is kept. Many small tables grow one at a time, so
//! that no slice of a page pays for all.

use hashbrown::HashTable;

/// How many tables; a million rows are four thousand in each, placed anew in a tenth of a millisecond.
const N_TABLES: usize = 256;

/// Rows by hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys(Vec<HashTable<Entry>>);

/// A row, and half of its key's hash.
#[derive(Clone, Copy, Debug)]
struct Entry {
    half: u32,
    row: u32,
}

impl Entry {
    fn hash(self) -> u64 {
        spread(self.half)
    }
}

impl Keys {
    /// The row of this hash for which that holds.
    pub(crate) fn find(&self, hash: u64, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        let half = half(hash);
        let is_entry = |entry: &Entry| entry.half == half && is_it(entry.row);
        let found = self.0.get(table_of(hash))?.find(spread(half), is_entry);
        found.map(|entry| entry.row)
    }

    /// Another row in the place of one.
    pub(crate) fn replace(&mut self, hash: u64, from: u32, to: u32) {
        let table = self.0.get_mut(table_of(hash));
        if let Some(entry) = table.and_then(|table| table.find_mut(spread(half(hash)), |entry| entry.row == from)) {
            entry.row = to;
        }
    }

    /// A row more.
    pub(crate) fn insert(&mut self, hash: u64, row: u32) {
        self.make();
        if let Some(table) = self.0.get_mut(table_of(hash)) {
            let half = half(hash);
            table.insert_unique(spread(half), Entry { half, row }, |entry| entry.hash());
        }
    }

    /// A row less.
    pub(crate) fn remove(&mut self, hash: u64, row: u32) {
        let table = self.0.get_mut(table_of(hash));
        if let Some(Ok(entry)) = table.map(|table| table.find_entry(spread(half(hash)), |entry| entry.row == row)) {
            entry.remove();
        }
    }

    /// Makes room for the first rows, of which there will be so many. Later ones would all grow at once.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        if self.0.is_empty() {
            self.make();
            let n_each = n_rows / N_TABLES;
            for table in &mut self.0 {
                table.reserve(n_each, |entry| entry.hash());
            }
        }
    }

    /// Every row, to be given another number.
    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut u32> {
        self.0.iter_mut().flatten().map(|entry| &mut entry.row)
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        for table in &mut self.0 {
            table.shrink_to_fit(|entry| entry.hash());
        }
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let tables = self.0.capacity() * size_of::<HashTable<Entry>>();
        tables + self.0.iter().map(HashTable::allocation_size).sum::<usize>()
    }

    fn make(&mut self) {
        self.0.resize_with(N_TABLES, HashTable::default);
    }
}

/// The upper half of a hash, which is kept.
fn half(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or_default()
}

/// A hash made of half a one: a table places its rows by the bits at both ends.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// By the lower half, of which the tables see nothing.
fn table_of(hash: u64) -> usize {
    let low = (hash >> 16) & 0xff;
    usize::try_from(low).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spread over all bits, as the hash of a key is.
    fn hash(row: u32) -> u64 {
        (u64::from(row) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    #[test]
    fn rows_are_found_replaced_and_removed_among_many() {
        let mut keys = Keys::default();
        assert_eq!(keys.find(hash(1), |_| true), None);
        for row in 0..10_000 {
            keys.insert(hash(row), row);
        }
        keys.replace(hash(7), 7, 70_007);
        keys.remove(hash(8), 8);
        let find = |row: u32, is: u32| keys.find(hash(row), |found| found == is);
        assert_eq!((find(7, 7), find(7, 70_007), find(8, 8)), (None, Some(70_007), None));
        assert!((9..10_000).all(|row| find(row, row) == Some(row)));
        assert_eq!(keys.rows_mut().count(), 9_999);
    }

    #[test]
    fn tables_do_not_grow_all_at_once() {
        let mut keys = Keys::default();
        let mut before = 0;
        let mut worst = 0;
        for row in 0..200_000 {
            keys.insert(hash(row), row);
            let bytes = keys.memory_bytes();
            if row > 20_000 {
                worst = worst.max(bytes - before);
            }
            before = bytes;
        }
        assert!(worst < before / 64, "{worst} of {before} bytes");
    }
}
