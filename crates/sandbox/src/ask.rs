//! One request with everything that its answer depends on.

use roster_core::UnixMs;

use crate::chance::Lot;
use crate::fault::Kind;
use crate::http::Request;
use crate::params::Params;
use crate::settings::Settings;

/// One request to one endpoint.
pub(crate) struct Ask<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) request: &'a Request,
    pub(crate) params: Params,
    pub(crate) lot: Lot,
    pub(crate) now: UnixMs,
    /// What the data's dates count from.
    pub(crate) epoch: UnixMs,
    /// The number of this request among all.
    pub(crate) n_request: u64,
    /// What goes wrong with it.
    pub(crate) fault: Option<Kind>,
}

impl Ask<'_> {
    /// The last segment of the path.
    pub(crate) fn last_segment(&self) -> &str {
        let path = self.request.path.trim_end_matches('/');
        path.rsplit('/').next().unwrap_or_default()
    }
}
