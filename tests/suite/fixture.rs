//! The fixtures of a provider: bodies, and what is expected of each.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use roster_core::{Headers, Next, Query, Response};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The folder of a provider's fixtures.
pub(crate) fn folder(provider: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(provider)
}

/// The exact bytes of a fixture.
pub(crate) fn bytes(provider: &str, file: &str) -> Vec<u8> {
    let path = folder(provider).join(file);
    fs::read(&path).unwrap_or_else(|error| panic!("{} is missing: {error}", path.display()))
}

/// The text of a fixture.
pub(crate) fn text(provider: &str, file: &str) -> String {
    String::from_utf8(bytes(provider, file)).unwrap()
}

/// The exact texts of the elements of one list in a fixture.
pub(crate) fn elements(provider: &str, file: &str, list_key: &str) -> Vec<String> {
    let body = text(provider, file);
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(&body).unwrap();
    let list: Vec<&RawValue> = serde_json::from_str(members[list_key].get()).unwrap();
    list.into_iter().map(|element| element.get().to_owned()).collect()
}

/// The names of the bodies in a provider's folder.
pub(crate) fn bodies(provider: &str) -> Vec<String> {
    let entries = fs::read_dir(folder(provider)).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "expected.json" && name != "README.md")
        .collect();
    names.sort();
    names
}

/// What `expected.json` says.
pub(crate) fn expected(provider: &str) -> Expected {
    serde_json::from_str(&text(provider, "expected.json")).unwrap_or_else(|error| panic!("{provider}: {error}"))
}

/// What is expected of a provider's bodies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    /// Questions to the list, each with the answer and what is read from it.
    pub(crate) pages: Vec<Case>,
    /// Answers of other routes, and of the list in other forms: none of them is an error.
    pub(crate) documents: Vec<Document>,
    /// The common view of single records.
    pub(crate) views: Vec<View>,
}

/// One question and its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    body: String,
    params: BTreeMap<String, String>,
    position: Option<Position>,
    /// What is asked, below the API root.
    pub(crate) target: String,
    status: u16,
    headers: BTreeMap<String, String>,
    pub(crate) page: Option<PageExpected>,
    pub(crate) error: Option<ErrorExpected>,
}

/// A position, as [`Next`] has it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Position {
    Cursor(String),
    Offset(u64),
    Link(BTreeMap<String, String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PageExpected {
    pub(crate) ids: Vec<String>,
    next: Option<Position>,
    /// The request for the next page.
    pub(crate) next_target: Option<String>,
    pub(crate) total: Option<u64>,
    pub(crate) rejected: Vec<RejectedExpected>,
    pub(crate) freshness: Option<FreshnessExpected>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RejectedExpected {
    pub(crate) path: String,
    pub(crate) reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct FreshnessExpected {
    pub(crate) last_updated: Option<String>,
    pub(crate) next_update: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ErrorExpected {
    pub(crate) kind: String,
    pub(crate) message: String,
    pub(crate) code: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) retry_after_ms: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) route: String,
    pub(crate) body: String,
}

/// The common view of a record: which record, then one entry a field, as [`crate::view::fields`] writes them.
#[derive(Debug, Deserialize)]
pub(crate) struct View {
    pub(crate) body: String,
    pub(crate) id: String,
    #[serde(flatten)]
    pub(crate) fields: BTreeMap<String, serde_json::Value>,
}

impl Case {
    /// The body's name.
    pub(crate) fn body(&self) -> &str {
        &self.body
    }

    /// The question.
    pub(crate) fn query(&self, provider: &str) -> Query {
        let list = roster_core::provider(provider).unwrap().info().routes[0].name;
        let start = Query::new(provider, list).unwrap();
        let with = |query: Query, (name, value): (&String, &String)| query.with(name, value).unwrap();
        self.params.iter().fold(start, with)
    }

    /// Where in the list it is asked; `None` for the first page.
    pub(crate) fn position(&self, query: &Query) -> Option<Next> {
        self.position.as_ref().map(|position| position.to_next(query))
    }

    /// The answer.
    pub(crate) fn response(&self, provider: &str) -> Response {
        let mut response = Response::new(self.status, bytes(provider, &self.body));
        response.headers = self
            .headers
            .iter()
            .map(|(name, value)| (name, value.as_str()))
            .collect::<Headers>();
        response
    }
}

impl PageExpected {
    /// Where the next page is expected.
    pub(crate) fn next(&self, query: &Query) -> Option<Next> {
        self.next.as_ref().map(|position| position.to_next(query))
    }
}

impl Position {
    fn to_next(&self, query: &Query) -> Next {
        match self {
            Self::Cursor(cursor) => Next::Cursor(cursor.clone()),
            Self::Offset(offset) => Next::Offset(*offset),
            Self::Link(params) => {
                let known = query.route().params.iter().map(|param| param.name);
                let taken = known.filter_map(|name| Some((name, params.get(name)?.clone())));
                let link: Vec<_> = taken.collect();
                assert_eq!(link.len(), params.len(), "a link with unknown parameters: {params:?}");
                Next::Link(link)
            }
        }
    }
}
