//! Numbers that look random and are a function of the seed: the same question has the same answer in every run.
//!
//! Ids are made by a reversible mix, so that the index of a record can be read back from its id without a table.

/// The source of all generated values of one sandbox.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lot {
    seed: u64,
}

impl Lot {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// A number that depends on the seed, on what is asked and on the record.
    pub(crate) fn number(self, what: &str, index: u64) -> u64 {
        mix(self.key(what) ^ mix(index.wrapping_add(STEP)))
    }

    /// A number below `end`; 0 if `end` is 0.
    pub(crate) fn below(self, what: &str, index: u64, end: u64) -> u64 {
        self.number(what, index).checked_rem(end).unwrap_or(0)
    }

    /// True for so many of a hundred.
    pub(crate) fn is_in_percent(self, what: &str, index: u64, percent: u64) -> bool {
        self.below(what, index, 100) < percent
    }

    /// One of the words.
    pub(crate) fn pick(self, what: &str, index: u64, words: &[&'static str]) -> &'static str {
        nth(words, self.number(what, index))
    }

    /// The record's index in disguise; [`Lot::reveal`] takes it off.
    pub(crate) fn hide(self, what: &str, index: u64) -> u64 {
        mix(index ^ self.key(what))
    }

    /// The index that [`Lot::hide`] disguised.
    pub(crate) fn reveal(self, what: &str, hidden: u64) -> u64 {
        unmix(hidden) ^ self.key(what)
    }

    /// An id of 40 hexadecimal digits.
    pub(crate) fn long_id(self, what: &str, index: u64) -> String {
        let (head, middle) = (self.hide(what, index), self.number(what, index));
        format!("{head:016x}{middle:016x}{:08x}", mix(middle) >> 32)
    }

    /// The index of the record with this long id, if it is one of `n`.
    pub(crate) fn index_of_long_id(self, what: &str, id: &str, n: u64) -> Option<u64> {
        let hidden = u64::from_str_radix(id.get(..16)?, 16).ok()?;
        let index = self.reveal(what, hidden);
        (index < n && self.long_id(what, index) == id).then_some(index)
    }

    /// A UUID of version 4.
    pub(crate) fn uuid(self, what: &str, index: u64) -> String {
        let (hidden, other) = (self.hide(what, index), self.number(what, index));
        let (head, tail) = (hidden >> 32, hidden & 0xffff_ffff);
        let (second, third) = (other >> 48, other >> 36 & 0xfff);
        let (fourth, fifth) = (0x8000 | other >> 16 & 0x3fff, other & 0xffff);
        format!("{head:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:04x}{tail:08x}")
    }

    /// The index of the record with this UUID, if it is one of `n`.
    pub(crate) fn index_of_uuid(self, what: &str, id: &str, n: u64) -> Option<u64> {
        let head = u64::from_str_radix(id.get(..8)?, 16).ok()?;
        let tail = u64::from_str_radix(id.get(28..)?, 16).ok()?;
        let index = self.reveal(what, head << 32 | tail);
        (index < n && self.uuid(what, index).eq_ignore_ascii_case(id)).then_some(index)
    }

    /// A key of its own for each question (FNV-1a over the question, mixed with the seed).
    fn key(self, what: &str) -> u64 {
        let hash = what.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        mix(hash ^ mix(self.seed.wrapping_add(STEP)))
    }
}

/// The word at `number`, counted around.
pub(crate) fn nth<T: Copy + Default>(words: &[T], number: u64) -> T {
    let place = number.checked_rem(words.len() as u64).unwrap_or(0);
    let place = usize::try_from(place).unwrap_or(0);
    words.get(place).copied().unwrap_or_default()
}

/// Keeps zero from being mixed to zero.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64`: every bit of the input reaches every bit of the output, and it can be undone.
/// Source: <https://prng.di.unimi.it/splitmix64.c>, seen 2026-11.
fn mix(mut z: u64) -> u64 {
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// Undoes [`mix`]: the inverse shifts, and the inverse factors modulo 2^64.
fn unmix(mut z: u64) -> u64 {
    z = (z ^ z >> 31 ^ z >> 62).wrapping_mul(0x3196_42b2_d24d_8ec3);
    z = (z ^ z >> 27 ^ z >> 54).wrapping_mul(0x96de_1b17_3f11_9089);
    z ^ z >> 30 ^ z >> 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_gives_its_index_back_and_no_other_text_does() {
        let lot = Lot::new(7);
        for index in [0, 1, 149, 624_999] {
            let id = lot.long_id("member", index);
            assert_eq!(id.len(), 40);
            assert_eq!(lot.index_of_long_id("member", &id, 625_000), Some(index));
            assert_eq!(lot.index_of_long_id("member", &id, index), None, "beyond the end");
            let uuid = lot.uuid("account", index);
            assert_eq!(lot.index_of_uuid("account", &uuid, 625_000), Some(index));
            assert_eq!(lot.index_of_uuid("user", &uuid, 625_000), None);
            assert_eq!(uuid.as_bytes()[14], b'4');
        }
        for text in ["", "é", "zzzzzzzzzzzzzzzzzzzz", "12ccaf87-66c2-4b8e-9bf0-d0e8705334d1"] {
            assert_eq!(lot.index_of_long_id("member", text, u64::MAX), None, "{text}");
            assert_eq!(lot.index_of_uuid("account", text, 1000), None, "{text}");
        }
    }

    #[test]
    fn another_seed_and_another_question_give_other_numbers() {
        let numbers = [
            Lot::new(1).number("a", 0),
            Lot::new(2).number("a", 0),
            Lot::new(1).number("b", 0),
            Lot::new(1).number("a", 1),
        ];
        for (place, number) in numbers.iter().enumerate() {
            assert!(!numbers[place + 1..].contains(number));
        }
        assert_eq!(numbers[0], Lot::new(1).number("a", 0));
    }
}
