//! The values of one record as they were sent, for export, exact comparison and showing where a hit stands.

use crate::catalog::Field;
use crate::record::{Outcome, feed, read};
use crate::roster::Roster;
use crate::scan::{Run, Scanner, plain};
use crate::schema::{self, Note, Notes, Sink};

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Text, an id or a word, as sent.
    Text(String),
    /// A flag.
    Flag(bool),
    /// A number, or an instant in Unix milliseconds.
    Number(f64),
}

/// The values of one record, by field, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    values: Vec<(Field, Cell)>,
    /// The rank of the name that each field has.
    ranks: Vec<(Field, u8)>,
    /// Text that is searched, though it is no field.
    pub(crate) extra: Vec<String>,
    /// The parts that were there, by number.
    parts: Vec<usize>,
}

impl Cells {
    /// The values of a field.
    pub(crate) fn of(&self, field: Field) -> impl Iterator<Item = &Cell> {
        self.values
            .iter()
            .filter(move |(own, _)| *own == field)
            .map(|(_, cell)| cell)
    }

    /// All texts with their fields.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (Field, &str)> {
        self.values.iter().filter_map(|(field, cell)| match cell {
            Cell::Text(text) => Some((*field, text.as_str())),
            _ => None,
        })
    }

    /// Takes over from an older record what the newer one was not asked for, as the columns do.
    fn carry(&mut self, older: &Self, schema: &schema::Schema) {
        let missing = schema
            .parts
            .iter()
            .enumerate()
            .filter(|(part, _)| !self.parts.contains(part) && older.parts.contains(part));
        let mut fields: Vec<Field> = missing.flat_map(|(_, (_, fields))| fields.iter().copied()).collect();
        if !self.parts.is_empty() {
            fields.extend(schema.not_with_parts);
        }
        for field in fields {
            if self.of(field).next().is_none() {
                let cells: Vec<Cell> = older.of(field).cloned().collect();
                self.values.extend(cells.into_iter().map(|cell| (field, cell)));
            }
        }
    }

    fn set(&mut self, field: Field, cell: Cell) {
        self.values.retain(|(own, _)| *own != field);
        self.values.push((field, cell));
    }
}

impl Sink for Cells {
    fn name(&mut self, field: Field, rank: u8, text: Run<'_>) {
        let text = &*plain(text.text());
        let known = self.ranks.iter().find(|(own, _)| *own == field).map(|(_, rank)| *rank);
        match (known, self.values.iter_mut().find(|(own, _)| *own == field)) {
            (Some(known), _) if rank > known => {}
            (Some(known), Some((_, Cell::Text(name)))) if rank == known => {
                name.push(' ');
                name.push_str(text);
            }
            _ => {
                self.ranks.retain(|(own, _)| *own != field);
                self.ranks.push((field, rank));
                self.set(field, Cell::Text(text.to_owned()));
            }
        }
    }

    fn text(&mut self, field: Field, text: Run<'_>) {
        self.values.push((field, Cell::Text(plain(text.text()).into_owned())));
    }

    fn extra(&mut self, text: Run<'_>) {
        self.extra.push(plain(text.text()).into_owned());
    }

    fn word(&mut self, field: Field, word: Run<'_>) {
        let cell = Cell::Text(plain(word.text()).into_owned());
        if field.kind() == crate::catalog::Kind::Categories {
            self.values.push((field, cell));
        } else {
            self.set(field, cell);
        }
    }

    fn flag(&mut self, field: Field, is_yes: bool) {
        self.set(field, Cell::Flag(is_yes));
    }

    fn number(&mut self, field: Field, number: f64) {
        self.set(field, Cell::Number(number));
    }

    fn account(&mut self, note: Note, value: f64) {
        let first = self.of(Field::Token).find_map(|cell| match cell {
            Cell::Number(at) => Some(*at),
            _ => None,
        });
        if note == Note::TokenEnds {
            self.number(Field::Token, first.map_or(value, |first| first.min(value)));
        }
    }

    fn part(&mut self, _provider: u8, part: u8) {
        self.parts.push(usize::from(part));
    }
}

impl Roster {
    /// What a row's records say, read again.
    pub(crate) fn cells(&self, row: usize) -> Option<Cells> {
        let mut cells = self.own_cells(row)?;
        if let Some(older) = self.older(row).and_then(|older| self.own_cells(older)) {
            let schema = schema::ALL.get(usize::from(self.store.provider(row)?))?;
            cells.carry(&older, schema);
        }
        Some(cells)
    }

    fn own_cells(&self, row: usize) -> Option<Cells> {
        let provider = self.store.provider(row)?;
        let source = (provider, *schema::ALL.get(usize::from(provider))?);
        let (record, mut found) = (self.store.record(row)?, Vec::new());
        let outcome = read(source.1.record, &mut Scanner::new(record, 0, 0), &mut found).ok()?;
        let (mut cells, mut notes) = (Cells::default(), Notes::default());
        if matches!(outcome, Outcome::Record(_)) {
            feed(&found, record, source, &mut notes, &mut cells);
        }
        Some(cells)
    }

    /// The texts of a field of a row, as sent.
    pub(crate) fn texts_of(&self, row: usize, field: Field) -> Vec<String> {
        let cells = self.cells(row).unwrap_or_default();
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => Some(text.clone()),
            _ => None,
        };
        cells.of(field).filter_map(text).collect()
    }
}
