//! What the proxy says about its sources at `/api/v1/sources`. Written by the proxy, read by the client.

use serde::{Deserialize, Serialize};

/// The answer of `/api/v1/sources`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Sources {
    /// One entry a provider, in the order of [`crate::ALL`].
    pub sources: Vec<Source>,
}

/// One source behind the proxy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Source {
    /// The provider's id.
    pub provider: String,
    /// Name for people.
    pub title: String,
    /// `"sandbox"` or the environment's name, `"production"`.
    pub environment: String,
    /// Whether the profiles are invented.
    pub is_demo: bool,
    /// Whether the proxy has what it needs to ask; if not, asking answers a problem that says what is missing.
    pub is_ready: bool,
    /// Aliases of the Ayrshare Profile Keys that the proxy holds; never the keys.
    pub profiles: Vec<String>,
}

impl Sources {
    /// The JSON text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the answer; unknown fields are skipped.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
