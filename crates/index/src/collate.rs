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

/// Weights below this one are signs; those above are digits, then letters, which keep their own bytes.
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
    let mut letter = b'a';
    while letter <= b'z' {
        weights[letter as usize] = letter;
        letter += 1;
    }
    weights
}

/// Appends the sort key of a folded text: keys compare as bytes.
pub(crate) fn key_into(folded: &str, key: &mut Vec<u8>) {
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let n_bytes = if c.is_ascii_digit() {
            number_into(rest, key)
        } else {
            sign_or_letter_into(c, key);
            c.len_utf8()
        };
        rest = rest.get(n_bytes..).unwrap_or_default();
    }
}

fn sign_or_letter_into(c: char, key: &mut Vec<u8>) {
    let weight = usize::try_from(u32::from(c)).ok().and_then(|code| WEIGHTS.get(code));
    if let Some(weight) = weight {
        key.push(*weight);
        return;
    }
    if !c.is_alphanumeric() {
        key.push(OTHER_SIGN);
    }
    key.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Leading zeros count for nothing. Of more than 255 digits the rest is compared as text.
fn number_into(text: &str, key: &mut Vec<u8>) -> usize {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let digits = text.get(..end).unwrap_or_default().trim_start_matches('0');
    key.extend([NUMBER, u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
    key.extend_from_slice(digits.as_bytes());
    end
}

/// The sort keys of many texts, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    bytes: Vec<u8>,
    /// The first eight bytes of each key as a number, the place of its text, and where the key starts and ends. Most
    /// comparisons end at the number.
    entries: Vec<(u64, u32, u32, u32)>,
}

impl Keys {
    /// Adds a folded text, under the place by which it is known.
    pub(crate) fn push(&mut self, place: u32, folded: &str) {
        let start = self.bytes.len();
        key_into(folded, &mut self.bytes);
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(self.bytes.get(start..).unwrap_or_default()) {
            *to = *from;
        }
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.entries.push((
            u64::from_be_bytes(first),
            place,
            offset(start),
            offset(self.bytes.len()),
        ));
    }

    /// Calls with every place in order, and whether its text is equal in order to the one before.
    pub(crate) fn in_order(mut self, mut take: impl FnMut(u32, bool)) {
        let bytes = &self.bytes;
        let key =
            |(_, _, start, end): &(u64, u32, u32, u32)| bytes.get(*start as usize..*end as usize).unwrap_or_default();
        // The place comes last, so that equals keep their order and the quick sort need not be a stable one.
        self.entries
            .sort_unstable_by(|a, b| (a.0, key(a), a.1).cmp(&(b.0, key(b), b.1)));
        let mut before = None;
        for entry in &self.entries {
            let is_equal = before.is_some_and(|before| key(before) == key(entry));
            take(entry.1, is_equal);
            before = Some(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fold::fold;

    fn key(text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        key_into(&fold(text), &mut key);
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
    fn equals_keep_their_places_and_are_named() {
        let mut keys = Keys::default();
        for (place, text) in [
            (7, "b"),
            (1, "longer than eight z"),
            (2, "a"),
            (3, "b"),
            (4, "longer than eight a"),
        ] {
            keys.push(place, text);
        }
        let mut order = Vec::new();
        keys.in_order(|place, is_equal| order.push((place, is_equal)));
        assert_eq!(order, [(2, false), (3, false), (7, true), (4, false), (1, false)]);
    }

    proptest! {
        #[test]
        fn the_order_of_many_is_the_order_of_their_keys(texts in prop::collection::vec("[ab0-2é ]{0,12}", 0..40)) {
            let mut keys = Keys::default();
            (0..).zip(&texts).for_each(|(place, text)| keys.push(place, &fold(text)));
            let mut expected: Vec<usize> = (0..texts.len()).collect();
            expected.sort_by_key(|place| key(&texts[*place]));
            let mut order: Vec<usize> = Vec::new();
            keys.in_order(|place, is_equal| {
                if let Some(before) = order.last() {
                    assert_eq!(is_equal, key(&texts[*before]) == key(&texts[place as usize]));
                }
                order.push(place as usize);
            });
            prop_assert_eq!(order, expected);
        }

        #[test]
        fn whole_numbers_stand_in_their_order(a: u64, b in any::<u64>(), unit in "[a-c ]?") {
            let (x, y) = (key(&format!("n{a}{unit}")), key(&format!("n{b}{unit}")));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }
    }
}
