//! What a configuration may say, where it is the same for every shell.

use crate::origin::Origin;

/// Shortest secret that is taken, in bytes. Keys are longer; and a short one would be found in every answer.
const MIN_BYTES: usize = 8;

/// Holds a text against what a key looks like. Pasted keys carry quotes, `Bearer ` and line ends; the API would only
/// say that the key is bad.
///
/// # Errors
/// What was expected, without the text.
pub fn check_key(text: &str) -> Result<(), &'static str> {
    let lower = text.to_ascii_lowercase();
    if text.contains(['\n', '\r']) {
        return Err("expected a key on one line, found a line end in it");
    }
    if lower.starts_with("bearer ") || lower.starts_with("basic ") {
        return Err("expected the key alone, found the name of the scheme before it");
    }
    if text.contains(['"', '\'', '`']) {
        return Err("expected the key without quotes");
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("expected a key of visible ASCII characters without spaces");
    }
    if text.len() < MIN_BYTES {
        return Err("expected a key of at least 8 characters");
    }
    Ok(())
}

/// Holds a base URL against what may be asked: https with a name, or this machine if that was said. Gives it without
/// slashes at its end.
///
/// # Errors
/// What was expected.
pub fn check_base_url(own: &str, may_be_loopback: bool) -> Result<&str, &'static str> {
    let url = own.trim_end_matches('/');
    match Origin::parse(url) {
        Some(origin) if origin.path.contains('?') => Err("a URL without a query"),
        Some(origin) if origin.is_loopback() && may_be_loopback => Ok(url),
        Some(origin) if origin.is_loopback() => Err("allow_insecure_loopback = true beside a loopback URL"),
        Some(origin) if origin.is_https && !origin.is_number() => Ok(url),
        _ => Err("an https URL with a host name"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_key_says_what_is_wrong_with_it() {
        assert_eq!(check_key("0123-ABCD-4567-EFGH"), Ok(()));
        for (text, word) in [
            ("0123-ABCD\n", "line end"),
            ("Bearer 0123-ABCD", "scheme"),
            ("basic 0123-ABCD", "scheme"),
            ("\"0123-ABCD\"", "quotes"),
            ("'0123-ABCD'", "quotes"),
            ("0123 ABCD", "spaces"),
            ("0123-ÄBCD", "ASCII"),
            ("", "8 characters"),
            ("short", "8 characters"),
        ] {
            let expected = check_key(text).unwrap_err();
            assert!(expected.contains(word), "{text:?}: {expected}");
        }
    }

    #[test]
    fn a_base_url_is_https_with_a_name_or_a_machine_that_was_allowed() {
        assert_eq!(
            check_base_url("https://api.example.com/v1//", false),
            Ok("https://api.example.com/v1")
        );
        assert_eq!(check_base_url("http://127.0.0.1:9/x", true), Ok("http://127.0.0.1:9/x"));
        for url in [
            "http://127.0.0.1:9",
            "http://api.example.com",
            "https://10.0.0.1",
            "https://a.example?x=1",
            "",
        ] {
            assert!(check_base_url(url, false).is_err(), "{url}");
        }
        assert!(
            check_base_url("http://10.0.0.1", true).is_err(),
            "an inside address is not this machine"
        );
    }
}
