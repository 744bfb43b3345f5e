//! `[access]`: who may ask; and `[tls]`: with which certificate we prove who we are.

use std::sync::Arc;

use http::HeaderName;
use roster_gateway::{Access, Networks, Origins};
use rustls::ServerConfig;

use super::reader::{At, Table};
use super::section::text;
use super::{ConfigError, Lookup};
use roster_shell::{Tokens, check_token};

use crate::access::{self, Door};
use crate::tls;

/// Reads `[access]`.
pub(crate) fn door(mut table: Table<'_>, lookup: Lookup<'_>) -> Result<Door, ConfigError> {
    let trusted_proxies = listed(&table, "trusted_proxies", |texts| Networks::parse(texts))?;
    let user_header = user_header(&table)?;
    if let Some(header) = user_header.as_ref().filter(|_| trusted_proxies.is_empty()) {
        let message = format!(
            "expected trusted_proxies beside {}, found none",
            table.path("user_header")
        );
        return Err(table.document().error(header.offset, message));
    }
    let origins = listed(&table, "allowed_origins", |texts| Origins::parse(texts))?;
    let per_minute = table
        .number("client_requests_per_minute")?
        .unwrap_or(access::CLIENT_PER_MINUTE);
    let burst = table.number("client_burst")?.unwrap_or(access::CLIENT_BURST);
    let tokens = tokens(&mut table, lookup)?;
    table.end()?;
    let rules = Access {
        trusted_proxies,
        user_header: user_header.map(|header| header.value),
        has_tokens: !tokens.is_empty(),
    };
    Ok(Door {
        rules,
        tokens,
        origins,
        rate: access::rate(per_minute, burst),
    })
}

/// A list of strings, read by `parse`, whose mistake stands at the list.
fn listed<T>(
    table: &Table<'_>,
    key: &str,
    parse: impl Fn(&mut dyn Iterator<Item = &str>) -> Result<T, String>,
) -> Result<T, ConfigError> {
    let found = table.strings_at(key)?;
    let (texts, offset) = found.map_or((Vec::new(), table.offset), |found| (found.value, found.offset));
    parse(&mut texts.iter().map(String::as_str)).map_err(|message| {
        let message = format!("{message} at {}", table.path(key));
        table.document().error(offset, message)
    })
}

/// An underscore is refused: some servers read it as a dash, and so a client's header as the proxy's.
///
/// Source: <https://nvd.nist.gov/vuln/detail/CVE-2025-64484>, seen 2026-11.
fn user_header(table: &Table<'_>) -> Result<Option<At<HeaderName>>, ConfigError> {
    let Some(found) = table.string("user_header")? else {
        return Ok(None);
    };
    let name = HeaderName::from_bytes(found.value.as_bytes());
    let name = name.ok().filter(|name| !name.as_str().contains('_'));
    let value = name.ok_or_else(|| {
        let message = format!(
            "expected the name of a header without underscores at {}",
            table.path("user_header")
        );
        table.document().error(found.offset, message)
    })?;
    Ok(Some(At {
        value,
        offset: found.offset,
    }))
}

fn tokens(table: &mut Table<'_>, lookup: Lookup<'_>) -> Result<Tokens, ConfigError> {
    let mut tokens = Tokens::default();
    let Some(mut names) = table.table("tokens")? else {
        return Ok(tokens);
    };
    for name in names.keys() {
        let Some(entry) = names.table(&name.value)? else {
            continue;
        };
        let (token, offset) = text(&entry, "env", "file", lookup)?;
        check_token(&token).map_err(|expected| entry.document().error(offset, expected))?;
        entry.end()?;
        tokens.add(name.value, token.into());
    }
    names.end()?;
    Ok(tokens)
}

/// Reads `[tls]` and the files that it names.
pub(crate) fn tls(table: &Table<'_>) -> Result<Arc<ServerConfig>, ConfigError> {
    let file = |key: &str| {
        let found = table.string(key)?;
        found.ok_or_else(|| {
            let message = format!("expected {}, found none", table.path(key));
            table.document().error(table.offset, message)
        })
    };
    let (certificate, key) = (file("certificate_file")?, file("key_file")?);
    table.end()?;
    let path = |at: &At<String>| table.document().path(&at.value);
    let read = tls::read(&path(&certificate), &path(&key));
    read.map_err(|(is_key, message)| {
        let at = if is_key { &key } else { &certificate };
        table.document().error(at.offset, message)
    })
}
