//! The distinct values of a column, each with a number. Spellings of one value (`"X"`, `"Twitter"`) share its number.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use hashbrown::HashTable;

use crate::hash::hash;
use crate::scan::{Run, plain};

/// How a spelling becomes the value under which it is counted.
pub(crate) type Canonical = fn(&str) -> String;

/// Places for spellings that are recognised by two machine words, without the table; two share one. A power of two.
const N_PLACES: usize = 32;

/// Numbers values from 0 in the order in which they are first seen.
#[derive(Clone, Debug)]
pub(crate) struct Dictionary {
    canonical: Canonical,
    spellings: Interner,
    /// The value of each spelling.
    value_of: Vec<u32>,
    values: Interner,
    /// Short spellings that came lately, by their print. Empty until there is one.
    recent: Vec<[(Print, u32); 2]>,
}

/// A spelling of up to 16 bytes: the first and the last eight of them, and its length. No two have the same.
type Print = (u64, u64, usize);

impl Dictionary {
    /// An empty one.
    pub(crate) fn new(canonical: Canonical) -> Self {
        Self {
            canonical,
            spellings: Interner::default(),
            value_of: Vec::new(),
            values: Interner::default(),
            recent: Vec::new(),
        }
    }

    /// How a spelling becomes a value.
    pub(crate) const fn canonical(&self) -> Canonical {
        self.canonical
    }

    /// The number of a value, by any spelling; a new one is added.
    #[inline(always)]
    pub(crate) fn number(&mut self, spelling: Run<'_>) -> u32 {
        let Some((first, second)) = spelling.print() else {
            return self.looked_up(spelling.text());
        };
        let print = (first, second, spelling.len());
        let place = place(first, second);
        if let Some([one, other]) = self.recent.get(place) {
            if one.0 == print {
                return one.1;
            }
            if other.0 == print {
                return other.1;
            }
        }
        self.remembered(spelling.text(), print, place)
    }

    #[cold]
    fn remembered(&mut self, spelling: &[u8], print: Print, place: usize) -> u32 {
        let number = self.looked_up(spelling);
        if self.recent.is_empty() {
            // No text has more bytes than memory.
            self.recent = vec![[((0, 0, usize::MAX), 0); 2]; N_PLACES];
        }
        let _ = self.recent.get_mut(place).map(|[one, other]| {
            *other = *one;
            *one = (print, number);
        });
        number
    }

    fn looked_up(&mut self, spelling: &[u8]) -> u32 {
        let entry = self.spellings.number(spelling);
        match self.value_of.get(entry as usize) {
            Some(value) => *value,
            None => self.add(spelling),
        }
    }

    #[cold]
    fn add(&mut self, spelling: &[u8]) -> u32 {
        let value = self.values.number((self.canonical)(&plain(spelling)).as_bytes());
        self.value_of.push(value);
        value
    }

    /// All values by number.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.texts.iter().map(|text| utf8(text))
    }

    /// How many values.
    pub(crate) fn len(&self) -> usize {
        self.values.texts.len()
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let recent = self.recent.capacity() * size_of::<[(Print, u32); 2]>();
        let value_of = self.value_of.capacity() * size_of::<u32>();
        self.spellings.memory_bytes() + self.values.memory_bytes() + value_of + recent
    }
}

/// Values come from `Canonical`, so they are text.
fn utf8(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap_or_default()
}

/// Where a spelling is remembered.
#[inline]
fn place(first: u64, second: u64) -> usize {
    let place = (first ^ second.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - N_PLACES.ilog2());
    usize::try_from(place).unwrap_or(0)
}

/// Distinct texts, numbered from 0.
#[derive(Clone, Debug, Default)]
struct Interner {
    texts: Vec<Box<[u8]>>,
    numbers: HashTable<u32>,
}

impl Interner {
    fn number(&mut self, text: &[u8]) -> u32 {
        let Self { texts, numbers } = self;
        let text_of = |number: u32| texts.get(number as usize).map(AsRef::as_ref).unwrap_or_default();
        let hash_of = hash(0, text);
        if let Some(known) = numbers.find(hash_of, |number| text_of(*number) == text) {
            return *known;
        }
        // Memory ends long before four thousand million distinct texts.
        let number = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        numbers.insert_unique(hash_of, number, |number| hash(0, text_of(*number)));
        texts.push(text.into());
        number
    }

    fn memory_bytes(&self) -> usize {
        let n_bytes: usize = self.texts.iter().map(|text| text.len()).sum();
        n_bytes + self.texts.capacity() * size_of::<Box<[u8]>>() + self.numbers.allocation_size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_value_share_its_number() {
        let mut platforms = Dictionary::new(|name| roster_core::Platform::named(name).code().to_owned());
        let names = ["Twitter", "tiktok", "X", "twitter", "TikTok", "Friendster"];
        let numbers = names.map(|name| platforms.number(Run::alone(name.as_bytes())));
        assert_eq!(numbers, [0, 1, 0, 0, 1, 2]);
        assert_eq!(
            platforms.texts().collect::<Vec<_>>(),
            ["twitter", "tiktok", "Friendster"]
        );
    }

    proptest! {
        #[test]
        fn no_two_texts_share_a_number_however_alike(texts in prop::collection::vec("[ab]{0,18}", 0..200)) {
            let mut dictionary = Dictionary::new(str::to_owned);
            let mut numbers = BTreeMap::new();
            for text in &texts {
                let number = dictionary.number(Run::alone(text.as_bytes()));
                prop_assert_eq!(*numbers.entry(text).or_insert(number), number);
                prop_assert_eq!(dictionary.texts().nth(number as usize), Some(text.as_str()));
            }
            prop_assert_eq!(dictionary.len(), numbers.len());
        }
    }
}
