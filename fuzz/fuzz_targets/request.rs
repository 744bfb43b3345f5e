//! Any request head: `cargo fuzz run request`.
#![no_main]

#[path = "../../crates/gateway/tests/hostile/body.rs"]
#[expect(dead_code, reason = "each target runs one of the bodies")]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::request(bytes));
