//! `GET /user/batch`, and the file that its answer leads to.
//!
//! What is in the file is not documented: here an array of the objects of `GET /user`. What the storage answers before
//! and after the file's time is not documented either: here XML with 404, as object storage does.

use super::member::Member;
use super::ok_json;
use super::user::user;
use crate::ask::Ask;
use crate::http::Response;
use crate::json::Object;
use crate::session::{Session, Ticket};
use crate::stamp::{iso_seconds, minute_name};

/// The path stands for `https://storage.googleapis.com/batch.ayrshare.com/users/`.
const FOLDER: &str = "/storage/batch.ayrshare.com/users";

pub(crate) fn answer(ask: &Ask<'_>, session: &mut Session) -> Response {
    let ticket = session.ticket(ask.settings, ask.now);
    let (base, folder) = (&ask.request.base_url, folder(ask));
    let body = Object::new()
        .with("success", true)
        .with("url", format!("{base}{FOLDER}/{folder}/{}", file_name(ticket)))
        .with("urlAvailable", iso_seconds(ticket.available))
        .with("urlExpires", iso_seconds(ticket.expires))
        .with("lastUpdated", ticket.made.to_string())
        .with("nextUpdate", ticket.next.to_string());
    ok_json(&body.into())
}

fn folder(ask: &Ask<'_>) -> String {
    format!("{:013x}", ask.lot.number("folder", 0) >> 12)
}

fn file_name(ticket: Ticket) -> String {
    format!("users-batch-{}.json", minute_name(ticket.made))
}

/// The file: no key is asked for, its address is the secret.
pub(crate) fn file(ask: &Ask<'_>, session: &Session) -> Response {
    let (folder, name) = (format!("/{}/", folder(ask)), ask.last_segment());
    let is_ready = |ticket: &&Ticket| (ticket.available..ticket.expires).contains(&ask.now);
    let ticket = session
        .tickets()
        .iter()
        .filter(|ticket| file_name(**ticket) == name)
        .find(is_ready);
    let Some(ticket) = ticket.filter(|_| ask.request.path.contains(&folder)) else {
        return missing(name);
    };
    let etag = format!("\"{:x}-{:x}\"", ticket.made.0, ask.epoch.0);
    part(ask, users(ask), &etag).with_header("etag", etag)
}

/// The file, or the part of it that is asked for: object storage knows both.
fn part(ask: &Ask<'_>, users: Vec<u8>, etag: &str) -> Response {
    let whole = |users| Response::new(200, "application/json", users).with_header("accept-ranges", "bytes");
    let is_same = ask.request.header("if-range").is_none_or(|given| given == etag);
    let asked = ask.request.header("range").filter(|_| is_same);
    let Some((first, last)) = asked.and_then(|text| text.strip_prefix("bytes=")?.split_once('-')) else {
        return whole(users);
    };
    let (Ok(first), length) = (first.parse::<usize>(), users.len()) else {
        return whole(users);
    };
    let last = last.parse().unwrap_or(usize::MAX).min(length.saturating_sub(1));
    match users.get(first..=last) {
        Some(part) if first <= last => {
            let range = format!("bytes {first}-{last}/{length}");
            Response::new(206, "application/json", part).with_header("content-range", range)
        }
        _ => Response::new(416, "application/json", "").with_header("content-range", format!("bytes */{length}")),
    }
}

/// Written record by record: the array is never a tree in memory.
fn users(ask: &Ask<'_>) -> Vec<u8> {
    let mut out = vec![b'['];
    for index in 0..ask.settings.n_ayrshare() {
        if index > 0 {
            out.extend_from_slice(b",\n");
        }
        out.extend(user(ask, &Member::new(ask, index), false).to_bytes());
    }
    out.push(b']');
    out
}

/// The name comes from the request, so only plain characters of it are repeated.
fn missing(name: &str) -> Response {
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        .collect();
    let body = format!(
        "<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not \
         exist.</Message><Details>No such object: batch.ayrshare.com/users/{name}</Details></Error>"
    );
    Response::new(404, "application/xml; charset=UTF-8", body)
}
