//! Upsun: profiles by HAL links. Source: <https://developer.upsun.com/api/rest>, `GET /profiles`.

mod fault;
mod profile;
mod view;

pub use profile::{AccountStatus, Amount, CustomerType, ProfileType, Trial, TrialProject, UserProfile, Verification};

use crate::error::{Error, ErrorKind};
use crate::http::{Request, Response};
use crate::json::{self, Listing, Members, describe};
use crate::link;
use crate::page::{Next, Page};
use crate::profile::Profile;
use crate::providers::{Auth, Fault, Info, Provider, TokenExchange, foreign_position, may_be_error, request_at};
use crate::query::Query;
use crate::route::{Kind, Pagination, Param, Role, Route, Upstream};

/// The Upsun API.
#[derive(Clone, Copy, Debug)]
pub struct Upsun;

/// No parameter is documented. These are the ones that its `next` links may carry: those of the Drupal `RESTful` module
/// that serves the list by all signs, and those that Upsun documents for its other lists.
const PARAMS: &[Param] = &[
    paging("page", "Page", Kind::Int { min: 1, max: u64::MAX }),
    paging("range", "Page size", Kind::Int { min: 1, max: u64::MAX }),
    paging("page[size]", "Page size", Kind::Int { min: 1, max: 100 }),
    paging("page[before]", "Before", Kind::Text { max_chars: 2000 }),
    paging("page[after]", "After", Kind::Text { max_chars: 2000 }),
];

const fn paging(name: &'static str, title: &'static str, kind: Kind) -> Param {
    Param {
        name,
        title,
        kind,
        role: Role::Paging,
        help: "Taken from the API's next link.",
    }
}

const PATH: &str = "/profiles";

const INFO: Info = Info {
    id: "upsun",
    title: "Upsun",
    docs: "https://developer.upsun.com/api/rest",
    environments: &[
        ("upsun", "https://api.upsun.com"),
        ("platformsh", "https://api.platform.sh"),
    ],
    auth: Auth::Bearer,
    exchange: Some(TokenExchange {
        // Source: <https://developer.upsun.com/api/rest>, "Authentication", seen 2026-11.
        url: "https://auth.upsun.com/oauth2/token",
        client: "platform-api-user",
    }),
    window: None,
    routes: &[Route {
        name: "profiles",
        upstream: Upstream::Path(PATH),
        pagination: Some(Pagination {
            position: &["page", "range", "page[size]", "page[before]", "page[after]"],
            size: None,
        }),
        params: PARAMS,
        rules: &[],
        takes_profile: false,
    }],
    list_key: "profiles",
    id_key: "id",
};

impl Provider for Upsun {
    fn info(&self) -> &'static Info {
        const { &INFO }
    }

    fn next(&self, query: &Query, next: &Next) -> Result<Request, Error> {
        match next {
            Next::Link(params) => request_at(query, params.iter().cloned()),
            _ => Err(foreign_position(&INFO)),
        }
    }

    fn parse(&self, _request: &Request, response: &Response) -> Result<Page, Error> {
        let body = json::listing(&response.body, INFO.list_key, INFO.id_key);
        if may_be_error(response, body.as_ref(), INFO.list_key)
            && let Some(error) = self.error(response)
        {
            return Err(error);
        }
        body.and_then(|body| page(response, body))
            .map_err(|error| error.with_provider(INFO.id).with_status(response.status))
    }

    fn view(&self, record: &Members<'_>) -> Result<Profile, Error> {
        view::profile(record).map_err(|error| error.with_provider(INFO.id))
    }

    #[cfg(feature = "models")]
    fn odd_fields(&self, record: &str) -> Vec<crate::model::OddField> {
        UserProfile::parse(record)
            .map(|record| record.odd_fields())
            .unwrap_or_default()
    }

    fn fault(&self, body: &str) -> Option<Fault> {
        fault::read(body)
    }
}

fn page(response: &Response, listing: Listing<'_>) -> Result<Page, Error> {
    let mut page = Page::of(INFO.id, &listing, INFO.list_key, INFO.id_key)?;
    let envelope = listing.envelope;
    page.total = envelope.get("count").and_then(|text| text.parse().ok());
    if let Some(href) = next_href(&envelope)? {
        let asked = response.headers.get(Response::UPSTREAM_HEADER);
        let bases: Vec<&str> = match asked {
            Some(base) => vec![base],
            None => INFO.environments.iter().map(|(_, base)| *base).collect(),
        };
        page.next = Some(Next::Link(link::paging(&href, &bases, PATH, PARAMS)?));
    }
    Ok(page)
}

/// `_links.next` may be absent, null, an object or an array of objects; PHP writes an empty `_links` as `[]`.
fn next_href(envelope: &Members<'_>) -> Result<Option<String>, Error> {
    let Some(raw) = envelope.set("_links").filter(|raw| json::elements(raw).is_none()) else {
        return Ok(None);
    };
    let unreadable = || Error::unexpected(ErrorKind::Pagination, "_links", "an object", describe(raw));
    let links = json::members(raw).ok_or_else(unreadable)?;
    let Some(next) = links.set("next") else { return Ok(None) };
    let first = match json::elements(next) {
        Some(list) => match list.first() {
            Some(first) => *first,
            None => return Ok(None),
        },
        None => next,
    };
    let odd = |found: &str| {
        Error::unexpected(
            ErrorKind::Pagination,
            "_links.next",
            "a link with href",
            describe(found),
        )
    };
    let link = json::members(first).ok_or_else(|| odd(first))?;
    let href = link.get("href").and_then(json::string).ok_or_else(|| odd(first))?;
    Ok(Some(href))
}
