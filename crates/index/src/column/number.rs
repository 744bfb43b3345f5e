//! Numbers and instants: one `f64` a row. Instants are Unix milliseconds, which an `f64` holds exactly for 285,000
//! years; counts above 2^53 are rounded here and exact in the record.

use super::bits::Bits;
use crate::compact::Kept;

/// A column of numbers. Rows beyond its end have none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers(Vec<f64>);

impl Numbers {
    /// Gives a row its number. Rows come in order; the last word on a row counts.
    pub(crate) fn set(&mut self, row: usize, number: f64) {
        if row >= self.0.len() {
            self.0.resize(row + 1, f64::NAN);
        }
        if let Some(slot) = self.0.get_mut(row) {
            *slot = number;
        }
    }

    /// The number of a row.
    pub(crate) fn get(&self, row: usize) -> Option<f64> {
        self.0.get(row).copied().filter(|number| !number.is_nan())
    }

    /// Forgets all rows from `n_rows` on.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.0.truncate(n_rows);
    }

    /// Keeps some rows, which move up.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        kept.retain(&mut self.0);
    }

    /// The rows with a number for which `holds`.
    pub(crate) fn matching(&self, holds: impl Fn(f64) -> bool) -> Bits {
        Bits::of(self.0.len(), |row| {
            self.0.get(row).is_some_and(|number| !number.is_nan() && holds(*number))
        })
    }

    /// The rows with a number.
    pub(crate) fn present(&self) -> Bits {
        Bits::of(self.0.len(), |row| self.get(row).is_some())
    }

    /// Makes room for so many more rows.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        self.0.reserve(n_rows);
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.0.capacity() * size_of::<f64>()
    }
}
