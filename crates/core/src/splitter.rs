//! The elements of a file's one list, found while its bytes arrive, so that a file of any size takes little memory.
//!
//! The rule: an element is handed out once it is known what follows it (a comma or the end of the list), each record
//! is checked as JSON, and a file that breaks off or says something after its end is an error, after what came before.

use std::ops::Range;

use crate::error::{Error, ErrorKind};
use crate::page::Page;

/// Longest element, in bytes; a longer one is no user but a mistake.
const ELEMENT_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Longest key of the list, in bytes, that is named in paths.
const KEY_MAX_BYTES: usize = 200;

/// A list that is being read: an array, or the one array of objects in an object.
#[derive(Clone, Debug)]
pub struct Splitter {
    provider: &'static str,
    id_key: &'static str,
    /// What was not handed out yet.
    buffer: Vec<u8>,
    /// How far the buffer was read.
    at: usize,
    /// Whole elements in the buffer.
    spans: Vec<Range<usize>>,
    /// Where the element begins that is being read.
    start: Option<usize>,
    /// Elements handed out.
    n_elements: usize,
    depth: usize,
    string: Option<Text>,
    outer: Outer,
    list: List,
    /// The list's key in the envelope, or the last one before it.
    key: Vec<u8>,
    /// Whether the member of the envelope that is being read is an array.
    is_array: bool,
}

/// A string that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    Plain,
    /// After a backslash.
    Escaped,
}

/// What the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outer {
    Unknown,
    Array,
    Object,
}

/// How far the list was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    /// Not yet; whether an empty array, or one without objects, was passed.
    None,
    Passed,
    /// An array is open in which no object was seen.
    Maybe,
    /// The list is open.
    Open,
    /// It has ended.
    Closed,
}

impl Splitter {
    pub(crate) const fn new(provider: &'static str, id_key: &'static str) -> Self {
        Self {
            provider,
            id_key,
            buffer: Vec::new(),
            at: 0,
            spans: Vec::new(),
            start: None,
            n_elements: 0,
            depth: 0,
            string: None,
            outer: Outer::Unknown,
            list: List::None,
            key: Vec::new(),
            is_array: false,
        }
    }

    /// Takes the next bytes, and gives the elements that they complete as one page, whose body is an array of their
    /// exact texts. `None` if they complete none.
    ///
    /// # Errors
    /// `Decode` if the file is not of the form.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Option<Page>, Error> {
        self.buffer.extend_from_slice(bytes);
        while let Some(byte) = self.buffer.get(self.at).copied() {
            self.read(byte)?;
            self.at += 1;
        }
        if self.at - self.start.unwrap_or(self.at) > ELEMENT_MAX_BYTES {
            return Err(self.odd("$", "an element of at most 16 MiB", "a longer one"));
        }
        self.take()
    }

    /// Whether more elements may come.
    pub fn is_open(&self) -> bool {
        self.list != List::Closed
    }

    /// Checks that the file has come to its end.
    ///
    /// # Errors
    /// `Decode` if it breaks off, or holds no list.
    pub fn finish(&self) -> Result<(), Error> {
        if self.outer == Outer::Unknown || self.depth > 0 {
            return Err(self.odd("$", "a whole file", "the end of the body"));
        }
        if self.list == List::None {
            return Err(self.odd("$", "one array of users", "an object with 0 such arrays"));
        }
        Ok(())
    }

    fn read(&mut self, byte: u8) -> Result<(), Error> {
        if let Some(text) = self.string {
            self.read_string(text, byte);
            return Ok(());
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => return Ok(()),
            b'}' | b']' => return self.close(byte),
            b',' if self.is_in_list() => self.end_element(),
            b'{' | b'[' => self.open(byte)?,
            b'"' => {
                self.begin_element();
                self.string = Some(Text::Plain);
                if self.is_at_key() {
                    self.key.clear();
                }
            }
            _ if self.depth == 0 => return Err(self.outside(byte)),
            _ => self.begin_element(),
        }
        Ok(())
    }

    fn read_string(&mut self, text: Text, byte: u8) {
        if self.is_at_key() && byte != b'"' && self.key.len() < KEY_MAX_BYTES {
            self.key.push(byte);
        }
        self.string = match (text, byte) {
            (Text::Plain, b'"') => None,
            (Text::Plain, b'\\') => Some(Text::Escaped),
            _ => Some(Text::Plain),
        };
    }

    /// Whether a string may be the key of the list.
    fn is_at_key(&self) -> bool {
        let is_searching = matches!(self.list, List::None | List::Passed);
        self.depth == 1 && self.outer == Outer::Object && is_searching
    }

    /// The depth at which the elements of an open array stand.
    const fn list_depth(&self) -> usize {
        match self.outer {
            Outer::Array => 1,
            _ => 2,
        }
    }

    fn is_in_list(&self) -> bool {
        matches!(self.list, List::Maybe | List::Open) && self.depth == self.list_depth()
    }

    fn begin_element(&mut self) {
        if self.is_in_list() {
            self.start.get_or_insert(self.at);
        }
    }

    fn end_element(&mut self) {
        if let Some(start) = self.start.take() {
            let element = self.buffer.get(start..self.at).unwrap_or_default();
            self.spans.push(start..start + element.trim_ascii_end().len());
        }
    }

    fn open(&mut self, byte: u8) -> Result<(), Error> {
        self.begin_element();
        if self.depth == 1 {
            self.is_array = byte == b'[';
        }
        match (self.depth, self.outer, byte) {
            (0, Outer::Unknown, b'[') => (self.outer, self.list) = (Outer::Array, List::Open),
            (0, Outer::Unknown, _) => self.outer = Outer::Object,
            (0, ..) => return Err(self.outside(byte)),
            (1, Outer::Object, b'[') if matches!(self.list, List::None | List::Passed) => self.list = List::Maybe,
            (2, Outer::Object, b'{') if self.list == List::Maybe => self.list = List::Open,
            (2, Outer::Object, b'{') if self.list == List::Closed && self.is_array => {
                return Err(self.odd("$", "one array of users", "an object with 2 such arrays"));
            }
            _ => {}
        }
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Result<(), Error> {
        if self.is_in_list() {
            self.end_element();
            self.close_list(byte)?;
        }
        self.depth = match self.depth.checked_sub(1) {
            Some(depth) => depth,
            None => return Err(self.outside(byte)),
        };
        Ok(())
    }

    fn close_list(&mut self, byte: u8) -> Result<(), Error> {
        if byte != b']' {
            return Err(self.odd(&self.name(), "the end of the list", "a brace"));
        }
        if self.list == List::Open {
            self.list = List::Closed;
        } else {
            self.spans.clear();
            self.list = List::Passed;
        }
        Ok(())
    }

    /// Hands out the whole elements, and forgets what stands before the one that is being read.
    fn take(&mut self) -> Result<Option<Page>, Error> {
        let whole = self
            .spans
            .first()
            .map(|span| span.start)
            .zip(self.spans.last().map(|span| span.end));
        let is_list = matches!(self.list, List::Open | List::Closed);
        let page = match whole.filter(|_| is_list) {
            Some((start, end)) => Some(self.page(start..end)?),
            None => None,
        };
        if is_list || self.spans.is_empty() {
            self.n_elements += std::mem::take(&mut self.spans).len();
            let kept = self.start.unwrap_or(self.at);
            self.buffer.drain(..kept);
            self.at -= kept;
            self.start = self.start.map(|_| 0);
        }
        Ok(page)
    }

    fn page(&self, range: Range<usize>) -> Result<Page, Error> {
        let elements = self.buffer.get(range).unwrap_or_default();
        let text = std::str::from_utf8(elements).map_err(|_| self.odd(&self.place(), "UTF-8 text", "other bytes"))?;
        let body = format!("[{text}]");
        let mut page = Page::empty(self.provider, &body);
        page.collect_from(self.n_elements, &body, &body, &self.name(), self.id_key)
            .ok_or_else(|| self.odd(&self.place(), "valid JSON from here", "other text"))?;
        Ok(page)
    }

    /// The list's name in paths.
    fn name(&self) -> String {
        match self.outer {
            Outer::Object => String::from_utf8_lossy(&self.key).into_owned(),
            _ => "$".to_owned(),
        }
    }

    fn place(&self) -> String {
        format!("{}[{}]", self.name(), self.n_elements)
    }

    fn outside(&self, byte: u8) -> Error {
        match (self.outer, byte) {
            (Outer::Unknown, b'<') => self.odd("$", "a JSON array or object", "HTML or XML"),
            (Outer::Unknown, _) => self.odd("$", "a JSON array or object", "other text"),
            _ => self.odd("$", "the end of the file", "more text"),
        }
    }

    fn odd(&self, path: &str, expected: &str, found: &str) -> Error {
        Error::unexpected(ErrorKind::Decode, path, expected, found).with_provider(self.provider)
    }
}

#[cfg(test)]
mod tests;
