//! The notes that a linker would write of the program.

use wasm_encoder::{CustomSection, DataSymbolDefinition, Encode, LinkingSection, Section, SymbolTable};
use wasmparser::{Parser, Payload};

use super::NAMED;
use crate::linked::Linked;
use crate::module::{Module, count};

// Kinds of notes: a place in the table as a number in code, an address there, an address in data, a type.
const TABLE: u8 = 1;
const IN_CODE: u8 = 3;
const IN_DATA: u8 = 5;
const TYPE: u8 = 6;

/// The data has two pieces: one at 16, and one at 24, which names the first and is named by `stored`. `chosen` names the
/// two functions of the table.
pub(super) fn notes(bytes: &[u8]) -> Linked {
    let module = Module::read(bytes).unwrap();
    let mut symbols = SymbolTable::new();
    for (name, offset, size) in [("seven", 0, 1), ("where it lies", 8, 4)] {
        let index = 0;
        symbols.data(0, name, Some(DataSymbolDefinition { index, offset, size }));
    }
    symbols.function(0, place("multiplied"), Some("multiplied"));
    symbols.function(0, place("subtracted"), Some("subtracted"));
    let (code, data) = starts(bytes);
    let body = |name: &str| {
        let (_, body) = module
            .functions()
            .find(|(function, _)| *function == place(name))
            .unwrap();
        body.range().start + 1 - code
    };
    let in_code = [
        (TABLE, body("chosen"), 2),
        (TABLE, body("chosen"), 3),
        // The number of a type, which is that of a piece too.
        (TYPE, body("chosen"), 1),
        (IN_CODE, body("stored"), 1),
    ];
    let first_byte = module.data[0].range.end - module.data[0].data.len() as u64;
    let mut noted = bytes.to_vec();
    LinkingSection::new().symbol_table(&symbols).append_to(&mut noted);
    relocations("reloc.CODE", &in_code).append_to(&mut noted);
    relocations("reloc.DATA", &[(IN_DATA, first_byte + 8 - data, 0)]).append_to(&mut noted);
    Linked::read(&noted).unwrap()
}

/// Two imports and the loader stand before the named functions.
fn place(name: &str) -> u32 {
    count(NAMED.iter().position(|named| *named == name).unwrap()) + 3
}

/// Where the contents of the sections of code and of data begin.
fn starts(bytes: &[u8]) -> (u64, u64) {
    let mut starts = (0, 0);
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.unwrap() {
            Payload::CodeSectionStart { unchecked_range, .. } => starts.0 = unchecked_range.start,
            Payload::DataSection(section) => starts.1 = section.range().start,
            _ => {}
        }
    }
    starts
}

/// Notes, each with its kind, its place and the number of its symbol.
fn relocations(name: &'static str, notes: &[(u8, u64, u32)]) -> CustomSection<'static> {
    let mut data = vec![0];
    notes.len().encode(&mut data);
    for (kind, place, symbol) in notes {
        data.push(*kind);
        place.encode(&mut data);
        symbol.encode(&mut data);
        // What is added to an address. A place in the table and a type have no such number.
        data.extend([IN_CODE, IN_DATA].contains(kind).then_some(0));
    }
    CustomSection {
        name: name.into(),
        data: data.into(),
    }
}
