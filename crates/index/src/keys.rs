//! The newest row of each key, found by the key's hash.
//!
//! A table that grows places all of its rows anew, and each of them costs a look into its page: a quarter of a second for
//! half a million. Many small tables grow one at a time, so that no slice of a page pays for all.

use hashbrown::HashTable;

/// How many tables; a million rows are four thousand in each, placed anew in a millisecond or two.
const N_TABLES: usize = 256;

/// Rows by hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys(Vec<HashTable<u32>>);

impl Keys {
    /// The row of this hash for which that holds.
    pub(crate) fn find(&self, hash: u64, is_it: impl FnMut(&u32) -> bool) -> Option<u32> {
        self.0.get(table_of(hash))?.find(hash, is_it).copied()
    }

    /// Another row in the place of one.
    pub(crate) fn replace(&mut self, hash: u64, from: u32, to: u32) {
        let table = self.0.get_mut(table_of(hash));
        if let Some(row) = table.and_then(|table| table.find_mut(hash, |row| *row == from)) {
            *row = to;
        }
    }

    /// A row more; `hash_of` tells the hash of those that are there.
    pub(crate) fn insert(&mut self, hash: u64, row: u32, hash_of: impl Fn(&u32) -> u64) {
        self.make();
        if let Some(table) = self.0.get_mut(table_of(hash)) {
            table.insert_unique(hash, row, hash_of);
        }
    }

    /// A row less.
    pub(crate) fn remove(&mut self, hash: u64, row: u32) {
        let table = self.0.get_mut(table_of(hash));
        if let Some(Ok(entry)) = table.map(|table| table.find_entry(hash, |found| *found == row)) {
            entry.remove();
        }
    }

    /// Makes room for the first rows, of which there will be so many. Later ones would all grow at once.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        if self.0.is_empty() {
            self.make();
            let n_each = n_rows / N_TABLES;
            for table in &mut self.0 {
                // It is empty, so that nothing asks for a hash.
                table.reserve(n_each, |_| 0);
            }
        }
    }

    /// Every row, to be given another number.
    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut u32> {
        self.0.iter_mut().flatten()
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self, hash_of: impl Fn(&u32) -> u64) {
        for table in &mut self.0 {
            table.shrink_to_fit(&hash_of);
        }
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let tables = self.0.capacity() * size_of::<HashTable<u32>>();
        tables + self.0.iter().map(HashTable::allocation_size).sum::<usize>()
    }

    fn make(&mut self) {
        self.0.resize_with(N_TABLES, HashTable::default);
    }
}

/// By the bits in the middle: a table places its rows by those at both ends.
fn table_of(hash: u64) -> usize {
    let middle = (hash >> 40) & 0xff;
    usize::try_from(middle).unwrap_or_default()
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
            keys.insert(hash(row), row, |row| hash(*row));
        }
        keys.replace(hash(7), 7, 70_007);
        keys.remove(hash(8), 8);
        let find = |row: u32, is: u32| keys.find(hash(row), |found| *found == is);
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
            keys.insert(hash(row), row, |row| hash(*row));
            let bytes = keys.memory_bytes();
            if row > 20_000 {
                worst = worst.max(bytes - before);
            }
            before = bytes;
        }
        assert!(worst < before / 64, "{worst} of {before} bytes");
    }
}
