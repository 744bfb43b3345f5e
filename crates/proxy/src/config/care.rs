//! How carefully a source is asked (`[<provider>.limits]`), and where its token is exchanged.

use roster_core::Info;
use roster_gateway::{Policy, Rate};

use super::reader::Table;
use super::section::{base_url, needed};
use super::{ConfigError, Lookup};
use crate::upstream::Exchange;
use roster_shell::Keys;

/// Most requests at the same time that may be asked for.
const N_RUNNING: u64 = 10_000;

/// Longest window, in seconds: a day.
const WINDOW_S: u64 = 24 * 60 * 60;

/// Reads `[<provider>.limits]` over the policy of the provider's table.
pub(crate) fn policy(info: &Info, table: &mut Table<'_>) -> Result<Policy, ConfigError> {
    let usual = Policy::of(info);
    let Some(limits) = table.table("limits")? else {
        return Ok(usual);
    };
    let number = |key, range| limits.whole(key, range).map(|found| found.map(|found| found.value));
    let requests = number("requests", 0..=u64::from(u32::MAX))?;
    let window_s = number("window_s", 1..=WINDOW_S)?;
    let rate = match (requests, window_s) {
        (None, None) => usual.rate,
        (Some(0), _) => None,
        (Some(n), Some(s)) => Rate::in_window(u32::try_from(n).unwrap_or(u32::MAX), s.saturating_mul(1000)),
        _ => {
            let message = format!("expected requests and window_s together at {}", table.path("limits"));
            return Err(table.document().error(limits.offset, message));
        }
    };
    let count = |found: Option<u64>, usual: usize| found.and_then(|n| usize::try_from(n).ok()).unwrap_or(usual);
    let policy = Policy {
        rate,
        n_running: count(number("at_once", 1..=N_RUNNING)?, usual.n_running),
        n_waiting: count(number("waiting", 0..=N_RUNNING)?, usual.n_waiting),
        keeps: limits.boolean("cache")?.unwrap_or(usual.keeps),
        ..usual
    };
    limits.end()?;
    Ok(policy)
}

/// The access token itself, or a longer-lived one that is exchanged for it.
pub(crate) fn bearer(
    info: &Info,
    table: &Table<'_>,
    environment: &str,
    lookup: Lookup<'_>,
) -> Result<(Keys, Option<Exchange>), ConfigError> {
    let Some(place) = &info.exchange else {
        return Ok((Keys::bearer(&needed(table, "key", lookup)?), None));
    };
    let has_token = table.string("api_token_env")?.is_some() || table.string("api_token_file")?.is_some();
    let own = table.string("token_url")?;
    if !has_token {
        return Ok((Keys::bearer(&needed(table, "key", lookup)?), None));
    }
    let both = match (table.string("key_env")?, table.string("key_file")?) {
        (None, None) => None,
        (env, file) => env.or(file),
    };
    if let Some(both) = both {
        let message = format!("expected a key or an api_token at {}, found both", table.path("key"));
        return Err(table.document().error(both.offset, message));
    }
    let is_usual = info
        .environments
        .first()
        .is_some_and(|(usual, _)| *usual == environment);
    let url = match own {
        Some(own) => {
            let may_be_loopback = table.boolean("allow_insecure_loopback")?.unwrap_or_default();
            base_url(table, &own, "token_url", may_be_loopback)?
        }
        None if is_usual => place.url.to_owned(),
        None => {
            let message = format!("expected {} beside another environment", table.path("token_url"));
            return Err(table.document().error(table.offset, message));
        }
    };
    let api_token = needed(table, "api_token", lookup)?;
    let exchange = Exchange::new(url, place.client, &api_token);
    Ok((Keys::exchanged(&api_token), Some(exchange)))
}
