//! The reader against `serde_json`, which is its oracle.

use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;

fn elements(text: &str) -> Option<Vec<&str>> {
    let (mut reader, mut elements) = (Reader::new(text), Vec::new());
    reader.array(|element| elements.push(element)).ok()?;
    reader.end().ok().map(|()| elements)
}

fn members(text: &str) -> Option<Vec<String>> {
    let (mut reader, mut keys) = (Reader::new(text), Vec::new());
    let odd = Fault {
        at: 0,
        expected: "a pair",
    };
    let take = |key, _| unescaped(key).map(|key| keys.push(key.into_owned())).ok_or(odd);
    reader.object(take).ok()?;
    reader.end().ok().map(|()| keys)
}

fn string(text: &str) -> Option<String> {
    let mut reader = Reader::new(text);
    let raw = reader.string().ok()?;
    reader.end().ok()?;
    unescaped(raw).map(Cow::into_owned)
}

/// Pieces of which a row is sometimes JSON, and mostly nearly so.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\"a\"",
    "\"\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\\u12",
    "0",
    "-",
    "12",
    ".5",
    "e+3",
    "01",
    "true",
    "false",
    "null",
    "nul",
    " ",
    "\n",
    "\u{1}",
    "é",
    "\"\u{7f}é\"",
];

#[test]
fn deep_nesting_is_read_without_recursion() {
    let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(elements(&text).unwrap().len(), 1);
    assert_eq!(elements(&text[1..]), None);
}

#[test]
fn a_quote_is_found_at_every_place_of_a_block() {
    for n_before in 0..20 {
        for odd in ['"', '\\', '\u{1f}', '\0'] {
            let text = format!("{}{odd}{}", "é".repeat(n_before), "x".repeat(20));
            assert_eq!(n_plain(text.as_bytes()), n_before * 2, "{text:?}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_accepted_is_what_serde_json_accepts(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        let text = pieces.concat();
        let array: Option<Vec<&RawValue>> = serde_json::from_str(&text).ok();
        prop_assert_eq!(elements(&text), array.map(|all| all.into_iter().map(RawValue::get).collect()));
        let object: Option<std::collections::BTreeMap<String, &RawValue>> = serde_json::from_str(&text).ok();
        prop_assert_eq!(members(&text).is_some(), object.is_some(), "{}", text);
        prop_assert_eq!(string(&text), serde_json::from_str(&text).ok());
    }

    #[test]
    fn a_string_says_what_was_written(text in any::<String>(), is_ascii in any::<bool>()) {
        let mut written = serde_json::to_string(&text).unwrap();
        if is_ascii {
            let units: Vec<String> = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            written = format!("\"{}\"", units.concat());
        }
        prop_assert_eq!(string(&written), Some(text));
    }
}
