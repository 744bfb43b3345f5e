//! What is asked upstream: built from the route tables, never copied from the client.

use std::fmt;

use roster_core::{ALL, Error, Info, Query, Route, Upstream};

use crate::limits::Limits;
use crate::refusal::{Refusal, cause};

/// Where the API begins on our server.
pub const API_ROOT: &str = "/api/v1/";

/// What to ask, of whom, with which credential and within which bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The provider's id.
    pub provider: &'static str,
    /// The route.
    pub route: &'static Route,
    /// Where below the API's base URL.
    pub target: Target,
    /// Which credential the API wants to see.
    pub credential: Credential,
    /// Bounds of the exchange.
    pub limits: Limits,
}

/// Where below the API's base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// This path with query.
    Path(String),
    /// The file behind the ticket that this path answers. The client never says where it is.
    BatchFile(String),
}

/// The name of a credential; the secret itself is the shell's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Whose API key.
    pub provider: &'static str,
    /// The alias of a profile key to send along.
    pub profile: Option<String>,
}

impl Plan {
    /// The route's template.
    pub fn template(&self) -> Template {
        Template {
            provider: self.provider,
            route: self.route.name,
        }
    }
}

/// The template of a route, for logs and metrics: it holds no value that a client chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    provider: &'static str,
    route: &'static str,
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{API_ROOT}{}/{}", self.provider, self.route)
    }
}

/// The template of the route at a path, whatever its query.
pub fn template(path: &str) -> Option<Template> {
    let (info, route) = find(path)?;
    Some(Template {
        provider: info.id,
        route: route.name,
    })
}

/// The plan for a request target. The path is compared as it came, nothing in it is decoded; the query is checked
/// against the route's table and written anew in the table's order.
///
/// # Errors
/// 404 for any path that is not in the table, 400 for a parameter that is unknown, repeated or has a bad value.
pub fn plan(path: &str, query: Option<&str>, limits: Limits) -> Result<Plan, Refusal> {
    let (info, route) = find(path).ok_or_else(|| cause::NO_ROUTE.refusal("expected one of the documented routes"))?;
    let query = checked(info, route, query.unwrap_or_default())?;
    let mut request = query.request().map_err(|error| bad_query(&error))?;
    let credential = Credential {
        provider: info.id,
        profile: request.profile.take(),
    };
    let target = match &route.upstream {
        Upstream::Path(path) => Target::Path(with_query(path, &request.query_string())),
        Upstream::BatchFile(path) => Target::BatchFile((*path).to_owned()),
    };
    Ok(Plan {
        provider: info.id,
        route,
        target,
        credential,
        limits,
    })
}

fn find(path: &str) -> Option<(&'static Info, &'static Route)> {
    let (id, name) = path.strip_prefix(API_ROOT)?.split_once('/')?;
    let info = ALL.iter().map(|provider| provider.info()).find(|info| info.id == id)?;
    info.routes
        .iter()
        .find(|route| route.name == name)
        .map(|route| (info, route))
}

fn checked(info: &'static Info, route: &'static Route, raw: &str) -> Result<Query, Refusal> {
    let mut query = Query::new(info.id, route.name).map_err(|error| bad_query(&error))?;
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
        // The decoder puts U+FFFD where bytes are no UTF-8; what would be sent is not what was asked.
        if value.contains('\u{fffd}') {
            return Err(refuse(info, "expected text in UTF-8, found other bytes"));
        }
        if seen.iter().any(|known| *known == name) {
            return Err(refuse(info, "expected every parameter once, found one twice"));
        }
        let next = match &*name {
            "profile" => query.with_profile(&value),
            _ => query.with(&name, &value),
        };
        query = next.map_err(|error| bad_query(&error))?;
        seen.push(name.into_owned());
    }
    Ok(query)
}

fn refuse(info: &Info, message: &str) -> Refusal {
    cause::QUERY.refusal(message).with_provider(info.id)
}

fn bad_query(error: &Error) -> Refusal {
    Refusal::from_error(error, cause::QUERY.status, cause::QUERY.title)
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(path: &str, query: &str) -> Result<Plan, Refusal> {
        plan(path, Some(query), Limits::default())
    }

    #[test]
    fn the_alias_names_a_credential_and_stays_out_of_the_target() {
        let plan = ask("/api/v1/ayrshare/user", "profile=brand-a&validate=TRUE").unwrap();
        assert_eq!(plan.target, Target::Path("/user?validate=true".to_owned()));
        assert_eq!(plan.credential.profile.as_deref(), Some("brand-a"));
        assert_eq!(plan.template().to_string(), "/api/v1/ayrshare/user");
    }

    #[test]
    fn the_client_cannot_say_where_the_batch_file_is() {
        let plan = ask("/api/v1/ayrshare/user/batch/file", "").unwrap();
        assert_eq!(plan.target, Target::BatchFile("/user/batch".to_owned()));
        let refusal = ask("/api/v1/ayrshare/user/batch/file", "url=https://evil.example/").unwrap_err();
        assert_eq!(refusal.status, 400);
    }

    #[test]
    fn every_route_of_every_provider_has_a_plan() {
        for info in ALL.iter().map(|provider| provider.info()) {
            for route in info.routes {
                let path = format!("{API_ROOT}{}/{}", info.id, route.name);
                assert_eq!(
                    template(&path).map(|template| template.to_string()).as_ref(),
                    Some(&path)
                );
                let plan = plan(&path, None, Limits::default()).unwrap();
                assert_eq!((plan.provider, plan.template().to_string()), (info.id, path));
            }
        }
    }
}
