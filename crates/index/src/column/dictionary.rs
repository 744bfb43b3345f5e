//! The distinct values of a column, each with a number. Spellings of one value (`"X"`, `"Twitter"`) share its number.

use hashbrown::HashTable;

use crate::hash::hash;
use crate::scan::plain;

/// How a spelling becomes the value under which it is counted.
pub(crate) type Canonical = fn(&str) -> String;

/// Spellings that are recognised by two machine words, without the table. A power of two.
const N_RECENT: usize = 64;

/// Numbers values from 0 in the order in which they are first seen.
#[derive(Clone, Debug)]
pub(crate) struct Dictionary {
    canonical: Canonical,
    spellings: Interner,
    /// The value of each spelling.
    value_of: Vec<u32>,
    values: Interner,
    /// Short spellings that came lately, by their print. Empty until there is one.
    recent: Vec<(Print, u32)>,
}

/// A spelling of 1 to 16 bytes: its first and last eight bytes, or all of them, and its length. No two have the same.
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
    pub(crate) fn number(&mut self, spelling: &[u8]) -> u32 {
        let Some(print) = print(spelling) else {
            return self.looked_up(spelling);
        };
        let place = (print.0 ^ print.1.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58;
        let place = usize::try_from(place).unwrap_or(0);
        if let Some((known, number)) = self.recent.get(place)
            && *known == print
        {
            return *number;
        }
        let number = self.looked_up(spelling);
        if self.recent.is_empty() {
            self.recent = vec![((0, 0, 0), 0); N_RECENT];
        }
        let _ = self.recent.get_mut(place).map(|slot| *slot = (print, number));
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
        let recent = self.recent.capacity() * size_of::<(Print, u32)>();
        let value_of = self.value_of.capacity() * size_of::<u32>();
        self.spellings.memory_bytes() + self.values.memory_bytes() + value_of + recent
    }
}

/// Values come from `Canonical`, so they are text.
fn utf8(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap_or_default()
}

#[inline]
fn print(spelling: &[u8]) -> Option<Print> {
    let len = spelling.len();
    if let (1..=16, Some(first), Some(last)) = (len, spelling.first_chunk::<8>(), spelling.last_chunk::<8>()) {
        return Some((u64::from_le_bytes(*first), u64::from_le_bytes(*last), len));
    }
    if let (Some(first), Some(last)) = (spelling.first_chunk::<4>(), spelling.last_chunk::<4>())
        && len < 8
    {
        return Some((u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into(), len));
    }
    match *spelling {
        [a] => Some((a.into(), 0, 1)),
        [a, b] => Some((a.into(), b.into(), 2)),
        [a, b, c] => Some((u64::from(a) << 8 | u64::from(b), c.into(), 3)),
        _ => None,
    }
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
        let numbers = names.map(|name| platforms.number(name.as_bytes()));
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
                let number = dictionary.number(text.as_bytes());
                prop_assert_eq!(*numbers.entry(text).or_insert(number), number);
                prop_assert_eq!(dictionary.texts().nth(number as usize), Some(text.as_str()));
            }
            prop_assert_eq!(dictionary.len(), numbers.len());
        }
    }
}
