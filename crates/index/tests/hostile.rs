//! The bodies of the fuzz targets over a bounded number of generated pages and texts.

#[path = "hostile/body.rs"]
mod body;
#[path = "../../gateway/tests/hostile/seeds.rs"]
mod seeds;

use proptest::prelude::*;

/// A page with a few of its bytes changed, taken out or put in, and perhaps cut off.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "1e999",
        "-",
        "0",
        "\\ud800",
        "\\u0041",
        "\u{0}",
        "é",
        "\"id\":7",
        "\"refId\":\"r1\"",
        "{\"id\":\"x\"}",
        "{\"refId\":\"r3\"},",
        " ",
        "true",
        "\"id\":\"\"",
    ]);
    let edit = (any::<prop::sample::Index>(), 0usize..4, piece);
    let pages: Vec<&str> = body::PAGES.iter().map(|(_, page)| *page).chain(body::FORMS).collect();
    let page = prop::sample::select(pages);
    (
        page,
        prop::collection::vec(edit, 0..5),
        any::<u8>(),
        any::<u8>(),
        any::<bool>(),
    )
        .prop_map(|(page, edits, choice, budget_bytes, is_raw)| {
            let mut page = page.as_bytes().to_vec();
            for (place, n_removed, piece) in edits {
                let at = place.index(page.len() + 1);
                let end = (at + n_removed).min(page.len());
                let piece = if is_raw { vec![0xFF] } else { piece.as_bytes().to_vec() };
                page.splice(at..end, piece);
            }
            [vec![choice, budget_bytes], page].concat()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_damaged_page_is_refused_or_read_and_corrupts_nothing(page in damaged()) {
        body::ingest(&page);
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        body::ingest(&bytes);
    }

    #[test]
    fn any_text_is_a_filter_with_suggestions(
        text in "(-?(title|followers|created|platform|has|no|verified|quota|folowers|country):|[ ,\"~<>=.0-9kmd%-]|caf|bak|peter){0,10}|.{0,24}"
    ) {
        body::query(&text);
    }
}

#[test]
fn what_the_fuzzers_have_found_still_breaks_nothing() {
    let pages = seeds::read(include_str!("../../../fuzz/seeds/ingest.txt"));
    let texts = seeds::read(include_str!("../../../fuzz/seeds/query.txt"));
    assert!(pages.len() >= 200 && texts.len() >= 300);
    for page in pages {
        body::ingest(&page);
    }
    for text in texts {
        // The target takes any bytes and looks at those that are text.
        if let Ok(text) = std::str::from_utf8(&text) {
            body::query(text);
        }
    }
}
