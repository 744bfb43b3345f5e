//! `GET /profiles` in its list form; the other two forms branch off here.

use roster_core::Kind as Value;
use roster_core::providers::ayrshare::{INCLUDES, PLATFORMS};

use super::case::Byok;
use super::cursor::Cursor;
use super::member::Member;
use super::platforms::Platforms;
use super::{include, log, ok_json};
use crate::ask::Ask;
use crate::fault::Kind;
use crate::http::Response;
use crate::json::{Json, Object};
use crate::keys;
use crate::params::BadValue;
use crate::stamp::{MINUTE_MS, floor};

/// Documented default and maximum of `limit`.
const LIMIT_MAX: u64 = 5000;

/// The list is made anew every five minutes: `nextUpdate` of the documented answer is so much after `lastUpdated`.
pub(crate) const FRESH_MS: i64 = 5 * MINUTE_MS;

pub(crate) fn answer(ask: &Ask<'_>) -> Result<Response, BadValue> {
    let action_log = ask
        .params
        .checked("actionLog", &Value::BoolOrInt { min: 1, max: 365 })?;
    let filter = Filter::read(ask)?;
    let limit = ask.params.int("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT_MAX);
    let start = match ask.params.text("cursor") {
        None => Cursor::START,
        Some(text) => Cursor::read(text).ok_or(BadValue {
            name: "cursor",
            expected: "the nextCursor of an earlier answer".to_owned(),
        })?,
    };
    let includes = ask.params.words("include", INCLUDES)?;
    if includes.is_some() && filter.ref_id.is_none() {
        return Err(BadValue {
            name: "include",
            expected: "used together with refId".to_owned(),
        });
    }
    match action_log.as_deref() {
        None | Some("false") => {}
        Some("true") => return Ok(log::answer(ask, log::DEFAULT_DAYS)),
        Some(days) => return Ok(log::answer(ask, days.parse().unwrap_or(log::DEFAULT_DAYS))),
    }
    let page = Page::find(ask, &filter, start, limit);
    Ok(match includes {
        Some(parts) => include::answer(&page, limit, &parts),
        None => ok_json(&page.body(ask, start, limit)),
    })
}

/// What the query asks for.
struct Filter {
    title: Option<String>,
    ref_id: Option<String>,
    has_accounts: Option<bool>,
    includes: Platforms,
    is_byok_linked: Option<bool>,
    /// Places of the profiles whose keys were given as `profileKeys[0]=…`. Not documented; Ayrshare's own test script
    /// asks so. Source: <https://github.com/ayrshare/hurl-scripts>, seen 2026-11.
    keyed: Option<Vec<u64>>,
}

impl Filter {
    fn read(ask: &Ask<'_>) -> Result<Self, BadValue> {
        let params = &ask.params;
        let text = |name: &str| params.text(name).map(str::to_owned);
        let includes = params.words("includesActiveSocialAccounts", PLATFORMS)?;
        let given_keys = params.list("profileKeys");
        let keyed = || given_keys.iter().filter_map(|key| index_of_key(key)).collect();
        Ok(Self {
            title: text("title"),
            ref_id: text("refId"),
            has_accounts: params.boolean("hasActiveSocialAccounts")?,
            includes: Platforms::of(&includes.unwrap_or_default()),
            is_byok_linked: params.boolean("isByokLinked")?,
            keyed: (!given_keys.is_empty()).then(keyed),
        })
    }

    /// Decides from numbers, the cheapest first; no record is written for a profile that is left out.
    fn takes(&self, member: &Member) -> bool {
        self.keyed.as_ref().is_none_or(|places| places.contains(&member.index))
            && self.title.as_ref().is_none_or(|title| member.is_titled(title))
            && self
                .has_accounts
                .is_none_or(|wanted| wanted != member.platforms().is_empty())
            && (self.includes.is_empty() || member.platforms().has(self.includes))
            && self
                .is_byok_linked
                .is_none_or(|wanted| takes_byok(member.byok(), wanted))
    }

    /// The places to look at, from `from` on: one if the reference id says which.
    fn places(&self, ask: &Ask<'_>, from: u64) -> std::ops::Range<u64> {
        let n = ask.settings.n_ayrshare();
        match &self.ref_id {
            None => from.min(n)..n,
            Some(ref_id) => match Member::index_of(ask, ref_id) {
                Some(index) if index >= from => index..index + 1,
                _ => 0..0,
            },
        }
    }
}

/// A profile with X that does not say whether its own key is linked has not linked one.
fn takes_byok(byok: Option<Byok>, wanted: bool) -> bool {
    byok.is_some_and(|byok| (byok == Byok::Linked) == wanted)
}

/// The place of the profile with this key.
pub(crate) fn index_of_key(key: &str) -> Option<u64> {
    let digits = key.strip_prefix(keys::AYRSHARE_PROFILE_KEY_PREFIX)?;
    let index: u64 = digits.parse().ok()?;
    (index.to_string() == digits).then_some(index)
}

/// The profiles of one page, and where the next one begins.
pub(crate) struct Page {
    pub(crate) members: Vec<Member>,
    next: Option<u64>,
}

impl Page {
    fn find(ask: &Ask<'_>, filter: &Filter, start: Cursor, limit: u64) -> Self {
        let mut page = Self {
            members: Vec::new(),
            next: None,
        };
        for index in filter.places(ask, start.from) {
            let member = Member::new(ask, index);
            if !filter.takes(&member) {
                continue;
            }
            if page.members.len() as u64 == limit {
                page.next = Some(index);
                break;
            }
            page.members.push(member);
        }
        page
    }

    fn body(&self, ask: &Ask<'_>, start: Cursor, limit: u64) -> Json {
        let mut records: Vec<Json> = self.members.iter().map(Member::record).collect();
        let mut next = self.next.map(|from| Cursor { from, pass: 0 });
        match ask.fault {
            Some(Kind::MalformedRecord) => {
                let middle = records.len() / 2;
                if let Some(record) = records.get_mut(middle) {
                    *record = Json::Int(7);
                }
            }
            Some(Kind::RepeatedCursor) => next = Some(start),
            Some(Kind::EmptyMiddlePage) if !records.is_empty() => {
                records.clear();
                next = Some(Cursor {
                    pass: start.pass.saturating_add(1),
                    ..start
                });
            }
            _ => {}
        }
        let updated = floor(ask.now, FRESH_MS);
        let n_records = records.len() as u64;
        Object::new()
            .with("profiles", records)
            .with("count", n_records)
            .with("lastUpdated", updated.to_string())
            .with("nextUpdate", updated.plus_ms(FRESH_MS).to_string())
            .with("pagination", pagination(ask, next, limit))
            .into()
    }
}

fn pagination(ask: &Ask<'_>, next: Option<Cursor>, limit: u64) -> Object {
    let text = next.map(|cursor| cursor.write(&Member::new(ask, cursor.from.saturating_sub(1))));
    Object::new()
        .with("hasMore", next.is_some())
        .with("nextCursor", text)
        .with("limit", limit)
}
