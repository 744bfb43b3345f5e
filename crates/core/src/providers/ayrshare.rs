//! Ayrshare: user profiles by cursor. Source: <https://www.ayrshare.com/docs/apis/profiles/get-profiles>.

mod action_log;
mod batch;
mod fault;
mod profile;
mod user;
mod view;

pub use action_log::{Action, ActionLog, ActionLogEntry, UserCount};
pub use batch::{BatchTicket, BatchTimes, parse_batch_file, split_batch_file};
pub use profile::{
    Activity, LinkingError, ProfileStatus, Quota, SocialHealth, Stamp, Suspension, Unlink, UnlinkSource, UserProfile,
};
pub use user::{DisplayName, PinterestBoard, PinterestDetails, PinterestOwner, TwitterUsage, User};

use crate::error::{Error, ErrorKind};
use crate::http::{Request, Response};
use crate::json::{self, Listing, Members, describe};
use crate::page::{Freshness, Next, Page};
use crate::profile::Profile;
use crate::providers::{Auth, Fault, Info, Provider, foreign_position, may_be_error, request_at};
use crate::query::Query;
use crate::route::{Kind, PageSize, Pagination, Param, Role, Route, Rule, Upstream};
use crate::time::UnixMs;

/// The Ayrshare API.
#[derive(Clone, Copy, Debug)]
pub struct Ayrshare;

const LIMIT: PageSize = PageSize {
    param: "limit",
    default: 5000,
    max: 5000,
};

/// Platforms that `includesActiveSocialAccounts` takes.
pub const PLATFORMS: &[&str] = &[
    "bluesky",
    "facebook",
    "gmb",
    "instagram",
    "linkedin",
    "pinterest",
    "reddit",
    "snapchat",
    "telegram",
    "threads",
    "tiktok",
    "twitter",
    "youtube",
];

/// Parts that `include` takes.
pub const INCLUDES: &[&str] = &[
    "suspension",
    "socialHealth",
    "linkingErrors",
    "activity",
    "quota",
    "unlinkHistory",
    "actionLog",
];

const INFO: Info = Info {
    id: "ayrshare",
    title: "Ayrshare",
    docs: "https://www.ayrshare.com/docs/apis/profiles/get-profiles",
    environments: &[
        ("production", "https://api.ayrshare.com/api"),
        // The older host that the documentation of `GET /user` still shows.
        ("app", "https://app.ayrshare.com/api"),
    ],
    auth: Auth::Bearer,
    exchange: None,
    // Source: <https://www.ayrshare.com/docs/errors/errors-http>, seen 2026-11.
    window: Some((300, 5 * 60 * 1000)),
    routes: &[
        Route {
            name: "profiles",
            upstream: Upstream::Path("/profiles"),
            pagination: Some(Pagination {
                position: &["cursor"],
                size: Some(LIMIT),
            }),
            params: PROFILES,
            rules: &[Rule::Needs("include", "refId")],
            takes_profile: false,
        },
        Route {
            name: "user",
            upstream: Upstream::Path("/user"),
            pagination: None,
            params: USER,
            rules: &[Rule::NeedsProfile("validate")],
            takes_profile: true,
        },
        Route {
            name: "user/details/pinterest",
            upstream: Upstream::Path("/user/details/pinterest"),
            pagination: None,
            params: &[],
            rules: &[],
            takes_profile: true,
        },
        Route {
            name: "user/batch",
            upstream: Upstream::Path("/user/batch"),
            pagination: None,
            params: &[],
            rules: &[],
            takes_profile: false,
        },
        Route {
            name: "user/batch/file",
            upstream: Upstream::BatchFile("/user/batch"),
            pagination: None,
            params: &[],
            rules: &[],
            takes_profile: false,
        },
    ],
    list_key: "profiles",
    id_key: "refId",
};

const PROFILES: &[Param] = &[
    Param {
        name: "title",
        title: "Exact title",
        kind: Kind::Text { max_chars: 500 },
        role: Role::Filter,
        help: "Only the profile with exactly this title.",
    },
    Param {
        name: "refId",
        title: "Reference id",
        kind: Kind::Text { max_chars: 200 },
        role: Role::Filter,
        help: "Only the profile with this reference id.",
    },
    Param {
        name: "hasActiveSocialAccounts",
        title: "Connected accounts",
        kind: Kind::Bool,
        role: Role::Filter,
        // The documentation names `false` as default, yet its bare answer holds profiles with accounts.
        help: "Has: at least one connected account. None: no connected account. Any: not asked.",
    },
    Param {
        name: "includesActiveSocialAccounts",
        title: "Platforms, all of",
        kind: Kind::Words(PLATFORMS),
        role: Role::Filter,
        help: "Profiles connected to all of these platforms; others may be connected too.",
    },
    Param {
        name: "isByokLinked",
        title: "Own X key (BYOK)",
        kind: Kind::Bool,
        role: Role::Filter,
        help: "Profiles that have, or still need, their own X key. Profiles without X are left out when this is set.",
    },
    Param {
        name: "actionLog",
        title: "Action log",
        kind: Kind::BoolOrInt { min: 1, max: 365 },
        role: Role::Form,
        help: "Created and deleted profiles of the last days, instead of the list; true means 60 days.",
    },
    Param {
        name: "limit",
        title: "Page size",
        kind: Kind::Int { min: 1, max: LIMIT.max },
        role: Role::Paging,
        help: "Profiles per page, 1 to 5000.",
    },
    Param {
        name: "cursor",
        title: "Cursor",
        kind: Kind::Text { max_chars: 4000 },
        role: Role::Paging,
        help: "The nextCursor of the page before.",
    },
    Param {
        name: "include",
        title: "Extended parts",
        kind: Kind::Words(INCLUDES),
        role: Role::Form,
        help: "More about one profile; needs its reference id.",
    },
];

const USER: &[Param] = &[
    Param {
        name: "instagramQuota",
        title: "Instagram quota",
        kind: Kind::Bool,
        role: Role::Form,
        help: "Adds account type and posts used of 50 in 24 hours.",
    },
    Param {
        name: "validate",
        title: "Still there?",
        kind: Kind::Bool,
        role: Role::Form,
        help: "Checks whether the profile still exists.",
    },
];

impl Provider for Ayrshare {
    fn info(&self) -> &'static Info {
        const { &INFO }
    }

    fn next(&self, query: &Query, next: &Next) -> Result<Request, Error> {
        match next {
            Next::Cursor(cursor) => request_at(query, [("cursor", cursor.clone())]),
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
        body.and_then(page)
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

fn page(listing: Listing<'_>) -> Result<Page, Error> {
    let list = listing.envelope.get(INFO.list_key);
    if list.is_some_and(|list| list.starts_with('{')) {
        let found = "an object (the action-log form is read by ActionLog::parse)";
        return Err(Error::unexpected(ErrorKind::Decode, INFO.list_key, "an array", found));
    }
    let mut page = Page::of(INFO.id, &listing, INFO.list_key, INFO.id_key)?;
    let envelope = listing.envelope;
    page.next = next(&envelope)?;
    page.freshness = freshness(&envelope);
    Ok(page)
}

/// `hasMore` decides; `nextCursor` says where. `count` is the number in this page, so there is no total.
fn next(envelope: &Members<'_>) -> Result<Option<Next>, Error> {
    let Some(raw) = envelope.set("pagination") else {
        return Ok(None);
    };
    let odd = || Error::unexpected(ErrorKind::Pagination, "pagination", "an object", describe(raw));
    let pagination = json::members(raw).ok_or_else(odd)?;
    let cursor = pagination
        .set("nextCursor")
        .and_then(json::scalar)
        .filter(|cursor| !cursor.is_empty());
    match (pagination.set("hasMore"), cursor) {
        (Some("false"), _) | (None, None) => Ok(None),
        (_, Some(cursor)) => Ok(Some(Next::Cursor(cursor))),
        (Some(_), None) => {
            let path = "pagination.nextCursor";
            Err(Error::unexpected(
                ErrorKind::Pagination,
                path,
                "a cursor beside hasMore",
                "none",
            ))
        }
    }
}

fn freshness(members: &Members<'_>) -> Option<Freshness> {
    let instant = |key: &str| {
        members
            .get(key)
            .and_then(json::string)
            .and_then(|text| UnixMs::parse(&text))
    };
    let freshness = Freshness {
        last_updated: instant("lastUpdated"),
        next_update: instant("nextUpdate"),
    };
    (freshness != Freshness::default()).then_some(freshness)
}
