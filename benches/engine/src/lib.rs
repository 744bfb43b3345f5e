//! The index as a bare WebAssembly module, for the benchmarks: numbers and bytes go in and out, nothing in between.
//!
//! What crosses is what a caller cannot do without: a page's bytes are written straight into the allocation that the
//! index keeps, a question is its text, an answer is a block of numbers and one of words. `harness/engine.js` is the
//! other side.

mod answer;
mod desk;
mod exports;

pub use answer::Answer;
pub use desk::{Desk, Question};
