//! Which APIs are played, under which paths, and by which routes faults name them.

/// Provider id and the path prefix that stands for the API's base URL: prefix and upstream path together are the
/// sandbox's path, `/ayrshare/api` + `/profiles`.
pub const API_BASES: &[(&str, &str)] = &[
    ("ayrshare", "/ayrshare/api"),
    ("insightiq", "/insightiq"),
    ("upsun", "/upsun"),
];

/// The path below the server of a route, by the names of `roster_core`'s tables; `None` for one that is not played, or
/// whose path holds an id.
pub fn path_of(provider: &str, route: &str) -> Option<&'static str> {
    let endpoint = Endpoint::named(provider, route)?;
    (!endpoint.path.contains('{')).then_some(endpoint.path)
}

/// One of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Api {
    Ayrshare,
    InsightIq,
    Upsun,
}

/// An endpoint that can be asked, and that a fault can be put on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) api: Api,
    /// The provider's id.
    pub(crate) provider: &'static str,
    /// The name of the route, as in `roster_core`'s tables.
    pub(crate) route: &'static str,
    /// The path below the server; `{id}` stands for one segment.
    pub(crate) path: &'static str,
    /// The only method it takes, besides `HEAD` where that is `GET`.
    pub(crate) method: &'static str,
}

const fn endpoint(
    api: Api,
    provider: &'static str,
    route: &'static str,
    path: &'static str,
    method: &'static str,
) -> Endpoint {
    Endpoint {
        api,
        provider,
        route,
        path,
        method,
    }
}

/// Every endpoint.
pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint(Api::Ayrshare, "ayrshare", "profiles", "/ayrshare/api/profiles", "GET"),
    endpoint(Api::Ayrshare, "ayrshare", "user", "/ayrshare/api/user", "GET"),
    endpoint(
        Api::Ayrshare,
        "ayrshare",
        "user/details/pinterest",
        "/ayrshare/api/user/details/pinterest",
        "GET",
    ),
    endpoint(
        Api::Ayrshare,
        "ayrshare",
        "user/batch",
        "/ayrshare/api/user/batch",
        "GET",
    ),
    endpoint(
        Api::Ayrshare,
        "ayrshare",
        "user/batch/file",
        "/storage/batch.ayrshare.com/users/{id}/{id}",
        "GET",
    ),
    endpoint(Api::InsightIq, "insightiq", "profiles", "/insightiq/v1/profiles", "GET"),
    endpoint(
        Api::InsightIq,
        "insightiq",
        "profile",
        "/insightiq/v1/profiles/{id}",
        "GET",
    ),
    endpoint(
        Api::InsightIq,
        "insightiq",
        "work-platforms",
        "/insightiq/v1/work-platforms",
        "GET",
    ),
    endpoint(Api::Upsun, "upsun", "profiles", "/upsun/profiles", "GET"),
    // The path of the vendor's own client until 2024-11.
    endpoint(Api::Upsun, "upsun", "profiles", "/upsun/v1/profiles", "GET"),
    endpoint(Api::Upsun, "upsun", "oauth2/token", "/upsun/oauth2/token", "POST"),
];

impl Endpoint {
    /// The endpoint at a path.
    pub(crate) fn at(path: &str) -> Option<&'static Self> {
        ENDPOINTS.iter().find(|endpoint| matches(endpoint.path, path))
    }

    /// The endpoint that a fault names.
    pub(crate) fn named(provider: &str, route: &str) -> Option<&'static Self> {
        ENDPOINTS
            .iter()
            .find(|endpoint| endpoint.provider == provider && endpoint.route == route)
    }
}

/// The API under whose base a path lies, whether or not there is an endpoint.
pub(crate) fn api_of(path: &str) -> Option<Api> {
    let first = path.split('/').nth(1)?;
    match first {
        "ayrshare" => Some(Api::Ayrshare),
        "insightiq" => Some(Api::InsightIq),
        "upsun" => Some(Api::Upsun),
        _ => None,
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let path = if path.len() > 1 {
        path.strip_suffix('/').unwrap_or(path)
    } else {
        path
    };
    let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some("{id}"), Some(segment)) if !segment.is_empty() => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_their_endpoints_and_nothing_else_does() {
        let route = |path: &str| Endpoint::at(path).map(|endpoint| (endpoint.provider, endpoint.route));
        assert_eq!(route("/ayrshare/api/profiles"), Some(("ayrshare", "profiles")));
        assert_eq!(route("/ayrshare/api/profiles/"), Some(("ayrshare", "profiles")));
        assert_eq!(route("/insightiq/v1/profiles/x"), Some(("insightiq", "profile")));
        assert_eq!(route("/upsun/v1/profiles"), Some(("upsun", "profiles")));
        for path in [
            "",
            "/",
            "/profiles",
            "/ayrshare/profiles",
            "/insightiq/v1/profiles/x/y",
            "/ayrshare/api//profiles",
        ] {
            assert_eq!(route(path), None, "{path}");
        }
    }

    #[test]
    fn a_path_with_an_id_leads_nowhere_without_one() {
        assert_eq!(path_of("ayrshare", "user/batch/file"), None);
        assert_eq!(path_of("upsun", "nothing"), None);
    }

    #[test]
    fn every_route_of_the_core_tables_has_its_endpoint_under_its_base() {
        for provider in roster_core::ALL {
            let info = provider.info();
            let base = API_BASES.iter().find(|(id, _)| *id == info.id).unwrap().1;
            for route in info.routes {
                let endpoint = Endpoint::named(info.id, route.name).unwrap();
                if let roster_core::Upstream::Path(path) = route.upstream {
                    assert_eq!(endpoint.path, format!("{base}{path}"));
                    assert_eq!(path_of(info.id, route.name), Some(endpoint.path));
                }
            }
        }
    }
}
