//! The records of a page as JSON text for `JSON.parse`.

use roster_core::{Error, ErrorKind};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Thrown, thrown};
use crate::long::quoted;

/// The records of a body as one JSON array. `spans` holds the first byte of each and the byte after its last; whole
/// numbers that a JavaScript number cannot hold are quoted.
///
/// # Errors
/// `Decode` if the bytes are not those that the spans were made for.
#[wasm_bindgen(js_name = itemsText)]
pub fn items_text(body: &[u8], spans: &[u32]) -> Thrown<String> {
    joined(body, spans).ok_or_else(|| {
        let found = "bytes that were changed";
        thrown(Error::unexpected(
            ErrorKind::Decode,
            "bytes",
            "the page as it came",
            found,
        ))
    })
}

fn joined(body: &[u8], spans: &[u32]) -> Option<String> {
    let mut out = String::with_capacity(body.len() + 2);
    out.push('[');
    for (index, span) in spans.chunks_exact(2).enumerate() {
        let [start, end] = span else { return None };
        let record = body.get(*start as usize..*end as usize)?;
        if index > 0 {
            out.push(',');
        }
        out.push_str(&quoted(std::str::from_utf8(record).ok()?));
    }
    out.push(']');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_joined_and_what_stands_between_them_is_left_out() {
        let body = br#"{"x":[{"a":1}, 7, {"a":9007199254740993}]}"#;
        let joined = joined(body, &[6, 13, 18, 40]).unwrap();
        assert_eq!(joined, r#"[{"a":1},{"a":"9007199254740993"}]"#);
    }

    #[test]
    fn spans_of_other_bytes_are_refused() {
        assert_eq!(joined(b"[]", &[0, 3]), None);
        assert_eq!(joined("é".as_bytes(), &[0, 1]), None);
        assert_eq!(joined(b"abc", &[2, 1]), None);
    }
}
