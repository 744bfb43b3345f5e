//! The name under which an answer is kept.

use sha2::{Digest, Sha256};

/// Changes when what is kept changes its form, so that a store that outlives a program holds nothing that is read
/// wrongly.
const SCHEMA: u8 = 1;

/// What an answer belongs to: a source, a question and an account. No two of them share a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CacheKey([u8; 32]);

impl CacheKey {
    /// The key of a question. `source` tells sources apart that may answer differently: its provider, its base URL, and
    /// a number that grows when its credential changes. `target` is the path with query as [`crate::plan()`] writes it;
    /// `profile` the alias of a profile key.
    ///
    /// Each part stands behind its length, so that no text can move from one part into the next.
    pub fn new(source: &[&str], target: &str, profile: Option<&str>) -> Self {
        let mut hash = Sha256::new();
        hash.update([SCHEMA]);
        let mut part = |text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        };
        for text in source {
            part(text);
        }
        part(target);
        part(profile.map_or("", |_| "profile"));
        part(profile.unwrap_or_default());
        Self(hash.finalize().into())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 lower-case hexadecimal digits, for a synthetic URL.
    pub fn to_hex(&self) -> String {
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        self.0
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn alice_bob_and_nobody_have_keys_of_their_own() {
        let source = ["ayrshare", "https://api.ayrshare.com/api", "0"];
        let keys: BTreeSet<_> = [None, Some(""), Some("alice"), Some("bob")]
            .into_iter()
            .map(|profile| CacheKey::new(&source, "/user", profile))
            .collect();
        assert_eq!(keys.len(), 4);
    }

    /// Computed apart, from the form that the documentation of [`CacheKey::new`] says.
    #[test]
    fn a_store_that_outlives_the_program_finds_its_answers_again() {
        let key = CacheKey::new(&["upsun", "https://api.upsun.com", "0"], "/profiles?page=2", None);
        assert_eq!(
            key.to_hex(),
            "6c114a44a8e0aecc63d41fdb8b7eb06be98d01b942e32efce7f9cd41d45f4bfc"
        );
    }

    proptest! {
        #[test]
        fn no_two_questions_share_a_key(
            a in ("[a-c]{0,3}", "[a-c/?]{0,3}", prop::option::of("[a-c]{0,2}")),
            b in ("[a-c]{0,3}", "[a-c/?]{0,3}", prop::option::of("[a-c]{0,2}")),
        ) {
            let key = |(source, target, profile): &(String, String, Option<String>)| {
                CacheKey::new(&[source], target, profile.as_deref())
            };
            prop_assert_eq!(key(&a) == key(&b), a == b);
        }
    }
}
