//! The columns: one a field, and a few more from which fields are derived when they are asked for.
//!
//! The rule: rows are only ever added at the end and cut off there, so that a page that turns out to be broken leaves
//! no trace. A column is only as long as its last row with a value: what one API lacks costs another one nothing.

mod bits;
mod carry;
mod dictionary;
mod flag;
mod number;
mod tags;
mod text;
mod word;
mod write;

pub(crate) use bits::{Bits, WORD_BITS};
pub(crate) use flag::Flags;
pub(crate) use number::Numbers;
pub(crate) use tags::Tags;
pub(crate) use text::Texts;
pub(crate) use word::Words;

use roster_core::Platform;

use crate::catalog::{Field, Kind};
use crate::compact::Kept;
use crate::fold::Memo;
use crate::schema;

/// The values of one field.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    /// [`Kind::Text`] and [`Kind::Id`].
    Text(Texts),
    /// [`Kind::Category`].
    Word(Words),
    /// [`Kind::Categories`].
    Tags(Tags),
    /// [`Kind::Flag`].
    Flag(Flags),
    /// [`Kind::Number`] and all other ranges.
    Number(Numbers),
}

/// All columns of all rows.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    n_rows: usize,
    memo: Memo,
    fields: Vec<Column>,
    /// Text that is searched, though it is no field.
    pub(crate) extra: Texts,
    /// Rows by provider.
    pub(crate) sources: Vec<Bits>,
    /// Rows by provider and part for which the part was loaded.
    pub(crate) parts: Vec<Vec<Bits>>,
    /// Rows with an account that should be linked again.
    pub(crate) relink: Bits,
    /// Rows with an account that could not be linked.
    pub(crate) linking_error: Bits,
    /// When tokens end, in Unix milliseconds, by row.
    pub(crate) tokens: Vec<(u32, f64)>,
}

impl Default for Columns {
    fn default() -> Self {
        let parts = |schema: &&schema::Schema| vec![Bits::default(); schema.parts.len()];
        Self {
            n_rows: 0,
            memo: Memo::default(),
            fields: Field::ALL.iter().map(|field| Column::new(*field)).collect(),
            extra: Texts::default(),
            sources: vec![Bits::default(); schema::ALL.len()],
            parts: schema::ALL.iter().map(parts).collect(),
            relink: Bits::default(),
            linking_error: Bits::default(),
            tokens: Vec::new(),
        }
    }
}

impl Column {
    fn new(field: Field) -> Self {
        let trimmed = |word: &str| word.trim().to_owned();
        let canonical = if field == Field::Platform {
            |name: &str| Platform::named(name).code().to_owned()
        } else {
            trimmed
        };
        match field.kind() {
            Kind::Text | Kind::Id => Self::Text(Texts::default()),
            Kind::Category => Self::Word(Words::new(canonical)),
            Kind::Categories => Self::Tags(Tags::new(canonical)),
            Kind::Flag => Self::Flag(Flags::default()),
            Kind::Number | Kind::Percent | Kind::Past | Kind::Future => Self::Number(Numbers::default()),
        }
    }

    /// The rows with a value, up to the column's end.
    fn present(&self) -> Bits {
        match self {
            Self::Text(texts) => texts.present(),
            Self::Word(words) => Bits::of(words.len(), |row| words.get(row).is_some()),
            Self::Tags(tags) => tags.present(),
            Self::Flag(flags) => flags.present(),
            Self::Number(numbers) => numbers.present(),
        }
    }

    fn has(&self, row: usize) -> bool {
        match self {
            Self::Text(texts) => texts.get(row).is_some(),
            Self::Word(words) => words.get(row).is_some(),
            Self::Tags(tags) => tags.any(row),
            Self::Flag(flags) => flags.get(row).is_some(),
            Self::Number(numbers) => numbers.get(row).is_some(),
        }
    }

    fn truncate(&mut self, n_rows: usize) {
        match self {
            Self::Text(texts) => texts.truncate(n_rows),
            Self::Word(words) => words.truncate(n_rows),
            Self::Tags(tags) => tags.truncate(n_rows),
            Self::Flag(flags) => flags.truncate(n_rows),
            Self::Number(numbers) => numbers.truncate(n_rows),
        }
    }

    /// Copies a row's value to the last row, which has none.
    fn copy(&mut self, from: usize, to: usize) {
        match self {
            Self::Text(texts) => texts.copy(from, to),
            Self::Word(words) => words.copy(from, to),
            Self::Tags(tags) => tags.copy(from, to),
            Self::Flag(flags) => flags.get(from).into_iter().for_each(|flag| flags.set(to, flag)),
            Self::Number(numbers) => numbers.get(from).into_iter().for_each(|number| numbers.set(to, number)),
        }
    }

    fn keep(&mut self, kept: &Kept) {
        match self {
            Self::Text(texts) => texts.keep(kept),
            Self::Word(words) => words.keep(kept),
            Self::Tags(tags) => tags.keep(kept),
            Self::Flag(flags) => flags.keep(&kept.rows),
            Self::Number(numbers) => numbers.keep(kept),
        }
    }

    fn reserve(&mut self, row: usize, n_rows: usize) {
        match self {
            Self::Text(texts) => texts.reserve(row, n_rows),
            Self::Word(words) => words.reserve(n_rows),
            Self::Number(numbers) => numbers.reserve(n_rows),
            Self::Tags(_) | Self::Flag(_) => {}
        }
    }

    fn settle(&mut self) {
        match self {
            Self::Text(texts) => texts.settle(),
            Self::Word(words) => words.settle(),
            Self::Tags(tags) => tags.settle(),
            Self::Flag(flags) => flags.settle(),
            Self::Number(numbers) => numbers.settle(),
        }
    }

    fn memory_bytes(&self) -> usize {
        match self {
            Self::Text(texts) => texts.memory_bytes(),
            Self::Word(words) => words.memory_bytes(),
            Self::Tags(tags) => tags.memory_bytes(),
            Self::Flag(flags) => flags.memory_bytes(),
            Self::Number(numbers) => numbers.memory_bytes(),
        }
    }
}

impl Columns {
    /// Makes room for so many more rows that are like those before, so that nothing is moved while they are written.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        let row = self.n_rows.saturating_sub(1);
        let written = self.fields.iter_mut().filter(|column| column.has(row));
        written.for_each(|column| column.reserve(row, n_rows));
    }

    /// The column of a field.
    pub(crate) fn of(&self, field: Field) -> Option<&Column> {
        self.fields.get(field as usize)
    }

    fn of_mut(&mut self, field: Field) -> Option<&mut Column> {
        self.fields.get_mut(field as usize)
    }

    /// The text column of a field.
    pub(crate) fn texts(&self, field: Field) -> Option<&Texts> {
        match self.of(field)? {
            Column::Text(texts) => Some(texts),
            _ => None,
        }
    }

    /// The number column of a field.
    pub(crate) fn numbers(&self, field: Field) -> Option<&Numbers> {
        match self.of(field)? {
            Column::Number(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// The rows that have a value in a column of their own.
    pub(crate) fn present(&self, field: Field) -> Bits {
        self.of(field).map(Column::present).unwrap_or_default()
    }

    /// Whether a part was loaded for a row.
    fn has_part(&self, row: usize, (provider, part): (u8, usize)) -> bool {
        let rows = self.parts.get(usize::from(provider)).and_then(|parts| parts.get(part));
        rows.is_some_and(|rows| rows.has(row))
    }

    /// Ends the row that is being written; it is a row from here on.
    pub(crate) fn end_row(&mut self, provider: u8) {
        if let Some(rows) = self.sources.get_mut(usize::from(provider)) {
            rows.set(self.n_rows);
        }
        self.n_rows += 1;
    }

    /// Forgets all rows from `n_rows` on, and what was written of the next one.
    pub(crate) fn truncate(&mut self, n_rows: usize) {
        self.n_rows = n_rows;
        self.fields.iter_mut().for_each(|column| column.truncate(n_rows));
        self.extra.truncate(n_rows);
        self.bits_mut().for_each(|bits| bits.truncate(n_rows));
        while self.tokens.last().is_some_and(|(row, _)| *row as usize >= n_rows) {
            self.tokens.pop();
        }
    }

    /// Keeps some rows, which move up to stand without gaps.
    pub(crate) fn keep(&mut self, kept: &Kept) {
        self.n_rows = kept.rows.count();
        self.fields.iter_mut().for_each(|column| column.keep(kept));
        self.extra.keep(kept);
        self.bits_mut().for_each(|bits| bits.keep(&kept.rows));
        self.tokens.retain(|(row, _)| kept.rows.has(*row as usize));
        for (row, _) in &mut self.tokens {
            *row = kept.number(*row as usize).unwrap_or(*row);
        }
    }

    fn bits_mut(&mut self) -> impl Iterator<Item = &mut Bits> {
        let parts = self.parts.iter_mut().flatten();
        parts
            .chain(&mut self.sources)
            .chain([&mut self.relink, &mut self.linking_error])
    }

    /// Gives back memory that was kept for growing.
    pub(crate) fn settle(&mut self) {
        self.fields.iter_mut().for_each(Column::settle);
        self.extra.settle();
        self.bits_mut().for_each(Bits::settle);
        self.tokens.shrink_to_fit();
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> usize {
        let fields: usize = self.fields.iter().map(Column::memory_bytes).sum();
        let bits = self
            .parts
            .iter()
            .flatten()
            .chain(&self.sources)
            .chain([&self.relink, &self.linking_error]);
        let bits: usize = bits.map(Bits::memory_bytes).sum();
        fields
            + bits
            + self.memo.memory_bytes()
            + self.extra.memory_bytes()
            + self.tokens.capacity() * size_of::<(u32, f64)>()
    }
}
