//! What leaves the viewer as a file or by the clipboard: which profiles, in which form, and how it is written some rows at
//! a time. Pure.

use roster_core::UnixMs;
use roster_index::{CsvOptions, Field, Filter, Sort};

use crate::index::Index;
use crate::picking::Picked;
use crate::shared::Shared;

/// In which form profiles leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A table for spreadsheets.
    #[default]
    Csv,
    /// A list of records as received.
    Json,
    /// One record a line, as received.
    Ndjson,
    /// Their ids, one a line.
    IdLines,
    /// Their ids with commas between.
    IdCommas,
    /// Their ids as a JSON list.
    IdJson,
}

impl Format {
    /// All of them, in the order of the dialog.
    pub const ALL: [Self; 6] = [
        Self::Csv,
        Self::Json,
        Self::Ndjson,
        Self::IdLines,
        Self::IdCommas,
        Self::IdJson,
    ];

    /// The word for tests and the dialog.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::IdLines => "id-lines",
            Self::IdCommas => "id-commas",
            Self::IdJson => "id-json",
        }
    }

    /// Whether it holds whole records, which may hold personal data.
    pub const fn has_records(self) -> bool {
        matches!(self, Self::Csv | Self::Json | Self::Ndjson)
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json | Self::IdJson => "json",
            Self::Ndjson => "ndjson",
            Self::IdLines | Self::IdCommas => "txt",
        }
    }

    /// The media type of the file.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json | Self::IdJson => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::IdLines | Self::IdCommas => "text/plain;charset=utf-8",
        }
    }

    /// The name of the file, with the day.
    pub fn file_name(self, now: UnixMs) -> String {
        let day = now.to_string();
        let what = if self.has_records() { "profiles" } else { "ids" };
        [
            "roster-",
            what,
            "-",
            day.get(..10).unwrap_or_default(),
            ".",
            self.extension(),
        ]
        .concat()
    }
}

/// Where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file.
    File,
    /// The clipboard.
    Clipboard,
}

/// What a person wants to take along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Which profiles pass.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The instant that relative dates count from.
    pub now: UnixMs,
    /// The chosen profiles, whatever passes; `None`: all that pass.
    pub picked: Option<Shared<Picked>>,
    /// In which form.
    pub format: Format,
    /// The columns of a table.
    pub columns: Vec<Field>,
    /// Whether a table starts with the mark that Excel needs.
    pub has_bom: bool,
    /// Whether personal data is included.
    pub has_personal_data: bool,
    /// Where it goes.
    pub to: Target,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What was ordered.
    pub order: Order,
    /// Rows so far.
    pub n_rows: usize,
    /// Rows in all.
    pub n_all: usize,
    /// Whether it has come to its end.
    pub is_done: bool,
}

/// A text that is being written.
pub struct Writing {
    index: Index,
    order: Order,
    rows: Vec<u32>,
    at: usize,
    is_closed: bool,
}

impl Writing {
    /// Finds the rows; nothing is written yet.
    pub fn begin(index: &Index, order: &Order) -> Self {
        let rows = match &order.picked {
            Some(picked) => index.rows_of(picked.keys(), &order.sort, order.now),
            None => index.rows(&order.filter, &order.sort, order.now),
        };
        Self {
            index: index.clone(),
            order: order.clone(),
            rows,
            at: 0,
            is_closed: false,
        }
    }

    /// How far it is.
    pub fn written(&self) -> Written {
        Written {
            order: self.order.clone(),
            n_rows: self.at,
            n_all: self.rows.len(),
            is_done: self.is_closed,
        }
    }

    /// The text of the next rows; `None` at the end.
    pub fn step(&mut self, n_rows: usize) -> Option<String> {
        if self.is_closed {
            return None;
        }
        let is_first = self.at == 0;
        let end = self.rows.len().min(self.at + n_rows);
        let rows = self.rows.get(self.at..end).unwrap_or_default().to_vec();
        self.at = end;
        self.is_closed = end == self.rows.len();
        Some(self.text(rows, is_first))
    }

    fn text(&self, rows: Vec<u32>, is_first: bool) -> String {
        let (order, index) = (&self.order, &self.index);
        let ids = |quote: fn(&str) -> String, between: &str| {
            let ids: Vec<String> = rows
                .iter()
                .filter_map(|row| index.id(*row))
                .map(|id| quote(&id))
                .collect();
            ids.join(between)
        };
        match order.format {
            Format::Csv => {
                let options = CsvOptions {
                    columns: Some(order.columns.clone()),
                    has_bom: order.has_bom && order.to == Target::File,
                    has_personal_data: order.has_personal_data,
                };
                index.csv(rows, &options, order.now, is_first)
            }
            Format::Ndjson => index.ndjson(rows, order.has_personal_data),
            Format::Json => {
                let lines = index.ndjson(rows, order.has_personal_data);
                self.listed(&lines.trim_end().replace('\n', ",\n"), is_first)
            }
            Format::IdLines => ids(str::to_owned, "\n") + "\n",
            Format::IdCommas => ids(str::to_owned, ", ") + if self.is_closed { "\n" } else { ", " },
            Format::IdJson => self.listed(&ids(roster_core::quoted, ",\n"), is_first),
        }
    }

    /// Elements of a JSON list with what stands before and after them.
    fn listed(&self, elements: &str, is_first: bool) -> String {
        let before = if is_first { "[\n" } else { ",\n" };
        let after = if self.is_closed { "\n]\n" } else { "" };
        [before, elements, after].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Intake;
    use roster_core::{Query, Response};

    const NOW: UnixMs = UnixMs(1_795_262_400_000);

    fn index() -> Index {
        let body = r#"{"profiles":[{"id":"a","display_name":"=A","email":"a@example.com"},{"id":"b\"","display_name":"B"},
            {"id":"9007199254740993","display_name":"C"}]}"#;
        let query = Query::new("upsun", "profiles").unwrap();
        let parsed = query
            .provider()
            .unwrap()
            .parse(&query.request().unwrap(), &Response::new(200, body));
        let mut intake = Intake::default();
        intake.take(parsed.unwrap());
        intake.index()
    }

    fn order(format: Format) -> Order {
        Order {
            filter: Filter::default(),
            sort: Sort::default(),
            now: NOW,
            picked: None,
            format,
            columns: vec![Field::Ref, Field::Title, Field::Email],
            has_bom: true,
            has_personal_data: false,
            to: Target::File,
        }
    }

    fn written(order: &Order, n_rows: usize) -> String {
        let mut writing = Writing::begin(&index(), order);
        let mut text = String::new();
        while let Some(part) = writing.step(n_rows) {
            text += &part;
        }
        assert!(writing.written().is_done && writing.written().n_rows == writing.written().n_all);
        text
    }

    #[test]
    fn every_form_is_the_same_text_whatever_the_slices() {
        for format in Format::ALL {
            let whole = written(&order(format), 100);
            for n_rows in [1, 2, 3] {
                assert_eq!(written(&order(format), n_rows), whole, "{format:?} by {n_rows}");
            }
        }
    }

    #[test]
    fn each_form_is_what_it_says() {
        assert_eq!(
            written(&order(Format::Csv), 2),
            "\u{feff}Id,Title\r\na,'=A\r\n\"b\"\"\",B\r\n'9007199254740993,C\r\n"
        );
        let list: Vec<serde_json::Value> = serde_json::from_str(&written(&order(Format::Json), 2)).unwrap();
        assert_eq!((list.len(), list[0].get("email")), (3, None));
        let with = Order {
            has_personal_data: true,
            ..order(Format::Ndjson)
        };
        assert!(written(&with, 2).starts_with("{\"id\":\"a\",\"display_name\":\"=A\",\"email\":\"a@example.com\"}\n"));
        assert_eq!(written(&order(Format::IdLines), 2), "a\nb\"\n9007199254740993\n");
        assert_eq!(written(&order(Format::IdCommas), 2), "a, b\", 9007199254740993\n");
        let ids: Vec<String> = serde_json::from_str(&written(&order(Format::IdJson), 2)).unwrap();
        assert_eq!(ids, ["a", "b\"", "9007199254740993"]);
    }

    #[test]
    fn chosen_profiles_leave_in_the_order_of_the_list_whatever_the_filter_says() {
        let mut picked = Picked::default();
        picked.extend([
            "upsun:9007199254740993".to_owned(),
            "upsun:a".to_owned(),
            "upsun:gone".to_owned(),
        ]);
        let chosen = Order {
            filter: Filter::parse("nobody"),
            picked: Some(Shared::from(picked)),
            ..order(Format::IdLines)
        };
        assert_eq!(written(&chosen, 9), "a\n9007199254740993\n");
        let none = Order {
            filter: Filter::parse("nobody"),
            ..order(Format::Json)
        };
        let list: Vec<serde_json::Value> = serde_json::from_str(&written(&none, 9)).unwrap();
        assert!(list.is_empty());
    }

    #[test]
    fn a_file_is_named_by_what_it_holds_and_the_day() {
        assert_eq!(Format::Csv.file_name(NOW), "roster-profiles-2026-11-21.csv");
        assert_eq!(Format::IdCommas.file_name(NOW), "roster-ids-2026-11-21.txt");
    }
}
