//! What folding means, said with the full Unicode tables. The library carries only the short table that this produces:
//! `cargo run -p roster-language --example fold_table > crates/language/src/fold/table.txt`.

use unicode_normalization::UnicodeNormalization;

/// Marks and invisible characters that people leave out when they type: accents, Arabic and Hebrew points, joiners,
/// direction marks, variation selectors. Vowel signs of Indic scripts and the voiced marks of kana are letters to
/// their readers and stay.
fn is_dropped(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x300..=0x36F | 0x483..=0x487 | 0x591..=0x5C7 | 0x64B..=0x65F | 0x670 | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0x20D0..=0x20FF | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F | 0xFEFF)
}

/// Letters and signs that Unicode does not take apart, and that keyboards without them replace.
fn replaced(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ß' => "ss",
        'ς' => "σ",
        '‘' | '’' | '‛' => "'",
        '“' | '”' | '‟' => "\"",
        '‐'..='―' | '−' => "-",
        _ => return None,
    })
}

/// Blocks that stay as they are, because nobody types one form to find the other, or because the table would double:
/// kinds of radicals, enclosed and squared signs, presentation forms of Arabic, compatibility ideographs. Hangul is
/// taken apart by arithmetic, not by the table.
pub(crate) fn is_left_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x2474..=0x24B5 | 0x2E80..=0x2FDF | 0x3130..=0x318F | 0x3200..=0x33FF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFB50..=0xFDFF
        | 0xFE70..=0xFEFC | 0xFFA0..=0xFFDC | 0x1EE00..=0x1EEFF | 0x1F100..=0x1F12F | 0x1F200..=0x1F2FF
        | 0x2F800..=0x2FA1F)
}

fn fold_once(text: &str) -> String {
    let mut folded = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase).filter(|c| !is_dropped(*c)) {
        match replaced(c) {
            Some(other) => folded.push_str(other),
            None => folded.push(c),
        }
    }
    folded
}

/// What a character folds to.
pub(crate) fn fold(c: char) -> String {
    let mut folded = c.to_string();
    loop {
        let next = fold_once(&folded);
        if next == folded {
            return folded;
        }
        folded = next;
    }
}

/// The table as text: each line a character, a tab, and what it folds to, in the order of the characters. Not listed are
/// characters that stay as they are, and dropped ones, which nobody could see.
pub(crate) fn table() -> String {
    let mut table = String::new();
    for c in ('\u{80}'..=char::MAX).filter(|c| !is_left_alone(*c)) {
        let folded = fold(c);
        if !folded.is_empty() && !folded.chars().eq([c]) {
            table.push(c);
            table.extend(["\t", &folded, "\n"]);
        }
    }
    table
}
