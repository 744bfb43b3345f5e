//! Links of an API become positions of ours (HAL). A client never gets the address that an API wrote into `_links`: it
//! gets one cursor that names the paging parameters of the next page under a seal, and gives it back as it is. So no page
//! in an API's list is asked for that the API itself did not point to, and no account's cursor serves another.
//!
//! A seal says that something was given out here. It hides nothing, and what it covers is held against the route's table
//! again when it comes back.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use roster_core::{Error, Kind, Next, Param, Provider, Query, Response, Route, Upstream, provider};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::plan::Credential;
use crate::refusal::{Refusal, cause};

/// Sets seals apart from everything else that is derived from the same secrets, and changes when their form does.
const LABEL: &str = "roster seal 1";

/// Bytes of a seal: nobody guesses one of 2^128.
const SEAL_BYTES: usize = 16;

/// What some writers put before JSON.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What a source seals with. It is derived from the source's credential, so that every replica of a proxy, on one machine
/// or at the edge, takes what another gave out, and nobody configures one more secret. It has no `Debug`.
#[derive(Clone)]
pub struct Seal([u8; 32]);

impl Seal {
    /// The seal of the source with these secrets.
    pub fn of<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in std::iter::once(LABEL).chain(secrets) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self(hash.finalize().into())
    }

    /// The code over parts, each behind its length. `None` is a part of its own kind: no text is like it.
    fn code(&self, parts: &[Option<&str>]) -> Option<Hmac<Sha256>> {
        let mut code = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        for part in parts {
            code.update(&[u8::from(part.is_some())]);
            let text = part.unwrap_or_default();
            code.update(&(text.len() as u64).to_be_bytes());
            code.update(text.as_bytes());
        }
        Some(code)
    }
}

/// A list whose pages are strung together by links.
struct Linked {
    provider: &'static dyn Provider,
    route: &'static Route,
    path: &'static str,
    /// The parameter that our cursor travels in.
    cursor: &'static Param,
}

impl Linked {
    /// The list that a target asks for, if it is one whose position is what a link carries.
    fn at(provider_id: &str, target: &str) -> Option<Self> {
        let provider = provider(provider_id)?;
        let asked = target.split('?').next().unwrap_or_default();
        provider.info().routes.iter().find_map(|route| {
            let Upstream::Path(path) = route.upstream else {
                return None;
            };
            let position = route.pagination.as_ref().filter(|_| path == asked)?.position;
            let mut params = position.iter().rev().filter_map(|name| route.param(name));
            let cursor = params.find(|param| is_text(param)).filter(|_| position.len() > 1)?;
            Some(Self {
                provider,
                route,
                path,
                cursor,
            })
        })
    }

    fn is_position(&self, name: &str) -> bool {
        let pagination = self.route.pagination.as_ref();
        pagination.is_some_and(|pagination| pagination.position.contains(&name))
    }

    /// The position in a target that is asked for.
    fn position_in(&self, target: &str) -> String {
        let query = target.split_once('?').map_or("", |(_, query)| query);
        pairs(form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| self.is_position(name)))
    }

    fn code(&self, seal: &Seal, credential: &Credential, payload: &str) -> Result<Hmac<Sha256>, Refusal> {
        let parts = [
            Some(self.provider.info().id),
            Some(self.route.name),
            credential.profile.as_deref(),
            Some(payload),
        ];
        let code = seal.code(&parts);
        code.ok_or_else(|| cause::BUG.refusal("bug: a seal has no code"))
    }

    fn sealed(&self, seal: &Seal, credential: &Credential, payload: &str) -> Result<String, Refusal> {
        let code = self.code(seal, credential, payload)?.finalize().into_bytes();
        let mut bytes = code.get(..SEAL_BYTES).unwrap_or_default().to_vec();
        bytes.extend(payload.as_bytes());
        let cursor = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let taken = self.cursor.kind.check(&cursor);
        taken.map_err(|_| cause::NOT_JSON.refusal("expected a next link that fits into a cursor, found a longer one"))
    }

    fn opened(&self, seal: &Seal, credential: &Credential, cursor: &str) -> Result<String, Refusal> {
        let foreign = || {
            let message = format!(
                "expected at {} a cursor that this proxy gave, found another",
                self.cursor.name
            );
            cause::QUERY.refusal(message).with_provider(self.provider.info().id)
        };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| foreign())?;
        let (code, payload) = bytes.split_at_checked(SEAL_BYTES).ok_or_else(foreign)?;
        let payload = std::str::from_utf8(payload).map_err(|_| foreign())?;
        let expected = self.code(seal, credential, payload)?;
        // In constant time, so that nobody finds a seal byte by byte.
        expected.verify_truncated_left(code).map_err(|_| foreign())?;
        Ok(payload.to_owned())
    }
}

fn is_text(param: &Param) -> bool {
    matches!(param.kind, Kind::Text { .. })
}

/// Whether the answer to a target holds links, so that it must be whole before it goes on.
pub fn has_links(provider: &str, target: &str) -> bool {
    Linked::at(provider, target).is_some()
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, default, rename = "_links")]
    links: Option<&'a RawValue>,
}

/// The body with one sealed link in the place of the links that the API wrote; `None` if it has none and goes on as it is.
/// `target` is the path with query that was asked below `base_url`.
///
/// # Errors
/// 502 for a `next` that leads to another list, origin or path, and for links that two readers could read differently.
pub fn seal_links(
    seal: &Seal,
    credential: &Credential,
    base_url: &str,
    target: &str,
    body: &[u8],
) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(list) = Linked::at(credential.provider, target) else {
        return Ok(None);
    };
    let text = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    if text.trim_ascii_start().first() != Some(&b'{') {
        return Ok(None);
    }
    let links = match serde_json::from_slice::<Envelope<'_>>(text) {
        Ok(envelope) => envelope.links,
        Err(error) if error.is_data() => return Err(cause::NOT_JSON.refusal("expected _links once, found them twice")),
        // No reader finds links in what is no JSON.
        Err(_) => return Ok(None),
    };
    let Some(links) = links.map(RawValue::get) else {
        return Ok(None);
    };
    let at = links.as_ptr().addr() - body.as_ptr().addr();
    let ours = Links {
        list: &list,
        seal,
        credential,
        base_url,
    };
    let ours = ours.written(target, links)?;
    let (before, rest) = body.split_at_checked(at).unwrap_or_default();
    let after = rest.get(links.len()..).unwrap_or_default();
    Ok(Some([before, ours.as_bytes(), after].concat()))
}

/// What stands in the place of `_links`, in the form that HAL gives them.
struct Links<'a> {
    list: &'a Linked,
    seal: &'a Seal,
    credential: &'a Credential,
    base_url: &'a str,
}

impl Links<'_> {
    /// This page, and the next one by our cursor if there is one.
    fn written(&self, target: &str, links: &str) -> Result<String, Refusal> {
        let own = self.link("Self", &self.list.position_in(target))?;
        let Some(position) = self.next(links)? else {
            return Ok(format!("{{\"self\":{own}}}"));
        };
        let next = self.link("Next", &position)?;
        Ok(format!("{{\"self\":{own},\"next\":{next}}}"))
    }

    /// The position that the API's `next` points to. A page without records is read as a client reads it, so that both
    /// take the same links.
    fn next(&self, links: &str) -> Result<Option<String>, Refusal> {
        let (info, route) = (self.list.provider.info(), self.list.route);
        let page = Response::new(200, format!("{{\"{}\":[],\"_links\":{links}}}", info.list_key))
            .with_header(Response::UPSTREAM_HEADER, self.base_url);
        let request = Query::new(info.id, route.name).and_then(|query| query.request());
        let page = request.and_then(|request| self.list.provider.parse(&request, &page));
        match page.map_err(|error| elsewhere(&error))?.next {
            None => Ok(None),
            Some(Next::Link(position)) => Ok(Some(pairs(position))),
            Some(_) => Err(cause::BUG.refusal("bug: a list with links has another position")),
        }
    }

    fn link(&self, title: &str, position: &str) -> Result<String, Refusal> {
        let mut href = format!("{}{}", self.base_url, self.list.path);
        if !position.is_empty() {
            let cursor = self.list.sealed(self.seal, self.credential, position)?;
            href = format!("{href}?{}", pairs([(self.list.cursor.name, cursor)]));
        }
        let href = serde_json::Value::from(href);
        Ok(format!("{{\"title\":\"{title}\",\"href\":{href}}}"))
    }
}

fn elsewhere(error: &Error) -> Refusal {
    Refusal::from_error(error, cause::NOT_JSON.status, "The API's next link leads elsewhere")
}

fn pairs<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// The target with the position that a cursor of ours names; any other target as it is. Numbers of pages are the table's
/// matter; a text is taken only under our seal.
///
/// # Errors
/// 400 for a cursor that was not given out here, to this account, for this list; and for one beside another position.
pub fn open_links(seal: &Seal, credential: &Credential, target: &str) -> Result<String, Refusal> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let Some(list) = Linked::at(credential.provider, target) else {
        return Ok(target.to_owned());
    };
    let asked: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let (position, others): (Vec<_>, Vec<_>) = asked.into_iter().partition(|(name, _)| list.is_position(name));
    let is_sealed = |name: &str| list.route.param(name).is_some_and(is_text);
    if !position.iter().any(|(name, _)| is_sealed(name)) {
        return Ok(target.to_owned());
    }
    match position.as_slice() {
        [(name, cursor)] if name == list.cursor.name => {
            let position = list.opened(seal, credential, cursor)?;
            let separator = if others.is_empty() { "" } else { "&" };
            Ok(format!("{path}?{position}{separator}{}", pairs(others)))
        }
        _ => {
            let message = format!("expected a cursor of this proxy alone, at {}", list.cursor.name);
            Err(cause::QUERY.refusal(message).with_provider(list.provider.info().id))
        }
    }
}
