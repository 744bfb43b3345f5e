//! A key as it stands in a page, compared eight bytes at a time: members come in the same order in nearly every record,
//! so that the next key is mostly known before it is read.

/// Words of a needle. Longer keys are read the slow way.
const N_WORDS: usize = 4;

/// Bytes that are looked at.
const N_BYTES: usize = N_WORDS * 8;

/// `"key":` as words, with a mask over what is beyond its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needle {
    words: [(u64, u64); N_WORDS],
    n_words: usize,
    n_bytes: usize,
}

impl Needle {
    /// The needle of a key; it never matches if the key is longer than 29 bytes.
    pub(crate) const fn new(key: &str) -> Self {
        let n_bytes = key.len() + 3;
        let mut words = [(0, 0); N_WORDS];
        if n_bytes > N_BYTES {
            return Self {
                words,
                n_words: 0,
                n_bytes,
            };
        }
        let (mut at, mut rest) = (0, key.as_bytes());
        while at < n_bytes {
            let byte = if at == 0 || at == n_bytes - 2 {
                b'"'
            } else if let ([first, others @ ..], true) = (rest, at < n_bytes - 2) {
                rest = others;
                *first
            } else {
                b':'
            };
            let shift = at % 8 * 8;
            #[expect(
                clippy::indexing_slicing,
                reason = "evaluated by the compiler, which would report it"
            )]
            {
                words[at / 8].0 |= (byte as u64) << shift;
                words[at / 8].1 |= 0xFF << shift;
            }
            at += 1;
        }
        Self {
            words,
            n_words: n_bytes.div_ceil(8),
            n_bytes,
        }
    }

    /// Whether a text begins with the key. Nearly all keys fit into the first two words, and most of those that are not
    /// next differ there.
    #[inline]
    pub(crate) fn is_in(&self, ahead: &[u8; N_BYTES]) -> bool {
        let (found, _) = ahead.as_chunks::<8>();
        let ([word0, word1, word2, word3], [found0, found1, found2, found3]) = (&self.words, found) else {
            return false;
        };
        let rest = |(word, mask): &(u64, u64), eight: &[u8; 8]| (u64::from_le_bytes(*eight) ^ word) & mask;
        let is_front = rest(word0, found0) | rest(word1, found1) == 0 && self.n_words > 0;
        is_front && (self.n_words <= 2 || rest(word2, found2) | rest(word3, found3) == 0)
    }

    /// How long it is, in bytes.
    #[inline]
    pub(crate) const fn n_bytes(&self) -> usize {
        self.n_bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_only_in_full() {
        let is_in = |key: &str, text: &str| {
            let text = format!("{text}\"and what follows it, some more of it\"");
            Needle::new(key).is_in(text.as_bytes().first_chunk().unwrap())
        };
        for key in ["id", "status", "refId", "createdUTC", "platform_profile_publishd_at"] {
            assert!(is_in(key, &format!("\"{key}\":")), "{key}");
            assert!(!is_in(key, &format!("\"{key}x\":")), "{key}");
            assert!(!is_in(key, &format!("\"{key}\" :")), "{key}");
            assert_eq!(Needle::new(key).n_bytes(), key.len() + 3);
        }
        let long = "a".repeat(40);
        assert!(!is_in(&long, &format!("\"{long}\":")));
    }
}
