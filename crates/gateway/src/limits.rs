//! How long and how large an exchange with an API may be. Every time and size is bounded.

/// Bounds of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands, in milliseconds.
    pub connect_ms: u64,
    /// From the request to the head of the answer, in milliseconds.
    pub first_byte_ms: u64,
    /// Between two pieces of the body, in milliseconds.
    pub chunk_ms: u64,
    /// The whole exchange, in milliseconds.
    pub whole_ms: u64,
    /// Largest body of an ordinary answer, in bytes. 5000 Ayrshare profiles are about 2 MB.
    pub body_bytes: u64,
    /// Longest body that is held whole before any of it goes on, in bytes; a longer one is passed on while it arrives.
    pub held_bytes: u64,
    /// Largest batch file, in bytes; it is passed on while it arrives.
    pub batch_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_ms: 3_000,
            first_byte_ms: 10_000,
            chunk_ms: 10_000,
            whole_ms: 30_000,
            body_bytes: 32 * 1024 * 1024,
            held_bytes: 4 * 1024 * 1024,
            batch_bytes: 64 * 1024 * 1024,
        }
    }
}
