//! An answer of a server, read as HTTP/1.1 sends it.

use std::io::{self, BufRead};

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Status line and headers, in small letters.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// An answer by its announced length, by chunks, or to the end of the connection.
    pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<Self> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Err(cut());
            }
        }
        head.make_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(cut)?;
        let mut answer = Self {
            status,
            head,
            body: Vec::new(),
        };
        if let Some(length) = answer.header("content-length") {
            let length = length.parse().map_err(io::Error::other)?;
            answer.body.resize(length, 0);
            reader.read_exact(&mut answer.body)?;
        } else if answer.header("transfer-encoding") == Some("chunked") {
            while chunk(reader, &mut answer.body)? {}
        } else {
            reader.read_to_end(&mut answer.body)?;
        }
        Ok(answer)
    }

    /// A header by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let (_, value) = lines.find(|(found, _)| *found == name)?;
        Some(value.trim())
    }
}

fn cut() -> io::Error {
    io::Error::other("the answer was cut")
}

/// Adds one chunk; says whether others follow.
fn chunk(reader: &mut impl BufRead, body: &mut Vec<u8>) -> io::Result<bool> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let length = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
    let start = body.len();
    body.resize(start + length + 2, 0);
    reader.read_exact(body.get_mut(start..).unwrap_or_default())?;
    body.truncate(start + length);
    Ok(length > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> io::Result<String> {
        let answer = Answer::read(&mut text.as_bytes())?;
        Ok(String::from_utf8(answer.body).unwrap())
    }

    #[test]
    fn a_body_ends_as_its_head_says() {
        let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n9\r\n\":\"\r\n0\r\n\"\r\n1\r\n}\r\n0\r\n\r\n";
        assert_eq!(body(chunks).unwrap(), "{\"a\":\"\r\n0\r\n\"}");
        let length = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200";
        assert_eq!(body(length).unwrap(), "{}");
        assert_eq!(body("HTTP/1.1 200 OK\r\nserver: x\r\n\r\n{}").unwrap(), "{}");
    }

    #[test]
    fn what_is_cut_is_no_answer() {
        for cut in [
            "",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
            "nonsense\r\n\r\n",
        ] {
            assert!(body(cut).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_header_is_found_by_its_whole_name() {
        let answer = Answer::read(&mut "HTTP/1.1 404 No\r\nX-Age: 1\r\nAGE:  7 \r\n\r\n".as_bytes()).unwrap();
        assert_eq!(
            (answer.status, answer.header("age"), answer.header("ag")),
            (404, Some("7"), None)
        );
    }
}
