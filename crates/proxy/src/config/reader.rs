//! TOML with lines: every value knows where it stands, every key that nobody asked for is a mistake.

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::ConfigError;

/// The text of a configuration and its name.
pub(crate) struct Document<'a> {
    text: &'a str,
    file: &'a Path,
}

/// A value with the offset at which it stands, in bytes.
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) offset: usize,
}

/// A table of which keys are taken one by one.
pub(crate) struct Table<'a> {
    document: &'a Document<'a>,
    /// `ayrshare.profiles`; empty at the top.
    name: String,
    pub(crate) offset: usize,
    entries: Vec<Entry<'a>>,
    known: RefCell<Vec<String>>,
}

struct Entry<'a> {
    key: String,
    key_offset: usize,
    offset: usize,
    value: DeValue<'a>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(text: &'a str, file: &'a Path) -> Self {
        Self { text, file }
    }

    pub(crate) fn parse(&'a self) -> Result<Table<'a>, ConfigError> {
        let table = DeTable::parse(self.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            self.error(offset, format!("expected TOML: {}", error.message()))
        })?;
        Ok(Table::new(self, String::new(), 0, table.into_inner()))
    }

    pub(crate) fn error(&self, offset: usize, message: impl Into<String>) -> ConfigError {
        ConfigError {
            file: self.file.display().to_string(),
            line: self.line(offset),
            message: message.into(),
        }
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count()
    }

    /// A path as the file means it: relative ones stand beside the file.
    pub(crate) fn path(&self, text: &str) -> PathBuf {
        self.file.parent().unwrap_or(Path::new("")).join(text)
    }
}

impl<'a> Table<'a> {
    fn new(document: &'a Document<'a>, name: String, offset: usize, table: DeTable<'a>) -> Self {
        let entry = |(key, value): (toml::Spanned<toml::de::DeString<'a>>, toml::Spanned<DeValue<'a>>)| Entry {
            key_offset: key.span().start,
            key: key.into_inner().into_owned(),
            offset: value.span().start,
            value: value.into_inner(),
        };
        Self {
            document,
            name,
            offset,
            entries: table.into_iter().map(entry).collect(),
            known: RefCell::default(),
        }
    }

    pub(crate) fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// The name of a key from the top: `ayrshare.key_env`.
    pub(crate) fn path(&self, key: &str) -> String {
        if self.name.is_empty() {
            return key.to_owned();
        }
        format!("{}.{key}", self.name)
    }

    /// The keys of this table.
    pub(crate) fn keys(&self) -> Vec<At<String>> {
        let at = |entry: &Entry<'_>| At {
            value: entry.key.clone(),
            offset: entry.key_offset,
        };
        self.entries.iter().map(at).collect()
    }

    pub(crate) fn string(&self, key: &str) -> Result<Option<At<String>>, ConfigError> {
        let Some(entry) = self.entry(key) else { return Ok(None) };
        let text = entry.value.as_str().ok_or_else(|| self.odd(entry, "a string"))?;
        Ok(Some(At {
            value: text.to_owned(),
            offset: entry.offset,
        }))
    }

    pub(crate) fn boolean(&self, key: &str) -> Result<Option<bool>, ConfigError> {
        let Some(entry) = self.entry(key) else { return Ok(None) };
        entry
            .value
            .as_bool()
            .map(Some)
            .ok_or_else(|| self.odd(entry, "true or false"))
    }

    /// A whole number from 0 on.
    pub(crate) fn number(&self, key: &str) -> Result<Option<u32>, ConfigError> {
        let Some(entry) = self.entry(key) else { return Ok(None) };
        let written = entry.value.as_integer().filter(|number| number.radix() == 10);
        let number = written.and_then(|number| number.as_str().replace('_', "").parse().ok());
        number.map(Some).ok_or_else(|| self.odd(entry, "a whole number"))
    }

    /// A whole number within a range.
    pub(crate) fn whole(&self, key: &str, range: RangeInclusive<u64>) -> Result<Option<At<u64>>, ConfigError> {
        let Some(entry) = self.entry(key) else { return Ok(None) };
        let number = entry.value.as_integer().and_then(|number| number.as_str().parse().ok());
        let number = number.filter(|number| range.contains(number));
        let odd = || {
            let (from, to) = range.clone().into_inner();
            self.odd(entry, &format!("a whole number from {from} to {to}"))
        };
        Ok(Some(At {
            value: number.ok_or_else(odd)?,
            offset: entry.offset,
        }))
    }

    pub(crate) fn strings(&self, key: &str) -> Result<Option<Vec<String>>, ConfigError> {
        Ok(self.strings_at(key)?.map(|found| found.value))
    }

    pub(crate) fn strings_at(&self, key: &str) -> Result<Option<At<Vec<String>>>, ConfigError> {
        let Some(entry) = self.entry(key) else { return Ok(None) };
        let odd = || self.odd(entry, "an array of strings");
        let array = entry.value.as_array().ok_or_else(odd)?;
        let text = |value: &toml::Spanned<DeValue<'_>>| value.get_ref().as_str().map(str::to_owned);
        let all: Option<Vec<String>> = array.iter().map(text).collect();
        let value = all.ok_or_else(odd)?;
        Ok(Some(At {
            value,
            offset: entry.offset,
        }))
    }

    pub(crate) fn table(&mut self, key: &str) -> Result<Option<Table<'a>>, ConfigError> {
        let Some(entry) = self.entry(key) else { return Ok(None) };
        let DeValue::Table(table) = &entry.value else {
            return Err(self.odd(entry, "a section"));
        };
        Ok(Some(Table::new(
            self.document,
            self.path(key),
            entry.key_offset,
            table.clone(),
        )))
    }

    /// The end of reading: a key that nobody asked for is a mistake.
    pub(crate) fn end(&self) -> Result<(), ConfigError> {
        let known = self.known.borrow();
        let Some(entry) = self.entries.iter().find(|entry| !known.contains(&entry.key)) else {
            return Ok(());
        };
        let message = format!("expected one of {}, found {}", known.join(", "), self.path(&entry.key));
        Err(self.document.error(entry.key_offset, message))
    }

    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.known.borrow_mut().push(key.to_owned());
        self.entries.iter().find(|entry| entry.key == key)
    }

    fn odd(&self, entry: &Entry<'_>, expected: &str) -> ConfigError {
        let found = entry.value.type_str();
        let message = format!("expected {expected} at {}, found {found}", self.path(&entry.key));
        self.document.error(entry.offset, message)
    }
}
