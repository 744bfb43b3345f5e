//! Yes, no, or nothing: two bits a row.

use super::bits::Bits;

/// A column of three-way flags.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    yes: Bits,
    no: Bits,
}

impl Flags {
    /// Gives a row its flag; the last word on a row counts.
    pub(crate) fn set(&mut self, row: usize, is_yes: bool) {
        let (add, remove) = if is_yes {
            (&mut self.yes, &mut self.no)
        } else {
            (&mut self.no, &mut self.yes)
        };
        add.set(row);
        remove.unset(row);
    }

    /// The rows that say `is_yes`.
    pub(crate) const fn rows(&self, is_yes: bool) -> &Bits {
        if is_yes { &self.yes } else { &self.no }
    }

    /// The flag of a row.
    pub(crate) fn get(&self, row: usize) -> Option<bool> {
        if self.yes.has(row) {
            return Some(true);
        }
        self.no.has(row).then_some(false)
    }

    /// Forgets all rows from `n_rows` on.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.yes.truncate(n_rows);
        self.no.truncate(n_rows);
    }

    /// Keeps some rows, which move up.
    pub(crate) fn keep(&mut self, kept: &Bits) {
        self.yes.keep(kept);
        self.no.keep(kept);
    }

    /// The rows that say either.
    pub(crate) fn present(&self) -> Bits {
        let mut present = self.yes.clone();
        present.or(&self.no);
        present
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.yes.settle();
        self.no.settle();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.yes.memory_bytes() + self.no.memory_bytes()
    }
}
