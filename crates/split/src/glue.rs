//! The names by which the program and its glue in JavaScript call each other. They end in hashes, which no compression makes
//! smaller, and each stands in both files: they are written anew, as short as can be. And how the glue reads texts out of
//! the program's memory: most are short, and short ones are there sooner without a decoder.

use std::collections::BTreeMap;
use std::ops::Range;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use crate::Outcome;
use crate::module::said;

/// Digits of a hash.
const N_DIGITS: usize = 16;

/// How wasm-bindgen has the glue read a text.
const READING: &str = "\
function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}
";

/// The same, but for at most 16 bytes of ASCII letter by letter, which takes Chromium a third of the time. Longer ones are
/// left to the decoder: their pieces would be joined once more when they are handed on.
const QUICK_READING: &str = "\
function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    const bytes = getUint8ArrayMemory0();
    let text = '', at = len > 16 ? len : 0;
    for (; at < len && bytes[ptr + at] < 128; at++) text += String.fromCharCode(bytes[ptr + at]);
    return text.length === len ? text : decodeText(bytes.subarray(ptr, ptr + len));
}
";

/// The same program and the same glue with short names, and the glue without its comments and the space before its lines.
pub(crate) fn shortened(wasm: &[u8], glue: &str) -> Outcome<(Vec<u8>, String)> {
    let found: BTreeMap<&str, String> = words(glue)
        .filter(|word| is_long(word))
        .map(|word| (word, String::new()))
        .collect();
    let numbered = found
        .into_keys()
        .enumerate()
        .map(|(number, name)| (name, format!("_{number:x}")));
    let names: BTreeMap<&str, String> = numbered.collect();
    Ok((program(wasm, &names)?, bare(&text(&quick(glue)?, &names))?))
}

/// The glue that reads short texts sooner. Another way of reading than the known one is not guessed at; a glue that reads
/// no text has none.
fn quick(glue: &str) -> Outcome<String> {
    if !glue.contains("getStringFromWasm0") {
        return Ok(glue.to_owned());
    }
    match glue.matches(READING).count() {
        1 => Ok(glue.replace(READING, QUICK_READING)),
        n_found => Err(format!("expected once in the glue, found {n_found} times:\n{READING}")),
    }
}

/// Whether a name ends in a hash.
fn is_long(name: &str) -> bool {
    let digits = name.len().checked_sub(N_DIGITS).and_then(|at| name.get(at..));
    let is_ours = name.starts_with("__wb") || name.starts_with("wasm_bindgen__");
    is_ours && digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

const fn is_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

/// Everything in a script that could be a name.
fn words(glue: &str) -> impl Iterator<Item = &str> {
    glue.split(|c: char| !u8::try_from(c).is_ok_and(is_in_word))
}

fn text(glue: &str, names: &BTreeMap<&str, String>) -> String {
    let mut out = String::with_capacity(glue.len());
    let mut rest = glue;
    while !rest.is_empty() {
        let word_len = rest.bytes().position(|byte| !is_in_word(byte)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_len);
        out.push_str(names.get(word).map_or(word, String::as_str));
        let gap_len = after.bytes().position(is_in_word).unwrap_or(after.len());
        let (gap, next) = after.split_at(gap_len);
        out.push_str(gap);
        rest = next;
    }
    out
}

/// The lines that do something, without the space before them. Where a text goes on over several lines, such space is part
/// of it: a glue that has one is refused.
fn bare(glue: &str) -> Outcome<String> {
    let mut bare = String::with_capacity(glue.len());
    let mut is_comment = false;
    for line in glue.lines().map(str::trim_start) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.starts_with("//") && !line.is_empty() {
            if line.matches('`').count() % 2 == 1 {
                return Err(format!(
                    "expected no text over several lines in the glue, found `{line}`"
                ));
            }
            bare.push_str(line);
            bare.push('\n');
        }
        is_comment &= !line.trim_end().ends_with("*/");
    }
    Ok(bare)
}

fn program(wasm: &[u8], names: &BTreeMap<&str, String>) -> Outcome<Vec<u8>> {
    let mut program = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(|error| said(&error))? {
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                for import in section.into_imports() {
                    let mut import = import.map_err(|error| said(&error))?;
                    import.name = short(import.name, names)?;
                    let taken = RoundtripReencoder.parse_import(&mut imports, import);
                    taken.map_err(|error| error.to_string())?;
                }
                program.section(&imports);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section {
                    let mut export = export.map_err(|error| said(&error))?;
                    export.name = short(export.name, names)?;
                    let taken = RoundtripReencoder.parse_export(&mut exports, export);
                    taken.map_err(|error| error.to_string())?;
                }
                program.section(&exports);
            }
            Payload::CustomSection(section) if is_the_linkers(section.name()) => {}
            other => {
                if let Some((id, range)) = other.as_section() {
                    program.section(&RawSection {
                        id,
                        data: piece(wasm, range)?,
                    });
                }
            }
        }
    }
    Ok(program.finish())
}

/// What the linker noted is true of what it wrote, and no longer of what wasm-bindgen made of that.
fn is_the_linkers(section: &str) -> bool {
    section == "linking" || section.starts_with("reloc.")
}

fn piece(wasm: &[u8], range: Range<u64>) -> Outcome<&[u8]> {
    let place = |at: u64| usize::try_from(at).ok();
    let range = place(range.start).zip(place(range.end));
    let found = range.and_then(|(start, end)| wasm.get(start..end));
    found.ok_or_else(|| "bug: a section ends behind its module".to_owned())
}

/// The short name, where there is one. A long one that the glue does not know would be called by nobody.
fn short<'a>(name: &'a str, names: &'a BTreeMap<&str, String>) -> Outcome<&'a str> {
    match names.get(name) {
        Some(short) => Ok(short),
        None if is_long(name) => Err(format!("expected `{name}` in the glue")),
        None => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "/**\n * Says what time it is.\n */\nconst imports = {\n    // Seven.\n    \
                        __wbg_now_0123456789abcdef: () => 7, __wbg_now_0123456789abcdee: a$__wbg_x };\n\
                        wasm.wasm_bindgen__invoke__h00000000000000ff(é);\n";

    fn wasm(import: &str) -> Vec<u8> {
        let text = format!(
            r#"(module (import "./glue" "{import}" (func $now (result i32))) (memory (export "memory") 1)
               (func (export "wasm_bindgen__invoke__h00000000000000ff") (result i32) (call $now)))"#
        );
        wat::parse_str(text).unwrap()
    }

    #[test]
    fn both_sides_have_the_same_short_names_and_all_else_stays() {
        let (program, glue) = shortened(&wasm("__wbg_now_0123456789abcdef"), GLUE).unwrap();
        assert_eq!(glue, "const imports = {\n_1: () => 7, _0: a$__wbg_x };\nwasm._2(é);\n");
        let expected = wasm("_1");
        let expected = wat::parse_bytes(&expected).unwrap();
        let renamed = String::from_utf8_lossy(&program).into_owned();
        assert!(
            renamed.contains("_2") && renamed.contains("memory") && !renamed.contains("__wbg"),
            "{renamed}"
        );
        assert_eq!(
            expected.len() - program.len(),
            "wasm_bindgen__invoke__h00000000000000ff".len() - "_2".len()
        );
        wasmparser::Validator::new().validate_all(&program).unwrap();
    }

    #[test]
    fn short_texts_are_read_without_the_decoder_and_all_else_of_the_glue_stays() {
        let glue = format!("{GLUE}say(getStringFromWasm0(1, 2));\n{READING}\nfunction decodeText(bytes) {{}}\n");
        let quick = quick(&glue).unwrap();
        assert_eq!(quick.replace(QUICK_READING, READING), glue);
        assert!(quick.contains("String.fromCharCode") && quick != glue, "{quick}");
        let (_, shortened) = shortened(&wasm("__wbg_now_0123456789abcdef"), &glue).unwrap();
        assert!(shortened.ends_with(&bare(&quick[GLUE.len()..]).unwrap()), "{shortened}");
    }

    #[test]
    fn a_glue_that_reads_texts_in_another_way_is_refused() {
        let others = READING.replace("decodeText", "readText");
        for (glue, n_found) in [(others, 0), (READING.repeat(2), 2)] {
            let error = quick(&glue).unwrap_err();
            let expected = format!("expected once in the glue, found {n_found} times:\n");
            assert!(error.starts_with(&expected), "{error}");
        }
    }

    #[test]
    fn a_text_over_several_lines_is_refused() {
        let error = bare("say(`one\n  two`);").unwrap_err();
        assert!(error.ends_with("found `say(`one`"), "{error}");
    }

    #[test]
    fn a_name_that_the_glue_does_not_have_is_told() {
        let error = shortened(&wasm("__wbg_gone_0123456789abcdef"), GLUE).unwrap_err();
        assert_eq!(error, "expected `__wbg_gone_0123456789abcdef` in the glue");
    }
}
