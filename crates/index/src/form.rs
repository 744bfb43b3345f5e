//! In which form profiles come: a page of a list, the bare list, a file of one record a line, a single record; as they
//! were received or as somebody has saved them.
//!
//! The rule: what stands in front of the JSON (a byte order mark, the headers that `curl -i` prints) is passed over, the
//! form is told by the first record at most, and everything after that is read strictly.

use roster_core::provider;

use crate::scan::{Fault, Scanner};
use crate::schema::{self, Act, Schema};

/// In which form profiles come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// An object with the list under the provider's key or, in a file, under another one.
    #[default]
    Page,
    /// The list alone.
    List,
    /// Records one after the other, mostly one a line (NDJSON), or a single one.
    Records,
}

/// How a text is to be read, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) form: Form,
    /// Where the JSON starts.
    pub(crate) start: usize,
    /// The key of the list, if it is not the provider's.
    pub(crate) list_key: Option<String>,
    /// Where the first record stands, if there is one.
    first_at: Option<usize>,
}

/// Whose profiles these may be, and in which form. Looks at the first record alone; `None` if it is nobody's, or if an
/// empty list could be several providers'.
///
/// ```
/// use roster_index::{Form, sniff};
/// let saved = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"data\":[{\"id\":\"9dd6\",\"work_platform\":{}}]}";
/// assert_eq!(sniff(saved), Some(("insightiq", Form::Page)));
/// assert_eq!(sniff(b"{\"refId\":\"a\",\"title\":\"A\"}\n{\"refId\":\"b\"}"), Some(("ayrshare", Form::Records)));
/// assert_eq!(sniff(b"a,b,c"), None);
/// ```
pub fn sniff(bytes: &[u8]) -> Option<(&'static str, Form)> {
    let score = |schema: &&'static Schema| {
        let found = look(bytes, schema)?;
        let n_known = match found.first_at {
            Some(at) => n_known(Scanner::new(bytes, at, 0), schema)?,
            None => n_lists(Scanner::new(bytes, found.start, 0), schema)?,
        };
        Some((n_known, schema.provider, found.form))
    };
    let found: Vec<_> = schema::ALL.iter().filter_map(score).collect();
    let best = found.iter().max_by_key(|(n_known, ..)| *n_known)?;
    let is_alone = found.iter().filter(|(n_known, ..)| *n_known == best.0).count() == 1;
    is_alone.then_some((best.1, best.2))
}

/// Passes over a byte order mark and the headers of an answer; each redirect has its own.
fn json_start(bytes: &[u8]) -> usize {
    let rest = |at: usize| bytes.get(at..).unwrap_or_default();
    let after_mark = |at: usize| at + if rest(at).starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut at = after_mark(0);
    while rest(at).starts_with(b"HTTP/") {
        let ends = [b"\r\n\r\n".as_slice(), b"\n\n"];
        let end = ends
            .iter()
            .filter_map(|end| Some(memchr::memmem::find(rest(at), end)? + end.len()))
            .min();
        let Some(end) = end else { break };
        at = after_mark(at + end);
    }
    at
}

/// The form is told by what stands in the first megabyte: a file of any size is looked at in no time, and a record that
/// is longer is no profile.
const HEAD_BYTES: usize = 1024 * 1024;

/// The form in which a provider's profiles stand there; `None` if it is none that anybody knows. A text that is broken
/// has the form that it seems to have, and is refused when it is read.
pub(crate) fn look(bytes: &[u8], schema: &Schema) -> Option<Found> {
    let bytes = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let start = json_start(bytes);
    let mut scanner = Scanner::new(bytes, start, 0);
    scanner.space();
    let found = |form, first_at| Found {
        form,
        start,
        list_key: None,
        first_at,
    };
    match scanner.peek() {
        b'[' => {
            scanner.open().ok()?;
            let is_filled = scanner.first(b']');
            Some(found(Form::List, is_filled.then_some(scanner.at())))
        }
        b'{' => {
            let record_at = scanner.at();
            let (list, other) = lists(scanner, provider(schema.provider)?.info().list_key);
            if let Some(first_at) = list {
                return Some(found(Form::Page, first_at));
            }
            // An id alone is no record: errors have some, too.
            if n_known(Scanner::new(bytes, record_at, 0), schema).is_some_and(|n_known| n_known > 1) {
                return Some(found(Form::Records, Some(record_at)));
            }
            let (key, first_at) = other?;
            Some(Found {
                list_key: Some(key),
                ..found(Form::Page, Some(first_at))
            })
        }
        _ => None,
    }
}

/// A list's place of its first element, if it has any.
type First = Option<usize>;

/// Of an object: the list under the key, up to which is read; else the one list of objects under another key.
fn lists(mut scanner: Scanner<'_>, list_key: &str) -> (Option<First>, Option<(String, usize)>) {
    let mut others = Vec::new();
    let mut read = || -> Result<Option<First>, Fault> {
        scanner.open()?;
        let mut is_more = scanner.first(b'}');
        while is_more {
            let key = scanner.key()?;
            let mut inside = scanner;
            let is_list = scanner.peek() == b'[';
            let first = if is_list {
                inside.open()?;
                inside.first(b']').then_some(inside.at())
            } else {
                None
            };
            if key.is(list_key) {
                return Ok(is_list.then_some(first));
            }
            if let Some(at) = first.filter(|_| inside.peek() == b'{') {
                others.push((key.text().into_owned(), at));
            }
            scanner.skip()?;
            is_more = scanner.another(b'}')?;
        }
        Ok(None)
    };
    let list = read().unwrap_or(None);
    let only = others.pop().filter(|_| others.is_empty());
    (list, only)
}

/// Whether a list of objects begins here.
pub(crate) fn is_list_of_objects(mut scanner: Scanner<'_>) -> bool {
    scanner.peek() == b'[' && scanner.open().is_ok() && scanner.first(b']') && scanner.peek() == b'{'
}

/// How many members of a record are known, its id among them; `None` if it has no id.
fn n_known(mut scanner: Scanner<'_>, schema: &Schema) -> Option<usize> {
    let (mut n_known, mut has_id) = (0, false);
    if scanner.peek() != b'{' {
        return None;
    }
    scanner.open().ok()?;
    let mut is_more = scanner.first(b'}');
    while is_more {
        let key = scanner.key().ok()?;
        let known = schema.record.iter().find(|member| key.is(member.key));
        let is_scalar = !matches!(scanner.peek(), b'{' | b'[' | b'n' | b't' | b'f');
        has_id |= is_scalar && known.is_some_and(|member| matches!(member.act, Act::Id));
        n_known += usize::from(known.is_some());
        scanner.skip().ok()?;
        is_more = scanner.another(b'}').ok()?;
    }
    has_id.then_some(n_known)
}

/// Of a page without records: 1 if it has this provider's list.
fn n_lists(mut scanner: Scanner<'_>, schema: &Schema) -> Option<usize> {
    let info = provider(schema.provider)?.info();
    scanner.space();
    if scanner.peek() != b'{' {
        return None;
    }
    lists(scanner, info.list_key).0.map(|_| 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_told_and_whose_it_is() {
        let user = r#"{"refId":"a","title":"A","created":{"_seconds":1}}"#;
        let person = r#"{"id":"3c90c3cc","display_name":"Jane","company_name":"Acme"}"#;
        let creator = r#"{"id":"9dd6","user":{},"work_platform":{},"full_name":"P"}"#;
        let headers = "HTTP/2 301\r\nlocation: /\r\n\r\nHTTP/1.1 200 OK\nx: {\n\n";
        for (text, expected) in [
            (
                format!(r#"{{"profiles":[{user}],"count":1}}"#),
                Some(("ayrshare", Form::Page)),
            ),
            (
                format!(r#"{{"count":1,"profiles":[{person}]}}"#),
                Some(("upsun", Form::Page)),
            ),
            (format!(r#"{{"data":[{creator}]}}"#), Some(("insightiq", Form::Page))),
            (
                r#"{"data":[],"metadata":{}}"#.to_owned(),
                Some(("insightiq", Form::Page)),
            ),
            (
                format!(r#"{{"lastUpdated":"2024","tags":[],"users":[{user}]}}"#),
                Some(("ayrshare", Form::Page)),
            ),
            (format!("[{user},{user}]"), Some(("ayrshare", Form::List))),
            (format!("\u{feff} \n{person}\n"), Some(("upsun", Form::Records))),
            (
                format!("{headers}{creator}{creator}"),
                Some(("insightiq", Form::Records)),
            ),
            (format!("{headers}\u{feff}[{user}]"), Some(("ayrshare", Form::List))),
            (r#"{"profiles":[]}"#.to_owned(), None),
            (r#"{"id":"7","message":"no"}"#.to_owned(), None),
            (
                r#"{"a":[{"refId":"a","title":"A"}],"b":[{"refId":"a"}]}"#.to_owned(),
                None,
            ),
            ("[1,2]".to_owned(), None),
            ("[]".to_owned(), None),
            ("HTTP/1.1 200 OK".to_owned(), None),
            ("{".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(sniff(text.as_bytes()), expected, "{text}");
        }
    }
}
