//! CSV by RFC 4180 that opens right in a spreadsheet: nothing in it is a formula, and no long number loses digits.

use roster_core::{UnixMs, decimal};

use super::CHUNK_BYTES;
use crate::catalog::{Field, Kind};
use crate::column::Bits;
use crate::eval::Facts;
use crate::gather::{Cell, Cells};
use crate::roster::Roster;
use crate::view::Ask;

/// From this length on, spreadsheets round numbers.
const LONG_NUMBER_DIGITS: usize = 16;

/// Stands before what a spreadsheet would take for a formula or round.
const TEXT_MARK: char = '\'';

/// Stands between several values of one cell.
const BETWEEN: &str = "; ";

/// What a CSV file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// The columns in order; `None`: all that have a value in some row, in the order of the catalogue.
    pub columns: Option<Vec<Field>>,
    /// Whether the file starts with a byte order mark, without which Excel takes it for another encoding.
    pub has_bom: bool,
    /// Whether columns with personal data are included.
    pub has_personal_data: bool,
}

/// A CSV file that is being written; an iterator over its chunks.
#[derive(Debug)]
pub struct Csv<'a> {
    roster: &'a Roster,
    columns: Vec<Field>,
    left_out: Vec<Field>,
    rows: std::vec::IntoIter<u32>,
    head: Option<String>,
    /// The rows of each word of the columns whose words are not in the record.
    derived: Vec<(Field, Vec<(&'static str, Bits)>)>,
}

impl Roster {
    /// Everything that passes a filter, in order, as CSV. Offset and limit of the question do not count.
    pub fn export_csv(&self, ask: &Ask, options: &CsvOptions) -> Csv<'_> {
        let all = Ask {
            offset: 0,
            limit: usize::MAX,
            facets: Vec::new(),
            ..ask.clone()
        };
        self.csv(self.query(&all).rows, options, ask.now)
    }

    /// These rows in their order, as CSV. A caller that must not stop for long asks for some rows at a time, all with
    /// the same columns, and takes the head off all files but the first.
    pub fn csv(&self, rows: Vec<u32>, options: &CsvOptions, now: UnixMs) -> Csv<'_> {
        let wanted = options.columns.clone().unwrap_or_else(|| self.filled(&rows, now));
        let (columns, left_out): (Vec<Field>, Vec<Field>) = wanted
            .into_iter()
            .partition(|field| options.has_personal_data || !field.info().is_personal);
        let titles: Vec<String> = columns.iter().map(|field| quoted(field.info().title)).collect();
        let bom = if options.has_bom { "\u{FEFF}" } else { "" };
        let head = Some(format!("{bom}{}\r\n", titles.join(",")));
        let facts = Facts::new(self, now);
        let derived = columns
            .iter()
            .filter_map(|field| Some((*field, facts.derived(*field)?)))
            .collect();
        Csv {
            roster: self,
            columns,
            left_out,
            rows: rows.into_iter(),
            head,
            derived,
        }
    }

    /// The fields that have a value in some of these rows, in the order of the catalogue.
    pub fn filled(&self, rows: &[u32], now: UnixMs) -> Vec<Field> {
        let facts = Facts::new(self, now);
        let mut among = Bits::default();
        for row in rows {
            among.set(self.newest(*row));
        }
        Field::ALL
            .iter()
            .copied()
            .filter(|field| facts.present(*field).count_and(&among) > 0)
            .collect()
    }
}

impl Csv<'_> {
    /// The columns of the file.
    pub fn columns(&self) -> &[Field] {
        &self.columns
    }

    /// Columns that were left out because they are personal data.
    pub fn left_out(&self) -> &[Field] {
        &self.left_out
    }

    /// The rest of the file without its titles.
    #[must_use]
    pub fn without_head(mut self) -> Self {
        self.head = None;
        self
    }

    fn line(&self, row: u32) -> String {
        let row = self.roster.newest(row);
        let cells = self.roster.cells(row).unwrap_or_default();
        let cell = |field: &Field| match self.derived.iter().find(|(own, _)| own == field) {
            Some((_, words)) => {
                let has_word = |(_, rows): &&(&'static str, Bits)| rows.has(row);
                let words: Vec<&str> = words.iter().filter(has_word).map(|(word, _)| *word).collect();
                words.join(BETWEEN)
            }
            None => cell(*field, &cells),
        };
        let line: Vec<String> = self.columns.iter().map(cell).collect();
        line.join(",") + "\r\n"
    }
}

impl Iterator for Csv<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut chunk = self.head.take().unwrap_or_default();
        while chunk.len() < CHUNK_BYTES {
            let Some(row) = self.rows.next() else { break };
            chunk += &self.line(row);
        }
        (!chunk.is_empty()).then_some(chunk)
    }
}

fn cell(field: Field, cells: &Cells) -> String {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => guarded(text),
        Cell::Flag(is_yes) => if *is_yes { "yes" } else { "no" }.to_owned(),
        Cell::Number(number) => written(field, *number),
    };
    let values: Vec<String> = cells.of(field).map(text).collect();
    quoted(&values.join(BETWEEN))
}

fn written(field: Field, number: f64) -> String {
    if matches!(field.kind(), Kind::Past | Kind::Future) {
        #[expect(clippy::cast_possible_truncation, reason = "instants are whole")]
        return UnixMs(number as i64).to_string();
    }
    decimal::write(number)
}

/// The text, marked as text where a spreadsheet would run it or round it.
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_long_number = text.len() >= LONG_NUMBER_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_formula || is_long_number {
        format!("{TEXT_MARK}{text}")
    } else {
        text.to_owned()
    }
}

/// In quotes where RFC 4180 asks for it.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
