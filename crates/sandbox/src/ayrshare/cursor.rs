//! The opaque text between two pages: base64 of JSON that begins with `created`, as the documented one does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::member::Member;
use crate::json::{Json, Object};

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The place of the first record of the page.
    pub(crate) from: u64,
    /// How many empty pages stood here before.
    pub(crate) pass: u64,
}

#[derive(Deserialize)]
struct Wire {
    from: u64,
    pass: u64,
}

impl Cursor {
    pub(crate) const START: Self = Self { from: 0, pass: 0 };

    /// `created` is that of the record before the page; it only makes the text look like the documented one.
    pub(crate) fn write(self, before: &Member) -> String {
        let wire = Object::new()
            .with("created", before.created().to_string())
            .with("from", self.from)
            .with("pass", self.pass);
        STANDARD.encode(Json::from(wire).to_bytes())
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        // `+` comes as a blank from clients that do not encode it.
        let bytes = STANDARD.decode(text.replace(' ', "+")).ok()?;
        let wire: Wire = serde_json::from_slice(&bytes).ok()?;
        Some(Self {
            from: wire.from,
            pass: wire.pass,
        })
    }
}
