//! One file per provider, one line each in [`ALL`]. Nothing outside this folder names them in a `match`.

pub mod ayrshare;
mod fault;
pub mod insightiq;
pub mod upsun;

pub use fault::Fault;

use crate::error::{Error, ErrorKind};
use crate::http::{Request, Response};
use crate::json::{self, Listing, Members, range_of};
use crate::page::{Next, Page};
use crate::problem::Problem;
use crate::profile::Profile;
use crate::query::Query;
use crate::route::Route;

/// Every API that this build knows. The proxy's allow-list, the viewer's sources and the contract tests read it.
pub const ALL: &[&dyn Provider] = &[&ayrshare::Ayrshare, &insightiq::InsightIq, &upsun::Upsun];

/// The provider with this id.
pub fn provider(id: &str) -> Option<&'static dyn Provider> {
    ALL.iter().copied().find(|provider| provider.info().id == id)
}

/// What an API is, as a table.
#[derive(Debug, PartialEq)]
pub struct Info {
    /// Id in paths, keys and files: `"ayrshare"`.
    pub id: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// The provider's own documentation.
    pub docs: &'static str,
    /// Environments by name with their base URLs, https and without a trailing slash; the first is the default.
    pub environments: &'static [(&'static str, &'static str)],
    /// How the proxy proves who asks.
    pub auth: Auth,
    /// Where a longer-lived token can be exchanged for the one of [`Auth::Bearer`], if the API has such a place.
    pub exchange: Option<TokenExchange>,
    /// Requests that the API allows in a window, and the window's length in milliseconds; `None` if no document says it.
    pub window: Option<(u32, u64)>,
    /// The routes; the first one lists profiles.
    pub routes: &'static [Route],
    /// Key of the list in the answer of the first route.
    pub list_key: &'static str,
    /// Key of the id in a record.
    pub id_key: &'static str,
}

/// An OAuth 2 token endpoint that takes an API token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenExchange {
    /// Its URL in the default environment.
    pub url: &'static str,
    /// Name of the client, which has an empty password.
    pub client: &'static str,
}

/// How the proxy proves who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer <secret>`.
    Bearer,
    /// `Authorization: Basic base64(<user>:<password>)`.
    Basic,
}

/// One API: what to ask, and how to read the answer. Pure.
pub trait Provider: Sync {
    /// The API as a table.
    fn info(&self) -> &'static Info;

    /// The request for the first page.
    fn first(&self, query: &Query) -> Result<Request, Error> {
        query.request()
    }

    /// The request for the page at `next`.
    fn next(&self, query: &Query, next: &Next) -> Result<Request, Error>;

    /// Reads the page that answers `request`. Decodes no record.
    fn parse(&self, request: &Request, response: &Response) -> Result<Page, Error>;

    /// The common view of a record that was taken apart.
    fn view(&self, record: &Members<'_>) -> Result<Profile, Error>;

    /// The common view of a record, from its exact text.
    fn profile(&self, record: &str) -> Result<Profile, Error> {
        let members = json::record(record).map_err(|error| error.with_provider(self.info().id))?;
        self.view(&members)
    }

    /// The fields of a record whose form is not the documented one; none of what is no object.
    #[cfg(feature = "models")]
    fn odd_fields(&self, record: &str) -> Vec<crate::model::OddField>;

    /// Reads the error envelope of a body, if it is one.
    fn fault(&self, body: &str) -> Option<Fault>;

    /// The error that an answer is: any status but 2xx, and Ayrshare's 200 with `status: "error"`. `None` for data.
    fn error(&self, response: &Response) -> Option<Error> {
        let is_success = (200..300).contains(&response.status);
        let text = std::str::from_utf8(&response.body).unwrap_or_default();
        if is_success && !may_tell_error(text) {
            return None;
        }
        if !is_success && let Some(problem) = Problem::parse(text) {
            let asked = problem.retry_after_ms.or_else(|| response.retry_after_ms());
            return Some(problem.to_error().with_retry_after_ms(asked));
        }
        let fault = self.fault(text);
        if is_success && !fault.as_ref().is_some_and(|fault| fault.is_certain) {
            return None;
        }
        let fault = fault.unwrap_or_default();
        let kind = fault.kind.unwrap_or_else(|| ErrorKind::from_status(response.status));
        let message = fault
            .message
            .unwrap_or_else(|| format!("answered with status {}", response.status));
        let error = Error::new(kind, message)
            .with_provider(self.info().id)
            .with_status(response.status)
            .with_provider_code(fault.code)
            .with_request_id(fault.request_id.or_else(|| response.request_id().map(str::to_owned)));
        Some(error.with_retry_after_ms(response.retry_after_ms()))
    }
}

/// Whether data by its status could tell of an error: every envelope that is certain has this word whole between quotes,
/// or spelled with escapes. Looking for it is much faster than reading a page of five thousand profiles.
fn may_tell_error(text: &str) -> bool {
    text.contains(r#""error""#) || text.contains("\\u")
}

/// Whether an answer may be an error: one by its status, or one whose body could tell of it. Of a body with a list only
/// what stands beside the list is looked at, for there every envelope tells it.
fn may_be_error(response: &Response, body: Result<&Listing<'_>, &Error>, list_key: &str) -> bool {
    let body = body.ok().filter(|_| (200..300).contains(&response.status));
    let beside = body.filter(|body| body.elements.is_some()).and_then(|body| {
        let range = range_of(body.text, body.envelope.get(list_key)?)?;
        Some([body.text.get(..range.start)?, body.text.get(range.end..)?])
    });
    beside.is_none_or(|texts| texts.into_iter().any(may_tell_error))
}

/// The request for the page at `next`, with the position's parameters laid over the query's.
fn request_at(query: &Query, position: impl IntoIterator<Item = (&'static str, String)>) -> Result<Request, Error> {
    let mut query = query.clone();
    for (name, value) in position {
        query = query.with(name, &value)?;
    }
    query.request()
}

/// A position of a form that this API does not use.
fn foreign_position(info: &Info) -> Error {
    let message = "expected a position of this API, found one of another form";
    Error::new(ErrorKind::Pagination, message).with_provider(info.id)
}

/// A record without an id, which [`Provider::parse`] would have rejected.
fn id_missing(id_key: &str) -> Error {
    Error::unexpected(ErrorKind::Decode, id_key, "an id", "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_with_status_200_is_one_however_it_is_spelled() {
        for (id, body) in [
            ("ayrshare", r#"{"status":"error","message":"no"}"#),
            ("ayrshare", r#"{"\u0073tatus": "error"}"#),
            ("ayrshare", r#"{"posts":[{"errors":[{"status":"error","code":1}]}]}"#),
            ("insightiq", r#"{"error":{"message":"no"}}"#),
            ("insightiq", r#"{"\u0065rror":{"message":"no"}}"#),
            ("upsun", r#"{"err\u006fr":"no"}"#),
        ] {
            let error = provider(id).unwrap().error(&Response::new(200, body));
            assert!(error.is_some(), "{id} {body}");
        }
    }

    #[test]
    fn a_page_is_an_error_if_something_beside_its_list_says_so() {
        let api = provider("ayrshare").unwrap();
        let request = Query::new("ayrshare", "profiles").unwrap().request().unwrap();
        for (body, is_page) in [
            (r#"{"profiles":[{"refId":"a"}],"status":"error","message":"no"}"#, false),
            (r#"{"\u0073tatus":"error","profiles":[{"refId":"a"}]}"#, false),
            (
                r#"{"profiles":[{"refId":"a","status":"error","title":"\u00e9"}],"status":"success"}"#,
                true,
            ),
            (
                r#"{"profiles":[],"errors":[{"status":"error"}],"profiles":[{"refId":"a"}]}"#,
                false,
            ),
        ] {
            let parsed = api.parse(&request, &Response::new(200, body));
            assert_eq!(parsed.is_ok(), is_page, "{body}");
        }
    }

    #[test]
    fn data_that_speaks_of_errors_is_data() {
        for (id, body) in [
            ("ayrshare", r#"{"profiles":[{"title":"error","status":"active"}]}"#),
            ("insightiq", r#"{"data":[],"error":{"message":"no"}}"#),
            ("upsun", r#"{"profiles":[{"name":"caf\u00e9"}]}"#),
            ("upsun", r#"{"profiles":[]}"#),
        ] {
            assert_eq!(
                provider(id).unwrap().error(&Response::new(200, body)),
                None,
                "{id} {body}"
            );
        }
    }
}
