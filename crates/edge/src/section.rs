//! The section of one provider in the configuration, under the names that `roster.example.toml` has.

use std::collections::BTreeMap;

use roster_core::Info;
use roster_core::providers::Auth;
use roster_gateway::{Origin, Storage, check_base_url, check_key};
use roster_shell::Keys;
use secrecy::SecretString;
use serde::Deserialize;

use crate::pace::Pace;

/// The environment of a `base_url` of one's own.
const CUSTOM: &str = "custom";

/// Gives the text of a secret binding, if there is one.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    #[default]
    Live,
    Sandbox,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    #[serde(default)]
    pub(crate) source: Way,
    environment: Option<String>,
    base_url: Option<String>,
    #[serde(default)]
    allow_insecure_loopback: bool,
    key_env: Option<String>,
    api_token_env: Option<String>,
    token_url: Option<String>,
    user_env: Option<String>,
    password_env: Option<String>,
    batch_hosts: Option<Vec<String>>,
    #[serde(default)]
    limits: Pace,
    #[serde(default)]
    profiles: BTreeMap<String, Alias>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alias {
    env: String,
}

/// Why a section gives no source: sentences that repeat no secret.
pub(crate) type Missing = Vec<String>;

/// What a section says, with its secrets.
pub(crate) struct Live {
    pub(crate) environment: String,
    pub(crate) base_url: String,
    pub(crate) storage: Storage,
    pub(crate) pace: Pace,
    pub(crate) keys: Result<Keys, Missing>,
    pub(crate) exchange: Option<Exchange>,
}

/// Where a longer-lived token is exchanged for access tokens. It holds the token and has no `Debug`.
pub(crate) struct Exchange {
    pub(crate) url: String,
    /// Name of the client, which has no password.
    pub(crate) client: &'static str,
    pub(crate) api_token: SecretString,
}

impl Section {
    /// Reads the secrets. A mistake in the section itself is an error; a secret that is not bound is noted in
    /// [`Live::keys`], so that the other sources go on.
    pub(crate) fn live(&self, info: &'static Info, lookup: Lookup<'_>) -> Result<Live, String> {
        let (environment, base_url) = self.place(info)?;
        self.limits.check(info.id)?;
        let place = self.token_place(info, &environment)?;
        let keys = self.keys(info, place.is_some(), lookup);
        let exchange = place.and_then(|(url, client)| {
            let api_token = bound(lookup, "", self.api_token_env.as_deref()).ok()?.into();
            Some(Exchange { url, client, api_token })
        });
        Ok(Live {
            pace: self.limits,
            environment,
            storage: self.storage(&base_url),
            base_url,
            keys,
            exchange,
        })
    }

    /// Where tokens are exchanged and under which name, if there is one to exchange.
    fn token_place(&self, info: &Info, environment: &str) -> Result<Option<(String, &'static str)>, String> {
        let id = info.id;
        let (Some(place), true) = (&info.exchange, self.api_token_env.is_some()) else {
            return match (&self.api_token_env, &self.token_url) {
                (None, None) => Ok(None),
                (Some(_), _) => Err(format!("expected no api_token_env at {id}, whose API exchanges none")),
                (None, Some(_)) => Err(format!("expected api_token_env beside token_url at {id}")),
            };
        };
        if self.key_env.is_some() {
            return Err(format!("expected a key or an api_token at {id}.key_env, found both"));
        }
        let is_usual = info
            .environments
            .first()
            .is_some_and(|(usual, _)| *usual == environment);
        let url = match &self.token_url {
            Some(own) => check_base_url(own, self.allow_insecure_loopback)
                .map_err(|expected| format!("expected {expected} at {id}.token_url"))?,
            None if is_usual => place.url,
            None => return Err(format!("expected {id}.token_url beside another environment")),
        };
        Ok(Some((url.to_owned(), place.client)))
    }

    fn place(&self, info: &Info) -> Result<(String, String), String> {
        let id = info.id;
        if let Some(own) = &self.base_url {
            let url = check_base_url(own, self.allow_insecure_loopback)
                .map_err(|expected| format!("expected {expected} at {id}.base_url"))?;
            let environment = self.environment.clone().unwrap_or_else(|| CUSTOM.to_owned());
            return Ok((environment, url.to_owned()));
        }
        let found = match &self.environment {
            Some(name) => info.environments.iter().find(|(known, _)| known == name),
            None => info.environments.first(),
        };
        let (name, url) = found.ok_or_else(|| {
            let known: Vec<&str> = info.environments.iter().map(|(known, _)| *known).collect();
            format!("expected one of {} at {id}.environment", known.join(", "))
        })?;
        Ok(((*name).to_owned(), (*url).to_owned()))
    }

    fn storage(&self, base_url: &str) -> Storage {
        let usual = Storage::default();
        Storage {
            hosts: self.batch_hosts.clone().unwrap_or(usual.hosts),
            // Loopback was allowed by name before: it is a sandbox, whose files are at its own origin.
            own_origin: Origin::parse(base_url).filter(Origin::is_loopback),
        }
    }

    fn keys(&self, info: &Info, is_exchanged: bool, lookup: Lookup<'_>) -> Result<Keys, Missing> {
        let mut missing = Missing::new();
        let mut secret = |key: &str, name: Option<&str>| match bound(lookup, &format!("{}.{key}", info.id), name) {
            Ok(text) => text,
            Err(sentence) => {
                missing.push(sentence);
                String::new()
            }
        };
        let mut keys = match info.auth {
            Auth::Bearer if is_exchanged => Keys::exchanged(&secret("api_token_env", self.api_token_env.as_deref())),
            Auth::Bearer => Keys::bearer(&secret("key_env", self.key_env.as_deref())),
            Auth::Basic => {
                let user = secret("user_env", self.user_env.as_deref());
                Keys::basic(&user, &secret("password_env", self.password_env.as_deref()))
            }
        };
        if info.routes.iter().any(|route| route.takes_profile) {
            for (alias, place) in &self.profiles {
                let key = secret(&format!("profiles.{alias}.env"), Some(&place.env));
                keys = keys.with_profile(alias, &key);
            }
        }
        if missing.is_empty() { Ok(keys) } else { Err(missing) }
    }
}

/// The text of the binding that a key of the section names.
fn bound(lookup: Lookup<'_>, key: &str, name: Option<&str>) -> Result<String, String> {
    let name = name.ok_or_else(|| format!("expected the name of a secret at {key}, found none"))?;
    let text = lookup(name).ok_or_else(|| format!("expected the secret {name}, which is not bound"))?;
    let is_user = key.ends_with("user_env");
    if !is_user {
        check_key(&text).map_err(|expected| format!("{expected} in the secret {name}"))?;
    } else if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') {
        return Err(format!(
            "expected a user name of visible ASCII characters without colon in the secret {name}"
        ));
    }
    Ok(text)
}
