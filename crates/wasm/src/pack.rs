//! How results leave: every text joined to one, and every length and number in one block, in the order written.
//!
//! Three times as fast as JSON for fifty rows, and a tenth of the code of a serialiser.

use js_sys::{Array, Float64Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// A text and a block of numbers.
    #[wasm_bindgen(typescript_type = "[string, Float64Array]")]
    pub type Packed;
}

/// What most rows take, facets and terms included.
const TEXT_BYTES_PER_ROW: usize = 320;
const NUMBERS_PER_ROW: usize = 40;

/// A result that is being written.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    text: String,
    numbers: Vec<f64>,
}

impl Pack {
    /// One with room for so many rows, so that it is not moved while they are written.
    pub(crate) fn with_room(n_rows: usize) -> Self {
        Self {
            text: String::with_capacity(n_rows * TEXT_BYTES_PER_ROW),
            numbers: Vec::with_capacity(n_rows * NUMBERS_PER_ROW),
        }
    }

    /// A text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        let units = if text.is_ascii() {
            text.len()
        } else {
            text.encode_utf16().count()
        };
        self.count(units)
    }

    /// A text or null.
    pub(crate) fn maybe_text(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.number(-1.0),
        }
    }

    /// A number.
    pub(crate) fn number(&mut self, number: f64) -> &mut Self {
        self.numbers.push(number);
        self
    }

    /// A number or null.
    pub(crate) fn maybe_number(&mut self, number: Option<f64>) -> &mut Self {
        self.number(number.unwrap_or(f64::NAN))
    }

    /// A count or a length.
    #[expect(clippy::cast_precision_loss, reason = "nothing here is near 2^53 long")]
    pub(crate) fn count(&mut self, count: usize) -> &mut Self {
        self.number(count as f64)
    }

    /// Milliseconds, or requests.
    #[expect(clippy::cast_precision_loss, reason = "JavaScript's numbers end at 2^53")]
    pub(crate) fn whole(&mut self, number: u64) -> &mut Self {
        self.number(number as f64)
    }

    /// The same, or null.
    pub(crate) fn maybe_whole(&mut self, number: Option<u64>) -> &mut Self {
        match number {
            Some(number) => self.whole(number),
            None => self.number(f64::NAN),
        }
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, is_yes: bool) -> &mut Self {
        self.number(f64::from(u8::from(is_yes)))
    }

    /// A list: its length, and then each one.
    pub(crate) fn list<T>(&mut self, all: &[T], each: impl for<'a> Fn(&'a mut Self, &T) -> &'a mut Self) -> &mut Self {
        self.count(all.len());
        for one in all {
            each(self, one);
        }
        self
    }

    /// What JavaScript gets.
    pub(crate) fn finish(&self) -> Packed {
        let block = Float64Array::from(self.numbers.as_slice());
        let both = Array::of2(&JsValue::from_str(&self.text), &block);
        JsValue::from(both).into()
    }
}
