//! An answer as bytes, in HTTP's own form: status, headers a line each, an empty line, the body as it is.
//!
//! The two modules share no memory, and neither can hold the other's values.

use roster_core::{Response, UnixMs};

const LINE_END: u8 = b'\n';

/// The bytes of an answer.
pub fn write(response: &Response) -> Vec<u8> {
    let mut bytes = response.status.to_string().into_bytes();
    for (name, value) in response.headers.iter() {
        bytes.push(LINE_END);
        bytes.extend_from_slice(name.as_bytes());
        bytes.push(b':');
        bytes.extend(value.bytes().filter(|byte| *byte != LINE_END));
    }
    bytes.extend_from_slice(&[LINE_END, LINE_END]);
    bytes.extend_from_slice(&response.body);
    bytes
}

/// The answer that bytes stand for; `None` if they stand for none.
pub fn read(bytes: &[u8], received: UnixMs) -> Option<Response> {
    let at = bytes.windows(2).position(|pair| pair == [LINE_END, LINE_END])?;
    let (head, body) = bytes.split_at_checked(at)?;
    let mut lines = std::str::from_utf8(head).ok()?.lines();
    let status = lines.next()?.parse().ok()?;
    let headers = lines.filter_map(|line| line.split_once(':')).collect();
    Some(Response {
        status,
        headers,
        body: body.get(2..)?.to_vec(),
        received,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_crosses_whole() {
        let mut response = Response::new(429, "{\"a\":\n\n\"\u{e9}\"}")
            .with_header("retry-after", "7")
            .with_header("roster-upstream", "https://sandbox.invalid/x");
        response.received = UnixMs(7);
        assert_eq!(read(&write(&response), UnixMs(7)), Some(response));
        let bare = Response::new(204, "");
        assert_eq!(read(&write(&bare), UnixMs(0)), Some(bare));
    }

    #[test]
    fn bytes_that_are_no_answer_are_refused() {
        for bytes in ["", "200", "\n\n", "many\n\nbody"] {
            assert_eq!(read(bytes.as_bytes(), UnixMs(0)), None, "{bytes:?}");
        }
    }
}
