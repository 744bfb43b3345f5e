//! `POST /oauth2/token`: an API token for an access token.
//!
//! Two of the vendor's clients ask, one with a form as `platform-api-user`, one with JSON as `platform-cli`, both with an
//! empty password. The access token never ends here unless the settings say so; the answer then says how long it lives, else
//! 15 minutes, as the real one does. One that ends carries its end, so that nothing needs to be remembered.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::ask::Ask;
use crate::http::Response;
use crate::json::Object;
use crate::keys;
use crate::params::Params;

/// Life of an access token, in seconds.
const USUAL_LIFE_S: u64 = 900;

/// Stands between an access token and its end.
const SEPARATOR: char = '.';

const CLIENTS: &[&str] = &["platform-api-user", "platform-cli"];

#[derive(Default, Deserialize)]
struct Grant {
    grant_type: Option<String>,
    api_token: Option<String>,
}

pub(crate) fn answer(ask: &Ask<'_>) -> Response {
    if !has_client(ask) {
        return error(401, "invalid_client", "Client authentication failed.")
            .with_header("www-authenticate", "Basic realm=\"OAuth\"");
    }
    let Some(grant) = read(ask) else {
        return error(400, "invalid_request", "The body is neither a form nor JSON.");
    };
    match (grant.grant_type.as_deref(), grant.api_token.as_deref()) {
        (Some("api_token"), Some(keys::UPSUN_API_TOKEN)) => {}
        (Some("api_token"), Some(_)) => return error(400, "invalid_grant", "Invalid API token."),
        (Some("api_token"), None) => return error(400, "invalid_request", "The parameter api_token is missing."),
        _ => return error(400, "unsupported_grant_type", "The grant type must be api_token."),
    }
    let life_ms = ask.settings.upsun_token_life_ms;
    let token = match life_ms {
        Some(life_ms) => format!("{}{SEPARATOR}{}", keys::UPSUN_ACCESS_TOKEN, ask.now.plus_ms(life_ms).0),
        None => keys::UPSUN_ACCESS_TOKEN.to_owned(),
    };
    let seconds = life_ms.map_or(USUAL_LIFE_S, |life_ms| {
        u64::try_from(life_ms / 1000).unwrap_or_default()
    });
    let body = Object::new()
        .with("access_token", token)
        .with("expires_in", seconds)
        .with("token_type", "bearer");
    Response::json(200, "application/json", &body.into()).with_header("cache-control", "no-store")
}

/// Whether an access token opens the API now.
pub(super) fn is_good(ask: &Ask<'_>, token: &str) -> bool {
    if ask.settings.upsun_token_life_ms.is_none() {
        return token == keys::UPSUN_ACCESS_TOKEN;
    }
    let end = token
        .split_once(SEPARATOR)
        .filter(|(name, _)| *name == keys::UPSUN_ACCESS_TOKEN);
    end.and_then(|(_, end)| end.parse().ok())
        .is_some_and(|end| ask.now.0 < end)
}

fn has_client(ask: &Ask<'_>) -> bool {
    let given = ask
        .request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Basic "));
    let decoded = given.and_then(|text| STANDARD.decode(text.trim()).ok());
    let text = decoded
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default();
    text.split_once(':')
        .is_some_and(|(user, password)| CLIENTS.contains(&user) && password.is_empty())
}

fn read(ask: &Ask<'_>) -> Option<Grant> {
    let content_type = ask
        .request
        .header("content-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if content_type.starts_with("application/json") {
        return serde_json::from_slice(&ask.request.body).ok();
    }
    let form = Params::parse(&ask.request.body);
    let text = |name: &str| form.text(name).map(str::to_owned);
    content_type
        .starts_with("application/x-www-form-urlencoded")
        .then(|| Grant {
            grant_type: text("grant_type"),
            api_token: text("api_token"),
        })
}

fn error(status: u16, code: &'static str, description: &'static str) -> Response {
    let body = Object::new().with("error", code).with("error_description", description);
    Response::json(status, "application/json", &body.into())
}
