//! The names in an error's details.

/// HTTP status.
pub const STATUS: &str = "Status";
/// The provider's own code.
pub const PROVIDER_CODE: &str = "Provider code";
/// The provider's id of the request.
pub const REQUEST_ID: &str = "Request id";
/// Who was asked.
pub const SOURCE: &str = "Source";
/// What was asked.
pub const ASKED: &str = "Asked";
/// Our code of the error.
pub const KIND: &str = "Kind";
/// What was said.
pub const MESSAGE: &str = "Message";
/// When.
pub const TIME: &str = "Time";
/// The version of the viewer.
pub const VIEWER: &str = "Viewer";
