//! Any answer of an API: `cargo fuzz run response`.
#![no_main]

#[path = "../../crates/gateway/tests/hostile/body.rs"]
#[expect(dead_code, reason = "each target runs one of the bodies")]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::response(bytes));
