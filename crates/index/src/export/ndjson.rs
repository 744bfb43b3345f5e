//! One record a line, each exactly as received but for line breaks between its tokens, and without personal members
//! unless they are asked for.

use super::CHUNK_BYTES;
use crate::roster::Roster;
use crate::scan::Scanner;
use crate::schema::{self, Act, Member};
use crate::view::Ask;

/// An NDJSON file that is being written; an iterator over its chunks.
#[derive(Debug)]
pub struct Ndjson<'a> {
    roster: &'a Roster,
    has_personal_data: bool,
    rows: std::vec::IntoIter<u32>,
}

impl Roster {
    /// Everything that passes a filter, in order, as NDJSON. Offset and limit of the question do not count.
    pub fn export_ndjson(&self, ask: &Ask, has_personal_data: bool) -> Ndjson<'_> {
        let all = Ask {
            offset: 0,
            limit: usize::MAX,
            facets: Vec::new(),
            ..ask.clone()
        };
        self.ndjson(self.query(&all).rows, has_personal_data)
    }

    /// These rows in their order, as NDJSON.
    pub fn ndjson(&self, rows: Vec<u32>, has_personal_data: bool) -> Ndjson<'_> {
        Ndjson {
            roster: self,
            has_personal_data,
            rows: rows.into_iter(),
        }
    }
}

impl Ndjson<'_> {
    fn line(&self, row: u32) -> Option<String> {
        let row = self.roster.newest(row);
        let mut line = if self.has_personal_data {
            self.roster.store.text(row)?.to_owned()
        } else {
            let schema = schema::ALL.get(usize::from(self.roster.store.provider(row)?))?;
            without_personal(self.roster.store.record(row)?, schema.record)?
        };
        // Line breaks in strings are escapes, so these stand between tokens.
        line.retain(|c| c != '\n' && c != '\r');
        line.push('\n');
        Some(line)
    }
}

impl Iterator for Ndjson<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut chunk = String::new();
        while chunk.len() < CHUNK_BYTES {
            let Some(row) = self.rows.next() else { break };
            chunk += &self.line(row).unwrap_or_default();
        }
        (!chunk.is_empty()).then_some(chunk)
    }
}

fn without_personal(record: &[u8], members: &'static [Member]) -> Option<String> {
    let mut scanner = Scanner::new(record, 0, 0);
    let mut out = String::new();
    object(&mut scanner, members, &mut out)?;
    Some(out)
}

/// Copies the members of an object; of objects that have personal members, those that are not.
fn object(scanner: &mut Scanner<'_>, members: &'static [Member], out: &mut String) -> Option<()> {
    scanner.open().ok()?;
    let mut is_more = scanner.first(b'}');
    let mut separator = '{';
    while is_more {
        let start = scanner.at();
        let key = scanner.key().ok()?;
        let with_colon = std::str::from_utf8(scanner.since(start)).ok()?;
        let act = members
            .iter()
            .find(|member| key.is(member.key))
            .map(|member| member.act);
        if act.is_some_and(Act::is_personal) {
            scanner.skip().ok()?;
        } else {
            out.push(separator);
            separator = ',';
            out.push_str(with_colon);
            value(scanner, act, out)?;
        }
        is_more = scanner.another(b'}').ok()?;
    }
    out.push_str(if separator == '{' { "{}" } else { "}" });
    Some(())
}

fn value(scanner: &mut Scanner<'_>, act: Option<Act>, out: &mut String) -> Option<()> {
    if let (Some(Act::Object(members)), b'{') = (act, scanner.peek()) {
        return object(scanner, members, out);
    }
    let start = scanner.at();
    scanner.skip().ok()?;
    out.push_str(std::str::from_utf8(scanner.since(start)).ok()?);
    Some(())
}
