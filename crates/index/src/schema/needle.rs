//! A key as it stands in a page, compared eight bytes at a time: members come in the same order in nearly every record,
//! so that the next key is mostly known before it is read.

use crate::scan::Scanner;

/// Words of a needle. Longer keys are read the slow way.
const N_WORDS: usize = 4;

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
        if n_bytes > N_WORDS * 8 {
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

    /// Takes the key if it is next.
    #[inline]
    pub(crate) fn take(&self, scanner: &mut Scanner<'_>) -> bool {
        let is_next = self.is_next(scanner);
        if is_next {
            scanner.advance(self.n_bytes);
        }
        is_next
    }

    /// Nearly all keys fit into the first two words, and most of those that are not next differ there. Near the end of
    /// a page no key is known; the slow way reads it.
    #[inline]
    fn is_next(&self, scanner: &Scanner<'_>) -> bool {
        let Some(ahead) = scanner.ahead::<{ N_WORDS * 8 }>() else {
            return false;
        };
        let (found, _) = ahead.as_chunks::<8>();
        let ([word0, word1, word2, word3], [found0, found1, found2, found3]) = (&self.words, found) else {
            return false;
        };
        let rest = |(word, mask): &(u64, u64), eight: &[u8; 8]| (u64::from_le_bytes(*eight) ^ word) & mask;
        let is_front = rest(word0, found0) | rest(word1, found1) == 0 && self.n_words > 0;
        is_front && (self.n_words <= 2 || rest(word2, found2) | rest(word3, found3) == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_only_in_full() {
        for key in ["id", "status", "refId", "createdUTC", "platform_profile_publishd_at"] {
            let needle = Needle::new(key);
            let taken = |text: &str| {
                let mut scanner = Scanner::new(text.as_bytes(), 0, 0);
                needle.take(&mut scanner).then(|| scanner.at())
            };
            assert_eq!(
                taken(&format!("\"{key}\":\"and what follows it, some more of it\"")),
                Some(key.len() + 3)
            );
            assert_eq!(
                taken(&format!("\"{key}x\":\"and what follows it, some more of it\"")),
                None
            );
            assert_eq!(
                taken(&format!("\"{key}\" :\"and what follows it, some more of it\"")),
                None
            );
            assert_eq!(taken(&format!("\"{key}\"")), None);
        }
        let long = "a".repeat(40);
        assert!(!Needle::new(&long).take(&mut Scanner::new(format!("\"{long}\":").as_bytes(), 0, 0)));
    }
}
