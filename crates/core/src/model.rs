//! The building blocks of the typed models.
//!
//! The rule: decoding a record never fails for one odd field. A field is absent, null, a value, or something of an
//! unexpected form that is kept as its exact text; unknown fields are kept too. So a model is a lossless, typed look
//! at a record, and what is odd can be listed with its JSON path.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::value::RawValue;

use crate::json::{describe, scalar};
use crate::known::Known;
use crate::time::UnixMs;

/// One field of a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Field<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there with `null`.
    Null,
    /// The documented form.
    Value(T),
    /// Some other form; its exact JSON text.
    Odd(Box<str>),
}

impl<T> Field<T> {
    /// The value, if it has the documented form.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the record says anything here: neither absent nor null.
    pub fn is_set(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Odd(_))
    }
}

impl<T: DeserializeOwned> Field<T> {
    /// Reads a member's exact text.
    pub(crate) fn read(raw: &str) -> Self {
        if raw == "null" {
            return Self::Null;
        }
        serde_json::from_str(raw).map_or_else(|_| Self::Odd(raw.into()), Self::Value)
    }
}

impl Field<String> {
    /// The text unless it is absent, null or empty (InsightIQ sends all three for "none").
    pub fn text(&self) -> Option<&str> {
        self.get().map(String::as_str).filter(|text| !text.trim().is_empty())
    }

    /// The text read as an instant.
    pub fn instant(&self) -> Option<UnixMs> {
        UnixMs::parse(self.text()?)
    }

    /// The text as a fact that this API offers.
    pub fn known(&self) -> Known<String> {
        self.text().map(str::to_owned).into()
    }
}

impl Field<Text> {
    /// The text unless it is absent, null or empty.
    pub fn text(&self) -> Option<&str> {
        self.get().map(Text::as_str).filter(|text| !text.is_empty())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(<&RawValue>::deserialize(deserializer)?.get()))
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
        self.0.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let text = scalar(raw).ok_or_else(|| serde::de::Error::custom("expected a string or a number"))?;
        Ok(Self(text.into()))
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

    /// The number if it is whole and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The nearest floating-point number.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        if raw.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Ok(Self(raw.into()));
        }
        Err(serde::de::Error::custom("expected a number"))
    }
}

/// One object, or a list of them: HAL links and Upsun's trial projects come either way.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let list = if raw.starts_with('[') {
            serde_json::from_str(raw)
        } else {
            serde_json::from_str(raw).map(|one| vec![one])
        };
        list.map(Self).map_err(serde::de::Error::custom)
    }
}

/// The members of an object that the model does not know, as exact JSON text, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Other(Vec<(String, Box<str>)>);

impl Other {
    /// Keys and exact JSON texts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, raw)| (key.as_str(), raw.as_ref()))
    }

    /// Whether every field was known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push(&mut self, key: &str, raw: &str) {
        self.0.push((key.to_owned(), raw.into()));
    }
}

/// A field whose form is not the documented one.
#[derive(Clone, Debug, PartialEq)]
pub struct OddField {
    /// Where in the record, `reputation.follower_count`.
    pub path: String,
    /// What stands there, in words.
    pub found: String,
}

/// Lists the odd fields below a value.
pub(crate) trait Inspect {
    fn inspect(&self, _path: &str, _out: &mut Vec<OddField>) {}
}

impl Inspect for String {}
impl Inspect for bool {}
impl Inspect for Text {}
impl Inspect for Number {}

impl<T: Inspect> Inspect for Field<T> {
    fn inspect(&self, path: &str, out: &mut Vec<OddField>) {
        match self {
            Self::Value(value) => value.inspect(path, out),
            Self::Odd(raw) => out.push(OddField {
                path: path.to_owned(),
                found: describe(raw),
            }),
            Self::Absent | Self::Null => {}
        }
    }
}

impl<T: Inspect> Inspect for Vec<T> {
    fn inspect(&self, path: &str, out: &mut Vec<OddField>) {
        for (index, item) in self.iter().enumerate() {
            item.inspect(&format!("{path}[{index}]"), out);
        }
    }
}

impl<T: Inspect> Inspect for OneOrMany<T> {
    fn inspect(&self, path: &str, out: &mut Vec<OddField>) {
        self.0.inspect(path, out);
    }
}

/// Joins two parts of a JSON path.
pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// Declares a model: every field is a [`Field`] of the given type under the given JSON key, and what is not listed
/// lands in `other`.
macro_rules! model {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty = $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: $crate::model::Field<$type>,)*
            /// Members that this model does not know, as exact text.
            pub other: $crate::model::Other,
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let members = $crate::json::Members::deserialize(deserializer)?;
                let mut model = Self::default();
                for (key, raw) in members.iter() {
                    match key {
                        $($key => model.$field = $crate::model::Field::read(raw),)*
                        _ => model.other.push(key, raw),
                    }
                }
                Ok(model)
            }
        }

        impl $crate::model::Inspect for $name {
            fn inspect(&self, path: &str, out: &mut Vec<$crate::model::OddField>) {
                $(self.$field.inspect(&$crate::model::join(path, $key), out);)*
            }
        }

        impl $name {
            /// Reads the model from the exact JSON text of one object.
            ///
            /// # Errors
            /// `Decode` if the text is no valid JSON object; an odd field is kept, not refused.
            pub fn parse(text: &str) -> Result<Self, $crate::error::Error> {
                serde_json::from_str(text).map_err(|error| {
                    let found = format!("{} ({error})", $crate::json::describe(text));
                    $crate::error::Error::unexpected($crate::error::ErrorKind::Decode, "$", "an object", found)
                })
            }

            /// The fields whose form is not the documented one, with their JSON paths.
            pub fn odd_fields(&self) -> Vec<$crate::model::OddField> {
                let mut out = Vec::new();
                $crate::model::Inspect::inspect(self, "", &mut out);
                out
            }
        }
    };
}
pub(crate) use model;

#[cfg(test)]
mod tests {
    use super::*;

    model! {
        /// A small model.
        pub struct Pet {
            /// Its name.
            name: String = "name",
            /// Its id.
            id: Text = "id",
            /// Its toys.
            toys: OneOrMany<Toy> = "toys",
        }
    }
    model! {
        /// A toy.
        pub struct Toy {
            /// Its price.
            price: Number = "price",
        }
    }

    #[test]
    fn absent_null_value_and_odd_are_four_different_things() {
        assert_eq!(Pet::parse("{}").unwrap().name, Field::Absent);
        assert_eq!(Pet::parse(r#"{"name":null}"#).unwrap().name, Field::Null);
        assert_eq!(
            Pet::parse(r#"{"name":"Rex"}"#).unwrap().name,
            Field::Value("Rex".to_owned())
        );
        assert_eq!(
            Pet::parse(r#"{"name":{"first":"Rex"}}"#).unwrap().name,
            Field::Odd(r#"{"first":"Rex"}"#.into())
        );
    }

    #[test]
    fn unknown_fields_and_long_numbers_survive_at_every_depth() {
        let pet = Pet::parse(r#"{"id":-9007199254740993,"toys":{"price":1.10,"new":[1, 2]},"x":{"y": 1}}"#).unwrap();
        assert_eq!(pet.id.text(), Some("-9007199254740993"));
        assert_eq!(pet.other.iter().collect::<Vec<_>>(), [("x", r#"{"y": 1}"#)]);
        let toys = pet.toys.get().unwrap();
        assert_eq!(toys.0[0].price.get().unwrap().as_str(), "1.10");
        assert_eq!(toys.0[0].other.iter().collect::<Vec<_>>(), [("new", "[1, 2]")]);
    }

    #[test]
    fn odd_fields_are_listed_with_their_path() {
        let pet = Pet::parse(r#"{"name":7,"toys":[{"price":1},{"price":"one"}]}"#).unwrap();
        let odd: Vec<_> = pet.odd_fields().into_iter().map(|odd| (odd.path, odd.found)).collect();
        let expected = [
            ("name".to_owned(), "number 7".to_owned()),
            ("toys[1].price".to_owned(), "a string".to_owned()),
        ];
        assert_eq!(odd, expected);
        assert!(Pet::parse("[]").is_err());
    }
}
