//! Tests over public APIs only, as one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has found something; the exemption of clippy.toml does not reach its own functions"
)]

mod arrow;
mod ayrshare;
mod contract;
mod fixture;
mod hostile;
mod insightiq;
mod promises;
mod threats;
mod upsun;
mod view;
