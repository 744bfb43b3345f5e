//! What proves who asks: the source's own key, or the access token that was given for it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use roster_core::UnixMs;
use roster_gateway::{Limits, Plan, Refusal, TokenAnswer, TokenLife, cause, may_exchange};
use roster_shell::sensitive;
use secrecy::{ExposeSecret, SecretString};

use super::api::Desk;
use super::bridge::lines;
use super::care::{ask, unheard};
use super::{bridge, clock};
use crate::bearer::{Brought, Fault, Told};
use crate::book::Source;
use crate::keeper::{Message, Word};
use crate::section::Exchange;

/// The headers that prove who asks.
pub(crate) struct Proof {
    pub(crate) headers: Vec<(&'static str, HeaderValue)>,
    /// The number of the access token in them, if it is one.
    pub(crate) number: Option<u64>,
}

/// A token as this isolate heard of it last.
struct Given {
    value: SecretString,
    life: TokenLife,
    number: u64,
}

thread_local! {
    static GIVEN: RefCell<BTreeMap<String, Given>> = const { RefCell::new(BTreeMap::new()) };
}

/// The proof for a request. An access token of the number `refused`, or before it, is not taken again.
pub(crate) async fn proof(desk: &Desk<'_>, source: &Source, plan: &Plan, refused: u64) -> Result<Proof, Refusal> {
    let keys = source.keys()?;
    let Some(exchange) = &source.exchange else {
        let headers = keys.headers(&plan.credential, None)?;
        return Ok(Proof { headers, number: None });
    };
    let (value, number) = match at_hand(&source.name, refused) {
        Some(given) => given,
        None => asked_for(desk, source, exchange, &plan.limits, refused).await?,
    };
    let headers = keys.headers(&plan.credential, Some(sensitive(&value)?))?;
    Ok(Proof {
        headers,
        number: Some(number),
    })
}

fn at_hand(name: &str, refused: u64) -> Option<(SecretString, u64)> {
    let now = clock::now();
    GIVEN.with_borrow(|all| {
        let given = all.get(name)?;
        let is_good = given.life.is_good(now) && given.number > refused;
        is_good.then(|| (given.value.clone(), given.number))
    })
}

/// What the keeper knows; who is told to makes the exchange for all.
async fn asked_for(
    desk: &Desk<'_>,
    source: &Source,
    exchange: &Exchange,
    limits: &Limits,
    refused: u64,
) -> Result<(SecretString, u64), Refusal> {
    let until = clock::now().plus_ms(i64::try_from(limits.whole_ms).unwrap_or(i64::MAX));
    let mut message = Message::Token { refused };
    loop {
        let Word::Token(told) = ask(desk, source, message).await? else {
            return Err(unheard());
        };
        message = match told {
            Told::Token { value, life, number } => return Ok(learned(source, &value, life, number)),
            Told::Nothing(fault) => return Err(fault.refusal()),
            Told::Exchange { number } => Message::Exchanged {
                number,
                brought: exchanged(desk, exchange, limits).await,
            },
            Told::Wait { .. } if clock::now() >= until => return Err(cause::TIMEOUT.unanswered()),
            Told::Wait { ms } => {
                bridge::pause(desk.wire, ms).await;
                Message::Token { refused }
            }
        };
    }
}

fn learned(source: &Source, token: &str, life: TokenLife, number: u64) -> (SecretString, u64) {
    if let Ok(keys) = source.keys() {
        keys.learn(token);
    }
    let value = SecretString::from(format!("Bearer {token}"));
    let given = Given {
        value: value.clone(),
        life,
        number,
    };
    GIVEN.with_borrow_mut(|all| all.insert(source.name.clone(), given));
    (value, number)
}

async fn exchanged(desk: &Desk<'_>, exchange: &Exchange, limits: &Limits) -> Brought {
    if !may_exchange(&exchange.url, &exchange.url) {
        return Brought::Nothing(Fault::Unreachable);
    }
    let client = BASE64_STANDARD.encode(format!("{}:", exchange.client));
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "api_token")
        .append_pair("api_token", exchange.api_token.expose_secret())
        .finish();
    let headers = lines([
        ("accept", "application/json"),
        ("accept-encoding", "identity"),
        ("authorization", &format!("Basic {client}")),
        ("content-type", "application/x-www-form-urlencoded"),
    ]);
    match bridge::post(desk.wire, &exchange.url, &headers, &form, limits).await {
        Err(cause) => Brought::Nothing(Fault::of_cause(cause)),
        Ok(arrived) => brought(arrived.status, &arrived.body, clock::now()),
    }
}

fn brought(status: u16, body: &[u8], now: UnixMs) -> Brought {
    match TokenAnswer::parse(status, body, now) {
        Ok(answer) => Brought::Token {
            value: answer.access_token.into_owned(),
            life: answer.life,
        },
        Err(refusal) => Brought::Nothing(Fault::of_refusal(&refusal)),
    }
}
