//! The section of one provider. What it may hold follows from the provider's table.

use roster_core::Info;
use roster_core::providers::Auth;
use roster_gateway::{Origin, Storage, check_base_url, check_key};

use super::reader::{At, Table};
use super::{ConfigError, LiveConfig, Lookup, Place, SourceConfig, care};
use roster_shell::Keys;

/// The environment of a `base_url` of one's own.
const CUSTOM: &str = "custom";

pub(crate) fn read(info: &'static Info, mut table: Table<'_>, lookup: Lookup<'_>) -> Result<SourceConfig, ConfigError> {
    let source = table.string("source")?;
    match source.as_ref().map(|source| source.value.as_str()) {
        Some("sandbox") => {
            table.end()?;
            Ok(SourceConfig::Sandbox(info.id))
        }
        None | Some("live") => {
            let live = live(info, &mut table, lookup)?;
            table.end()?;
            Ok(SourceConfig::Live(Box::new(live)))
        }
        Some(_) => {
            let offset = source.map_or(table.offset, |source| source.offset);
            let message = format!("expected \"live\" or \"sandbox\" at {}", table.path("source"));
            Err(table.document().error(offset, message))
        }
    }
}

fn live(info: &'static Info, table: &mut Table<'_>, lookup: Lookup<'_>) -> Result<LiveConfig, ConfigError> {
    let (environment, base_url) = place(info, table)?;
    let (mut keys, exchange) = match info.auth {
        Auth::Bearer => care::bearer(info, table, &environment, lookup)?,
        Auth::Basic => {
            let user = user(table, lookup)?;
            (Keys::basic(&user, &needed(table, "password", lookup)?), None)
        }
    };
    if info.routes.iter().any(|route| route.takes_profile) {
        keys = profiles(table, keys, lookup)?;
    }
    Ok(LiveConfig {
        provider: info.id,
        environment,
        storage: storage(table, &base_url)?,
        policy: care::policy(info, table)?,
        base_url,
        keys,
        exchange,
    })
}

/// Environment and base URL: one of the table's, or a URL of one's own that is https or, if said so, loopback.
fn place(info: &Info, table: &Table<'_>) -> Result<(String, String), ConfigError> {
    let name = table.string("environment")?;
    let own = table.string("base_url")?;
    let may_be_loopback = table.boolean("allow_insecure_loopback")?.unwrap_or_default();
    if let Some(own) = own {
        let environment = name.map_or_else(|| CUSTOM.to_owned(), |name| name.value);
        return Ok((environment, base_url(table, &own, "base_url", may_be_loopback)?));
    }
    let found = match &name {
        Some(name) => info.environments.iter().find(|(known, _)| *known == name.value),
        None => info.environments.first(),
    };
    let (name, url) = found.ok_or_else(|| {
        let known: Vec<&str> = info.environments.iter().map(|(known, _)| *known).collect();
        let offset = name.map_or(table.offset, |name| name.offset);
        let message = format!("expected one of {} at {}", known.join(", "), table.path("environment"));
        table.document().error(offset, message)
    })?;
    Ok(((*name).to_owned(), (*url).to_owned()))
}

pub(super) fn base_url(
    table: &Table<'_>,
    own: &At<String>,
    key: &str,
    may_be_loopback: bool,
) -> Result<String, ConfigError> {
    let checked = check_base_url(&own.value, may_be_loopback).map(str::to_owned);
    checked.map_err(|expected| {
        let message = format!("expected {expected} at {}", table.path(key));
        table.document().error(own.offset, message)
    })
}

fn storage(table: &Table<'_>, base_url: &str) -> Result<Storage, ConfigError> {
    let default = Storage::default();
    Ok(Storage {
        hosts: table.strings("batch_hosts")?.unwrap_or(default.hosts),
        // Loopback was allowed by name before: it is a sandbox, whose files are at its own origin.
        own_origin: Origin::parse(base_url).filter(Origin::is_loopback),
    })
}

fn profiles(table: &mut Table<'_>, keys: Keys, lookup: Lookup<'_>) -> Result<Keys, ConfigError> {
    let Some(mut aliases) = table.table("profiles")? else {
        return Ok(keys);
    };
    let mut keys = keys;
    for alias in aliases.keys() {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if alias.value.is_empty() || alias.value.len() > 64 || !alias.value.chars().all(is_plain) {
            let message = "expected an alias of 1 to 64 letters, digits, - _ .";
            return Err(table.document().error(alias.offset, message));
        }
        let Some(entry) = aliases.table(&alias.value)? else {
            continue;
        };
        let key = secret(&entry, "env", "file", lookup)?;
        entry.end()?;
        keys = keys.with_profile(&alias.value, &key);
    }
    aliases.end()?;
    Ok(keys)
}

/// The secret at `<name>_env` or `<name>_file`.
pub(super) fn needed(table: &Table<'_>, name: &str, lookup: Lookup<'_>) -> Result<String, ConfigError> {
    secret(table, &format!("{name}_env"), &format!("{name}_file"), lookup)
}

/// A user name is no secret, so it may be short; a colon would end it early.
fn user(table: &Table<'_>, lookup: Lookup<'_>) -> Result<String, ConfigError> {
    let (text, offset) = text(table, "user_env", "user_file", lookup)?;
    let is_plain = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b":\"'`".contains(&byte));
    if is_plain {
        return Ok(text);
    }
    let message = "expected a user name of visible ASCII characters without colon, quotes and spaces";
    Err(table.document().error(offset, message))
}

fn secret(table: &Table<'_>, env: &str, file: &str, lookup: Lookup<'_>) -> Result<String, ConfigError> {
    let (text, offset) = text(table, env, file, lookup)?;
    check_key(&text).map_err(|expected| table.document().error(offset, expected))?;
    Ok(text)
}

/// The text at the place that exactly one of two keys names, and where that key's value stands.
pub(crate) fn text(
    table: &Table<'_>,
    env: &str,
    file: &str,
    lookup: Lookup<'_>,
) -> Result<(String, usize), ConfigError> {
    let (place, offset) = match (table.string(env)?, table.string(file)?) {
        (Some(name), None) => (Place::Variable(name.value), name.offset),
        (None, Some(path)) => (Place::File(table.document().path(&path.value)), path.offset),
        (None, None) => {
            let message = format!("expected {} or {}, found neither", table.path(env), table.path(file));
            return Err(table.document().error(table.offset, message));
        }
        (Some(_), Some(path)) => {
            let message = format!("expected {} or {}, found both", table.path(env), table.path(file));
            return Err(table.document().error(path.offset, message));
        }
    };
    let text = lookup(&place).map_err(|message| table.document().error(offset, message))?;
    Ok((text, offset))
}
