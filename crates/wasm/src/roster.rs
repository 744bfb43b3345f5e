//! The index for JavaScript.

use roster_core::{Error, ErrorKind, UnixMs};
use roster_index::{
    Ask, By, CsvOptions, Facet, Field, IngestReport, Parsed, Roster, Row, Sort, SortKey, View, parse, suggest,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Thrown, invalid, thrown};
use crate::handed::{Handed, Leaving};
use crate::load::{rejected, unix_ms};
use crate::pack::{Pack, Packed};
use crate::units::Units;

/// The in-memory index.
#[wasm_bindgen(js_name = RawRoster)]
#[derive(Debug, Default)]
pub struct RawRoster {
    roster: Roster,
    handed: Handed,
    /// The order that was asked for last.
    sort: Sort,
}

/// What is asked, with the text it came from.
struct Asked<'a> {
    ask: Ask,
    parsed: Parsed,
    text: &'a str,
}

#[wasm_bindgen(js_class = RawRoster)]
impl RawRoster {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a whole page in, or another form that the index knows: a bare list, one record a line, a single record.
    ///
    /// # Errors
    /// `invalid_query` for an unknown provider, `decode` for a page that cannot be read; nothing of it was loaded then.
    pub fn ingest(&mut self, provider: &str, page: Vec<u8>) -> Thrown<Packed> {
        self.handed.clear();
        let report = self.roster.ingest(provider, page).map_err(thrown)?;
        let pack = &mut Pack::default();
        write_report(pack, &report);
        Ok(pack.finish())
    }

    /// Filters, counts, orders and cuts out a window. `sort` and `facets` are words joined by commas. Rows that an
    /// earlier answer gave away are only named; the caller keeps them until a page comes or it is told to forget them.
    ///
    /// # Errors
    /// `invalid_query` for a field that nobody knows.
    pub fn query(&mut self, text: &str, sort: &str, facets: &str, offset: u32, limit: u32, now: f64) -> Thrown<Packed> {
        let mut asked = self.asked(text, sort, now)?;
        asked.ask.facets = fields("facets", facets)?;
        (asked.ask.offset, asked.ask.limit) = (offset as usize, limit as usize);
        self.sort.clone_from(&asked.ask.sort);
        let view = self.roster.query(&asked.ask);
        let pack = &mut Pack::with_room(view.rows.len());
        self.write_view(pack, &view, &asked);
        Ok(pack.finish())
    }

    /// Does for about so many profiles what the next question would otherwise do. Says whether all is done.
    pub fn prepare(&self, max_rows: u32, now: f64) -> bool {
        // An order that depends on the instant is another one when it is asked for.
        let depends_on_now = |key: &SortKey| matches!(key.by, By::Urgency | By::Field(Field::Health));
        let prepare_order = || {
            let order = self.roster.prepare_order(&self.sort, unix_ms(now), max_rows as usize);
            order.is_done()
        };
        self.roster.prepare(max_rows as usize) && (self.sort.keys().iter().any(depends_on_now) || prepare_order())
    }

    /// What could stand at the cursor, which counts UTF-16 units as JavaScript does.
    pub fn suggest(&self, text: &str, cursor: u32, limit: u32, now: f64) -> Packed {
        let units = Units::of(text);
        let found = suggest(
            text,
            units.byte(cursor),
            limit as usize,
            &self.roster.vocabulary(unix_ms(now)),
        );
        let pack = &mut Pack::default();
        pack.list(&found, |pack, one| {
            let (start, end) = (units.unit(one.replace.start), units.unit(one.replace.end));
            pack.text(&one.text).count(start).count(end).maybe_whole(one.count)
        });
        pack.finish()
    }

    /// A profile by its key; an empty block if there is none.
    pub fn get(&self, key: &str, now: f64) -> Packed {
        let row = self.roster.find(key).and_then(|row| self.roster.row(row, unix_ms(now)));
        let pack = &mut Pack::default();
        if let Some(row) = row {
            write_row(pack, &row);
        }
        pack.finish()
    }

    /// A record's exact JSON text.
    pub fn raw(&self, key: &str) -> Option<String> {
        self.roster.raw(self.roster.find(key)?).map(str::to_owned)
    }

    /// Everything that passes, as CSV. `columns` are words joined by commas; none: all that have a value.
    ///
    /// # Errors
    /// `invalid_query` for a field that nobody knows.
    #[wasm_bindgen(js_name = exportCsv)]
    pub fn export_csv(
        &self,
        text: &str,
        sort: &str,
        columns: Option<String>,
        bom: bool,
        personal: bool,
        now: f64,
    ) -> Thrown<String> {
        let options = CsvOptions {
            columns: columns.map(|columns| fields("columns", &columns)).transpose()?,
            has_bom: bom,
            has_personal_data: personal,
        };
        Ok(self
            .roster
            .export_csv(&self.asked(text, sort, now)?.ask, &options)
            .collect())
    }

    /// Everything that passes, one record a line.
    ///
    /// # Errors
    /// `invalid_query` for a field that nobody knows.
    #[wasm_bindgen(js_name = exportNdjson)]
    pub fn export_ndjson(&self, text: &str, sort: &str, personal: bool, now: f64) -> Thrown<String> {
        Ok(self
            .roster
            .export_ndjson(&self.asked(text, sort, now)?.ask, personal)
            .collect())
    }

    /// How many profiles.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.roster.len()
    }

    /// Memory in use, in bytes; rows that the facade keeps are estimated.
    #[wasm_bindgen(getter, js_name = memoryBytes)]
    pub fn memory_bytes(&self) -> usize {
        let memory = self.roster.memory_bytes();
        memory.pages + memory.index + memory.cache + self.handed.memory_bytes()
    }
}

impl RawRoster {
    fn asked<'a>(&self, text: &'a str, sort: &str, now: f64) -> Thrown<Asked<'a>> {
        let now = unix_ms(now);
        let parsed = parse(text, &self.roster.vocabulary(now));
        let sort = Sort::parse(words(sort)).map_err(|word| {
            let found = format!("{word:?}");
            invalid("sort", "at most 3 fields, each with or without -", &found)
        })?;
        let ask = Ask {
            filter: parsed.filter.clone(),
            sort,
            now,
            ..Ask::default()
        };
        Ok(Asked { ask, parsed, text })
    }

    /// Whether all kept rows are to be forgotten, how many rows there are, and each: its number, its mark, itself.
    fn write_rows(&mut self, pack: &mut Pack, view: &View, now: UnixMs) {
        let is_full = self.handed.has_no_room(view);
        if is_full {
            self.handed.clear();
        }
        let leave = |row: &u32| Some((*row, self.handed.leave(&self.roster, *row, now)?));
        let rows: Vec<(u32, Leaving)> = view.rows.iter().filter_map(leave).collect();
        pack.flag(is_full).list(&rows, |pack, (number, leaving)| {
            pack.number(f64::from(*number));
            match leaving {
                Leaving::Kept => pack.number(KEPT),
                Leaving::New(row) => write_row(pack.number(NEW), row),
                Leaving::Once(row) => write_row(pack.number(ONCE), row),
            }
        });
    }

    fn write_view(&mut self, pack: &mut Pack, view: &View, asked: &Asked<'_>) {
        pack.count(view.total);
        self.write_rows(pack, view, asked.ask.now);
        pack.list(&view.facets, write_facet);
        let units = Units::of(asked.text);
        pack.list(&asked.parsed.terms, |pack, term| {
            let hint = term.hint.as_ref().map(ToString::to_string);
            pack.count(units.unit(term.span.start))
                .count(units.unit(term.span.end))
                .maybe_text(term.key)
                .flag(term.is_negated)
                .maybe_text(hint.as_deref())
        });
    }
}

/// How the rows of an answer are marked.
const KEPT: f64 = 0.0;
const NEW: f64 = 1.0;
const ONCE: f64 = 2.0;

fn write_row<'a>(pack: &'a mut Pack, row: &Row) -> &'a mut Pack {
    let instant = |at: Option<roster_core::UnixMs>| at.map(|at| at.to_string());
    pack.text(&row.key)
        .text(row.provider)
        .text(&row.id)
        .text(&row.title)
        .maybe_text(row.subtitle.as_deref())
        .maybe_text(row.status.as_deref())
        .list(&row.platforms, |pack, code| pack.text(code))
        .maybe_text(row.image_url.as_deref())
        .maybe_text(row.url.as_deref())
        .maybe_text(instant(row.created).as_deref())
        .maybe_text(instant(row.updated).as_deref());
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^53 followers")]
    pack.maybe_number(row.followers.map(|count| count as f64));
    pack.list(&row.problems, |pack, word| pack.text(word))
}

fn write_facet<'a>(pack: &'a mut Pack, facet: &Facet) -> &'a mut Pack {
    pack.text(facet.field.key()).list(&facet.values, |pack, value| {
        pack.text(&value.value).count(value.n_rows).flag(value.is_selected)
    })
}

fn write_report(pack: &mut Pack, report: &IngestReport) {
    pack.count(report.n_added)
        .count(report.n_replaced)
        .count(report.n_unchanged);
    rejected(pack, &report.rejected);
}

fn fields(argument: &str, list: &str) -> Thrown<Vec<Field>> {
    let field = |word: &str| {
        let unknown = || Error::unexpected(ErrorKind::InvalidQuery, argument, "a field", format!("{word:?}"));
        Field::named(word).ok_or_else(|| thrown(unknown()))
    };
    words(list).map(field).collect()
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').filter(|word| !word.is_empty())
}
