//! The sandbox, asked page by page as the viewer asks it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use roster_core::{Query, Response, UnixMs, Upstream};
use roster_sandbox::{API_BASES, Request, Sandbox, Session, Settings, keys};

const HOST: &str = "http://sandbox.example";

/// Every page of a query's answer.
pub(crate) fn pages(sandbox: &Sandbox, query: &Query, now: UnixMs) -> Vec<Vec<u8>> {
    let (mut session, mut bodies) = (Session::default(), Vec::new());
    let api = query.provider().unwrap();
    let mut next = None;
    loop {
        let request = next
            .as_ref()
            .map_or_else(|| api.first(query), |next| api.next(query, next))
            .unwrap();
        let response = ask(sandbox, &mut session, &request, now);
        let page = api.parse(&request, &response).unwrap();
        bodies.push(response.body);
        next = page.next;
        if next.is_none() {
            return bodies;
        }
    }
}

/// The query for all profiles in pages of the largest size.
pub(crate) fn all(provider: &str) -> Query {
    let query = Query::new(provider, "profiles").unwrap();
    match query
        .route()
        .pagination
        .as_ref()
        .and_then(|pagination| pagination.size.as_ref())
    {
        Some(size) => query.with(size.param, &size.max.to_string()).unwrap(),
        None => query,
    }
}

/// A sandbox with so many profiles that does not limit requests.
pub(crate) fn sandbox(n_profiles: u64) -> Sandbox {
    Sandbox::new(Settings {
        n_profiles,
        ayrshare_n_requests: u64::MAX,
        ..Settings::default()
    })
}

fn ask(sandbox: &Sandbox, session: &mut Session, request: &roster_core::Request, now: UnixMs) -> Response {
    let (_, base) = API_BASES
        .iter()
        .find(|(provider, _)| *provider == request.provider)
        .unwrap();
    let Upstream::Path(path) = request.route.upstream else {
        panic!("the list has a path")
    };
    let sent = Request::get(&format!("{base}{path}"), &request.query_string(), HOST)
        .with_header("authorization", &authorization(request.provider));
    let answer = sandbox.handle(session, &sent, now);
    assert_eq!(
        answer.status,
        200,
        "{}: {}",
        request.target(),
        String::from_utf8_lossy(&answer.body)
    );
    Response::new(200, answer.body).with_header(Response::UPSTREAM_HEADER, format!("{HOST}{base}"))
}

fn authorization(provider: &str) -> String {
    match provider {
        "ayrshare" => format!("Bearer {}", keys::AYRSHARE_KEY),
        "insightiq" => {
            let pair = format!("{}:{}", keys::INSIGHTIQ_USER, keys::INSIGHTIQ_PASSWORD);
            format!("Basic {}", BASE64_STANDARD.encode(pair))
        }
        _ => format!("Bearer {}", keys::UPSUN_ACCESS_TOKEN),
    }
}
