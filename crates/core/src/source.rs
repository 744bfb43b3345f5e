//! What the proxy says about its sources at `/api/v1/sources`. Written by the proxy, read by the client.

use serde::{Deserialize, Serialize};

use crate::json::{Members, elements, members, string};

/// The answer of `/api/v1/sources`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sources {
    /// One entry a provider, in the order of [`crate::ALL`].
    pub sources: Vec<Source>,
}

/// One source behind the proxy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
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
    Other,
}

/// How much of an API's window is used, as it said last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
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
        let sources = elements(members(text)?.get("sources").unwrap_or("[]"))?;
        let source = |raw: &str| Some(Source::read(&members(raw)?));
        let sources = sources.into_iter().map(source).collect::<Option<_>>()?;
        Some(Self { sources })
    }
}

impl Source {
    fn read(all: &Members<'_>) -> Self {
        let text = |key: &str| all.text(key).unwrap_or_default();
        let profiles = all.get("profiles").and_then(elements).unwrap_or_default();
        Self {
            provider: text("provider"),
            title: text("title"),
            environment: text("environment"),
            is_demo: all.is_true("isDemo"),
            is_ready: all.is_true("isReady"),
            profiles: profiles.into_iter().filter_map(string).collect(),
            state: all
                .text("state")
                .map_or(SourceState::default(), |word| SourceState::read(&word)),
            wait_ms: all.whole("waitMs"),
            budget: all.get("budget").and_then(members).map(|all| SourceBudget::read(&all)),
        }
    }
}

impl SourceState {
    fn read(word: &str) -> Self {
        match word {
            "working" => Self::Working,
            "cooling" => Self::Cooling,
            "resting" => Self::Resting,
            _ => Self::Other,
        }
    }
}

impl SourceBudget {
    fn read(all: &Members<'_>) -> Self {
        let count = |key: &str| all.whole(key).unwrap_or_default();
        Self {
            used: count("used"),
            limit: count("limit"),
            window_ms: count("windowMs"),
            seen: all.text("seen").unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_and_what_is_new_is_skipped() {
        let budget = SourceBudget {
            used: 3,
            limit: 300,
            window_ms: 300_000,
            seen: "2026-11-02T08:00:00Z".to_owned(),
        };
        let source = Source {
            provider: "ayrshare".to_owned(),
            title: "Ayrshare \"A\"".to_owned(),
            environment: "production".to_owned(),
            is_ready: true,
            profiles: vec!["acme".to_owned(), "bo".to_owned()],
            state: SourceState::Cooling,
            wait_ms: Some(7000),
            budget: Some(budget),
            ..Source::default()
        };
        let sources = Sources {
            sources: vec![source, Source::default()],
        };
        assert_eq!(Sources::parse(&sources.to_json()), Some(sources));
        let new = r#"{"sources":[{"provider":"x","state":"asleep","mood":{}}],"more":1}"#;
        let found = Sources::parse(new).unwrap().sources;
        assert_eq!((found[0].provider.as_str(), found[0].state), ("x", SourceState::Other));
        assert_eq!(Sources::parse("[]"), None);
    }
}
