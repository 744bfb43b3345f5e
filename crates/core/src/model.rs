//! The building blocks of the typed models.
//!
//! The rule: decoding a record never fails for one odd field. A field is absent, null, a value, or something of an
//! unexpected form that is kept as its exact text; unknown fields are kept too. So a model is a lossless, typed look
//! at a record, and what is odd can be listed with its JSON path.

use std::fmt;

mod form;
mod word;

pub use form::{Form, List, Number, OneOrMany, PerPlatform, Text};
pub(crate) use word::words;

use crate::json::describe;
use crate::known::Known;
use crate::platform::Platform;
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

impl<T: Form> Field<T> {
    /// Reads a member's exact text.
    pub(crate) fn read(raw: &str) -> Self {
        if raw == "null" {
            return Self::Null;
        }
        T::read(raw).map_or_else(|| Self::Odd(raw.into()), Self::Value)
    }

    /// Takes a member's exact text for the value. In every model's every field: worth a call, not a copy.
    #[inline(never)]
    pub(crate) fn set(&mut self, raw: &str) {
        *self = Self::read(raw);
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

impl Field<Number> {
    /// The number if it is whole and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.get().and_then(Number::as_i64)
    }
}

impl Field<bool> {
    /// Whether the record says `true`; absent, null and odd are not.
    pub fn is_true(&self) -> bool {
        self.get() == Some(&true)
    }
}

impl<T> Field<List<T>> {
    /// The entries that have the documented form; none if there is no list.
    pub fn entries(&self) -> impl Iterator<Item = &T> {
        self.get().into_iter().flat_map(List::iter)
    }
}

impl<T> Field<OneOrMany<T>> {
    /// The entries that have the documented form; none if there is no list.
    pub fn entries(&self) -> impl Iterator<Item = &T> {
        self.get().into_iter().flat_map(OneOrMany::iter)
    }
}

impl<T> Field<PerPlatform<T>> {
    /// Platforms with their values, as far as these have the documented form; none if there is no map.
    pub fn entries(&self) -> impl Iterator<Item = (Platform, &T)> {
        self.get().into_iter().flat_map(PerPlatform::iter)
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
    fn inspect(&self, _path: &Path<'_>, _out: &mut Vec<OddField>) {}
}

impl Inspect for String {}
impl Inspect for bool {}

impl<T: Inspect> Inspect for Field<T> {
    #[inline(never)]
    fn inspect(&self, path: &Path<'_>, out: &mut Vec<OddField>) {
        match self {
            Self::Value(value) => value.inspect(path, out),
            Self::Odd(raw) => out.push(OddField {
                path: path.to_string(),
                found: describe(raw),
            }),
            Self::Absent | Self::Null => {}
        }
    }
}

/// Where something stands in a record; becomes text only where something is odd.
pub(crate) enum Path<'a> {
    /// The record itself.
    Record,
    /// A member of an object.
    Key(&'a Path<'a>, &'a str),
    /// An entry of a list.
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record => Ok(()),
            Self::Key(Self::Record, key) => f.write_str(key),
            Self::Key(of, key) => write!(f, "{of}.{key}"),
            Self::Index(of, index) => write!(f, "{of}[{index}]"),
        }
    }
}

/// Declares a model: every field is a [`Field`] of the given type under the given JSON key, and what is not listed
/// lands in `other`.
macro_rules! model {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty = $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        $vis struct $name {
            $($(#[$doc])* $vis $field: $crate::model::Field<$type>,)*
            /// Members that this model does not know, as exact text.
            $vis other: $crate::model::Other,
        }

        impl $name {
            fn gather(members: &$crate::json::Members<'_>) -> Self {
                let mut model = Self::default();
                for (key, raw) in members.iter() {
                    match key {
                        $($key => model.$field.set(raw),)*
                        _ => model.other.push(key, raw),
                    }
                }
                model
            }
        }

        impl $crate::model::Form for $name {
            fn read(raw: &str) -> Option<Self> {
                Some(Self::gather(&$crate::json::members(raw)?))
            }
        }

        impl $crate::model::Inspect for $name {
            fn inspect(&self, path: &$crate::model::Path<'_>, out: &mut Vec<$crate::model::OddField>) {
                $(self.$field.inspect(&$crate::model::Path::Key(path, $key), out);)*
            }
        }

        impl $name {
            /// Reads the model from the exact JSON text of one object.
            ///
            /// # Errors
            /// `Decode` if the text is no valid JSON object; an odd field is kept, not refused.
            $vis fn parse(text: &str) -> Result<Self, $crate::error::Error> {
                $crate::json::record(text).map(|members| Self::gather(&members))
            }

            /// The fields whose form is not the documented one, with their JSON paths.
            $vis fn odd_fields(&self) -> Vec<$crate::model::OddField> {
                let mut out = Vec::new();
                $crate::model::Inspect::inspect(self, &$crate::model::Path::Record, &mut out);
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
        struct Pet {
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
        struct Toy {
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
        let toy = pet.toys.entries().next().unwrap();
        assert_eq!(toy.price.get().unwrap().as_str(), "1.10");
        assert_eq!(toy.other.iter().collect::<Vec<_>>(), [("new", "[1, 2]")]);
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
        assert_eq!(Toy::parse(r#"{"price":1}"#).unwrap().odd_fields(), []);
        assert!(Pet::parse("[]").is_err());
    }
}
