//! Any text: `cargo fuzz run query`.
#![no_main]

#[path = "../../crates/index/tests/hostile/body.rs"]
#[expect(dead_code, reason = "each target runs one of the bodies")]
mod body;

libfuzzer_sys::fuzz_target!(|text: &str| body::query(text));
