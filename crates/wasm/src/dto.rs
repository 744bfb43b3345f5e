//! The shapes that JavaScript sees, as types for TypeScript. Nothing of this is in the module: values leave through
//! [`crate::pack`], and the facade, which reads them, is checked against these types.
//!
//! An absent property may also be given as `undefined`, also under `exactOptionalPropertyTypes`.

use tsify::Tsify;

/// An API that this build knows.
#[derive(Tsify)]
pub struct ProviderInfo {
    /// Id in paths, keys and files: `"ayrshare"`.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// How its pages are strung together.
    #[tsify(type = "\"cursor\" | \"offset\" | \"link\"")]
    pub pagination: String,
    /// Records per page; zeros for an API that has no such parameter.
    #[serde(rename = "pageLimit")]
    pub page_limit: PageLimit,
    /// Names of the filters that the API itself can apply.
    pub pushdown: Vec<String>,
}

/// Records per page.
#[derive(Tsify)]
pub struct PageLimit {
    /// What the API takes when nothing is asked for.
    pub default: f64,
    /// The most that it accepts.
    pub max: f64,
}

/// What an API's headers say about its request window.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// Requests used so far in the window.
    pub used: f64,
    /// Requests allowed in the window.
    pub limit: f64,
    /// Length of the window, in milliseconds.
    pub window_ms: f64,
}

/// How far a load has come.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Pages received in this run.
    pub pages: f64,
    /// Profiles received in this run.
    pub profiles: f64,
    /// Profiles over all pages, only where the API states it.
    #[tsify(type = "number | null")]
    pub total: Option<f64>,
    /// Bytes of the bodies received in this run.
    pub bytes: f64,
    /// Since the first request of this run, in milliseconds.
    pub elapsed_ms: f64,
    /// How long it waits now before it asks again, in milliseconds; null while it does not wait.
    #[tsify(type = "number | null")]
    pub waiting_ms: Option<f64>,
    /// The API's request window, where its headers tell.
    #[tsify(type = "Budget | null")]
    pub budget: Option<Budget>,
}

/// A record that could not be read. It is handed on, never dropped.
#[derive(Tsify)]
pub struct Rejected {
    /// Where it stands: `profiles[3]`.
    pub path: String,
    /// Why: *expected an object, found number 7*.
    pub reason: String,
    /// Its exact text.
    pub raw: String,
}

/// What became of a page that a roster took in.
#[derive(Tsify)]
pub struct IngestReport {
    /// Profiles that were not there before.
    pub added: f64,
    /// Profiles that were there with another record, which is replaced.
    pub replaced: f64,
    /// Profiles that were there with the same bytes.
    pub unchanged: f64,
    /// What stands in the list and is no record.
    pub rejected: Vec<Rejected>,
}

/// A question to a roster.
#[derive(Tsify)]
pub struct Query {
    /// The query language: `platform:instagram -status:suspended followers:>10k "acme"`. Every text means something.
    #[tsify(optional, type = "string | undefined")]
    pub text: Option<String>,
    /// Fields to order by, the deciding one first, at most three: `"title"`, `"-followers"`, `"-urgency"`. Profiles
    /// without a value come last. Without any: in loading order.
    #[tsify(optional, type = "readonly string[] | undefined")]
    pub sort: Option<Vec<String>>,
    /// Rows to pass over; 0 by default.
    #[tsify(optional, type = "number | undefined")]
    pub offset: Option<f64>,
    /// Most rows in the answer; 50 by default.
    #[tsify(optional, type = "number | undefined")]
    pub limit: Option<f64>,
    /// Fields whose values are to be counted under the conditions on the other fields.
    #[tsify(optional, type = "readonly string[] | undefined")]
    pub facets: Option<Vec<String>>,
    /// The instant that relative dates count from, in Unix milliseconds; now by default.
    #[tsify(optional, type = "number | undefined")]
    pub now: Option<f64>,
}

/// The answer to a question.
#[derive(Tsify)]
pub struct View {
    /// Profiles that pass.
    pub total: f64,
    /// The window of them that was asked for.
    pub rows: Vec<Row>,
    /// The counts, by the fields as they were asked for.
    #[tsify(type = "Record<string, FacetValue[]>")]
    pub facets: Vec<FacetValue>,
    /// How the text was understood, from the left.
    pub terms: Vec<QueryTerm>,
}

/// A value of a field, and how many profiles have it.
#[derive(Tsify)]
pub struct FacetValue {
    /// As it is asked for; `yes` and `no` for flags.
    pub value: String,
    /// Profiles that have it and pass all conditions on other fields.
    pub count: f64,
    /// Whether the question asks for it.
    pub selected: bool,
}

/// How one part of a text was understood.
#[derive(Tsify)]
pub struct QueryTerm {
    /// Where it begins in the text, in UTF-16 units as in `text.slice(start, end)`.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// The field, or `has` or `no`; null for plain text.
    #[tsify(type = "string | null")]
    pub key: Option<String>,
    /// Whether its opposite is asked for.
    pub negated: bool,
    /// A remark for people, where it was not understood or may surprise.
    #[tsify(type = "string | null")]
    pub hint: Option<String>,
}

/// What could stand at the cursor.
#[derive(Tsify)]
pub struct Suggestion {
    /// What to put in the place of `replace`.
    pub text: String,
    /// Profiles that would be left; null where nobody counts.
    #[tsify(type = "number | null")]
    pub count: Option<f64>,
    /// The part of the text to replace, in UTF-16 units.
    #[tsify(type = "[start: number, end: number]")]
    pub replace: (f64, f64),
}

/// A profile as lists and cards show it, the same for every API.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// `provider:id`.
    pub key: String,
    /// The API's id.
    pub provider: String,
    /// The profile's id in its API, as text.
    pub id: String,
    /// The name to show.
    pub title: String,
    /// A second name, where it differs.
    #[tsify(type = "string | null")]
    pub subtitle: Option<String>,
    /// `active`, `suspended`, or the API's own word.
    #[tsify(type = "string | null")]
    pub status: Option<String>,
    /// Codes of the connected platforms.
    pub platforms: Vec<String>,
    /// Address of a picture, as sent: check it before using it.
    #[tsify(type = "string | null")]
    pub image_url: Option<String>,
    /// Address of the profile or of its web site, as sent: check it before using it.
    #[tsify(type = "string | null")]
    pub url: Option<String>,
    /// When it was created in the API, ISO 8601 in UTC.
    #[tsify(type = "string | null")]
    pub created_at: Option<String>,
    /// When it was last changed in the API, ISO 8601 in UTC.
    #[tsify(type = "string | null")]
    pub updated_at: Option<String>,
    /// People who follow.
    #[tsify(type = "number | null")]
    pub followers: Option<f64>,
    /// What is wrong, worst first: `suspended`, `error:twitter`, `relink:instagram`, `expired:…`, `no-accounts`, `quota`.
    pub problems: Vec<String>,
}
