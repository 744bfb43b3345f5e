//! The values of a few profiles by field, for a table.

use roster_core::UnixMs;

use crate::catalog::Field;
use crate::column::Bits;
use crate::eval::Facts;
use crate::gather::{Cell, Cells};
use crate::query::Nothing;
use crate::roster::Roster;
use crate::schema;

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, an id or a word, as sent.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A number in the field's own unit; an instant in Unix milliseconds.
    Number(f64),
    /// None, for this reason.
    Nothing(Nothing),
}

impl Roster {
    /// The values of some rows, row by row and field by field: one or more each. A row that is not there has none.
    pub fn values(&self, rows: &[u32], fields: &[Field], now: UnixMs) -> Vec<Vec<Vec<Value>>> {
        let facts = Facts::new(self, now);
        let derived: Vec<_> = fields.iter().map(|field| facts.derived(*field)).collect();
        let of_row = |row: &u32| {
            let row = self.newest(*row);
            let Some(cells) = self.cells(row) else {
                return Vec::new();
            };
            let fields = fields.iter().zip(&derived);
            fields
                .map(|(field, words)| self.value(row, *field, &cells, words.as_deref()))
                .collect()
        };
        rows.iter().map(of_row).collect()
    }

    fn value(&self, row: usize, field: Field, cells: &Cells, derived: Option<&[(&'static str, Bits)]>) -> Vec<Value> {
        let values: Vec<Value> = match derived {
            Some(words) => words
                .iter()
                .filter(|(_, rows)| rows.has(row))
                .map(|(word, _)| Value::Text((*word).to_owned()))
                .collect(),
            None => cells.of(field).map(Value::from).collect(),
        };
        if values.is_empty() {
            return vec![Value::Nothing(self.why_nothing(row, field))];
        }
        values
    }

    /// Why a row has no value of a field.
    fn why_nothing(&self, row: usize, field: Field) -> Nothing {
        let provider = self.store.provider(row).map_or(usize::MAX, usize::from);
        let Some(schema) = schema::ALL.get(provider).filter(|schema| schema.has(field)) else {
            return Nothing::NotInApi;
        };
        let mut parts = schema.parts_of(field).peekable();
        let loaded = self.columns.parts.get(provider);
        let is_loaded = |part: usize| {
            loaded
                .and_then(|parts| parts.get(part))
                .is_some_and(|rows| rows.has(row))
        };
        if parts.peek().is_some() && !parts.any(is_loaded) {
            return Nothing::NotLoaded;
        }
        Nothing::NotSet
    }
}

impl From<&Cell> for Value {
    fn from(cell: &Cell) -> Self {
        match cell {
            Cell::Text(text) => Self::Text(text.clone()),
            Cell::Flag(is_yes) => Self::Flag(*is_yes),
            Cell::Number(number) => Self::Number(*number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_795_262_400_000);

    fn roster() -> Roster {
        let mut roster = Roster::new();
        let ayrshare = r#"{"profiles":[{"refId":"a1","title":"Acme","status":"suspended","suspended":true,
            "activeSocialAccounts":["instagram","reddit"],"createdUTC":"2022-03-02T16:11:00Z"}]}"#;
        let insightiq =
            r#"{"data":[{"id":"i1","full_name":"Bo","is_verified":false,"reputation":{"follower_count":7}}]}"#;
        roster.ingest("ayrshare", ayrshare.as_bytes().to_vec()).unwrap();
        roster.ingest("insightiq", insightiq.as_bytes().to_vec()).unwrap();
        roster
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn every_field_has_its_values_or_the_reason_why_there_is_none() {
        let fields = [
            Field::Source,
            Field::Ref,
            Field::Title,
            Field::Platform,
            Field::Created,
            Field::Followers,
            Field::Verified,
            Field::Health,
            Field::Reason,
        ];
        let rows = roster().values(&[0, 1], &fields, NOW);
        assert_eq!(
            rows[0],
            [
                vec![text("ayrshare")],
                vec![text("a1")],
                vec![text("Acme")],
                vec![text("instagram"), text("reddit")],
                vec![Value::Number(1_646_237_460_000.0)],
                vec![Value::Nothing(Nothing::NotInApi)],
                vec![Value::Nothing(Nothing::NotInApi)],
                vec![Value::Nothing(Nothing::NotLoaded)],
                vec![Value::Nothing(Nothing::NotLoaded)],
            ]
        );
        assert_eq!(rows[1][5..7], [vec![Value::Number(7.0)], vec![Value::Flag(false)]]);
        assert_eq!(rows[1][4], [Value::Nothing(Nothing::NotSet)]);
    }

    #[test]
    fn a_row_that_is_not_there_has_no_values() {
        assert_eq!(roster().values(&[9], &[Field::Title], NOW), [Vec::<Vec<Value>>::new()]);
    }
}
