//! Any page: `cargo fuzz run ingest`.
#![no_main]

#[path = "../../crates/index/tests/hostile/body.rs"]
#[expect(dead_code, reason = "each target runs one of the bodies")]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::ingest(bytes));
