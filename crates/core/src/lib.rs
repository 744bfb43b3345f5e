//! The pure core of Roster: what to ask an API, how to read its answer, and how to get from one page to the next.
//!
//! Nothing here performs I/O, reads a clock or rolls dice. A [`Query`] becomes a [`Request`] value, a [`Response`]
//! value becomes a [`Page`], and the [`Pager`] strings both together. The bytes of a page, as received, are the
//! truth: a record is a byte range of its page, and a typed model is decoded only for records that somebody looks at.
//!
//! Each API is one [`Provider`] in [`ALL`]; the proxy's allow-list, the viewer's filters and the contract tests all
//! read that table.
//!
//! No foreign type is part of this crate's API.
//!
//! ```
//! use roster_core::{Call, Limits, Pager, Query, Response, provider};
//!
//! let query = Query::new("insightiq", "profiles")?.with("limit", "10")?;
//! let mut pager = Pager::new(query, Limits { max_pages: 100, max_items: 10_000 })?;
//! let Call::Send(request, ticket) = pager.request()? else { unreachable!("nothing was asked yet") };
//! assert_eq!(request.target(), "insightiq/profiles?limit=10");
//!
//! // A transport sends the request below the proxy's API root and hands back what came.
//! let response = Response::new(200, r#"{"data":[{"id":"9dd6","full_name":"Peter Parker"}]}"#);
//! if let Some(page) = pager.accept(ticket, &response)? {
//!     let profile = provider(page.provider).unwrap().profile(page.text(&page.records[0]))?;
//!     assert_eq!(profile.title, "Peter Parker");
//! }
//! assert!(pager.end().is_some(), "a page shorter than the limit is the last one");
//! # Ok::<(), roster_core::Error>(())
//! ```
#![forbid(unsafe_code)]

mod budget;
pub mod decimal;
mod error;
mod http;
mod json;
mod known;
mod link;
mod model;
pub mod order;
mod page;
mod pager;
mod platform;
mod problem;
mod profile;
pub mod providers;
mod query;
mod resume;
mod route;
mod source;
mod splitter;
mod time;

pub use budget::Budget;
pub use error::{Error, ErrorKind};
pub use http::{Headers, Request, Response};
pub use json::{Members, Misfit, elements, members, parsed, quoted, string};
pub use known::Known;
pub use model::{Field, Form, List, Number, OddField, OneOrMany, Other, PerPlatform, Text};
pub use page::{Freshness, Next, Page, Record, Rejected};
pub use pager::{Call, End, Limits, Pager, Progress, Ticket};
pub use platform::{Platform, PlatformInfo};
pub use problem::Problem;
pub use profile::{Audience, AudienceKind, Link, Profile, Status, Trouble};
pub use providers::{ALL, Info, Provider, provider};
pub use query::Query;
pub use route::{Kind, PageSize, Pagination, Param, Role, Route, Rule, Upstream};
pub use source::{Source, SourceBudget, SourceState, Sources};
pub use splitter::Splitter;
pub use time::UnixMs;
