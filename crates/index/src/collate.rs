//! The order of text: as people expect it in a list, not as bytes come.
//!
//! Blanks come first, then punctuation, symbols, digits, letters; a run of digits counts as a number, so `Shop 9` comes
//! before `Shop 10`; letters stand in the order of Unicode, which is alphabetic within a script. Keys are made of
//! [folded](crate::fold()) text, so case and accents decide nothing: `é` stands beside `e`, and texts that differ only
//! so keep the order in which they came.
//!
//! Compared with `Intl.Collator(undefined, { numeric: true, sensitivity: "base" })` on ASCII text, the order is the same
//! (its table is that of CLDR's root, as here). Beyond ASCII it differs: no language's own rules apply (Swedish `å` is
//! an `a`, not a letter after `z`), Latin letters that do not fold to ASCII (`ŋ`) come after `z`, and symbols outside
//! ASCII come after those within.

/// Punctuation and symbols of ASCII in the order of CLDR's root collation, blanks first.
/// Source: <https://www.unicode.org/charts/collation/>, seen 2026-11.
const SIGNS: &[u8] = b"\t\n\x0b\x0c\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// Weights below this one are signs; those above are numbers, then letters, which keep their own bytes. Digits have
/// none, as only the number has.
const OTHER_SIGN: u8 = 0x2E;

/// A number begins with this and the count of its digits, so that longer numbers are larger.
const NUMBER: u8 = 0x2F;

static WEIGHTS: [u8; 128] = weights();

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "it runs in the compiler"
)]
const fn weights() -> [u8; 128] {
    assert!(SIGNS.len() < OTHER_SIGN as usize);
    let mut weights = [OTHER_SIGN; 128];
    let mut sign = 0;
    while sign < SIGNS.len() {
        weights[SIGNS[sign] as usize] = sign as u8 + 1;
        sign += 1;
    }
    let mut digit = b'0';
    while digit <= b'9' {
        weights[digit as usize] = 0;
        digit += 1;
    }
    let mut letter = b'a';
    while letter <= b'z' {
        weights[letter as usize] = letter;
        letter += 1;
    }
    weights
}

/// Which characters beyond ASCII are letters or digits: the tables of the language are slow to ask, and a text mostly
/// stays within a few blocks of 64. Empty until there is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters(Vec<(u32, u64)>);

/// Blocks that are remembered. A power of two.
const N_BLOCKS: usize = 64;

impl Letters {
    fn has(&mut self, c: char) -> bool {
        let (block, bit) = (u32::from(c) >> 6, u32::from(c) & 63);
        if self.0.is_empty() {
            self.0 = vec![(u32::MAX, 0); N_BLOCKS];
        }
        let Some(known) = self.0.get_mut(block as usize % N_BLOCKS) else {
            return c.is_alphanumeric();
        };
        if known.0 != block {
            let is_letter = |bit: u32| char::from_u32(block << 6 | bit).is_some_and(char::is_alphanumeric);
            *known = (
                block,
                (0..64).fold(0, |mask, bit| mask | u64::from(is_letter(bit)) << bit),
            );
        }
        known.1 >> bit & 1 == 1
    }
}

/// Appends the sort key of a folded text, in which no byte is 0. Keys compare as bytes.
pub(crate) fn key_into(folded: &[u8], letters: &mut Letters, key: &mut Vec<u8>) {
    let mut rest = folded;
    while let Some(first) = rest.first() {
        let n_bytes = match WEIGHTS.get(usize::from(*first)) {
            Some(0) => number_into(rest, key),
            Some(weight) => {
                key.push(*weight);
                1
            }
            None => other_into(rest, letters, key),
        };
        rest = rest.get(n_bytes..).unwrap_or_default();
    }
}

/// A character that is not ASCII; says how many bytes it has.
fn other_into(text: &[u8], letters: &mut Letters, key: &mut Vec<u8>) -> usize {
    let n_bytes = (text.first().map_or(1, |first| first.leading_ones()) as usize).clamp(1, text.len());
    let character = text.get(..n_bytes).unwrap_or_default();
    // The first byte says the length in its ones, of the others the last six bits count.
    let bits = character.iter().skip(1).fold(
        character
            .first()
            .map_or(0, |first| u32::from(*first) & (0x7F >> n_bytes)),
        |bits, byte| bits << 6 | u32::from(*byte & 0x3F),
    );
    if !char::from_u32(bits).is_some_and(|c| letters.has(c)) {
        key.push(OTHER_SIGN);
    }
    key.extend_from_slice(character);
    n_bytes
}

/// Leading zeros count for nothing. Of more than 254 digits the rest is compared as text.
fn number_into(text: &[u8], key: &mut Vec<u8>) -> usize {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let digits = text.get(..end).unwrap_or_default();
    let n_zeros = digits.iter().position(|digit| *digit != b'0').unwrap_or(end);
    let digits = digits.get(n_zeros..).unwrap_or_default();
    key.extend([NUMBER, u8::try_from(digits.len() + 1).unwrap_or(u8::MAX)]);
    key.extend_from_slice(digits);
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use roster_language::fold;

    fn key(text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        key_into(fold(text).as_bytes(), &mut Letters::default(), &mut key);
        key
    }

    #[test]
    fn names_stand_as_people_expect() {
        let ordered = [
            "",
            "  x",
            "_x",
            "-x",
            ".x",
            "(x)",
            "@x",
            "#x",
            "$x",
            "→x",
            "0",
            "2 Shops",
            "9",
            "10",
            "10a",
            "Älpler",
            "apfel",
            "B2B",
            "B10B",
            "Cafe a",
            "Café b",
            "cafeb",
            "Éclair",
            "zebra",
            "Ελλάδα",
            "Ёлка",
            "Яна",
            "東京",
        ];
        for pair in ordered.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn case_accents_and_leading_zeros_decide_nothing() {
        for (a, b) in [
            ("Café", "CAFE"),
            ("Straße", "strasse"),
            ("Shop 007", "shop 7"),
            ("０", "0"),
        ] {
            assert_eq!(key(a), key(b));
        }
    }

    #[test]
    fn letters_are_those_of_the_language() {
        let mut letters = Letters::default();
        let odd = ('\u{80}'..=char::MAX).find(|c| letters.has(*c) != c.is_alphanumeric());
        assert_eq!(odd, None);
        let mut key = Vec::new();
        for sign in ["→", "😀", "东", "é"] {
            key_into(sign.as_bytes(), &mut letters, &mut key);
        }
        assert_eq!(key, ".→.😀东é".as_bytes());
        assert_eq!(OTHER_SIGN, b'.');
    }

    proptest! {
        #[test]
        fn a_key_has_no_zero_byte(text in ".*|[0-9]{0,300}") {
            prop_assert!(!key(&text).contains(&0));
        }

        #[test]
        fn whole_numbers_stand_in_their_order(a: u64, b in any::<u64>(), unit in "[a-c ]?") {
            let (x, y) = (key(&format!("n{a}{unit}")), key(&format!("n{b}{unit}")));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }
    }
}
