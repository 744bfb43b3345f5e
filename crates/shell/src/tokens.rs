//! The tokens of clients, by name. A second name beside an old one is how a token is changed without a gap.

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// Shortest token that is taken, in bytes: 128 bits in hex.
const MIN_BYTES: usize = 32;

/// Tokens by name. They have no `Debug`.
#[derive(Default)]
pub struct Tokens(Vec<(String, SecretString)>);

impl Tokens {
    /// Adds one.
    pub fn add(&mut self, name: String, token: SecretString) {
        self.0.push((name, token));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of a token that is ours. Every one is compared, each to its end.
    pub fn name(&self, presented: &[u8]) -> Option<&str> {
        self.0.iter().fold(None, |found, (name, token)| {
            let is_it = bool::from(token.expose_secret().as_bytes().ct_eq(presented));
            if is_it { Some(name.as_str()) } else { found }
        })
    }
}

/// Holds a text against what a token looks like.
///
/// # Errors
/// What was expected, without the text.
pub fn check_token(text: &str) -> Result<(), &'static str> {
    roster_gateway::check_key(text)?;
    if text.len() < MIN_BYTES {
        return Err("expected a token of at least 32 characters; `openssl rand -hex 32` makes one");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_whole_text_only() {
        let mut tokens = Tokens::default();
        assert_eq!(tokens.name(b""), None);
        tokens.add("old".to_owned(), "0123456789abcdef0123456789abcdef".into());
        tokens.add("new".to_owned(), "fedcba9876543210fedcba9876543210".into());
        assert_eq!(tokens.name(b"0123456789abcdef0123456789abcdef"), Some("old"));
        assert_eq!(tokens.name(b"fedcba9876543210fedcba9876543210"), Some("new"));
        for other in [
            &b""[..],
            b"0123456789abcdef",
            b"0123456789abcdef0123456789abcdeF",
            b"old",
        ] {
            assert_eq!(tokens.name(other), None);
        }
    }

    #[test]
    fn a_short_token_is_no_token() {
        assert_eq!(check_token("0123456789abcdef0123456789abcdef"), Ok(()));
        assert!(check_token("0123456789abcdef").unwrap_err().contains("32 characters"));
        assert!(
            check_token("Bearer 0123456789abcdef0123456789abcdef")
                .unwrap_err()
                .contains("scheme")
        );
    }
}
