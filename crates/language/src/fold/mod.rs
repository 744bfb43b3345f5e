//! Text as it is searched: without case, accents and full width, so that `CAFE` finds `Café` and `ｃａｆé`.
//!
//! Folding is Unicode's compatibility decomposition, lower case, and no marks, from a small table of our own (see
//! `spec.rs` for what it leaves alone); letters that keyboards replace go along: `ø` is `o`, `ß` is `ss`. Folding
//! twice changes nothing.

#[cfg(test)]
mod spec;
mod table;

use std::ops::Range;

/// The folded form of a text.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    pieces(text, |_, piece| folded.push_str(piece));
    folded
}

/// Where a folded needle occurs in a text: byte ranges of the text, from the left, without overlap.
///
/// An accent written as a character of its own belongs to its letter; a letter that folds to two is marked whole.
pub fn locate(text: &str, folded_needle: &str) -> Vec<Range<usize>> {
    if folded_needle.is_empty() {
        return Vec::new();
    }
    let mut folded = String::with_capacity(text.len());
    let mut origins = Vec::with_capacity(text.len());
    pieces(text, |at, piece| {
        folded.push_str(piece);
        origins.resize(folded.len(), at);
    });
    let origin = |at: usize| origins.get(at).copied();
    let found = folded.match_indices(folded_needle).filter_map(|(at, _)| {
        let last = origin(at + folded_needle.len() - 1)?;
        let end = match origin(at + folded_needle.len()) {
            Some(next) if next == last => last + text.get(last..)?.chars().next()?.len_utf8(),
            Some(next) => next,
            None => text.len(),
        };
        Some(origin(at)?..end)
    });
    merged(found)
}

/// Two hits may share a character that folds to two.
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if last.end > range.start => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}

/// Calls with each character's offset in the text and what it folds to; dropped ones are passed over.
fn pieces(text: &str, mut take: impl FnMut(usize, &str)) {
    for (at, c) in text.char_indices() {
        let mut buffer = [0; 4];
        if c.is_ascii() {
            take(at, c.to_ascii_lowercase().encode_utf8(&mut buffer));
        } else {
            fold_char(c, |piece| take(at, piece));
        }
    }
}

/// Calls with what a character that is not ASCII folds to, piece by piece.
pub fn fold_char(c: char, mut take: impl FnMut(&str)) {
    if is_hangul_syllable(c) {
        hangul(c, |jamo| take(jamo.encode_utf8(&mut [0; 4])));
    } else if !is_dropped(c) {
        piece(c, take);
    }
}

fn piece(c: char, mut take: impl FnMut(&str)) {
    match table::folded(c) {
        Some(folded) => take(folded),
        None => take(c.encode_utf8(&mut [0; 4])),
    }
}

/// Marks and invisible characters that people leave out when they type.
fn is_dropped(c: char) -> bool {
    // In the order of how often they are met; most text leaves at the first line.
    matches!(u32::from(c),
        0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F | 0xAD | 0xFEFF
        | 0x483..=0x487 | 0x591..=0x5C7 | 0x64B..=0x65F | 0x670 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF
        | 0x202A..=0x202E | 0x2060..=0x2069 | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

const HANGUL_FIRST: u32 = 0xAC00;
const N_VOWELS: u32 = 21;
const N_TAILS: u32 = 28;

fn is_hangul_syllable(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

/// A syllable by its letters, so that one that is still being typed finds what it will become.
/// Source: The Unicode Standard, chapter 3.12.
fn hangul(c: char, mut take: impl FnMut(char)) {
    let index = u32::from(c) - HANGUL_FIRST;
    let (lead, vowel, tail) = (
        index / (N_VOWELS * N_TAILS),
        index / N_TAILS % N_VOWELS,
        index % N_TAILS,
    );
    let letters = [
        Some(0x1100 + lead),
        Some(0x1161 + vowel),
        (tail > 0).then_some(0x11A7 + tail),
    ];
    letters
        .into_iter()
        .flatten()
        .filter_map(char::from_u32)
        .for_each(&mut take);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_is_the_one_that_the_unicode_crates_give() {
        assert_eq!(include_str!("table.txt"), spec::table());
    }

    #[test]
    fn every_character_folds_as_unicode_says() {
        for c in ('\0'..=char::MAX).filter(|c| is_hangul_syllable(*c) || !spec::is_left_alone(*c)) {
            assert_eq!(fold(&c.to_string()), spec::fold(c), "{c} {:x}", u32::from(c));
        }
    }

    #[test]
    fn case_accents_and_full_width_are_one() {
        for (text, folded) in [
            ("Café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("ＣＡＦÉ", "cafe"),
            ("Straße", "strasse"),
            ("ŁÓDŹ", "lodz"),
            ("İstanbul Iğdır", "istanbul igdir"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("𝓙𝓸𝓱𝓷 ①", "john 1"),
            ("L’Oréal – Paris", "l'oreal - paris"),
            ("Ёлка Київ", "елка киів"),
            ("ｶﾞ", "カ\u{3099}"),
            ("한", "\u{1112}\u{1161}\u{11AB}"),
            ("हिन्दी", "हिन्दी"),
            ("a\u{200D}b\u{FEFF}", "ab"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn hits_are_marked_in_the_text_as_written() {
        let marks = |text: &'static str, needle: &str| -> Vec<&str> {
            locate(text, needle).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(marks("Un Café, deux CAFÉS", "cafe"), ["Café", "CAFÉ"]);
        assert_eq!(marks("cafe\u{301} noir", "cafe"), ["cafe\u{301}"]);
        assert_eq!(marks("Maße", "s"), ["ß"]);
        assert_eq!(marks("Maße", "as"), ["aß"]);
        assert_eq!(marks("ﬃ", "f"), ["ﬃ"]);
        assert_eq!(marks("none", "x"), [""; 0]);
        assert_eq!(marks("none", ""), [""; 0]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn every_part_of_a_text_is_found_where_it_is(text in "[aAéÉßﬃ가\u{301} bx]{0,12}", from in 0usize..12, n in 1usize..4) {
            let chars: Vec<(usize, char)> = text.char_indices().collect();
            let Some(part) = chars.get(from..(from + n).min(chars.len()).max(from)) else { return Ok(()) };
            let part: String = part.iter().map(|(_, c)| c).collect();
            let needle = fold(&part);
            let found = locate(&text, &needle);
            prop_assert_eq!(found.is_empty(), needle.is_empty());
            for range in found {
                prop_assert!(fold(&text[range]).contains(&needle));
            }
        }
    }
}
