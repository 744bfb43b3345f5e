//! The distinct values of a column, each with a number. Spellings of one value (`"X"`, `"Twitter"`) share its number.

use hashbrown::HashTable;

use crate::hash::hash;

/// How a spelling becomes the value under which it is counted.
pub(crate) type Canonical = fn(&str) -> String;

/// Numbers values from 0 in the order in which they are first seen.
#[derive(Clone, Debug)]
pub(crate) struct Dictionary {
    canonical: Canonical,
    spellings: Interner,
    /// The value of each spelling.
    value_of: Vec<u32>,
    values: Interner,
}

impl Dictionary {
    /// An empty one.
    pub(crate) fn new(canonical: Canonical) -> Self {
        Self {
            canonical,
            spellings: Interner::default(),
            value_of: Vec::new(),
            values: Interner::default(),
        }
    }

    /// The number of a value, by any spelling; a new one is added.
    pub(crate) fn number(&mut self, spelling: &str) -> u32 {
        let entry = self.spellings.number(spelling);
        match self.value_of.get(entry as usize) {
            Some(value) => *value,
            None => self.add(spelling),
        }
    }

    #[cold]
    fn add(&mut self, spelling: &str) -> u32 {
        let value = self.values.number(&(self.canonical)(spelling));
        self.value_of.push(value);
        value
    }

    /// The text of a value.
    pub(crate) fn text(&self, number: u32) -> Option<&str> {
        self.values.texts.get(number as usize).map(AsRef::as_ref)
    }

    /// All values by number.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.texts.iter().map(AsRef::as_ref)
    }

    /// How many values.
    pub(crate) fn len(&self) -> usize {
        self.values.texts.len()
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.spellings.memory_bytes() + self.values.memory_bytes() + self.value_of.capacity() * size_of::<u32>()
    }
}

/// Distinct texts, numbered from 0.
#[derive(Clone, Debug, Default)]
struct Interner {
    texts: Vec<Box<str>>,
    numbers: HashTable<u32>,
}

impl Interner {
    fn number(&mut self, text: &str) -> u32 {
        let Self { texts, numbers } = self;
        let text_of = |number: u32| texts.get(number as usize).map(AsRef::as_ref).unwrap_or_default();
        let hash_of = hash(0, text.as_bytes());
        if let Some(known) = numbers.find(hash_of, |number| text_of(*number) == text) {
            return *known;
        }
        // Memory ends long before four thousand million distinct texts.
        let number = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        numbers.insert_unique(hash_of, number, |number| hash(0, text_of(*number).as_bytes()));
        texts.push(text.into());
        number
    }

    fn memory_bytes(&self) -> usize {
        let n_bytes: usize = self.texts.iter().map(|text| text.len()).sum();
        n_bytes + self.texts.capacity() * size_of::<Box<str>>() + self.numbers.allocation_size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_value_share_its_number() {
        let mut platforms = Dictionary::new(|name| roster_core::Platform::named(name).code().to_owned());
        let numbers = ["Twitter", "tiktok", "X", "twitter", "TikTok", "Friendster"].map(|name| platforms.number(name));
        assert_eq!(numbers, [0, 1, 0, 0, 1, 2]);
        assert_eq!(
            platforms.texts().collect::<Vec<_>>(),
            ["twitter", "tiktok", "Friendster"]
        );
        assert_eq!(platforms.text(3), None);
    }
}
