//! The table of foldings, packed at compile time from `table.txt`: one word per character, in order.
//!
//! A checked-in text can be reviewed; packed it takes about 14 KB, where the general Unicode tables take far more.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "all of it runs in the compiler, where a bad index or a lost bit stops the build"
)]

const TEXT: &[u8] = include_bytes!("table.txt");

const N_LINES: usize = count(b'\n');
const N_CHARS: usize = count_chars();
const N_TARGET_BYTES: usize = count_target_bytes();

/// The foldings, one after the other.
static TARGETS: [u8; N_TARGET_BYTES] = targets().0;

/// Where in [`TARGETS`] each folding ends.
static ENDS: [u16; N_LINES] = targets().1;

/// The character in the upper bits, the line of its folding in the lower ones; sorted.
static CHARS: [u32; N_CHARS] = sorted(chars());

/// Bits that hold a line's number.
const LINE_BITS: u32 = 11;

/// The line of each of the first characters, those of the alphabets of Europe and the Near East, and 1; 0 if it has none. Most that is not
/// ASCII is here.
static NEAR: [u16; N_NEAR] = near();

const N_NEAR: usize = 0x700;

/// What a character folds to, if it is in the table.
pub(super) fn folded(c: char) -> Option<&'static str> {
    let c = u32::from(c);
    let line = match NEAR.get(c as usize) {
        Some(line) => usize::from(line.checked_sub(1)?),
        None => searched(c)?,
    };
    let start = line.checked_sub(1).map_or(Some(&0), |before| ENDS.get(before))?;
    let target = TARGETS.get(usize::from(*start)..usize::from(*ENDS.get(line)?))?;
    std::str::from_utf8(target).ok()
}

fn searched(c: u32) -> Option<usize> {
    let index = CHARS.partition_point(|entry| entry >> LINE_BITS < c);
    let entry = CHARS.get(index).filter(|entry| *entry >> LINE_BITS == c)?;
    Some((entry & ((1 << LINE_BITS) - 1)) as usize)
}

const fn near() -> [u16; N_NEAR] {
    let mut lines = [0; N_NEAR];
    let mut at = 0;
    while at < N_CHARS {
        let c = (CHARS[at] >> LINE_BITS) as usize;
        if c < N_NEAR {
            lines[c] = (CHARS[at] & ((1 << LINE_BITS) - 1)) as u16 + 1;
        }
        at += 1;
    }
    lines
}

const fn count(wanted: u8) -> usize {
    let (mut at, mut n_found) = (0, 0);
    while at < TEXT.len() {
        n_found += (TEXT[at] == wanted) as usize;
        at += 1;
    }
    n_found
}

const fn count_target_bytes() -> usize {
    let (mut at, mut n_bytes, mut is_target) = (0, 0, true);
    while at < TEXT.len() {
        match TEXT[at] {
            b'\t' => is_target = false,
            b'\n' => is_target = true,
            _ => n_bytes += is_target as usize,
        }
        at += 1;
    }
    assert!(n_bytes <= u16::MAX as usize);
    n_bytes
}

const fn targets() -> ([u8; N_TARGET_BYTES], [u16; N_LINES]) {
    let (mut bytes, mut ends) = ([0; N_TARGET_BYTES], [0; N_LINES]);
    let (mut at, mut n_bytes, mut line, mut is_target) = (0, 0, 0, true);
    while at < TEXT.len() {
        match TEXT[at] {
            b'\t' => {
                is_target = false;
                ends[line] = n_bytes as u16;
                line += 1;
            }
            b'\n' => is_target = true,
            byte if is_target => {
                bytes[n_bytes] = byte;
                n_bytes += 1;
            }
            _ => {}
        }
        at += 1;
    }
    assert!(line < 1 << LINE_BITS);
    (bytes, ends)
}

const fn is_first_byte(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

const fn count_chars() -> usize {
    let (mut at, mut n_chars, mut is_source) = (0, 0, false);
    while at < TEXT.len() {
        match TEXT[at] {
            b'\t' => is_source = true,
            b'\n' => is_source = false,
            byte => n_chars += (is_source && is_first_byte(byte)) as usize,
        }
        at += 1;
    }
    n_chars
}

const fn chars() -> [u32; N_CHARS] {
    let mut entries = [0; N_CHARS];
    let (mut at, mut n_chars, mut line, mut is_source) = (0, 0, 0, false);
    while at < TEXT.len() {
        match TEXT[at] {
            b'\t' => is_source = true,
            b'\n' => {
                is_source = false;
                line += 1;
            }
            byte if is_source && is_first_byte(byte) => {
                entries[n_chars] = code_point(at) << LINE_BITS | line;
                n_chars += 1;
            }
            _ => {}
        }
        at += 1;
    }
    entries
}

const fn code_point(at: usize) -> u32 {
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
    code
}

/// Shell sort: short, and quick enough to run in the compiler.
const fn sorted(mut entries: [u32; N_CHARS]) -> [u32; N_CHARS] {
    let mut gap = N_CHARS / 2;
    while gap > 0 {
        let mut next = gap;
        while next < N_CHARS {
            let entry = entries[next];
            let mut place = next;
            while place >= gap && entries[place - gap] > entry {
                entries[place] = entries[place - gap];
                place -= gap;
            }
            entries[place] = entry;
            next += 1;
        }
        gap /= 2;
    }
    entries
}
