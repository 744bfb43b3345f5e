//! Writes what was found of a record.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use roster_core::decimal;

use super::Found;
use crate::catalog::Field;
use crate::instant::instant;
use crate::scan::{Form, Run, float, plain};
use crate::schema::{Act, Note, Notes, Schema, Sink};

/// Writes what was found in `bytes`, and what follows from it.
#[inline(never)]
pub(crate) fn feed<S: Sink>(
    found: &[Found],
    bytes: &[u8],
    (provider, schema): (u8, &'static Schema),
    notes: &mut Notes,
    sink: &mut S,
) {
    notes.clear();
    for Found { act, value } in found {
        match value.form {
            Form::Text => text(act, value.run(bytes), notes, sink),
            Form::Escaped => text(act, Run::alone(&value.text(bytes)), notes, sink),
            Form::Number => number(act, value.run(bytes), notes, sink),
            Form::Yes | Form::No => flag(act, value.form == Form::Yes, notes, sink),
            Form::Present => present(act, provider, notes, sink),
            Form::Null => {}
        }
    }
    if notes.wanted.is_some_and(|other| notes.get(other).is_none()) {
        substitute(found, bytes, notes);
    }
    (schema.finish)(notes, sink);
}

/// Reads the notes that stand in for others which did not come.
#[cold]
fn substitute(found: &[Found], bytes: &[u8], notes: &mut Notes) {
    for Found { act, value } in found {
        if let (Act::Without(other, note), Form::Number) = (act, value.form)
            && notes.get(*other).is_none()
            && let Some(number) = float(value.raw(bytes))
        {
            notes.push(*note, number);
        }
    }
}

#[inline(always)]
fn text<S: Sink>(act: &Act, text: Run<'_>, notes: &mut Notes, sink: &mut S) {
    match act {
        Act::Id => sink.text(Field::Ref, text),
        _ if is_blank(text.text()) => {}
        Act::Name(feeds) => feeds.iter().for_each(|(field, rank)| sink.name(*field, *rank, text)),
        Act::Text(field) => sink.text(*field, text),
        Act::Extra | Act::Private => sink.extra(text),
        Act::Word(field) => sink.word(*field, text),
        Act::Telling(field, word, note) => {
            if text.print() == Run::alone(word.as_bytes()).print() && text.len() == word.len() {
                notes.push(*note, 1.0);
            }
            sink.word(*field, text);
        }
        Act::Instant(field) => instant(text.text())
            .into_iter()
            .for_each(|instant| sink.number(*field, instant)),
        Act::Note(note) => noted(*note, text.text())
            .into_iter()
            .for_each(|value| notes.push(*note, value)),
        _ => {}
    }
}

#[inline]
fn number<S: Sink>(act: &Act, digits: Run<'_>, notes: &mut Notes, sink: &mut S) {
    match act {
        Act::Number(field) => float(digits.text())
            .into_iter()
            .for_each(|number| sink.number(*field, number)),
        Act::Note(note) => float(digits.text())
            .into_iter()
            .for_each(|number| notes.push(*note, number)),
        Act::Without(other, _) => notes.wanted = Some(*other),
        Act::Id => sink.text(Field::Ref, digits),
        Act::Text(field) => sink.text(*field, digits),
        Act::Extra => sink.extra(digits),
        _ => {}
    }
}

#[inline]
fn flag<S: Sink>(act: &Act, is_yes: bool, notes: &mut Notes, sink: &mut S) {
    match act {
        Act::Flag(field) => sink.flag(*field, is_yes),
        Act::Note(note) => notes.push(*note, f64::from(u8::from(is_yes))),
        _ => {}
    }
}

fn present<S: Sink>(act: &Act, provider: u8, notes: &mut Notes, sink: &mut S) {
    match act {
        Act::Part(part, _) => {
            notes.has_parts = true;
            sink.part(provider, *part);
        }
        Act::Filled(field, word) => sink.word(*field, Run::alone(word.as_bytes())),
        Act::Mark(note) => notes.push(*note, 1.0),
        _ => {}
    }
}

/// Whether there is nothing to see. Nearly all texts begin with a byte that no white space begins with.
#[inline]
fn is_blank(text: &[u8]) -> bool {
    match text {
        // White space beyond ASCII begins with 0xC2, 0xE1, 0xE2, or 0xE3 and 0x80.
        [b'!'..=b'~' | 0xC3..=0xE0 | 0xE4..=0xFF, ..] | [0xE3, 0x81..=0xBF, ..] => false,
        _ => plain(text).trim().is_empty(),
    }
}

/// A note that came as text: an instant, or an amount of money.
fn noted(note: Note, text: &[u8]) -> Option<f64> {
    match note {
        Note::Used | Note::Limit | Note::Remaining => decimal::parse(plain(text).trim().as_bytes()),
        _ => instant(text),
    }
}
