//! `GET /user/batch`: a ticket for a file with the data of every user profile, and that file.
//!
//! Source: <https://www.ayrshare.com/docs/apis/user/batch-get-all>, seen 2026-11.

use crate::error::{Error, ErrorKind};
use crate::json::{self, Members, describe, elements};
use crate::model::model;
use crate::page::Page;
use crate::splitter::Splitter;
use crate::time::UnixMs;

use super::INFO;

model! {
    /// Says where the file will be and when.
    pub struct BatchTicket {
        /// Whether the file is being made.
        success: bool = "success",
        /// Address of the file. It grants access to everybody who has it; no key may be sent to it.
        url: String = "url",
        /// When the file can be fetched, ISO 8601 in UTC; five minutes after `lastUpdated` in the documentation.
        url_available: String = "urlAvailable",
        /// Until when, ISO 8601 in UTC; seven days after `lastUpdated`.
        url_expires: String = "urlExpires",
        /// When the file was begun, ISO 8601 in UTC with milliseconds.
        last_updated: String = "lastUpdated",
        /// Before this instant the API answers the same ticket, ISO 8601 in UTC with milliseconds.
        next_update: String = "nextUpdate",
    }
}

/// When the file behind a ticket can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchTimes {
    /// When the file was begun, as sent; names the file among others.
    pub made: Option<String>,
    /// When the file can be fetched.
    pub available: Option<UnixMs>,
}

impl BatchTimes {
    /// Reads them from a ticket's body.
    ///
    /// # Errors
    /// `Decode` if it is no ticket.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        let (_, ticket) = json::object(body).map_err(|error| error.with_provider(INFO.id))?;
        let text = |key: &str| ticket.get(key).and_then(json::string);
        if text("url").is_none() {
            let error = Error::unexpected(ErrorKind::Decode, "url", "the address of a file", "none");
            return Err(error.with_provider(INFO.id));
        }
        Ok(Self {
            made: text("lastUpdated"),
            available: text("urlAvailable").and_then(|text| UnixMs::parse(&text)),
        })
    }

    /// Milliseconds to wait until the file is there. A clock that is wrong makes nobody wait longer than the ticket
    /// itself says that making the file takes.
    pub fn wait_ms(&self, now: UnixMs) -> u64 {
        let Some(available) = self.available else { return 0 };
        let made = self.made.as_deref().and_then(UnixMs::parse);
        let longest = made.map_or(i64::MAX, |made| available.since(made));
        u64::try_from(available.since(now).min(longest)).unwrap_or(0)
    }
}

/// Reads the file behind a ticket while it arrives; what [`parse_batch_file`] says of its form holds here too.
pub const fn split_batch_file() -> Splitter {
    Splitter::new(INFO.id, INFO.id_key)
}

/// Reads the file behind a ticket as one page whose records are read by [`super::User::parse`].
///
/// No documentation shows the file. Read are an array of user objects, and an object that wraps exactly one array of
/// objects; what stands among them and has no `refId` is rejected, not dropped.
///
/// # Errors
/// `Decode` if the body has neither form.
pub fn parse_batch_file(body: &[u8]) -> Result<Page, Error> {
    read(body).map_err(|error| error.with_provider(INFO.id))
}

fn read(body: &[u8]) -> Result<Page, Error> {
    let text = json::text(body)?;
    let mut page = Page::empty(INFO.id, text);
    let whole = text.trim();
    if whole.starts_with('[') {
        page.collect_from(0, text, whole, "$", INFO.id_key)
            .ok_or_else(|| Error::unexpected(ErrorKind::Decode, "$", "a JSON array", "text that is none"))?;
        return Ok(page);
    }
    let (_, envelope) = json::object(body)?;
    let (key, list) = wrapped(&envelope)?;
    page.collect_from(0, text, list, key, INFO.id_key)
        .ok_or_else(|| Error::unexpected(ErrorKind::Decode, key, "an array", describe(list)))?;
    Ok(page)
}

/// The one array of objects in an object. An empty array stands for no users, if there is no other.
fn wrapped<'m, 'a>(envelope: &'m Members<'a>) -> Result<(&'m str, &'a str), Error> {
    let lists: Vec<_> = envelope.iter().filter(|(_, raw)| raw.starts_with('[')).collect();
    let holds_objects =
        |raw: &str| elements(raw).is_some_and(|list| list.iter().any(|element| element.starts_with('{')));
    let of_objects: Vec<_> = lists.iter().filter(|(_, raw)| holds_objects(raw)).collect();
    match (of_objects.as_slice(), lists.as_slice()) {
        ([one], _) => Ok(**one),
        ([], [one]) => Ok(*one),
        _ => {
            let found = format!("an object with {} such arrays", of_objects.len());
            Err(Error::unexpected(ErrorKind::Decode, "$", "one array of users", found))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::ayrshare::User;

    #[test]
    fn the_wait_for_a_file_is_what_remains_and_never_more_than_making_it_takes() {
        let ticket =
            br#"{"url":"https://x","lastUpdated":"1970-01-01T00:00:00Z","urlAvailable":"1970-01-01T00:05:00Z"}"#;
        let times = BatchTimes::parse(ticket).unwrap();
        assert_eq!(times.wait_ms(UnixMs(60_000)), 240_000);
        assert_eq!(times.wait_ms(UnixMs(300_001)), 0);
        assert_eq!(
            times.wait_ms(UnixMs(-3_600_000)),
            300_000,
            "a clock that is an hour behind"
        );
        assert!(BatchTimes::parse(b"{}").is_err());
    }

    #[test]
    fn an_array_and_a_wrapped_array_give_the_same_users_as_exact_text() {
        let users = r#"[{"refId":"a", "title":"A"}, {"refId":"b"}]"#;
        let wrapped = format!(r#"{{"success":true,"tags":[],"users":{users},"count":2}}"#);
        for body in [format!("\n{users}\n"), wrapped] {
            let page = parse_batch_file(body.as_bytes()).unwrap();
            let texts: Vec<_> = page.records.iter().map(|record| page.text(record)).collect();
            assert_eq!(texts, [r#"{"refId":"a", "title":"A"}"#, r#"{"refId":"b"}"#]);
            assert_eq!(User::parse(texts[0]).unwrap().title.text(), Some("A"));
            assert_eq!(page.next, None);
        }
    }

    #[test]
    fn what_is_no_user_is_rejected_and_kept() {
        let page = parse_batch_file(br#"{"profiles":[7, {"title":"no id"}, {"refId":"a"}]}"#).unwrap();
        let rejected: Vec<_> = page
            .rejected
            .iter()
            .map(|one| (one.path.as_str(), one.raw.as_ref()))
            .collect();
        assert_eq!(
            rejected,
            [("profiles[0]", "7"), ("profiles[1]", r#"{"title":"no id"}"#)]
        );
        assert_eq!(page.records.len(), 1);
        assert_eq!(parse_batch_file(br#"{"users":[]}"#).unwrap().n_items(), 0);
    }

    #[test]
    fn a_file_of_another_form_is_refused_with_the_reason() {
        let message = |body: &[u8]| parse_batch_file(body).unwrap_err().to_string();
        assert_eq!(
            message(br#"{"a":[{}],"b":[{}]}"#),
            "ayrshare: expected one array of users at $, found an object with 2 such arrays"
        );
        assert!(message(b"{}").contains("0 such arrays"));
        assert!(message(b"<?xml version='1.0'?><Error/>").contains("HTML or XML"));
        assert!(message(b"[{\"refId\":").contains("a JSON array"));
    }
}
