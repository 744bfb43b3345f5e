//! Forms of values that the APIs send in more than one way, or that must stay exact.

use crate::decimal;
use crate::json::{elements, members, scalar, string};
use crate::model::{Field, Inspect, OddField, Path};
use crate::platform::Platform;

/// What a field may hold, read from the exact text of one JSON value.
pub trait Form: Sized {
    /// The value, or `None` if the text has another form.
    fn read(raw: &str) -> Option<Self>;
}

impl Form for String {
    fn read(raw: &str) -> Option<Self> {
        string(raw)
    }
}

impl Form for bool {
    fn read(raw: &str) -> Option<Self> {
        match raw {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
}

/// A string or a number, kept as the text it was sent as: Telegram ids, amounts of money, years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(Box<str>);

impl Text {
    /// The text; a number as its exact digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text read as a number, for bars and sorting, never for ids.
    pub fn as_f64(&self) -> Option<f64> {
        decimal::parse(self.0.trim().as_bytes())
    }
}

impl Form for Text {
    fn read(raw: &str) -> Option<Self> {
        Some(Self(scalar(raw)?.into()))
    }
}

/// A JSON number with its exact digits, so that 64-bit values stay whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// The exact digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number if it is whole and fits; `12.0` is whole.
    pub fn as_i64(&self) -> Option<i64> {
        let (whole, fraction) = self.0.split_once('.').unwrap_or((&self.0, "0"));
        whole
            .parse()
            .ok()
            .filter(|_| fraction.bytes().all(|digit| digit == b'0'))
    }

    /// The nearest floating-point number.
    pub fn as_f64(&self) -> Option<f64> {
        decimal::parse(self.0.as_bytes())
    }
}

impl Form for Number {
    fn read(raw: &str) -> Option<Self> {
        let is_number = raw.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        is_number.then(|| Self(raw.into()))
    }
}

/// A list whose entries are read one by one: an odd entry is kept as its text and spoils no other.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T>(Vec<Field<T>>);

impl<T> List<T> {
    /// The entries that have the documented form.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter_map(Field::get)
    }

    /// Every entry, odd ones and nulls too.
    pub fn fields(&self) -> &[Field<T>] {
        &self.0
    }
}

impl<T: Form> Form for List<T> {
    fn read(raw: &str) -> Option<Self> {
        let entries = elements(raw)?;
        Some(Self(entries.into_iter().map(Field::read).collect()))
    }
}

/// One object, or a list of them: Upsun's trial projects come either way.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrMany<T>(List<T>);

impl<T> OneOrMany<T> {
    /// The entries that have the documented form.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// Every entry, odd ones and nulls too.
    pub fn fields(&self) -> &[Field<T>] {
        self.0.fields()
    }
}

impl<T: Form> Form for OneOrMany<T> {
    fn read(raw: &str) -> Option<Self> {
        if raw.starts_with('[') {
            return List::read(raw).map(Self);
        }
        T::read(raw).map(|one| Self(List(vec![Field::Value(one)])))
    }
}

/// An object with one member a platform. A member of an odd form spoils no other.
#[derive(Clone, Debug, PartialEq)]
pub struct PerPlatform<T>(Vec<(String, Field<T>)>);

impl<T> PerPlatform<T> {
    /// Platforms and values in the order they stand, as far as these have the documented form.
    pub fn iter(&self) -> impl Iterator<Item = (Platform, &T)> {
        self.0
            .iter()
            .filter_map(|(key, field)| Some((Platform::named(key), field.get()?)))
    }

    /// Every member under its key as sent.
    pub fn fields(&self) -> &[(String, Field<T>)] {
        &self.0
    }

    /// The value of one platform.
    pub fn get(&self, platform: &Platform) -> Option<&T> {
        self.iter().find(|(found, _)| found == platform).map(|(_, value)| value)
    }
}

impl<T: Form> Form for PerPlatform<T> {
    fn read(raw: &str) -> Option<Self> {
        let members = members(raw)?;
        let entry = |(key, raw): (&str, &str)| (key.to_owned(), Field::read(raw));
        Some(Self(members.iter().map(entry).collect()))
    }
}

impl Inspect for Text {}
impl Inspect for Number {}

impl<T: Inspect> Inspect for List<T> {
    fn inspect(&self, path: &Path<'_>, out: &mut Vec<OddField>) {
        for (index, entry) in self.0.iter().enumerate() {
            entry.inspect(&Path::Index(path, index), out);
        }
    }
}

impl<T: Inspect> Inspect for OneOrMany<T> {
    fn inspect(&self, path: &Path<'_>, out: &mut Vec<OddField>) {
        self.0.inspect(path, out);
    }
}

impl<T: Inspect> Inspect for PerPlatform<T> {
    fn inspect(&self, path: &Path<'_>, out: &mut Vec<OddField>) {
        for (key, field) in &self.0 {
            field.inspect(&Path::Key(path, key), out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd<T: Inspect>(value: &T) -> Vec<String> {
        let mut out = Vec::new();
        value.inspect(&Path::Key(&Path::Record, "here"), &mut out);
        out.into_iter()
            .map(|odd| format!("{}: {}", odd.path, odd.found))
            .collect()
    }

    #[test]
    fn an_odd_entry_spoils_no_other() {
        let list = <List<String>>::read(r#"["a", 7, null, "b"]"#).unwrap();
        assert_eq!(list.iter().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(list.fields().len(), 4);
        assert_eq!(odd(&list), ["here[1]: number 7"]);
        assert_eq!(List::<String>::read(r#"{"0":"a"}"#), None);

        let map = <PerPlatform<bool>>::read(r#"{"x":true,"gmb":"yes","friendster":false}"#).unwrap();
        let found: Vec<_> = map
            .iter()
            .map(|(platform, on)| (platform.code().to_owned(), *on))
            .collect();
        assert_eq!(found, [("twitter".to_owned(), true), ("friendster".to_owned(), false)]);
        assert_eq!(map.get(&Platform::named("twitter")), Some(&true));
        assert_eq!(map.fields()[1].0, "gmb");
        assert_eq!(odd(&map), ["here.gmb: a string"]);
    }

    #[test]
    fn one_object_and_a_list_of_objects_read_alike() {
        let read = OneOrMany::<PerPlatform<bool>>::read;
        assert_eq!(read(r#"{"x":true}"#).unwrap(), read(r#"[{"x":true}]"#).unwrap());
        assert_eq!(read("[]").unwrap().fields(), []);
        assert_eq!(read("7"), None);
    }

    #[test]
    fn numbers_are_whole_only_if_they_are() {
        let whole = |text: &str| Number::read(text).unwrap().as_i64();
        assert_eq!(whole("9007199254740993"), Some(9_007_199_254_740_993));
        assert_eq!((whole("12.00"), whole("12.5"), whole("1e3")), (Some(12), None, None));
        assert_eq!(Number::read("1e999").unwrap().as_f64(), None);
        assert_eq!(Number::read("\"12\""), None);
        assert_eq!(Text::read("\"12.5\"").unwrap().as_f64(), Some(12.5));
    }
}
