//! Facts of the drawer: a field's name on the wire, and its value or why there is none.

use roster_core::{Field, Known, Number, Other, Text, UnixMs, provider};

use super::Subject;
use crate::texts;

/// A value as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// An instant.
    Date(UnixMs),
    /// Yes or no.
    Flag(bool),
    /// An address as sent; a link only if it is safe.
    Address(String),
    /// Personal data, masked until asked for.
    Secret(String),
    /// JSON whose form is not the documented one, as sent.
    Json(String),
    /// How much of a limit is used, in percent up to 100, and in words.
    Share(u64, String),
    /// Absent, null or empty.
    NotSet,
    /// This API has no such field.
    NotInApi,
    /// Behind a request that was not made.
    NotLoaded,
}

/// A field's name and value.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name on the wire.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// What to know about the value.
    pub note: Option<&'static str>,
}

/// Facts that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The fold in which they stand, with others of the same name.
    pub fold: Option<String>,
    /// Above them.
    pub title: Option<String>,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// What one request told of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Which request: `list` or `parts`.
    pub from: &'static str,
    /// The record exactly as received.
    pub text: String,
}

/// One section of the drawer.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its id in links: `overview`.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Its facts.
    pub blocks: Vec<Block>,
    /// A sentence: why it is empty, or what to know about it.
    pub note: Option<String>,
    /// JSON exactly as received, one text for each request that told something of the profile.
    pub raw: Vec<Received>,
    /// Whether the one request for extended parts fills it.
    pub is_loadable: bool,
    /// Whether that request told all of it, and the list nothing.
    pub is_of_parts: bool,
}

impl Section {
    /// A section of facts.
    pub fn new(id: &'static str, blocks: Vec<Block>) -> Self {
        let blocks: Vec<Block> = blocks.into_iter().filter(|block| !block.facts.is_empty()).collect();
        let note = blocks.is_empty().then(|| texts::NOTHING_HERE.to_owned());
        Self {
            id,
            title: texts::profile::section(id),
            blocks,
            note,
            raw: Vec::new(),
            is_loadable: false,
            is_of_parts: false,
        }
    }

    /// The same section, of which the list told nothing.
    #[must_use]
    pub fn of_parts(mut self) -> Self {
        self.is_of_parts = true;
        self
    }

    /// The same section with a sentence.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// A section behind the one request for extended parts.
    pub fn not_loaded(id: &'static str) -> Self {
        let section = Self::new(id, Vec::new()).with_note(texts::HEALTH_NOT_IN_LIST);
        Self {
            is_loadable: true,
            ..section
        }
    }
}

impl Block {
    /// Facts without a title.
    pub fn new(facts: Vec<Fact>) -> Self {
        Self {
            fold: None,
            title: None,
            facts,
        }
    }

    /// Facts under a title.
    pub fn titled(title: impl Into<String>, facts: Vec<Fact>) -> Self {
        Self {
            title: Some(title.into()),
            ..Self::new(facts)
        }
    }

    /// The same facts in a fold.
    #[must_use]
    pub fn in_fold(mut self, fold: impl Into<String>) -> Self {
        self.fold = Some(fold.into());
        self
    }
}

/// A fact with a value that is already known.
pub(super) fn fact(key: &str, value: Value) -> Fact {
    Fact {
        key: key.to_owned(),
        value,
        note: None,
    }
}

/// A field as a fact: absent and null are "not set", an odd form is shown as sent.
pub(super) fn field<T>(key: &str, field: &Field<T>, value: impl FnOnce(&T) -> Value) -> Fact {
    let value = match field {
        Field::Value(inner) => value(inner),
        Field::Odd(raw) => Value::Json(raw.to_string()),
        Field::Absent | Field::Null => Value::NotSet,
    };
    fact(key, value)
}

fn filled(text: &str, value: impl FnOnce(String) -> Value) -> Value {
    if text.trim().is_empty() {
        Value::NotSet
    } else {
        value(text.to_owned())
    }
}

/// A text.
pub(super) fn text(key: &str, from: &Field<String>) -> Fact {
    field(key, from, |text| filled(text, Value::Text))
}

/// A text or number.
pub(super) fn scalar(key: &str, from: &Field<Text>) -> Fact {
    field(key, from, |text| filled(text.as_str(), Value::Text))
}

/// A number; whole ones are grouped.
pub(super) fn number(key: &str, from: &Field<Number>) -> Fact {
    field(key, from, |number| {
        let grouped = number.as_i64().map(crate::format::number);
        Value::Text(grouped.unwrap_or_else(|| number.as_str().to_owned()))
    })
}

/// What is used of a limit; the number alone if no limit is known.
pub(super) fn share(key: &str, used: &Field<Number>, limit: Option<i64>) -> Fact {
    match (used.as_i64(), limit) {
        (Some(used), Some(limit)) => fact(
            key,
            Value::Share(share_of(used, limit), texts::profile::used_of(used, limit)),
        ),
        _ => number(key, used),
    }
}

/// In percent, up to 100.
fn share_of(used: i64, limit: i64) -> u64 {
    let (used, limit) = (used.max(0), limit.max(1));
    u64::try_from(i128::from(used) * 100 / i128::from(limit)).map_or(100, |percent| percent.min(100))
}

/// Yes or no.
pub(super) fn flag(key: &str, from: &Field<bool>) -> Fact {
    field(key, from, |flag| Value::Flag(*flag))
}

/// A date as sent; what is no date is shown as text.
pub(super) fn date(key: &str, from: &Field<String>) -> Fact {
    field(key, from, |text| {
        UnixMs::parse(text).map_or_else(|| filled(text, Value::Text), Value::Date)
    })
}

/// An address as sent.
pub(super) fn address(key: &str, from: &Field<String>) -> Fact {
    field(key, from, |text| filled(text, Value::Address))
}

/// Personal data.
pub(super) fn secret(key: &str, from: &Field<String>) -> Fact {
    field(key, from, |text| filled(text, Value::Secret))
}

/// A fact of the common view.
pub(super) fn known<T>(key: &str, from: Known<T>, value: impl FnOnce(T) -> Value) -> Fact {
    let value = match from {
        Known::Set(inner) => value(inner),
        Known::NotSet => Value::NotSet,
        Known::NotInApi => Value::NotInApi,
        Known::NotLoaded => Value::NotLoaded,
    };
    fact(key, value)
}

/// The members that a model does not know.
pub(super) fn unknown(path: &str, other: &Other) -> Vec<Fact> {
    let at = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    other
        .iter()
        .map(|(key, raw)| fact(&at(key), Value::Json(raw.to_owned())))
        .collect()
}

/// The section of the members that no model knows, and of the known ones that have another form than documented.
pub(super) fn others(unknown: Vec<Fact>, subject: &Subject) -> Section {
    let texts = [Some(subject.text), subject.parts].into_iter().flatten();
    let odd = provider(subject.provider)
        .into_iter()
        .flat_map(|provider| texts.clone().flat_map(|text| provider.odd_fields(text)));
    let odd = odd.map(|odd| fact(&odd.path, Value::Text(odd.found.clone()))).collect();
    let blocks = vec![
        Block::titled(texts::profile::UNKNOWN_FIELDS, unknown),
        Block::titled(texts::profile::ODD_FIELDS, odd),
    ];
    let section = Section::new("other", blocks);
    if section.blocks.is_empty() {
        section.with_note(texts::NO_OTHER_FIELDS)
    } else {
        section
    }
}

/// The JSON exactly as received, of the list and of the request for one profile's parts.
pub(super) fn raw(subject: &Subject) -> Section {
    let mut section = Section::new("raw", Vec::new());
    section.note = None;
    let received = |from, text: &str| Received {
        from,
        text: text.to_owned(),
    };
    section.raw = vec![received("list", subject.text)];
    section.raw.extend(subject.parts.map(|text| received("parts", text)));
    section
}
