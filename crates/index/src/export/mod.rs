//! Everything that passes as a file, in chunks, so that a hundred megabytes never stand in memory at once.
//!
//! The rule: personal data is left out unless it is asked for, and what is left out is named.

mod csv;
mod ndjson;

pub use csv::{Csv, CsvOptions};
pub use ndjson::Ndjson;

/// A chunk is handed out once it is this long, in bytes.
const CHUNK_BYTES: usize = 64 * 1024;
