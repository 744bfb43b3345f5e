//! Writing the row after the last one.
#![expect(
    clippy::inline_always,
    reason = "on the way of every value: what a call puts into memory and back costs more than the work"
)]

use super::{Column, Columns};
use crate::catalog::Field;
use crate::scan::Run;
use crate::schema::{Note, Sink};

impl Sink for Columns {
    fn name(&mut self, field: Field, rank: u8, text: Run<'_>) {
        if let Some(Column::Text(texts)) = self.fields.get_mut(field as usize) {
            texts.name(self.n_rows, rank, text, &mut self.memo);
        }
    }

    /// Ids stand in the pages, where they are found by the places of the records.
    fn text(&mut self, field: Field, text: Run<'_>) {
        if field == Field::Ref {
            return;
        }
        if let Some(Column::Text(texts)) = self.fields.get_mut(field as usize) {
            texts.add(self.n_rows, text, &mut self.memo);
        }
    }

    fn extra(&mut self, text: Run<'_>) {
        self.extra.add(self.n_rows, text, &mut self.memo);
    }

    #[inline(always)]
    fn word(&mut self, field: Field, word: Run<'_>) {
        let row = self.n_rows;
        match self.of_mut(field) {
            Some(Column::Word(words)) => words.set(row, word),
            Some(Column::Tags(tags)) => tags.add(row, word),
            _ => {}
        }
    }

    fn flag(&mut self, field: Field, is_yes: bool) {
        let row = self.n_rows;
        if let Some(Column::Flag(flags)) = self.of_mut(field) {
            flags.set(row, is_yes);
        }
    }

    #[inline(always)]
    fn number(&mut self, field: Field, number: f64) {
        let row = self.n_rows;
        if let Some(Column::Number(numbers)) = self.of_mut(field) {
            numbers.set(row, number);
        }
    }

    fn account(&mut self, note: Note, value: f64) {
        let row = self.n_rows;
        match note {
            Note::Relink if value > 0.0 => self.relink.set(row),
            Note::LinkingError => self.linking_error.set(row),
            Note::TokenEnds => {
                self.tokens.extend(u32::try_from(row).ok().map(|row| (row, value)));
                let first = self.numbers(Field::Token).and_then(|tokens| tokens.get(row));
                self.number(Field::Token, first.map_or(value, |first| first.min(value)));
            }
            _ => {}
        }
    }

    fn part(&mut self, provider: u8, part: u8) {
        let rows = self
            .parts
            .get_mut(usize::from(provider))
            .and_then(|parts| parts.get_mut(usize::from(part)));
        if let Some(rows) = rows {
            rows.set(self.n_rows);
        }
    }
}
