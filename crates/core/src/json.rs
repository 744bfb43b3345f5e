//! The one place where JSON text is taken apart: an object into its members, an array into its elements, each as the
//! exact text that stood there.

use std::borrow::Cow;
use std::ops::Range;

use roster_json::{Fault, Reader, unescaped};

use crate::error::{Error, ErrorKind};
use crate::model::{Field, Form};

/// The members of one JSON object in the order they stand, values as their exact text.
#[derive(Clone, Debug, Default)]
pub struct Members<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Members<'a> {
    /// The text of one member. If a key stands twice, the last one counts, as in `JSON.parse`.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0
            .iter()
            .rev()
            .find(|(name, _)| name == key)
            .map(|(_, value)| *value)
    }

    /// The text of one member unless it is absent or null.
    pub fn set(&self, key: &str) -> Option<&'a str> {
        self.get(key).filter(|value| *value != "null")
    }

    /// One member read as a field of a model.
    pub(crate) fn field<T: Form>(&self, key: &str) -> Field<T> {
        self.get(key).map_or(Field::Absent, Field::read)
    }

    /// The members of a member that is an object; none of anything else.
    pub(crate) fn below(&self, key: &str) -> Members<'a> {
        self.get(key).and_then(members).unwrap_or_default()
    }

    /// A member that is a string; nothing if it is absent, null or something else.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        string(self.get(key)?)
    }

    /// A member that is a whole number; nothing if it is absent or something else.
    pub(crate) fn whole<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.get(key)?.parse().ok()
    }

    /// Whether a member is `true`.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.get(key) == Some("true")
    }

    /// Keys and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }

    /// Whether a key is there, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

/// Members that somebody else has taken apart: keys as they are meant, values as the exact text of valid JSON.
impl<'a> FromIterator<(Cow<'a, str>, &'a str)> for Members<'a> {
    fn from_iter<T: IntoIterator<Item = (Cow<'a, str>, &'a str)>>(members: T) -> Self {
        Self(members.into_iter().collect())
    }
}

/// Why a text that a person wrote is not what was expected, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// From 1.
    pub line: usize,
    /// In bytes, from 1.
    pub column: usize,
    /// What could have stood there.
    pub expected: &'static str,
}

impl Misfit {
    /// A part of a text, a slice of it, that is none of what was expected.
    pub fn of(whole: &str, part: &str, expected: &'static str) -> Self {
        let at = range_of(whole, part).map_or(0, |range| range.start);
        Self::at(whole, Fault { at, expected })
    }

    fn at(text: &str, fault: Fault) -> Self {
        // At the end of the text, the last byte is meant.
        let upto = text.as_bytes().get(..=fault.at).unwrap_or(text.as_bytes());
        let start = upto
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |newline| newline + 1);
        Self {
            line: upto.split(|byte| *byte == b'\n').count(),
            column: upto.len() - start,
            expected: fault.expected,
        }
    }
}

/// The members of a JSON object.
///
/// # Errors
/// Where the text is no valid JSON object.
pub fn parsed(text: &str) -> Result<Members<'_>, Misfit> {
    read(text).map_err(|fault| Misfit::at(text, fault))
}

/// The members of a JSON object, or `None` if the text is no valid JSON object.
pub fn members(text: &str) -> Option<Members<'_>> {
    read(text).ok()
}

/// A body of pages: the members of its envelope, and the elements of its list.
pub(crate) struct Listing<'a> {
    /// All of it.
    pub(crate) text: &'a str,
    /// The list among them as one text.
    pub(crate) envelope: Members<'a>,
    /// `None` if it has no such list.
    pub(crate) elements: Option<Vec<Element<'a>>>,
}

/// An element of a list: its text, and the member that is its id, if it is an object.
pub(crate) type Element<'a> = (&'a str, Result<Option<&'a str>, ()>);

/// Takes a body apart in one pass, as thousands of records go by. If a key stands twice, the last one counts.
///
/// # Errors
/// `Decode` if the body is no JSON object.
pub(crate) fn listing<'a>(body: &'a [u8], list_key: &str, id_key: &str) -> Result<Listing<'a>, Error> {
    let text = object_text(body)?;
    let (mut members, mut found) = (Vec::new(), None);
    let mut reader = Reader::new(text);
    let read = reader.object_by(|reader, key| {
        let key = meant(text, key)?;
        let (is_list, start) = (key == list_key, reader.start());
        if is_list && reader.next_byte() == b'[' {
            let mut elements = Vec::new();
            reader.array_by(|reader| {
                elements.push(element(reader, id_key)?);
                Ok(())
            })?;
            found = Some(elements);
        } else {
            found = found.take().filter(|_| !is_list);
            reader.value()?;
        }
        members.push((key, reader.since(start)));
        Ok(())
    });
    read.and_then(|()| reader.end())
        .map_err(|fault| not_json(text, fault))?;
    Ok(Listing {
        text,
        envelope: Members(members),
        elements: found,
    })
}

fn element<'a>(reader: &mut Reader<'a>, id_key: &str) -> Result<Element<'a>, Fault> {
    let start = reader.start();
    if reader.next_byte() != b'{' {
        return Ok((reader.value()?, Err(())));
    }
    let mut id = Ok(None);
    reader.object(|key, value| {
        match is_key(key, id_key) {
            Some(true) => id = id.map(|_| Some(value)),
            Some(false) => {}
            None => id = Err(()),
        }
        Ok(())
    })?;
    Ok((reader.since(start), id))
}

/// Whether a key, as it stands between its quotes, means this one; `None` if it means nothing.
fn is_key(key: &str, wanted: &str) -> Option<bool> {
    if key.contains('\\') {
        return unescaped(key).map(|key| key == wanted);
    }
    Some(key == wanted)
}

/// One member of a JSON object, without keeping the others: a page has thousands of records, of which only the ids are
/// wanted. If the key stands twice, the last one counts.
pub(crate) fn member<'a>(text: &'a str, wanted: &str) -> Result<Option<&'a str>, Fault> {
    let mut found = None;
    let mut reader = Reader::new(text);
    reader.object(|key, value| {
        if is_key(key, wanted).ok_or_else(|| no_pair(text, key))? {
            found = Some(value);
        }
        Ok(())
    })?;
    reader.end()?;
    Ok(found)
}

/// A key as it is meant.
fn meant<'a>(text: &str, key: &'a str) -> Result<Cow<'a, str>, Fault> {
    unescaped(key).ok_or_else(|| no_pair(text, key))
}

fn no_pair(text: &str, key: &str) -> Fault {
    let expected = "a pair of surrogates";
    let at = range_of(text, key).map_or(0, |range| range.start);
    Fault { at, expected }
}

fn read(text: &str) -> Result<Members<'_>, Fault> {
    let mut members = Vec::new();
    let mut reader = Reader::new(text);
    reader.object(|key, value| {
        members.push((meant(text, key)?, value));
        Ok(())
    })?;
    reader.end()?;
    Ok(Members(members))
}

/// The members of a record.
///
/// # Errors
/// `Decode` if the text is no valid JSON object.
pub(crate) fn record(text: &str) -> Result<Members<'_>, Error> {
    read(text).map_err(|fault| {
        let found = match describe(text) {
            object if object == "an object" => broken(text, fault),
            other => other,
        };
        Error::unexpected(ErrorKind::Decode, "$", "an object", found)
    })
}

fn broken(text: &str, fault: Fault) -> String {
    let Misfit { line, column, expected } = Misfit::at(text, fault);
    format!("an object without {expected} at line {line} column {column}")
}

/// The exact texts of an array's elements, or `None` if the text is no valid JSON array.
pub fn elements(text: &str) -> Option<Vec<&str>> {
    let mut elements = Vec::new();
    let mut reader = Reader::new(text);
    reader.array(|element| elements.push(element)).ok()?;
    reader.end().ok()?;
    Some(elements)
}

/// A string or a number as its text; `None` for anything else.
pub(crate) fn scalar(text: &str) -> Option<String> {
    match text.as_bytes().first()? {
        b'"' => string(text),
        b'-' | b'0'..=b'9' => Some(text.to_owned()),
        _ => None,
    }
}

/// A string; `None` for anything else. `text` is that of a valid value, so one without a backslash says what it is.
pub fn string(text: &str) -> Option<String> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    unescaped(inside).map(Cow::into_owned)
}

/// What stands there, in words, without personal data: *a string*, *number 7*, *an object*.
pub(crate) fn describe(text: &str) -> String {
    match text.trim_start().as_bytes().first() {
        Some(b'"') => "a string".to_owned(),
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "an array".to_owned(),
        Some(b'-' | b'0'..=b'9') => format!("number {text}"),
        Some(_) => text.to_owned(),
        None => "nothing".to_owned(),
    }
}

/// Where `part` stands in `whole`; `part` must be a slice of it.
pub(crate) fn range_of(whole: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let range = start..start.checked_add(part.len())?;
    // Two texts that are alive at once share no memory unless one is a part of the other, so that nothing is compared.
    (range.end <= whole.len()).then_some(range)
}

/// The body as text that is a JSON object, with its members.
pub(crate) fn object(body: &[u8]) -> Result<(&str, Members<'_>), Error> {
    let text = object_text(body)?;
    let members = read(text).map_err(|fault| not_json(text, fault))?;
    Ok((text, members))
}

/// The body as text that begins as a JSON object does.
fn object_text(body: &[u8]) -> Result<&str, Error> {
    let text = text(body)?;
    let trimmed = text.trim_start();
    if !trimmed.starts_with('{') && !trimmed.starts_with('[') {
        let found = if trimmed.is_empty() {
            "an empty body"
        } else if trimmed.starts_with('<') {
            "HTML or XML"
        } else {
            "other text"
        };
        return Err(Error::unexpected(ErrorKind::Decode, "$", "a JSON object", found));
    }
    Ok(text)
}

/// The body as UTF-8 text.
pub(crate) fn text(body: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(body).map_err(|error| {
        let place = format!("byte {}", error.valid_up_to());
        Error::unexpected(ErrorKind::Decode, place, "UTF-8 text", "other bytes")
    })
}

fn not_json(text: &str, fault: Fault) -> Error {
    let Misfit { line, column, .. } = Misfit::at(text, fault);
    let place = format!("line {line} column {column}");
    let found = match text.get(fault.at..).and_then(|rest| rest.chars().next()) {
        None => "the end of the body".to_owned(),
        Some(_) => format!("something else than {}", fault.expected),
    };
    Error::unexpected(ErrorKind::Decode, place, "valid JSON", found)
}

/// A text as a JSON string, in quotes.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\0'..' ' => {
                let digit = |half: u32| char::from_digit(half & 15, 16).unwrap_or_default();
                quoted.push_str("\\u00");
                quoted.extend([digit(u32::from(c) >> 4), digit(u32::from(c))]);
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_order_exact_text_and_the_last_of_two() {
        let members = members(r#"{"b": 1e2, "a":[ 1 ],"b":-0.0, "\u0061b":"x"}"#).unwrap();
        let all: Vec<_> = members.iter().collect();
        assert_eq!(all, [("b", "1e2"), ("a", "[ 1 ]"), ("b", "-0.0"), ("ab", "\"x\"")]);
        assert_eq!(members.get("b"), Some("-0.0"));
    }

    #[test]
    fn one_member_is_the_one_that_all_of_them_have() {
        let text = r#"{"b": 1e2, "a":[ 1 ],"b":-0.0, "\u0061b":"x", "c":"\"b\":1"}"#;
        let all = members(text).unwrap();
        for key in ["a", "b", "ab", "c", "none"] {
            assert_eq!(member(text, key).unwrap(), all.get(key), "{key}");
        }
        for broken in ["[]", r#"{"a":1}x"#, r#"{"a":1,"\ud800":2}"#] {
            assert!(member(broken, "a").is_err() && members(broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn a_body_taken_apart_in_one_pass_has_the_members_and_elements_that_it_has_piece_by_piece() {
        for body in [
            r#"{"count":2,"list":[ {"id":"a","x":{"id":"no"}}, 7 ,{"i\u0064":1,"id":2},{},{"\ud800":1}, [] ],"next":null}"#,
            r#"{"list":[{"id":"a"}],"list":[{"id":"b"}]}"#,
            r#"{"list":[{"id":"a"}],"l\u0069st":{"id":"b"}}"#,
            r#"{"list":[]}"#,
            r#"{"other":[{"id":"a"}]}"#,
        ] {
            let listing = listing(body.as_bytes(), "list", "id").unwrap();
            let (text, members) = object(body.as_bytes()).unwrap();
            assert_eq!(listing.text, text);
            assert_eq!(listing.envelope.0, members.0, "{body}");
            let list = members.get("list").and_then(elements);
            let whole = list.map(|list| {
                list.into_iter()
                    .map(|element| (element, member(element, "id").map_err(|_| ())))
            });
            assert_eq!(listing.elements, whole.map(Iterator::collect), "{body}");
        }
        for broken in [
            "{\"list\":[{\"id\":1,}]}",
            "{\"list\":[1 2]}",
            "{\"list\":[1]",
            "{\"list\":[1]}x",
            "<p>",
        ] {
            let message = object(broken.as_bytes()).unwrap_err().message();
            let error = listing(broken.as_bytes(), "list", "id").err();
            assert_eq!(error.map(|error| error.message()), Some(message), "{broken}");
        }
    }

    #[test]
    fn a_body_that_is_no_json_says_what_it_is_and_where() {
        let message = |body: &[u8]| object(body).unwrap_err().message();
        assert_eq!(
            message(b"<!doctype html>"),
            "expected a JSON object at $, found HTML or XML"
        );
        assert_eq!(message(b""), "expected a JSON object at $, found an empty body");
        assert!(message(b"{\"a\": 1,\n \"b\"").contains("line 2 column 4, found the end of the body"));
        assert_eq!(
            message(b"{\"a\":\"\xff\"}"),
            "expected UTF-8 text at byte 6, found other bytes"
        );
    }

    #[test]
    fn a_text_in_quotes_is_what_serde_json_writes() {
        let all: String = ('\0'..='\u{100}').chain("\\\"/\u{2028}😀".chars()).collect();
        assert_eq!(quoted(&all), serde_json::to_string(&all).unwrap());
        assert_eq!(string(&quoted(&all)), Some(all));
    }

    #[test]
    fn what_does_not_fit_says_its_line() {
        let text = "{\n  \"a\": 7\n}";
        let misfit = Misfit::of(text, parsed(text).unwrap().get("a").unwrap(), "a string");
        assert_eq!((misfit.line, misfit.column), (2, 8));
        assert_eq!(parsed("{\n\"a\" 7}").unwrap_err().expected, "a colon");
    }

    #[test]
    fn a_part_is_found_by_where_it_stands() {
        let whole = "[1, 1]";
        let parts = elements(whole).unwrap();
        assert_eq!(range_of(whole, parts[1]), Some(4..5));
        assert_eq!(range_of(whole, "elsewhere"), None);
    }
}
