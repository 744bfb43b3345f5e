//! The Worker under workerd, over raw sockets, against the same hostile upstream and by the same tests as the native
//! shell. What only one of the two can do is in its own modules.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has found something; the exemption of clippy.toml does not reach its own functions"
)]

#[path = "../../../proxy/tests/wire/access.rs"]
mod access;
#[path = "../../../proxy/tests/wire/again.rs"]
mod again;
mod alike;
#[path = "../../../proxy/tests/wire/batch.rs"]
mod batch;
mod beside;
mod both;
#[path = "../../../proxy/tests/wire/bounds.rs"]
mod bounds;
mod capnp;
#[path = "../../../proxy/tests/wire/care.rs"]
mod care;
#[path = "../../../proxy/tests/wire/client.rs"]
mod client;
#[path = "../../../proxy/tests/wire/exchange.rs"]
mod exchange;
#[cfg(target_os = "linux")]
mod faults;
#[path = "../../../proxy/tests/wire/hostile.rs"]
mod hostile;
mod kept;
#[path = "../../../proxy/tests/wire/links.rs"]
mod links;
#[path = "../../../proxy/tests/wire/matrix.rs"]
mod matrix;
mod own;
#[path = "../../../proxy/tests/wire/past.rs"]
mod past;
#[path = "../../../proxy/tests/wire/requests.rs"]
mod requests;
#[path = "../../../proxy/tests/wire/script.rs"]
mod script;
#[path = "../../../proxy/tests/wire/secrets.rs"]
mod secrets;
#[path = "../../../proxy/tests/wire/upstream.rs"]
mod upstream;
mod vectors;
mod worker;
mod world;
