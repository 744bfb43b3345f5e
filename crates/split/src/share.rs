//! Which bytes of the data belong to the rest, and the data of each part.

use std::ops::Range;

use wasm_encoder::{ConstExpr, DataSection};

use crate::Outcome;
use crate::module::{Module, count};

/// Shorter gaps between two runs of bytes are filled with zeros, as the memory is at first: a run of its own costs more.
const GAP: u32 = 16;

/// The addresses whose bytes only the rest reads.
#[derive(Default)]
pub(crate) struct Share {
    start: u32,
    is_the_rests: Vec<bool>,
}

/// Bytes that lie one behind the other, and the address of the first.
type Run = (u32, Vec<u8>);

impl Share {
    /// What lies in `later` and in none of `first`.
    pub(crate) fn of(later: Vec<Range<u32>>, first: Vec<Range<u32>>) -> Self {
        let start = later.iter().map(|place| place.start).min().unwrap_or_default();
        let end = later.iter().map(|place| place.end).max().unwrap_or_default();
        let mut share = Self {
            start,
            is_the_rests: vec![false; end.saturating_sub(start) as usize],
        };
        for (places, is_the_rests) in [(later, true), (first, false)] {
            for address in places.into_iter().flatten() {
                share.set(address, is_the_rests);
            }
        }
        share
    }

    fn set(&mut self, address: u32, is_the_rests: bool) {
        let at = address.checked_sub(self.start).and_then(|at| usize::try_from(at).ok());
        if let Some(place) = at.and_then(|at| self.is_the_rests.get_mut(at)) {
            *place = is_the_rests;
        }
    }

    fn has(&self, address: u32) -> bool {
        let at = address.checked_sub(self.start).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.is_the_rests.get(at)).copied().unwrap_or_default()
    }

    /// The data of the first part: all but these bytes, and but zeros, as which the memory begins.
    pub(crate) fn first(&self, module: &Module<'_>) -> Outcome<DataSection> {
        section(module, GAP, |address, byte| byte != 0 && !self.has(address))
    }

    /// The data of the rest: these bytes. No gap is filled, for what lies there is in use by the time the rest comes.
    pub(crate) fn rest(&self, module: &Module<'_>) -> Outcome<DataSection> {
        section(module, 0, |address, _| self.has(address))
    }
}

fn section(module: &Module<'_>, gap: u32, has: impl Fn(u32, u8) -> bool) -> Outcome<DataSection> {
    let mut section = DataSection::new();
    for (start, bytes) in module.segments()? {
        let bytes = (start..).zip(bytes.iter().copied());
        for (address, run) in runs(bytes.filter(|(address, byte)| has(*address, *byte)), gap) {
            section.active(0, &ConstExpr::i32_const(address.cast_signed()), run);
        }
    }
    Ok(section)
}

/// The runs of bytes between which more than `gap` are missing.
fn runs(bytes: impl Iterator<Item = (u32, u8)>, gap: u32) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (address, byte) in bytes {
        match runs.last_mut() {
            Some((start, run)) if address - *start - count(run.len()) <= gap => {
                run.resize((address - *start) as usize, 0);
                run.push(byte);
            }
            _ => runs.push((address, vec![byte])),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_over_short_gaps_only() {
        let bytes = [(8, 1), (9, 2), (12, 3), (20, 4)];
        assert_eq!(runs(bytes.into_iter(), 2), [(8, vec![1, 2, 0, 0, 3]), (20, vec![4])]);
        assert_eq!(
            runs(bytes.into_iter(), 0),
            [(8, vec![1, 2]), (12, vec![3]), (20, vec![4])]
        );
    }

    #[test]
    fn what_both_parts_read_is_the_firsts() {
        let share = Share::of(vec![8..12, 20..22], vec![10..11, 21..30]);
        let the_rests: Vec<u32> = (0..40).filter(|address| share.has(*address)).collect();
        assert_eq!(the_rests, [8, 9, 11, 20]);
    }
}
