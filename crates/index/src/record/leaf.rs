//! What one string, number or boolean feeds.

use std::borrow::Cow;

use super::Reader;
use crate::catalog::Field;
use crate::instant::instant;
use crate::scan::{Simple, Str, float, plain};
use crate::schema::{Act, Note, Sink};

impl<'a, S: Sink> Reader<'a, '_, S> {
    fn both(&mut self, acts: [&Act; 2], at: usize, value: Simple<'a>) -> bool {
        acts.into_iter().all(is_leaf) && acts.into_iter().all(|act| self.simple(act, at, value))
    }

    /// Writes a simple value that starts there. `false`: the act wants to see it as it stands in the page.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call would put the value into memory")]
    pub(super) fn simple(&mut self, act: &Act, at: usize, value: Simple<'a>) -> bool {
        match (act, value) {
            (Act::Id, Simple::Text(text)) if !text.is_empty() => {
                self.sink.text(Field::Ref, text);
                self.id = Some((at, Cow::Borrowed(text)));
            }
            (Act::Both(one, other), _) => return self.both([one, other], at, value),
            (Act::Filled(..) | Act::Mark(_), Simple::Null) => {}
            _ if !is_leaf(act) => return false,
            (_, Simple::Text(text)) => self.text(act, text),
            (_, Simple::Whole(digits, whole)) => self.whole(act, digits, whole),
            (_, Simple::Flag(is_yes)) => self.flag(act, is_yes),
            (_, Simple::Null) => {}
        }
        true
    }

    #[inline]
    fn whole(&mut self, act: &Act, digits: &[u8], whole: f64) {
        match act {
            Act::Number(field) => self.sink.number(*field, whole),
            Act::Note(note) => self.notes.push(*note, whole),
            Act::Text(field) => self.sink.text(*field, digits),
            Act::Extra => self.sink.extra(digits),
            _ => {}
        }
    }

    pub(super) fn string(&mut self, act: &Act, text: Str<'a>) {
        self.text(act, &text.bytes());
    }

    #[inline]
    fn text(&mut self, act: &Act, text: &[u8]) {
        if is_blank(text) {
            return;
        }
        match act {
            Act::Name(feeds) => feeds
                .iter()
                .for_each(|(field, rank)| self.sink.name(*field, *rank, text)),
            Act::Text(field) => self.sink.text(*field, text),
            Act::Extra | Act::Private => self.sink.extra(text),
            Act::Word(field) => self.sink.word(*field, text),
            Act::Telling(field, word, note) => {
                if *text == *word.as_bytes() {
                    self.notes.push(*note, 1.0);
                }
                self.sink.word(*field, text);
            }
            Act::Instant(field) => instant(text)
                .into_iter()
                .for_each(|instant| self.sink.number(*field, instant)),
            Act::Note(note) => noted(*note, text)
                .into_iter()
                .for_each(|value| self.notes.push(*note, value)),
            _ => {}
        }
    }

    pub(super) fn number(&mut self, act: &Act, digits: &[u8]) {
        match act {
            Act::Number(field) => float(digits)
                .into_iter()
                .for_each(|number| self.sink.number(*field, number)),
            Act::Note(note) => float(digits)
                .into_iter()
                .for_each(|number| self.notes.push(*note, number)),
            Act::Text(field) => self.sink.text(*field, digits),
            Act::Extra => self.sink.extra(digits),
            _ => {}
        }
    }

    pub(super) fn flag(&mut self, act: &Act, is_yes: bool) {
        match act {
            Act::Flag(field) => self.sink.flag(*field, is_yes),
            Act::Note(note) => self.notes.push(*note, f64::from(u8::from(is_yes))),
            _ => {}
        }
    }
}

/// Whether a value feeds what the act says and nothing that depends on how it stands in the page.
#[inline]
const fn is_leaf(act: &Act) -> bool {
    !matches!(
        act,
        Act::Id | Act::Mark(_) | Act::Both(..) | Act::Filled(..) | Act::List(_) | Act::Part(..)
    )
}

/// Whether there is nothing to see. Nearly all texts begin with a byte that no white space begins with.
#[inline]
fn is_blank(text: &[u8]) -> bool {
    match text.first() {
        Some(b'!'..=b'~' | 0xC3..=0xE0 | 0xE4..) => false,
        _ => plain(text).trim().is_empty(),
    }
}

/// A note that came as text: an instant, or an amount of money.
fn noted(note: Note, text: &[u8]) -> Option<f64> {
    match note {
        Note::Used | Note::Limit | Note::Remaining => plain(text)
            .trim()
            .parse()
            .ok()
            .filter(|amount: &f64| amount.is_finite()),
        _ => instant(text),
    }
}
