//! The three APIs behind one door.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use roster_core::{Response, UnixMs};
use roster_sandbox::{API_BASES, Request, Sandbox, Session, Settings, keys, path_of};

/// Where the sandbox says that it is, for absolute links. Nothing is ever asked there.
const BASE_URL: &str = "https://sandbox.invalid";

/// Plays the APIs.
#[derive(Debug)]
pub struct Demo {
    sandbox: Sandbox,
    session: Session,
}

/// The demo's 240 profiles.
impl Default for Demo {
    fn default() -> Self {
        Self::playing(Settings::default())
    }
}

impl Demo {
    /// What these settings say.
    pub fn playing(settings: Settings) -> Self {
        Self {
            sandbox: Sandbox::new(settings),
            session: Session::default(),
        }
    }

    /// Answers what the viewer would ask a proxy: `ayrshare/profiles?limit=100`. A route that is not played is 404.
    pub fn answer(&mut self, target: &str, now: UnixMs) -> Response {
        self.play(target, now).unwrap_or_else(|| Response {
            received: now,
            ..Response::new(404, "the demo does not play this")
        })
    }

    fn play(&mut self, target: &str, now: UnixMs) -> Option<Response> {
        let (place, query) = target.split_once('?').unwrap_or((target, ""));
        // The tables of core would bring the whole of core along; the sandbox is tested to have the same paths.
        let (id, route) = place.split_once('/')?;
        let path = path_of(id, route)?;
        let (_, base) = API_BASES.iter().find(|(api, _)| *api == id)?;
        let (alias, query) = without_alias(query);
        let mut asked = Request::get(path, &query, BASE_URL);
        asked.headers = credentials(id, alias.as_deref());
        let answer = self.sandbox.handle(&mut self.session, &asked, now);
        let response = Response {
            status: answer.status,
            headers: answer.headers.into_iter().collect(),
            body: answer.body,
            received: now,
        };
        Some(response.with_header(Response::UPSTREAM_HEADER, format!("{BASE_URL}{base}")))
    }
}

/// The alias of a Profile Key is for the proxy, whose part the demo plays, and not for the API.
fn without_alias(query: &str) -> (Option<String>, String) {
    let mut alias = None;
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == "profile" {
            alias = Some(value.into_owned());
        } else {
            rest.append_pair(&name, &value);
        }
    }
    (alias, rest.finish())
}

/// The sandbox's public keys, put where each API wants them.
fn credentials(provider: &str, alias: Option<&str>) -> Vec<(String, String)> {
    let authorization = match provider {
        "ayrshare" => format!("Bearer {}", keys::AYRSHARE_KEY),
        "insightiq" => {
            let pair = format!("{}:{}", keys::INSIGHTIQ_USER, keys::INSIGHTIQ_PASSWORD);
            format!("Basic {}", BASE64_STANDARD.encode(pair))
        }
        _ => format!("Bearer {}", keys::UPSUN_ACCESS_TOKEN),
    };
    let profile_key = keys::AYRSHARE_PROFILE_KEYS
        .iter()
        .find(|(name, _)| Some(*name) == alias);
    let mut headers = vec![("authorization".to_owned(), authorization)];
    headers.extend(profile_key.map(|(_, key)| ("profile-key".to_owned(), (*key).to_owned())));
    headers
}

#[cfg(test)]
mod tests {
    use roster_core::{ALL, Query};

    use super::*;

    const NOW: UnixMs = UnixMs(1_795_219_200_000);

    #[test]
    fn every_api_answers_with_a_page_that_core_reads() {
        let mut demo = Demo::default();
        for provider in ALL {
            let request = Query::new(provider.info().id, "profiles").unwrap().request().unwrap();
            let response = demo.answer(&request.target(), NOW);
            assert_eq!((response.status, response.received), (200, NOW));
            assert!(provider.parse(&request, &response).unwrap().n_items() > 0);
        }
    }

    #[test]
    fn an_alias_becomes_its_profile_key_and_a_stranger_none() {
        let (name, key) = keys::AYRSHARE_PROFILE_KEYS[0];
        let (alias, query) = without_alias(&format!("limit=5&profile={name}"));
        assert_eq!((alias.as_deref(), query.as_str()), (Some(name), "limit=5"));
        assert!(credentials("ayrshare", Some(name)).contains(&("profile-key".to_owned(), key.to_owned())));
        assert_eq!(credentials("ayrshare", Some("nobody")).len(), 1);
    }

    #[test]
    fn what_is_not_played_is_not_found() {
        let mut demo = Demo::default();
        for target in [
            "",
            "ayrshare",
            "ayrshare/nothing",
            "nobody/profiles",
            "ayrshare/user/batch/file",
        ] {
            assert_eq!(demo.answer(target, NOW).status, 404, "{target}");
        }
    }
}
