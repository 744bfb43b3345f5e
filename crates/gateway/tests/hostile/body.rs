//! What must hold for any request head and for any answer of an API. The fuzz targets run these bodies over bytes that
//! they find; `hostile.rs` runs them over a bounded number of generated ones.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use roster_core::{ALL, UnixMs, Upstream, provider};
use roster_gateway::{
    Area, Credential, Envelope, FileRange, Hosts, Limits, Outcome, Policy, Refusal, Seal, Standing, Storage, Target,
    Ticket, TokenAnswer, answer, batch_target, file_reply, gate, head_reply, is_covered, may_attach, open_links, plan,
    reply, seal_links,
};

/// What must not come out again.
pub(crate) const SECRET: &str = "CANARY-0123456789";

/// The only headers of an API that a client may see.
const SEEN: [&str; 14] = [
    "content-type",
    "retry-after",
    "last-modified",
    "request-id",
    "x-ratelimit-max",
    "x-ratelimit-count",
    "x-rate-limit-limit",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
    "content-range",
    "content-length",
    "accept-ranges",
    "etag",
    "allow",
];

const NOW: UnixMs = UnixMs(1_750_000_000_000);

fn headers<'a>(lines: impl Iterator<Item = &'a [u8]>) -> HeaderMap {
    let pair = |line: &[u8]| {
        let at = line.iter().position(|byte| *byte == b':')?;
        let (name, value) = line.split_at(at);
        let value = HeaderValue::from_bytes(value[1..].trim_ascii()).ok()?;
        Some((HeaderName::from_bytes(name).ok()?, value))
    };
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(pair) {
        headers.append(name, value);
    }
    headers
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Any request head: it is refused, or it has a plan whose target is one of the table's and whose key may go there.
pub(crate) fn request(bytes: &[u8]) {
    let mut lines = lines(bytes);
    let first = lines.next().unwrap_or_default();
    let mut words = first.split(|byte| *byte == b' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let headers = headers(lines);
    if let Some(range) = FileRange::read(&headers) {
        assert!(range.last.is_none_or(|last| range.first <= last));
        assert!(range.headers().iter().all(|(_, value)| value.to_str().is_ok()));
    }
    let (Ok(method), Ok(uri)) = (Method::from_bytes(method), Uri::try_from(target)) else {
        return;
    };
    let hosts = Hosts::new(8787, &[]);
    if gate(&hosts, Area::Api, &method, &uri, &headers).is_ok() {
        assert!(matches!(method, Method::GET | Method::HEAD));
        assert!(uri.authority().is_none_or(|authority| hosts.has(authority.as_str())));
    }
    planned(uri.path(), uri.query());
    if let Ok(text) = std::str::from_utf8(target) {
        let (path, query) = text
            .split_once('?')
            .map_or((text, None), |(path, query)| (path, Some(query)));
        planned(path, query);
    }
}

fn planned(path: &str, query: Option<&str>) {
    let Ok(plan) = plan(path, query, Limits::default()) else {
        return;
    };
    let (Target::Path(target) | Target::BatchFile(target)) = &plan.target;
    let (Upstream::Path(own) | Upstream::BatchFile(own)) = &plan.route.upstream;
    let (target_path, target_query) = target.split_once('?').unwrap_or((target, ""));
    assert_eq!(target_path, *own);
    assert!(
        target_query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'),
        "{target_query}"
    );
    for (_, base_url) in provider(plan.provider).unwrap().info().environments {
        assert!(may_attach(base_url, &format!("{base_url}{target}")), "{target}");
    }
}

/// Any answer of an API: a selecting byte, a status in digits, header lines, an empty line, a body. What goes on is on
/// the list, what is refused is a problem, and no secret is in either once it is taken out.
pub(crate) fn response(bytes: &[u8]) {
    let (select, bytes) = bytes.split_first().unwrap_or((&0, &[]));
    let at = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let (head, body) = bytes.split_at(at);
    let body = body.get(2..).unwrap_or_default();
    let mut lines = lines(head);
    let status = std::str::from_utf8(lines.next().unwrap_or_default()).unwrap_or_default();
    let status = status.trim().parse().unwrap_or(200_u16) % 600;
    let provider = ALL[usize::from(*select) % ALL.len()];
    let arrived = answer(status, &headers(lines), body.to_vec(), NOW);
    if let Err(refusal) = head_reply(provider, &arrived) {
        assert!(
            reply(provider, &arrived).is_err(),
            "what a head refuses, the whole refuses"
        );
        refused(refusal);
    }
    match reply(provider, &arrived) {
        Ok(headers) => assert!((200..300).contains(&status) && headers.keys().all(is_seen)),
        Err(refusal) => refused(refusal),
    }
    let asked = FileRange::read(&HeaderMap::from_iter([(
        http::header::RANGE,
        HeaderValue::from_static("bytes=5-"),
    )]));
    match file_reply(&arrived, asked.as_ref()) {
        Ok((status, headers)) => assert!(matches!(status, 200 | 206) && headers.keys().all(is_seen)),
        Err(refusal) => refused(refusal),
    }
    standing(&arrived);
    kept(body);
    links(body);
    ticket(body);
    if let Err(refusal) = TokenAnswer::parse(status, body, NOW) {
        assert!(
            !refusal.problem.to_json().contains(SECRET),
            "nothing of a token's answer is told"
        );
    }
}

fn is_seen(name: &HeaderName) -> bool {
    SEEN.contains(&name.as_str())
}

fn refused(refusal: Refusal) {
    let covered = is_covered(&refusal);
    let refusal = refusal.without([SECRET]);
    assert!((400..600).contains(&refusal.status));
    let text = refusal.problem.to_json();
    assert!(!text.contains(SECRET) && text.len() < 8_000, "{text}");
    let headers = refusal.headers();
    assert!(headers.keys().all(is_seen), "{headers:?}");
    assert!(
        headers
            .values()
            .all(|value| !value.as_bytes().windows(SECRET.len()).any(|w| w == SECRET.as_bytes()))
    );
    assert!(!covered || matches!(refusal.status, 429 | 502..=504));
}

fn standing(arrived: &roster_core::Response) {
    let policy = Policy::of(ALL[0].info());
    let mut standing = Standing::default();
    let pass = standing.admit(&policy, NOW).unwrap();
    let outcome = standing.record(&policy, pass, arrived, NOW);
    // Whatever an answer says, a quarter of an hour later the source may be asked again.
    assert!(
        standing.admit(&policy, NOW.plus_ms(15 * 60 * 1000)).is_ok(),
        "{outcome:?}"
    );
    assert!(outcome != Outcome::Answered || arrived.status != 429);
    let text = serde_json::to_string(&standing).unwrap();
    assert_eq!(serde_json::from_str::<Standing>(&text).unwrap(), standing);
}

fn kept(body: &[u8]) {
    let Some(envelope) = Envelope::of_data(body, NOW) else {
        return;
    };
    assert!(
        serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok(),
        "only whole JSON is kept"
    );
    assert!((5_000..=900_000).contains(&(envelope.fresh_until_ms - NOW.0)));
}

/// No link of an API goes on: where there was one, there is a cursor that opens to a page of the same list, or a refusal.
fn links(body: &[u8]) {
    let (seal, credential) = (
        Seal::of([SECRET]),
        Credential {
            provider: "upsun",
            profile: None,
        },
    );
    let base_url = "https://api.upsun.com";
    let Ok(Some(ours)) = seal_links(&seal, &credential, base_url, "/profiles", body) else {
        return;
    };
    let text = String::from_utf8(ours).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let read: serde_json::Value = serde_json::from_str(text).unwrap();
    for (_, link) in read["_links"].as_object().unwrap() {
        let href = link["href"].as_str().unwrap();
        let target = href.strip_prefix(base_url).unwrap();
        let opened = open_links(&seal, &credential, target).unwrap();
        assert!(opened == "/profiles" || opened.starts_with("/profiles?"), "{opened}");
        planned(
            &format!("/api/v1/upsun{}", opened.split('?').next().unwrap()),
            opened.split_once('?').map(|it| it.1),
        );
    }
}

fn ticket(body: &[u8]) {
    let Ok(ticket) = Ticket::parse(body) else { return };
    let _ = ticket.check(NOW);
    if let Ok(place) = batch_target(&Storage::default(), &ticket.url) {
        assert!(place.is_https && place.port == 443 && place.host == "storage.googleapis.com");
    }
}
