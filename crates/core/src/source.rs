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
    /// How it is right now.
    pub state: SourceState,
    /// Until it may be asked again, in milliseconds; absent if it may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_ms: Option<u64>,
    /// What all clients of the proxy together have used of the API's window; absent until the API says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<SourceBudget>,
}

/// How a source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// It may be asked.
    #[default]
    Working,
    /// The API asked to wait.
    Cooling,
    /// The API failed several times and is left alone for a moment.
    Resting,
    /// A state that this build does not know.
    #[serde(other)]
    Other,
}

/// How much of an API's window is used, as it said last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SourceBudget {
    /// Requests used.
    pub used: u64,
    /// Requests allowed.
    pub limit: u64,
    /// Length of the window, in milliseconds.
    pub window_ms: u64,
    /// When it said so, ISO 8601.
    pub seen: String,
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
