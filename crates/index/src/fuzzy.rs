//! The distinct words of all searched texts: few, where texts are many, so that a misspelt word is compared with each.

use hashbrown::HashTable;
use roster_core::order::sort_by;
use roster_language::fuzzy::{Pattern, tolerance};

use crate::column::Bits;
use crate::hash::hash;

/// Words of fewer letters are not corrected, and words with digits are numbers and ids that nobody misspells.
const MIN_LETTERS: usize = 3;

/// The words of the live rows, each once. Keeps up with the rows: only what came and went since the last time is split.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    text: String,
    words: Vec<Word>,
    /// The words' numbers by their hash.
    numbers: HashTable<u32>,
    /// The rows whose words are counted.
    counted: Bits,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    end: u32,
    /// How many times it occurs; zero once all rows that had it were replaced.
    n_uses: u32,
    /// One bit a letter, shared by letters that are 32 apart. Two words with few errors between them share most.
    letters: u32,
}

impl Dictionary {
    /// Counts the words of the rows that are live now and no longer those of the others. `texts_of` calls with each
    /// folded text of a row, which stays the same as long as the row lives.
    pub(crate) fn catch_up(&mut self, live: &Bits, texts_of: impl Fn(usize, &mut dyn FnMut(&str))) {
        let (mut gone, mut new) = (self.counted.clone(), live.clone());
        gone.and_not(live);
        new.and_not(&self.counted);
        for row in gone.rows() {
            texts_of(row, &mut |text| words(text).for_each(|word| self.uncount(word)));
        }
        for row in new.rows() {
            texts_of(row, &mut |text| words(text).for_each(|word| self.count(word)));
        }
        self.counted = live.clone();
    }

    fn find(&self, word: &str) -> Option<usize> {
        let is_it = |number: &u32| self.get(*number as usize) == Some(word);
        self.numbers.find(hash_of(word), is_it).map(|number| *number as usize)
    }

    fn uncount(&mut self, word: &str) {
        if let Some(known) = self.find(word).and_then(|number| self.words.get_mut(number)) {
            known.n_uses = known.n_uses.saturating_sub(1);
        }
    }

    fn count(&mut self, word: &str) {
        if let Some(known) = self.find(word).and_then(|number| self.words.get_mut(number)) {
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
        let (words, text) = (&self.words, &self.text);
        self.numbers.insert_unique(hash_of(word), number, |number| {
            hash_of(word_at(words, text, *number as usize).unwrap_or_default())
        });
    }

    fn get(&self, number: usize) -> Option<&str> {
        word_at(&self.words, &self.text, number)
    }

    /// The words within the forgiven typing errors of a folded word, itself left out: fewest errors first, then what
    /// occurs most.
    pub(crate) fn near(&self, word: &str, max_words: usize) -> Vec<String> {
        let Some(pattern) = Pattern::new(word) else {
            return Vec::new();
        };
        let (tolerated, own) = (tolerance(pattern.n_letters()), letters(word));
        // An error changes at most two letters of the set: one goes, one comes.
        let is_like = |other: &(usize, &Word)| (other.1.letters ^ own).count_ones() <= 2 * tolerated;
        let distance = |(number, entry): (usize, &Word)| {
            let other = self.get(number)?;
            let distance = pattern.distance(other, tolerated).filter(|distance| *distance > 0)?;
            Some((distance, std::cmp::Reverse(entry.n_uses), other))
        };
        let mut near: Vec<_> = self
            .words
            .iter()
            .enumerate()
            .filter(|entry| entry.1.n_uses > 0 && is_like(entry))
            .filter_map(distance)
            .collect();
        sort_by(&mut near, Ord::cmp);
        near.into_iter()
            .map(|(_, _, word)| word.to_owned())
            .take(max_words)
            .collect()
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.text.shrink_to_fit();
        self.words.shrink_to_fit();
        self.counted.settle();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let words = self.words.capacity() * size_of::<Word>() + self.numbers.allocation_size();
        self.text.capacity() + words + self.counted.memory_bytes()
    }
}

fn hash_of(word: &str) -> u64 {
    hash(0, word.as_bytes())
}

fn word_at<'a>(words: &[Word], text: &'a str, number: usize) -> Option<&'a str> {
    let start = number
        .checked_sub(1)
        .map_or(Some(0), |before| words.get(before).map(|word| word.end))?;
    text.get(start as usize..words.get(number)?.end as usize)
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

    fn catch_up(dictionary: &mut Dictionary, rows: &[impl AsRef<str>], live: &Bits) {
        dictionary.catch_up(live, |row, take| take(rows[row].as_ref()));
    }

    fn of(rows: &[impl AsRef<str>]) -> Dictionary {
        let mut dictionary = Dictionary::default();
        catch_up(&mut dictionary, rows, &Bits::first(rows.len()));
        dictionary
    }

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
        let dictionary = of(&texts);
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
            let dictionary = of(&texts);
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

        #[test]
        fn what_came_and_went_is_counted_like_from_the_start(
            rows in prop::collection::vec("[abc]{3,4}( [abc]{3,4})?", 1..80), steps in prop::collection::vec(any::<u128>(), 1..6),
            word in "[abc]{3,5}",
        ) {
            let mut dictionary = Dictionary::default();
            for step in steps {
                let live = Bits::of(rows.len(), |row| step >> (row % 128) & 1 == 1);
                catch_up(&mut dictionary, &rows, &live);
                let mut fresh = Dictionary::default();
                catch_up(&mut fresh, &rows, &live);
                prop_assert_eq!(dictionary.near(&word, usize::MAX), fresh.near(&word, usize::MAX));
            }
        }
    }
}
