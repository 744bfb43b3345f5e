//! The table of foldings, packed at compile time from `table.txt`: one line a character, in order.
//!
//! A checked-in text can be reviewed. Packed so that what lies side by side is alike, it takes 3 KB of a download, where
//! the general Unicode tables take far more; it is unpacked when the first text comes that is not ASCII.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "all of it runs in the compiler, where a bad index or a lost bit stops the build"
)]

use std::sync::OnceLock;

const TEXT: &[u8] = include_bytes!("table.txt");

const SIZES: (usize, usize) = pack(&mut [], &mut []);

static PACKED: ([u8; SIZES.0], [u8; SIZES.1]) = packed();

/// How far each character is from the one before, seven bits a byte, the lowest first; the last byte is below 128.
static GAPS: &[u8] = &PACKED.0;

/// The foldings, one after the other, each with [`END`] behind it.
static FOLDINGS: &[u8] = &PACKED.1;

/// Ends a folding.
const END: u8 = b'\n';

/// A character, and where its folding begins.
type Entry = (u32, u32);

/// What a character folds to, if it is in the table.
pub(super) fn folded(c: char) -> Option<&'static str> {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    let entries = ENTRIES.get_or_init(unpacked);
    let index = entries.binary_search_by_key(&u32::from(c), |entry| entry.0).ok()?;
    let rest = FOLDINGS.get(entries.get(index)?.1 as usize..)?;
    let folding = rest.split(|byte| *byte == END).next()?;
    std::str::from_utf8(folding).ok()
}

#[cold]
fn unpacked() -> Vec<Entry> {
    let (mut c, mut gap, mut shift) = (0, 0, 0);
    let mut entries = Vec::new();
    let mut foldings = FOLDINGS.split(|byte| *byte == END);
    let mut start = 0;
    for byte in GAPS {
        gap |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if *byte < 0x80 {
            c += gap;
            entries.push((c, start));
            start += foldings.next().map_or(0, |folding| folding.len() as u32 + 1);
            (gap, shift) = (0, 0);
        }
    }
    entries
}

const fn packed() -> ([u8; SIZES.0], [u8; SIZES.1]) {
    let (mut gaps, mut foldings) = ([0; SIZES.0], [0; SIZES.1]);
    pack(&mut gaps, &mut foldings);
    (gaps, foldings)
}

/// Packs the text as far as there is room, and says how many bytes both parts take.
const fn pack(gaps: &mut [u8], foldings: &mut [u8]) -> (usize, usize) {
    let (mut at, mut before) = (0, 0);
    let (mut n_gaps, mut n_foldings) = (0, 0);
    while at < TEXT.len() {
        let (c, n_bytes) = code_point(at);
        let mut gap = c - before;
        before = c;
        loop {
            let is_last = gap < 0x80;
            if n_gaps < gaps.len() {
                gaps[n_gaps] = gap as u8 & 0x7F | if is_last { 0 } else { 0x80 };
            }
            n_gaps += 1;
            gap >>= 7;
            if is_last {
                break;
            }
        }
        // The character and the tab behind it.
        at += n_bytes + 1;
        loop {
            let byte = TEXT[at];
            if n_foldings < foldings.len() {
                foldings[n_foldings] = byte;
            }
            n_foldings += 1;
            at += 1;
            if byte == END {
                break;
            }
        }
    }
    (n_gaps, n_foldings)
}

/// The character of more than one byte that stands there, and how many bytes it has.
const fn code_point(at: usize) -> (u32, usize) {
    let first = TEXT[at] as u32;
    let n_more = if first >= 0xF0 {
        3
    } else if first >= 0xE0 {
        2
    } else {
        1
    };
    let mut code = first & (0x3F >> n_more);
    let mut more = 1;
    while more <= n_more {
        code = code << 6 | (TEXT[at + more] as u32 & 0x3F);
        more += 1;
    }
    (code, n_more + 1)
}
