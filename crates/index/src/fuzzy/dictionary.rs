//! The distinct words of all searched texts: few, where texts are many, so that a misspelt word is compared with each.

use hashbrown::HashTable;

use crate::fuzzy::{Pattern, tolerance};
use crate::hash::hash;

/// Words of fewer letters are not corrected, and words with digits are numbers and ids that nobody misspells.
const MIN_LETTERS: usize = 3;

/// The words, each once.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    text: String,
    words: Vec<Word>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    end: u32,
    /// How many times it occurs.
    n_uses: u32,
    /// One bit a letter, shared by letters that are 32 apart. Two words with few errors between them share most.
    letters: u32,
}

impl Dictionary {
    /// The words of folded texts.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut dictionary = Self::default();
        let mut numbers: HashTable<u32> = HashTable::new();
        for word in texts.flat_map(words) {
            dictionary.count(word, &mut numbers);
        }
        dictionary.text.shrink_to_fit();
        dictionary.words.shrink_to_fit();
        dictionary
    }

    fn count(&mut self, word: &str, numbers: &mut HashTable<u32>) {
        let hash_of = |text: &str| hash(0, text.as_bytes());
        let known = numbers
            .find(hash_of(word), |number| self.get(*number as usize) == Some(word))
            .copied();
        if let Some(known) = known.and_then(|number| self.words.get_mut(number as usize)) {
            known.n_uses = known.n_uses.saturating_add(1);
            return;
        }
        let (Ok(number), Ok(end)) = (
            u32::try_from(self.words.len()),
            u32::try_from(self.text.len() + word.len()),
        ) else {
            return;
        };
        self.text.push_str(word);
        self.words.push(Word {
            end,
            n_uses: 1,
            letters: letters(word),
        });
        numbers.insert_unique(hash_of(word), number, |number| {
            hash_of(self.get(*number as usize).unwrap_or_default())
        });
    }

    fn get(&self, number: usize) -> Option<&str> {
        let start = number
            .checked_sub(1)
            .map_or(Some(0), |before| self.words.get(before).map(|word| word.end))?;
        self.text.get(start as usize..self.words.get(number)?.end as usize)
    }

    /// The words within the forgiven typing errors of a folded word, itself left out: fewest errors first, then what
    /// occurs most.
    pub(crate) fn near(&self, word: &str, max_words: usize) -> Vec<String> {
        let Some(pattern) = Pattern::new(word) else {
            return Vec::new();
        };
        let (tolerated, own) = (tolerance(pattern.n_letters()), letters(word));
        // An error changes at most two letters of the set: one goes, one comes.
        let is_like = |other: &&(usize, &Word)| (other.1.letters ^ own).count_ones() <= 2 * tolerated;
        let distance = |(number, entry): (usize, &Word)| {
            let other = self.get(number)?;
            let distance = pattern.distance(other, tolerated).filter(|distance| *distance > 0)?;
            Some((distance, std::cmp::Reverse(entry.n_uses), other))
        };
        let mut near: Vec<_> = self
            .words
            .iter()
            .enumerate()
            .filter(|entry| is_like(&entry))
            .filter_map(distance)
            .collect();
        near.sort_unstable();
        near.into_iter()
            .map(|(_, _, word)| word.to_owned())
            .take(max_words)
            .collect()
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.text.capacity() + self.words.capacity() * size_of::<Word>()
    }
}

/// The words of a text that people can misspell.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| {
        word.chars().take(MIN_LETTERS).count() == MIN_LETTERS && !word.contains(|c: char| c.is_ascii_digit())
    })
}

fn letters(word: &str) -> u32 {
    word.chars()
        .fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 32))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_nearest_and_then_the_most_frequent_word_comes_first() {
        let texts = [
            "acme bakery 12",
            "baker",
            "blue bakery\nbake-off",
            "bakers bakers",
            "x1 ab",
            "пекарня",
        ];
        let dictionary = Dictionary::of(texts.into_iter());
        assert_eq!(dictionary.near("bakrey", 9), ["bakery", "bakers", "bake", "baker"]);
        assert_eq!(dictionary.near("bakrs", 9), ["bakers"]);
        assert_eq!(
            dictionary.near("bakery", 9),
            ["bakers", "baker", "bake"],
            "the word itself needs no correction"
        );
        assert_eq!(dictionary.near("bakerz", 1), ["bakers"]);
        assert_eq!(dictionary.near("пекарна", 9), ["пекарня"]);
        assert_eq!(dictionary.near("x2", 9), [""; 0]);
        assert!(dictionary.memory_bytes() > 0);
    }

    proptest! {
        #[test]
        fn a_near_word_is_never_missed(texts in prop::collection::vec("[abcdé]{3,8}( [abcd]{3,8})?", 0..40), word in "[abcdé]{3,8}") {
            let dictionary = Dictionary::of(texts.iter().map(String::as_str));
            let pattern = Pattern::new(&word).unwrap();
            let tolerated = tolerance(pattern.n_letters());
            let all = texts.iter().flat_map(|text| text.split(' '));
            let is_near = |other: &&str| pattern.distance(other, tolerated).is_some_and(|distance| distance > 0);
            let mut expected: Vec<&str> = all.filter(is_near).collect();
            expected.sort_unstable();
            expected.dedup();
            let mut found = dictionary.near(&word, usize::MAX);
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
