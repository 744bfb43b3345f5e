//! Requests and responses of the sandbox, as values.

use crate::json::Json;

/// A request, as a server has read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, in capitals.
    pub method: String,
    /// The path as it came: `/ayrshare/api/profiles`.
    pub path: String,
    /// The query as it came, without `?`.
    pub query: String,
    /// Headers; names in any case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// Where the sandbox is reached, `http://127.0.0.1:8788`, for absolute links.
    pub base_url: String,
}

impl Request {
    /// A `GET` of this path and query at a base URL.
    pub fn get(path: &str, query: &str, base_url: &str) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            base_url: base_url.to_owned(),
            ..Self::default()
        }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(found.1.trim())
    }

    /// Whether it only reads.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers; names are lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body, also where [`Response::delivery`] says that not all of it arrives.
    pub body: Vec<u8>,
    /// How the body goes over the wire.
    pub delivery: Delivery,
}

/// How a body goes over the wire. A server does it; the sandbox only says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// At once.
    Whole,
    /// At most this fast.
    Slow {
        /// Bytes per second.
        bytes_per_second: u64,
    },
    /// The connection ends after this many bytes, although the announced length is that of the whole body.
    CutAfter {
        /// Bytes of the body that arrive.
        bytes: usize,
    },
}

impl Response {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.into(),
            delivery: Delivery::Whole,
        }
    }

    pub(crate) fn json(status: u16, content_type: &str, body: &Json) -> Self {
        Self::new(status, content_type, body.to_bytes())
    }

    #[must_use]
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    #[must_use]
    pub(crate) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The first value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name)?;
        Some(&found.1)
    }
}
