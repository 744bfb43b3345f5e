//! A part of a batch file, so that a download that broke off goes on where it ended.
//!
//! No header of the client is copied: a range is read into numbers and written anew, an entity tag is held against its
//! grammar. What is not exactly one plain range is as good as none, and the whole file is the answer.
//!
//! Source: RFC 9110, 14.2, <https://www.rfc-editor.org/rfc/rfc9110#section-14.2>, seen 2026-11.

use http::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderName, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderValue};
use roster_core::Response;

use crate::refusal::{Refusal, cause};

/// Longest entity tag that passes, in bytes.
const ETAG_BYTES: usize = 128;

/// A part of a file that a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRange {
    /// First byte, from 0.
    pub first: u64,
    /// Last byte, if the client names one.
    pub last: Option<u64>,
    /// The strong entity tag that the file must still have.
    etag: Option<String>,
}

impl FileRange {
    /// The part that a request asks for: one range with a beginning, `bytes=5-` or `bytes=5-9`, and with it an `If-Range`
    /// that is a strong entity tag. `None` is the whole file.
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let text = only(headers, &RANGE)?.strip_prefix("bytes=")?;
        let (first, last) = text.split_once('-')?;
        let last = if last.is_empty() { None } else { Some(number(last)?) };
        let first = number(first)?;
        let etag = if headers.contains_key(IF_RANGE) {
            Some(strong(only(headers, &IF_RANGE)?)?.to_owned())
        } else {
            None
        };
        let is_forward = last.is_none_or(|last| first <= last);
        is_forward.then_some(Self { first, last, etag })
    }

    /// The headers for the storage.
    pub fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let last = self.last.map(|last| last.to_string()).unwrap_or_default();
        let range = HeaderValue::try_from(format!("bytes={}-{last}", self.first));
        let etag = self.etag.as_ref().map(HeaderValue::try_from);
        let pairs = [(RANGE, Some(range)), (IF_RANGE, etag)];
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?.ok()?)))
            .collect()
    }

    /// `Content-Range` and `Content-Length` of a part, if it is the part that was asked for.
    ///
    /// # Errors
    /// 502 for any other part.
    pub(crate) fn part(&self, answer: &Response) -> Result<Vec<(HeaderName, HeaderValue)>, Refusal> {
        let odd = || cause::BATCH_TARGET.refusal("expected the part of the file that was asked for, found another");
        let (first, last, total) = answer
            .headers
            .get("content-range")
            .and_then(content_range)
            .ok_or_else(odd)?;
        let is_asked = first == self.first && self.last.is_none_or(|asked| last <= asked);
        let is_inside = first <= last && total.is_none_or(|total| last < total);
        if !(is_asked && is_inside) {
            return Err(odd());
        }
        let total = total.map_or_else(|| "*".to_owned(), |total| total.to_string());
        let range = HeaderValue::try_from(format!("bytes {first}-{last}/{total}")).map_err(|_| odd())?;
        Ok(vec![
            (CONTENT_RANGE, range),
            (CONTENT_LENGTH, HeaderValue::from(last - first + 1)),
        ])
    }
}

/// The strong entity tag of a file, by which a client names it when it comes back for the rest.
pub(crate) fn etag(answer: &Response) -> Option<(HeaderName, HeaderValue)> {
    let tag = strong(answer.headers.get("etag")?)?;
    Some((ETAG, HeaderValue::from_str(tag).ok()?))
}

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn number(text: &str) -> Option<u64> {
    let is_digits = !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits)
}

/// A strong entity tag: visible characters in quotes.
fn strong(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = inside.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
    (text.len() <= ETAG_BYTES && is_plain).then_some(text)
}

/// First byte, last byte and size of the file: `bytes 5-9/20` or `bytes 5-9/*`.
fn content_range(text: &str) -> Option<(u64, u64, Option<u64>)> {
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let total = if total == "*" { None } else { Some(number(total)?) };
    Some((number(first)?, number(last)?, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(HeaderName, &str)]) -> Option<FileRange> {
        let pair = |(name, value): &(HeaderName, &str)| (name.clone(), HeaderValue::from_str(value).unwrap());
        let mut headers = HeaderMap::new();
        for (name, value) in pairs.iter().map(pair) {
            headers.append(name, value);
        }
        FileRange::read(&headers)
    }

    fn written(pairs: &[(HeaderName, &str)]) -> Option<String> {
        let headers = read(pairs)?.headers();
        let lines = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        Some(lines.collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn one_plain_range_is_written_anew() {
        assert_eq!(written(&[(RANGE, "bytes=0-")]).unwrap(), "range: bytes=0-");
        assert_eq!(written(&[(RANGE, "bytes=007-9")]).unwrap(), "range: bytes=7-9");
        assert_eq!(
            written(&[(RANGE, "bytes=5-"), (IF_RANGE, "\"abc\"")]).unwrap(),
            "range: bytes=5-; if-range: \"abc\""
        );
    }

    #[test]
    fn anything_else_asks_for_the_whole_file() {
        for range in [
            "bytes=-5",
            "bytes=5",
            "bytes=9-5",
            "bytes=0-1,3-4",
            "bytes=a-",
            "items=0-",
            "bytes= 0-",
            "bytes=0-0x1",
            "bytes=99999999999999999999-",
            "bytes=+1-",
            "",
        ] {
            assert_eq!(read(&[(RANGE, range)]), None, "{range}");
        }
        assert_eq!(read(&[(RANGE, "bytes=0-"), (RANGE, "bytes=0-")]), None);
        assert_eq!(read(&[]), None);
        for tag in [
            "W/\"abc\"",
            "abc",
            "\"a b\"",
            "\"a\"b\"",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "\"",
        ] {
            assert_eq!(read(&[(RANGE, "bytes=0-"), (IF_RANGE, tag)]), None, "{tag}");
        }
    }

    #[test]
    fn only_the_part_that_was_asked_for_passes() {
        let asked = read(&[(RANGE, "bytes=5-9")]).unwrap();
        let part = |text: &str| asked.part(&Response::new(206, "").with_header("content-range", text));
        let passed = part("bytes 5-9/20").unwrap();
        assert_eq!(
            (passed[0].1.to_str().unwrap(), passed[1].1.to_str().unwrap()),
            ("bytes 5-9/20", "5")
        );
        assert!(part("bytes 5-7/8").is_ok() && part("bytes 5-9/*").is_ok());
        for text in [
            "bytes 0-9/20",
            "bytes 5-10/20",
            "bytes 5-9/9",
            "bytes 9-5/20",
            "bytes */20",
            "5-9/20",
            "",
        ] {
            assert_eq!(part(text).unwrap_err().status, 502, "{text}");
        }
        assert!(asked.part(&Response::new(206, "")).is_err());
    }
}
