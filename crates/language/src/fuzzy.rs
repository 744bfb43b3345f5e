//! Typing errors: words within one or two of them, a wrong, missing, additional or swapped letter each.

use crate::fold::fold;

/// Longest word, in letters, that is corrected: one machine word holds a column of the comparison.
const MAX_LETTERS: usize = 64;

/// Typing errors that are forgiven: none in short words, where every other word is near; two in long ones.
pub const fn tolerance(n_letters: usize) -> u32 {
    match n_letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// The candidate with the fewest errors, the first of equals; `None` if all are too far. Compares what is folded.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let pattern = Pattern::new(&fold(word))?;
    let tolerated = tolerance(pattern.n_letters());
    candidates
        .filter_map(|candidate| Some((pattern.distance(&fold(candidate), tolerated)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A word, prepared for comparison with many.
///
/// Myers' bit-parallel column with Hyyrö's term for swapped neighbours (optimal string alignment).
/// Source: Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003.
pub struct Pattern {
    letters: Vec<char>,
    /// For each ASCII letter, at which places of the word it stands.
    ascii: [u64; 128],
}

impl Pattern {
    /// Prepares a word; `None` if it is empty or longer than any word that people correct.
    pub fn new(word: &str) -> Option<Self> {
        let letters: Vec<char> = word.chars().collect();
        if letters.is_empty() || letters.len() > MAX_LETTERS {
            return None;
        }
        let mut ascii = [0; 128];
        for (place, letter) in letters.iter().enumerate() {
            if let Some(places) = usize::try_from(u32::from(*letter))
                .ok()
                .and_then(|code| ascii.get_mut(code))
            {
                *places |= 1 << place;
            }
        }
        Some(Self { letters, ascii })
    }

    /// Its letters.
    pub fn n_letters(&self) -> usize {
        self.letters.len()
    }

    fn places(&self, letter: char) -> u64 {
        if let Some(places) = usize::try_from(u32::from(letter))
            .ok()
            .and_then(|code| self.ascii.get(code))
        {
            return *places;
        }
        let here = self.letters.iter().enumerate().filter(|(_, own)| **own == letter);
        here.fold(0, |places, (place, _)| places | 1 << place)
    }

    /// Number of typing errors between the two words, if it is at most `tolerated`.
    pub fn distance(&self, word: &str, tolerated: u32) -> Option<u32> {
        let n_letters = u32::try_from(self.letters.len()).ok()?;
        // A byte count is an upper bound of the letter count, so short texts are refused before they are decoded.
        let shortest = n_letters.saturating_sub(tolerated) as usize;
        if word.len() < shortest || word.chars().count().abs_diff(self.letters.len()) > tolerated as usize {
            return None;
        }
        let last = 1_u64 << (n_letters - 1);
        let (mut up, mut down, mut diagonal, mut before) = (!0_u64, 0_u64, 0_u64, 0_u64);
        let mut distance = n_letters;
        for letter in word.chars() {
            let places = self.places(letter);
            let swap = ((!diagonal & places) << 1) & before;
            diagonal = ((places & up).wrapping_add(up) ^ up) | places | down | swap;
            let (rise, fall) = (down | !(diagonal | up), diagonal & up);
            distance = distance + u32::from(rise & last != 0) - u32::from(fall & last != 0);
            let rise = rise << 1 | 1;
            down = diagonal & rise;
            up = fall << 1 | !(diagonal | rise);
            before = places;
        }
        (distance <= tolerated).then_some(distance)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, as a table.
    fn slow(a: &str, b: &str) -> u32 {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, n) | (n, 0) => n,
                    _ => {
                        let change = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let mut best = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            best = best.min(table[i - 2][j - 2] + 1);
                        }
                        best
                    }
                };
            }
        }
        u32::try_from(table[a.len()][b.len()]).unwrap()
    }

    #[test]
    fn the_four_errors_count_one_each() {
        for (word, other, distance) in [
            ("bakery", "bakery", Some(0)),
            ("bakrey", "bakery", Some(1)),
            ("bakry", "bakery", Some(1)),
            ("bakkery", "bakery", Some(1)),
            ("bakary", "bakery", Some(1)),
            ("backary", "bakery", Some(2)),
            ("brewery", "bakery", None),
            ("пекарна", "пекарня", Some(1)),
        ] {
            assert_eq!(
                Pattern::new(word).unwrap().distance(other, 2),
                distance,
                "{word} {other}"
            );
        }
    }

    #[test]
    fn the_nearest_word_is_found_and_short_words_are_not_guessed() {
        let keys = ["followers", "following", "platform"];
        assert_eq!(nearest("folowers", keys.into_iter()), Some("followers"));
        assert_eq!(nearest("PLÁTFROM", keys.into_iter()), Some("platform"));
        assert_eq!(nearest("platfrom", keys.into_iter()), Some("platform"));
        assert_eq!(nearest("xx", ["xy"].into_iter()), None);
        assert_eq!(nearest("", [""].into_iter()), None);
        assert_eq!(nearest(&"x".repeat(65), [""].into_iter()), None);
    }

    proptest! {
        #[test]
        fn the_quick_distance_is_the_slow_one(a in "[abcé]{1,12}|[a-c]{60,64}", b in "[abcé]{0,12}|[a-c]{60,64}", tolerated in 0u32..4) {
            let expected = Some(slow(&a, &b)).filter(|distance| *distance <= tolerated);
            prop_assert_eq!(Pattern::new(&a).unwrap().distance(&b, tolerated), expected);
        }
    }
}
