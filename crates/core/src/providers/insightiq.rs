//! InsightIQ: profiles by offset. Source: <https://docs.insightiq.ai>, `GET /v1/profiles`.
//!
//! There is no total and no "has more": the end is a short or empty page.

mod background;
mod fault;
mod profile;
mod view;

pub use background::{
    Certification, Company, Education, EmployeeCount, Honor, Location, PartialDate, Project, Publication, School,
    TimePeriod, VolunteerExperience, WorkExperience,
};
pub use profile::{
    Account, Address, ContactKind, Email, Gender, PhoneNumber, Reputation, User, UserProfile, WorkPlatform,
};

use crate::error::Error;
use crate::http::{Request, Response};
use crate::json::{self, Listing, Members};
use crate::page::{Next, Page};
use crate::profile::Profile;
use crate::providers::{Auth, Fault, Info, Provider, foreign_position, may_be_error, request_at};
use crate::query::Query;
use crate::route::{Kind, PageSize, Pagination, Param, Role, Route, Upstream};

/// The InsightIQ API.
#[derive(Clone, Copy, Debug)]
pub struct InsightIq;

const LIMIT: PageSize = PageSize {
    param: "limit",
    default: 10,
    max: 100,
};

const INFO: Info = Info {
    id: "insightiq",
    title: "InsightIQ",
    docs: "https://docs.insightiq.ai",
    environments: &[
        ("production", "https://api.insightiq.ai"),
        ("staging", "https://api.staging.insightiq.ai"),
        ("sandbox", "https://api.sandbox.insightiq.ai"),
    ],
    auth: Auth::Basic,
    exchange: None,
    window: None,
    routes: &[Route {
        name: "profiles",
        upstream: Upstream::Path("/v1/profiles"),
        pagination: Some(Pagination {
            position: &["offset"],
            size: Some(LIMIT),
        }),
        params: PARAMS,
        rules: &[],
        takes_profile: false,
    }],
    list_key: "data",
    id_key: "id",
};

const PARAMS: &[Param] = &[
    Param {
        name: "user_id",
        title: "Person",
        kind: Kind::Text { max_chars: 200 },
        role: Role::Filter,
        help: "Only profiles of the user with this id.",
    },
    Param {
        name: "work_platform_id",
        title: "Work platform",
        kind: Kind::Text { max_chars: 200 },
        role: Role::Filter,
        help: "Only profiles on the platform with this id.",
    },
    Param {
        name: "account_id",
        title: "Account",
        kind: Kind::Uuid,
        role: Role::Filter,
        help: "Only the profile of the connected account with this id.",
    },
    Param {
        name: "limit",
        title: "Page size",
        kind: Kind::Int { min: 1, max: LIMIT.max },
        role: Role::Paging,
        help: "Profiles per page, 1 to 100; the API takes 10 if it is not given.",
    },
    Param {
        name: "offset",
        title: "Skip",
        kind: Kind::Int { min: 0, max: u64::MAX },
        role: Role::Paging,
        help: "Profiles to skip.",
    },
];

impl Provider for InsightIq {
    fn info(&self) -> &'static Info {
        const { &INFO }
    }

    fn next(&self, query: &Query, next: &Next) -> Result<Request, Error> {
        match next {
            Next::Offset(offset) => request_at(query, [("offset", offset.to_string())]),
            _ => Err(foreign_position(&INFO)),
        }
    }

    fn parse(&self, request: &Request, response: &Response) -> Result<Page, Error> {
        let body = json::listing(&response.body, INFO.list_key, INFO.id_key);
        if may_be_error(response, body.as_ref(), INFO.list_key)
            && let Some(error) = self.error(response)
        {
            return Err(error);
        }
        body.and_then(|body| page(request, body))
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

fn page(request: &Request, listing: Listing<'_>) -> Result<Page, Error> {
    let mut page = Page::of(INFO.id, &listing, INFO.list_key, INFO.id_key)?;
    let envelope = listing.envelope;
    page.next = next(request, &envelope, page.n_items());
    Ok(page)
}

/// The page is short against the limit that the API says it used; a server may clamp what was asked.
fn next(request: &Request, envelope: &Members<'_>, n_items: u64) -> Option<Next> {
    let asked = |name: &str| request.param(name).and_then(|text| text.parse::<u64>().ok());
    let echoed = envelope.get("metadata").and_then(json::members);
    let echo = |name: &str| echoed.as_ref()?.get(name)?.parse::<u64>().ok();
    let limit = echo("limit").or_else(|| asked("limit")).unwrap_or(LIMIT.default).max(1);
    let offset = asked("offset").unwrap_or(0);
    (n_items >= limit).then(|| Next::Offset(offset.saturating_add(n_items)))
}
