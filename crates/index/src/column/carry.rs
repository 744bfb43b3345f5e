//! Two answers about one profile: the list says things that the answer about this one profile does not, and the other
//! way round. Neither is lost when the other comes later.

use super::Columns;
use crate::catalog::Field;
use crate::schema::{Note, Schema, Sink};

impl Columns {
    /// Whether any part was loaded for a row.
    pub(crate) fn has_parts(&self, row: usize) -> bool {
        self.parts.iter().flatten().any(|rows| rows.has(row))
    }

    /// Takes over from an older answer about the same profile what the newer one, which is being written, was not
    /// asked for: parts that it lacks, and fields of the list if it is an answer with parts. Says whether that may
    /// have been anything.
    pub(crate) fn carry(&mut self, from: usize, (provider, schema): (u8, &'static Schema)) -> bool {
        let to = self.n_rows;
        let has_parts = (0..schema.parts.len()).any(|part| self.has_part(to, (provider, part)));
        let mut is_carried = has_parts;
        for (part, (_, fields)) in schema.parts.iter().enumerate() {
            if self.has_part(to, (provider, part)) || !self.has_part(from, (provider, part)) {
                continue;
            }
            self.part(provider, u8::try_from(part).unwrap_or(u8::MAX));
            fields.iter().for_each(|field| self.carry_field(*field, from));
            is_carried = true;
        }
        if has_parts {
            schema
                .not_with_parts
                .iter()
                .for_each(|field| self.carry_field(*field, from));
        }
        is_carried
    }

    fn carry_field(&mut self, field: Field, from: usize) {
        let to = self.n_rows;
        match field {
            Field::Token => self.carry_accounts(from),
            Field::LinkingError if self.linking_error.has(from) => self.linking_error.set(to),
            _ => {}
        }
        if let Some(column) = self.of_mut(field).filter(|column| !column.has(to)) {
            column.copy(from, to);
        }
    }

    fn carry_accounts(&mut self, from: usize) {
        if self.relink.has(from) {
            self.account(Note::Relink, 1.0);
        }
        let first = self.tokens.partition_point(|(row, _)| (*row as usize) < from);
        let tokens = self.tokens.get(first..).unwrap_or_default().iter();
        let of_row: Vec<f64> = tokens
            .take_while(|(row, _)| *row as usize == from)
            .map(|(_, at)| *at)
            .collect();
        for at in of_row {
            self.account(Note::TokenEnds, at);
        }
    }
}
